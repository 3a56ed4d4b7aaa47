import Datasets
import MixedModels
import StudyDesign

/// A mixed model of the plan as the data make it.
struct MixedModelCheck {
    /// The name of the sequence.
    var sequence: String
    /// The name of the model.
    var name: String
    /// The response.
    var outcome: String
    /// The names of the fixed effects.
    var effects: [String]
}

extension StudyCheck {
    private var data: Dataset { prepared ?? dataset }

    mutating func check(_ plan: MixedPlan) {
        let frame = ModelFrame(data)
        if let weights = plan.weights { checkVariable(weights) }
        if let text = plan.residuals, let structure = try? ResidualStructure(parsing: text.value) {
            for name in structure.columnNames { checkVariable(Located(name, at: text.place)) }
        }
        var seen: Set<String> = []
        for model in plan.models {
            if !seen.insert(model.name.value).inserted {
                note("another model is named `\(model.name.value)` already", at: model.name.place)
            }
            do {
                let formula = try MixedFormula(parsing: model.formula.value)
                if formula.randomTerms.isEmpty, plan.residuals == nil {
                    note(
                        "\(model.name.value): `\(formula.text)` has no random term; add one, such as `(1 | leader)` with the "
                            + "variable that names the groups", at: model.formula.place)
                    continue
                }
                let weights = plan.weights.flatMap { data.contains($0.value) ? $0.value : nil }
                let design = try MixedDesign(
                    formula, frame, options: DesignOptions(contrast: plan.contrast, weights: weights))
                mixedModels.append(
                    MixedModelCheck(
                        sequence: plan.name.value, name: model.name.value, outcome: design.responseName,
                        effects: design.fixedNames))
            } catch {
                note("\(model.name.value): \(error)", at: model.formula.place)
            }
        }
    }

    /// Whether a mixed model answers a hypothesis.
    func isAnswered(_ hypothesis: Hypothesis) -> Bool {
        mixedModels.contains { model in
            if let wanted = hypothesis.model?.value, !model.isNamed(wanted) { return false }
            return hypothesis.test.value.effect(in: model.effects, outcome: model.outcome) != nil
        }
    }

    /// A problem for a hypothesis that no mixed model can answer.
    mutating func noteMissingEffect(_ hypothesis: Hypothesis) {
        let name = hypothesis.name.value
        let meant = mixedModels.filter { model in hypothesis.model.map { model.isNamed($0.value) } ?? true }
        // A model that cannot be fitted has its own problem.
        if meant.isEmpty, hypothesis.model != nil { return }
        var effects: [String] = []
        for effect in meant.flatMap(\.effects) where !effects.contains(effect) { effects.append(effect) }
        let place = hypothesis.test.place
        let whose = hypothesis.model.map { "the model `\($0.value)` has" } ?? "the mixed models have"
        switch hypothesis.test.value {
        case .path(let cause, let outcome):
            let outcomes = Set(meant.map(\.outcome)).sorted()
            if !outcomes.contains(outcome) {
                note(
                    "\(name): no mixed model explains `\(outcome)`; there are models of \(StudyKeys.listed(outcomes))",
                    at: place)
            } else {
                note("\(name): \(whose) no fixed effect `\(cause)`\(Self.hint(cause, effects))", at: place)
            }
        case .effect(let term):
            note("\(name): \(whose) no fixed effect `\(term)`\(Self.hint(term, effects))", at: place)
        case .chain, .total, .covariance, .parameter:
            note(
                "\(name): a mixed model cannot answer the test `\(hypothesis.test.value.text)`; test a fixed effect, for "
                    + "example {M1: X1}, or add an analysis `sem`", at: place)
        }
    }

    private static func hint(_ term: String, _ effects: [String]) -> String {
        if let nearest = nearestNames(to: term, among: effects).first { return "; did you mean `\(nearest)`?" }
        return effects.isEmpty ? "" : "; there are \(StudyKeys.listed(effects))"
    }

    /// The groups that an analysis names, or those of level 2; a problem where there are none.
    private mutating func checkGroup(_ group: Located<String>?, at place: StudyPlace) {
        if let group {
            checkVariable(group)
        } else if study.preparation.levels == nil {
            note("the groups are not named; add `group:`, or declare `levels:`", at: place)
        }
    }

    mutating func check(_ plan: MultilevelDescriptivesPlan) {
        checkGroup(plan.group, at: plan.place)
        for name in plan.variables {
            checkVariable(name)
            if let column = data[name.value], !column.isNumeric {
                note("\(name.value) holds text, but numbers are needed", at: name.place)
            }
        }
    }

    mutating func check(_ plan: AgreementPlan) {
        checkGroup(plan.group, at: plan.place)
        checkScales(plan.scales, at: plan.place)
        if plan.options == nil, codebook.responseRange == nil,
            codebook.scales.contains(where: { $0.responseRange == nil })
        {
            note(
                "agreement needs the number of response options; add `options: 5`, or a response range", at: plan.place)
        }
    }

    mutating func check(_ plan: AttritionPlan) {
        checkVariable(plan.status)
        for name in plan.variables { checkVariable(name) }
        if let column = data[plan.status.value] {
            let values = Set(column.texts.compactMap { $0 })
            for kept in plan.kept where !values.contains(kept) {
                note(
                    "\(plan.status.value) is never `\(kept)`; `kept` takes of its values "
                        + StudyKeys.listed(Array(values.sorted().prefix(10))), at: plan.status.place)
            }
        }
    }

    mutating func check(_ plan: CompliancePlan) {
        for name in plan.answers { checkVariable(name) }
        if study.preparation.levels?.occasion == nil {
            note("compliance needs `levels:` with the occasion, for example [leader, month]", at: plan.place)
        }
    }

    mutating func check(_ plan: SchedulePlan) {
        do {
            let schedule = try Schedule(plan.rules.text, calendar: plan.calendar).plan()
            let forms = Set(([schedule.occasions] + schedule.ofPerson.values).joined().map(\.form)).sorted()
            for form in (plan.answers?.times ?? []).compactMap(\.form) where !forms.contains(form.value) {
                note(
                    "the schedule has no form `\(form.value)`"
                        + (nearestNames(to: form.value, among: forms).first.map { "; did you mean `\($0)`?" }
                            ?? "; there are \(StudyKeys.listed(forms))"),
                    at: form.place)
            }
        } catch {
            if case .syntax(let line, let column, let problem, let nearest) = error {
                note(
                    "in the schedule: \(problem)" + (nearest.first.map { "; did you mean `\($0)`?" } ?? ""),
                    at: plan.rules.place(line: line, column: column))
            } else {
                note(error.description, at: plan.rules.place)
            }
        }
        guard let answers = plan.answers else { return }
        let own = answers.times.flatMap { [$0.variable] + ($0.complete ?? []) }
        for name in own + answers.person + answers.complete + (answers.form.map { [$0] } ?? []) {
            checkVariable(name)
        }
        if answers.person.isEmpty, study.preparation.levels == nil {
            note("the persons are not named; add `person:` to the answers, or declare `levels:`", at: plan.place)
        }
    }
}

extension MixedModelCheck {
    /// Whether a hypothesis means this model: by its name, the sequence's, or both.
    func isNamed(_ wanted: String) -> Bool {
        wanted == name || wanted == sequence || wanted == "\(sequence).\(name)"
    }
}

extension Hypothesis.Test {
    /// The name of the fixed effect that the test is about, as a model has it; nil for none. The variables of a product
    /// may stand in any order.
    func effect(in effects: [String], outcome response: String) -> String? {
        func found(_ term: String) -> String? {
            if effects.contains(term) { return term }
            let parts = Set(term.split(separator: ":"))
            guard parts.count > 1 else { return nil }
            return effects.first {
                Set($0.split(separator: ":")) == parts && $0.split(separator: ":").count == parts.count
            }
        }
        switch self {
        case .effect(let term): return found(term)
        case .path(let cause, let outcome): return outcome == response ? found(cause) : nil
        case .chain, .total, .covariance, .parameter: return nil
        }
    }
}
