/// What the marks of significance of a table stand for: `***` for p < .001, and so on.
public struct StarLegend: Sendable, Hashable {
    /// A mark with the probability below which it is printed.
    public struct Level: Sendable, Hashable {
        /// The mark: `*`, `**`, `†`.
        public let mark: String
        /// The probability that p lies below.
        public let threshold: Double
    }

    /// The levels, the strictest first.
    public let levels: [Level]

    /// A legend.
    ///
    /// - Throws: ``AuditFault`` if a threshold is no probability, or two marks or two thresholds are the same.
    public init(_ levels: [(mark: String, threshold: Double)]) throws(AuditFault) {
        for level in levels {
            guard level.threshold > 0, level.threshold < 1 else {
                throw .legend(
                    "`\(level.mark)` stands for p < \(level.threshold); write a probability between 0 and 1, such as .05"
                )
            }
            guard !level.mark.isEmpty else { throw .legend("a mark is empty; write `*`, `**` or the like") }
        }
        guard Set(levels.map(\.mark)).count == levels.count else {
            throw .legend("a mark stands there twice; keep one")
        }
        guard Set(levels.map(\.threshold)).count == levels.count else {
            throw .legend("two marks have the same threshold; keep one")
        }
        self.levels = levels.map { Level(mark: $0.mark, threshold: $0.threshold) }.sorted {
            $0.threshold < $1.threshold
        }
    }

    private init(unchecked levels: [(String, Double)]) {
        self.levels = levels.map { Level(mark: $0.0, threshold: $0.1) }
    }

    /// `***` .001, `**` .01, `*` .05.
    public static let usual = StarLegend(unchecked: [("***", 0.001), ("**", 0.01), ("*", 0.05)])
    /// The usual marks with † for .10.
    public static let withDagger = StarLegend(unchecked: [("***", 0.001), ("**", 0.01), ("*", 0.05), ("†", 0.10)])
    /// `***` .01, `**` .05, `*` .10, as in economics.
    public static let economics = StarLegend(unchecked: [("***", 0.01), ("**", 0.05), ("*", 0.10)])

    /// The legends in use, to say which of them the marks of a table follow.
    public static let inUse: [(name: String, legend: StarLegend)] = [
        ("*** .001, ** .01, * .05", .usual), ("*** .001, ** .01, * .05, † .10", .withDagger),
        ("*** .01, ** .05, * .10", .economics),
    ]

    /// The mark of a p value: empty if it lies below no threshold.
    public func mark(for p: Double) -> String { levels.first { p < $0.threshold }?.mark ?? "" }

    /// The p values that a mark (or no mark: empty) stands for; `nil` if the legend has no such mark.
    public func probabilities(of mark: String) -> Interval? {
        if mark.isEmpty { return Interval(levels.last?.threshold ?? 0, 1) }
        guard let place = levels.firstIndex(where: { $0.mark == mark }) else { return nil }
        return Interval(place == 0 ? 0 : levels[place - 1].threshold, levels[place].threshold)
    }

    /// The marks that p values within an interval may get, the strictest first.
    public func marks(for p: Interval) -> [String] {
        var marks: [String] = []
        var below = 0.0
        for level in levels {
            if p.lower < level.threshold, p.upper >= below { marks.append(level.mark) }
            below = level.threshold
        }
        if p.upper >= below { marks.append("") }
        return marks
    }
}
