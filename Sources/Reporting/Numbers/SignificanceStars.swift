import Probability

/// The marks of significance behind an estimate.
public struct SignificanceStars: Sendable, Equatable {
    /// A mark and the probability below which it is given.
    public struct Level: Sendable, Equatable {
        /// The estimate gets the mark when its probability is smaller than this.
        public var threshold: Double
        /// The mark, such as "**".
        public var mark: String

        /// Makes a level.
        public init(threshold: Double, mark: String) {
            self.threshold = threshold
            self.mark = mark
        }
    }

    /// The levels, in any order: the smallest threshold that holds counts.
    public var levels: [Level]

    /// Makes a set of marks.
    public init(levels: [Level]) { self.levels = levels.sorted { $0.threshold > $1.threshold } }

    /// * below .05, ** below .01, *** below .001.
    public static let standard = SignificanceStars(levels: [
        Level(threshold: 0.05, mark: "*"), Level(threshold: 0.01, mark: "**"), Level(threshold: 0.001, mark: "***"),
    ])

    /// The mark for a probability; empty when it is above all thresholds or does not exist.
    public func mark(_ probability: Double?) -> String {
        guard let probability, !probability.isNaN else { return "" }
        let held = levels.filter { probability < $0.threshold }
        return held.min { $0.threshold < $1.threshold }?.mark ?? ""
    }

    /// The probability note of a table that uses these marks: "*p < .05. **p < .01. ***p < .001."
    public var note: RichText {
        var note = RichText()
        for level in levels {
            if !note.isEmpty { note.append(" ") }
            note.append(level.mark)
            note.append("p", style: .emphasis)
            note.append(" < \(Self.thresholdText(level.threshold)).")
        }
        return note
    }

    private static func thresholdText(_ threshold: Double) -> String {
        // .05 and .001, with as many decimals as the threshold has.
        let decimals = (1...6).first { abs(threshold - (Double(threshold.fixed($0)) ?? 0)) < 1e-12 } ?? 6
        return NumberFormat.bounded(max(2, decimals)).string(threshold)
    }
}
