import Datasets
import StructuralModels

extension Study {
    /// Every mistake of the study that shows only in the light of its data: missing variables, wrong ranges, models that
    /// cannot be read, hypotheses about paths that no model has.
    ///
    /// - Parameter dataset: The data as they were read.
    public func problems(in dataset: Dataset) -> [StudyProblem] {
        var check = StudyCheck(study: self, dataset: dataset)
        check.run()
        return check.problems
    }
}

struct StudyCheck {
    let study: Study
    let dataset: Dataset
    var problems: [StudyProblem] = []
    /// The models that can be read, with their names.
    var models: [(name: String, model: StructuralModel)] = []

    /// The models that the mixed models of the study make of the data.
    var mixedModels: [MixedModelCheck] = []
    /// The data with scales and the variables that the study makes; nil where the codebook cannot be carried out.
    var prepared: Dataset?

    var codebook: Codebook { study.codebook.codebook }
    private var scaleNames: [String] { codebook.scales.map(\.name) }

    init(study: Study, dataset: Dataset) {
        self.study = study
        self.dataset = dataset
    }

    mutating func note(_ message: String, at place: StudyPlace) { problems.append(StudyProblem(message, at: place)) }

    mutating func run() {
        let before = problems.count
        checkCodebook()
        if problems.count == before { checkValues() }
        for analysis in study.analyses { check(analysis) }
        checkModelNames()
        for hypothesis in study.hypotheses { check(hypothesis) }
    }

    // MARK: Codebook

    private mutating func checkCodebook() {
        var ranges: [String: ClosedRange<Double>] = [:]
        let names = Set(scaleNames)
        for scale in codebook.scales {
            guard case .items(let items) = scale.content else { continue }
            var seen: Set<String> = []
            for (text, place) in zip(items, study.codebook.memberPlaces[scale.name] ?? []) {
                for item in expand(text, at: place) {
                    if !seen.insert(item).inserted { note("\(scale.name) names the item \(item) twice", at: place) }
                    if names.contains(item) {
                        note(
                            "\(item) is an item and the name of a scale: the scale's mean would take the item's place; "
                                + "rename the scale", at: place)
                    }
                    if let column = dataset[item], !column.isNumeric {
                        note("\(item) holds text, but an item must hold numbers; see its first cells", at: place)
                    }
                    if let range = scale.responseRange ?? codebook.responseRange { ranges[item] = range }
                }
            }
        }
        for (text, place) in zip(codebook.reversed, study.codebook.reversedPlaces) {
            for item in expand(text, at: place) where ranges[item] == nil && codebook.responseRange == nil {
                note(
                    "\(item) cannot be reversed without a response range; add `response range: 1-5` or the like",
                    at: place)
            }
        }
        let items = Set(codebook.itemLabels.keys).union(codebook.missingByVariable.keys)
        for name in items.sorted() {
            if let place = study.codebook.variablePlaces[name] { _ = expand(name, at: place) }
        }
        for (variable, _) in study.codebook.categories { checkVariable(variable) }
    }

    /// Carries the codebook out to find answers outside their range.
    private mutating func checkValues() {
        do {
            let data = try StudyData(
                ImportedDataset(dataset: dataset, report: ImportReport(file: dataset.source, format: .csv)), hash: "",
                codebook: study.codebook)
            let result = PreparedData(data.dataset, study.preparation, codebook: codebook)
            problems += result.problems
            prepared = result.dataset
        } catch {
            note(error.description, at: study.codebook.place)
        }
    }

    /// The variables that a name or range means; what is wrong with it is noted.
    private mutating func expand(_ text: String, at place: StudyPlace) -> [String] {
        do {
            return try ItemRange(text).items(in: prepared ?? dataset)
        } catch {
            note(error.description, at: place)
            return []
        }
    }

    mutating func checkVariable(_ name: Located<String>) {
        let data = prepared ?? dataset
        guard !data.contains(name.value) else { return }
        let nearest = nearestNames(to: name.value, among: data.names).first
        note(
            "the data have no variable `\(name.value)`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""),
            at: name.place)
    }

    mutating func checkScales(_ selection: Selection, at place: StudyPlace) {
        switch selection {
        case .all where codebook.scales.isEmpty:
            note("there are no scales; define them under `codebook: scales:`", at: place)
        case .all: break
        case .names(let names):
            for name in names where codebook[name.value] == nil {
                let nearest = nearestNames(to: name.value, among: scaleNames).first
                note(
                    "there is no scale `\(name.value)`"
                        + (nearest.map { "; did you mean `\($0)`?" } ?? "; define it under `codebook: scales:`"),
                    at: name.place)
            }
        }
    }

    /// Scales, variables or ranges of variables.
    mutating func checkVariables(_ selection: Selection) {
        guard case .names(let names) = selection else { return }
        for name in names where codebook[name.value] == nil {
            let data = prepared ?? dataset
            if let nearest = nearestNames(to: name.value, among: scaleNames).first, !data.contains(name.value),
                (try? ItemRange(name.value).items(in: data)) == nil,
                nearestNames(to: name.value, among: data.names).isEmpty
            {
                note("there is no scale or variable `\(name.value)`; did you mean `\(nearest)`?", at: name.place)
            } else {
                for variable in expand(name.value, at: name.place) {
                    if let column = data[variable], !column.isNumeric {
                        note("\(variable) holds text, but numbers are needed", at: name.place)
                    }
                }
            }
        }
    }

    // MARK: Analyses

    private mutating func check(_ analysis: PlannedAnalysis) {
        switch analysis.kind {
        case .sample(let names): for name in names { checkVariable(name) }
        case .describe(let selection): checkVariables(selection)
        case .reliability(let selection), .validity(let selection): checkScales(selection, at: analysis.place)
        case .methodBias(let plan):
            checkScales(plan.constructs, at: analysis.place)
            if let marker = plan.marker { checkVariable(marker) }
        case .parallelAnalysis(let selection):
            checkVariables(selection)
        case .factorAnalysis(let plan): checkVariables(plan.items)
        case .structural(let plan):
            if let model = read(plan.model, options: plan.options) { models.append((plan.name.value, model)) }
        case .comparison(let plan):
            switch plan.subject {
            case .constructs(let selection): checkScales(selection, at: analysis.place)
            case .models(let models): for entry in models { _ = read(entry.model, options: .sem) }
            }
        case .mixed(let plan): check(plan)
        case .multilevelDescriptives(let plan): check(plan)
        case .agreement(let plan): check(plan)
        case .attrition(let plan): check(plan)
        case .compliance(let plan): check(plan)
        case .schedule(let plan): check(plan)
        case .configurational(let plan): check(plan)
        case .sampleSize: break
        case .allocation(let plan): check(plan)
        case .sampling(let plan): check(plan)
        case .response(let plan): check(plan)
        case .screening(let plan): check(plan)
        }
    }

    private mutating func checkModelNames() {
        var seen: Set<String> = []
        for analysis in study.analyses {
            guard case .structural(let plan) = analysis.kind, !seen.insert(plan.name.value).inserted else { continue }
            note("another model is named `\(plan.name.value)` already; give each its own `name:`", at: plan.name.place)
        }
    }

    private mutating func read(_ text: ModelText, options: ModelOptions) -> StructuralModel? {
        do {
            let model = try StructuralModel(text.text, options: options)
            let latent = Set(model.latentVariables)
            let columns = (prepared ?? dataset).names.filter { codebook[$0] == nil } + scaleNames
            let available = columns.filter { !latent.contains($0) || codebook[$0] == nil }
            do {
                try model.table.validate(against: available)
            } catch let error {
                noteUnknown(error, model, text)
                return nil
            }
            checkNumbers(of: model, text)
            return model
        } catch let error as ModelSyntaxError {
            let place = error.excerpt.map { text.place(line: $0.position.line, column: $0.position.column) }
            note("in the model: \(error.fault.message)", at: place ?? text.place)
        } catch {
            note("in the model: \(error)", at: text.place)
        }
        return nil
    }

    /// A problem for each observed variable of a model that holds text.
    private mutating func checkNumbers(of model: StructuralModel, _ text: ModelText) {
        for name in model.observedVariables {
            guard codebook[name] == nil, let column = (prepared ?? dataset)[name], !column.isNumeric else { continue }
            note("the model's variable `\(name)` holds text, but numbers are needed", at: place(of: name, model, text))
        }
    }

    /// Where a model names a variable first.
    private func place(of name: String, _ model: StructuralModel, _ text: ModelText) -> StudyPlace {
        let parameter = model.table.parameters.first { $0.position != nil && ($0.rhs == name || $0.lhs == name) }
        return parameter?.position.map { text.place(line: $0.line, column: $0.column) } ?? text.place
    }

    /// A problem for each variable that the data lack, where the model names it first.
    private mutating func noteUnknown(_ error: ModelSyntaxError, _ model: StructuralModel, _ text: ModelText) {
        func place(of name: String) -> StudyPlace { self.place(of: name, model, text) }
        switch error.fault {
        case .unknownVariables(let names, let nearest):
            for (name, near) in zip(names, nearest) {
                note(
                    "the model's variable `\(name)` is neither in the data nor a scale"
                        + (near.map { "; did you mean `\($0)`?" } ?? "; define it with `=~`"), at: place(of: name))
            }
        case .latentNamedLikeColumn(let name): note("in the model: \(error.fault.message)", at: place(of: name))
        default: note("in the model: \(error.fault.message)", at: text.place)
        }
    }

    // MARK: Hypotheses

    private mutating func check(_ hypothesis: Hypothesis) {
        var candidates = models
        if isAnswered(hypothesis) { return }
        if let wanted = hypothesis.model {
            let known = study.analyses.flatMap { analysis -> [String] in
                switch analysis.kind {
                case .structural(let plan): [plan.name.value]
                case .mixed(let plan): [plan.name.value] + plan.models.map(\.name.value)
                default: []
                }
            }
            guard known.contains(wanted.value) else {
                let nearest = nearestNames(to: wanted.value, among: known).first
                note(
                    "there is no model `\(wanted.value)`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""),
                    at: wanted.place)
                return
            }
            candidates = candidates.filter { $0.name == wanted.value }
        }
        guard !candidates.isEmpty else {
            // A model that cannot be read has its own problem.
            let hasModel = study.analyses.contains {
                switch $0.kind {
                case .structural, .mixed: true
                default: false
                }
            }
            if !mixedModels.isEmpty {
                noteMissingEffect(hypothesis)
            } else if !hasModel {
                note(
                    "\(hypothesis.name.value) needs a model; add an analysis `sem` or `mixed`",
                    at: hypothesis.test.place)
            }
            return
        }
        let faults = candidates.map { hypothesis.test.value.fault(in: $0.model) }
        if let fault = faults.first, !faults.contains(where: { $0 == nil }), let fault {
            note("\(hypothesis.name.value): \(fault)", at: hypothesis.test.place)
        }
    }
}

extension Hypothesis.Test {
    /// Why a model cannot answer the test; nil when it can.
    func fault(in model: StructuralModel) -> String? {
        let regressions = model.table.parameters.filter { $0.op == .regression }
        let names = model.table.variables.latent + model.table.variables.observed
        func unknown(_ wanted: [String]) -> String? {
            guard let name = wanted.first(where: { !names.contains($0) }) else { return nil }
            let nearest = nearestNames(to: name, among: names).first
            return "the model has no variable `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        }
        func missing(_ cause: String, _ outcome: String) -> String? {
            if regressions.contains(where: { $0.lhs == outcome && $0.rhs == cause }) { return nil }
            let isReversed = regressions.contains { $0.lhs == cause && $0.rhs == outcome }
            return "the model has no path from \(cause) to \(outcome)"
                + (isReversed
                    ? "; it has one from \(outcome) to \(cause)" : "; add `\(outcome) ~ \(cause)` to the model")
        }
        switch self {
        case .path(let cause, let outcome): return unknown([cause, outcome]) ?? missing(cause, outcome)
        case .chain(let chain):
            return unknown(chain) ?? zip(chain, chain.dropFirst()).lazy.compactMap { missing($0, $1) }.first
        case .total(let cause, let outcome):
            if let fault = unknown([cause, outcome]) { return fault }
            var reached: Set<String> = [], open = [cause]
            while let variable = open.popLast() {
                for row in regressions where row.rhs == variable && reached.insert(row.lhs).inserted {
                    open.append(row.lhs)
                }
            }
            return reached.contains(outcome) ? nil : "no chain of paths leads from \(cause) to \(outcome)"
        case .covariance(let a, let b):
            if let fault = unknown([a, b]) { return fault }
            let isThere = model.table.parameters.contains {
                $0.op == .covariance && (($0.lhs == a && $0.rhs == b) || ($0.lhs == b && $0.rhs == a))
            }
            return isThere ? nil : "the model has no covariance of \(a) and \(b); add `\(a) ~~ \(b)`"
        case .effect: return "`\(text)` is no test of a structural model; name a mixed model"
        case .parameter(let name):
            let labels =
                model.table.parameters.map(\.label).filter { !$0.isEmpty } + model.table.definitions.map(\.name)
            guard !labels.contains(name) else { return nil }
            let nearest = nearestNames(to: name, among: labels).first
            return "no parameter of the model has the label `\(name)`"
                + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        }
    }
}
