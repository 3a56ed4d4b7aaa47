/// A figure that is printed of a configuration or of a whole solution.
enum SolutionMeasure: Hashable, CaseIterable {
    case consistency, rawCoverage, uniqueCoverage, pri, cases
    case solutionConsistency, solutionCoverage, solutionPRI

    /// What a label such as `Net coverage`, `covU` or `Overall scheme consistency` stands for; `nil` for other labels.
    init?(label: String) {
        let text = simplified(label)
        func has(_ words: [String]) -> Bool { words.contains { text.contains($0) } }
        let isWhole = has(["solution", "overall", "total", "model", "scheme", "program", "plan", "总体", "整体", "解的", "总"])
        if ["pri", "sufpri", "pris", "priscore"].contains(text) || text.contains("priconsisten")
            || text.contains("proportionalreduction") || isWhole && text.hasSuffix("pri")
        {
            self = isWhole ? .solutionPRI : .pri
        } else if has(["coverage", "覆盖"]) || text.hasPrefix("cov") {
            if isWhole {
                self = .solutionCoverage
            } else {
                let isUnique = has(["unique", "net", "only", "sole", "exclusive", "唯一", "净"]) || text == "covu"
                self = isUnique ? .uniqueCoverage : .rawCoverage
            }
        } else if has(["consist", "inclusion", "一致"]) || ["cons", "incl", "incls", "sufincl"].contains(text) {
            self = isWhole ? .solutionConsistency : .consistency
        } else if ["n", "cases", "numberofcases", "nocases", "casescovered", "numberofcasescovered"].contains(text) {
            self = .cases
        } else {
            return nil
        }
    }

    /// Whether it belongs to the solution as a whole.
    var isOfSolution: Bool { self == .solutionConsistency || self == .solutionCoverage || self == .solutionPRI }

    /// Its name in `columns:` and in sentences.
    var name: String {
        switch self {
        case .consistency: "consistency"
        case .rawCoverage: "raw coverage"
        case .uniqueCoverage: "unique coverage"
        case .pri: "PRI"
        case .cases: "cases"
        case .solutionConsistency: "solution consistency"
        case .solutionCoverage: "solution coverage"
        case .solutionPRI: "solution PRI"
        }
    }
}

/// The figures of a solution as they are printed.
struct SolutionFigures: Hashable {
    /// The figures of a configuration.
    struct Term: Hashable {
        /// What the paper calls it.
        var name: String
        /// Its figures.
        var figures: [SolutionMeasure: PrintedNumber] = [:]
        /// Its conditions with their signs; `nil` if a symbol could not be read.
        var literals: Set<String>?

        subscript(measure: SolutionMeasure) -> PrintedNumber? { figures[measure] }
    }

    /// What the paper calls the solution, if it has several; otherwise empty.
    var name = ""
    /// Its configurations.
    var terms: [Term]
    /// Its own figures.
    var figures: [SolutionMeasure: PrintedNumber] = [:]

    subscript(measure: SolutionMeasure) -> PrintedNumber? { figures[measure] }
}

/// How the values behind printed figures are found.
enum FigureReading {
    /// The values that round to what is printed.
    case rounded
    /// Those, and the values whose further digits were cut off.
    case roundedOrCut

    func interval(_ number: PrintedNumber) -> Interval {
        guard self == .roundedOrCut, number.relation == .equal else { return number.interval }
        return number.interval.union(Interval(number.value, number.value + 2 * number.halfUnit))
    }
}
