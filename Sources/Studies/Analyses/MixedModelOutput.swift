import LinearAlgebra
import MixedModels
public import Reporting

extension MixedModelSequence {
    /// The document of the contract: the members of the model, or of a sequence each model's and their comparison.
    ///
    /// - Parameter withRandomEffects: Whether the estimated random effects of the last model are in it.
    public func contract(withRandomEffects: Bool = false) -> JSON {
        let own =
            models.count == 1 && failures.isEmpty ? (models.first?.members ?? []) + testMembers : members
        let effects = withRandomEffects ? models.last.map { [("random.effects", $0.randomEffects)] } ?? [] : []
        return .contract(analysis: "mixed", warnings: warnings, own + effects)
    }

    /// The models, their comparison, and what the last one's tests say.
    var members: [(String, JSON)] {
        [
            (
                "models",
                .array(
                    models.map {
                        .object([("name", .string($0.name)), ("formula", .string($0.summary.formula))] + $0.members)
                    })
            ),
            (
                "comparison",
                .array(
                    steps.map { row in
                        [
                            "name": .string(row.name), "npar": .integer(row.criteria.parameterCount),
                            "deviance": JSON(row.criteria.deviance), "aic": JSON(row.criteria.aic),
                            "bic": JSON(row.criteria.bic), "against": JSON(row.against),
                            "chisq": JSON(row.chiSquared), "df": JSON(row.degreesOfFreedom),
                            "pvalue": JSON(row.pValue), "pvalue.mixture": JSON(row.mixturePValue),
                        ]
                    })
            ),
            ("failures", .array(failures.map { ["name": .string($0.name), "error": .string($0.reason)] })),
        ] + testMembers
    }

    private var testMembers: [(String, JSON)] {
        [
            (
                "variance.lrt",
                .array(
                    varianceTests.map { test in
                        [
                            "group": .string(test.term), "term": .string(test.coefficient),
                            "deviance": JSON(test.deviance), "chisq": JSON(test.chiSquared),
                            "df": .integer(test.degreesOfFreedom), "pvalue": JSON(test.pValue),
                            "pvalue.mixture": JSON(test.mixturePValue),
                        ]
                    })
            ),
            (
                "homogeneity",
                homogeneity.map { test in
                    [
                        "chisq": JSON(test.chiSquared), "df": .integer(test.degreesOfFreedom),
                        "pvalue": JSON(test.pValue), "groups.used": .integer(test.groupsUsed),
                        "groups": .integer(test.groupCount),
                    ]
                } ?? .null
            ),
        ]
    }

    /// The tables for a terminal.
    public var document: Document {
        var blocks: [Document.Block] = []
        if models.count == 1, let only = models.first {
            blocks = [
                .preformatted(only.summary.formula), .table(.fixedEffects(only.summary)),
                .table(.varianceComponents(only.summary)), .table(.mixedModelFit([only.summary])),
            ]
            if !only.analysis.termTests.isEmpty { blocks.append(.table(.termTests(only.analysis.termTests))) }
        } else if !models.isEmpty {
            let summaries = models.map(\.summary)
            blocks = [
                .preformatted(summaries.map { "\($0.name): \($0.formula)" }.joined(separator: "\n")),
                .table(.modelSequence(summaries)), .table(.mixedModelFit(summaries)),
            ]
            if !steps.isEmpty {
                blocks.append(
                    .table(
                        .comparison(
                            steps, criterion: stepCriterion,
                            wasRefitted: stepCriterion != models[0].analysis.fit.criterion)))
            }
        }
        if !varianceTests.isEmpty { blocks.append(.table(.varianceTests(varianceTests))) }
        if let homogeneity { blocks.append(.paragraph(StudyReport.sentence(homogeneity))) }
        return Document(
            title: models.count == 1 ? "Linear mixed model" : "Linear mixed models", blocks: blocks
        ).numbered()
    }
}

extension MixedModelSequence.Model {
    /// What the contract has of a model.
    var members: [(String, JSON)] {
        let fit = analysis.fit
        var members = JSON.mixedModel(fit, analysis.fixedEffects, analysis.components, analysis.varianceTests)
        members.append(
            (
                "r2",
                [
                    "level1": JSON(summary.snijdersBosker?.level1), "level2": JSON(summary.snijdersBosker?.level2),
                    "within.reduction": JSON(summary.snijdersBosker?.withinReduction),
                    "between.reduction": JSON(summary.snijdersBosker?.betweenReduction),
                    "marginal": JSON(summary.nakagawa?.marginal), "conditional": JSON(summary.nakagawa?.conditional),
                ]
            ))
        members.append(
            (
                "icc",
                .array(
                    (summary.partition?.levels ?? []).map { level in
                        [
                            "group": .string(level.group), "share": JSON(level.share), "icc": JSON(level.correlation),
                            "mean.size": JSON(level.meanGroupSize), "design.effect": JSON(level.designEffect),
                        ]
                    })
            ))
        members.append(
            (
                "terms",
                .array(
                    analysis.termTests.map { test in
                        [
                            "term": .string(test.term), "F": JSON(test.statistic),
                            "df1": .integer(test.numeratorDegreesOfFreedom),
                            "df2": JSON(test.denominatorDegreesOfFreedom), "pvalue": JSON(test.pValue),
                        ]
                    })
            ))
        if let intervals = summary.intervals {
            members.append(
                (
                    "intervals",
                    .array(
                        fit.design.fixedNames.map { name in
                            [
                                "term": .string(name), "lower": JSON(intervals.limits[name]?.lower),
                                "upper": JSON(intervals.limits[name]?.upper),
                            ]
                        })
                ))
        }
        return members
    }

    /// The estimated random effects with their conditional standard deviations.
    var randomEffects: JSON {
        .array(
            ((try? EmpiricalBayes.terms(of: analysis.fit)) ?? []).flatMap { bayes in
                bayes.levels.indices.flatMap { level in
                    bayes.coefficientNames.indices.map { k in
                        [
                            "group": .string(bayes.term), "level": .string(bayes.levels[level]),
                            "term": .string(bayes.coefficientNames[k]), "est": JSON(bayes.effects[level, k]),
                            "sd": JSON(bayes.standardDeviations[level, k]),
                        ] as JSON
                    }
                }
            })
    }
}
