public import Reporting
import SetTheoreticAnalysis

extension SupplementaryAnalyses {
    /// The document of the contract with what was found: members of the outcome at the end, those of its negation in the
    /// member `negation`.
    public func contract(_ document: JSON) -> JSON {
        guard case .object(var members) = document else { return document }
        if let position = members.firstIndex(where: { $0.0 == "negation" }), let negation,
            case .object(let negated) = members[position].1
        {
            members[position].1 = .object(negated + Self.members(negation))
        }
        members += Self.members(outcome)
        if settings.listsCounterfactuals {
            let conditions = outcome.table.conditions
            members.append(
                (
                    "contradictory_assumptions",
                    .object(
                        outcome.counterfactuals.map(\.kind).map { kind in
                            (
                                kind.rawValue,
                                contradictoryAssumptions[kind].map { .assumptions($0, conditions) } ?? .null
                            )
                        })
                ))
            members.append(("excluded", excluded))
            members.append(("simultaneous_subsets", .array(simultaneousSubsets.map { .integer($0) })))
        }
        if let coincidence, let chain {
            members.append(("cna", .coincidence(coincidence)))
            members.append(("causal_chain", .chain(chain)))
        }
        if let position = members.firstIndex(where: { $0.0 == "warnings" }),
            case .array(let given) = members[position].1
        {
            members[position].1 = .array(given + warnings.map { .string($0) })
        }
        return .object(members)
    }

    /// The remainders that were not allowed as assumptions.
    private var excluded: JSON {
        func list(_ conjunctions: [Conjunction]) -> JSON {
            outcome.table.remainders(in: conjunctions).map { .assumptions($0, outcome.table.conditions) } ?? .null
        }
        return .object([("untenable", list(untenable)), ("contradictory", list(excludedAsContradictory))])
    }

    private static func members(_ found: OutcomeSupplement) -> [(String, JSON)] {
        let conditions = found.table.conditions
        var members: [(String, JSON)] = []
        if let search = found.supersets { members.append(("necessity_search", .supersets(search))) }
        if let search = found.subsets { members.append(("sufficiency_search", .subsets(search))) }
        if !found.ceilings.isEmpty {
            members.append(("nca", .ceilings(found.ceilings, bottlenecks: found.bottlenecks)))
        }
        if let cuts = found.inclusionCuts { members.append(("suggested_thresholds", .suggestedInclusionCuts(cuts))) }
        if !found.counterfactuals.isEmpty {
            members.append(
                (
                    "counterfactuals",
                    .object(
                        found.counterfactuals.map {
                            ($0.kind.rawValue, .counterfactuals($0, conditions: conditions))
                        })
                ))
        }
        if let model = found.model, found.isExamined {
            members.append(
                (
                    "examined_model",
                    .object([
                        ("solution", .string(model.kind.rawValue)), ("name", .string("M\(model.number)")),
                        ("model.count", .integer(model.count)), ("expression", .string(model.expression)),
                    ])
                ))
        }
        if let cases = found.cases { members.append(("case_selection", .caseSelection(cases))) }
        if let cuts = found.cutSensitivity {
            members.append(
                ("sensitivity", .sensitivity(cuts, anchors: found.anchorSensitivity, conditions: conditions)))
        }
        if let stability = found.stability { members.append(("stability", .stability(stability))) }
        if let robustness = found.robustness { members.append(("robustness", robust(robustness, found))) }
        if let theory = found.theory { members.append(("theory", .theory(theory))) }
        if !found.necessityInClusters.isEmpty {
            members.append(
                (
                    "clusters",
                    .object([
                        ("sufficiency", .clusters(found.sufficiencyInClusters)),
                        ("necessity", .clusters(found.necessityInClusters)),
                    ])
                ))
        }
        return members
    }

    private static func robust(_ result: TestSetRobustness, _ found: OutcomeSupplement) -> JSON {
        let alternatives = found.alternatives.map { alternative in
            JSON.object([
                ("specification", .string(alternative.text)), ("expression", .string(alternative.expression)),
                ("model.count", .integer(alternative.modelCount)), ("inclS", JSON(alternative.fit.inclusion)),
                ("PRI", JSON(alternative.fit.pri)), ("covS", JSON(alternative.fit.coverage)),
            ])
        }
        guard case .object(let members) = JSON.robustness(result) else { return .null }
        return .object([("alternatives", .array(alternatives))] + members)
    }
}

extension OutcomeSupplement {
    /// Whether something was asked about the examined model.
    var isExamined: Bool {
        cases != nil || cutSensitivity != nil || stability != nil || robustness != nil || theory != nil
            || !sufficiencyInClusters.isEmpty
    }
}

extension CutSuggestions {
    /// The document of the contract.
    public func contract() -> JSON {
        .contract(
            analysis: "qca", warnings: warnings,
            [
                ("groups", .integer(groups)),
                ("suggested_cuts", .object(variables.map { ($0.name, .suggestedCuts($0.suggestions)) })),
            ])
    }

    /// The table for a terminal.
    public func document() -> Document {
        Document(
            title: "Suggested cuts",
            sections: [
                Document.Section(
                    "Suggestions",
                    blocks: [
                        .table(.suggestedCuts(variables.map { ($0.name, $0.suggestions) }, groups: groups))
                    ])
            ]
        ).numbered()
    }
}
