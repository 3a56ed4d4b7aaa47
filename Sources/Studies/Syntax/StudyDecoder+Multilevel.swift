import Datasets
import MixedModels
import Psychometrics

extension StudyDecoder {
    // MARK: Rows

    mutating func reshaping(_ node: StudyNode) -> Reshaping? {
        let known = ["variables", "occasion", "id", "separator"]
        guard let keys = map(node, known: known, of: "`reshape`") else { return nil }
        guard let variables = keys["variables"], let id = keys["id"] else {
            note(
                "`reshape` needs `variables:`, the names before the number of the occasion, and `id:`, the variable that "
                    + "tells the rows apart", at: node.place)
            return nil
        }
        var plan = Reshaping(
            variables: names(variables, "the variables"), id: names(id, "the id"), place: node.place)
        if let node = keys["occasion"], let name = text(node, "the occasion") { plan.occasion = name.value }
        if let node = keys["separator"], case .text(let text) = node { plan.separator = text.text }
        return plan.variables.isEmpty || plan.id.isEmpty ? nil : plan
    }

    mutating func joins(_ node: StudyNode) -> [JoinedFile] {
        guard case .map(let entries, _) = node else {
            note("`join` must name a file and its units, for example {leaders.csv: leader}", at: node.place)
            return []
        }
        return entries.map { JoinedFile(file: $0.key, by: names($0.value, "the units").map(\.value)) }
    }

    // MARK: Levels

    /// `[firm, leader, month]`, from the highest level to the occasion, or the keys `groups`, `occasion`, `identifiers`.
    mutating func levels(_ node: StudyNode) -> StudyLevels? {
        guard case .map = node else {
            let names = self.names(node, "`levels`")
            guard names.count > 1 else {
                if names.count == 1 {
                    note(
                        "`levels` names one variable; name the levels from the highest to the rows, for example "
                            + "[leader, month], or write {groups: [\(names[0].value)]} where nothing tells the rows apart",
                        at: node.place)
                }
                return nil
            }
            return StudyLevels(groups: Array(names.dropLast()), occasion: names.last, place: node.place)
        }
        guard let keys = map(node, known: ["groups", "occasion", "identifiers"], of: "`levels`") else { return nil }
        guard let groups = keys["groups"] else {
            note("`levels` needs `groups:`, from the highest to level 2, for example [firm, leader]", at: node.place)
            return nil
        }
        var levels = StudyLevels(groups: names(groups, "the groups"), occasion: nil, place: node.place)
        if let node = keys["occasion"] { levels.occasion = text(node, "the occasion") }
        if let node = keys["identifiers"] {
            switch text(node, "the identifiers")?.value.lowercased() {
            case "unique", nil: break
            case "repeated": levels.identifiers = .repeatedInHigherUnits
            case let word?:
                note(
                    "the identifiers cannot be `\(word)`; they are `unique` or `repeated` in higher units",
                    at: node.place)
            }
        }
        return levels.groups.isEmpty ? nil : levels
    }

    // MARK: Preparation

    static let preparationNames = ["center", "standardize", "within and between", "lag", "lead"]

    mutating func preparation(_ node: StudyNode) -> [PreparationStep] {
        switch node {
        case .list(let nodes, _): return nodes.flatMap { preparation($0) }
        case .map(let entries, _): return entries.flatMap { preparation($0.key, $0.value) }
        case .text:
            note("`prepare` must be a list, for example `- center: {M: leader}`", at: node.place)
            return []
        }
    }

    private mutating func preparation(_ key: Located<String>, _ value: StudyNode) -> [PreparationStep] {
        let synonyms = ["centre": "center", "standardise": "standardize", "split": "within and between"]
        let word = StudyKeys.normalized(key.value), name = synonyms[word] ?? word
        guard Self.preparationNames.contains(name) else {
            let nearest = nearestNames(to: name, among: Self.preparationNames).first
            note(
                "`prepare` cannot `\(key.value)`"
                    + (nearest.map { "; did you mean `\($0)`?" }
                        ?? "; there are \(StudyKeys.listed(Self.preparationNames))"),
                at: key.place)
            return []
        }
        var steps: [PreparationStep] = []
        func add(_ kind: PreparationStep.Kind?, _ variable: Located<String>) {
            if let kind { steps.append(PreparationStep(kind: kind, variable: variable)) }
        }
        switch value {
        case .map(let entries, _):
            for entry in entries { add(kind(name, of: entry.key, entry.value), entry.key) }
        case .text, .list:
            for variable in names(value, "`\(name)`") {
                switch name {
                case "center": add(.center(.grand), variable)
                case "standardize": add(.standardize(.grand), variable)
                case "within and between": add(.withinAndBetween([]), variable)
                default: add(.lag(name == "lag" ? 1 : -1), variable)
                }
            }
        }
        return steps
    }

    private mutating func kind(
        _ name: String, of variable: Located<String>, _ node: StudyNode
    ) -> PreparationStep.Kind? {
        switch name {
        case "center", "standardize":
            guard let text = text(node, "what \(variable.value) is centred on") else { return nil }
            let reference: PreparationStep.Reference
            if ["grand", "grand mean"].contains(text.value.lowercased()) {
                reference = .grand
            } else if ["rows", "all rows"].contains(text.value.lowercased()) {
                reference = .rows
            } else if name == "center", let value = Double(text.value), value.isFinite {
                reference = .value(value)
            } else {
                reference = .within(text.value)
            }
            return name == "center" ? .center(reference) : .standardize(reference)
        case "within and between": return .withinAndBetween(names(node, "the groups").map(\.value))
        default:
            guard let value = number(node, "the number of occasions"), value != 0 else { return nil }
            return .lag(name == "lag" ? value : -value)
        }
    }

    // MARK: Mixed models

    static let mixedKeys = [
        "name", "model", "models", "outcome", "random", "controls", "method", "df", "se", "level", "intervals",
        "residuals", "weights", "contrasts", "figures",
    ]

    mutating func mixed(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        if case .text = node {
            guard let formula = text(node, "the model") else { return nil }
            var plan = MixedPlan(models: [.init(name: Located("model", at: place), formula: formula)])
            plan.name = Located("mixed model", at: place)
            return isFormula(formula) ? .mixed(plan) : nil
        }
        guard let keys = map(node, known: Self.mixedKeys, of: "`mixed`") else { return nil }
        let parts = FormulaParts(&self, keys)
        var plan = MixedPlan(models: [])
        plan.name = keys["name"].flatMap { text($0, "the name") } ?? Located("mixed model", at: place)
        switch (keys["model"], keys["models"]) {
        case (let model?, nil):
            guard let text = text(model, "the model"), let formula = parts.formula(text, &self) else { return nil }
            plan.models = [
                .init(name: Located(keys["name"] == nil ? "model" : plan.name.value, at: text.place), formula: formula)
            ]
        case (nil, .map(let entries, _)?):
            for entry in entries {
                var right: Located<String>? = Located("null", at: entry.value.place)
                if !entry.value.isEmpty { right = text(entry.value, "the model \(entry.key.value)") }
                if let right, let formula = parts.formula(right, &self) {
                    plan.models.append(.init(name: entry.key, formula: formula))
                }
            }
        case (nil, let models?):
            note(
                "`models` must be a set of names with a model each, for example {M1: X1, M2: X1 + X2}", at: models.place
            )
        case (nil, nil): note("`mixed` needs `model:` or `models:`", at: place)
        case (_?, let models?): note("`mixed` takes `model` or `models`, not both", at: models.place)
        }
        if let node = keys["method"] {
            plan.criterion =
                choice(node, "the method", MixedCriterion.self, synonyms: ["reml": .reml, "ml": .ml]) ?? .reml
        }
        if let node = keys["df"], let value = choice(node, "`df`", DegreesOfFreedom.self) {
            plan.inference.degreesOfFreedom = value
        }
        if let node = keys["se"], let value = choice(node, "`se`", StandardErrors.self) {
            plan.inference.standardErrors = value
        }
        if let node = keys["level"], let value = probability(node, "the level") {
            plan.inference.confidenceLevel = value
        }
        if let node = keys["contrasts"], let value = choice(node, "the contrasts", FactorContrast.self) {
            plan.contrast = value
        }
        if let node = keys["residuals"], let structure = text(node, "the residuals") {
            do {
                _ = try ResidualStructure(parsing: structure.value)
                plan.residuals = structure
            } catch { note("\(error)", at: structure.place) }
        }
        if let node = keys["weights"] { plan.weights = text(node, "the weights") }
        if let node = keys["intervals"] { plan.intervals = intervals(node) }
        if let node = keys["figures"] { plan.figures = figures(node, of: plan.models.map(\.name.value)) }
        return plan.models.isEmpty ? nil : .mixed(plan)
    }

    /// Whether a formula can be read; what is wrong with it is noted.
    fileprivate mutating func isFormula(_ text: Located<String>) -> Bool {
        do {
            _ = try MixedFormula(parsing: text.value)
            return true
        } catch {
            note(error.description, at: text.place)
            return false
        }
    }

    private mutating func intervals(_ node: StudyNode) -> MixedPlan.Intervals? {
        if case .map = node {
            guard let keys = map(node, known: ["bootstrap", "scheme"], of: "`intervals`") else { return nil }
            guard
                let draws = keys["bootstrap"].flatMap({
                    count($0, "the number of draws", from: 100, through: 1_000_000)
                })
            else {
                if keys["bootstrap"] == nil {
                    note("`intervals` needs `bootstrap:`, a number of draws", at: node.place)
                }
                return nil
            }
            let scheme = keys["scheme"].flatMap { choice($0, "the scheme", MixedBootstrapOptions.Scheme.self) }
            return .bootstrap(draws: draws, scheme: scheme ?? .parametric)
        }
        guard let word = text(node, "`intervals`") else { return nil }
        switch word.value.lowercased() {
        case "wald", "t", "none", "no": return nil
        case "profile": return .profile
        case "bootstrap": return .bootstrap(draws: 1000, scheme: .parametric)
        default:
            let nearest = nearestNames(to: word.value, among: ["wald", "profile", "bootstrap"]).first
            note(
                "`intervals` cannot be `\(word.value)`"
                    + (nearest.map { "; did you mean `\($0)`?" } ?? "; it can be `wald`, `profile`, `bootstrap`"),
                at: word.place)
            return nil
        }
    }

    private mutating func figures(_ node: StudyNode, of models: [String]) -> MixedPlan.Figures {
        let names = self.names(node, "the figures")
        if names.count == 1 {
            switch names[0].value.lowercased() {
            case "all", "yes": return .all
            case "last": return .last
            case "none", "no": return .none
            default: break
            }
        }
        for name in names where !models.contains(name.value) {
            let nearest = nearestNames(to: name.value, among: models).first
            note(
                "there is no model `\(name.value)`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""), at: name.place)
        }
        return .models(names.map(\.value))
    }

    // MARK: Description

    mutating func multilevelDescriptives(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        let what = "`multilevel descriptives`"
        guard case .map = node else {
            guard !node.isEmpty else {
                note("\(what) needs the variables, for example [W, X1, M, Y]", at: place)
                return nil
            }
            return .multilevelDescriptives(MultilevelDescriptivesPlan(variables: names(node, what), place: place))
        }
        guard let keys = map(node, known: ["variables", "group", "diagonal", "correlations"], of: what) else {
            return nil
        }
        guard let variables = keys["variables"] else {
            note("\(what) needs `variables:`", at: place)
            return nil
        }
        var plan = MultilevelDescriptivesPlan(variables: names(variables, "the variables"), place: place)
        if let node = keys["group"] { plan.group = text(node, "the group") }
        if let node = keys["diagonal"] { plan.diagonal = choice(node, "the diagonal") ?? plan.diagonal }
        if let node = keys["correlations"] {
            plan.correlations = choice(node, "the correlations") ?? plan.correlations
        }
        return .multilevelDescriptives(plan)
    }

    mutating func agreement(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        var plan = AgreementPlan(place: place)
        guard case .map = node else {
            if !node.isEmpty { plan.scales = selection(node, "`agreement`") }
            return .agreement(plan)
        }
        guard let keys = map(node, known: ["scales", "group", "options", "null distribution"], of: "`agreement`") else {
            return nil
        }
        if let node = keys["scales"] { plan.scales = selection(node, "the scales") }
        if let node = keys["group"] { plan.group = text(node, "the group") }
        if let node = keys["options"] { plan.options = count(node, "the response options", from: 2, through: 1000) }
        if let node = keys["null distribution"], let word = text(node, "the null distribution") {
            let known: [(String, NullDistribution)] = [
                ("uniform", .uniform), ("slight skew", .slightSkew), ("moderate skew", .moderateSkew),
                ("heavy skew", .heavySkew),
            ]
            if let value = known.first(where: { $0.0 == StudyKeys.normalized(word.value) })?.1 {
                plan.nullDistribution = value
            } else if let variance = Double(word.value), variance > 0, variance.isFinite {
                plan.nullDistribution = .variance(variance)
            } else {
                note(
                    "the null distribution cannot be `\(word.value)`; it can be \(StudyKeys.listed(known.map(\.0))) or a variance",
                    at: word.place)
            }
        }
        return .agreement(plan)
    }

    mutating func attrition(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        let known = ["status", "kept", "variables", "bound"]
        guard let keys = map(node, known: known, of: "`attrition`") else { return nil }
        guard let statusNode = keys["status"], let variablesNode = keys["variables"],
            let status = text(statusNode, "the status")
        else {
            note(
                "`attrition` needs `status:`, the variable that says which cases were kept, and `variables:`", at: place
            )
            return nil
        }
        var plan = AttritionPlan(
            status: status, kept: ["1"], variables: names(variablesNode, "the variables"))
        if let node = keys["kept"] { plan.kept = names(node, "`kept`").map(\.value) }
        if let node = keys["bound"], let value = number(node, "the bound") {
            if value > 0 { plan.bound = value } else { note("the bound must be above 0", at: node.place) }
        }
        return .attrition(plan)
    }

    mutating func compliance(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        var plan = CompliancePlan(place: place)
        guard case .map = node else {
            if !node.isEmpty { plan.answers = names(node, "`compliance`") }
            return .compliance(plan)
        }
        let known = ["answers", "all answers", "occasions", "enrolled"]
        guard let keys = map(node, known: known, of: "`compliance`") else { return nil }
        if let node = keys["answers"] { plan.answers = names(node, "the answers") }
        if let node = keys["all answers"], flag(node, "all answers") == true { plan.rule = .allAnswers }
        if let node = keys["enrolled"] { plan.enrolled = count(node, "the number of persons", from: 1) }
        if let node = keys["occasions"] {
            if case .text(let text) = node, let ends = Self.ends(text.text), let first = Int(exactly: ends[0]),
                let last = Int(exactly: ends[1]), first <= last, last - first < 10_000
            {
                plan.occasions = (first...last).map { .number(Double($0)) }
            } else {
                plan.occasions = names(node, "the occasions").map { Self.code($0.value) }
            }
        }
        return .compliance(plan)
    }

    mutating func schedule(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        if case .text = node { return model(node).map { .schedule(SchedulePlan(rules: $0, place: place)) } }
        guard let keys = map(node, known: ["rules", "holidays", "answers"], of: "`schedule`") else { return nil }
        guard let rules = keys["rules"] else {
            note("`schedule` needs `rules:`; write `|` and the rules on the lines below, indented", at: place)
            return nil
        }
        guard let text = model(rules) else { return nil }
        var plan = SchedulePlan(rules: text, place: place)
        if let node = keys["holidays"] { plan.holidays = self.text(node, "the holidays") }
        if let node = keys["answers"] { plan.answers = answers(node) }
        return .schedule(plan)
    }

    private mutating func answers(_ node: StudyNode) -> SchedulePlan.Answers? {
        if case .text = node {
            return text(node, "the time").map { SchedulePlan.Answers(times: [.init(variable: $0)]) }
        }
        let known = ["time", "form", "form name", "person", "complete"]
        // `{linkages: linkages_at, performance: performance_at}`: forms with the variables of their times.
        if case .map(let entries, _) = node, !entries.isEmpty,
            !entries.contains(where: { known.contains(StudyKeys.normalized($0.key.value)) })
        {
            return SchedulePlan.Answers(times: entries.compactMap { time($0) })
        }
        guard let keys = map(node, known: known, of: "`answers`") else { return nil }
        var times: [SchedulePlan.Answers.Time] = []
        switch keys["time"] {
        case .map(let entries, _)?: times = entries.compactMap { time($0) }
        case let one?: times = text(one, "the time").map { [.init(variable: $0)] } ?? []
        case nil: break
        }
        guard !times.isEmpty else {
            if keys["time"] == nil {
                note("`answers` needs `time:`, the variable with the time of the answer", at: node.place)
            }
            return nil
        }
        var answers = SchedulePlan.Answers(times: times)
        if let node = keys["form"] { answers.form = text(node, "the form") }
        if let node = keys["form name"] { answers.formName = text(node, "the form")?.value }
        if let node = keys["person"] { answers.person = names(node, "the person") }
        if let node = keys["complete"] {
            guard case .map(let entries, _) = node else {
                answers.complete = names(node, "`complete`")
                return answers
            }
            for entry in entries {
                guard let index = answers.times.firstIndex(where: { $0.form?.value == entry.key.value }) else {
                    note("`time` names no variable for the form `\(entry.key.value)`", at: entry.key.place)
                    continue
                }
                answers.times[index].complete = names(entry.value, "`complete`")
            }
        }
        if let form = answers.form, answers.times.contains(where: { $0.form != nil }) {
            note(
                "`form` is not needed where `time` has a variable for each form; leave one of them out", at: form.place)
        }
        return answers
    }

    private mutating func time(_ entry: StudyNode.Entry) -> SchedulePlan.Answers.Time? {
        text(entry.value, "the time of \(entry.key.value)").map { .init(form: entry.key, variable: $0) }
    }
}

/// What the models of a sequence share.
private struct FormulaParts {
    var outcome: Located<String>?
    var random: [String] = []
    var controls: [String] = []

    init(_ decoder: inout StudyDecoder, _ keys: StudyKeys) {
        if let node = keys["outcome"] { outcome = decoder.text(node, "the outcome") }
        if let node = keys["random"] {
            random = decoder.names(node, "`random`").map { text in
                text.value.hasPrefix("(") ? text.value : "(\(text.value))"
            }
        }
        if let node = keys["controls"] {
            if case .list = node {
                controls = decoder.names(node, "the controls").map { Self.quoted($0.value) }
            } else if let text = decoder.text(node, "the controls") {
                controls = [text.value]
            }
        }
    }

    /// A name as formulas write it.
    private static func quoted(_ name: String) -> String {
        let isPlain = name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || ".:_*()`".unicodeScalars.contains($0)
        }
        return isPlain ? name : "`\(name)`"
    }

    /// The formula of a model: itself where it has a `~`, else the outcome on the controls, what is given, and the shared
    /// random terms unless it has its own; `null` is the model without predictors, `controls` that with the controls alone.
    func formula(_ text: Located<String>, _ decoder: inout StudyDecoder) -> Located<String>? {
        var formula = text
        if !text.value.contains("~") {
            guard let outcome else {
                decoder.note(
                    "`\(text.value)` is no formula; write Y ~ \(text.value), or give `outcome:`", at: text.place)
                return nil
            }
            var terms: [String]
            switch text.value.lowercased() {
            case "null", "1": terms = ["1"]
            case "controls": terms = controls
            default: terms = controls + [text.value]
            }
            if terms.isEmpty {
                decoder.note("there are no `controls:`; name them, or write `null`", at: text.place)
                return nil
            }
            if !text.value.contains("|") {
                if random.isEmpty {
                    decoder.note("give the random terms, for example `random: 1 | leader`", at: text.place)
                    return nil
                }
                terms += random
            }
            formula.value = "\(outcome.value) ~ \(terms.joined(separator: " + "))"
        }
        return decoder.isFormula(formula) ? formula : nil
    }
}
