import Datasets
import StructuralModels

extension Study {
    /// Adds what a study that names no analyses gets: reliability, descriptive statistics, validity, method bias and
    /// alternative models of its scales, and a structural model with the paths of its hypotheses.
    ///
    /// - Parameter dataset: The data, whose variables ranges of items are expanded by.
    mutating func addUsualAnalyses(for dataset: Dataset) {
        guard analyses.allSatisfy(\.kind.isSampleSize) else { return }
        let place = hypotheses.first?.test.place ?? .start
        func add(_ kind: PlannedAnalysis.Kind) { analyses.append(PlannedAnalysis(kind: kind, place: place)) }
        if codebook.codebook.scales.isEmpty {
            add(.describe(.all))
        } else {
            for kind: PlannedAnalysis.Kind in [.reliability(.all), .describe(.all), .validity(.all)] { add(kind) }
            if codebook.constructs.count > 1 {
                add(.methodBias(MethodBiasPlan()))
                add(.comparison(ComparisonPlan(subject: .constructs(.all))))
            }
        }
        guard let text = hypothesisedModel(dataset) else { return }
        var plan = StructuralPlan(
            name: Located("hypotheses", at: place),
            model: ModelText(text: text, place: place, isBlock: false, indentation: 0))
        let hasIndirect = hypotheses.contains {
            switch $0.test.value {
            case .chain, .total: true
            default: false
            }
        }
        if hasIndirect { plan.bootstrap = BootstrapPlan() }
        add(.structural(plan))
    }

    /// The model that the hypotheses state: each construct with its items, or the means of its dimensions, and the paths.
    private func hypothesisedModel(_ dataset: Dataset) -> String? {
        var names: [String] = [], lines: [String] = []
        func name(_ names: inout [String], _ added: [String]) {
            for name in added where !names.contains(name) { names.append(name) }
        }
        func add(_ line: String) { if !lines.contains(line) { lines.append(line) } }
        func path(_ cause: String, _ outcome: String) {
            add("\(StudyDraft.modelName(outcome)) ~ \(StudyDraft.modelName(cause))")
        }
        for hypothesis in hypotheses {
            switch hypothesis.test.value {
            case .path(let cause, let outcome):
                name(&names, [cause, outcome])
                path(cause, outcome)
            case .chain(let chain):
                name(&names, chain)
                for (cause, outcome) in zip(chain, chain.dropFirst()) { path(cause, outcome) }
            case .total(let cause, let outcome):
                name(&names, [cause, outcome])
            case .covariance(let a, let b):
                name(&names, [a, b])
                add("\(StudyDraft.modelName(a)) ~~ \(StudyDraft.modelName(b))")
            case .parameter, .effect: break
            }
        }
        guard !lines.isEmpty else { return nil }
        var measurement: [String] = []
        for name in names {
            guard let scale = codebook.codebook[name] else { continue }
            let indicators: [String]
            switch scale.content {
            case .dimensions(let dimensions): indicators = dimensions
            case .items: indicators = (try? codebook.codebook.items(of: name, in: dataset)) ?? []
            }
            guard indicators.count > 1 else { continue }
            measurement.append(
                "\(StudyDraft.modelName(name)) =~ \(indicators.map(StudyDraft.modelName).joined(separator: " + "))")
        }
        return (measurement + lines).joined(separator: "\n") + "\n"
    }
}
