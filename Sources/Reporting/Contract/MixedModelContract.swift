public import MixedModels
import Optimization

extension JSON {
    /// The figures of `assay mixed`.
    ///
    /// - Parameters:
    ///   - fit: The fit.
    ///   - fixed: The fixed effects with their tests.
    ///   - components: Variances and covariances.
    ///   - tests: HLM's tests of the variances, where they are defined.
    public static func mixedModel(
        _ fit: MixedModelFit, _ fixed: FixedEffectsTable, _ components: VarianceComponents, _ tests: HLMVarianceTests?
    ) -> [(String, JSON)] {
        let criteria = InformationCriteria(fit)
        var factors: [String] = []
        for term in fit.design.terms where !factors.contains(term.factor) { factors.append(term.factor) }
        return [
            ("converged", .bool(fit.convergence.hasConverged)), ("iterations", .integer(fit.convergence.iterations)),
            ("criterion", .string(fit.criterion.rawValue)), ("nobs", .integer(fit.design.rowCount)),
            (
                "groups",
                .array(
                    factors.map { factor in
                        let levels = fit.design.terms.first { $0.factor == factor }?.levels.count ?? 0
                        return ["name": .string(factor), "n": .integer(levels)]
                    })
            ),
            (
                "fit",
                [
                    "npar": .integer(criteria.parameterCount), "loglik": JSON(-0.5 * fit.deviance),
                    "deviance": JSON(fit.deviance), "aic": JSON(criteria.aic), "bic": JSON(criteria.bic),
                    "nobs": .integer(fit.design.rowCount), "npar.hlm": .integer(criteria.hlmParameterCount),
                ]
            ),
            (
                "fixed",
                .array(
                    fixed.rows.map { row in
                        [
                            "term": .string(row.term), "est": JSON(row.estimate), "se": JSON(row.standardError),
                            "df": JSON(row.degreesOfFreedom), "t": JSON(row.statistic), "pvalue": JSON(row.pValue),
                            "ci.lower": JSON(row.lower), "ci.upper": JSON(row.upper),
                        ]
                    })
            ),
            (
                "random",
                .array(
                    components.rows.map { row in
                        [
                            "group": .string(row.group), "term1": row.term1.map(JSON.string) ?? .null,
                            "term2": row.term2.map(JSON.string) ?? .null, "vcov": JSON(row.estimate),
                            "sdcor": JSON(row.standardDeviationOrCorrelation), "se": JSON(row.standardError),
                        ]
                    })
            ),
            (
                "residual.structure",
                [
                    "structure": .string("\(fit.residualStructure)"),
                    "parameters": .array(
                        fit.residualParameters.map { ["name": .string($0.name), "est": JSON($0.value)] }),
                ]
            ),
            (
                "variance.tests",
                tests.map { tests in
                    [
                        "groups.used": .integer(tests.groupsUsed), "groups": .integer(tests.groupCount),
                        "rows": .array(
                            tests.rows.map { row in
                                [
                                    "term": .string(row.coefficient), "sd": JSON(row.standardDeviation),
                                    "variance": JSON(row.variance), "chisq": JSON(row.chiSquared),
                                    "df": .integer(row.degreesOfFreedom), "pvalue": JSON(row.pValue),
                                    "reliability": JSON(row.reliability),
                                ]
                            }),
                    ]
                } ?? .null
            ),
        ]
    }
}
