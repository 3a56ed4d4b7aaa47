public import MixedModels

/// A fitted mixed model with everything that tables report of it.
public struct MixedModelSummary: Sendable {
    /// Intervals of fixed effects by another method than that of the fixed-effects table.
    public struct Intervals: Sendable {
        /// The method in words, as a column head: "95% CI (profile)".
        public var title: String
        /// How they were computed, for the note.
        public var note: String
        /// The limits by the name of the coefficient; a limit that does not exist is nil.
        public var limits: [String: (lower: Double?, upper: Double?)]

        /// Makes intervals.
        public init(title: String, note: String, limits: [String: (lower: Double?, upper: Double?)]) {
            self.title = title
            self.note = note
            self.limits = limits
        }
    }

    /// The model's name: M1.
    public var name: String
    /// The formula.
    public var formula: String
    /// The fit.
    public var fit: MixedModelFit
    /// The fixed effects with their tests.
    public var fixedEffects: FixedEffectsTable
    /// Variances and covariances of the random effects, and the residual variance.
    public var components: MixedModels.VarianceComponents
    /// HLM's tests of the variances; nil where they are not defined.
    public var varianceTests: HLMVarianceTests?
    /// The likelihood and the numbers of parameters.
    public var criteria: InformationCriteria
    /// The intraclass correlations, conditional on the fixed effects; nil with random slopes.
    public var partition: VariancePartition?
    /// R² at both levels after Snijders and Bosker; nil where it is not defined.
    public var snijdersBosker: SnijdersBoskerR2?
    /// Marginal and conditional R² after Nakagawa and Schielzeth; nil for residual structures.
    public var nakagawa: NakagawaSchielzethR2?
    /// The decomposition of the variance after Rights and Sterba; nil where it is not defined.
    public var rightsSterba: RightsSterbaR2?
    /// Intervals of another kind; nil for none.
    public var intervals: Intervals?
    /// What the reader should know.
    public var warnings: [String]

    /// Collects what is reported of a fit: the criteria, the partition of the variance and R² are computed here.
    ///
    /// - Parameters:
    ///   - name: The model's name.
    ///   - formula: The formula as the reader should see it.
    ///   - fit: The fit.
    ///   - fixedEffects: The fixed effects with their tests.
    ///   - components: The variance components.
    ///   - varianceTests: HLM's tests, where they are defined.
    ///   - warnings: What the reader should know.
    public init(
        name: String, formula: String, fit: MixedModelFit, fixedEffects: FixedEffectsTable,
        components: MixedModels.VarianceComponents, varianceTests: HLMVarianceTests? = nil, warnings: [String] = []
    ) {
        self.name = name
        self.formula = formula
        self.fit = fit
        self.fixedEffects = fixedEffects
        self.components = components
        self.varianceTests = varianceTests
        criteria = InformationCriteria(fit)
        partition = try? VariancePartition(fit)
        snijdersBosker = try? SnijdersBoskerR2(fit)
        nakagawa = fit.residualStructure == .independent ? NakagawaSchielzethR2(fit) : nil
        rightsSterba = try? RightsSterbaR2(fit)
        self.warnings = warnings + (snijdersBosker?.warnings ?? [])
    }

    /// The grouping factors, each once, those with more groups first, and their numbers of groups.
    public var groupings: [(factor: String, count: Int)] {
        var result: [(factor: String, count: Int)] = []
        for term in fit.design.terms where !result.contains(where: { $0.factor == term.factor }) {
            result.append((term.factor, term.levels.count))
        }
        return result
    }

    /// HLM's test of the variance of a coefficient of the only grouping factor.
    func varianceTest(_ row: VarianceComponent) -> HLMVarianceTests.Row? {
        guard let coefficient = row.term1, row.term2 == nil else { return nil }
        return varianceTests?.rows.first { $0.coefficient == coefficient }
    }

    /// Whether a fixed effect has the level-2 mark of nothing but an intercept: the model without predictors.
    var isNull: Bool { fit.design.fixedNames == ["(Intercept)"] }
}

extension MixedModelSummary {
    /// The words for a column of the fixed design: labels of variables, `A × B` for interactions, the level behind the
    /// variable for categories.
    func label(fixed index: Int, _ labels: VariableLabels) -> RichText {
        let design = fit.design
        guard design.fixedNames.indices.contains(index) else { return "" }
        let name = design.fixedNames[index]
        let term =
            design.fixedAssignment.indices.contains(index)
                && design.fixedTerms.indices.contains(design.fixedAssignment[index])
            ? design.fixedTerms[design.fixedAssignment[index]] : name
        return Self.label(name, term: term, labels)
    }

    /// The words for a grouping factor: `Leader in Firm` for the leaders of a model that has firms too.
    func label(group: String, _ labels: VariableLabels) -> RichText {
        let parts = group.split(separator: ":").map(String.init)
        guard parts.count > 1, let inner = parts.first else { return labels.text(group) }
        let outer = parts.dropFirst().joined(separator: ":")
        let isNested = fit.design.terms.contains { $0.factor == outer }
        return labels.text(inner) + (isNested ? " in " : " × ")
            + (parts.count == 2 ? labels.text(outer) : label(group: outer, labels))
    }

    /// The words for a coefficient by its name, of the term that it belongs to.
    static func label(_ name: String, term: String? = nil, _ labels: VariableLabels) -> RichText {
        if name == "(Intercept)" { return "Intercept" }
        let parts = name.split(separator: ":").map(String.init)
        let variables = (term ?? name).split(separator: ":").map(String.init)
        guard parts.count == variables.count else { return RichText(name) }
        var text = RichText()
        for (part, variable) in zip(parts, variables) {
            if !text.isEmpty { text.append(" × ") }
            let plain = variable.hasPrefix("`") ? String(variable.dropFirst().dropLast()) : variable
            text.append(labels.text(plain))
            if part != variable, part.hasPrefix(variable) { text.append(": \(part.dropFirst(variable.count))") }
        }
        return text
    }

    /// A parameter of the residual structure as tables print it.
    static func residualName(_ name: String) -> String { name == "rho" ? "correlation ρ" : name }
}
