import LinearAlgebra
import Probability

/// The share of a variable's variance that lies between groups, by one-way analysis of variance.
///
/// As in `statsBy` of psych the group size is the mean one; a group of one case counts as a group.
public struct IntraclassCorrelation: Sendable, Codable, Equatable {
    /// The variable's name.
    public let variable: String
    /// The number of groups.
    public let groups: Int
    /// The number of cases.
    public let cases: Int
    /// The mean number of cases in a group.
    public let meanGroupSize: Double
    /// The harmonic mean of the numbers of cases in the groups: the size that counts for the reliability of a typical
    /// group mean.
    public let harmonicGroupSize: Double
    /// The mean square between groups.
    public let meanSquareBetween: Double
    /// The mean square within groups.
    public let meanSquareWithin: Double
    /// ICC(1), the reliability of a single case as a measure of its group: (MSB − MSW)/(MSB + (k − 1)·MSW)
    /// (Shrout & Fleiss 1979; Bliese 2000); nil for a constant.
    public let icc1: Double?
    /// ICC(2), the reliability of the group mean: (MSB − MSW)/MSB; nil when the group means do not differ.
    public let icc2: Double?
    /// The F test of differences between groups, MSB/MSW; nil when no group varies within.
    public let f: Double?
    /// Its p-value with `groups` − 1 and n − `groups` degrees of freedom.
    public let pValue: Double?
    /// The limits of the confidence interval of ``icc1`` from that of the F ratio (Shrout & Fleiss 1979; McGraw & Wong
    /// 1996, table 7); exact for groups of one size, and with the mean size otherwise an approximation. Nil without F.
    public let icc1Interval: [Double]?
    /// The limits of the confidence interval of ``icc2``, 1 − 1/F at the limits of F. Nil without F.
    public let icc2Interval: [Double]?
    /// The confidence level of the intervals.
    public let level: Double

    /// The design effect 1 + (k − 1)·ICC(1) with the mean group size k (Kish 1965): the factor by which clustering
    /// multiplies the sampling variance of a mean.
    public var designEffect: Double? { icc1.map { 1 + (meanGroupSize - 1) * $0 } }

    /// The number of independent cases that would estimate a mean as well: cases over the design effect; nil when that is
    /// not positive.
    public var effectiveSampleSize: Double? {
        designEffect.flatMap { $0 > 0 ? Double(cases) / $0 : nil }
    }

    /// Analyses `values` (NaN is left out) in the groups that the equal elements of `groups` form.
    ///
    /// - Parameters:
    ///   - variable: The variable's name.
    ///   - values: Its values.
    ///   - groups: The group of each case.
    ///   - level: The confidence level of the intervals, between 0 and 1.
    /// - Throws: ``PsychometricsError`` when there are fewer than two groups, or as many groups as cases.
    public init<Group: Hashable>(variable: String, values: [Double], groups: [Group], level: Double = 0.95) throws {
        guard values.count == groups.count else {
            throw PsychometricsError.mismatchedInput(expected: values.count, found: groups.count)
        }
        let kept = values.indices.filter { values[$0].isFinite }
        let data = Matrix(rows: kept.count, columns: 1, columnMajor: kept.map { values[$0] })
        let grouping = try Grouping(kept.map { groups[$0] })
        let n = kept.count, count = grouping.sizes.count
        let grand = Moments.mean(data.storage)
        let means = grouping.means(of: data)
        var between = 0.0, within = 0.0
        for (g, size) in grouping.sizes.enumerated() {
            between += Double(size) * (means[g, 0] - grand) * (means[g, 0] - grand)
        }
        for i in 0..<n {
            let deviation = data[i, 0] - means[grouping.codes[i], 0]
            within += deviation * deviation
        }
        let msb = between / Double(count - 1), msw = within / Double(n - count)
        let size = Double(n) / Double(count)
        self.variable = variable
        self.groups = count
        cases = n
        meanGroupSize = size
        harmonicGroupSize = Double(count) / grouping.sizes.reduce(0) { $0 + 1 / Double($1) }
        meanSquareBetween = msb
        meanSquareWithin = msw
        let total = msb + msw * (size - 1)
        icc1 = total > 0 ? (msb - msw) / total : nil
        icc2 = msb > 0 ? (msb - msw) / msb : nil
        f = msw > 0 ? msb / msw : nil
        let distribution = FisherF(Double(count - 1), Double(n - count))
        pValue = f.map { distribution.upperTail($0) }
        self.level = level
        // The interval of MSB/MSW over its expectation ratio.
        let limits = f.map { ratio in
            [(1 + level) / 2, (1 - level) / 2].map { ratio / distribution.quantile($0) }
        }
        icc1Interval = limits.flatMap { Self.finite($0.map { ($0 - 1) / ($0 + size - 1) }) }
        icc2Interval = limits.flatMap { Self.finite($0.map { 1 - 1 / $0 }) }
    }

    private static func finite(_ limits: [Double]) -> [Double]? { limits.allSatisfy(\.isFinite) ? limits : nil }
}

/// Cases sorted into groups.
struct Grouping {
    /// The group of each case, counted from zero in order of first appearance.
    let codes: [Int]
    /// The number of cases in each group.
    let sizes: [Int]

    init<Group: Hashable>(_ labels: [Group]) throws {
        var numbers: [Group: Int] = [:]
        var codes: [Int] = [], sizes: [Int] = []
        codes.reserveCapacity(labels.count)
        for label in labels {
            let code = numbers[label] ?? sizes.count
            if code == sizes.count {
                numbers[label] = code
                sizes.append(0)
            }
            codes.append(code)
            sizes[code] += 1
        }
        guard sizes.count > 1 else { throw PsychometricsError.tooFewGroups(found: sizes.count) }
        guard labels.count > sizes.count else {
            throw PsychometricsError.tooFewCases(needed: sizes.count + 1, found: labels.count)
        }
        self.codes = codes
        self.sizes = sizes
    }

    /// The group means of each column (groups × columns).
    func means(of data: Matrix) -> Matrix {
        var sums = Matrix(rows: sizes.count, columns: data.columns)
        for j in 0..<data.columns {
            for i in 0..<data.rows { sums[codes[i], j] += data[i, j] }
            for g in sizes.indices { sums[g, j] /= Double(sizes[g]) }
        }
        return sums
    }
}
