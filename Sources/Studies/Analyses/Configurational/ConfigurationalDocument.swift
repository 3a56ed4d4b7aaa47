public import Reporting
import SetTheoreticAnalysis

extension ConfigurationalAnalysis {
    /// What was found for the outcome and for its negation, for tables.
    public var findings: [ConfigurationalFindings] {
        ([outcome] + (negation.map { [$0] } ?? [])).map {
            ConfigurationalFindings(
                necessity: $0.necessity, table: $0.table, solutions: $0.solutions, problem: $0.problem)
        }
    }

    /// The tables for a terminal.
    public func document() -> Document {
        Document(
            title: "Qualitative comparative analysis",
            sections: Document.configurationalSections(
                findings, calibrations: cases.calibrations, hasFigures: false)
        ).numbered()
    }
}
