import Datasets
import Psychometrics
import StructuralModels

extension StudyDecoder {
    static let analysisNames = [
        "sample", "describe", "reliability", "efa", "parallel analysis", "validity", "method bias", "sem", "compare",
        "mixed", "multilevel descriptives", "agreement", "attrition", "compliance", "schedule", "qca",
        "allocation", "sampling", "response", "screening",
    ]

    mutating func analyses(_ node: StudyNode) -> [PlannedAnalysis] {
        switch node {
        case .list(let nodes, _): return nodes.compactMap { analysis($0) }
        case .map(let entries, _):
            // Without the dashes the meaning is still plain.
            return entries.compactMap { analysis(.map([$0], $0.key.place)) }
        case .text:
            note("`analyses` must be a list, each entry beginning with `- `", at: node.place)
            return []
        }
    }

    private mutating func analysis(_ node: StudyNode) -> PlannedAnalysis? {
        let key: Located<String>
        var value: StudyNode
        switch node {
        case .text(let text) where text.text.trimmed.isEmpty:
            note("an analysis is missing here", at: text.place)
            return nil
        case .text(let text):
            key = Located(text.text, at: text.place)
            value = .text(.init(text: "", isPlain: true, isLiteral: false, place: text.place))
        case .map(let entries, let place):
            guard let entry = entries.first, entries.count == 1 else {
                note(
                    entries.isEmpty
                        ? "an analysis is missing here"
                        : "`\(entries[1].key.value)` belongs under `\(entries[0].key.value)` (indent it further), or begins "
                            + "an analysis of its own (put `- ` before it)",
                    at: entries.count > 1 ? entries[1].key.place : place)
                return nil
            }
            (key, value) = (entry.key, entry.value)
        case .list(_, let place):
            note("an analysis must be a name, for example `- reliability: all`, not a list", at: place)
            return nil
        }
        let name = StudyKeys.normalized(key.value)
        let heading = Self.namedAnalyses.contains(name) ? takeName(&value) : nil
        func chosen(_ decoder: inout StudyDecoder) -> Selection {
            value.isEmpty ? .all : decoder.selection(value, "`\(name)`")
        }
        let kind: PlannedAnalysis.Kind?
        switch name {
        case "sample":
            if value.isEmpty { note("`sample` needs the variables, for example [sex, age]", at: key.place) }
            kind = value.isEmpty ? nil : .sample(names(value, "`sample`"))
        case "describe": kind = .describe(chosen(&self))
        case "reliability": kind = .reliability(chosen(&self))
        case "parallel analysis": kind = .parallelAnalysis(chosen(&self))
        case "validity": kind = .validity(chosen(&self))
        case "method bias": kind = methodBias(value)
        case "efa": kind = factorAnalysis(value)
        case "sem": kind = structural(value, at: key.place)
        case "compare": kind = comparison(value, at: key.place)
        case "mixed": kind = mixed(value, at: key.place)
        case "multilevel descriptives": kind = multilevelDescriptives(value, at: key.place)
        case "agreement": kind = agreement(value, at: key.place)
        case "attrition": kind = attrition(value, at: key.place)
        case "compliance": kind = compliance(value, at: key.place)
        case "schedule": kind = schedule(value, at: key.place)
        case "qca": kind = configurational(value, at: key.place)
        case "allocation": kind = allocation(value, at: key.place)
        case "sampling": kind = sampling(value, at: key.place)
        case "response": kind = response(value, at: key.place)
        case "screening": kind = screening(value, at: key.place)
        default:
            let nearest = nearestNames(to: name, among: Self.analysisNames).first
            note(
                "there is no analysis `\(key.value)`"
                    + (nearest.map { "; did you mean `\($0)`?" }
                        ?? "; there are \(StudyKeys.listed(Self.analysisNames))"),
                at: key.place)
            kind = nil
        }
        return kind.map { PlannedAnalysis(kind: $0, place: key.place, name: heading) }
    }

    /// The analyses that take `name:` besides their own keys.
    private static let namedAnalyses: Set<String> = [
        "efa", "method bias", "multilevel descriptives", "agreement", "attrition", "compliance", "schedule", "qca",
        "allocation", "sampling", "response", "screening",
    ]

    /// The `name:` of an analysis, which is taken out of its keys.
    mutating func takeName(_ value: inout StudyNode) -> String? {
        guard case .map(var entries, let place) = value,
            let index = entries.firstIndex(where: { StudyKeys.normalized($0.key.value) == "name" })
        else { return nil }
        let entry = entries.remove(at: index)
        value =
            entries.isEmpty
            ? .text(.init(text: "", isPlain: true, isLiteral: false, place: place)) : .map(entries, place)
        return entry.value.isEmpty ? nil : text(entry.value, "the name")?.value
    }

    private mutating func methodBias(_ node: StudyNode) -> PlannedAnalysis.Kind? {
        var plan = MethodBiasPlan()
        guard case .map = node else {
            if !node.isEmpty { plan.constructs = selection(node, "`method bias`") }
            return .methodBias(plan)
        }
        guard let keys = map(node, known: ["constructs", "marker"], of: "`method bias`") else { return nil }
        if let node = keys["constructs"] { plan.constructs = selection(node, "the constructs") }
        if let node = keys["marker"] { plan.marker = text(node, "the marker") }
        return .methodBias(plan)
    }

    private mutating func factorAnalysis(_ node: StudyNode) -> PlannedAnalysis.Kind? {
        var plan = FactorAnalysisPlan()
        guard case .map = node else {
            if !node.isEmpty { plan.items = selection(node, "`efa`") }
            return .factorAnalysis(plan)
        }
        guard let keys = map(node, known: ["items", "factors", "method", "rotation"], of: "`efa`") else { return nil }
        if let node = keys["items"] { plan.items = selection(node, "the items") }
        if let node = keys["factors"] {
            if case .text(let text) = node, text.text == "parallel" {
                plan.factors = nil
            } else {
                plan.factors = count(node, "the number of factors", from: 1, through: 1000)
            }
        }
        if let node = keys["method"] { plan.method = choice(node, "the method") ?? plan.method }
        if let node = keys["rotation"] { plan.rotation = choice(node, "the rotation") ?? plan.rotation }
        return .factorAnalysis(plan)
    }

    /// A model's text with its place.
    mutating func model(_ node: StudyNode) -> ModelText? {
        guard case .text(let text) = node else {
            note("a model must be a text: write `|` and the model on the lines below, indented", at: node.place)
            return nil
        }
        guard !text.text.trimmed.isEmpty else {
            note("the model is empty", at: text.place)
            return nil
        }
        var indentation = 0
        if text.isLiteral {
            let below = lines.dropFirst(text.place.line).first { !$0.allSatisfy(\.isWhitespace) }
            indentation = below.map { $0.prefix { $0 == " " }.count } ?? 0
        }
        return ModelText(text: text.text, place: text.place, isBlock: text.isLiteral, indentation: indentation)
    }

    private mutating func structural(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        if case .text = node {
            return model(node).map { .structural(StructuralPlan(name: Located("model", at: place), model: $0)) }
        }
        let known = [
            "name", "model", "bootstrap", "likelihood", "std lv", "orthogonal", "effect coding", "meanstructure",
            "fixed x", "growth", "modification indices",
        ]
        guard let keys = map(node, known: known, of: "`sem`") else { return nil }
        guard let text = keys["model"] else {
            note("`sem` needs `model:`", at: place)
            return nil
        }
        guard let model = model(text) else { return nil }
        var plan = StructuralPlan(name: Located("model", at: place), model: model)
        if let node = keys["name"], let name = self.text(node, "the name") { plan.name = name }
        if let node = keys["growth"], flag(node, "growth") == true { plan.options = .growth }
        if let node = keys["std lv"], flag(node, "std lv") == true { plan.options.latentScale = .unitVariance }
        if let node = keys["effect coding"], flag(node, "effect coding") == true {
            plan.options.latentScale = .effectCoding
        }
        if let node = keys["orthogonal"], let value = flag(node, "orthogonal") { plan.options.isOrthogonal = value }
        if let node = keys["meanstructure"], let value = flag(node, "meanstructure") {
            plan.options.meanStructure = value
        }
        if let node = keys["fixed x"], let value = flag(node, "fixed x") { plan.options.fixesExogenousMoments = value }
        if let node = keys["likelihood"], let value = choice(node, "the likelihood", EstimationOptions.Likelihood.self)
        {
            plan.estimation.likelihood = value
        }
        if let node = keys["modification indices"] {
            plan.modificationIndices =
                count(node, "the number of modification indices", from: 0, through: 1000) ?? 0
        }
        if let node = keys["bootstrap"] { plan.bootstrap = bootstrap(node) }
        return .structural(plan)
    }

    private mutating func bootstrap(_ node: StudyNode) -> BootstrapPlan? {
        var plan = BootstrapPlan()
        if case .text(let text) = node, Int(text.text) == nil {
            return flag(node, "bootstrap, if it is no number of draws,") == true ? plan : nil
        }
        let most = 1_000_000
        if case .text = node {
            guard let draws = count(node, "the number of draws", from: 100, through: most) else { return nil }
            plan.draws = draws
            return plan
        }
        guard let keys = map(node, known: ["draws", "interval", "seed", "bollen stine"], of: "`bootstrap`") else {
            return nil
        }
        if let node = keys["draws"] {
            plan.draws = count(node, "the number of draws", from: 100, through: most) ?? 5000
        }
        if let node = keys["interval"] { plan.interval = choice(node, "the interval") ?? plan.interval }
        if let node = keys["seed"] { plan.seed = count(node, "the seed", from: 0).map(UInt64.init) }
        if let node = keys["bollen stine"] { plan.testsModel = flag(node, "bollen stine") ?? false }
        return plan
    }

    private mutating func comparison(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        guard case .map = node else {
            return .comparison(
                ComparisonPlan(subject: .constructs(node.isEmpty ? .all : selection(node, "`compare`"))))
        }
        guard let keys = map(node, known: ["name", "models", "constructs"], of: "`compare`") else { return nil }
        var plan = ComparisonPlan(subject: .constructs(.all))
        if let node = keys["name"], let name = text(node, "the name") { plan.name = name.value }
        switch (keys["models"], keys["constructs"]) {
        case (.map(let entries, _)?, nil):
            var models: [(name: Located<String>, model: ModelText)] = []
            for entry in entries { if let model = model(entry.value) { models.append((entry.key, model)) } }
            if entries.count < 2 { note("a comparison needs two models or more", at: place) }
            plan.subject = .models(models)
        case (let models?, nil):
            note("`models` must be a set of names with a model each", at: models.place)
            return nil
        case (nil, let constructs?): plan.subject = .constructs(selection(constructs, "`constructs`"))
        case (nil, nil): note("`compare` needs `models:` or `constructs:`", at: place)
        case (_?, let constructs?): note("`compare` takes models or constructs, not both", at: constructs.place)
        }
        return .comparison(plan)
    }

    // MARK: Hypotheses

    mutating func hypotheses(_ node: StudyNode) -> [Hypothesis] {
        guard case .map(let entries, _) = node else {
            note("`hypotheses` must be a set of names, for example `H1: KM ~ IL`, not \(node.kind)", at: node.place)
            return []
        }
        return entries.compactMap { hypothesis($0.key, $0.value) }
    }

    private mutating func hypothesis(_ name: Located<String>, _ node: StudyNode) -> Hypothesis? {
        if case .text(let text) = node {
            // `KM ~ IL, positive`
            let parts = text.text.split(separator: ",", maxSplits: 1).map { String($0).trimmed }
            guard let first = parts.first, let (test, model) = test(first, at: text.place) else {
                if parts.isEmpty { note("\(name.value) needs a test, for example KM ~ IL", at: name.place) }
                return nil
            }
            var result = Hypothesis(name: name, test: Located(test, at: text.place), model: model)
            if parts.count > 1 {
                let word = StudyNode.text(.init(text: parts[1], isPlain: true, isLiteral: false, place: text.place))
                guard let value = choice(word, "what is expected", Hypothesis.Expectation.self) else { return nil }
                result.expectation = value
            }
            return result
        }
        let known = ["claim", "test", "expect", "alpha", "model"]
        guard let keys = map(node, known: known, of: "a hypothesis") else { return nil }
        guard let testNode = keys["test"] else {
            note("\(name.value) needs `test:`, for example KM ~ IL", at: name.place)
            return nil
        }
        var result: Hypothesis
        if case .map(let entries, let place) = testNode {
            // `{M1: X1}`, the fixed effect of X1 in the mixed model M1
            guard entries.count == 1, let entry = entries.first, let term = text(entry.value, "the fixed effect") else {
                note("the test must name one model and one of its fixed effects, for example {M1: X1}", at: place)
                return nil
            }
            let test = Hypothesis.Test.effect(Self.product(term.value))
            result = Hypothesis(name: name, test: Located(test, at: term.place), model: entry.key)
        } else {
            guard let text = text(testNode, "the test"), let (test, model) = test(text.value, at: text.place) else {
                return nil
            }
            result = Hypothesis(name: name, test: Located(test, at: text.place), model: model)
        }
        if let node = keys["claim"] { result.claim = self.text(node, "the claim")?.value }
        if let node = keys["expect"], let value = choice(node, "`expect`", Hypothesis.Expectation.self) {
            result.expectation = value
        }
        if let node = keys["alpha"] { result.alpha = probability(node, "alpha") }
        if let node = keys["model"] { result.model = self.text(node, "the model's name") }
        return result
    }

    /// The name of a product of variables as models have it: `M:W` for `M*W` and `M × W`.
    static func product(_ text: String) -> String {
        text.split { $0 == "*" || $0 == "×" }.map { String($0).trimmed }.joined(separator: ":")
    }

    private mutating func test(
        _ text: String, at place: StudyPlace
    ) -> (test: Hypothesis.Test, model: Located<String>?)? {
        // `Y ~ X1 (M2)` names the model behind the test.
        var text = text, model: Located<String>?
        if text.hasSuffix(")"), let open = text.lastIndex(of: "("), open > text.startIndex,
            text[text.index(before: open)].isWhitespace
        {
            model = Located(String(text[text.index(after: open)...].dropLast()).trimmed, at: place)
            text = String(text[..<open]).trimmed
        }
        func sides(_ separator: String) -> [String]? {
            let parts = text.split(separator: separator, omittingEmptySubsequences: false).map { String($0).trimmed }
            return parts.count > 1 ? parts : nil
        }
        var test: Hypothesis.Test?
        var names: [String] = []
        if let parts = sides("=>") {
            names = parts
            if parts.count == 2 { test = .total(cause: parts[0], outcome: parts[1]) }
        } else if let parts = sides("->") ?? sides("→") {
            names = parts
            test = parts.count == 2 ? .path(cause: parts[0], outcome: parts[1]) : .chain(parts)
        } else if let parts = sides("~~") {
            names = parts
            if parts.count == 2 { test = .covariance(parts[0], parts[1]) }
        } else if let parts = sides("~") {
            names = parts
            if parts.count == 2 {
                names[1] = Self.product(names[1])
                test = .path(cause: names[1], outcome: parts[0])
            }
        } else {
            names = [text]
            test = .parameter(text)
        }
        guard let test, names.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isWhitespace) }) else {
            note(
                "the test `\(text)` cannot be read; write a path `KM ~ IL`, a chain `IL -> KM -> EI`, a total effect "
                    + "`IL => EI`, a covariance `IL ~~ KM`, or the label of a parameter", at: place)
            return nil
        }
        return (test, model)
    }
}
