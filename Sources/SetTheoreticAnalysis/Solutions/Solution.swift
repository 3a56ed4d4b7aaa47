/// The minimal models of an outcome under one treatment of the remainders.
public struct Solution: Sendable, Hashable {
    /// Which remainders may be used to simplify.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// None: the conservative solution.
        case complex
        /// All that help.
        case parsimonious
        /// Those that agree with directional expectations: easy counterfactuals.
        case intermediate
    }

    /// A disjunction of implicants that covers every positive row.
    public struct Model: Sendable, Hashable {
        /// The implicants, in listing order.
        public let terms: [Conjunction]
        /// How each term and the whole fit the cases.
        public let fit: SolutionFit
        /// The models that an intermediate model comes from: `C1P1`; empty for the others.
        public let origins: [String]

        /// A model from its parts.
        public init(terms: [Conjunction], fit: SolutionFit, origins: [String] = []) {
            self.terms = terms
            self.fit = fit
            self.origins = origins
        }
    }

    /// Which remainders were used.
    public let kind: Kind
    /// The prime implicants that cover some positive row, in listing order.
    public let primes: [Conjunction]
    /// The prime implicants that every model has.
    public let essential: [Conjunction]
    /// The models that are listed, in lexicographic order of the prime implicants.
    public let models: [Model]
    /// What is proven about them.
    public let proof: Proof

    /// A solution from its parts.
    public init(kind: Kind, primes: [Conjunction], essential: [Conjunction], models: [Model], proof: Proof) {
        self.kind = kind
        self.primes = primes
        self.essential = essential
        self.models = models
        self.proof = proof
    }

    /// What is proven about the models of a solution.
    public struct Proof: Sendable, Hashable {
        /// The number of models; at least that many if ``countIsExact`` is false.
        public let modelCount: Int
        /// Whether the models were counted to the end.
        public let countIsExact: Bool
        /// Whether every model is listed.
        public let isExhaustive: Bool
        /// Whether no model has fewer terms.
        public let isMinimumProven: Bool
        /// A number of terms that no model can be below.
        public let lowerBound: Int

        /// What is proven.
        public init(
            modelCount: Int, countIsExact: Bool, isExhaustive: Bool, isMinimumProven: Bool, lowerBound: Int
        ) {
            self.modelCount = modelCount
            self.countIsExact = countIsExact
            self.isExhaustive = isExhaustive
            self.isMinimumProven = isMinimumProven
            self.lowerBound = lowerBound
        }
    }
}

/// How the terms of a model, and the model, fit the cases.
public struct SolutionFit: Sendable, Hashable {
    /// The fit of one term.
    public struct Term: Sendable, Hashable {
        /// Consistency, PRI and raw coverage.
        public let sufficiency: SufficiencyFit
        /// The coverage that no other term of the model has; nil if there is no other term.
        public let uniqueCoverage: Double?
        /// The positions of the cases with a membership above one half.
        public let cases: [Int]

        /// The fit of a term from its figures.
        public init(sufficiency: SufficiencyFit, uniqueCoverage: Double?, cases: [Int]) {
            self.sufficiency = sufficiency
            self.uniqueCoverage = uniqueCoverage
            self.cases = cases
        }
    }

    /// The fit of each term.
    public let terms: [Term]
    /// Consistency, PRI and coverage of the whole model.
    public let model: SufficiencyFit

    /// Fit from figures.
    public init(terms: [Term], model: SufficiencyFit) {
        self.terms = terms
        self.model = model
    }
}
