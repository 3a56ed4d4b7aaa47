import MixedModels
import Probability

extension Table {
    /// A sequence of mixed models side by side, as the results table of a multilevel study prints them: fixed effects in
    /// the order of their first appearance, variances, R², deviance and tests of the variances.
    ///
    /// - Parameters:
    ///   - models: The models in their order.
    ///   - labels: The words for variables.
    ///   - outcome: What stands above the models: the name of the response.
    ///   - stacksErrors: Whether standard errors stand below the estimates and not behind them; nil for that which
    ///     leaves the table narrow enough.
    ///   - title: The caption.
    public static func modelSequence(
        _ models: [MixedModelSummary], labels: VariableLabels = .none, outcome: RichText? = nil,
        stacksErrors: Bool? = nil, title: RichText = "Results of the Multilevel Models"
    ) -> Table {
        let sequence = ModelSequence(models: models, labels: labels, stacksErrors: stacksErrors ?? (models.count > 3))
        var spanners: [[Spanner]] = []
        if let outcome, models.count > 1 { spanners = [[Spanner(outcome, columns: 1..<(models.count + 1))]] }
        return Table(
            title: title, spanners: spanners,
            columns: [Column("")] + models.map { Column(RichText($0.name)) },
            rows: sequence.fixedRows + sequence.randomRows + sequence.fitRows,
            notes: Notes(general: sequence.notes, probability: SignificanceStars.standard.note))
    }
}

/// The rows of a table of models side by side.
private struct ModelSequence {
    let models: [MixedModelSummary]
    let labels: VariableLabels
    let stacksErrors: Bool

    /// A row of cells, one for each model.
    private func row(_ name: RichText, _ cell: (MixedModelSummary) -> Cell) -> Table.Row {
        Table.Row([.text(name)] + models.map(cell))
    }

    // MARK: Fixed effects

    /// Interactions of longer words stand by the names of the variables, which main effects then have behind their words.
    private static let longestInteraction = 40

    /// The fixed effects in the order of their first appearance, with their words.
    private var fixedEffects: (order: [String], words: [String: RichText]) {
        func collect(_ interactions: VariableLabels, _ others: (Int, MixedModelSummary) -> RichText) -> (
            order: [String], words: [String: RichText]
        ) {
            var order: [String] = [], words: [String: RichText] = [:]
            for model in models {
                for (index, row) in model.fixedEffects.rows.enumerated() where words[row.term] == nil {
                    order.append(row.term)
                    words[row.term] =
                        row.term.contains(":") ? model.label(fixed: index, interactions) : others(index, model)
                }
            }
            return (order, words)
        }
        let full = collect(labels) { $1.label(fixed: $0, labels) }
        let interactions = full.order.filter { $0.contains(":") }
        guard interactions.contains(where: { (full.words[$0]?.plainText.count ?? 0) > Self.longestInteraction }) else {
            return full
        }
        let parts = Set(interactions.flatMap { $0.split(separator: ":").map(String.init) })
        return collect(.none) { index, model in
            let name = model.fit.design.fixedNames[index]
            return parts.contains(name) && labels[name] != nil ? labels.full(name) : model.label(fixed: index, labels)
        }
    }

    var fixedRows: [Table.Row] {
        let (order, words) = fixedEffects
        var rows: [Table.Row] = [.heading("Fixed effects")]
        for term in order {
            let name = words[term] ?? RichText(term)
            guard stacksErrors else {
                rows.append(
                    row(name) { model in
                        model.fixedEffects[term].map {
                            .paired($0.estimate, .fixed(3), p: $0.pValue, with: $0.standardError, .fixed(3))
                        } ?? .empty
                    })
                continue
            }
            rows.append(
                row(name) { model in
                    model.fixedEffects[term].map { .estimate($0.estimate, .fixed(3), p: $0.pValue) } ?? .empty
                })
            rows.append(
                Table.Row(
                    [.continued]
                        + models.map { model in
                            model.fixedEffects[term].map { .parenthesised($0.standardError, .fixed(3)) } ?? .empty
                        }))
        }
        return rows
    }

    // MARK: Random effects

    private struct Component: Hashable {
        let group: String
        let term1: String?
        let term2: String?
    }

    private var groups: [String] {
        var result: [String] = []
        for factor in models.flatMap({ $0.groupings.map(\.factor) }) where !result.contains(factor) {
            result.append(factor)
        }
        return result
    }

    var randomRows: [Table.Row] {
        var order: [Component] = []
        for row in models.flatMap(\.components.rows) where row.term1 != nil {
            let component = Component(group: row.group, term1: row.term1, term2: row.term2)
            if !order.contains(component) { order.append(component) }
        }
        var rows: [Table.Row] = [.heading("Random effects")]
        for component in order {
            rows.append(
                row(words(for: component)) { model in
                    guard
                        let own = model.components.rows.first(where: {
                            $0.group == component.group && $0.term1 == component.term1 && $0.term2 == component.term2
                        })
                    else { return .empty }
                    return .estimate(own.estimate, .fixed(3), p: model.varianceTest(own)?.pValue)
                })
        }
        rows.append(row("Within-group variance, σ²") { .number($0.fit.residualVariance, .fixed(3)) })
        var names: [String] = []
        for name in models.flatMap({ $0.fit.residualParameters.map(\.name) }) where !names.contains(name) {
            names.append(name)
        }
        for name in names {
            rows.append(
                row("Residuals, \(MixedModelSummary.residualName(name))") { model in
                    model.fit.residualParameters.first { $0.name == name }.map { .number($0.value, .fixed(3)) }
                        ?? .empty
                })
        }
        return rows
    }

    private func words(forGroup group: String) -> RichText {
        let model = models.first { $0.groupings.contains { $0.factor == group } }
        return model?.label(group: group, labels) ?? labels.text(group)
    }

    private func words(for component: Component) -> RichText {
        let isOnly = groups.count == 1
        let place: RichText = isOnly ? "" : " (" + words(forGroup: component.group) + ")"
        let first = MixedModelSummary.label(component.term1 ?? "", labels)
        if let second = component.term2 {
            return "Covariance of " + first + " and " + MixedModelSummary.label(second, labels) + place
        }
        if component.term1 == "(Intercept)" { return "Between-group variance, τ²" + place }
        return "Variance of the slope of " + first + place
    }

    // MARK: Fit

    var fitRows: [Table.Row] {
        var rows: [Table.Row] = [.heading("Fit")]
        if models.contains(where: { $0.snijdersBosker != nil }) {
            rows.append(row("Pseudo-\(emphasis: "R")² level 1") { share($0, $0.snijdersBosker?.level1) })
            rows.append(row("Pseudo-\(emphasis: "R")² level 2") { share($0, $0.snijdersBosker?.level2) })
        } else if models.contains(where: { $0.nakagawa != nil }) {
            rows.append(row("Marginal \(emphasis: "R")²") { share($0, $0.nakagawa?.marginal) })
            rows.append(row("Conditional \(emphasis: "R")²") { .number($0.nakagawa?.conditional, .bounded(3)) })
        }
        rows.append(row("Deviance") { .number($0.criteria.deviance, .fixed(2)) })
        rows.append(row("Parameters") { .integer($0.criteria.parameterCount) })
        var coefficients: [String] = []
        for test in models.flatMap({ $0.varianceTests?.rows ?? [] }) where !coefficients.contains(test.coefficient) {
            coefficients.append(test.coefficient)
        }
        for coefficient in coefficients {
            let of: RichText =
                coefficients.count == 1 ? "" : ", " + MixedModelSummary.label(coefficient, labels)
            rows.append(
                row("χ²" + of) { model in
                    model.varianceTests?.rows.first { $0.coefficient == coefficient }.map {
                        .estimate($0.chiSquared, .fixed(2), p: $0.pValue)
                    } ?? .empty
                })
            rows.append(
                row("\(emphasis: "df")" + of) { model in
                    model.varianceTests?.rows.first { $0.coefficient == coefficient }.map {
                        .integer($0.degreesOfFreedom)
                    } ?? .empty
                })
        }
        rows.append(row("\(emphasis: "N") rows") { .integer($0.fit.design.rowCount) })
        for group in groups {
            rows.append(
                row("\(emphasis: "N") " + words(forGroup: group)) { model in
                    model.groupings.first { $0.factor == group }.map { .integer($0.count) } ?? .empty
                })
        }
        return rows
    }

    /// The model without predictors is what the others are compared with.
    private func share(_ model: MixedModelSummary, _ value: Double?) -> Cell {
        model.isNull ? .empty : .number(value, .bounded(3))
    }

    // MARK: Notes

    var notes: [RichText] {
        var notes: [RichText] = [
            stacksErrors ? "Standard errors in parentheses below the estimates." : "Standard errors in parentheses."
        ]
        if let first = models.first {
            notes.append(MixedModelSummary.method(first.fit.criterion, first.fixedEffects.options))
        }
        let figures = models.compactMap(\.snijdersBosker)
        if !figures.isEmpty {
            notes.append("Pseudo-" + Table.snijdersBoskerNote(figures))
        } else if models.contains(where: { $0.nakagawa != nil }) {
            notes.append("\(emphasis: "R")²: Nakagawa and Schielzeth (2013).")
        }
        let tests = models.compactMap(\.varianceTests)
        if !tests.isEmpty {
            var text: RichText =
                "χ²: HLM's test that a variance between groups is zero (Raudenbush & Bryk, 2002), whose \(emphasis: "p") the stars of the variances show"
            if let fewest = tests.map(\.groupsUsed).min(), let all = tests.first?.groupCount, fewest < all {
                text.append("; it rests on \(fewest) of \(all) units, those with sufficient data of their own")
            }
            notes.append(text + ".")
        }
        if let first = models.first {
            let hasHLM = models.contains { $0.criteria.hlmParameterCount != $0.criteria.parameterCount }
            var text: RichText =
                first.fit.criterion == .reml
                ? "Deviance: REML criterion, which models with different fixed effects must not be compared by"
                : "Deviance: −2 log likelihood"
            text.append("; parameters: fixed effects, variances and covariances")
            if hasHLM { text.append(" (HLM counts the latter alone under REML)") }
            notes.append(text + ".")
        }
        if Set(models.map(\.fit.design.rowCount)).count > 1 {
            notes.append("The models rest on different numbers of rows; their deviances must not be compared.")
        }
        return notes
    }
}
