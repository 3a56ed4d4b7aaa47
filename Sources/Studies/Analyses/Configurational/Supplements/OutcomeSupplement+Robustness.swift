import Datasets
import SetTheoreticAnalysis

extension OutcomeSupplement {
    /// Sensitivity to cuts and anchors, stability under changes of the cases, and comparison with alternatives.
    mutating func addRobustness(
        _ dataset: Dataset, _ analysis: ConfigurationalAnalysis, settings: SupplementarySettings,
        progress: @escaping @Sendable (String) -> Void
    ) throws {
        guard let model, let solutions = analysis.outcome.solutions else { return }
        if settings.examinesSensitivity {
            progress("sensitivity to cuts and anchors")
            cutSensitivity = try CutSensitivity(solutions, kind: model.kind)
            let results = analysis.cases.calibrations.filter {
                analysis.settings.conditions.contains($0.name) || outcome.setNames.contains($0.name)
            }
            if !results.isEmpty {
                anchorSensitivity = try AnchorSensitivity(
                    solutions, kind: model.kind, data: analysis.cases.data,
                    raw: Dictionary(results.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first }),
                    calibrations: Dictionary(
                        results.map { ($0.name, $0.calibration) }, uniquingKeysWith: { first, _ in first }),
                    options: .init(threads: settings.threads))
            }
        }
        if let draws = settings.stabilityDraws {
            progress("leaving out cases")
            stability = try SolutionStability(
                solutions, kind: model.kind,
                options: .init(replications: draws, seed: settings.seed, threads: settings.threads)
            ) { done in
                if done % 100 == 0 { progress("bootstrap of cases: \(done) of \(draws)") }
                return true
            }
        }
        if !settings.alternatives.isEmpty {
            try addAlternatives(dataset, analysis, model: model, texts: settings.alternatives, progress: progress)
        }
    }

    /// How many models of an alternative are compared with the initial solution.
    private static let comparedModels = 10_000

    private mutating func addAlternatives(
        _ dataset: Dataset, _ analysis: ConfigurationalAnalysis, model: ExaminedModel, texts: [String],
        progress: (String) -> Void
    ) throws {
        let initial = SolutionMembership(name: "initial solution", terms: model.terms, in: analysis.outcome.table)
        var tests: [SolutionMembership] = []
        for text in texts {
            progress("alternative \(text)")
            var changed = try AlternativeSpecification(parsing: text)
                .applied(to: analysis.settings, sets: analysis.cases.data.sets.map(\.name))
            changed.analysesNegation = false
            let other: ConfigurationalAnalysis
            do {
                other = try ConfigurationalAnalysis(dataset, settings: changed)
            } catch let error as SetTheoryError {
                throw AnalysisError.unsuitable("the alternative `\(text)`: \(error)")
            }
            guard let solution = other.outcome.solutions?[model.kind], !solution.models.isEmpty else {
                throw AnalysisError.unsuitable("the alternative `\(text)` has no \(model.kind.rawValue) solution")
            }
            // Of models that fit equally well the one closest to the initial solution is taken: another choice would
            // call a specification that changes nothing a change.
            var known: [Conjunction: [Double]] = [:]
            var best = (position: 0, coincidence: -1.0)
            for (position, candidate) in solution.models.prefix(Self.comparedModels).enumerated() {
                var values = [Double](repeating: 0, count: other.outcome.table.data.cases.count)
                for term in candidate.terms {
                    let membership = known[term] ?? other.outcome.table.membership(in: term)
                    known[term] = membership
                    for row in values.indices { values[row] = max(values[row], membership[row]) }
                }
                let coincidence = initial.coincidence(with: values)
                if coincidence > best.coincidence { best = (position, coincidence) }
            }
            let test = SolutionMembership(
                name: text, terms: solution.models[best.position].terms, in: other.outcome.table)
            tests.append(test)
            alternatives.append(
                Alternative(
                    text: text, expression: test.expression, modelCount: solution.proof.modelCount,
                    fit: solution.models[best.position].fit.model))
        }
        robustness = try TestSetRobustness(initial, against: tests, outcome: analysis.outcome.table.outcomeMembership)
    }
}

extension SolutionMembership {
    /// Σ min / Σ max with another solution of the same cases; 0 where the cases differ.
    fileprivate func coincidence(with others: [Double]) -> Double {
        guard values.count == others.count else { return 0 }
        var smaller = 0.0, larger = 0.0
        for (a, b) in zip(values, others) {
            smaller += min(a, b)
            larger += max(a, b)
        }
        return larger > 0 ? smaller / larger : 1
    }
}
