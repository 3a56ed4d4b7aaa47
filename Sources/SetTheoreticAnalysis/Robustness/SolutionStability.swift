import Dispatch
import Probability
import Synchronization

/// How stable a solution is when cases leave or are drawn anew: leave-one-out and the bootstrap of cases.
///
/// In each replication the truth table is formed from the cases that are there, with the cuts and the calibration of the
/// analysis, and minimized again. Replications without a solution are counted like any other, so that shares are shares of
/// all replications.
public struct SolutionStability: Sendable, Hashable {
    /// How the bootstrap is carried out.
    public struct Options: Sendable, Hashable {
        /// The number of bootstrap replications; none leaves the bootstrap out.
        public var replications: Int
        /// The seed; replication r depends on it and on r alone.
        public var seed: UInt64
        /// The number of threads; results do not depend on it.
        public var threads: Int
        /// The limits of each minimization; nil for ``MinimizationLimits/repeated(_:)``.
        public var limits: MinimizationLimits?

        /// Options.
        public init(
            replications: Int = 1000, seed: UInt64 = 1, threads: Int = 1, limits: MinimizationLimits? = nil
        ) {
            self.replications = replications
            self.seed = seed
            self.threads = threads
            self.limits = limits
        }
    }

    /// How often a configuration comes again.
    public struct Recurrence: Sendable, Hashable {
        /// The replications in which it is a term of some model.
        public internal(set) var exact = 0
        /// The replications in which it is a term of every model.
        public internal(set) var inEveryModel = 0
        /// The replications in which it equals or lies within a term: a simpler term stands for it.
        public internal(set) var contained = 0
        /// The replications in which it equals or contains a term: a narrower term is left of it.
        public internal(set) var containing = 0
        /// The replications in which it is contained in or contains a term.
        public internal(set) var related = 0
    }

    /// What became of a configuration of the solution.
    public struct Configuration: Sendable, Hashable {
        /// The term.
        public let term: Conjunction
        /// The term as text.
        public let expression: String
        /// How often it came again when single cases were left out.
        public let leaveOneOut: Recurrence
        /// How often it came again in the bootstrap.
        public let bootstrap: Recurrence
    }

    /// What became of a model of the solution.
    public struct Model: Sendable, Hashable {
        /// The terms.
        public let terms: [Conjunction]
        /// The model as text.
        public let expression: String
        /// How often it was among the models when single cases were left out.
        public let leaveOneOut: Int
        /// How often it was among the models in the bootstrap.
        public let bootstrap: Int
    }

    /// A case without which there is another solution, or none.
    public struct InfluentialCase: Sendable, Hashable {
        /// The position among the cases of the truth table.
        public let position: Int
        /// The name.
        public let name: String
        /// The solution without the case.
        public let outcome: MinimizationOutcome
        /// Terms of the solution that are in no model any more.
        public let lost: [Conjunction]
        /// Terms that are in no model of the solution.
        public let gained: [Conjunction]
    }

    /// Replications without a solution.
    public struct FailureCount: Sendable, Hashable {
        /// Why there was none.
        public let failure: MinimizationOutcome.Failure
        /// How often.
        public let count: Int
    }

    /// The replications of one kind.
    public struct Summary: Sendable, Hashable {
        /// The number of replications.
        public let replications: Int
        /// The replications with the same models.
        public let sameSolution: Int
        /// The replications with more models than are listed, of which only the listed ones were compared.
        public let incomplete: Int
        /// The replications without a solution, the most frequent reason first.
        public let failures: [FailureCount]

        /// The number of replications without a solution.
        public var failed: Int { failures.reduce(0) { $0 + $1.count } }
    }

    /// The solution that was looked at.
    public let kind: Solution.Kind
    /// The conditions.
    public let conditions: Conditions
    /// The solution with all cases.
    public let reference: MinimizationOutcome
    /// Each term of the models, in order of appearance.
    public let configurations: [Configuration]
    /// The models.
    public let models: [Model]
    /// What happened when each case was left out.
    public let leaveOneOut: Summary
    /// What happened in the bootstrap.
    public let bootstrap: Summary
    /// The cases whose removal changes the solution, in the order of the cases.
    public let influentialCases: [InfluentialCase]
    /// The bootstrap's seed.
    public let seed: UInt64

    /// Leaves out each case and draws samples of cases.
    ///
    /// - Parameters:
    ///   - analysis: The analysis.
    ///   - kind: The solution to look at.
    ///   - options: How the bootstrap is carried out.
    ///   - progress: Called now and then, from any thread, with the number of bootstrap replications done; when it gives
    ///     false, the bootstrap stops, and its summary says how many there were.
    /// - Throws: ``SetTheoryError`` if the analysis has no solution of the kind, or the number of replications is
    ///   negative.
    public init(
        _ analysis: StandardAnalysis, kind: Solution.Kind, options: Options = .init(),
        progress: (@Sendable (Int) -> Bool)? = nil
    ) throws(SetTheoryError) {
        if options.replications < 0 {
            throw .invalidSetting(
                name: "the number of bootstrap replications", value: "\(options.replications)",
                remedy: "choose a number from 0")
        }
        let table = analysis.table, conditions = table.conditions
        var minimization = try RepeatedMinimization(analysis, kind: kind, limits: options.limits ?? .repeated(kind))
        let reference = minimization(table.rows)
        guard case .models(let models, _) = reference, !models.isEmpty else {
            throw .notApplicable("the stability of the \(kind.rawValue) solution: \(reference.description(conditions))")
        }
        let sample = ResampledRows(table)
        let start = RecurrenceTally(models)

        var single = start
        var influential: [InfluentialCase] = []
        for position in table.data.cases.indices {
            let outcome = minimization(sample.rows(without: position))
            if single.add(outcome) { continue }
            let terms = Set(outcome.models.joined())
            let gained = start.unique(outcome.models).filter { !single.terms.contains($0) }
            influential.append(
                InfluentialCase(
                    position: position, name: table.data.cases[position], outcome: outcome,
                    lost: single.terms.filter { !terms.contains($0) }, gained: gained))
        }

        let count = options.replications, caseCount = table.data.cases.count, prepared = minimization
        let next = Atomic<Int>(0), done = Atomic<Int>(0), stopped = Atomic<Bool>(false)
        let total = Mutex<RecurrenceTally>(start)
        DispatchQueue.concurrentPerform(iterations: max(1, min(options.threads, count))) { _ in
            var own = start, minimization = prepared
            var weights = [Double](repeating: 0, count: caseCount)
            while !stopped.load(ordering: .relaxed) {
                let replicate = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard replicate < count else { break }
                var stream = RandomStream(seed: options.seed, stream: UInt64(replicate))
                Resampling.weights(into: &weights, using: &stream)
                own.add(minimization(sample.rows(weights: weights)))
                let finished = done.wrappingAdd(1, ordering: .relaxed).newValue
                if let progress, !progress(finished) { stopped.store(true, ordering: .relaxed) }
            }
            total.withLock { $0.add(own) }
        }
        let drawn = total.withLock { $0 }

        self.kind = kind
        self.conditions = conditions
        self.reference = reference
        configurations = start.terms.indices.map { position in
            Configuration(
                term: start.terms[position], expression: conditions.expression(start.terms[position]),
                leaveOneOut: single.recurrences[position], bootstrap: drawn.recurrences[position])
        }
        self.models = models.indices.map { position in
            Model(
                terms: models[position], expression: conditions.expression(models[position]),
                leaveOneOut: single.modelCounts[position], bootstrap: drawn.modelCounts[position])
        }
        leaveOneOut = single.summary
        bootstrap = drawn.summary
        influentialCases = influential
        seed = options.seed
    }
}

extension RepeatedMinimization {
    fileprivate mutating func callAsFunction(
        _ rows: Result<[TruthTable.Row], MinimizationOutcome.Failure>
    ) -> MinimizationOutcome {
        switch rows {
        case .success(let rows): self(rows)
        case .failure(let failure): .none(failure)
        }
    }
}

/// Counts what comes again in replications.
private struct RecurrenceTally: Sendable {
    let terms: [Conjunction]
    private let reference: MinimizationOutcome
    private let models: [Set<Conjunction>]
    var recurrences: [SolutionStability.Recurrence]
    var modelCounts: [Int]
    private var replications = 0, same = 0, incomplete = 0
    private var failures: [MinimizationOutcome.Failure: Int] = [:]
    private var known: [MinimizationOutcome: Change] = [:]

    /// What one outcome adds.
    private struct Change {
        let isSame: Bool
        let recurrences: [SolutionStability.Recurrence]
        let models: [Bool]
    }

    init(_ models: [[Conjunction]]) {
        reference = .models(models)
        self.models = models.map { Set($0) }
        terms = Self.unique(models)
        recurrences = terms.map { _ in .init() }
        modelCounts = models.map { _ in 0 }
    }

    static func unique(_ models: [[Conjunction]]) -> [Conjunction] {
        var seen = Set<Conjunction>()
        return models.joined().filter { seen.insert($0).inserted }
    }

    func unique(_ models: [[Conjunction]]) -> [Conjunction] { Self.unique(models) }

    /// Counts an outcome; returns whether it is the reference.
    @discardableResult
    mutating func add(_ outcome: MinimizationOutcome) -> Bool {
        replications += 1
        if case .none(let failure) = outcome { failures[failure, default: 0] += 1 }
        let change = known[outcome] ?? change(outcome)
        if known.count >= 10_000 { known.removeAll(keepingCapacity: true) }
        known[outcome] = change
        for position in recurrences.indices { recurrences[position] += change.recurrences[position] }
        for position in modelCounts.indices where change.models[position] { modelCounts[position] += 1 }
        if change.isSame { same += 1 }
        if !outcome.isExhaustive { incomplete += 1 }
        return change.isSame
    }

    mutating func add(_ other: RecurrenceTally) {
        replications += other.replications
        same += other.same
        incomplete += other.incomplete
        for (failure, count) in other.failures { failures[failure, default: 0] += count }
        for position in recurrences.indices { recurrences[position] += other.recurrences[position] }
        for position in modelCounts.indices { modelCounts[position] += other.modelCounts[position] }
    }

    var summary: SolutionStability.Summary {
        SolutionStability.Summary(
            replications: replications, sameSolution: same, incomplete: incomplete,
            failures: failures.sorted { a, b in
                a.value != b.value ? a.value > b.value : a.key.description < b.key.description
            }.map { .init(failure: $0.key, count: $0.value) })
    }

    private func change(_ outcome: MinimizationOutcome) -> Change {
        let found = outcome.models.map { Set($0) }, all = Self.unique(outcome.models)
        let recurrences = terms.map { term in
            var result = SolutionStability.Recurrence()
            let isContained = all.contains { $0.covers(term) }, isContaining = all.contains { term.covers($0) }
            result.exact = found.contains { $0.contains(term) } ? 1 : 0
            result.inEveryModel = !found.isEmpty && found.allSatisfy { $0.contains(term) } ? 1 : 0
            result.contained = isContained ? 1 : 0
            result.containing = isContaining ? 1 : 0
            result.related = isContained || isContaining ? 1 : 0
            return result
        }
        let foundModels = Set(found)
        return Change(
            isSame: outcome.isEquivalent(to: reference), recurrences: recurrences,
            models: models.map { foundModels.contains($0) })
    }
}

extension SolutionStability.Recurrence {
    fileprivate static func += (sum: inout Self, other: Self) {
        sum.exact += other.exact
        sum.inEveryModel += other.inEveryModel
        sum.contained += other.contained
        sum.containing += other.containing
        sum.related += other.related
    }
}
