/// How far each condition, and its absence, is necessary for an outcome.
///
/// Rows come in the order of QCA's `pofind`: condition by condition, the absence `~A` before the presence `A`; with a
/// multi-value set among the conditions, every level of every condition, `A[0]` first.
public struct NecessityTable: Sendable, Hashable {
    /// From which figures on a condition counts as necessary, and not trivially so.
    public struct Cuts: Sendable, Hashable {
        /// The lowest consistency of a necessary condition, 0 to 1: 0.9 by convention (Schneider & Wagemann 2012,
        /// p. 143).
        public var inclusion: Double
        /// A necessary condition whose relevance of necessity is lower is trivial, 0 to 1: nearly every case has it,
        /// outcome or not.
        ///
        /// A half by convention; no value follows from the measure itself (Schneider & Wagemann 2012, p. 236; Oana,
        /// Schneider & Thomann 2021, ch. 3).
        public var relevance: Double

        /// Cuts.
        public init(inclusion: Double = 0.9, relevance: Double = 0.5) {
            self.inclusion = inclusion
            self.relevance = relevance
        }
    }

    /// A condition, or its absence.
    public struct Row: Sendable, Hashable {
        /// The literal as text: `A`, `~A`, `A[1]`.
        public let expression: String
        /// The literal as an expression over the sets.
        public let set: SetExpression
        /// The position of the condition.
        public let condition: Int
        /// The level: 1 for the presence, 0 for the absence of a crisp or fuzzy set.
        public let level: Int
        /// Consistency, relevance and coverage.
        public let fit: NecessityFit
        /// Haesebrouck's consistency, ``NecessityFit/haesebrouckConsistency(_:of:)``.
        public let haesebrouckConsistency: Double?
        /// Whether the consistency reaches its cut.
        public let isNecessary: Bool
        /// Whether the condition is necessary, but so common that this says little: relevance below its cut.
        public let isTrivial: Bool
    }

    /// The outcome as it was asked for: `Y`, `~Y`, `Y[1]`.
    public let outcome: SetExpression
    /// The conditions.
    public let conditions: Conditions
    /// The number of cases.
    public let count: Int
    /// The cuts that the flags use.
    public let cuts: Cuts
    /// The rows.
    public let rows: [Row]

    /// Measures the necessity of single conditions.
    ///
    /// - Parameters:
    ///   - data: The cases.
    ///   - outcome: The outcome.
    ///   - conditions: The names of the conditions, in order.
    ///   - cuts: The cuts for the flags.
    /// - Throws: ``SetTheoryError`` if a set does not exist, the outcome is among the conditions, or a cut lies outside
    ///   0 to 1.
    public init(
        _ data: CalibratedData, outcome: SetExpression, conditions names: [String], cuts: Cuts = Cuts()
    ) throws(SetTheoryError) {
        try checkedCut(cuts.inclusion, name: "the consistency cut of necessity")
        try checkedCut(cuts.relevance, name: "the relevance cut of necessity")
        let conditions = try distinctConditions(names, outcome: outcome, in: data)
        let y = try data.membership(in: outcome)
        var rows: [Row] = []
        for (condition, name) in conditions.names.enumerated() {
            let set = try data.set(name)
            for level in 0..<set.levelCount {
                let x = set.membership(level: level)
                let fit = NecessityFit(x, of: y)
                let isNecessary = fit.inclusion.map { $0 >= cuts.inclusion - TruthTableOptions.tolerance } ?? false
                rows.append(
                    Row(
                        expression: conditions.literal(condition, level: level),
                        set: conditions.literalExpression(condition, level: level), condition: condition,
                        level: level, fit: fit,
                        haesebrouckConsistency: NecessityFit.haesebrouckConsistency(x, of: y),
                        isNecessary: isNecessary,
                        isTrivial: isNecessary && (fit.relevance ?? 0) < cuts.relevance - TruthTableOptions.tolerance))
            }
        }
        self.outcome = outcome
        self.conditions = conditions
        self.count = data.cases.count
        self.cuts = cuts
        self.rows = rows
    }

    /// The tables for an outcome and for its negation, in this order.
    ///
    /// - Throws: As ``init(_:outcome:conditions:cuts:)``.
    public static func ofOutcomeAndNegation(
        _ data: CalibratedData, outcome: SetExpression, conditions: [String], cuts: Cuts = Cuts()
    ) throws(SetTheoryError) -> [NecessityTable] {
        [
            try NecessityTable(data, outcome: outcome, conditions: conditions, cuts: cuts),
            try NecessityTable(data, outcome: outcome.complement, conditions: conditions, cuts: cuts),
        ]
    }
}

/// Refuses a cut outside 0 to 1.
func checkedCut(_ cut: Double, name: String) throws(SetTheoryError) {
    if !(cut >= 0 && cut <= 1) {
        throw .invalidSetting(name: name, value: "\(cut)", remedy: "choose a number from 0 to 1")
    }
}

/// The conditions, none of which is part of the outcome.
func distinctConditions(
    _ names: [String], outcome: SetExpression, in data: CalibratedData
) throws(SetTheoryError) -> Conditions {
    let conditions = try Conditions(names, in: data)
    if let shared = outcome.setNames.first(where: { names.contains($0) }) { throw .outcomeAmongConditions(shared) }
    return conditions
}

extension SetExpression {
    /// The complement: `~Y` for `Y`, and `Y` for `~Y`.
    public var complement: SetExpression {
        if case .not(let inner) = self { return inner }
        return .not(self)
    }
}

extension Conditions {
    /// One literal as an expression over the sets, written as ``literal(_:level:)`` writes it.
    func literalExpression(_ condition: Int, level: Int) -> SetExpression {
        if isMultiValue { return .set(names[condition], levels: [level]) }
        let presence = SetExpression.set(names[condition], levels: nil)
        return level == 0 ? .not(presence) : presence
    }
}
