/// What the minimization of a changed truth table leads to: models, or the reason why there are none.
public enum MinimizationOutcome: Sendable, Hashable {
    /// Why there is no solution.
    public enum Failure: Sendable, Hashable {
        /// No row has enough cases.
        case noRows
        /// No row is positive.
        case noPositiveRow
        /// No row is negative, so that with remainders everything leads to the outcome.
        case noNegativeRow
        /// A condition has the same value in all cases.
        case constantCondition(String)
        /// Anything else.
        case other(SetTheoryError)

        init(_ error: SetTheoryError) {
            switch error {
            case .noRowsLeft, .noCases: self = .noRows
            case .noPositiveRow: self = .noPositiveRow
            case .noNegativeRow: self = .noNegativeRow
            case .constantCondition(let name, _): self = .constantCondition(name)
            default: self = .other(error)
            }
        }
    }

    /// The models, each with its terms in listing order, and whether these are all.
    case models([[Conjunction]], isExhaustive: Bool = true)
    /// There is no solution.
    case none(Failure)

    /// The models; none if there is no solution.
    public var models: [[Conjunction]] { if case .models(let models, _) = self { models } else { [] } }

    /// Whether every model is listed; a comparison of solutions is one of the models that are listed.
    public var isExhaustive: Bool { if case .models(_, let isExhaustive) = self { isExhaustive } else { true } }

    /// Whether both have the same models, in any order, or neither has any.
    public func isEquivalent(to other: MinimizationOutcome) -> Bool { self == other || identity == other.identity }

    /// The models as text, each on its own; or why there is none.
    public func description(_ conditions: Conditions) -> String {
        switch self {
        case .models(let models, let isExhaustive):
            models.map { conditions.expression($0) }.joined(separator: "; ") + (isExhaustive ? "" : "; …")
        case .none(let failure): "no solution: \(failure)"
        }
    }

    private var identity: Set<Set<Conjunction>> { Set(models.map { Set($0) }) }
}

extension MinimizationLimits {
    /// The limits of a minimization that is repeated many times: some 0.05 s for each search and 100 models, or 10 of an
    /// intermediate solution, for which each complex model is combined with each parsimonious one.
    public static func repeated(_ kind: Solution.Kind) -> MinimizationLimits {
        MinimizationLimits(models: kind == .intermediate ? 10 : 100, effort: 50_000_000)
    }
}

extension MinimizationOutcome.Failure: CustomStringConvertible {
    /// The reason in words.
    public var description: String {
        switch self {
        case .noRows: "no row has enough cases"
        case .noPositiveRow: "no row is positive"
        case .noNegativeRow: "no row is negative"
        case .constantCondition(let name): "`\(name)` is the same in all cases"
        case .other(let error): "\(error)"
        }
    }
}

/// Minimizes many truth tables over the same conditions, each that differs in its positive, negative or contradictory rows
/// once.
struct RepeatedMinimization {
    /// A row as far as the solution depends on it.
    private struct Key: Hashable {
        let configuration: Conjunction
        let output: TruthTable.Output
    }

    /// The truth table without cases, so that no fit is computed.
    private let frame: TruthTable
    private let kind: Solution.Kind
    private let options: StandardAnalysis.Options
    private var known: [[Key]: MinimizationOutcome] = [:]

    /// - Throws: ``SetTheoryError`` if an intermediate solution is wanted without directional expectations.
    init(
        _ analysis: StandardAnalysis, kind: Solution.Kind, limits: MinimizationLimits? = nil
    ) throws(SetTheoryError) {
        if kind == .intermediate, analysis.options.expectations == nil {
            throw .notApplicable(
                "there is no intermediate solution without directional expectations: state what is expected")
        }
        var options = analysis.options
        options.kinds = [kind]
        if let limits { options.limits = limits }
        self.kind = kind
        self.options = options
        frame = analysis.table.withoutCases()
    }

    /// The solution of a truth table with these rows.
    mutating func callAsFunction(_ rows: [TruthTable.Row]) -> MinimizationOutcome {
        let rows = rows.filter { $0.output != .remainder }
        if rows.isEmpty { return .none(.noRows) }
        let key = rows.map { Key(configuration: $0.configuration, output: $0.output) }
        if let outcome = known[key] { return outcome }
        let outcome = minimize(rows)
        // Memory is bounded when nearly every table is new.
        if known.count >= 10_000 { known.removeAll(keepingCapacity: true) }
        known[key] = outcome
        return outcome
    }

    private func minimize(_ rows: [TruthTable.Row]) -> MinimizationOutcome {
        do throws(SetTheoryError) {
            let solution = try StandardAnalysis(frame.replacing(rows), options: options)[kind]
            return .models(
                solution?.models.map(\.terms) ?? [], isExhaustive: solution?.proof.isExhaustive ?? true)
        } catch {
            return .none(MinimizationOutcome.Failure(error))
        }
    }
}

extension TruthTable {
    /// The table with other rows.
    func replacing(_ rows: [Row]) -> TruthTable {
        TruthTable(
            data: data, conditions: conditions, outcome: outcome, outcomeMembership: outcomeMembership,
            options: options, rows: rows, warnings: warnings)
    }

    /// The table with its rows but without data.
    func withoutCases() -> TruthTable {
        TruthTable(
            data: data.selecting([]), conditions: conditions, outcome: outcome, outcomeMembership: [],
            options: options, rows: rows, warnings: [])
    }
}

extension TruthTable.Row {
    /// The row with another output.
    func with(_ output: TruthTable.Output) -> TruthTable.Row {
        TruthTable.Row(
            number: number, configuration: configuration, output: output, count: count, inclusion: inclusion,
            pri: pri, cases: cases, deviantCases: deviantCases)
    }
}
