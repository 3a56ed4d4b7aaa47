public import Reporting
import SetTheoreticAnalysis

extension ConfigurationalAnalysis {
    /// The tables for a terminal.
    public func document() -> Document {
        Document(title: "Qualitative comparative analysis", blocks: []).numbered()
    }
}
