import SetTheoreticAnalysis

extension StudyDecoder {
    static let supplementaryKeys = [
        "necessary expressions", "sufficient expressions", "nca", "examine", "select cases", "counterfactuals",
        "suggest thresholds", "sensitivity", "stability", "alternatives", "theory", "cluster", "unit", "causal chains",
    ]

    /// What a qualitative comparative analysis is asked for beyond truth table and solutions.
    mutating func supplements(_ keys: StudyKeys, into plan: inout ConfigurationalPlan) {
        plan.supplements.necessitySearch = keys["necessary expressions"].flatMap { necessitySearch($0) }
        plan.supplements.sufficiencySearch = keys["sufficient expressions"].flatMap { sufficiencySearch($0) }
        plan.supplements.ceilings = keys["nca"].flatMap { ceilings($0) }
        plan.supplements.chain = keys["causal chains"].flatMap { chains($0) }
        if let node = keys["select cases"] { plan.supplements.selectsCases = flag(node, "`select cases`") ?? false }
        if let node = keys["counterfactuals"] {
            plan.supplements.listsCounterfactuals = flag(node, "`counterfactuals`") ?? false
        }
        if let node = keys["suggest thresholds"] {
            plan.supplements.suggestsInclusionCuts = flag(node, "`suggest thresholds`") ?? false
        }
        if let node = keys["sensitivity"] {
            plan.supplements.examinesSensitivity = flag(node, "`sensitivity`") ?? false
        }
        if let node = keys["stability"] {
            plan.supplements.stabilityDraws = count(node, "the number of draws", from: 0, through: 1_000_000)
        }
        if let node = keys["alternatives"] {
            for text in names(node, "the alternatives") {
                do {
                    _ = try AlternativeSpecification(parsing: text.value)
                    plan.supplements.alternatives.append(text.value)
                } catch { note(error.description, at: text.place) }
            }
        }
        if let node = keys["theory"] {
            plan.theory = text(node, "the theory")
            plan.supplements.theory = plan.theory?.value
        }
        if let node = keys["cluster"] {
            plan.cluster = text(node, "the cluster")
            plan.supplements.cluster = plan.cluster?.value
        }
        if let node = keys["unit"] {
            plan.unit = text(node, "the unit")
            plan.supplements.unit = plan.unit?.value
            if keys["cluster"] == nil {
                note("`unit` needs `cluster:`, the variable of the occasions, such as the month", at: node.place)
            }
        }
        if let node = keys["examine"] { examine(node, &plan.supplements) }
    }

    /// `parsimonious`, or `{solution: parsimonious, model: 2}`.
    private mutating func examine(_ node: StudyNode, _ settings: inout SupplementarySettings) {
        guard case .map = node else {
            settings.kind = choice(node, "the solution that is examined", Solution.Kind.self)
            return
        }
        guard let keys = map(node, known: ["solution", "model"], of: "`examine`") else { return }
        if let node = keys["solution"] {
            settings.kind = choice(node, "the solution that is examined", Solution.Kind.self)
        }
        if let node = keys["model"] { settings.model = count(node, "the number of the model", from: 1) ?? 1 }
    }

    private mutating func necessitySearch(_ node: StudyNode) -> SupersetSearch.Options? {
        // Expressions that nearly every case shows say nothing.
        var options = SupersetSearch.Options(relevanceCut: 0.5)
        guard case .map = node else { return flag(node, "`necessary expressions`") == true ? options : nil }
        let known = ["consistency", "relevance", "coverage", "depth"]
        guard let keys = map(node, known: known, of: "`necessary expressions`") else { return nil }
        if let node = keys["consistency"] { options.inclusionCut = share(node, "the consistency") ?? 0.9 }
        if let node = keys["relevance"] { options.relevanceCut = share(node, "the relevance") ?? 0.5 }
        if let node = keys["coverage"] { options.coverageCut = share(node, "the coverage") ?? 0 }
        if let node = keys["depth"] { options.depth = count(node, "the depth", from: 1, through: 100) }
        return options
    }

    private mutating func sufficiencySearch(_ node: StudyNode) -> SubsetSearch.Options? {
        var options = SubsetSearch.Options(inclusionCut: 0.8)
        guard case .map = node else { return flag(node, "`sufficient expressions`") == true ? options : nil }
        let known = ["consistency", "pri", "coverage", "depth"]
        guard let keys = map(node, known: known, of: "`sufficient expressions`") else { return nil }
        if let node = keys["consistency"] { options.inclusionCut = share(node, "the consistency") ?? 0.8 }
        if let node = keys["pri"] { options.priCut = share(node, "the PRI") ?? 0 }
        if let node = keys["coverage"] { options.coverageCut = share(node, "the coverage") ?? 0 }
        if let node = keys["depth"] { options.depth = count(node, "the depth", from: 1, through: 100) }
        return options
    }

    private mutating func ceilings(_ node: StudyNode) -> CeilingSettings? {
        var settings = CeilingSettings()
        guard case .map = node else { return flag(node, "`nca`") == true ? settings : nil }
        let known = ["values", "ceilings", "corner", "permutations"]
        guard let keys = map(node, known: known, of: "`nca`") else { return nil }
        if let node = keys["values"], let word = text(node, "the values") {
            switch word.value.lowercased() {
            case "raw": settings.usesRawValues = true
            case "memberships": settings.usesRawValues = false
            default: note("the values are raw or memberships, not `\(word.value)`", at: word.place)
            }
        }
        if let node = keys["ceilings"] {
            var ceilings: [CeilingTechnique] = []
            for name in names(node, "the ceilings") {
                if let technique = CeilingTechnique(rawValue: name.value.uppercased()) {
                    if !ceilings.contains(technique) { ceilings.append(technique) }
                } else {
                    let listed = CeilingTechnique.allCases.map { $0.rawValue.lowercased() }
                    note("there is no ceiling `\(name.value)`; there are \(StudyKeys.listed(listed))", at: name.place)
                }
            }
            if !ceilings.isEmpty { settings.options.ceilings = ceilings }
        }
        if let node = keys["corner"], let number = count(node, "the corner", from: 1, through: 4),
            let corner = NecessityCorner(rawValue: number)
        {
            settings.options.corner = corner
            settings.choosesCorner = true
        }
        if let node = keys["permutations"] {
            settings.options.permutations =
                count(node, "the number of permutations", from: 0, through: 10_000_000) ?? 0
        }
        return settings
    }

    private mutating func chains(_ node: StudyNode) -> ChainSettings? {
        var settings = ChainSettings()
        guard case .map = node else { return flag(node, "`causal chains`") == true ? settings : nil }
        let known = ["consistency", "coverage", "ordering", "strict"]
        guard let keys = map(node, known: known, of: "`causal chains`") else { return nil }
        if let node = keys["consistency"] { settings.consistency = share(node, "the consistency") }
        if let node = keys["coverage"] { settings.coverage = share(node, "the coverage") }
        if let node = keys["ordering"], let ordering = text(node, "the ordering") {
            do {
                _ = try CausalOrdering(parsing: ordering.value)
                settings.ordering = ordering.value
            } catch { note("\(error)", at: ordering.place) }
        }
        if let node = keys["strict"] { settings.isStrict = flag(node, "`strict`") ?? false }
        return settings
    }
}
