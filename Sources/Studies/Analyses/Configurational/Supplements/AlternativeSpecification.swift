import SetTheoreticAnalysis

/// An alternative to the cuts and calibrations of an analysis, by which its robustness is tested: `incl=.75;n=2`, or
/// `A=e1,c2,i4` for another calibration of a set.
public struct AlternativeSpecification: Sendable, Hashable {
    /// As it was written.
    public let text: String
    private let parts: [(name: String, value: String)]

    /// Reads an alternative: parts with `;` between them, each a cut (`incl`, two numbers with a comma for contradictions;
    /// `pri`; `n`) or the calibration of a set.
    ///
    /// - Throws: ``AnalysisError/unsuitable(_:)`` with the right form.
    public init(parsing text: String) throws(AnalysisError) {
        self.text = text
        var parts: [(name: String, value: String)] = []
        for part in text.split(separator: ";") {
            let sides = part.split(separator: "=", maxSplits: 1).map { side in
                String(side.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            }
            guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
                throw .unsuitable(
                    "the alternative `\(text.prefix(200))` cannot be read at `\(part.prefix(80))`; write cuts and "
                        + "calibrations like incl=.75;pri=.6;n=2;A=e1,c2,i4")
            }
            if parts.contains(where: { $0.name == sides[0] }) { throw .namedTwice(sides[0]) }
            parts.append((sides[0], sides[1]))
        }
        if parts.isEmpty {
            throw .unsuitable("an alternative is empty; write cuts and calibrations like incl=.75;n=2;A=e1,c2,i4")
        }
        self.parts = parts
    }

    /// The settings of an analysis with this alternative.
    ///
    /// - Throws: ``AnalysisError`` for a cut that is no number or a set that the analysis does not have.
    func applied(to settings: ConfigurationalSettings, sets: [String]) throws(AnalysisError) -> ConfigurationalSettings
    {
        var result = settings
        for (name, value) in parts {
            let isCut = ["incl", "pri", "n"].contains(name)
            let numbers = value.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            if isCut, let first = numbers.first ?? nil, !numbers.contains(nil),
                numbers.count <= (name == "incl" ? 2 : 1)
            {
                switch name {
                case "incl":
                    result.table.inclusionCut = first
                    // The second cut stays below the first.
                    result.table.contradictionCut =
                        numbers.count > 1 ? numbers[1] : settings.table.contradictionCut.map { min($0, first) }
                case "pri": result.table.priCut = first
                default:
                    guard let count = Int(exactly: first) else {
                        throw .unsuitable("`n=\(value)` in `\(text)` is no number of cases")
                    }
                    result.table.frequencyCut = count
                }
            } else if isCut, !sets.contains(name) {
                throw .unsuitable("`\(name)=\(value)` in the alternative `\(text)` is no number")
            } else {
                guard sets.contains(name) else {
                    throw .unsuitable(
                        "the alternative `\(text)` names `\(name)`, which is neither a cut (incl, pri, n) nor a set of "
                            + "the analysis (\(sets.joined(separator: ", ")))")
                }
                result.calibrations.removeAll { (try? Calibration.assignment(parsing: $0).set) == name }
                result.calibrations.append("\(name)=\(value)")
            }
        }
        return result
    }

    /// Whether two alternatives say the same in the same words.
    public static func == (a: AlternativeSpecification, b: AlternativeSpecification) -> Bool { a.text == b.text }

    /// Hashes the text.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
