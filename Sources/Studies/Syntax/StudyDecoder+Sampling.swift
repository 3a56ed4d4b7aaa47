import Datasets
import Psychometrics
import StudyDesign

extension StudyDecoder {
    // MARK: Allocation

    mutating func allocation(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        let known = ["size", "rule", "minimum", "strata", "of"]
        guard let keys = map(node, known: known, of: "`allocation`") else { return nil }
        guard let sizeNode = keys["size"], let strata = keys["strata"],
            let size = count(sizeNode, "the size of the sample", from: 1)
        else {
            if keys["size"] == nil || keys["strata"] == nil {
                note(
                    "`allocation` needs `size:`, the size of the sample, and `strata:`, for example {north: 520, south: 430}",
                    at: place)
            }
            return nil
        }
        var plan = AllocationPlan(size: size, place: place)
        if case .map(let entries, _) = strata {
            plan.strata = entries.compactMap { stratum($0.key.value, $0.value) }
        } else {
            plan.by = names(strata, "the strata")
        }
        if let node = keys["rule"] { plan.rule = choice(node, "the rule") ?? plan.rule }
        if let node = keys["minimum"] { plan.minimum = count(node, "the minimum", from: 0) ?? plan.minimum }
        if let node = keys["of"] {
            plan.quantity = text(node, "`of`")
            if plan.by.isEmpty {
                note("`of` is for strata of the data; name variables under `strata:`", at: node.place)
            }
        }
        return .allocation(plan)
    }

    /// An allocation among the plans: its strata are typed, as there are no data yet.
    mutating func plannedAllocation(_ entry: StudyNode.Entry) -> PlannedAnalysis? {
        var value = entry.value
        let name = takeName(&value), before = problems.count
        guard case .allocation(let plan)? = allocation(value, at: entry.key.place), problems.count == before else {
            return nil
        }
        guard plan.by.isEmpty else {
            note(
                "the strata of a plan are their names with sizes, for example {north: 520, south: 430}; put an allocation by "
                    + "variables of a frame under `analyses`", at: entry.key.place)
            return nil
        }
        do {
            _ = try AllocationStudy(plan.size, to: plan.strata, by: plan.rule, minimum: plan.minimum)
        } catch { note(error.description, at: entry.key.place) }
        return PlannedAnalysis(kind: .allocation(plan), place: entry.key.place, name: name)
    }

    /// `520`, or `{size: 520, sd: 1.2, mean: 3, cost: 10}`.
    private mutating func stratum(_ name: String, _ node: StudyNode) -> SamplingStratum? {
        let what = "the stratum \(name)"
        if case .text = node { return count(node, what, from: 0).map { SamplingStratum(name, size: $0) } }
        guard let keys = map(node, known: ["size", "sd", "mean", "cost"], of: what) else { return nil }
        guard let sizeNode = keys["size"], let size = count(sizeNode, "the size of \(name)", from: 0) else {
            if keys["size"] == nil { note("\(what) needs `size:`, the number of its units", at: node.place) }
            return nil
        }
        return SamplingStratum(
            name, size: size, standardDeviation: keys["sd"].flatMap { number($0, "the sd of \(name)") },
            mean: keys["mean"].flatMap { number($0, "the mean of \(name)") },
            cost: keys["cost"].flatMap { number($0, "the cost of \(name)") })
    }

    // MARK: Sampling

    mutating func sampling(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        let own = ["id", "icc", "stages", "clusters"]
        guard let keys = map(node, known: own + SamplingStage.settingNames, of: "`sampling`") else { return nil }
        var plan = SamplingPlan(place: place)
        if let node = keys["id"] { plan.identifier = text(node, "the identifier") }
        if let node = keys["icc"] { plan.correlation = number(node, "the intraclass correlation") }
        let settings = SamplingStage.settingNames.filter { keys[$0] != nil }
        switch keys["stages"] {
        case .list(let nodes, _)?:
            if let name = settings.first {
                note("`\(name)` belongs into a stage, as there are `stages:`", at: keys.place(of: name) ?? place)
            }
            plan.stages = nodes.compactMap { stage($0) }
        case let other?:
            note("`stages` must be a list, for example [district: all, firm: 96]", at: other.place)
            return nil
        case nil:
            guard keys["take"] != nil else {
                note("`sampling` needs `take:`, how many are drawn, or `stages:`", at: place)
                return nil
            }
            let unit = keys["clusters"].flatMap { text($0, "the clusters")?.value }
            if let stage = stage(unit, settings.map { ($0, keys[$0]) }, at: place) { plan.stages = [stage] }
        }
        return plan.stages.isEmpty ? nil : .sampling(plan)
    }

    /// `firm: 96`, or `firm: {take: 96, strata: district}`.
    private mutating func stage(_ node: StudyNode) -> SamplingStage? {
        guard case .map(let entries, let place) = node, entries.count == 1, let entry = entries.first else {
            note("a stage must be a unit and how many are drawn, for example `firm: 96`", at: node.place)
            return nil
        }
        let unit = ["row", "rows"].contains(entry.key.value) ? nil : entry.key.value
        guard case .map = entry.value else { return stage(unit, [("take", entry.value)], at: place) }
        guard let keys = map(entry.value, known: SamplingStage.settingNames, of: "the stage \(entry.key.value)") else {
            return nil
        }
        return stage(unit, SamplingStage.settingNames.map { ($0, keys[$0]) }, at: place)
    }

    private mutating func stage(
        _ unit: String?, _ settings: [(String, StudyNode?)], at place: StudyPlace
    ) -> SamplingStage? {
        var texts: [(name: String, value: String)] = []
        for (name, node) in settings {
            guard let node else { continue }
            texts.append((name, names(node, "`\(name)`").map(\.value).joined(separator: "+")))
        }
        do {
            return try SamplingStage(unit: unit, settings: texts)
        } catch {
            note(error.description, at: place)
            return nil
        }
    }

    // MARK: Response

    mutating func response(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        let dispositions = Disposition.allCases.map(\.rawValue)
        let known =
            ["disposition"] + dispositions + [
                "by", "wave", "date", "compare", "compare waves", "bound", "eligible share", "count partial", "weights",
            ]
        guard let keys = map(node, known: known, of: "`response`") else { return nil }
        guard let dispositionNode = keys["disposition"], keys["complete"] != nil,
            let disposition = text(dispositionNode, "the disposition")
        else {
            note(
                "`response` needs `disposition:`, the variable that says what became of each unit, and `complete:`, its value for "
                    + "a complete questionnaire", at: place)
            return nil
        }
        var codes: [Disposition: [String]] = [:]
        for entry in Disposition.allCases {
            if let node = keys[entry.rawValue] { codes[entry] = names(node, "`\(entry.rawValue)`").map(\.value) }
        }
        var request = ResponseStudy.Plan(disposition: disposition.value, codes: codes)
        var variables = [disposition]
        func named(_ key: String, _ decoder: inout StudyDecoder) -> [String] {
            let found = keys[key].map { decoder.names($0, "`\(key)`") } ?? []
            variables += found
            return found.map(\.value)
        }
        request.by = named("by", &self)
        request.wave = named("wave", &self).first
        request.date = named("date", &self).first
        request.compare = named("compare", &self)
        request.compareWaves = named("compare waves", &self)
        if let wave = keys["wave"], keys["date"] != nil {
            note("answers are counted by `wave` or by `date`; keep one of them", at: wave.place)
        }
        if let node = keys["bound"], let value = number(node, "the bound") {
            if value > 0 { request.bound = value } else { note("the bound must be above 0", at: node.place) }
        }
        if let node = keys["eligible share"] { request.eligibleShare = probability(node, "the eligible share") }
        if let node = keys["count partial"] { request.countsPartial = flag(node, "`count partial`") ?? true }
        if let node = keys["weights"] { request.weights = weights(node, &variables) }
        return .response(ResponsePlan(request: request, variables: variables, place: place))
    }

    private mutating func weights(_ node: StudyNode, _ variables: inout [Located<String>]) -> ResponseStudy.Weights? {
        var wanted = ResponseStudy.Weights()
        if case .text = node { return flag(node, "`weights`, if it has no keys,") == true ? wanted : nil }
        guard let keys = map(node, known: ["base", "classes", "rake", "margins", "trim"], of: "`weights`") else {
            return nil
        }
        func named(_ key: String, _ decoder: inout StudyDecoder) -> [Located<String>] {
            let found = keys[key].map { decoder.names($0, "`\(key)`") } ?? []
            variables += found
            return found
        }
        wanted.base = named("base", &self).first?.value
        wanted.classes = named("classes", &self).map(\.value)
        wanted.rake = named("rake", &self).map(\.value)
        if let node = keys["trim"], let value = number(node, "`trim`") {
            if value > 1 {
                wanted.trim = value
            } else {
                note("`trim` must be above 1, as a multiple of the mean weight", at: node.place)
            }
        }
        guard let margins = keys["margins"] else { return wanted }
        guard case .map(let entries, _) = margins else {
            note(
                "`margins` must name variables with their totals, for example {size: {small: 900, medium: 878}}",
                at: margins.place)
            return wanted
        }
        for entry in entries {
            guard case .map(let cells, _) = entry.value else {
                note("the margin \(entry.key.value) must have a total for each category", at: entry.value.place)
                continue
            }
            variables.append(entry.key)
            var totals: [String: Double] = [:]
            for cell in cells {
                if let value = number(cell.value, "the total of \(cell.key.value)"),
                    totals.updateValue(value, forKey: cell.key.value) != nil
                {
                    note("\(cell.key.value) has two totals; keep one", at: cell.key.place)
                }
            }
            wanted.margins.append((entry.key.value, totals))
        }
        return wanted
    }

    // MARK: Screening

    mutating func screening(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        var plan = ScreeningPlan(place: place)
        guard case .map = node else {
            if !node.isEmpty { plan.scales = selection(node, "`screening`") }
            return .screening(plan)
        }
        let known = ["scales", "items", "id", "time", "time unit", "attention", "thresholds", "pair correlation"]
        guard let keys = map(node, known: known, of: "`screening`") else { return nil }
        if let node = keys["scales"] { plan.scales = selection(node, "the scales") }
        if let node = keys["items"] { plan.items = selection(node, "the items") }
        if let node = keys["id"] { plan.identifier = text(node, "the identifier") }
        if let node = keys["time"] { plan.time = text(node, "the time") }
        if let node = keys["time unit"] { plan.timeUnit = choice(node, "the unit of time") ?? plan.timeUnit }
        if let node = keys["pair correlation"], let value = probability(node, "the pair correlation") {
            plan.settings.pairCorrelation = value
        }
        if let node = keys["attention"] {
            if case .map(let entries, _) = node {
                plan.checks = entries.compactMap { entry in
                    text(entry.value, "the answer to \(entry.key.value)").map { (entry.key, $0.value) }
                }
            } else {
                note("`attention` must name items with their instructed answers, for example {AC1: 4}", at: node.place)
            }
        }
        if let node = keys["thresholds"] { plan.settings.thresholds = thresholds(node) }
        return .screening(plan)
    }

    private mutating func thresholds(_ node: StudyNode) -> [CarelessIndex: Double] {
        let names = CarelessIndex.allCases.map { StudyKeys.normalized($0.rawValue) }
        guard let keys = map(node, known: names, of: "`thresholds`") else { return [:] }
        var result: [CarelessIndex: Double] = [:]
        for (index, name) in zip(CarelessIndex.allCases, names) {
            guard let node = keys[name], let value = number(node, "the threshold of \(name)") else { continue }
            if let fault = index.fault(ofThreshold: value) {
                note(fault, at: node.place)
            } else {
                result[index] = value
            }
        }
        return result
    }
}
