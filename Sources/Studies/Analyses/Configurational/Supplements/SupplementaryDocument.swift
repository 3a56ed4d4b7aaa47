public import Reporting
import SetTheoreticAnalysis

extension SupplementaryAnalyses {
    /// The sections of what was found.
    ///
    /// - Parameters:
    ///   - labels: The words for conditions and outcomes.
    ///   - hasFigures: Whether the ceilings are drawn.
    public func sections(labels: VariableLabels = .none, hasFigures: Bool = false) -> [Document.Section] {
        let found = [outcome] + (negation.map { [$0] } ?? [])
        var sections: [Document.Section] = []
        func add(_ heading: RichText, _ blocks: [Document.Block]) {
            if !blocks.isEmpty { sections.append(Document.Section(heading, blocks: blocks)) }
        }
        add(
            "Suggested thresholds",
            found.compactMap { one in
                one.inclusionCuts.map {
                    .table(.suggestedInclusionCuts($0, outcome: one.outcome.description, labels: labels))
                }
            })
        add("Necessary expressions", found.compactMap { $0.supersets.map { .table(.supersets($0, labels: labels)) } })
        add("Sufficient conjunctions", found.compactMap { $0.subsets.map { .table(.subsets($0, labels: labels)) } })
        add("Necessary condition analysis", ceilingBlocks(labels: labels, hasFigures: hasFigures))
        add("Counterfactuals", counterfactualBlocks(found, labels: labels))
        add(
            "Selected cases",
            found.flatMap { one -> [Document.Block] in
                guard let cases = one.cases else { return [] }
                return [examined(one)] + [.table(.caseSelection(cases)), .table(.uncoveredCases(cases))]
            })
        add("Robustness", robustnessBlocks(labels: labels))
        add(
            "Theory",
            found.flatMap { one in
                one.theory.map { [examined(one), .table(.theory($0))] } ?? []
            })
        add("Clusters", found.flatMap { clusterBlocks($0, labels: labels) })
        if let coincidence, let chain {
            var blocks: [Document.Block] = [.table(.complexFormulas(coincidence))]
            if !coincidence.claims.isEmpty { blocks.append(.table(.causalClaims(coincidence))) }
            add("Causal chains", blocks + [.table(.causalChain(chain))])
        }
        return sections
    }

    private func ceilingBlocks(labels: VariableLabels, hasFigures: Bool) -> [Document.Block] {
        guard !outcome.ceilings.isEmpty else { return [] }
        return [.table(.ceilings(outcome.ceilings, labels: labels))]
            + outcome.bottlenecks.map { .table(.bottlenecks($0, labels: labels)) }
            + (hasFigures ? outcome.ceilings.map { .figure(CeilingPlot($0, labels: labels).figure()) } : [])
    }

    private func counterfactualBlocks(_ found: [OutcomeSupplement], labels: VariableLabels) -> [Document.Block] {
        guard settings.listsCounterfactuals else { return [] }
        let conditions = outcome.table.conditions
        var blocks: [Document.Block] = found.flatMap { one in
            one.counterfactuals.map {
                .table(
                    .counterfactuals(
                        $0, outcome: one.outcome.description, conditions: conditions,
                        contradictory: contradictoryAssumptions[$0.kind] ?? [], labels: labels))
            }
        }
        for (name, conjunctions) in [
            ("untenable", untenable), ("contradictory", excludedAsContradictory),
        ] where !conjunctions.isEmpty {
            guard let rows = outcome.table.remainders(in: conjunctions), rows.count <= 200 else {
                blocks.append(
                    .paragraph("Excluded as \(name) assumptions: \(RichText(conditions.expression(conjunctions)))."))
                continue
            }
            let list = rows.map { "\($0.row) (\(conditions.expression($0.configuration)))" }.joined(separator: ", ")
            if !rows.isEmpty { blocks.append(.paragraph("Excluded as \(name) assumptions: row \(RichText(list)).")) }
        }
        if !simultaneousSubsets.isEmpty {
            let rows = simultaneousSubsets.map(String.init).joined(separator: ", ")
            blocks.append(
                .callout(
                    Document.Callout(
                        .warning,
                        "Simultaneous subset relations: row \(rows) is positive for the outcome and for its negation; raise the cuts or exclude it."
                    )))
        }
        return blocks
    }

    private func robustnessBlocks(labels: VariableLabels) -> [Document.Block] {
        let conditions = outcome.table.conditions
        var blocks: [Document.Block] = []
        if let cuts = outcome.cutSensitivity {
            blocks.append(.table(.cutSensitivity(cuts, conditions: conditions)))
        }
        if let anchors = outcome.anchorSensitivity, !anchors.ranges.isEmpty {
            blocks.append(.table(.anchorSensitivity(anchors, conditions: conditions, labels: labels)))
        }
        if let stability = outcome.stability {
            blocks += [.table(.stability(stability)), .table(.influentialCases(stability))]
        }
        if let robustness = outcome.robustness {
            let counts = Dictionary(
                outcome.alternatives.map { ($0.text, $0.modelCount) }, uniquingKeysWith: { first, _ in first })
            blocks += [
                examined(outcome), .table(.robustness(robustness, modelCounts: counts)),
                .table(.robustCases(robustness)),
            ]
        }
        return blocks
    }

    private func clusterBlocks(_ found: OutcomeSupplement, labels: VariableLabels) -> [Document.Block] {
        let name = found.outcome.description
        var blocks: [Document.Block] = []
        if !found.sufficiencyInClusters.isEmpty {
            blocks += [
                examined(found), .table(.clusters(found.sufficiencyInClusters, outcome: name, labels: labels)),
            ]
        }
        if let whole = found.sufficiencyInClusters.last, !whole.within.isEmpty {
            blocks.append(.table(.unitConsistencies(whole)))
        }
        if !found.necessityInClusters.isEmpty {
            blocks.append(.table(.clusters(found.necessityInClusters, outcome: name, labels: labels)))
        }
        return blocks
    }

    /// Which model the tables are about.
    private func examined(_ found: OutcomeSupplement) -> Document.Block {
        guard let model = found.model else { return .paragraph("There is no solution.") }
        let which = model.count > 1 ? "model \(model.number) of \(model.count) of the" : "the"
        let expression = RichText(model.expression, style: .code)
        return .paragraph(
            "\(RichText(found.outcome.description)): \(which) \(model.kind.rawValue) solution, \(expression).")
    }
}

extension TruthTable {
    /// The rows in conjunctions that have too few cases, by number; nil if they are too many to list.
    func remainders(in conjunctions: [Conjunction]) -> [SimplifyingAssumptions.Assumption]? {
        let observed = Set(rows.filter { $0.output != .remainder }.map(\.configuration))
        var found: [Int: Conjunction] = [:]
        for conjunction in conjunctions {
            let covered = rows(in: conjunction, limit: SimplifyingAssumptions.rowLimit)
            if covered.isEmpty { return nil }
            for row in covered where !observed.contains(row.configuration) {
                found[row.number] = row.configuration
            }
        }
        return found.sorted { $0.key < $1.key }.map {
            SimplifyingAssumptions.Assumption(row: $0.key, configuration: $0.value)
        }
    }
}
