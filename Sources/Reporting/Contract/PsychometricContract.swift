import LinearAlgebra
public import Psychometrics

extension JSON {
    /// The figures of `assay reliability`.
    ///
    /// - Parameters:
    ///   - scales: The item analysis of each scale.
    ///   - overallAlpha: Cronbach's alpha of all items together.
    public static func reliability(_ scales: [ScaleReliability], overallAlpha: Double?) -> [(String, JSON)] {
        [
            ("scales", .array(scales.map(JSON.init(scale:)))),
            ("overall", ["alpha": JSON(overallAlpha)]),
        ]
    }

    init(scale: ScaleReliability) {
        self = [
            "name": .string(scale.name), "n": .integer(scale.n), "alpha": JSON(scale.alpha?.value),
            "alpha.ci.lower": JSON(scale.alpha?.interval?.first), "alpha.ci.upper": JSON(scale.alpha?.interval?.last),
            "alpha.std": JSON(scale.standardizedAlpha), "omega": JSON(scale.omega),
            "mean.interitem.r": JSON(scale.meanInterItemCorrelation),
            "composite.reliability": JSON(scale.compositeReliability), "ave": JSON(scale.averageVarianceExtracted),
            "items": .array(
                scale.items.map { item in
                    [
                        "item": .string(item.item), "mean": JSON(item.mean), "sd": JSON(item.standardDeviation),
                        "citc": JSON(item.correctedItemTotal), "alpha.if.dropped": JSON(item.alphaIfDropped),
                        "loading.std": JSON(item.standardizedLoading),
                    ]
                }),
        ]
    }

    /// The figures of `assay efa`.
    public static func factorAnalysis(_ analysis: ExploratoryFactorAnalysis) -> [(String, JSON)] {
        [
            ("n", JSON(analysis.n)), ("items", JSON(analysis.items)),
            ("method", .string(analysis.method.rawValue)), ("rotation", .string(analysis.rotation.rawValue)),
            ("loadings", JSON(analysis.loadings.rowArrays)),
            ("communalities", .object(zip(analysis.items, analysis.communalities).map { ($0, JSON($1)) })),
            ("eigenvalues", JSON(analysis.eigenvalues)),
            ("sums.of.squares", JSON(analysis.sumsOfSquares)),
            ("explained.variance", JSON(analysis.explainedVariance)),
            ("kmo", JSON(analysis.samplingAdequacy?.overall)),
            (
                "msa",
                analysis.samplingAdequacy.map { .object(zip(analysis.items, $0.items).map { ($0, JSON($1)) }) } ?? .null
            ),
            (
                "bartlett",
                [
                    "chisq": JSON(analysis.sphericity?.chiSquared), "df": JSON(analysis.sphericity?.degreesOfFreedom),
                    "pvalue": JSON(analysis.sphericity?.pValue),
                ]
            ),
            (
                "fit",
                analysis.fit.map { fit in
                    [
                        "chisq": JSON(fit.chiSquared), "df": JSON(fit.degreesOfFreedom), "pvalue": JSON(fit.pValue),
                        "rmsea": JSON(fit.rmsea), "tli": JSON(fit.tli), "rmsr": JSON(fit.rmsr),
                    ]
                } ?? .null
            ),
            ("factor.correlations", JSON(analysis.factorCorrelations.rowArrays)),
        ]
    }

    /// The figures of Horn's parallel analysis.
    public static func parallelAnalysis(_ analysis: ParallelAnalysis) -> JSON {
        [
            "eigenvalues": JSON(analysis.eigenvalues), "mean.eigenvalues": JSON(analysis.meanEigenvalues),
            "thresholds": JSON(analysis.thresholds), "factors": .integer(analysis.suggestedFactors),
            "draws": .integer(analysis.draws),
        ]
    }

    /// A variable's row in `assay describe`.
    public static func descriptives(_ row: VariableDescriptives, varianceInflation: Double?) -> JSON {
        [
            "variable": .string(row.variable), "n": .integer(row.n), "missing": .integer(row.missing),
            "mean": JSON(row.mean), "sd": JSON(row.standardDeviation), "min": JSON(row.minimum),
            "max": JSON(row.maximum),
            "median": JSON(row.median), "skew": JSON(row.skewness), "kurtosis": JSON(row.kurtosis),
            "vif": JSON(varianceInflation),
        ]
    }

    /// The figures of `assay describe` on a correlation table.
    public static func correlations(_ table: CorrelationTable) -> [(String, JSON)] {
        [("correlations", .rows(table.correlations)), ("correlation.pvalues", .rows(table.pValues))]
    }

    /// The figures of Mardia's test.
    public static func mardia(_ test: MardiaTest?) -> JSON {
        [
            "skewness": JSON(test?.skewness), "skewness.pvalue": JSON(test?.skewnessPValue),
            "kurtosis": JSON(test?.kurtosis), "kurtosis.pvalue": JSON(test?.kurtosisPValue),
        ]
    }

    /// The figures of groups of cases in `assay describe`.
    public static func groups(
        _ icc: [IntraclassCorrelation], _ correlations: WithinBetweenCorrelations?
    ) -> [(String, JSON)] {
        [
            (
                "icc",
                .array(
                    icc.map { ["variable": .string($0.variable), "icc1": JSON($0.icc1), "icc2": JSON($0.icc2)] })
            ),
            ("within", correlations.map { .rows($0.within) } ?? .null),
            ("between", correlations.map { .rows($0.between) } ?? .null),
        ]
    }
}
