public import Datasets
import LinearAlgebra
import Psychometrics
import Reporting
import StructuralModels

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Study {
    /// Carries out the plan.
    ///
    /// An analysis that fails is noted in the report; the others go on.
    /// - Parameters:
    ///   - imported: The data as they were read.
    ///   - hash: The hash of their file.
    ///   - threads: The number of threads; nil for all cores. Results do not depend on it.
    ///   - progress: Called with what is being done.
    /// - Throws: `DatasetError` when the codebook cannot be carried out.
    public func run(
        _ imported: ImportedDataset, hash: String, threads: Int? = nil,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> StudyReport {
        // Before there are data, the codebook has nothing to be carried out on.
        let data = try StudyData(
            imported, hash: hash, codebook: isPlanOnly ? StudyCodebook() : codebook,
            preparation: isPlanOnly ? StudyPreparation() : preparation)
        let run = StudyRun(study: self, data: data, threads: threads, progress: progress)
        var results: [StudyReport.AnalysisResult] = []
        for analysis in analyses {
            progress(analysis.title)
            do {
                results.append(try run.result(of: analysis.kind))
            } catch {
                results.append(.failed(analysis: analysis.title, reason: "\(error)"))
            }
        }
        return StudyReport(
            study: self, data: data, results: results, verdicts: hypotheses.map { run.verdict(on: $0, results) })
    }
}

extension PlannedAnalysis.Kind {
    /// The analysis in words.
    var title: String {
        switch self {
        case .sample: "Description of the sample"
        case .describe: "Descriptive statistics"
        case .reliability: "Reliability"
        case .factorAnalysis: "Factor analysis"
        case .parallelAnalysis: "Parallel analysis"
        case .validity: "Validity"
        case .methodBias: "Common method bias"
        case .structural(let plan): "Model \(plan.name.value)"
        case .comparison(let plan): plan.name
        case .mixed(let plan): plan.title
        case .multilevelDescriptives: "Descriptive statistics at each level"
        case .agreement: "Agreement within groups"
        case .attrition: "Cases kept and lost"
        case .compliance: "Compliance"
        case .schedule: "Schedule"
        case .configurational: "Qualitative comparative analysis"
        case .sampleSize(let plan): "Sample size and power: \(plan.title)"
        case .allocation: "Allocation of the sample"
        case .sampling: "Sample"
        case .response: "Response"
        case .screening: "Screening for careless responding"
        }
    }
}

struct StudyRun {
    let study: Study
    let data: StudyData
    let threads: Int?
    let progress: @Sendable (String) -> Void

    var dataset: Dataset { data.dataset }
    var codebook: Codebook { study.codebook.codebook }

    func result(of kind: PlannedAnalysis.Kind) throws -> StudyReport.AnalysisResult {
        switch kind {
        case .sample(let names): return .sample(try names.map { try sampleVariable($0.value) })
        case .describe(let selection): return try describe(selection)
        case .reliability(let selection): return try reliability(selection)
        case .factorAnalysis(let plan): return try factorAnalysis(plan)
        case .parallelAnalysis(let selection): return .parallelAnalysis(try parallelAnalysis(try items(selection)))
        case .validity(let selection):
            return .validity(
                try ValidityAnalysis(
                    constructs(selection), codebook: study.codebook, dataset: dataset, seed: study.seed))
        case .methodBias(let plan): return try methodBias(plan)
        case .structural(let plan): return try structural(plan)
        case .comparison(let plan): return .comparison(try comparison(plan))
        case .mixed(let plan): return .mixed(plan, try mixedModels(plan))
        case .multilevelDescriptives(let plan): return .multilevelDescriptives(plan, try multilevelDescriptives(plan))
        case .agreement(let plan): return .agreement(try agreement(plan))
        case .attrition(let plan): return .attrition(try attrition(plan))
        case .compliance(let plan): return .compliance(try compliance(plan))
        case .schedule(let plan): return .schedule(try schedule(plan))
        case .sampleSize(let plan):
            return .sampleSize(
                try plan.result(PlanningContext(seed: study.seed, threads: threads, progress: progress)))
        case .allocation(let plan): return .allocation(try plan.study(of: dataset))
        case .sampling(let plan): return .sampling(try plan.study(of: dataset, seed: study.seed))
        case .response(let plan): return .response(try ResponseStudy(dataset, plan.request))
        case .screening(let plan): return .screening(try screening(plan))
        case .configurational(let plan):
            return .configurational(
                plan,
                try ConfigurationalStudy(
                    dataset, plan: plan, levels: study.preparation.levels, seed: study.seed,
                    threads: threads ?? ProcessInfo.processInfo.activeProcessorCount, progress: progress))
        }
    }

    // MARK: What names mean

    /// The constructs that a selection names.
    func constructs(_ selection: Selection) -> [String] {
        switch selection {
        case .all: study.codebook.constructs.map(\.name)
        case .names(let names): names.map(\.value)
        }
    }

    /// The scales of items behind constructs, each once.
    func firstOrder(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.flatMap { name in
            let dimensions = study.codebook.dimensions(of: name)
            return dimensions.isEmpty ? [name] : dimensions
        }.filter { seen.insert($0).inserted }
    }

    /// The items that a selection of scales, variables and ranges names, each once.
    func items(_ selection: Selection) throws -> [String] {
        var result: [String] = []
        switch selection {
        case .all:
            for scale in study.codebook.firstOrderScales { result += try codebook.items(of: scale.name, in: dataset) }
            if result.isEmpty { result = dataset.columns.filter(\.isNumeric).map(\.name) }
        case .names(let names):
            for name in names {
                result +=
                    codebook[name.value] != nil
                    ? try codebook.items(of: name.value, in: dataset) : try ItemRange(name.value).items(in: dataset)
            }
        }
        var seen: Set<String> = []
        return result.filter { seen.insert($0).inserted }
    }

    // MARK: Description

    private func sampleVariable(_ name: String) throws -> SampleVariable {
        let column = try dataset.column(name)
        let texts = column.texts
        var counts: [String: Int] = [:], order: [String] = []
        for text in texts {
            guard let text else { continue }
            if counts[text] == nil { order.append(text) }
            counts[text, default: 0] += 1
        }
        if column.isNumeric, column.valueLabels.isEmpty, order.count > 12 {
            let row = VariableDescriptives(variable: name, values: column.numbers)
            return SampleVariable(
                variable: name, categories: [], missing: row.missing,
                moments: [row.mean, row.standardDeviation, row.minimum, row.maximum].map { $0 ?? .nan })
        }
        var categories: [SampleVariable.Category] = []
        var labelled: Set<String> = []
        // The order of the labels is that of the questionnaire.
        for entry in column.valueLabels {
            let key = entry.code.description
            guard let count = counts[key], labelled.insert(key).inserted else { continue }
            categories.append(.init(label: entry.label, count: count))
        }
        var rest = order.filter { !labelled.contains($0) }
        if column.isNumeric {
            rest.sort { (Double($0) ?? 0) < (Double($1) ?? 0) }
        } else {
            rest.sort()
        }
        categories += rest.map { .init(label: $0, count: counts[$0] ?? 0) }
        return SampleVariable(variable: name, categories: categories, missing: column.missingCount)
    }

    private func describe(_ selection: Selection) throws -> StudyReport.AnalysisResult {
        var names: [String] = []
        switch selection {
        case .all:
            names = study.codebook.firstOrderScales.map(\.name)
            if names.isEmpty { names = dataset.columns.filter(\.isNumeric).map(\.name) }
        case .names(let chosen):
            for name in chosen {
                names += dataset.contains(name.value) ? [name.value] : try ItemRange(name.value).items(in: dataset)
            }
        }
        let analysis = try DescriptiveAnalysis(dataset, variables: names)
        let alphas = names.map { name -> Double? in
            guard codebook[name] != nil, let items = try? codebook.items(of: name, in: dataset), items.count > 1,
                let own = try? ReliabilityAnalysis(dataset, scales: [.init(name: name, items: items)])
            else { return nil }
            return own.overallAlpha?.value
        }
        return .descriptives(analysis, alphas: alphas)
    }

    private func reliability(_ selection: Selection) throws -> StudyReport.AnalysisResult {
        let names = constructs(selection)
        let scales = try firstOrder(names).map {
            ReliabilityAnalysis.Scale(name: $0, items: try codebook.items(of: $0, in: dataset))
        }
        let analysis = try ReliabilityAnalysis(dataset, scales: scales)
        var groups: [Table.ScaleGroup] = []
        for name in names {
            let dimensions = study.codebook.dimensions(of: name)
            let own = analysis.scales.filter { dimensions.isEmpty ? $0.name == name : dimensions.contains($0.name) }
            // Constructs without dimensions share a group, so that their column is left out where there are no others.
            if dimensions.isEmpty, let last = groups.indices.last, groups[last].construct == nil {
                groups[last].scales += own
            } else {
                groups.append(.init(construct: dimensions.isEmpty ? nil : name, scales: own))
            }
        }
        return .reliability(analysis, groups: groups)
    }

    // MARK: Factors

    private func parallelAnalysis(_ items: [String]) throws -> ParallelAnalysis {
        let table = try dataset.numericMatrix(items)
        return try ParallelAnalysis(table.matrix, items: items, seed: study.seed)
    }

    private func factorAnalysis(_ plan: FactorAnalysisPlan) throws -> StudyReport.AnalysisResult {
        let items = try items(plan.items)
        let parallel = plan.factors == nil ? try parallelAnalysis(items) : nil
        let factors = plan.factors ?? max(parallel?.suggestedFactors ?? 1, 1)
        return .factorAnalysis(
            try FactorAnalysis(dataset, items: items, factors: factors, method: plan.method, rotation: plan.rotation),
            parallel: parallel)
    }

    // MARK: Models

    private func methodBias(_ plan: MethodBiasPlan) throws -> StudyReport.AnalysisResult {
        let scales = try firstOrder(constructs(plan.constructs)).map {
            MeasurementModel.Construct(name: $0, indicators: try codebook.items(of: $0, in: dataset))
        }
        let model = MeasurementModel(constructs: scales)
        let marker = plan.marker?.value
        let names = model.items + (marker.map { model.items.contains($0) ? [] : [$0] } ?? [])
        let table = try dataset.numericMatrix(names)
        guard table.matrix.rows > 0 else { throw AnalysisError.noCompleteCases(variables: names) }
        let data = CompleteData(
            names: names, values: table.matrix, omittedCount: dataset.rowCount - table.matrix.rows)
        let result = try MethodBias(model, data: data, marker: marker)
        var warnings: [String] = []
        for check in result.checks {
            switch check.fit {
            case .success(let fit): warnings += fit.warnings.map { "\(check.kind.title): \($0)" }
            case .failure(let error): warnings.append("\(check.kind.title): \(error)")
            }
        }
        return .methodBias(result, warnings: warnings)
    }

    private func structural(_ plan: StructuralPlan) throws -> StudyReport.AnalysisResult {
        let analysis = StructuralAnalysis(
            model: plan.model.text, modelOptions: plan.options, estimation: plan.estimation)
        let model = try StructuralModel(plan.model.text, options: plan.options)
        let resampling = plan.bootstrap.map {
            StructuralAnalysis.Resampling(
                draws: $0.draws, interval: $0.interval, seed: $0.seed ?? study.seed, threads: threads,
                testsModel: $0.testsModel)
        }
        let name = plan.name.value, progress = progress
        return .structural(
            plan,
            try analysis.run(data.dataset(without: model.latentVariables), resampling: resampling) { done, total in
                progress("Model \(name): bootstrap draw \(done) of \(total)")
            })
    }

    private func comparison(_ plan: ComparisonPlan) throws -> StudyReport.ModelComparisonTable {
        var table = StudyReport.ModelComparisonTable(name: plan.name, models: [], failures: [], isMerging: false)
        func difference(_ comparison: ModelComparison?) -> (chiSquare: Double, degreesOfFreedom: Int, pValue: Double?)?
        {
            comparison.map { ($0.test.chiSquare, $0.test.degreesOfFreedom, $0.pValue) }
        }
        switch plan.subject {
        case .models(let models):
            var first: FittedModel?
            for entry in models {
                do {
                    let model = try StructuralModel(entry.model.text)
                    let fit = try StructuralAnalysis(model: entry.model.text).fit(
                        data.dataset(without: model.latentVariables))
                    let comparison = first.flatMap { first in
                        (try? ModelComparison(restricted: fit, general: first))
                            ?? (try? ModelComparison(restricted: first, general: fit))
                    }
                    table.models.append(
                        .init(
                            name: RichText(entry.name.value), fit: fit.fitMeasures(), difference: difference(comparison)
                        ))
                    if first == nil { first = fit }
                } catch { table.failures.append((entry.name.value, "\(error)")) }
            }
        case .constructs(let selection):
            table.isMerging = true
            let names = constructs(selection)
            let measured = try names.map { name in
                let dimensions = study.codebook.dimensions(of: name)
                return MeasurementModel.Construct(
                    name: name,
                    indicators: dimensions.isEmpty ? try codebook.items(of: name, in: dataset) : dimensions)
            }
            let model = MeasurementModel(constructs: measured)
            let values = try dataset.numericMatrix(model.items)
            let models = try AlternativeModels(
                model,
                data: CompleteData(
                    names: model.items, values: values.matrix, omittedCount: dataset.rowCount - values.matrix.rows))
            for alternative in models.alternatives {
                switch alternative.fit {
                case .success(let fit):
                    table.models.append(
                        .init(
                            name: RichText(alternative.name), fit: fit.fitMeasures(),
                            difference: difference(alternative.comparison)))
                case .failure(let error): table.failures.append((alternative.name, "\(error)"))
                }
            }
        }
        return table
    }

    // MARK: Hypotheses

    func verdict(on hypothesis: Hypothesis, _ results: [StudyReport.AnalysisResult]) -> HypothesisVerdict {
        var verdict = HypothesisVerdict(
            name: hypothesis.name.value, claim: hypothesis.claim ?? "", test: hypothesis.test.value.text,
            expectation: hypothesis.expectation.rawValue, alpha: hypothesis.alpha ?? study.alpha, model: nil,
            estimate: nil, standardized: nil, bootstrap: nil, outcome: .untested, chain: hypothesis.test.value.chain)
        for result in results {
            switch result {
            case .structural(let plan, let result):
                if let wanted = hypothesis.model, wanted.value != plan.name.value { continue }
                guard let figure = hypothesis.test.value.figure(in: result) else { continue }
                verdict.model = plan.name.value
                verdict.estimate = figure.raw
                verdict.standardized = figure.standardized
                verdict.bootstrap = figure.bootstrap
            case .mixed(let plan, let sequence):
                guard let found = effect(hypothesis, in: plan, sequence) else { continue }
                verdict.model = found.model
                verdict.estimate = found.figure
                verdict.test = found.test
                verdict.chain = found.chain
            default: continue
            }
            guard let p = verdict.pValue, let estimate = verdict.estimate?.estimate else { return verdict }
            let isAsExpected =
                switch hypothesis.expectation {
                case .positive: estimate > 0
                case .negative: estimate < 0
                case .nonzero: true
                }
            verdict.outcome = p >= verdict.alpha ? .notSupported : isAsExpected ? .supported : .contradicted
            return verdict
        }
        return verdict
    }
}

extension Hypothesis.Test {
    /// The test as tables print it.
    var text: String {
        switch self {
        case .path(let cause, let outcome): "\(cause) → \(outcome)"
        case .chain(let chain): chain.joined(separator: " → ")
        case .total(let cause, let outcome): "\(cause) ⇒ \(outcome) (total)"
        case .covariance(let a, let b): "\(a) ↔ \(b)"
        case .parameter(let name): name
        case .effect(let term): term
        }
    }

    /// The variables along the path that is tested.
    var chain: [String] {
        switch self {
        case .path(let cause, let outcome): [cause, outcome]
        case .chain(let chain): chain
        case .total, .covariance, .parameter, .effect: []
        }
    }

    /// The figure that a result gives for the test: indirect and total effects with their bootstrap.
    func figure(
        in result: StructuralResult
    ) -> (raw: Inference, standardized: Double?, bootstrap: BootstrapResult.Summary?)? {
        func row(_ matches: (ParameterEstimate) -> Bool) -> (Inference, Double?, BootstrapResult.Summary?)? {
            result.estimates.first(where: matches).map { ($0.raw, $0.stdAll?.estimate, nil) }
        }
        func effect(_ matches: (Effect) -> Bool) -> (Inference, Double?, BootstrapResult.Summary?)? {
            guard let index = result.effects.firstIndex(where: matches) else { return nil }
            let effect = result.effects[index]
            return (effect.raw, effect.stdAll?.estimate, result.bootstrap?.effects[index].raw)
        }
        switch self {
        case .path(let cause, let outcome): return row { $0.op == "~" && $0.lhs == outcome && $0.rhs == cause }
        case .chain(let chain): return effect { $0.kind == .specificIndirect && $0.chain == chain }
        case .total(let cause, let outcome):
            return effect { $0.kind == .total && $0.cause == cause && $0.outcome == outcome }
        case .covariance(let a, let b):
            return row { $0.op == "~~" && (($0.lhs == a && $0.rhs == b) || ($0.lhs == b && $0.rhs == a)) }
        case .effect: return nil
        case .parameter(let name):
            guard let index = result.estimates.firstIndex(where: { $0.label == name }) else { return nil }
            let estimate = result.estimates[index]
            let draws = estimate.op == ":=" ? result.bootstrap?.estimates[index].raw : nil
            return (estimate.raw, estimate.stdAll?.estimate, draws)
        }
    }
}
