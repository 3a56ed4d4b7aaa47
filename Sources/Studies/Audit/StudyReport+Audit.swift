import Datasets
public import PublicationAudit
public import Reporting

extension StudyReport {
    /// The report as a paper whose printed figures can be checked against each other.
    ///
    /// - Parameter decimals: How many decimals figures get; `nil` for those of the report.
    /// - Throws: `AuditFault` for a table that the checks cannot read, which no report has.
    public func paper(decimals: Int? = nil) throws(AuditFault) -> Paper { try paper(document, decimals: decimals) }

    /// The report, with what the checks of its printed figures found: no contradiction, or Assay is wrong.
    public var checkedDocument: Document {
        var document = self.document
        guard let checks = try? paper(document, decimals: nil).audit().checks else { return document }
        let contradictions = checks.filter { $0.verdict == .notAttainable }
        let count = contradictions.count + checks.count { $0.verdict == .consistent }
        guard count > 0 else { return document }
        guard contradictions.isEmpty else {
            let places = contradictions.map { "\($0.place): \($0.printed). \($0.explanation)" }.joined(separator: " ")
            let warning: RichText =
                "Some printed figures of this report contradict each other; please report this as a fault of Assay. \(places)"
            document.blocks.insert(Document.Block.callout(Document.Callout(.warning, warning)), at: 0)
            return document
        }
        document.notes.append("\(count) checks of its printed figures against each other found no contradiction.")
        return document
    }

    private func paper(_ document: Document, decimals: Int?) throws(AuditFault) -> Paper {
        let rows = Sample("rows", size: PrintedNumber(data.dataset.rowCount))
        let groups = (data.levels?.levels ?? []).compactMap { level in
            level.variable.map { Sample($0, size: PrintedNumber(level.units)) }
        }
        return try document.paper(samples: [rows] + groups, decimals: decimals)
    }
}
