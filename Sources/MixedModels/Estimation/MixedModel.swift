import LinearAlgebra
import Optimization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Fits linear mixed models.
public enum MixedModel {
    /// Maximises the (restricted) likelihood.
    ///
    /// Newton's method with exact derivatives in the unbounded entries of the relative covariance factors. At the end the
    /// first-order condition for a minimum is checked among the positive semidefinite covariance matrices, not among the
    /// factors: where a direction without variance would lower the deviance, the search goes on along it.
    /// - Parameters:
    ///   - design: response and design matrices.
    ///   - criterion: REML or ML.
    ///   - residuals: how level-1 residuals vary and correlate.
    ///   - frame: the data that `design` was made from, for the columns that `residuals` names.
    ///   - start: θ to start from, of a similar fit.
    /// - Throws: ``MixedModelError`` when there is nothing to estimate the model from, or the search fails.
    public static func fit(
        _ design: MixedDesign, criterion: MixedCriterion = .reml, residuals: ResidualStructure = .independent,
        frame: ModelFrame? = nil, start: [Double]? = nil
    ) throws -> MixedModelFit {
        try check(design, needsTerms: residuals == .independent)
        if residuals != .independent {
            var likelihood = try StructuredLikelihood(
                design: residuals.isCorrelated ? design : design.scaledByWeights, criterion: criterion,
                structure: residuals, frame: frame)
            return try fit(&likelihood, of: design, criterion: criterion, start: start)
        }
        let scaled = design.scaledByWeights
        if let first = design.terms.first, design.terms.allSatisfy({ $0.factor == first.factor }) {
            var likelihood = ClusterLikelihood(design: scaled, criterion: criterion)
            return try fit(&likelihood, of: design, criterion: criterion, start: start)
        }
        var likelihood = try CrossedLikelihood(design: scaled, criterion: criterion)
        return try fit(&likelihood, of: design, criterion: criterion, start: start)
    }

    /// Maximises any likelihood of `design`.
    static func fit(
        _ likelihood: inout some MixedLikelihood, of design: MixedDesign, criterion: MixedCriterion,
        start: [Double]? = nil
    ) throws -> MixedModelFit {
        let templates = design.terms.map { FactorTemplate(coefficientCounts: [$0.coefficientCount]) }
        let covarianceCount = templates.reduce(0) { $0 + $1.entries.count }
        let (theta, report) = try maximum(&likelihood, templates, of: design, start: start)
        guard let solution = likelihood.solution(at: theta) else {
            throw MixedModelError.notEstimable(
                "the likelihood of `\(design.responseName)` is not defined at its maximum")
        }
        try refuseExactFit(solution, of: design)
        let factors = split(theta, templates)
        let covariances = factors.map { solution.residualVariance * $0.timesTransposed($0) }
        return MixedModelFit(
            design: design, criterion: criterion, theta: theta, factors: factors, covariances: covariances,
            residualVariance: solution.residualVariance, coefficients: solution.coefficients,
            coefficientCovariance: solution.covariance,
            deviance: solution.deviance - (design.weights?.reduce(0) { $0 + log($1) } ?? 0),
            randomEffects: zip(factors, solution.scores).map { factor, scores in
                (factor.timesTransposed(factor) * scores).transpose
            },
            convergence: report,
            warnings: boundaryWarnings(design.terms, covariances, solution.residualVariance)
                + ((likelihood as? StructuredLikelihood)?.residualWarnings(at: theta) ?? []),
            covarianceParameterCount: covarianceCount, likelihood: likelihood)
    }

    /// θ at the maximum, where the likelihood is left.
    static func maximum(
        _ likelihood: inout some MixedLikelihood, _ templates: [FactorTemplate], of design: MixedDesign,
        start: [Double]?
    ) throws -> (theta: [Double], report: ConvergenceReport) {
        var best: (theta: [Double], report: ConvergenceReport)?
        var minimizer = NewtonMinimizer()
        minimizer.tolerance = 1e-11
        var workspace = NewtonMinimizer.Workspace(count: likelihood.parameterCount)
        func search(_ theta: inout [Double]) -> ConvergenceReport {
            withUnsafeMutablePointer(to: &likelihood) { likelihood in
                var objective = SaddleFreeObjective(likelihood: likelihood)
                return minimizer.minimize(&objective, from: &theta, workspace: &workspace)
            }
        }
        // Random slopes can have several minima in small samples, and more of them with more coefficients.
        let fewest = design.terms.map(\.levels.count).min() ?? 0
        let plain = fewest < 50 || templates.count > 1 ? 1 : 2
        let hasSeveralMinima = templates.contains { $0.order > plain }
        for multiple in (start == nil ? [] : [nil]) + [1, 0.3, 4] {
            var theta = multiple.map { multiple in likelihood.start.map { multiple * $0 } } ?? start ?? []
            var report = search(&theta)
            for _ in 0..<10 {
                guard report.outcome != .undefinedStart,
                    let escape = try descentFromBoundary(&likelihood, theta, templates, value: report.value)
                else { break }
                theta = escape
                report = search(&theta)
            }
            let isBetter = best.map { report.value < $0.report.value - 1e-9 || !$0.report.hasConverged } ?? true
            if isBetter { best = (theta, report) }
            if report.hasConverged, !hasSeveralMinima || multiple != 1 { break }
        }
        guard let (end, report) = best, report.outcome != .undefinedStart else {
            throw MixedModelError.notEstimable(
                "the likelihood of `\(design.responseName)` is not defined: the model fits the data exactly, or a "
                    + "variable has values so large that their squares overflow. Rescale the variables, or leave out terms."
            )
        }
        let theta = canonical(&likelihood, end, templates, value: report.value)
        guard report.hasConverged else {
            if let solution = likelihood.solution(at: theta) { try refuseExactFit(solution, of: design) }
            throw MixedModelError.notEstimable(
                "the model of `\(design.responseName)` did not converge (\(report.iterations) steps, expected decrease "
                    + "of the deviance \(report.decrement)). Centre and rescale the predictors with random coefficients, "
                    + "or leave out the random coefficient with the smallest variance.")
        }
        return (theta, report)
    }

    private static func refuseExactFit(_ solution: GeneralizedLeastSquares, of design: MixedDesign) throws {
        guard solution.residualVariance < 1e-13 * design.meanSquare else { return }
        throw MixedModelError.notEstimable(
            "the model fits `\(design.responseName)` exactly: no residual variance is left to test anything against. "
                + "Leave out the predictor that the response was computed from, or random terms.")
    }

    /// Λ of each term.
    static func split(_ theta: [Double], _ templates: [FactorTemplate]) -> [Matrix] {
        var offset = 0
        return templates.map { template in
            defer { offset += template.entries.count }
            return template.factor(theta[offset..<(offset + template.entries.count)])
        }
    }

    private static func check(_ design: MixedDesign, needsTerms: Bool) throws {
        guard design.rowCount > design.fixedCount else {
            throw MixedModelError.notEstimable(
                "\(design.rowCount) complete rows cannot estimate \(design.fixedCount) fixed effects and a residual "
                    + "variance: leave out predictors.")
        }
        guard !design.terms.isEmpty || !needsTerms else {
            throw MixedModelError.notEstimable(
                "the formula has no random term: add one, such as `(1 | group)` with the variable that names the groups."
            )
        }
        for term in design.terms where term.levels.count < 2 {
            throw MixedModelError.notEstimable(
                "the grouping factor `\(term.factor)` has one level in the complete rows: a variance between groups needs "
                    + "at least two.")
        }
    }
}

extension MixedDesign {
    /// The mean square of the response about its mean.
    fileprivate var meanSquare: Double {
        let mean = response.reduce(0, +) / Double(max(rowCount, 1))
        return response.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(rowCount, 1))
    }

    /// Offsets subtracted and rows scaled by √w, so that residuals have equal variances.
    var scaledByWeights: MixedDesign {
        guard weights != nil || offset != nil else { return self }
        var scaled = self
        if let offset { scaled.response = zip(response, offset).map { $0 - $1 } }
        if let weights {
            let roots = weights.map { $0.squareRoot() }
            scaled.response = zip(scaled.response, roots).map { $0 * $1 }
            scaled.fixed = fixed.scalingRows(by: roots)
            scaled.terms = terms.map { term in
                var term = term
                term.columns = term.columns.scalingRows(by: roots)
                return term
            }
        }
        scaled.weights = nil
        scaled.offset = nil
        return scaled
    }
}

extension Matrix {
    fileprivate func scalingRows(by factors: [Double]) -> Matrix {
        Matrix(rows: rows, columns: columns) { factors[$0] * self[$0, $1] }
    }
}
