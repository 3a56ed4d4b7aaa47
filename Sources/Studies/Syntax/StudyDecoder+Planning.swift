import Datasets
import StructuralModels
import StudyDesign

extension StudyDecoder {
    static let planNames = ["rules", "population", "test", "estimate", "rmsea", "sem", "multilevel", "allocation"]

    private static let lossKeys = ["supplement", "response rate", "invalid", "attrition", "waves"]

    /// The plans of the sample, which stand before the analyses in the report.
    mutating func plans(_ node: StudyNode) -> [PlannedAnalysis] {
        switch node {
        case .list(let nodes, _): return nodes.compactMap { plan($0) }
        case .map(let entries, _): return entries.compactMap { plan(.map([$0], $0.key.place)) }
        case .text:
            note("`plan` must be a list, for example `- rules: {indicators: 12}`", at: node.place)
            return []
        }
    }

    private mutating func plan(_ node: StudyNode) -> PlannedAnalysis? {
        guard case .map(let entries, let place) = node, let entry = entries.first, entries.count == 1 else {
            note(
                "an entry of `plan` must be one of \(StudyKeys.listed(Self.planNames)) with its keys, for example "
                    + "`- rules: {indicators: 12}`", at: node.place)
            return nil
        }
        let name = StudyKeys.normalized(entry.key.value)
        guard Self.planNames.contains(name) else {
            let nearest = nearestPlan(to: name)
            note(
                "there is no plan `\(entry.key.value)`"
                    + (nearest.map { "; did you mean `\($0)`?" } ?? "; there are \(StudyKeys.listed(Self.planNames))"),
                at: entry.key.place)
            return nil
        }
        if name == "allocation" { return plannedAllocation(entry) }
        let before = problems.count
        var modelPlace: ModelText?
        guard let keys = map(entry.value, known: Self.keys(of: name), of: "`\(name)`") else { return nil }
        let heading = keys["name"].flatMap { text($0, "the name")?.value }
        let plan = decode(name, keys, at: entry.key.place, model: &modelPlace)
        guard let plan, problems.count == before else { return nil }
        // All but simulations is quick: what does not hold together is told with its place.
        do {
            _ = try plan.result(PlanningContext(threads: 1, skipsSimulation: true))
        } catch let error as ModelSyntaxError {
            let position = error.excerpt.flatMap { excerpt in
                modelPlace.map { $0.place(line: excerpt.position.line, column: excerpt.position.column) }
            }
            note("in the model: \(error.fault.message)", at: position ?? modelPlace?.place ?? place)
        } catch let error as any (Error & CustomStringConvertible) {
            note("`\(name)`: \(error.description)", at: entry.key.place)
        } catch {
            note("`\(name)`: \(error)", at: entry.key.place)
        }
        return PlannedAnalysis(kind: .sampleSize(plan), place: entry.key.place, name: heading)
    }

    private func nearestPlan(to name: String) -> String? {
        let synonyms = ["rule of thumb": "rules", "rules of thumb": "rules", "model": "sem", "diary": "multilevel"]
        return synonyms[name] ?? nearestNames(to: name, among: Self.planNames).first
    }

    private static func keys(of plan: String) -> [String] {
        let own: [String]
        switch plan {
        case "rules": own = ["indicators", "parameters", "items", "predictors", "multilevel"]
        case "population":
            own = [
                "size", "margin", "confidence", "proportion", "sd", "design effect", "cluster size", "icc", "sample",
            ]
        case "test":
            own = [
                "kind", "effect", "n", "power", "alpha", "sides", "ratio", "groups", "predictors", "others", "df",
            ]
        case "estimate": own = ["estimate", "se", "n", "power", "alpha", "sides"]
        case "rmsea": own = ["df", "n", "power", "alpha", "null", "alternative"]
        case "sem":
            own = [
                "model", "population", "values", "metric", "n", "power", "alpha", "parameters", "indirect", "simulate",
                "std lv",
            ]
        default:
            own = [
                "clusters", "size", "icc", "compliance", "size variation", "slope variance", "level 1", "level 2",
                "cross level", "level 1 sd", "level 2 sd", "time", "compare clusters", "compare sizes", "simulate",
                "power", "alpha",
            ]
        }
        return ["name"] + own + lossKeys
    }

    private mutating func decode(
        _ name: String, _ keys: StudyKeys, at place: StudyPlace, model: inout ModelText?
    ) -> SampleSizePlan? {
        switch name {
        case "rules":
            var plan = RulesOfThumbPlan(
                features: .init(
                    indicators: whole(keys, "indicators"), freeParameters: whole(keys, "parameters"),
                    items: whole(keys, "items"), predictors: whole(keys, "predictors"),
                    isMultilevel: keys["multilevel"].flatMap { flag($0, "`multilevel`") } ?? false))
            plan.losses = losses(keys)
            return .rules(plan)
        case "population": return population(keys)
        case "test": return test(keys, at: place)
        case "estimate":
            guard let estimate = required(keys, "estimate", at: place), let error = required(keys, "se", at: place),
                keys["n"] != nil, let n = whole(keys, "n")
            else {
                if keys["n"] == nil { note("`estimate` needs `n:`, the cases behind the estimate", at: place) }
                return nil
            }
            var plan = EstimatePlan(estimate: estimate, standardError: error, sampleSize: n)
            plan.power = decimal(keys, "power") ?? plan.power
            plan.alpha = decimal(keys, "alpha") ?? plan.alpha
            plan.sides = whole(keys, "sides") ?? 2
            plan.losses = losses(keys)
            return .estimate(plan)
        case "rmsea":
            guard keys["df"] != nil, let df = whole(keys, "df") else {
                if keys["df"] == nil { note("`rmsea` needs `df:`, the degrees of freedom of the model", at: place) }
                return nil
            }
            var plan = ModelFitPlan(degreesOfFreedom: df)
            plan.sampleSizes = wholes(keys, "n")
            plan.power = decimal(keys, "power") ?? plan.power
            plan.alpha = decimal(keys, "alpha") ?? plan.alpha
            switch (decimal(keys, "null"), decimal(keys, "alternative")) {
            case (let null?, let alternative?): plan.hypotheses = (null, alternative)
            case (nil, nil): break
            default: note("`null` and `alternative` belong together; give both or neither", at: place)
            }
            plan.losses = losses(keys)
            return .modelFit(plan)
        case "sem": return structuralPlan(keys, at: place, model: &model)
        default: return multilevelPlan(keys, at: place)
        }
    }

    private mutating func population(_ keys: StudyKeys) -> SampleSizePlan? {
        let sizes = wholes(keys, "size")
        var plan = PopulationPlan(populations: sizes.map { $0 })
        if let deviation = decimal(keys, "sd") { plan.target = .mean(standardDeviation: deviation) }
        if let proportion = share(keys, "proportion") { plan.target = .proportion(proportion) }
        plan.margin = share(keys, "margin") ?? plan.margin
        plan.confidence = share(keys, "confidence") ?? plan.confidence
        plan.designEffect = decimal(keys, "design effect")
        plan.clusterSize = decimal(keys, "cluster size")
        plan.intraclassCorrelation = decimal(keys, "icc")
        plan.sample = whole(keys, "sample")
        plan.losses = losses(keys)
        return .population(plan)
    }

    private mutating func test(_ keys: StudyKeys, at place: StudyPlace) -> SampleSizePlan? {
        guard let node = keys["kind"] else {
            note(
                "`test` needs `kind:`, one of \(StudyKeys.listed(TestPlan.Kind.allCases.map(\.rawValue)))", at: place)
            return nil
        }
        guard let kind = choice(node, "the kind of test", TestPlan.Kind.self) else { return nil }
        let details = TestPlan.Kind.Details(
            ratio: decimal(keys, "ratio"), groups: whole(keys, "groups"), predictors: whole(keys, "predictors"),
            others: whole(keys, "others"), degreesOfFreedom: whole(keys, "df"))
        let test: TestKind
        do {
            test = try kind.test(details)
        } catch {
            note("`test`: \(error.description)", at: place)
            return nil
        }
        var plan = TestPlan(test: test)
        plan.effect = decimal(keys, "effect")
        plan.sampleSize = decimal(keys, "n")
        plan.power = decimal(keys, "power")
        plan.alpha = decimal(keys, "alpha") ?? 0.05
        plan.sides = whole(keys, "sides") ?? 2
        plan.losses = losses(keys)
        return .test(plan)
    }

    private mutating func structuralPlan(
        _ keys: StudyKeys, at place: StudyPlace, model: inout ModelText?
    ) -> SampleSizePlan? {
        guard let node = keys["model"] else {
            note("`sem` needs `model:`, the model that will be fitted", at: place)
            return nil
        }
        model = self.model(node)
        guard let text = model else { return nil }
        var plan = ModelPlan(model: text.text)
        if let node = keys["population"] { plan.population = self.model(node)?.text }
        if let node = keys["values"] { plan.values = values(node) }
        if let node = keys["metric"], let metric = choice(node, "the metric", Simulation.Metric.self) {
            plan.metric = metric
        }
        if let node = keys["std lv"], flag(node, "`std lv`") == true { plan.options.latentScale = .unitVariance }
        plan.sampleSizes = wholes(keys, "n")
        plan.power = decimal(keys, "power") ?? plan.power
        plan.alpha = decimal(keys, "alpha") ?? plan.alpha
        if let node = keys["parameters"] { plan.parameters = names(node, "`parameters`").map(\.value) }
        if let node = keys["indirect"] { plan.chains = names(node, "`indirect`").map { ModelPlan.chain($0.value) } }
        plan.replicates = whole(keys, "simulate")
        plan.losses = losses(keys)
        return .model(plan)
    }

    /// `{y ~ x: 0.3}`, or text `y~x = 0.3, f=~x1 = 0.7`.
    private mutating func values(_ node: StudyNode) -> [String: Double] {
        switch node {
        case .map(let entries, _):
            var result: [String: Double] = [:]
            for entry in entries { result[entry.key.value] = number(entry.value, "the value of \(entry.key.value)") }
            return result
        case .text(let text):
            do {
                return try Simulation.values(in: text.text)
            } catch {
                note("`values`: \(error.description)", at: text.place)
                return [:]
            }
        case .list(_, let place):
            note("`values` must be parameters with their values, for example {KM ~ IL: 0.4}", at: place)
            return [:]
        }
    }

    private mutating func multilevelPlan(_ keys: StudyKeys, at place: StudyPlace) -> SampleSizePlan? {
        for key in ["clusters", "size", "icc"] where keys[key] == nil {
            note("`multilevel` needs `clusters:`, `size:` and `icc:`; `\(key)` is missing", at: place)
            return nil
        }
        guard let clusters = whole(keys, "clusters"), let size = whole(keys, "size"), let icc = decimal(keys, "icc")
        else { return nil }
        let isTime = keys["time"].flatMap { flag($0, "`time`") } ?? false
        let spread = decimal(keys, "level 1 sd")
        if isTime, spread != nil { note("`time` has its own spread; leave out `level 1 sd`", at: place) }
        let design: MultilevelDesign
        do {
            design = try MultilevelDesign(
                clusters: clusters, plannedSize: size, intraclassCorrelation: icc,
                compliance: share(keys, "compliance") ?? 1, variationOfSizes: decimal(keys, "size variation") ?? 0,
                slopeVariance: decimal(keys, "slope variance") ?? 0,
                level1Predictor: isTime ? .time : .variable(standardDeviation: spread ?? 1),
                level2StandardDeviation: decimal(keys, "level 2 sd") ?? 1)
        } catch {
            note("`multilevel`: \(error.description)", at: place)
            return nil
        }
        var plan = MultilevelPlan(design: design)
        plan.effects = .init(
            within: decimal(keys, "level 1") ?? 0, between: decimal(keys, "level 2") ?? 0,
            crossLevel: decimal(keys, "cross level") ?? 0)
        plan.comparedClusters = wholes(keys, "compare clusters")
        plan.comparedSizes = wholes(keys, "compare sizes")
        plan.replicates = whole(keys, "simulate")
        plan.power = decimal(keys, "power") ?? plan.power
        plan.alpha = decimal(keys, "alpha") ?? plan.alpha
        plan.losses = losses(keys)
        return .multilevel(plan)
    }

    // MARK: Values

    private mutating func losses(_ keys: StudyKeys) -> LossesPlan {
        var plan = LossesPlan()
        plan.supplement = share(keys, "supplement")
        plan.responseRate = share(keys, "response rate")
        plan.invalidShare = share(keys, "invalid")
        plan.attrition = share(keys, "attrition")
        plan.waves = whole(keys, "waves")
        return plan
    }

    /// `0.4` or `40 %`.
    private mutating func share(_ keys: StudyKeys, _ key: String) -> Double? {
        guard let node = keys[key] else { return nil }
        guard case .text(let text) = node, let value = Self.share(text.text), value.isFinite else {
            note("`\(key)` must be a share, for example 0.4 or 40 %", at: node.place)
            return nil
        }
        return value
    }

    private static func share(_ text: String) -> Double? {
        let trimmed = text.trimmed
        guard trimmed.hasSuffix("%") else { return Double(trimmed) }
        return Double(String(trimmed.dropLast()).trimmed).map { $0 / 100 }
    }

    private mutating func required(_ keys: StudyKeys, _ key: String, at place: StudyPlace) -> Double? {
        if keys[key] == nil { note("`\(key):` is missing", at: place) }
        return decimal(keys, key)
    }

    private mutating func decimal(_ keys: StudyKeys, _ key: String) -> Double? {
        keys[key].flatMap { number($0, "`\(key)`") }
    }

    private mutating func whole(_ keys: StudyKeys, _ key: String) -> Int? {
        keys[key].flatMap { count($0, "`\(key)`", from: 1) }
    }

    private mutating func wholes(_ keys: StudyKeys, _ key: String) -> [Int] {
        guard let node = keys[key] else { return [] }
        let nodes = if case .list(let nodes, _) = node { nodes } else { [node] }
        if nodes.isEmpty || nodes.count > 20 {
            note("`\(key)` must be one to twenty whole numbers", at: node.place)
            return []
        }
        return nodes.compactMap { count($0, "`\(key)`", from: 1) }
    }
}
