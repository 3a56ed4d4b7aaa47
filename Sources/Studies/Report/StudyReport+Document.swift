import Datasets
import MixedModels
import Optimization
import Psychometrics
public import Reporting
import StructuralModels

extension StudyReport {
    /// The report, ready for a renderer.
    public var document: Document {
        let labels = self.labels
        var sections = study.isPlanOnly ? [] : [dataSection(labels)]
        for (index, result) in results.enumerated() {
            guard var section = section(of: result, labels) else { continue }
            if let name = name(ofResult: index) { section.heading = section.heading + ": \(name)" }
            sections.append(section)
        }
        if !verdicts.isEmpty { sections.append(hypothesisSection(labels)) }
        sections.append(diagnosticsSection)
        sections.append(methodsSection)
        return Document(
            title: RichText(study.title),
            subtitle: study.authors.isEmpty ? nil : RichText(study.authors.joined(separator: ", ")),
            notes: (study.isPlanOnly ? [] : [Self.filesNote(dataFiles)]) + [
                "Assay \(AssayVersion.current), seed \(String(study.seed)). The same data, study file and version give the same report, byte for byte."
            ], blocks: overview, sections: sections
        ).numbered()
    }

    /// The data files and their hashes, the main one first.
    var dataFiles: [(name: String, hash: String)] {
        var rest = data.hash, joined: [(name: String, hash: String)] = []
        for join in study.joins.reversed() {
            let name = FilePath.name(of: join.file.value), hash = String(rest.suffix(64))
            guard rest.hasSuffix(", \(name) \(hash)") else { continue }
            rest.removeLast(name.count + hash.count + 3)
            joined.append((name, hash))
        }
        return [(data.report.file, rest)] + joined.reversed()
    }

    private static func filesNote(_ files: [(name: String, hash: String)]) -> RichText {
        var text: RichText = "Data: "
        for (index, file) in files.enumerated() {
            text.append("\(index > 0 ? "; " : "")\(file.name), SHA-256 \(code: file.hash)" as RichText)
        }
        return text
    }

    /// The tables and figures of the analyses alone, for a terminal.
    public var documentOfAnalyses: Document {
        let sections = results.compactMap { section(of: $0, labels) }
        return Document(
            title: sections.first?.heading ?? RichText(study.title),
            blocks: sections.flatMap(\.blocks).filter { if case .figure = $0 { false } else { true } }
        ).numbered()
    }

    /// The words for scales and variables: what the codebook says, then what the file says.
    var labels: VariableLabels {
        var words: [String: String] = [:]
        for column in data.dataset.columns { if let label = column.label { words[column.name] = label } }
        for scale in study.codebook.codebook.scales { if let label = scale.label { words[scale.name] = label } }
        return VariableLabels(words)
    }

    /// What came out, in two sentences.
    private var overview: [Document.Block] {
        var blocks: [Document.Block] = []
        if !study.note.isEmpty { blocks.append(.callout(.init(.note, RichText(study.note)))) }
        if !verdicts.isEmpty {
            func names(_ outcome: HypothesisVerdict.Outcome) -> [String] {
                verdicts.filter { $0.outcome == outcome }.map(\.name)
            }
            let supported = names(.supported)
            var text: RichText =
                "\(supported.count) of \(verdicts.count) hypotheses \(supported.count == 1 ? "is" : "are") supported"
            if !supported.isEmpty { text.append(" (\(supported.joined(separator: ", ")))") }
            for outcome in [HypothesisVerdict.Outcome.contradicted, .untested] where !names(outcome).isEmpty {
                text.append("; \(outcome.rawValue): \(names(outcome).joined(separator: ", "))")
            }
            blocks.append(.callout(.init(.note, text + ".")))
        }
        for failure in failures {
            blocks.append(
                .callout(.init(.warning, "\(failure.analysis) could not be carried out: \(failure.reason)")))
        }
        return blocks
    }

    private func dataSection(_ labels: VariableLabels) -> Document.Section {
        let report = data.report
        var items: [RichText] = [
            "\(report.rowCount) cases and \(report.columnCount) variables were read from \(code: report.file)."
        ]
        for join in study.joins {
            items.append(
                "The variables of \(code: FilePath.name(of: join.file.value)) were joined to them by \(join.by.joined(separator: ", ")); the data then have \(data.importedVariableCount) variables."
            )
        }
        for note in data.notes {
            switch note {
            case .reversed, .declaredMissing: items.append(RichText(note.description))
            case .unusedRange, .sharedItem: break
            }
        }
        if let sentence = data.screening?.missingSentence { items.append(RichText(sentence)) }
        let scales = study.codebook.codebook.scales
        if !scales.isEmpty {
            items.append(
                "\(study.codebook.firstOrderScales.count) scales; a scale's mean is that of the items answered, when at least half of them are; where a model names a scale that it does not define with \(code: "=~"), this mean enters."
            )
        }
        for case .structural(let plan, let result) in results {
            items.append(
                "Model \(plan.name.value): \(emphasis: "N") = \(result.model.caseCount) cases complete in its variables\(result.model.omittedCount > 0 ? ", \(result.model.omittedCount) left out" : "")."
            )
        }
        for case .mixed(let plan, let sequence) in results {
            guard let design = sequence.models.first?.analysis.fit.design else { continue }
            items.append("\(plan.title): \(emphasis: "N") = \(design.rowCount) of \(design.frameRowCount) rows.")
        }
        items += data.preparationNotes.map { RichText($0) }
        var blocks: [Document.Block] = [.list(items, ordered: false)]
        if let levels = data.levels { blocks.append(.table(levelsTable(levels, labels))) }
        return Document.Section("Data", blocks: blocks)
    }

    // MARK: Analyses

    private func section(of result: AnalysisResult, _ labels: VariableLabels) -> Document.Section? {
        switch result {
        case .sample(let variables):
            return Document.Section(
                "Sample",
                blocks: [.table(.sample(variables, caseCount: data.dataset.rowCount, labels: labels))])
        case .descriptives(let analysis, let alphas): return descriptives(analysis, alphas, labels)
        case .reliability(let analysis, let groups):
            return Document.Section(
                "Reliability",
                blocks: [.table(.reliability(groups, overall: analysis.overallAlpha?.value, labels: labels))])
        case .factorAnalysis(let analysis, let parallel):
            var blocks: [Document.Block] = []
            if let parallel { blocks += parallelBlocks(parallel) }
            blocks.append(.table(.loadings(analysis.result)))
            return Document.Section("Exploratory factor analysis", blocks: blocks)
        case .parallelAnalysis(let analysis):
            return Document.Section("Number of factors", blocks: parallelBlocks(analysis))
        case .validity(let analysis): return validity(analysis, labels)
        case .methodBias(let analysis, _):
            var blocks: [Document.Block] = [.table(.methodBias(analysis))]
            if let marker = analysis.marker { blocks.append(.table(.marker(marker, labels: labels))) }
            return Document.Section("Common method bias", blocks: blocks)
        case .structural(let plan, let result): return structural(plan, result, labels)
        case .comparison(let table): return comparison(table)
        case .mixed(let plan, let sequence): return section(plan, sequence, labels)
        case .multilevelDescriptives(let plan, let analysis): return section(plan, analysis.descriptives, labels)
        case .agreement(let analysis):
            return section(analysis.agreement, analysis.reliability, analysis.groups.name, labels)
        case .attrition(let study):
            return Document.Section(
                "Cases kept and lost", blocks: Document.Block.attrition(study.analysis, labels: labels))
        case .compliance(let compliance): return section(compliance, labels)
        case .schedule(let result): return section(result, labels)
        case .configurational(let plan, let study): return section(plan, study, labels)
        case .sampleSize(let plan): return Document.Section(plan.title, blocks: plan.blocks)
        case .allocation(let study): return Document.Section("Allocation of the sample", blocks: study.blocks)
        case .sampling(let study): return Document.Section("Sample drawn", blocks: study.blocks())
        case .response(let study): return Document.Section("Response", blocks: study.blocks(labels: labels))
        case .screening(let study): return Document.Section("Screening for careless responding", blocks: study.blocks())
        case .failed: return nil
        }
    }

    private func descriptives(
        _ analysis: DescriptiveAnalysis, _ alphas: [Double?], _ labels: VariableLabels
    ) -> Document.Section {
        var blocks: [Document.Block] = [
            .table(.descriptives(analysis.variables, varianceInflation: analysis.varianceInflation, labels: labels))
        ]
        let names = analysis.correlations.variables
        // Beside many columns there is no room for the wording of questions.
        let labels = names.count > 6 ? labels.shorter(than: 30) : labels
        if names.count > 1 {
            let hasAlphas = alphas.contains { $0 != nil }
            if names.count <= 20 {
                blocks.append(
                    .table(
                        .correlations(
                            analysis.correlations, variables: analysis.variables, diagonal: hasAlphas ? alphas : nil,
                            labels: labels, note: hasAlphas ? "Diagonal: Cronbach's α." : nil)))
            }
            let map = CorrelationHeatMap(
                labels: names.map { labels[$0] ?? $0 },
                correlations: analysis.correlations.correlations.map { $0.map { $0 ?? .nan } })
            blocks.append(.figure(Figure(title: "Correlations", drawing: map.drawing())))
        }
        if let mardia = analysis.mardia { blocks.append(.table(.mardia(mardia))) }
        return Document.Section("Descriptive statistics", blocks: blocks)
    }

    private func parallelBlocks(_ analysis: ParallelAnalysis) -> [Document.Block] {
        let plot = ScreePlot(
            eigenvalues: analysis.eigenvalues, randomMeans: analysis.meanEigenvalues,
            randomPercentiles: analysis.thresholds)
        return [
            .table(.parallelAnalysis(analysis)),
            .figure(Figure(title: "Scree plot with parallel analysis", drawing: plot.drawing())),
        ]
    }

    private func validity(_ analysis: ValidityAnalysis, _ labels: VariableLabels) -> Document.Section {
        var blocks: [Document.Block] = []
        for part in analysis.parts {
            let name = part.construct.map { labels.text($0) }
            var title: RichText = "Convergent Validity"
            if let name { title = "Convergent Validity of " + name }
            var note: RichText?
            if part.construct != nil {
                note =
                    part.isCorrelated
                    ? "Two dimensions do not identify a second-order factor: they are correlated factors here."
                    : "Second-order confirmatory factor analysis."
            }
            blocks.append(.table(.convergentValidity(part.validity, labels: labels, title: title, note: note)))
        }
        var models = analysis.parts.map { part in
            Table.ComparedModel(
                name: part.construct.map { labels.full($0) } ?? "Measurement model", fit: part.model.fitMeasures())
        }
        if let joint = analysis.joint, analysis.parts.contains(where: { $0.construct != nil }) {
            models.append(.init(name: "All constructs together", fit: joint.fitMeasures()))
        }
        blocks.append(.table(.comparison(models, title: "Fit of the Measurement Models")))
        if let discriminant = analysis.discriminant {
            blocks.append(.table(.fornellLarcker(discriminant, labels: labels)))
        }
        if let ratios = analysis.ratios {
            let hasDimensions = analysis.parts.contains { $0.construct != nil }
            blocks.append(
                .table(
                    .heterotraitMonotrait(
                        ratios, labels: labels, draws: analysis.draws,
                        note: hasDimensions ? "Constructs with dimensions enter with the means of these." : nil)))
        }
        return Document.Section("Validity", blocks: blocks)
    }

    private func structural(
        _ plan: StructuralPlan, _ result: StructuralResult, _ labels: VariableLabels
    ) -> Document.Section {
        let hasRegressions = result.estimates.contains { $0.op == "~" }
        var blocks: [Document.Block] = [
            .paragraph(
                "Maximum likelihood (\(result.model.options.likelihood.rawValue)), \(emphasis: "N") = \(result.model.caseCount), \(result.model.parameterCount) free parameters."
            ),
            .preformatted(plan.model.text.trimmed), .table(.fit(result.fit)),
        ]
        if let p = result.bollenStine {
            blocks.append(.paragraph("Bollen–Stine bootstrap test of fit: \(p: p)."))
        }
        blocks += diagrams(plan, result, labels)
        blocks.append(
            .table(
                .paths(
                    result.estimates,
                    title: hasRegressions ? "Path Coefficients of the Model" : "Loadings of the Model",
                    alpha: study.alpha)))
        if let table = Table.lowerOrderLoadings(result.estimates, alpha: study.alpha) { blocks.append(.table(table)) }
        let shares = RSquared.values(result.estimates).filter { share in
            result.estimates.contains { $0.op == "~" && $0.lhs == share.variable }
        }
        if !shares.isEmpty { blocks.append(.table(.rSquared(shares, labels: labels))) }
        if let table = Table.estimates(result.estimates, kind: .covariances, labels: labels) {
            blocks.append(.table(table))
        }
        if let table = Table.estimates(result.estimates, kind: .definitions) { blocks.append(.table(table)) }
        blocks += result.effectTables(labels).map { .table($0) }
        blocks += histograms(result)
        if plan.modificationIndices > 0 {
            blocks.append(
                .table(.modificationIndices(result.model.modificationIndices(), limit: plan.modificationIndices)))
        }
        return Document.Section("Model \(plan.name.value)", blocks: blocks)
    }

    private static var diagramNote: RichText {
        "Standardised estimates; dashed: not significant. " + SignificanceStars.standard.note
    }

    /// The bootstrap distributions of the first indirect effects.
    private func histograms(_ result: StructuralResult) -> [Document.Block] {
        guard let bootstrap = result.bootstrap else { return [] }
        let indirect = result.effects.indices.filter { result.effects[$0].kind == .specificIndirect }.prefix(4)
        return indirect.compactMap { index in
            let draws = bootstrap.result.effectDraws(index, standardized: false)
            let summary = bootstrap.effects[index].raw
            guard draws.count > 1 else { return nil }
            var interval: ClosedRange<Double>?
            if let lower = summary?.lower, let upper = summary?.upper, lower <= upper { interval = lower...upper }
            let effect = result.effects[index]
            let histogram = Histogram(
                values: draws, estimate: effect.raw.estimate, interval: interval,
                title: "Bootstrap distribution of \(effect.text)", horizontalTitle: effect.text)
            return .figure(
                Figure(
                    title: "Bootstrap distribution of the indirect effect \(effect.text)",
                    drawing: histogram.drawing(), note: "\(draws.count) draws; unstandardised."))
        }
    }

    private func comparison(_ table: ModelComparisonTable) -> Document.Section {
        let hasDimensions = study.codebook.constructs.contains { !study.codebook.dimensions(of: $0.name).isEmpty }
        var blocks: [Document.Block] = []
        if !table.models.isEmpty {
            blocks.append(
                .table(
                    .comparison(
                        table.models, title: RichText(table.name),
                        note: table.isMerging
                            ? "From each model to the next, the two constructs with the highest correlation are made one.\(hasDimensions ? " Constructs with dimensions are measured by the means of these." : "")"
                            : nil)))
        }
        for failure in table.failures {
            blocks.append(.callout(.init(.warning, "\(failure.name): \(failure.reason)")))
        }
        return Document.Section(RichText(table.name), blocks: blocks)
    }

    // MARK: Hypotheses

    private func hypothesisSection(_ labels: VariableLabels) -> Document.Section {
        var blocks: [Document.Block] = []
        if let diagram = conceptualDiagram(labels) {
            blocks.append(.figure(Figure(title: "Hypotheses", drawing: diagram.drawing())))
        }
        blocks.append(.table(.hypotheses(verdicts)))
        for verdict in verdicts where verdict.chain.count > 1 {
            guard let diagram = diagram(of: verdict, labels) else { continue }
            var title: RichText = "Result for \(verdict.name)"
            if !verdict.claim.isEmpty { title.append(": \(verdict.claim)") }
            blocks.append(
                .figure(
                    Figure(
                        title: title, drawing: diagram.drawing(),
                        note: "\(verdict.outcome.title). " + Self.diagramNote)))
        }
        return Document.Section("Hypotheses", blocks: blocks)
    }

    /// The model as drawn: whole where that fits a page, else first without the items of dimensions.
    private func diagrams(
        _ plan: StructuralPlan, _ result: StructuralResult, _ labels: VariableLabels
    ) -> [Document.Block] {
        let model = result.model.model
        let hasManyItems = model.observedVariables.count > 24
        func figure(_ detail: PathDiagram.Detail, _ title: RichText, _ note: RichText) -> Document.Block? {
            guard
                let diagram = try? PathDiagram(
                    model, estimates: result.estimates, labels: labels, title: "Model \(plan.name.value)",
                    detail: detail)
            else { return nil }
            // Residual covariances are read more easily between error circles, as long as there is room for these.
            let withErrors = !diagram.covariances.isEmpty && diagram.nodes.count <= 24
            let drawing = (withErrors ? diagram.addingErrors() : diagram).drawing()
            return .figure(Figure(title: title, drawing: drawing, note: note))
        }
        let whole = figure(.everything, "Standardised estimates of the model", Self.diagramNote)
        guard hasManyItems, model.latentVariables.count > 4,
            let outline = figure(
                .dimensions, "Standardised estimates of the model without items",
                Self.diagramNote + " The items are in the next figure.")
        else { return [whole].compactMap(\.self) }
        return [outline, whole].compactMap(\.self)
    }

    /// The variables of the hypotheses with the names of these on the arrows.
    private func conceptualDiagram(_ labels: VariableLabels) -> PathDiagram? {
        let tested = verdicts.filter { $0.chain.count == 2 }
        guard !tested.isEmpty else { return nil }
        var names: [String] = []
        for name in tested.flatMap(\.chain) where !names.contains(name) { names.append(name) }
        return try? PathDiagram(
            title: "Hypotheses",
            nodes: names.map { PathDiagram.Node($0, label: Self.productLabel($0, labels), kind: .observed) },
            paths: tested.map { verdict in
                let sign =
                    switch verdict.expectation {
                    case "positive": " (+)"
                    case "negative": " (−)"
                    default: ""
                    }
                return PathDiagram.Path(
                    verdict.chain[0], verdict.chain[1], kind: .regression, label: verdict.name + sign)
            })
    }

    private func diagram(of verdict: HypothesisVerdict, _ labels: VariableLabels) -> PathDiagram? {
        for case .structural(let plan, let result) in results where plan.name.value == verdict.model {
            let links = zip(verdict.chain, verdict.chain.dropFirst()).map { (cause: $0, outcome: $1) }
            return try? PathDiagram(
                result.model.model, estimates: result.estimates, labels: labels, title: "Result for \(verdict.name)",
                highlighted: links, detail: .structure)
        }
        return nil
    }

    // MARK: Diagnostics and methods

    private var diagnosticsSection: Document.Section {
        let entries = diagnostics
        guard !entries.isEmpty else {
            return Document.Section("Diagnostics", blocks: [.paragraph("Nothing was found that asks for attention.")])
        }
        return Document.Section(
            "Diagnostics",
            blocks: entries.flatMap { entry -> [Document.Block] in
                [
                    .paragraph("\(strong: entry.subject)"),
                    .list(
                        entry.warnings.map { $0.contains("`") ? RichText(sentence: $0) : RichText($0) }, ordered: false),
                ]
            })
    }
}
