import Probability

/// Which level of each condition is necessary for which level of the outcome (Dul 2016, p. 27).
///
/// Cells are those of `nca_analysis(cutoff = 0)` of the R package NCA 5.0.1, with two differences. The ends of the
/// scope are treated alike in all corners: NCA prints 100 where nothing is necessary, and NA where the very end is,
/// when the empty corner is a right one. And a level at the end of the scope is not NA because of rounding.
public struct BottleneckTable: Sendable, Hashable {
    /// How levels are expressed.
    public enum Unit: String, Sendable, Hashable, CaseIterable {
        /// As a percentage of the range within the scope.
        case percentageOfRange = "percentage.range"
        /// As a percentage of the largest value.
        case percentageOfMaximum = "percentage.max"
        /// As they are.
        case actual
        /// As a percentile: for a condition the share of cases that do not reach the level.
        case percentile
    }

    /// The levels of the outcome that the table has.
    public enum Levels: Sendable, Hashable {
        /// So many equal steps from the lowest to the highest level.
        case steps(Int)
        /// Steps of a size in the unit of the outcome, from the lowest level on.
        case size(Double)
        /// These, in the unit of the outcome.
        case values([Double])
    }

    /// What is necessary of a condition for a level of the outcome.
    public enum Cell: Sendable, Hashable {
        /// Nothing: NN.
        case notNecessary
        /// More than the scope holds: NA.
        case notAvailable
        /// A level in the unit of the condition, and the number of cases that do not reach it.
        case level(Double, casesBelow: Int)
    }

    /// A level of the outcome with what is necessary for it.
    public struct Row: Sendable, Hashable {
        /// The level in the unit of the outcome; where the empty corner is a lower one, per cents count from the
        /// highest outcome downwards.
        public let level: Double
        /// The level in the units of the data.
        public let outcome: Double
        /// One cell for each condition.
        public let cells: [Cell]
    }

    /// The ceiling from which the levels were read.
    public let technique: CeilingTechnique
    /// The name of the outcome.
    public let outcome: String
    /// The names of the conditions.
    public let conditions: [String]
    /// The unit of the conditions.
    public let conditionUnit: Unit
    /// The unit of the outcome.
    public let outcomeUnit: Unit
    /// The rows; for an empty lower corner from the highest outcome downwards.
    public let rows: [Row]
    /// What the reader should know.
    public let notes: [String]

    /// Reads the necessary levels from the ceilings of several conditions of one outcome.
    ///
    /// - Parameters:
    ///   - analyses: One analysis for each condition; the outcome's levels are taken from the first one.
    ///   - technique: The ceiling to read from.
    ///   - conditionUnit: The unit of the conditions.
    ///   - outcomeUnit: The unit of the outcome.
    ///   - levels: The levels of the outcome.
    /// - Throws: ``NecessaryConditionError`` if an analysis lacks the ceiling, it is OLS, or levels cannot be used.
    public init(
        _ analyses: [NecessaryConditionAnalysis], technique: CeilingTechnique = .stepFreeDisposal,
        conditionUnit: Unit = .percentageOfRange, outcomeUnit: Unit = .percentageOfRange, levels: Levels = .steps(10)
    ) throws(NecessaryConditionError) {
        guard let first = analyses.first else {
            throw .invalidSetting(name: "the bottleneck table", value: "made of no condition", remedy: "name one")
        }
        if technique == .ordinaryLeastSquares {
            throw .invalidSetting(
                name: "the ceiling of a bottleneck table", value: "OLS", remedy: "it is no ceiling; choose another")
        }
        var columns: [(NecessaryConditionAnalysis, NecessityCeiling)] = []
        for analysis in analyses {
            guard let ceiling = analysis[technique] else {
                throw .missingCeiling(technique, condition: analysis.condition)
            }
            columns.append((analysis, ceiling))
        }
        let isLower = first.options.corner.isLower
        if columns.contains(where: { $0.0.options.corner.isLower != isLower || $0.0.outcome != first.outcome }) {
            throw .invalidSetting(
                name: "the bottleneck table", value: "made of analyses of different outcomes or ends of the outcome",
                remedy: "make one table for each")
        }
        let (shown, actual) = try Self.levels(levels, outcomeUnit, of: first)
        let readings = columns.map { CeilingReading($0.0, $0.1) }
        rows = zip(shown, actual).map { level, value in
            Row(level: level, outcome: value, cells: readings.map { $0.cell(value, conditionUnit) })
        }
        self.technique = technique
        outcome = first.outcome
        conditions = analyses.map(\.condition)
        self.conditionUnit = conditionUnit
        self.outcomeUnit = outcomeUnit
        var notes: [String] = []
        if outcomeUnit == .percentageOfMaximum, first.outcomeRange.lowerBound < 0 {
            notes.append("percentages of the maximum say little for an outcome with negative values")
        }
        for (analysis, _) in columns
        where conditionUnit == .percentageOfMaximum && analysis.conditionRange.lowerBound < 0 {
            notes.append("percentages of the maximum say little for `\(analysis.condition)`, which has negative values")
        }
        self.notes = notes
    }

    /// The most rows that a table can have.
    private static let rowLimit = 10_001

    private static func levels(
        _ levels: Levels, _ unit: Unit, of analysis: NecessaryConditionAnalysis
    ) throws(NecessaryConditionError) -> ([Double], [Double]) {
        let sorted = analysis.outcomes.sorted(), range = analysis.outcomeRange
        let low = unit == .percentageOfMaximum ? 0 : min(range.lowerBound, sorted.first ?? range.lowerBound)
        let high = max(range.upperBound, sorted.last ?? range.upperBound)
        let isLower = analysis.options.corner.isLower
        let start = unit == .actual ? low : 0, end = unit == .actual ? high : 100
        var shown: [Double] = []
        switch levels {
        case .steps(let count):
            guard count >= 1, count < rowLimit else {
                throw .invalidSetting(
                    name: "the number of steps", value: "\(count)", remedy: "choose 1 to \(rowLimit - 1)")
            }
            shown = (0...count).map { start + Double($0) / Double(count) * (end - start) }
        case .size(let size):
            guard size > 0, (end - start) / size < Double(rowLimit) else {
                throw .invalidSetting(
                    name: "the size of a step", value: "\(size)",
                    remedy: "choose a number above 0 that gives no more than \(rowLimit) rows")
            }
            shown = (0...Int((end - start) / size + 1e-9)).map { start + Double($0) * size }
            if unit == .actual, let last = shown.last, abs(last - end) > 1e-6 { shown.append(end) }
        case .values(let values):
            guard !values.isEmpty, values.count <= rowLimit, values.allSatisfy({ $0 >= start && $0 <= end }) else {
                throw .invalidSetting(
                    name: "the levels of the outcome", value: "\(values.prefix(20))",
                    remedy: "choose numbers from \(start) to \(end)")
            }
            shown = values.sorted()
        }
        // The highest outcome comes first where low outcomes ask for most.
        func share(_ level: Double) -> Double { isLower ? 1 - level / 100 : level / 100 }
        switch unit {
        case .actual:
            if isLower { shown.reverse() }
            return (shown, shown)
        case .percentile: return (shown, shown.map { Quantiles.type7(sorted, share($0)) })
        case .percentageOfRange, .percentageOfMaximum:
            return (shown, shown.map { low + share($0) * (high - low) })
        }
    }
}

extension BottleneckTable.Cell: CustomStringConvertible {
    /// NN, NA or the level with one decimal.
    public var description: String {
        switch self {
        case .notNecessary: return "NN"
        case .notAvailable: return "NA"
        case .level(let value, _):
            let tenths = (abs(value) * 10).rounded()
            guard tenths < 1e15 else { return "\(value)" }
            let whole = Int(tenths)
            return (value < 0 && whole > 0 ? "-" : "") + "\(whole / 10).\(whole % 10)"
        }
    }
}

/// Reads a ceiling at levels of the outcome.
private struct CeilingReading {
    /// Differences up to this are rounding, as in NCA.
    private static let tolerance = 1e-10

    private let ceiling: NecessityCeiling
    private let range: ClosedRange<Double>
    private let isRight: Bool
    private let isLower: Bool
    private let sorted: [Double]

    init(_ analysis: NecessaryConditionAnalysis, _ ceiling: NecessityCeiling) {
        self.ceiling = ceiling
        range = analysis.conditionRange
        isRight = analysis.options.corner.isRight
        isLower = analysis.options.corner.isLower
        sorted = analysis.x.map { analysis.options.corner.isRight ? -$0 : $0 }.sorted()
    }

    func cell(_ outcome: Double, _ unit: BottleneckTable.Unit) -> BottleneckTable.Cell {
        guard let needed = needed(outcome) else { return .notAvailable }
        // In the direction in which more is asked of the condition.
        let turned = isRight ? -needed : needed
        let least = isRight ? -range.upperBound : range.lowerBound
        let most = isRight ? -range.lowerBound : range.upperBound
        if turned < least + Self.tolerance { return .notNecessary }
        if turned > most + Self.tolerance { return .notAvailable }
        let below = casesBelow(turned)
        switch unit {
        case .percentageOfRange:
            return .level(
                100 * (needed - range.lowerBound) / (range.upperBound - range.lowerBound), casesBelow: below)
        case .percentageOfMaximum: return .level(100 * needed / range.upperBound, casesBelow: below)
        case .actual: return .level(needed, casesBelow: below)
        case .percentile:
            return below == 0
                ? .notNecessary : .level(100 * Double(below) / Double(sorted.count), casesBelow: below)
        }
    }

    /// The level of the condition at which the ceiling reaches the outcome; the minimum where there is no ceiling line,
    /// and nil where the ceiling never reaches it.
    private func needed(_ outcome: Double) -> Double? {
        if let slope = ceiling.slope, let intercept = ceiling.intercept {
            return slope == 0 ? nil : (outcome - intercept) / slope
        }
        let peers = ceiling.peers
        if peers.isEmpty { return isRight ? .infinity : -.infinity }
        guard
            let index = peers.firstIndex(where: {
                isLower ? $0.y < outcome + Self.tolerance : $0.y > outcome - Self.tolerance
            })
        else { return nil }
        guard ceiling.technique == .concaveEnvelopment, index > 0 else { return peers[index].x }
        let a = peers[index - 1], b = peers[index]
        return a.y == b.y ? b.x : a.x + (outcome - a.y) * (a.x - b.x) / (a.y - b.y)
    }

    /// How many cases lie below a level, by bisection.
    private func casesBelow(_ turned: Double) -> Int {
        var low = 0, high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= turned - Self.tolerance { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
