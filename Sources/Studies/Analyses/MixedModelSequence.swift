public import Datasets
public import MixedModels
import Probability
public import Reporting

/// Mixed models of one dataset, fitted to the same rows and reported side by side.
public struct MixedModelSequence: Sendable {
    /// A model of the sequence.
    public struct Model: Sendable {
        /// Its name.
        public var name: String
        /// The analysis.
        public var analysis: MixedModelAnalysis
        /// What tables report of it.
        public var summary: MixedModelSummary
    }

    /// The models that could be fitted.
    public let models: [Model]
    /// The models that could not be fitted, and why.
    public let failures: [(name: String, reason: String)]
    /// The models of one response, each against the largest earlier one that it contains; empty for a single model.
    public let steps: [Table.ModelStep]
    /// The criterion of ``steps``.
    public let stepCriterion: MixedCriterion
    /// The tests of the random effects of the last model; empty where there are none.
    public let varianceTests: [VarianceComponentTest]
    /// The test that level-1 variances are the same in all groups of the last model.
    public let homogeneity: ResidualVarianceHomogeneity?
    /// What the reader should know.
    public let warnings: [String]

    /// Fits models of the same data. A model that cannot be fitted does not stop the others.
    ///
    /// All models are fitted to the rows that are complete in the variables of all of them, so that deviances and R² can be
    /// compared.
    /// - Parameters:
    ///   - dataset: The data.
    ///   - formulas: The models with their names.
    ///   - options: How they are fitted and tested.
    ///   - intervals: Further intervals of the fixed effects.
    ///   - seed: The seed of a bootstrap.
    ///   - threads: The threads of a bootstrap; results do not depend on it.
    ///   - progress: Called with what is being done.
    /// - Throws: ``AnalysisError`` when no row is complete.
    public init(
        _ dataset: Dataset, _ formulas: [(name: String, formula: MixedFormula)],
        options: MixedModelOptions = MixedModelOptions(), intervals: MixedPlan.Intervals? = nil, seed: UInt64 = 1,
        threads: Int = 1, progress: (String) -> Void = { _ in }
    ) throws {
        var failures: [(name: String, reason: String)] = [], warnings: [String] = []
        let rows = Self.commonRows(dataset, formulas.map(\.formula), options)
        if let rows, rows.isEmpty {
            throw AnalysisError.noCompleteCases(variables: Self.variables(formulas.map(\.formula)))
        }
        var options = options
        options.design.rows = rows
        if let rows, rows.count < dataset.rowCount {
            warnings.append(
                "\(dataset.rowCount - rows.count) of \(dataset.rowCount) rows left out, as they lack a value in a variable "
                    + (formulas.count > 1
                        ? "of one of the models; all models rest on the other \(rows.count)" : "of the model"))
        }
        var models: [Model] = []
        for (name, formula) in formulas {
            progress("Model \(name)")
            do {
                let analysis = try MixedModelAnalysis(dataset, formula, options: options)
                let own = analysis.warnings.filter { !$0.contains(" rows left out, ") }
                var summary = MixedModelSummary(
                    name: name, formula: formula.text, fit: analysis.fit, fixedEffects: analysis.fixedEffects,
                    components: analysis.components, varianceTests: analysis.varianceTests, warnings: own)
                if let intervals {
                    do {
                        summary.intervals = try Self.limits(
                            intervals, of: analysis, level: options.inference.confidenceLevel, seed: seed,
                            threads: threads)
                    } catch { summary.warnings.append("no further intervals: \(error)") }
                }
                models.append(Model(name: name, analysis: analysis, summary: summary))
            } catch { failures.append((name, "\(error)")) }
        }
        // A warning that several models share is given once.
        var order: [String] = [], names: [String: [String]] = [:]
        for model in models {
            for warning in model.summary.warnings {
                if names[warning] == nil { order.append(warning) }
                names[warning, default: []].append(model.name)
            }
        }
        func prefix(_ names: [String]) -> String {
            formulas.count > 1 ? names.joined(separator: ", ") + ": " : ""
        }
        warnings += order.map { prefix(names[$0] ?? []) + $0 }
        warnings += failures.map { prefix([$0.name]) + $0.reason }
        self.models = models
        self.failures = failures
        do {
            (steps, stepCriterion) = try Self.steps(models)
        } catch {
            (steps, stepCriterion) = ([], options.criterion)
            warnings.append("no tests between the models: \(error)")
        }
        varianceTests = models.last.flatMap { try? VarianceComponentTest.all($0.analysis.fit) } ?? []
        homogeneity = models.last.flatMap { try? ResidualVarianceHomogeneity($0.analysis.fit) }
        self.warnings = warnings
    }

    /// Compares the models of the first response, by ML where their fixed effects differ.
    private static func steps(_ models: [Model]) throws -> (steps: [Table.ModelStep], criterion: MixedCriterion) {
        let first = models.first?.analysis.fit.design.responseName
        let own = models.filter { $0.analysis.fit.design.responseName == first }
        guard own.count > 1 else { return ([], .ml) }
        let all = try MixedModels.ModelComparison(own.map { ($0.name, $0.analysis.fit) })
        var criteria: [String: InformationCriteria] = [:]
        for row in all.rows { criteria[row.name] = row.criteria }
        var steps: [Table.ModelStep] = []
        for (index, model) in own.enumerated() {
            guard let figures = criteria[model.name] else { continue }
            var step = Table.ModelStep(name: model.name, criteria: figures)
            let smaller = own[..<index].filter { $0.isContained(in: model) }
            if let base = smaller.max(by: { $0.analysis.fit.parameterCount < $1.analysis.fit.parameterCount }),
                let before = criteria[base.name]
            {
                let df = figures.parameterCount - before.parameterCount
                step.against = base.name
                step.chiSquared = max(before.deviance - figures.deviance, 0)
                step.degreesOfFreedom = df
                step.pValue = step.chiSquared.map { ChiSquared(degreesOfFreedom: Double(df)).upperTail($0) }
                // Where only a variance differs its test is not χ².
                if base.analysis.fit.design.fixedNames == model.analysis.fit.design.fixedNames,
                    let pair = try? MixedModels.ModelComparison([
                        (base.name, base.analysis.fit), (model.name, model.analysis.fit),
                    ])
                {
                    step.mixturePValue = pair.rows.last?.mixturePValue
                }
            }
            steps.append(step)
        }
        return (steps, all.criterion)
    }

    /// The rows that are complete in all models; nil where the models cannot be put to the data.
    private static func commonRows(
        _ dataset: Dataset, _ formulas: [MixedFormula], _ options: MixedModelOptions
    ) -> [Int]? {
        let names = variables(formulas) + options.residuals.columnNames + (options.design.weights.map { [$0] } ?? [])
        let columns = names.compactMap { dataset[$0] }
        var rows = options.design.rows ?? Array(0..<dataset.rowCount)
        rows.removeAll { row in columns.contains { $0.isMissing(at: row) } }
        return rows
    }

    private static func variables(_ formulas: [MixedFormula]) -> [String] {
        var seen: Set<String> = []
        return formulas.flatMap(\.variables).filter { seen.insert($0).inserted }
    }

    private static func limits(
        _ intervals: MixedPlan.Intervals, of analysis: MixedModelAnalysis, level: Double, seed: UInt64, threads: Int
    ) throws -> MixedModelSummary.Intervals {
        let percent = NumberFormat.percent(0).string(level)
        let names = analysis.fit.design.fixedNames
        var limits: [String: (lower: Double?, upper: Double?)] = [:]
        switch intervals {
        case .profile:
            let profile = try ProfileLikelihood(analysis.fit, level: level)
            for (index, name) in names.enumerated() {
                let interval = try profile.interval(.fixedEffect(index))
                limits[name] = (interval.lower, interval.upper)
            }
            return .init(
                title: "\(percent) CI (profile)", note: "Profile intervals are those of the likelihood under ML.",
                limits: limits)
        case .bootstrap(let draws, let scheme):
            let bootstrap = try MixedBootstrap(
                analysis.fit, options: MixedBootstrapOptions(scheme: scheme, draws: draws, seed: seed, threads: threads)
            )
            for row in bootstrap.rows(level: level) where names.contains(row.name) {
                limits[row.name] = (row.lower, row.upper)
            }
            return .init(
                title: "\(percent) CI (bootstrap)",
                note:
                    "Percentiles of \(draws - bootstrap.failed) draws of the \(scheme.rawValue) bootstrap, seed \(seed)"
                    + (bootstrap.failed > 0 ? "; \(bootstrap.failed) draws could not be fitted." : "."),
                limits: limits)
        }
    }

    /// A model by its name.
    public subscript(name: String) -> Model? { models.first { $0.name == name } }
}

extension MixedModelSequence.Model {
    /// Whether a larger model has all fixed and random effects of this one.
    func isContained(in other: MixedModelSequence.Model) -> Bool {
        let own = analysis.fit, larger = other.analysis.fit
        func random(_ fit: MixedModelFit) -> Set<Effect> {
            Set(
                fit.design.terms.flatMap { term in
                    let groups = Self.partition(term.groups)
                    return term.coefficientNames.map { Effect(groups: groups, coefficient: $0) }
                })
        }
        return own.parameterCount < larger.parameterCount
            && Set(own.design.fixedNames).isSubset(of: larger.design.fixedNames)
            && random(own).isSubset(of: random(larger))
    }

    /// A random coefficient by the rows that its groups join: `leader` and `leader:firm` are the same where leaders have
    /// identifiers of their own.
    private struct Effect: Hashable {
        var groups: [Int]
        var coefficient: String
    }

    /// The groups numbered in the order of the rows.
    private static func partition(_ groups: [Int]) -> [Int] {
        var numbers: [Int: Int] = [:]
        return groups.map { group in
            let number = numbers[group] ?? numbers.count
            numbers[group] = number
            return number
        }
    }
}

extension MixedPlan {
    /// The options of the analysis.
    ///
    /// - Throws: `ResidualStructureError`.
    func options() throws -> MixedModelOptions {
        MixedModelOptions(
            criterion: criterion, inference: inference,
            residuals: try residuals.map { try ResidualStructure(parsing: $0.value) } ?? .independent,
            design: DesignOptions(contrast: contrast, weights: weights?.value))
    }
}
