/// The variables of a model by their part in it, each list in lavaan's order.
public struct ModelVariables: Sendable, Equatable {
    /// All observed variables: indicators, dependent variables, predictors, then those that only have (co)variances or
    /// intercepts.
    public internal(set) var observed: [String] = []
    /// Latent variables in the order of their first `=~`.
    public internal(set) var latent: [String] = []
    /// Observed predictors that depend on nothing and whose moments the text does not name: their moments are the sample's
    /// under `fixed.x`.
    public internal(set) var exogenousObserved: [String] = []
    /// Observed variables with a regression that neither predict nor indicate.
    public internal(set) var dependentObserved: [String] = []
    /// Observed variables that measure a latent one.
    public internal(set) var indicators: [String] = []
    /// Latent variables that neither depend on others nor indicate one.
    public internal(set) var exogenousLatent: [String] = []
    /// Latent variables with a regression that neither predict nor indicate.
    public internal(set) var dependentLatent: [String] = []
    /// All variables on the left of a regression.
    public internal(set) var regressed: [String] = []
    /// Observed predictors that depend on nothing, but whose moments the text names and that are therefore modelled.
    public internal(set) var randomPredictors: [String] = []
    /// Observed variables that are products of two others, with their factors.
    public internal(set) var products: [Product] = []

    /// A product of two observed variables.
    public struct Product: Sendable, Hashable {
        /// The name, `x1:x2`.
        public let name: String
        /// The first factor.
        public let first: String
        /// The second factor.
        public let second: String
    }

    /// Observed variables that are not `exogenousObserved`.
    public var modelledObserved: [String] {
        let exogenous = Set(exogenousObserved)
        return observed.filter { !exogenous.contains($0) }
    }

    init() {}

    /// Sorts the variables of the model's rows into their parts.
    init(_ rows: [SpecifiedParameter], products: [Product]) {
        func unique(_ names: some Sequence<String>, without excluded: Set<String> = []) -> [String] {
            var seen = excluded
            return names.filter { seen.insert($0).inserted }
        }
        func sides(_ op: ModelOperator) -> (left: [String], right: [String]) {
            let matching = rows.filter { $0.op == op }
            return (matching.map(\.lhs), matching.map(\.rhs))
        }
        let measurement = sides(.measurement)
        let regression = sides(.regression)
        let covariance = sides(.covariance)
        let intercepts = sides(.intercept).left

        latent = unique(measurement.left)
        let latentSet = Set(latent)
        let allIndicators = Set(measurement.right)
        let leftOfRegression = Set(regression.left)
        let rightOfRegression = Set(regression.right)

        indicators = unique(measurement.right, without: latentSet)
        let dependents = unique(regression.left, without: latentSet.union(indicators))
        let predictors = unique(regression.right, without: latentSet.union(indicators).union(dependents))
        let placed = latentSet.union(indicators).union(dependents).union(predictors)
        let orphans = unique(covariance.left + covariance.right + intercepts, without: placed)
        observed = indicators + dependents + predictors + orphans

        let named = Set(covariance.left + covariance.right + intercepts)
        exogenousObserved = predictors.filter { !named.contains($0) }
        dependentObserved = dependents.filter { !rightOfRegression.contains($0) }
        exogenousLatent = latent.filter { !allIndicators.contains($0) && !leftOfRegression.contains($0) }
        dependentLatent = latent.filter {
            leftOfRegression.contains($0) && !rightOfRegression.contains($0) && !allIndicators.contains($0)
        }
        regressed = unique(regression.left)
        let observedSet = Set(observed)
        var seen: Set<String> = []
        self.products = products.filter { observedSet.contains($0.name) && seen.insert($0.name).inserted }
        randomPredictors = predictors.filter { named.contains($0) }
    }
}
