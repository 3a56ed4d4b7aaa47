/// A set in which every case has a membership: a condition or an outcome.
///
/// Fuzzy sets hold memberships from 0 to 1, crisp and multi-value sets the code of a level (0, 1, 2 …). In temporal
/// data a condition may not apply to a case ("-", "dc"): ``notApplicable`` then stands in place of the value.
public struct CalibratedSet: Sendable, Hashable {
    /// How membership is measured.
    public enum Kind: Sendable, Hashable {
        /// Memberships from 0 to 1.
        case fuzzy
        /// Levels 0 to count - 1: a crisp set has two.
        case levels(Int)
    }

    /// Stands for a condition that does not apply to a case.
    public static let notApplicable = -1.0

    /// The name.
    public let name: String
    /// How membership is measured.
    public let kind: Kind
    /// The membership, or the code of the level, of each case.
    public let values: [Double]

    /// Makes a set from memberships or codes.
    ///
    /// A value with a fractional part makes the set fuzzy; otherwise the set has as many levels as the highest code
    /// plus one, two at least.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - values: The membership or the code of each case.
    ///   - cases: The names of the cases, for messages.
    /// - Throws: ``SetTheoryError`` if a value is missing, a membership lies outside 0 to 1, or a level up to the
    ///   highest code has no case.
    public init(name: String, values: [Double], cases: [String] = []) throws(SetTheoryError) {
        func label(_ position: Int) -> String {
            cases.indices.contains(position) ? cases[position] : "row \(position + 1)"
        }
        self.name = name
        self.values = values
        if let position = values.firstIndex(where: { !$0.isFinite }) {
            throw .missingMembership(set: name, case: label(position))
        }
        let given = values.filter { $0 != Self.notApplicable }
        if given.contains(where: { $0 != $0.rounded(.down) }) {
            if let position = values.firstIndex(where: { $0 < 0 || $0 > 1 }) {
                throw .membershipOutOfRange(set: name, case: label(position), value: values[position])
            }
            kind = .fuzzy
            return
        }
        if let position = values.firstIndex(where: { $0 < 0 && $0 != Self.notApplicable }) {
            throw .membershipOutOfRange(set: name, case: label(position), value: values[position])
        }
        let highest = given.max() ?? 0
        // "Does not apply" takes the place of a level.
        let limit = Conjunction.levelLimit - (given.count < values.count ? 1 : 0)
        if let position = values.firstIndex(where: { $0 >= Double(limit) }) {
            throw .tooManyLevels(set: name, case: label(position), value: values[position])
        }
        let count = max(2, Int(highest) + 1)
        if count > 2, let absent = (0..<count).first(where: { !given.contains(Double($0)) }) {
            throw .emptyLevel(set: name, level: absent, levels: count)
        }
        kind = .levels(count)
    }

    /// The number of levels that a literal can name: two for a fuzzy set.
    public var levelCount: Int {
        switch kind {
        case .fuzzy: 2
        case .levels(let count): count
        }
    }

    /// Whether some case has no value because the condition does not apply to it.
    public var isTemporal: Bool { kind != .fuzzy && values.contains(Self.notApplicable) }

    /// The membership of each case in a level: x and 1 - x for the levels 1 and 0 of a fuzzy set, 1 or 0 otherwise.
    public func membership(level: Int) -> [Double] {
        switch kind {
        case .fuzzy: level == 1 ? values : values.map { 1 - $0 }
        case .levels: values.map { $0 == Double(level) ? 1 : 0 }
        }
    }
}
