import LinearAlgebra
import Probability

/// The likelihood-ratio test of a random coefficient: the model without it, its variance and its covariances.
public struct VarianceComponentTest: Sendable, Hashable, Codable {
    /// The term, as ``RandomTerm/name``.
    public let term: String
    /// The coefficient that is left out.
    public let coefficient: String
    /// The number of parameters of the reduced model.
    public let parameterCount: Int
    /// The criterion of the reduced model, REML or ML as that of the fit.
    public let deviance: Double
    /// The increase of the criterion.
    public let chiSquared: Double
    /// k, the number of variances and covariances left out.
    public let degreesOfFreedom: Int
    /// The p-value by χ² with k degrees of freedom, as `ranova` of lmerTest prints it: too large by up to a factor of two,
    /// since a variance cannot be negative.
    public let pValue: Double
    /// The p-value by the mixture ½χ²(k − 1) + ½χ²(k) (Stram & Lee 1994).
    public let mixturePValue: Double

    /// The tests for the random coefficients of `fit`: of a term with slopes each slope, of other terms the term.
    /// - Throws: ``MixedModelError`` when a reduced model cannot be fitted.
    public static func all(_ fit: MixedModelFit) throws -> [VarianceComponentTest] {
        var tests: [VarianceComponentTest] = []
        for (index, term) in fit.design.terms.enumerated() {
            let slopes = (0..<term.coefficientCount).filter { term.coefficientNames[$0] != "(Intercept)" }
            let candidates = term.coefficientCount > 1 ? slopes : [0]
            for coefficient in candidates {
                tests.append(try VarianceComponentTest(fit, term: index, coefficient: coefficient))
            }
        }
        return tests
    }

    private init(_ fit: MixedModelFit, term index: Int, coefficient: Int) throws {
        var design = fit.design
        let term = design.terms[index]
        let kept = (0..<term.coefficientCount).filter { $0 != coefficient }
        if kept.isEmpty {
            design.terms.remove(at: index)
        } else {
            design.terms[index] = RandomTerm(
                factor: term.factor, name: term.name, coefficientNames: kept.map { term.coefficientNames[$0] },
                columns: term.columns.submatrix(rows: Array(0..<term.columns.rows), columns: kept), groups: term.groups,
                levels: term.levels)
        }
        guard fit.residualStructure == .independent else {
            throw MixedModelError.notAvailable(
                "tests of variances by leaving them out: not available for models with a residual structure")
        }
        let deviance =
            design.terms.isEmpty
            ? try FixedOnlyLikelihood(design, fit.criterion).deviance
            : try fit.refitted(design, criterion: fit.criterion).deviance
        let k = term.coefficientCount
        let chiSquared = max(deviance - fit.deviance, 0)
        self.term = term.name
        self.coefficient = term.coefficientNames[coefficient]
        parameterCount = fit.parameterCount - k
        self.deviance = deviance
        self.chiSquared = chiSquared
        degreesOfFreedom = k
        pValue = ChiSquared(degreesOfFreedom: Double(k)).upperTail(chiSquared)
        mixturePValue = BoundaryMixture(components: k).pValue(chiSquared)
    }
}
