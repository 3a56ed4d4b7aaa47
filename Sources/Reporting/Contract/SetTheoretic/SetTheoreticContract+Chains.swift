public import SetTheoreticAnalysis

extension JSON {
    /// A coincidence analysis, with figures under the names of cna for R.
    public static func coincidence(_ analysis: CoincidenceAnalysis) -> JSON {
        let outcomes = analysis.outcomes.map { outcome in
            JSON.object([
                ("outcome", .string(outcome.value.description)), ("causes", JSON(outcome.causes)),
                (
                    "msc",
                    .array(
                        outcome.sufficientConditions.map {
                            .object([
                                ("condition", .string($0.description)), ("consistency", .number($0.consistency)),
                                ("coverage", JSON($0.coverage)), ("complexity", .integer($0.complexity)),
                            ])
                        })
                ),
                (
                    "asf",
                    .array(
                        outcome.formulas.map {
                            .object([
                                ("condition", .string($0.description)), ("consistency", .number($0.consistency)),
                                ("coverage", .number($0.coverage)), ("complexity", .integer($0.complexity)),
                                ("exhaustiveness", JSON($0.exhaustiveness)), ("faithfulness", JSON($0.faithfulness)),
                                ("inus", $0.isINUS.map { .bool($0) } ?? .null),
                            ])
                        })
                ),
                ("exhaustive", .bool(outcome.isExhaustive)),
            ])
        }
        let complex = analysis.complexFormulas.map { formula in
            JSON.object([
                ("condition", .string(formula.description)),
                ("outcome", JSON(formula.formulas.map { $0.outcome.description })),
                ("consistency", .number(formula.consistency)), ("coverage", .number(formula.coverage)),
                ("complexity", .integer(formula.complexity)), ("coherence", JSON(formula.coherence)),
                ("exhaustiveness", JSON(formula.exhaustiveness)), ("faithfulness", JSON(formula.faithfulness)),
                ("cyclic", .bool(formula.isCyclic)), ("inus", formula.isINUS.map { .bool($0) } ?? .null),
            ])
        }
        let claims = analysis.claims.map { claim in
            JSON.object([
                ("cause", .string(claim.cause.description)), ("effect", .string(claim.effect.description)),
                ("models", .integer(claim.count)),
            ])
        }
        let members: [(String, JSON)] = [
            ("con", .number(analysis.options.consistency)), ("cov", .number(analysis.options.coverage)),
            ("ordering", JSON(analysis.options.ordering?.description)), ("outcomes", .array(outcomes)),
            ("csf", .array(complex)), ("combined", .bool(analysis.areCombined)), ("claims", .array(claims)),
            ("exhaustive", .bool(analysis.isExhaustive)),
        ]
        return .object(members)
    }

    /// Every set as the outcome of the others, as QCA's `causalChain` has it.
    public static func chain(_ chain: CausalChain) -> JSON {
        .array(
            chain.links.map { link in
                let models = zip(link.formulas, link.models).map { formula, model in
                    JSON.object([("model", .string(formula))] + fit(model.fit.model))
                }
                return .object([
                    ("outcome", .string(link.outcome.description)), ("conditions", JSON(link.conditions)),
                    ("models", .array(models)), ("problem", JSON(link.problem?.description)),
                ])
            })
    }
}
