import LinearAlgebra

/// The proportional reduction of prediction error at both levels of a two-level model (Snijders & Bosker 1994; 2012,
/// section 7.1), and that of each variance (Raudenbush & Bryk 2002, p. 79).
///
/// All four compare random-intercept models: with random slopes the same fixed part is refitted with a random intercept
/// alone, as Snijders and Bosker advise, and the null model has no predictors and the same rows.
public struct SnijdersBoskerR2: Sendable, Hashable, Codable {
    /// 1 − (σ² + τ)/(σ₀² + τ₀): of the error of predicting a row.
    public let level1: Double
    /// 1 − (σ²/n + τ)/(σ₀²/n + τ₀): of the error of predicting a group mean.
    public let level2: Double
    /// (σ₀² − σ²)/σ₀².
    public let withinReduction: Double
    /// (τ₀ − τ)/τ₀, NaN when groups do not differ. It can be negative for a model that is right.
    public let betweenReduction: Double
    /// n, the harmonic mean of the group sizes.
    public let groupSize: Double
    /// σ² and τ of the model.
    public let variances: [Double]
    /// σ₀² and τ₀ of the null model.
    public let nullVariances: [Double]
    /// Whether the model was refitted without its random slopes.
    public let wasRefitted: Bool
    /// What a reader must know: a negative R² speaks against the model's specification.
    public let warnings: [String]

    /// R² of `fit` against the model without predictors.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` unless there is one grouping factor with a random intercept;
    ///   whatever refitting throws.
    public init(_ fit: MixedModelFit) throws {
        let design = fit.design
        guard let term = design.terms.first, design.terms.allSatisfy({ $0.groups == term.groups }),
            fit.residualStructure == .independent
        else {
            throw MixedModelError.notAvailable("R² of Snijders and Bosker: defined for one grouping factor")
        }
        let ones = Matrix(rows: design.rowCount, columns: 1, repeating: 1)
        let intercept = RandomTerm(
            factor: term.factor, coefficientNames: ["(Intercept)"], columns: ones, groups: term.groups,
            levels: term.levels)
        let isIntercept = design.terms.count == 1 && term.columns == ones
        var reduced = design
        reduced.terms = [intercept]
        let model = isIntercept ? fit : try MixedModel.fit(reduced, criterion: fit.criterion)
        reduced.fixed = ones
        reduced.fixedNames = ["(Intercept)"]
        reduced.fixedTerms = ["(Intercept)"]
        reduced.fixedAssignment = [0]
        let null = try MixedModel.fit(reduced, criterion: fit.criterion)
        var sizes = [Double](repeating: 0, count: term.levels.count)
        for group in term.groups { sizes[group] += 1 }
        let occupied = sizes.filter { $0 > 0 }
        let size = Double(occupied.count) / occupied.reduce(0) { $0 + 1 / $1 }
        let sigma = model.residualVariance, tau = model.covariances[0][0, 0]
        let sigma0 = null.residualVariance, tau0 = null.covariances[0][0, 0]
        let level1 = 1 - (sigma + tau) / (sigma0 + tau0)
        let level2 = 1 - (sigma / size + tau) / (sigma0 / size + tau0)
        self.level1 = level1
        self.level2 = level2
        withinReduction = (sigma0 - sigma) / sigma0
        betweenReduction = tau0 > 0 ? (tau0 - tau) / tau0 : .nan
        groupSize = size
        variances = [sigma, tau]
        nullVariances = [sigma0, tau0]
        wasRefitted = !isIntercept
        warnings = [(1, level1), (2, level2)].compactMap { level, value in
            value < 0
                ? "R² at level \(level) is negative: expected where a predictor is centred on group means without these as "
                    + "predictors, else a sign that the fixed part is misspecified, such as a predictor whose within-group "
                    + "and between-group effects differ (Snijders & Bosker 2012, section 7.1)" : nil
        }
    }
}
