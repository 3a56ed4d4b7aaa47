public import SetTheoreticAnalysis

/// A model of a solution as configuration tables show it: configurations with their core conditions, numbered so that
/// those with the same core share a number (Fiss, 2011, Table 6: 1a, 1b, 2).
///
/// A condition of a configuration is core if a term of the parsimonious solution that covers the configuration has it
/// (its literals are among those of the configuration), and peripheral otherwise.
public struct ConfigurationModel: Sendable, Hashable {
    /// A configuration: one term of the model.
    public struct Configuration: Sendable, Hashable {
        /// Its number, with a letter if others have the same core: `1a`.
        public let label: String
        /// What it demands of the conditions.
        public let term: Conjunction
        /// The literals that are core.
        public let core: Conjunction
        /// The literals that are core with one of several parsimonious models but not with another.
        public let disputed: Conjunction
        /// How it fits the cases.
        public let fit: SolutionFit.Term

        /// What the configuration demands of a condition.
        ///
        /// - Parameters:
        ///   - condition: The position of the condition.
        ///   - levels: The number of levels of the condition.
        public func symbol(_ condition: Int, levels: Int) -> ConfigurationSymbol {
            guard let level = term[condition] else { return .indifferent }
            let isCore = core[condition] != nil
            if levels > 2 { return .level(level, isCore: isCore) }
            return level == 0 ? .absent(isCore: isCore) : .present(isCore: isCore)
        }
    }

    /// The configurations, those with one core next to each other.
    public let configurations: [Configuration]
    /// Consistency, PRI and coverage of the model.
    public let fit: SufficiencyFit
    /// The parsimonious models that the model may take its core from, counted from one; the first is used. Empty if
    /// there is no parsimonious solution.
    public let parsimoniousModels: [Int]

    /// Numbers the configurations of a model and finds their core.
    ///
    /// An intermediate model takes its core from the parsimonious models that it was made with (the P of `C1P2` in
    /// ``SetTheoreticAnalysis/Solution/Model/origins``), another model from any.
    ///
    /// - Parameters:
    ///   - model: A complex or intermediate model.
    ///   - parsimonious: The parsimonious solution of the same truth table; nil if there is none, and then every condition
    ///     is shown like a core condition.
    public init(_ model: Solution.Model, parsimonious: Solution?) {
        let models = parsimonious?.models ?? []
        var sources = model.origins.compactMap(Self.parsimoniousNumber).filter { models.indices.contains($0 - 1) }
        if sources.isEmpty { sources = models.indices.map { $0 + 1 } }
        sources = sources.reduce(into: []) { list, number in if !list.contains(number) { list.append(number) } }
        parsimoniousModels = sources
        fit = model.fit.model
        let cores = model.terms.map { term in sources.map { Self.core(of: term, in: models[$0 - 1].terms) } }
        let used = zip(model.terms, cores).map { $1.first ?? $0 }

        var groups: [(core: Conjunction, members: [Int])] = []
        for position in model.terms.indices {
            // Without a core there is nothing to share: the configuration gets a number of its own.
            if used[position].count > 0, let group = groups.firstIndex(where: { $0.core == used[position] }) {
                groups[group].members.append(position)
            } else {
                groups.append((used[position], [position]))
            }
        }
        configurations = groups.enumerated().flatMap { number, group in
            group.members.enumerated().map { place, position in
                Configuration(
                    label: "\(number + 1)" + (group.members.count > 1 ? Self.letter(place) : ""),
                    term: model.terms[position], core: group.core, disputed: Self.disputed(cores[position]),
                    fit: model.fit.terms.indices.contains(position)
                        ? model.fit.terms[position]
                        : SolutionFit.Term(
                            sufficiency: SufficiencyFit(inclusion: nil, pri: nil, coverage: nil), uniqueCoverage: nil,
                            cases: []))
            }
        }
    }

    /// The literals that a term shares with the terms of a parsimonious model that cover it.
    static func core(of term: Conjunction, in parsimonious: [Conjunction]) -> Conjunction {
        let conditions = parsimonious.filter { $0.covers(term) }.reduce(UInt32(0)) { $0 | $1.conditions }
        return term.keeping(conditions)
    }

    /// The literals that are in some of the cores but not in all.
    private static func disputed(_ cores: [Conjunction]) -> Conjunction {
        guard let first = cores.first else { return Conjunction() }
        let all = cores.dropFirst().reduce(first.conditions) { $0 & $1.conditions }
        let union = cores.reduce(first) { $0.intersection($1) }
        return union.keeping(union.conditions & ~all)
    }

    /// The number of the parsimonious model in the name of a pair: 2 of `C1P2`.
    static func parsimoniousNumber(_ origin: String) -> Int? {
        guard let mark = origin.lastIndex(of: "P") else { return nil }
        return Int(origin[origin.index(after: mark)...])
    }

    /// a, b … z, aa, ab …
    static func letter(_ place: Int) -> String {
        let last = String(UnicodeScalar(UInt8(97 + place % 26)))
        return place < 26 ? last : letter(place / 26 - 1) + last
    }
}
