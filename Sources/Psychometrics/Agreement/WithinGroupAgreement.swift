import LinearAlgebra
import Probability

/// How far the members of each group agree in their answers to the items of a scale: r_wg, r_wg(j), r*_wg(j) and AD.
///
/// With a single item r_wg(j) is r_wg, and r*_wg(j) is r_wg before it is cut at zero. Members who left out an item do not
/// count; a group with fewer than two members left has no figures and is named in ``undefinedGroups``. Sources: James,
/// Demaree & Wolf (1984), Lindell, Brandt & Whitney (1999), Burke, Finkelstein & Dusig (1999), Burke & Dunlap (2002),
/// LeBreton & Senter (2008).
public struct WithinGroupAgreement: Sendable, Codable, Equatable {
    /// The agreement of one group.
    public struct Group: Sendable, Codable, Equatable {
        /// The group's label.
        public let label: String
        /// The number of members who answered every item.
        public let size: Int
        /// The number of members who did not.
        public let omitted: Int
        /// The mean over items of the variance between members (divisor n − 1).
        public let meanItemVariance: Double?
        /// r_wg(j) = k(1 − v)/(k(1 − v) + v) for k items, v = mean item variance over null variance, cut at 1: answers that
        /// vary more than the null distribution show no agreement, 0.
        public let rwg: Double?
        /// Whether ``rwg`` was cut at zero.
        public let isTruncated: Bool
        /// r*_wg(j) = 1 − v, not cut: negative when members differ more than the null distribution (Lindell et al. 1999).
        public let rwgStar: Double?
        /// The mean over items of the mean absolute deviation from the group's mean, AD_M(j).
        public let averageDeviation: Double?
        /// The mean over items of the mean absolute deviation from the group's median, AD_Md(j).
        public let averageDeviationFromMedian: Double?
    }

    /// The distribution of an index over groups.
    public struct Summary: Sendable, Codable, Equatable {
        /// The mean over groups.
        public let mean: Double
        /// The median over groups.
        public let median: Double
        /// The smallest value.
        public let minimum: Double
        /// The largest value.
        public let maximum: Double
        /// The share of groups that agree by the usual cut: from .70 up for r_wg, down from A/6 for AD.
        public let acceptableShare: Double

        fileprivate init?(_ values: [Double?], isAcceptable: (Double) -> Bool) {
            let sorted = values.compactMap { $0 }.sorted()
            guard let first = sorted.first, let last = sorted.last else { return nil }
            mean = Moments.mean(sorted)
            median = Quantiles.median(sorted)
            minimum = first
            maximum = last
            acceptableShare = Double(sorted.count(where: isAcceptable)) / Double(sorted.count)
        }
    }

    /// The scale's name.
    public let scale: String
    /// The names of the items.
    public let items: [String]
    /// The number of response options, A.
    public let options: Int
    /// The distribution of answers without agreement.
    public let nullDistribution: NullDistribution
    /// Its variance σ²ᴇᴜ.
    public let nullVariance: Double
    /// The groups, in the order of the data.
    public let groups: [Group]
    /// r_wg (one item) or r_wg(j) over groups.
    public let rwg: Summary
    /// r*_wg(j) over groups.
    public let rwgStar: Summary
    /// AD about the mean over groups.
    public let averageDeviation: Summary
    /// AD about the median over groups.
    public let averageDeviationFromMedian: Summary

    /// The value from which on r_wg is read as agreement (LeBreton & Senter 2008).
    public static let agreementCut = 0.7
    /// The largest AD that is read as agreement, A/6 (Burke & Dunlap 2002).
    public var averageDeviationCut: Double { Double(options) / 6 }
    /// The groups with fewer than two complete members.
    public var undefinedGroups: [String] { groups.filter { $0.rwg == nil }.map(\.label) }
    /// The number of groups whose r_wg was cut at zero.
    public var truncatedCount: Int { groups.count(where: \.isTruncated) }

    /// Judges the agreement on a scale.
    ///
    /// - Parameters:
    ///   - scale: The scale's name.
    ///   - data: The answers (rows are members, columns items; NaN is missing).
    ///   - items: The names of the items.
    ///   - labels: The group of each member.
    ///   - options: The number of response options, A.
    ///   - nullDistribution: How raters without agreement would answer.
    /// - Throws: ``AgreementError``, ``PsychometricsError/mismatchedInput(expected:found:)``.
    public init(
        scale: String, data: Matrix, items: [String], groups labels: [String], options: Int,
        nullDistribution: NullDistribution = .uniform
    ) throws {
        guard items.count == data.columns else {
            throw PsychometricsError.mismatchedInput(expected: data.columns, found: items.count)
        }
        guard labels.count == data.rows else {
            throw PsychometricsError.mismatchedInput(expected: data.rows, found: labels.count)
        }
        guard !items.isEmpty else { throw AgreementError.noItems }
        guard options > 1 else { throw AgreementError.tooFewOptions(options) }
        guard let nullVariance = nullDistribution.variance(options: options) else {
            throw AgreementError.unknownNullVariance(nullDistribution, options: options)
        }
        for (j, item) in items.enumerated() {
            let answers = data.column(j).filter(\.isFinite)
            // Means of reversed or averaged items may miss a bound by rounding.
            if let low = answers.min(), let high = answers.max(), high - low > Double(options - 1) + 1e-9 {
                throw AgreementError.answersBeyondScale(item: item, smallest: low, largest: high, options: options)
            }
        }
        var order: [String] = [], members: [String: [Int]] = [:]
        for (row, label) in labels.enumerated() {
            if members[label] == nil { order.append(label) }
            members[label, default: []].append(row)
        }
        let groups = order.map { label in
            Group(label: label, rows: members[label] ?? [], data: data, nullVariance: nullVariance)
        }
        // A value at the cut must not fail by rounding.
        let cut = Self.agreementCut - 1e-12, largest = Double(options) / 6 + 1e-12
        guard let rwg = Summary(groups.map(\.rwg), isAcceptable: { $0 >= cut }),
            let star = Summary(groups.map(\.rwgStar), isAcceptable: { $0 >= cut }),
            let deviation = Summary(groups.map(\.averageDeviation), isAcceptable: { $0 <= largest }),
            let median = Summary(groups.map(\.averageDeviationFromMedian), isAcceptable: { $0 <= largest })
        else { throw AgreementError.noComparableGroup }
        self.scale = scale
        self.items = items
        self.options = options
        self.nullDistribution = nullDistribution
        self.nullVariance = nullVariance
        self.groups = groups
        self.rwg = rwg
        rwgStar = star
        averageDeviation = deviation
        averageDeviationFromMedian = median
    }
}

extension WithinGroupAgreement.Group {
    fileprivate init(label: String, rows: [Int], data: Matrix, nullVariance: Double) {
        let k = data.columns
        let complete = rows.filter { row in (0..<k).allSatisfy { data[row, $0].isFinite } }
        let n = Double(complete.count)
        self.label = label
        size = complete.count
        omitted = rows.count - complete.count
        guard complete.count > 1 else {
            (meanItemVariance, rwg, rwgStar, averageDeviation, averageDeviationFromMedian) = (nil, nil, nil, nil, nil)
            isTruncated = false
            return
        }
        var variance = 0.0, aboutMean = 0.0, aboutMedian = 0.0
        for j in 0..<k {
            let answers = complete.map { data[$0, j] }.sorted()
            let mean = Moments.mean(answers), median = Quantiles.median(answers)
            variance += answers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
            aboutMean += answers.reduce(0) { $0 + abs($1 - mean) } / n
            aboutMedian += answers.reduce(0) { $0 + abs($1 - median) } / n
        }
        let items = Double(k)
        let share = variance / items / nullVariance, cut = min(share, 1)
        meanItemVariance = variance / items
        rwg = items * (1 - cut) / (items * (1 - cut) + cut)
        isTruncated = share > 1
        rwgStar = 1 - share
        averageDeviation = aboutMean / items
        averageDeviationFromMedian = aboutMedian / items
    }
}
