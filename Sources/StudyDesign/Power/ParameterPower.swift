import Probability
import StructuralModels

/// The power to find a parameter of a structural model by the likelihood-ratio test against its absence, without simulation
/// (Satorra & Saris 1985): the model without the parameter is fitted to the population, and its discrepancy F is the
/// non-centrality of one case, λ = N·F.
public struct ParameterPower: Sendable, Hashable {
    /// The parameter.
    public let name: String
    /// Its value in the population, as the model has it.
    public let value: Double
    /// The value in units of standard deviations; nil for a figure without.
    public let standardizedValue: Double?
    /// F, the non-centrality of one case.
    public let noncentralityPerCase: Double
    /// The level of significance.
    public let alpha: Double

    /// Computes the non-centrality of a parameter.
    ///
    /// - Parameters:
    ///   - parameter: the name.
    ///   - population: population and model.
    ///   - alpha: the level of significance.
    /// - Throws: ``PowerError`` for a name that the model does not have, a parameter that is zero in the population, and a
    ///   model that cannot be fitted without the parameter.
    public init(_ parameter: String, in population: ModelPopulation, alpha: Double = 0.05) throws(PowerError) {
        try PowerError.verify(probability: alpha, "alpha", example: 0.05)
        let index = try population.parameter(named: parameter)
        let row = population.model.table.rowsOfFreeParameters[index].first ?? 0
        let value = population.fit.parameters[index]
        guard abs(value) > 1e-9 else {
            throw .request(
                "`\(parameter)` is zero in the population: there is nothing to find; give it the smallest value worth finding"
            )
        }
        let restricted: FittedModel
        do {
            // lavaan's names of the rows, .p1. and so on, go into constraints like labels.
            let model = try StructuralModel(
                population.text + "\n.p\(row + 1). == 0\n", options: population.model.table.options)
            restricted = try ModelPopulation.fit(model, population.covariance, population.means)
        } catch {
            throw .unattainable(
                "the model cannot be fitted without `\(parameter)`, so that its power is not known in closed form (\(error)); "
                    + "simulate it")
        }
        name = population.names[index]
        self.value = value
        standardizedValue = population.fit.estimates()[row].stdAll?.estimate
        noncentralityPerCase = max(restricted.discrepancy - population.fit.discrepancy, 0)
        self.alpha = alpha
    }

    /// The power with N cases.
    public func power(sampleSize: Double) -> Double {
        NoncentralChiSquared(degreesOfFreedom: 1, noncentrality: sampleSize * noncentralityPerCase)
            .upperTail(ChiSquared(degreesOfFreedom: 1).upperQuantile(alpha))
    }

    /// The least N that gives a power.
    ///
    /// - Throws: ``PowerError``.
    public func minimumSampleSize(power: Double) throws(PowerError) -> Int {
        try PowerError.verify(probability: power, "the power", example: 0.8)
        guard
            let n = MonotoneRoot.findInteger(power, from: 2, limit: 100_000_000, { self.power(sampleSize: Double($0)) })
        else {
            throw .unattainable("no sample of up to a hundred million cases finds `\(name)` with a power of \(power)")
        }
        return n
    }
}
