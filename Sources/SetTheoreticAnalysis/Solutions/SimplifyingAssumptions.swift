/// Which remainders the models of a solution assume to lead to the outcome, and how easy these assumptions are (Ragin 2008,
/// ch. 9; Schneider & Wagemann 2013).
///
/// An intermediate model assumes easy counterfactuals only. Difficult ones are those that the parsimonious model it comes
/// from assumes beyond them: what theory does not support.
public struct Counterfactuals: Sendable, Hashable {
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

    /// What a parsimonious model assumes beyond an intermediate model.
    public struct Difficult: Sendable, Hashable {
        /// The number of the parsimonious model, from 1.
        public let parsimoniousModel: Int
        /// The assumptions.
        public let assumptions: [Assumption]
    }

    /// The assumptions of one model.
    public struct Model: Sendable, Hashable {
        /// The number of the model, from 1.
        public let number: Int
        /// The terms.
        public let terms: [Conjunction]
        /// The simplifying assumptions, by row; nil if they are too many to list. Those of an intermediate model are easy.
        public let assumptions: [Assumption]?
        /// For an intermediate model, what the parsimonious models that it comes from assume beyond it.
        public let difficult: [Difficult]
    }

    /// The solution.
    public let kind: Solution.Kind
    /// The models, in their order.
    public let models: [Model]
    /// The number of models whose assumptions were not looked for.
    public let omittedModels: Int

    /// The number of rows that a term may cover for its assumptions to be listed.
    public static let rowLimit = 1 << 16

    /// Looks for the assumptions of a solution; nil if the analysis has no solution of the kind.
    ///
    /// - Parameters:
    ///   - analysis: The analysis.
    ///   - kind: The solution.
    ///   - modelLimit: For how many models.
    public init?(_ analysis: StandardAnalysis, kind: Solution.Kind, modelLimit: Int = 100) {
        guard let solution = analysis[kind] else { return nil }
        let table = analysis.table, parsimonious = analysis.parsimonious?.models ?? []
        var known: [Int: [Assumption]] = [:]
        models = solution.models.prefix(max(1, modelLimit)).enumerated().map { index, model in
            let own = table.assumptions(of: model.terms)
            var difficult: [Difficult] = []
            if kind == .intermediate, let own {
                let easy = Set(own)
                var numbers: [Int] = []
                for origin in model.origins {
                    guard let mark = origin.lastIndex(of: "P"), let number = Int(origin[origin.index(after: mark)...]),
                        parsimonious.indices.contains(number - 1), !numbers.contains(number)
                    else { continue }
                    numbers.append(number)
                }
                for number in numbers.sorted().prefix(100) {
                    guard let all = known[number] ?? table.assumptions(of: parsimonious[number - 1].terms) else {
                        continue
                    }
                    known[number] = all
                    difficult.append(
                        Difficult(parsimoniousModel: number, assumptions: all.filter { !easy.contains($0) }))
                }
            }
            return Model(number: index + 1, terms: model.terms, assumptions: own, difficult: difficult)
        }
        self.kind = kind
        omittedModels = solution.models.count - models.count
    }

    /// The assumptions that some model makes, by row.
    public var all: [Assumption] {
        Set(models.flatMap { $0.assumptions ?? [] }).sorted { $0.row < $1.row }
    }

    /// The assumptions that both a model of an outcome and a model of its negation make: contradictory, as a configuration
    /// that no case shows cannot lead to both.
    public func contradictory(with negation: Counterfactuals) -> [Assumption] {
        let others = Set(negation.all)
        return all.filter(others.contains)
    }
}

extension TruthTable {
    /// The assumptions of terms; nil if a term covers too many rows.
    fileprivate func assumptions(of terms: [Conjunction]) -> [Counterfactuals.Assumption]? {
        for term in terms {
            var count = 1
            for (condition, levels) in conditions.levelCounts.enumerated() where term[condition] == nil {
                count *= levels
                if count > Counterfactuals.rowLimit { return nil }
            }
        }
        return simplifyingAssumptions(of: terms, limit: Counterfactuals.rowLimit).map {
            Counterfactuals.Assumption(row: $0.number, configuration: $0.configuration)
        }
    }
}
