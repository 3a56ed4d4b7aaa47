public import Datasets
public import MixedModels

/// How a mixed model of a dataset is fitted and tested.
public struct MixedModelOptions: Sendable, Hashable {
    /// REML or ML.
    public var criterion: MixedCriterion
    /// How fixed effects are tested.
    public var inference: FixedEffectsOptions
    /// How level-1 residuals vary and correlate.
    public var residuals: ResidualStructure
    /// Contrasts, reference levels, weights and rows.
    public var design: DesignOptions

    /// Options; by default REML, Satterthwaite's degrees of freedom and independent residuals.
    public init(
        criterion: MixedCriterion = .reml, inference: FixedEffectsOptions = FixedEffectsOptions(),
        residuals: ResidualStructure = .independent, design: DesignOptions = DesignOptions()
    ) {
        self.criterion = criterion
        self.inference = inference
        self.residuals = residuals
        self.design = design
    }
}

/// A linear mixed model of a dataset: the fit and what is reported of it.
public struct MixedModelAnalysis: Sendable {
    /// The formula.
    public let formula: MixedFormula
    /// How it was fitted and tested.
    public let options: MixedModelOptions
    /// The fit.
    public let fit: MixedModelFit
    /// The fixed effects with their tests.
    public let fixedEffects: FixedEffectsTable
    /// Variances and covariances of the random effects, and the residual variance.
    public let components: VarianceComponents
    /// HLM's tests of the variances, where they are defined: one grouping factor, independent residuals.
    public let varianceTests: HLMVarianceTests?
    /// Type III tests of the terms, where one has several coefficients.
    public let termTests: [FixedEffectsTest]
    /// What the reader should know.
    public let warnings: [String]

    /// Fits a model.
    ///
    /// - Throws: `DesignError`, `MixedModelError`.
    public init(_ dataset: Dataset, _ formula: MixedFormula, options: MixedModelOptions = MixedModelOptions()) throws {
        let frame = ModelFrame(dataset)
        var design = options.design
        let needed = options.residuals.columnNames
        if !needed.isEmpty { design.rows = dataset.rows(completeIn: needed, among: design.rows) }
        let matrices = try MixedDesign(formula, frame, options: design)
        self.formula = formula
        self.options = options
        fit = try MixedModel.fit(matrices, criterion: options.criterion, residuals: options.residuals, frame: frame)
        fixedEffects = try FixedEffectsTable(fit, options: options.inference)
        components = try VarianceComponents(fit)
        varianceTests = try? HLMVarianceTests(fit)
        termTests = (try? Self.termTests(fit, formula, frame, options, rows: design)) ?? []
        let lost = dataset.rowCount - matrices.rowCount
        warnings =
            (lost > 0
                ? ["\(lost) of \(dataset.rowCount) rows left out, as they lack a value of the model's variables"] : [])
            + fit.warnings
    }
}

extension MixedModelAnalysis {
    private static func termTests(
        _ fit: MixedModelFit, _ formula: MixedFormula, _ frame: ModelFrame, _ options: MixedModelOptions,
        rows: DesignOptions
    ) throws -> [FixedEffectsTest] {
        guard Set(fit.design.fixedAssignment).count < fit.design.fixedCount else { return [] }
        var coding = rows
        coding.contrast = .sum
        return try FixedEffectsInference(fit, options: options.inference)
            .termTests(sumCoded: MixedDesign(formula, frame, options: coding))
    }
}

extension ModelFrame {
    /// All variables of a dataset: numbers as they are, texts as categories.
    public init(_ dataset: Dataset) {
        self.init(
            dataset.columns.map { column in
                (column.name, column.isNumeric ? .numeric(column.numbers) : .categorical(column.texts))
            }, rowCount: dataset.rowCount)
    }
}

extension Dataset {
    /// The rows, among those given, in which none of `names` is missing; names that are no columns are left to others.
    fileprivate func rows(completeIn names: [String], among rows: [Int]?) -> [Int] {
        let columns = names.compactMap { self[$0] }
        return (rows ?? Array(0..<rowCount)).filter { row in columns.allSatisfy { !$0.isMissing(at: row) } }
    }
}
