public import SetTheoreticAnalysis

extension JSON {
    /// An initial solution against a test set, with figures under the names that SetMethods prints.
    public static func robustness(_ result: TestSetRobustness) -> JSON {
        let regions = zip(TestSetRobustness.Region.allCases, result.regions).map { region, positions in
            (region.contractName, JSON(positions.map { result.cases[$0] }))
        }
        let single = result.singleTests.map { test in
            JSON.object([
                ("name", .string(test.name)), ("expression", .string(test.expression)),
                ("RCC_Rank", .integer(test.rank)), ("RF_SC", JSON(test.coincidence)),
            ])
        }
        let members: [(String, JSON)] = [
            ("initial", .string(result.initial)), ("RF_cov", JSON(result.coverageRatio)),
            ("RF_cons", JSON(result.consistencyRatio)), ("RF_SC_minTS", JSON(result.minimumCoincidence)),
            ("RF_SC_maxTS", JSON(result.maximumCoincidence)), ("RCR_typ", JSON(result.typicalRatio)),
            ("RCR_dev", JSON(result.deviantRatio)), ("RCC_Rank", .integer(result.rank)),
            (
                "fit",
                .object([
                    ("IS", .object(fit(result.initialFit))), ("core", .object(fit(result.coreFit))),
                    ("minTS", .object(fit(result.minimumFit))), ("maxTS", .object(fit(result.maximumFit))),
                ])
            ),
            ("cases", .object(regions + [("ambiguous", JSON(result.ambiguous.map { result.cases[$0] }))])),
            ("single", .array(single)),
        ]
        return .object(members)
    }

    /// How far cuts, and anchors, can move before the solution changes.
    public static func sensitivity(_ cuts: CutSensitivity, anchors: AnchorSensitivity?, conditions: Conditions) -> JSON
    {
        func bound(_ bound: CutSensitivity.Bound) -> JSON {
            .object([
                ("value", .number(bound.value)), ("included", .bool(bound.isIncluded)),
                ("rows", .array(bound.rows.map { .integer($0) })),
                ("beyond", JSON(bound.beyond?.description(conditions))),
            ])
        }
        func bound(_ bound: AnchorSensitivity.Bound) -> JSON {
            .object([
                ("unchanged", .number(bound.unchanged)), ("changed", JSON(bound.changed)),
                ("beyond", JSON(bound.beyond?.description(conditions))),
            ])
        }
        let members: [(String, JSON)] = [
            ("solution", .string(cuts.kind.rawValue)), ("reference", .string(cuts.reference.description(conditions))),
            (
                "cuts",
                .array(
                    cuts.ranges.map { range in
                        .object([
                            ("cut", .string(range.cut.contractName)), ("value", .number(range.value)),
                            ("lower", bound(range.lower)), ("upper", bound(range.upper)),
                        ])
                    })
            ),
            (
                "anchors",
                .array(
                    (anchors?.ranges ?? []).map { range in
                        .object([
                            ("set", .string(range.set)), ("anchor", .string(range.anchor)),
                            ("value", .number(range.value)), ("lower", bound(range.lower)),
                            ("upper", bound(range.upper)), ("step", .number(range.step)),
                        ])
                    })
            ),
        ]
        return .object(members)
    }

    /// What became of a solution when cases left or were drawn anew.
    public static func stability(_ result: SolutionStability) -> JSON {
        func recurrence(_ count: SolutionStability.Recurrence) -> JSON {
            .object([
                ("exact", .integer(count.exact)), ("in_every_model", .integer(count.inEveryModel)),
                ("contained", .integer(count.contained)), ("containing", .integer(count.containing)),
                ("related", .integer(count.related)),
            ])
        }
        func summary(_ summary: SolutionStability.Summary) -> JSON {
            .object([
                ("replications", .integer(summary.replications)), ("same_solution", .integer(summary.sameSolution)),
                (
                    "failures",
                    .array(
                        summary.failures.map {
                            .object([("reason", .string($0.failure.description)), ("count", .integer($0.count))])
                        })
                ),
            ])
        }
        let configurations = result.configurations.map { configuration in
            JSON.object([
                ("expression", .string(configuration.expression)),
                ("leave_one_out", recurrence(configuration.leaveOneOut)),
                ("bootstrap", recurrence(configuration.bootstrap)),
            ])
        }
        let models = result.models.map { model in
            JSON.object([
                ("expression", .string(model.expression)), ("leave_one_out", .integer(model.leaveOneOut)),
                ("bootstrap", .integer(model.bootstrap)),
            ])
        }
        let influential = result.influentialCases.map { one in
            JSON.object([
                ("case", .string(one.name)), ("solution", .string(one.outcome.description(result.conditions))),
                ("lost", JSON(one.lost.map { result.conditions.expression($0) })),
                ("gained", JSON(one.gained.map { result.conditions.expression($0) })),
            ])
        }
        let members: [(String, JSON)] = [
            ("solution", .string(result.kind.rawValue)), ("seed", .integer(Int(clamping: result.seed))),
            ("leave_one_out", summary(result.leaveOneOut)), ("bootstrap", summary(result.bootstrap)),
            ("terms", .array(configurations)), ("models", .array(models)), ("influential_cases", .array(influential)),
        ]
        return .object(members)
    }
}

extension TestSetRobustness.Region {
    /// The name of the cases in the contract.
    fileprivate var contractName: String {
        switch self {
        case .robustTypical: "robust_typical"
        case .robustDeviant: "robust_deviant"
        case .shakyTypical: "shaky_typical"
        case .shakyDeviant: "shaky_deviant"
        case .possibleTypical: "possible_typical"
        case .possibleDeviant: "possible_deviant"
        case .extremeDeviantCoverage: "extreme_deviant_coverage"
        case .irrelevant: "irrelevant"
        }
    }
}

extension CutSensitivity.Cut {
    /// The name of the cut in the contract.
    fileprivate var contractName: String {
        switch self {
        case .inclusion: "incl.cut"
        case .pri: "pri.cut"
        case .frequency: "n.cut"
        case .contradiction: "incl.cut0"
        }
    }
}
