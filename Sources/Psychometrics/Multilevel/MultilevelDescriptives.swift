import LinearAlgebra

/// The variance of a variable within and between groups, from a model that someone else has fitted.
public struct LevelVariances: Sendable, Codable, Equatable {
    /// The variance within groups, σ².
    public let within: Double
    /// The variance between groups, τ².
    public let between: Double

    /// Makes components, for example those of the null random-intercept model by REML.
    public init(within: Double, between: Double) {
        self.within = within
        self.between = between
    }

    /// σ²/(σ² + τ²) = 1 − ICC; nil unless both are finite, none negative and one positive.
    public var withinShare: Double? {
        guard within >= 0, between >= 0, within + between > 0, within + between < .infinity else { return nil }
        return within / (within + between)
    }
}

/// Why the descriptives of a multilevel study cannot be computed.
public enum MultilevelError: Error, Equatable, CustomStringConvertible {
    /// A variable that was declared to belong to level 2 has different values within a group.
    case variesWithinGroup(variable: String, group: String)
    /// A name that was declared to be a variable of level 2 is none of the variables.
    case noSuchVariable(String)

    /// A sentence that says what is wrong and what to do about it.
    public var description: String {
        switch self {
        case .variesWithinGroup(let variable, let group):
            "\(variable) is declared to belong to level 2, but its values differ within \(group); correct the data, or "
                + "declare it at level 1"
        case .noSuchVariable(let name):
            "\(name) is declared to belong to level 2, but is not among the variables described"
        }
    }
}

/// Table 1 of a multilevel study: each variable described, and correlated, at its own level with its own N.
///
/// Variables of level 2 are described over the J groups, one value each; variables of level 1 over the N cases. The
/// correlations of level 1 are those within groups (N − J − 1 degrees of freedom) and those of group means (J − 2); the
/// correlations among level-2 variables are tested with J groups however many rows repeat them.
public struct MultilevelDescriptives: Sendable, Codable, Equatable {
    /// One variable at its own level.
    public struct Variable: Sendable, Codable, Equatable {
        /// Number, centre, spread and shape at the variable's level.
        public let descriptives: VariableDescriptives
        /// The standard deviation of the deviations from the group means (divisor N − J); nil at level 2.
        public let standardDeviationWithin: Double?
        /// The standard deviation of the group means (divisor J − 1).
        public let standardDeviationBetween: Double?
        /// The share of variance within groups, 1 − ICC; nil at level 2.
        public let withinShare: Double?
        /// Whether ``withinShare`` comes from the analysis of variance, 1 − ICC(1), cut at 1, and not from components of a
        /// fitted model.
        public let isShareByAnalysisOfVariance: Bool
        /// The variance inflation factor at the variable's level: among the group-mean centred variables of level 1, or
        /// among the variables of level 2 over groups.
        public let varianceInflation: Double?
        /// The variance inflation factor over groups given the group means of level-1 variables and the level-2 variables.
        public let varianceInflationBetween: Double?
        /// What stands on the diagonal of the table, as the caller gave it: AVE, alpha.
        public let diagonal: Double?

        /// The variable's name.
        public var name: String { descriptives.variable }
    }

    /// The number of cases (level-1 units), N.
    public let cases: Int
    /// The number of groups (level-2 units), J.
    public let groups: Int
    /// The variables of level 2.
    public let levelTwo: [Variable]
    /// The variables of level 1.
    public let levelOne: [Variable]
    /// The correlations of the level-2 variables over groups, each group counting once.
    public let levelTwoCorrelations: CorrelationTable
    /// The correlations of the level-1 variables over all rows, which mix the levels; for comparison only.
    public let pooledCorrelations: CorrelationTable
    /// The correlations within and between groups: first the level-2 variables, then those of level 1.
    public let correlations: MultilevelCorrelations
    /// What the reader should know.
    public let warnings: [String]

    /// Describes the variables of a multilevel study.
    ///
    /// - Parameters:
    ///   - data: The data in long form (rows are cases of level 1; NaN is missing).
    ///   - variables: The names of the columns.
    ///   - labels: The level-2 unit of each row.
    ///   - declared: The variables that belong to level 2; nil takes those that are constant within every group.
    ///   - components: Variance components by variable, for example of the null random-intercept model by REML; without, the
    ///     share within groups comes from the analysis of variance.
    ///   - diagonal: Figures for the diagonal by variable: AVE, alpha.
    ///   - weights: How groups count in correlations of group means.
    /// - Throws: ``MultilevelError``, ``PsychometricsError``.
    public init<Group: Hashable>(
        _ data: Matrix, variables: [String], groups labels: [Group], levelTwo declared: [String]? = nil,
        components: [String: LevelVariances] = [:], diagonal: [String: Double] = [:],
        weights: GroupWeights = .groupSize
    ) throws {
        guard variables.count == data.columns else {
            throw PsychometricsError.mismatchedInput(expected: data.columns, found: variables.count)
        }
        guard labels.count == data.rows else {
            throw PsychometricsError.mismatchedInput(expected: data.rows, found: labels.count)
        }
        let grouping = try Grouping(labels)
        let columns = (0..<data.columns).map(data.column)
        let unitValues = columns.map { GroupValues($0, grouping) }
        if let stranger = declared?.first(where: { !variables.contains($0) }) {
            throw MultilevelError.noSuchVariable(stranger)
        }
        var upper: [Int] = [], lower: [Int] = []
        for (j, name) in variables.enumerated() {
            let isUpper = declared?.contains(name) ?? unitValues[j].isConstantWithin
            if isUpper, let row = unitValues[j].firstDeparture {
                throw MultilevelError.variesWithinGroup(variable: name, group: String(describing: labels[row]))
            }
            if isUpper { upper.append(j) } else { lower.append(j) }
        }
        let order = upper + lower
        let all = Array(0..<data.rows)
        let names = order.map { variables[$0] }
        correlations = try MultilevelCorrelations(
            data.submatrix(rows: all, columns: order), variables: names, groups: labels, weights: weights)
        let unitData = Matrix(rows: grouping.sizes.count, columns: order.count) { g, j in unitValues[order[j]].means[g]
        }
        let units = Array(0..<unitData.rows)
        let upperData = unitData.submatrix(rows: units, columns: Array(upper.indices))
        levelTwoCorrelations = try CorrelationTable(
            upperData, variables: upper.map { variables[$0] }, missing: .pairwise)
        let lowerData = data.submatrix(rows: all, columns: lower), lowerNames = lower.map { variables[$0] }
        pooledCorrelations = try CorrelationTable(lowerData, variables: lowerNames, missing: .pairwise)

        var warnings: [String] = []
        func inflation(_ place: String, _ names: [String], _ correlations: () throws -> Matrix?) -> [Double?] {
            let none = [Double?](repeating: nil, count: names.count)
            guard names.count > 1 else { return none }
            do {
                guard let matrix = try correlations() else { return none }
                return try VarianceInflation.factors(correlations: matrix, variables: names).map { $0 }
            } catch {
                warnings.append("no variance inflation factors \(place): \(error)")
                return none
            }
        }
        let upperFactors = inflation("at level 2", upper.map { variables[$0] }) {
            try CorrelationTable(upperData, variables: upper.map { variables[$0] }).matrix
        }
        let lowerFactors = inflation("within groups", lowerNames) {
            let rows = all.filter { row in lower.allSatisfy { columns[$0][row].isFinite } }
            let within = try WithinBetweenCorrelations(
                lowerData.submatrix(rows: rows, columns: Array(lower.indices)), variables: lowerNames,
                groups: rows.map { grouping.codes[$0] }
            ).within
            let complete = within.map { $0.compactMap { $0 } }
            return complete.allSatisfy { $0.count == lower.count } ? Matrix(complete) : nil
        }
        let betweenFactors = inflation("between groups", names) {
            try CorrelationTable(unitData, variables: names).matrix
        }

        cases = data.rows
        groups = grouping.sizes.count
        levelTwo = upper.enumerated().map { index, j in
            let own = VariableDescriptives(variable: variables[j], values: unitValues[j].means)
            return Variable(
                descriptives: own, standardDeviationWithin: nil, standardDeviationBetween: own.standardDeviation,
                withinShare: nil, isShareByAnalysisOfVariance: false, varianceInflation: upperFactors[index],
                varianceInflationBetween: betweenFactors[index], diagonal: diagonal[variables[j]])
        }
        levelOne = lower.enumerated().map { index, j in
            let icc = try? IntraclassCorrelation(
                variable: variables[j], values: columns[j], groups: grouping.codes)
            let supplied = components[variables[j]]
            let share = supplied.map(\.withinShare) ?? icc?.icc1.map { min(max(1 - $0, 0), 1) }
            return Variable(
                descriptives: VariableDescriptives(variable: variables[j], values: columns[j]),
                standardDeviationWithin: icc.map { $0.meanSquareWithin.squareRoot() },
                standardDeviationBetween: VariableDescriptives(variable: "", values: unitValues[j].means)
                    .standardDeviation,
                withinShare: share, isShareByAnalysisOfVariance: supplied == nil && share != nil,
                varianceInflation: lowerFactors[index], varianceInflationBetween: betweenFactors[upper.count + index],
                diagonal: diagonal[variables[j]])
        }
        for variable in levelTwo + levelOne where variable.descriptives.standardDeviation == 0 {
            warnings.append("\(variable.name) has the same value everywhere")
        }
        self.warnings = warnings
    }
}

/// A variable's mean in each group (NaN where the group has no value).
private struct GroupValues {
    let means: [Double]
    /// The first row whose value differs from an earlier one of its group.
    let firstDeparture: Int?

    var isConstantWithin: Bool { firstDeparture == nil }

    init(_ values: [Double], _ grouping: Grouping) {
        let count = grouping.sizes.count
        var firsts = [Double](repeating: .nan, count: count), counts = [Double](repeating: 0, count: count)
        var sums = counts, departure: Int?
        for (row, value) in values.enumerated() where value.isFinite {
            let g = grouping.codes[row]
            if firsts[g].isNaN { firsts[g] = value }
            if value != firsts[g], departure == nil { departure = row }
            counts[g] += 1
            // Deviations from the first value keep a level-2 value exact.
            sums[g] += value - firsts[g]
        }
        means = (0..<count).map { counts[$0] > 0 ? firsts[$0] + sums[$0] / counts[$0] : .nan }
        firstDeparture = departure
    }
}
