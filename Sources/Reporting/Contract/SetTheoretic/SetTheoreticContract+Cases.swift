public import SetTheoreticAnalysis

extension JSON {
    /// The cases worth a closer look, per term and for the model.
    public static func caseSelection(_ selection: CaseSelection) -> JSON {
        let uncovered: [(String, JSON)] = [
            ("deviant_coverage", .array(selection.deviantCoverage.map(uncoveredCase))),
            ("irrelevant", .array(selection.irrelevant.map(uncoveredCase))),
            ("ambiguous", JSON(selection.ambiguous.map { selection.solution.plane.names[$0] })),
        ]
        let members: [(String, JSON)] = [
            ("terms", .array(selection.terms.map(group))), ("model", group(selection.solution)),
        ]
        return .object(members + uncovered)
    }

    private static func group(_ group: CaseSelection.Group) -> JSON {
        let unique = Set(group.uniquelyTypical)
        func cases(_ cases: [MembershipPlane.Case], marksUnique: Bool = false) -> JSON {
            .array(
                cases.map { one in
                    var members: [(String, JSON)] = [
                        ("case", .string(one.name)), ("x", .number(one.x)), ("y", .number(one.y)),
                        ("Best", JSON(one.distance)), ("is_best", .bool(one.isBest)),
                    ]
                    if marksUnique { members.append(("unique", .bool(unique.contains(one.position)))) }
                    return .object(members)
                })
        }
        return .object([
            ("expression", .string(group.expression)), ("typical", cases(group.typical, marksUnique: true)),
            ("deviant_in_degree", cases(group.deviantInDegree)),
            ("deviant_in_kind", cases(group.deviantConsistency)),
        ])
    }

    private static func uncoveredCase(_ one: CaseSelection.UncoveredCase) -> JSON {
        .object([
            ("case", .string(one.name)), ("x", .number(one.solution)), ("y", .number(one.outcome)),
            ("row", JSON(one.row)), ("configuration", JSON(one.configuration)),
            ("row_membership", .number(one.rowMembership)), ("consistent", .bool(one.isRowConsistent)),
            ("is_best", .bool(one.isBestOfRow)),
        ])
    }

    /// A theory held against a model.
    public static func theory(_ result: TheoryEvaluation) -> JSON {
        func names(_ positions: [Int]) -> JSON { JSON(positions.map { result.cases[$0] }) }
        let areas = result.intersections.map { area in
            JSON.object(
                [("area", .string(area.area.symbol)), ("expression", JSON(area.expression))] + fit(area.fit) + [
                    (
                        "with_outcome",
                        .object([
                            ("type", .string(area.area.namesWithOutcome)), ("cases", names(area.withOutcome)),
                            ("share", JSON(area.shareOfOutcome)),
                        ])
                    ),
                    (
                        "without_outcome",
                        .object([
                            ("type", .string(area.area.namesWithoutOutcome)), ("cases", names(area.withoutOutcome)),
                            ("share", JSON(area.shareOfAbsence)),
                        ])
                    ),
                ])
        }
        let members: [(String, JSON)] = [
            ("theory", .string(result.theory.description)), ("solution", .string(result.solution)),
            (
                "fit",
                .object([("theory", .object(fit(result.theoryFit))), ("solution", .object(fit(result.solutionFit)))])
            ),
            ("intersections", .array(areas)), ("ambiguous", names(result.ambiguous)),
        ]
        return .object(members)
    }

    /// The assumptions that the models of a solution make about remainders.
    public static func counterfactuals(_ result: SimplifyingAssumptions, conditions: Conditions) -> JSON {
        let models = result.models.map { model in
            var members: [(String, JSON)] = [
                ("name", .string("M\(model.number)")), ("expression", .string(conditions.expression(model.terms))),
                ("simplifying", model.assumptions.map { assumptions($0, conditions) } ?? .null),
            ]
            if result.kind == .intermediate {
                members.append(
                    (
                        "counterfactuals",
                        .array(
                            model.pairs.map {
                                .object([
                                    ("from", .string($0.name)), ("easy", assumptions($0.easy, conditions)),
                                    ("difficult", assumptions($0.difficult, conditions)),
                                ])
                            })
                    ))
            }
            return JSON.object(members)
        }
        return .array(models)
    }

    /// Rows of the truth table that no case shows.
    public static func assumptions(_ assumptions: [SimplifyingAssumptions.Assumption], _ conditions: Conditions) -> JSON
    {
        .array(
            assumptions.map {
                .object([
                    ("row", .integer($0.row)), ("configuration", .string(conditions.expression($0.configuration))),
                ])
            })
    }
}
