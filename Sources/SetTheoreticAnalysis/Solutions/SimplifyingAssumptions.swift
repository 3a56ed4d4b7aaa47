/// Which remainders the models of a solution assume to lead to the outcome, and how easy these assumptions are (Ragin 2008,
/// ch. 9; Schneider & Wagemann 2013).
///
/// An intermediate model assumes easy counterfactuals only, not always all of them; see
/// ``StandardAnalysis/counterfactuals(complex:parsimonious:limit:)``.
public struct SimplifyingAssumptions: Sendable, Hashable {
    /// A remainder, or a contradictory row that may be used like one.
    public struct Assumption: Sendable, Hashable {
        /// The number of the row in the full table.
        public let row: Int
        /// The configuration.
        public let configuration: Conjunction

        /// A row by its number.
        public init(row: Int, configuration: Conjunction) {
            self.row = row
            self.configuration = configuration
        }
    }

    /// The counterfactuals of a pair of models that an intermediate model comes from.
    public struct Pair: Sendable, Hashable {
        /// The pair: `C1P2`.
        public let name: String
        /// What the parsimonious model assumes in line with the expectations, by row.
        public let easy: [Assumption]
        /// What it assumes beyond that.
        public let difficult: [Assumption]
    }

    /// The assumptions of one model.
    public struct Model: Sendable, Hashable {
        /// The number of the model, from 1.
        public let number: Int
        /// The terms.
        public let terms: [Conjunction]
        /// The simplifying assumptions, by row; nil if they are too many to list. Those of an intermediate model are easy.
        public let assumptions: [Assumption]?
        /// For an intermediate model, the pairs it comes from, with easy and difficult counterfactuals; at most 100.
        public let pairs: [Pair]
    }

    /// The solution.
    public let kind: Solution.Kind
    /// The models, in their order.
    public let models: [Model]
    /// The number of models whose assumptions were not looked for.
    public let omittedModels: Int

    /// The number of rows that a term may cover for its assumptions to be listed.
    public static let rowLimit = 1 << 12

    /// The number of assumptions of all models after which no further model is looked at.
    public static let totalLimit = 1 << 15

    /// Looks for the assumptions of a solution; nil if the analysis has no solution of the kind.
    ///
    /// - Parameters:
    ///   - analysis: The analysis.
    ///   - kind: The solution.
    ///   - modelLimit: For how many models.
    public init?(_ analysis: StandardAnalysis, kind: Solution.Kind, modelLimit: Int = 100) {
        guard let solution = analysis[kind] else { return nil }
        let table = analysis.table
        func assumption(_ row: Int) -> Assumption {
            Assumption(row: row, configuration: table.configuration(number: row))
        }
        func pair(_ name: String) -> Pair? {
            let numbers = name.dropFirst().split(separator: "P").compactMap { Int($0) }
            guard numbers.count == 2, let parsimonious = analysis.parsimonious?.models,
                parsimonious.indices.contains(numbers[1] - 1), table.canList(parsimonious[numbers[1] - 1].terms),
                let found = analysis.counterfactuals(
                    complex: numbers[0] - 1, parsimonious: numbers[1] - 1, limit: Self.rowLimit)
            else { return nil }
            return Pair(name: name, easy: found.easy.map(assumption), difficult: found.difficult.map(assumption))
        }
        var models: [Model] = [], listed = 0
        for (index, model) in solution.models.prefix(max(1, modelLimit)).enumerated() where listed < Self.totalLimit {
            let assumptions = table.assumptions(of: model.terms)
            var pairs: [Pair] = []
            listed += assumptions?.count ?? 0
            for name in model.origins.prefix(100) where listed < Self.totalLimit {
                guard let pair = pair(name) else { continue }
                pairs.append(pair)
                listed += pair.easy.count + pair.difficult.count
            }
            models.append(Model(number: index + 1, terms: model.terms, assumptions: assumptions, pairs: pairs))
        }
        self.models = models
        self.kind = kind
        omittedModels = max(0, solution.proof.modelCount - models.count)
    }

    /// The assumptions that some model makes, by row.
    public var all: [Assumption] {
        Set(models.flatMap { $0.assumptions ?? [] }).sorted { $0.row < $1.row }
    }

    /// Whether the assumptions of every model are listed.
    public var isComplete: Bool { omittedModels == 0 && models.allSatisfy { $0.assumptions != nil } }

    /// The assumptions that both a model of an outcome and a model of its negation make: contradictory, as a configuration
    /// that no case shows cannot lead to both.
    public func contradictory(with negation: SimplifyingAssumptions) -> [Assumption] {
        let others = Set(negation.all)
        return all.filter(others.contains)
    }
}

extension TruthTable {
    /// Whether the rows that terms cover are few enough to be listed.
    fileprivate func canList(_ terms: [Conjunction]) -> Bool {
        terms.allSatisfy { term in
            var count = 1
            for (condition, levels) in conditions.levelCounts.enumerated() where term[condition] == nil {
                count *= levels
                if count > SimplifyingAssumptions.rowLimit { return false }
            }
            return true
        }
    }

    /// The assumptions of terms; nil if a term covers too many rows.
    fileprivate func assumptions(of terms: [Conjunction]) -> [SimplifyingAssumptions.Assumption]? {
        guard canList(terms) else { return nil }
        return simplifyingAssumptions(of: terms, limit: SimplifyingAssumptions.rowLimit).map {
            SimplifyingAssumptions.Assumption(row: $0.number, configuration: $0.configuration)
        }
    }
}
