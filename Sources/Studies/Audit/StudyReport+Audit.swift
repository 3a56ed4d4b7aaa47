import Datasets
public import PublicationAudit
import Reporting

extension StudyReport {
    /// The report as a paper whose printed figures can be checked against each other.
    ///
    /// - Parameter decimals: How many decimals figures get; `nil` for those of the report.
    public func paper(decimals: Int? = nil) -> Paper {
        let size = Sample("rows", size: PrintedNumber(data.dataset.rowCount))
        return document.paper(samples: [size], decimals: decimals)
    }

    /// The printed figures of the report that contradict each other: none, or Assay is wrong.
    public func contradictions() -> [AuditCheck] {
        paper().audit().checks.filter { $0.verdict == .notAttainable }
    }
}
