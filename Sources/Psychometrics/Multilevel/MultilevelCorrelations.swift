import LinearAlgebra

/// The levels at which a variable varies.
public enum LevelOfVariation: String, Sendable, Codable {
    /// Within groups only: a variable centred on its group means, or a design variable that is the same in all groups.
    case within
    /// Within groups and between them.
    case both
    /// Between groups only: a characteristic of the group (level 2).
    case between
    /// Nowhere.
    case constant
}

/// How much a group counts in a correlation between groups.
public enum GroupWeights: String, Sendable, Codable {
    /// As much as it has cases, as in `statsBy` of psych and in WABA (Dansereau, Alutto & Yammarino 1984).
    case groupSize
    /// As much as any other.
    case equal
}

/// Correlations within groups and between group means, each tested with the number of cases or groups behind it.
///
/// Missing values are left out pair by pair. A variable of level 2 is a property of its group: a value that is missing in
/// some rows of the group is taken from the others. A figure that does not exist is nil; a correlation within groups with a
/// variable of level 2 is one of them.
public struct MultilevelCorrelations: Sendable, Codable, Equatable {
    /// The names of the variables.
    public let variables: [String]
    /// Where each variable varies.
    public let levels: [LevelOfVariation]
    /// How groups count in ``between``.
    public let weights: GroupWeights
    /// The correlations of the deviations from the group means.
    public let within: [[Double?]]
    /// Their two-sided p-values by t with ``withinDegreesOfFreedom``; zero on the diagonal.
    public let withinPValues: [[Double?]]
    /// The correlations of the group means.
    public let between: [[Double?]]
    /// Their two-sided p-values by t with ``betweenDegreesOfFreedom``; zero on the diagonal.
    public let betweenPValues: [[Double?]]
    /// The number of cases N with both values.
    public let cases: [[Int]]
    /// The number of groups J with such a case.
    public let groups: [[Int]]
    /// η between: the correlation of each variable with its group means.
    public let etaBetween: [Double?]
    /// η within: the correlation of each variable with its deviations from the group means.
    public let etaWithin: [Double?]

    /// N − J − 1: the group means take up one degree of freedom for each group.
    public var withinDegreesOfFreedom: [[Int]] {
        zip(cases, groups).map { zip($0, $1).map { max($0 - $1 - 1, 0) } }
    }

    /// J − 2.
    public var betweenDegreesOfFreedom: [[Int]] { groups.map { $0.map { max($0 - 2, 0) } } }

    /// Decomposes the correlations of the columns of `data` (rows are cases; NaN is missing).
    ///
    /// - Parameters:
    ///   - data: The data.
    ///   - variables: The names of the columns.
    ///   - labels: The group of each case.
    ///   - weights: How groups count between groups.
    /// - Throws: ``PsychometricsError`` when there are fewer than two groups, or as many groups as cases.
    public init<Group: Hashable>(
        _ data: Matrix, variables: [String], groups labels: [Group], weights: GroupWeights = .groupSize
    ) throws {
        guard variables.count == data.columns else {
            throw PsychometricsError.mismatchedInput(expected: data.columns, found: variables.count)
        }
        guard labels.count == data.rows else {
            throw PsychometricsError.mismatchedInput(expected: data.rows, found: labels.count)
        }
        let grouping = try Grouping(labels)
        let p = data.columns
        let columns = (0..<p).map { LevelledColumn(data.column($0), grouping) }
        self.variables = variables
        self.weights = weights
        levels = columns.map(\.level)
        let none = [[Double?]](repeating: Array(repeating: nil, count: p), count: p)
        let zero = [[Int]](repeating: Array(repeating: 0, count: p), count: p)
        var within = none, withinP = none, between = none, betweenP = none, cases = zero, groups = zero
        var etaBetween = [Double?](repeating: nil, count: p), etaWithin = etaBetween
        for i in 0..<p {
            for j in 0...i {
                let pair = PairDecomposition(columns[i], columns[j], grouping, weights)
                for (a, b) in [(i, j), (j, i)] {
                    cases[a][b] = pair.cases
                    groups[a][b] = pair.groups
                    within[a][b] = pair.within
                    between[a][b] = pair.between
                    let isDiagonal = i == j
                    // Of so many degrees of freedom is the t test of a correlation in two cases more.
                    withinP[a][b] = pair.within.flatMap {
                        isDiagonal ? 0 : CorrelationTable.pValue($0, n: pair.cases - pair.groups + 1)
                    }
                    betweenP[a][b] = pair.between.flatMap {
                        isDiagonal ? 0 : CorrelationTable.pValue($0, n: pair.groups)
                    }
                }
                if i == j, let share = pair.betweenShare {
                    etaBetween[i] = share.squareRoot()
                    etaWithin[i] = (1 - share).squareRoot()
                }
            }
        }
        self.within = within
        withinPValues = withinP
        self.between = between
        betweenPValues = betweenP
        self.cases = cases
        self.groups = groups
        self.etaBetween = etaBetween
        self.etaWithin = etaWithin
    }
}

/// A variable with the level at which it varies, centred on its mean; a level-2 variable is filled in within its groups.
struct LevelledColumn {
    let values: [Double]
    let level: LevelOfVariation

    init(_ raw: [Double], _ grouping: Grouping) {
        let mean = Moments.mean(raw.filter(\.isFinite))
        var values = raw.map { $0.isFinite ? $0 - mean : .nan }
        let count = grouping.sizes.count
        var sums = [Double](repeating: 0, count: count), counts = sums, firsts = [Double](repeating: .nan, count: count)
        var total = 0.0, differs = false
        for (row, value) in values.enumerated() where value.isFinite {
            let group = grouping.codes[row]
            if firsts[group].isNaN { firsts[group] = value }
            differs = differs || value != firsts[group]
            sums[group] += value
            counts[group] += 1
            total += value * value
        }
        var between = 0.0
        for g in 0..<count where counts[g] > 0 { between += sums[g] * sums[g] / counts[g] }
        if !(total > 0) {
            level = .constant
        } else if !differs {
            level = .between
        } else {
            // Group means of a centred variable that was stored with few decimals are not quite equal.
            level = between > 1e-8 * total ? .both : .within
        }
        if level == .between {
            for row in values.indices where values[row].isNaN { values[row] = firsts[grouping.codes[row]] }
        }
        self.values = values
    }
}

/// The correlation of two variables within and between groups, from the cases that have both.
private struct PairDecomposition {
    var cases = 0
    var groups = 0
    var within: Double?
    var between: Double?
    /// The share of the first variable's sum of squares that lies between groups.
    var betweenShare: Double?

    init(_ x: LevelledColumn, _ y: LevelledColumn, _ grouping: Grouping, _ weights: GroupWeights) {
        let count = grouping.sizes.count
        var n = [Double](repeating: 0, count: count), meanX = n, meanY = n
        for row in x.values.indices where x.values[row].isFinite && y.values[row].isFinite {
            let g = grouping.codes[row]
            n[g] += 1
            meanX[g] += x.values[row]
            meanY[g] += y.values[row]
            cases += 1
        }
        for g in 0..<count where n[g] > 0 {
            groups += 1
            meanX[g] /= n[g]
            meanY[g] /= n[g]
        }
        var products = (xx: 0.0, yy: 0.0, xy: 0.0)
        for row in x.values.indices where x.values[row].isFinite && y.values[row].isFinite {
            let u = x.values[row] - meanX[grouping.codes[row]], v = y.values[row] - meanY[grouping.codes[row]]
            products.xx += u * u
            products.yy += v * v
            products.xy += u * v
        }
        let sized = Self.products(of: meanX, meanY, weights: n)
        let means =
            weights == .groupSize ? sized : Self.products(of: meanX, meanY, weights: n.map { $0 > 0 ? 1 : 0 })
        let totalX = products.xx + sized.xx, totalY = products.yy + sized.yy
        if x.level != .between, y.level != .between {
            within = Self.correlation(products, least: (1e-24 * totalX, 1e-24 * totalY))
        }
        if x.level != .within, y.level != .within {
            between = Self.correlation(means, least: (1e-20 * totalX, 1e-20 * totalY))
        }
        betweenShare = totalX > 0 ? min(max(sized.xx / totalX, 0), 1) : nil
    }

    private static func products(
        of x: [Double], _ y: [Double], weights: [Double]
    ) -> (xx: Double, yy: Double, xy: Double) {
        let sum = weights.reduce(0, +)
        let centreX = dot(x, weights) / sum, centreY = dot(y, weights) / sum
        var result = (xx: 0.0, yy: 0.0, xy: 0.0)
        for g in weights.indices where weights[g] > 0 {
            let u = x[g] - centreX, v = y[g] - centreY
            result.xx += weights[g] * u * u
            result.yy += weights[g] * v * v
            result.xy += weights[g] * u * v
        }
        return result
    }

    private static func correlation(
        _ products: (xx: Double, yy: Double, xy: Double), least: (Double, Double)
    ) -> Double? {
        guard products.xx > least.0, products.yy > least.1 else { return nil }
        // Values of 1e200 overflow when squared.
        let r = products.xy / (products.xx.squareRoot() * products.yy.squareRoot())
        return r.isFinite ? min(max(r, -1), 1) : nil
    }
}
