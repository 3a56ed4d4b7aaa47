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

    /// The variable of the groups that an analysis names, else that of level 2; of identifiers that repeat in higher
    /// units, the group of each row is named by all.
    private func groups(_ named: Located<String>?) throws -> (name: String, labels: [String?]) {
        if let named { return (named.value, try dataset.column(named.value).texts) }
        guard let levels = study.preparation.levels, let last = levels.groups.last else {
            throw AnalysisError.tooFewConstructs("the groups are not named; add `group:`, or declare `levels:`")
        }
        let columns = try levels.units.map { try dataset.column($0).texts }
        let labels = (0..<dataset.rowCount).map { row -> String? in
            let parts = columns.compactMap { $0[row] }
            return parts.count == columns.count ? parts.joined(separator: ":") : nil
        }
        return (last.value, labels)
    }

    func multilevelDescriptives(_ plan: MultilevelDescriptivesPlan) throws -> MultilevelDescriptives {
        let names = plan.variables.map(\.value)
        if let twice = AnalysisError.repeated(names) { throw AnalysisError.namedTwice(twice) }
        let groups = try groups(plan.group).labels
        let rows = (0..<dataset.rowCount).filter { groups[$0] != nil }
        let table = try dataset.numericMatrix(names, missing: .keep).matrix
            .submatrix(rows: rows, columns: Array(names.indices))
        let labels = rows.map { groups[$0] ?? "" }
        var components: [String: LevelVariances] = [:]
        for (j, name) in names.enumerated() {
            if let own = Self.variances(table.column(j), name, labels) { components[name] = own }
        }
        var diagonal: [String: Double] = [:]
        if plan.diagonal != .none {
            for name in names where codebook[name] != nil {
                guard let items = try? codebook.items(of: name, in: dataset), items.count > 1,
                    let own = try? ReliabilityAnalysis(dataset, scales: [.init(name: name, items: items)])
                else { continue }
                diagonal[name] =
                    plan.diagonal == .alpha ? own.overallAlpha?.value : own.scales.first?.averageVarianceExtracted
            }
        }
        return try MultilevelDescriptives(
            table, variables: names, groups: labels, components: components, diagonal: diagonal)
    }

    /// The variances of the random-intercept model without predictors by REML; nil where it cannot be fitted, as for a
    /// variable of level 2.
    private static func variances(_ values: [Double], _ name: String, _ groups: [String]) -> LevelVariances? {
        let frame = ModelFrame([("y", .numeric(values)), ("g", .categorical(groups))], rowCount: values.count)
        var first: [String: Double] = [:], varies = false
        for (value, group) in zip(values, groups) where value.isFinite {
            if let known = first[group] { varies = varies || known != value } else { first[group] = value }
        }
        guard varies, let formula = try? MixedFormula(parsing: "y ~ 1 + (1 | g)"),
            let design = try? MixedDesign(formula, frame), let fit = try? MixedModel.fit(design)
        else { return nil }
        return LevelVariances(within: fit.residualVariance, between: fit.covariances[0][0, 0])
    }

    func agreement(_ plan: AgreementPlan) throws -> StudyReport.AnalysisResult {
        let (group, labels) = try groups(plan.group)
        let rows = (0..<dataset.rowCount).filter { labels[$0] != nil }
        let names = rows.map { labels[$0] ?? "" }
        var agreement: [WithinGroupAgreement] = [], reliability: [IntraclassCorrelation] = []
        for scale in firstOrder(constructs(plan.scales)) {
            let items = try codebook.items(of: scale, in: dataset)
            let range = codebook[scale]?.responseRange ?? codebook.responseRange
            let options = plan.options ?? range.map { Int($0.upperBound - $0.lowerBound) + 1 } ?? 5
            let data = try dataset.numericMatrix(items, missing: .keep).matrix
                .submatrix(rows: rows, columns: Array(items.indices))
            agreement.append(
                try WithinGroupAgreement(
                    scale: scale, data: data, items: items, groups: names, options: options,
                    nullDistribution: plan.nullDistribution))
            let means = try dataset.numericMatrix([scale], missing: .keep).matrix.column(0)
            if let own = try? IntraclassCorrelation(variable: scale, values: rows.map { means[$0] }, groups: names) {
                reliability.append(own)
            }
        }
        return .agreement(agreement, reliability: reliability, group: group)
    }

    func attrition(_ plan: AttritionPlan) throws -> AttritionAnalysis {
        let status = try dataset.column(plan.status.value).texts
        var rows = (0..<dataset.rowCount).filter { status[$0] != nil }
        if let units = try attritionUnits(plan.status.value) { rows = units.filter { status[$0] != nil } }
        let variables = try plan.variables.map { name -> AttritionAnalysis.Variable in
            let column = try dataset.column(name.value)
            guard column.isNumeric, column.valueLabels.isEmpty else {
                let texts = column.texts
                var words: [String: String] = [:], order: [String] = []
                for entry in column.valueLabels {
                    // Two codes of one wording stay apart.
                    let word = order.contains(entry.label) ? "\(entry.label) (\(entry.code))" : entry.label
                    words[entry.code.description] = word
                    order.append(word)
                }
                return AttritionAnalysis.Variable(
                    name.value, .categories(rows.map { row in texts[row].map { words[$0] ?? $0 } }), order: order)
            }
            let numbers = column.numbers
            return AttritionAnalysis.Variable(name.value, .quantity(rows.map { numbers[$0] }))
        }
        return try AttritionAnalysis(
            variables, isKept: rows.map { plan.kept.contains(status[$0] ?? "") }, equivalenceBound: plan.bound)
    }

    /// The first row of each unit, where the status is one of units and not of rows: a person who left counts once, with
    /// the values of the first occasion.
    private func attritionUnits(_ status: String) throws -> [Int]? {
        guard let structure = data.levels, let levels = study.preparation.levels,
            let level = try structure.levels(of: [status], in: dataset).first?.level, level > 1
        else { return nil }
        let columns = try levels.identifiers(ofLevel: level).map { try dataset.column($0).texts }
        var order = Array(0..<dataset.rowCount)
        if let occasion = levels.occasion, let times = dataset[occasion.value], times.isNumeric {
            let numbers = times.numbers
            order.sort { (numbers[$0], $0) < (numbers[$1], $1) }
        }
        var seen: Set<[String?]> = []
        return order.filter { row in seen.insert(columns.map { $0[row] }).inserted }.sorted()
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
        guard let answers = plan.answers else {
            return ScheduleResult(plan: try schedule.plan(seed: study.seed), answers: [], forms: [])
        }
        let person = answers.person.isEmpty ? study.preparation.levels?.units ?? [] : answers.person.map(\.value)
        var persons: [String] = []
        if person.count == 1, let name = person.first {
            var seen: Set<String> = []
            for text in try dataset.column(name).texts {
                if let text, seen.insert(text).inserted { persons.append(text) }
            }
        }
        let occasions = try schedule.plan(persons: persons, seed: study.seed)
        var matched: [MatchedAnswers] = [], forms: [FormReport] = []
        for time in answers.times {
            let rules = MatchingRules(
                person: person, time: time.variable.value, form: answers.form?.value,
                formName: time.form?.value ?? answers.formName,
                answers: (time.complete ?? answers.complete).map(\.value), prefix: "plan.")
            let own = try occasions.matching(dataset, rules, zone: schedule.timeZone)
            matched.append(own)
            // A variable with the times of one form says nothing about the others.
            forms += own.forms.filter { time.form == nil || $0.form == time.form?.value }
        }
        return ScheduleResult(plan: occasions, answers: matched, forms: forms)
    }
}
