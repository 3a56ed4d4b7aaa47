import Datasets
import LinearAlgebra
import MixedModels
import Psychometrics
import StructuralModels
import StudyDesign

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension StudyRun {
    func mixedModels(_ plan: MixedPlan) throws -> MixedModelSequence {
        let formulas = try plan.models.map { model in
            (name: model.name.value, formula: try MixedFormula(parsing: model.formula.value))
        }
        return try MixedModelSequence(
            dataset, formulas, options: try plan.options(), intervals: plan.intervals, seed: study.seed,
            threads: threads ?? ProcessInfo.processInfo.activeProcessorCount
        ) { progress($0) }
    }

    /// The fixed effect that a hypothesis is about, in the first model of the sequence that has it.
    func effect(
        _ hypothesis: Hypothesis, in plan: MixedPlan, _ sequence: MixedModelSequence
    ) -> (model: String, test: String, chain: [String], figure: Inference)? {
        for model in sequence.models {
            let design = model.analysis.fit.design
            let own = MixedModelCheck(
                sequence: plan.name.value, name: model.name, outcome: design.responseName, effects: design.fixedNames)
            if let wanted = hypothesis.model?.value, !own.isNamed(wanted) { continue }
            guard let term = hypothesis.test.value.effect(in: own.effects, outcome: own.outcome),
                let row = model.analysis.fixedEffects[term]
            else { continue }
            var figure = Inference(estimate: row.estimate, standardError: row.standardError, level: 0.95)
            figure.z = row.statistic
            figure.pValue = row.pValue
            figure.lower = row.lower
            figure.upper = row.upper
            let parts = term.split(separator: ":").joined(separator: " × ")
            return (model.name, "\(parts) → \(own.outcome), \(model.name)", [term, own.outcome], figure)
        }
        return nil
    }

    /// The groups by the variable that an analysis names, else those of level 2; of identifiers that repeat in higher units,
    /// the group of each row is named by all.
    private func groups(_ named: Located<String>?) throws -> RowGroups {
        if let named { return try RowGroups(dataset, by: [named.value]) }
        guard let levels = study.preparation.levels, !levels.groups.isEmpty else {
            throw AnalysisError.tooFewConstructs("the groups are not named; add `group:`, or declare `levels:`")
        }
        return try RowGroups(dataset, by: levels.units)
    }

    func multilevelDescriptives(_ plan: MultilevelDescriptivesPlan) throws -> MultilevelAnalysis {
        try MultilevelAnalysis(
            dataset, variables: plan.variables.map(\.value), groups: groups(plan.group), codebook: codebook,
            diagonal: plan.diagonal, correlations: plan.correlations)
    }

    func agreement(_ plan: AgreementPlan) throws -> AgreementAnalysis {
        try AgreementAnalysis(
            dataset, scales: firstOrder(constructs(plan.scales)), codebook: codebook, groups: groups(plan.group),
            options: plan.options, nullDistribution: plan.nullDistribution)
    }

    func attrition(_ plan: AttritionPlan) throws -> AttritionStudy {
        let levels = study.preparation.levels
        return try AttritionStudy(
            dataset, status: plan.status.value, kept: plan.kept, variables: plan.variables.map(\.value),
            persons: attritionUnits(plan.status.value), occasion: levels?.occasion?.value, bound: plan.bound)
    }

    /// The identifiers of the units whose status is one of units and not of rows.
    private func attritionUnits(_ status: String) throws -> [String] {
        guard let structure = data.levels, let levels = study.preparation.levels,
            let level = try structure.levels(of: [status], in: dataset).first?.level, level > 1
        else { return [] }
        return levels.identifiers(ofLevel: level)
    }

    func compliance(_ plan: CompliancePlan) throws -> Compliance {
        guard let levels = study.preparation.levels, let occasion = levels.occasion else {
            throw AnalysisError.tooFewConstructs(
                "compliance needs `levels:` with the occasion, such as [leader, month]")
        }
        return try Compliance(
            dataset, person: levels.units, occasion: occasion.value, planned: plan.occasions, enrolled: plan.enrolled,
            answersIn: plan.answers.map(\.value), rule: plan.rule)
    }

    func schedule(_ plan: SchedulePlan) throws -> ScheduleResult {
        let schedule = try Schedule(plan.rules.text, calendar: plan.calendar)
        guard let answers = plan.answers else { return try ScheduleResult(schedule, seed: study.seed) }
        let person = answers.person.isEmpty ? study.preparation.levels?.units ?? [] : answers.person.map(\.value)
        let complete = answers.complete.map(\.value)
        guard let first = answers.times.first else { return try ScheduleResult(schedule, seed: study.seed) }
        let rules = MatchingRules(
            person: person, time: first.variable.value, form: answers.form?.value, formName: answers.formName,
            answers: first.complete?.map(\.value) ?? complete, prefix: "plan.")
        let forms = answers.times.compactMap { time in
            time.form.map { (form: $0.value, variable: time.variable.value, answers: time.complete?.map(\.value)) }
        }
        return forms.isEmpty
            ? try ScheduleResult(schedule, matching: dataset, rules, seed: study.seed)
            : try ScheduleResult(schedule, matching: dataset, times: forms, rules, seed: study.seed)
    }
}
