/// How the answers came in: by wave, or by date.
public struct ResponseTimeline: Sendable, Codable, Equatable {
    /// A wave or a date.
    public struct Step: Sendable, Codable, Equatable {
        /// The wave, or the date as `2024-03-01`.
        public let label: String
        /// Where it stands on the axis: the number of the wave, or days since the first answer.
        public let position: Double
        /// The answers that came.
        public let answers: Int
        /// Those and all before.
        public let cumulative: Int
        /// The share of the units invited that have answered by then.
        public let share: Double
    }

    /// The steps in their order.
    public let steps: [Step]
    /// The number of units invited.
    public let invited: Int
    /// The number of answers without a wave or a date.
    public let undated: Int

    /// Counts answers by wave.
    ///
    /// - Parameters:
    ///   - waves: The wave of each answer, nil where unknown; numbers are ordered as numbers, other names by letter.
    ///   - invited: The number of units invited.
    public init(waves: [String?], invited: Int) {
        let names = Set(waves.compactMap { $0 }), numbers = names.compactMap { Double($0) }
        let ordered =
            numbers.count == names.count
            ? names.sorted { (Double($0) ?? 0) < (Double($1) ?? 0) } : names.sorted()
        self.init(
            ordered.enumerated().map { ($1, Double($0 + 1)) }, counts: Self.counts(waves), invited: invited,
            undated: waves.count { $0 == nil })
    }

    /// Counts answers by date.
    ///
    /// - Parameters:
    ///   - dates: The date of each answer, nil where unknown.
    ///   - invited: The number of units invited.
    public init(dates: [CivilDate?], invited: Int) {
        let known = Set(dates.compactMap { $0 }).sorted()
        let first = known.first?.daysSince1970 ?? 0
        self.init(
            known.map { ($0.description, Double($0.daysSince1970 - first)) },
            counts: Self.counts(dates.map { $0?.description }), invited: invited, undated: dates.count { $0 == nil })
    }

    private init(_ labels: [(String, Double)], counts: [String: Int], invited: Int, undated: Int) {
        var sum = 0
        steps = labels.map { label, position in
            let own = counts[label] ?? 0
            sum += own
            return Step(
                label: label, position: position, answers: own, cumulative: sum,
                share: invited > 0 ? Double(sum) / Double(invited) : 0)
        }
        self.invited = invited
        self.undated = undated
    }

    private static func counts(_ names: [String?]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for case let name? in names { counts[name, default: 0] += 1 }
        return counts
    }
}
