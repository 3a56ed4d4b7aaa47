public import Psychometrics

extension JSON {
    /// The member `multilevel` of `assay describe --group`: clustering, agreement, correlations and reliability by level.
    public static func multilevel(
        clustering: [IntraclassCorrelation], correlations: MultilevelCorrelations? = nil,
        agreement: [WithinGroupAgreement] = [], reliability: [MultilevelAlpha] = []
    ) -> (String, JSON) {
        (
            "multilevel",
            [
                "clustering": .array(clustering.map(JSON.clustering)),
                "correlations": correlations.map(JSON.multilevelCorrelations) ?? .null,
                "agreement": .array(agreement.map(JSON.agreement)),
                "reliability": .array(reliability.map(JSON.multilevelReliability)),
            ]
        )
    }

    /// The intraclass correlations of a variable with intervals and group sizes.
    public static func clustering(_ row: IntraclassCorrelation) -> JSON {
        [
            "variable": .string(row.variable), "n": .integer(row.cases), "groups": .integer(row.groups),
            "mean.size": JSON(row.meanGroupSize), "harmonic.size": JSON(row.harmonicGroupSize),
            "icc1": JSON(row.icc1), "icc1.ci.lower": JSON(row.icc1Interval?.first),
            "icc1.ci.upper": JSON(row.icc1Interval?.last), "icc2": JSON(row.icc2),
            "icc2.ci.lower": JSON(row.icc2Interval?.first), "icc2.ci.upper": JSON(row.icc2Interval?.last),
            "f": JSON(row.f), "pvalue": JSON(row.pValue), "design.effect": JSON(row.designEffect),
        ]
    }

    /// The agreement on a scale, over groups and in each.
    public static func agreement(_ scale: WithinGroupAgreement) -> JSON {
        func summary(_ figures: WithinGroupAgreement.Summary) -> JSON {
            [
                "mean": JSON(figures.mean), "median": JSON(figures.median), "min": JSON(figures.minimum),
                "max": JSON(figures.maximum), "acceptable": JSON(figures.acceptableShare),
            ]
        }
        return [
            "scale": .string(scale.scale), "items": JSON(scale.items), "options": .integer(scale.options),
            "null.distribution": .string(scale.nullDistribution.title), "null.variance": JSON(scale.nullVariance),
            "rwg": summary(scale.rwg), "rwg.star": summary(scale.rwgStar), "ad.mean": summary(scale.averageDeviation),
            "ad.median": summary(scale.averageDeviationFromMedian), "ad.cut": JSON(scale.averageDeviationCut),
            "truncated": .integer(scale.truncatedCount), "undefined": JSON(scale.undefinedGroups),
            "groups": .array(
                scale.groups.map { group in
                    [
                        "group": .string(group.label), "n": .integer(group.size), "omitted": .integer(group.omitted),
                        "rwg": JSON(group.rwg), "rwg.star": JSON(group.rwgStar),
                        "ad.mean": JSON(group.averageDeviation), "ad.median": JSON(group.averageDeviationFromMedian),
                    ]
                }),
        ]
    }

    /// Correlations within and between groups with their p-values and degrees of freedom.
    public static func multilevelCorrelations(_ table: MultilevelCorrelations) -> JSON {
        func counts(_ rows: [[Int]]) -> JSON { .array(rows.map { .array($0.map(JSON.integer)) }) }
        return [
            "variables": JSON(table.variables), "levels": JSON(table.levels.map(\.rawValue)),
            "weights": .string(table.weights.rawValue), "within": .rows(table.within),
            "within.pvalues": .rows(table.withinPValues), "within.df": counts(table.withinDegreesOfFreedom),
            "between": .rows(table.between), "between.pvalues": .rows(table.betweenPValues),
            "between.df": counts(table.betweenDegreesOfFreedom), "cases": counts(table.cases),
            "groups": counts(table.groups), "eta.between": .array(table.etaBetween.map { JSON($0) }),
            "eta.within": .array(table.etaWithin.map { JSON($0) }),
        ]
    }

    /// Alpha of a scale within and between groups.
    public static func multilevelReliability(_ scale: MultilevelAlpha) -> JSON {
        [
            "scale": .string(scale.scale), "items": JSON(scale.items), "n": .integer(scale.cases),
            "groups": .integer(scale.groups), "alpha.within": JSON(scale.within), "alpha.between": JSON(scale.between),
            "alpha": JSON(scale.ignoringGroups), "between.indefinite": .bool(scale.isBetweenIndefinite),
        ]
    }

    /// Table 1 of a multilevel study.
    public static func multilevelDescriptives(_ table: MultilevelDescriptives) -> [(String, JSON)] {
        func rows(_ variables: [MultilevelDescriptives.Variable]) -> JSON {
            .array(
                variables.map { variable in
                    [
                        "variable": .string(variable.name), "n": .integer(variable.descriptives.n),
                        "missing": .integer(variable.descriptives.missing), "mean": JSON(variable.descriptives.mean),
                        "sd": JSON(variable.descriptives.standardDeviation),
                        "sd.within": JSON(variable.standardDeviationWithin),
                        "sd.between": JSON(variable.standardDeviationBetween),
                        "within.share": JSON(variable.withinShare), "vif": JSON(variable.varianceInflation),
                        "vif.between": JSON(variable.varianceInflationBetween), "diagonal": JSON(variable.diagonal),
                    ]
                })
        }
        return [
            ("n", .integer(table.cases)), ("groups", .integer(table.groups)),
            (
                "level2",
                [
                    "variables": rows(table.levelTwo), "correlations": .rows(table.levelTwoCorrelations.correlations),
                    "correlation.pvalues": .rows(table.levelTwoCorrelations.pValues),
                ]
            ), ("level1", ["variables": rows(table.levelOne)]),
            ("correlations", multilevelCorrelations(table.correlations)),
            (
                "pooled",
                [
                    "correlations": .rows(table.pooledCorrelations.correlations),
                    "correlation.pvalues": .rows(table.pooledCorrelations.pValues),
                ]
            ),
        ]
    }

    /// The comparison of the cases kept with those lost.
    public static func attrition(_ analysis: AttritionAnalysis) -> [(String, JSON)] {
        [
            ("kept", .integer(analysis.kept)), ("lost", .integer(analysis.lost)),
            ("loss.rate", JSON(analysis.lossRate)),
            ("means", .array(analysis.means.map { JSON.comparison($0.variable, $0.test) })),
            (
                "categories",
                .array(
                    analysis.categories.map { row in
                        [
                            "variable": .string(row.variable), "categories": JSON(row.test.categories),
                            "kept": .array(row.test.first.map(JSON.integer)),
                            "lost": .array(row.test.second.map(JSON.integer)), "chisq": JSON(row.test.chiSquared),
                            "df": .integer(row.test.degreesOfFreedom), "pvalue": JSON(row.test.chiSquaredPValue),
                            "pvalue.exact": JSON(row.test.exactPValue), "v": JSON(row.test.cramerV),
                            "min.expected": JSON(row.test.smallestExpected),
                        ]
                    })
            ),
            (
                "hotelling",
                analysis.hotelling.map { test in
                    [
                        "variables": JSON(test.variables), "t2": JSON(test.tSquared), "f": JSON(test.f),
                        "df1": JSON(test.degreesOfFreedom.first), "df2": JSON(test.degreesOfFreedom.last),
                        "pvalue": JSON(test.pValue), "d": JSON(test.distance),
                    ]
                } ?? .null
            ), ("logistic", analysis.regression.map(JSON.logisticRegression) ?? .null),
            ("power", .array(analysis.power.map { ["d": JSON($0.d), "power": JSON($0.power)] })),
        ]
    }

    private static func comparison(_ variable: String, _ test: TwoSampleTest) -> JSON {
        func sample(_ moments: TwoSampleTest.Sample) -> JSON {
            [
                "n": .integer(moments.n), "mean": JSON(moments.mean), "sd": JSON(moments.standardDeviation),
            ]
        }
        func tTest(_ test: TTest?) -> JSON {
            ["t": JSON(test?.t), "df": JSON(test?.degreesOfFreedom), "pvalue": JSON(test?.pValue)]
        }
        return [
            "variable": .string(variable), "kept": sample(test.first), "lost": sample(test.second),
            "difference": JSON(test.difference), "welch": tTest(test.welch), "student": tTest(test.pooled),
            "d": JSON(test.cohenD), "d.ci.lower": JSON(test.cohenDInterval?.first),
            "d.ci.upper": JSON(test.cohenDInterval?.last), "g": JSON(test.hedgesG),
            "equivalence": [
                "bound": JSON(test.equivalence?.bound), "t.lower": JSON(test.equivalence?.lowerT),
                "t.upper": JSON(test.equivalence?.upperT), "df": JSON(test.equivalence?.degreesOfFreedom),
                "pvalue": JSON(test.equivalence?.pValue),
                "equivalent": test.equivalence.map { .bool($0.isEquivalent) } ?? .null,
            ],
        ]
    }

    /// A logistic regression.
    public static func logisticRegression(_ regression: LogisticRegression) -> JSON {
        [
            "n": .integer(regression.n), "events": .integer(regression.events), "deviance": JSON(regression.deviance),
            "null.deviance": JSON(regression.nullDeviance), "chisq": JSON(regression.chiSquared),
            "df": .integer(regression.degreesOfFreedom), "pvalue": JSON(regression.pValue),
            "r2.mcfadden": JSON(regression.mcFaddenR2), "r2.nagelkerke": JSON(regression.nagelkerkeR2),
            "separated": JSON(regression.separated),
            "terms": .array(
                regression.terms.map { term in
                    [
                        "term": .string(term.term), "est": JSON(term.estimate), "se": JSON(term.standardError),
                        "z": JSON(term.z), "pvalue": JSON(term.pValue), "or": JSON(term.oddsRatio),
                        "or.ci.lower": JSON(term.oddsRatioInterval?.first),
                        "or.ci.upper": JSON(term.oddsRatioInterval?.last),
                    ]
                }),
        ]
    }
}
