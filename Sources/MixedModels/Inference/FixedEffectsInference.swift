import LinearAlgebra
import Probability

/// Tests of the fixed effects of a mixed model, one by one, of linear combinations, and jointly.
///
/// What they share (derivatives by the variance components, the covariance matrix of β̂) is computed once.
public struct FixedEffectsInference: Sendable {
    /// How the effects are tested.
    public let options: FixedEffectsOptions
    /// The covariance matrix of β̂ on which standard errors rest (p × p).
    public let covariance: Matrix
    private let fit: MixedModelFit
    private let method: Method

    private enum Method: Sendable {
        case normal
        /// cov φ̂ and ∂Φ/∂φ_k.
        case satterthwaite(Matrix, [Matrix])
        case kenwardRoger(KenwardRoger)
        case robust(RobustCovariance)
        case hlm([Double])
    }

    /// Prepares tests of the fixed effects of `fit`.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` for a combination that does not exist: Kenward–Roger after ML or with
    ///   robust standard errors, robust standard errors with crossed factors; ``MixedModelError/notEstimable(_:)`` for a
    ///   confidence level outside (0, 1).
    public init(_ fit: MixedModelFit, options: FixedEffectsOptions = FixedEffectsOptions()) throws {
        guard options.confidenceLevel > 0, options.confidenceLevel < 1 else {
            throw MixedModelError.notEstimable(
                "a confidence level lies between 0 and 1, such as 0.95; given was \(options.confidenceLevel)")
        }
        self.fit = fit
        self.options = options
        var covariance = fit.coefficientCovariance
        var robust: RobustCovariance?
        if options.standardErrors != .model {
            guard options.degreesOfFreedom != .kenwardRoger else {
                throw MixedModelError.notAvailable(
                    "Kenward–Roger adjusts model-based standard errors: with robust ones choose Satterthwaite")
            }
            let sandwich = try RobustCovariance(fit, options.standardErrors)
            covariance = sandwich.covariance
            robust = sandwich
        }
        switch options.degreesOfFreedom {
        case .normal:
            method = .normal
        case .hlm:
            method = .hlm(try CoefficientEquations(fit.design).degreesOfFreedom(fit.design))
        case .kenwardRoger:
            let adjustment = try KenwardRoger(fit, fit.sensitivity(.second))
            covariance = adjustment.adjusted
            method = .kenwardRoger(adjustment)
        case .satterthwaite:
            if let robust {
                method = .robust(robust)
            } else {
                let sensitivity = try fit.sensitivity(.first)
                let phi = fit.coefficientCovariance
                method = .satterthwaite(
                    try VarianceParameterCovariance(fit, sensitivity).covariance,
                    sensitivity.information.map { phi * ($0 * phi) })
            }
        }
        self.covariance = covariance
    }

    /// The fixed effects with their tests.
    public var table: FixedEffectsTable {
        let p = fit.design.fixedCount
        let rows = (0..<p).map { column in
            var weights = [Double](repeating: 0, count: p)
            weights[column] = 1
            return effect(weights, named: fit.design.fixedNames[column])
        }
        return FixedEffectsTable(rows: rows, options: options)
    }

    /// The linear combination Σ weights_k·β_k with its test against `value`: a simple slope, a difference, a prediction.
    ///
    /// With HLM's rule its degrees of freedom are the least of the coefficients that it combines.
    /// - Throws: ``MixedModelError/notEstimable(_:)`` unless there is a weight for each fixed effect, not all of them zero.
    public func contrast(_ weights: [Double], named name: String, against value: Double = 0) throws -> FixedEffect {
        guard weights.count == fit.design.fixedCount, weights.allSatisfy(\.isFinite),
            weights.contains(where: { $0 != 0 })
        else {
            throw MixedModelError.notEstimable(
                "the contrast \(name) needs \(fit.design.fixedCount) finite weights, one for each fixed effect "
                    + "(\(fit.design.fixedNames.joined(separator: ", "))), of which at least one is not zero")
        }
        return effect(weights, named: name, against: value)
    }

    private func effect(_ weights: [Double], named name: String, against value: Double = 0) -> FixedEffect {
        FixedEffect(
            term: name, estimate: dot(weights, fit.coefficients),
            standardError: max(covariance.quadraticForm(weights), 0).squareRoot(),
            degreesOfFreedom: degreesOfFreedom(weights), level: options.confidenceLevel, value: value)
    }

    /// The degrees of freedom of t for a contrast; nil for z.
    private func degreesOfFreedom(_ weights: [Double]) -> Double? {
        switch method {
        case .normal: return nil
        case .hlm(let all): return weights.indices.filter { weights[$0] != 0 }.map { all[$0] }.min()
        case .robust(let robust): return robust.degreesOfFreedom(weights)
        case .kenwardRoger(let adjustment):
            return try? adjustment.approximation(Matrix([weights])).degreesOfFreedom
        case .satterthwaite(let components, let derivatives):
            let gradient = derivatives.map { $0.quadraticForm(weights) }
            let variance = fit.coefficientCovariance.quadraticForm(weights)
            return 2 * variance * variance / components.quadraticForm(gradient)
        }
    }

    /// The joint test of Lβ = 0 for `contrasts` L (q × p), whose dependent rows are left out.
    ///
    /// Satterthwaite: Fai & Cornelius (1996, section 2) as in lmerTest; Kenward–Roger: their scaled F; robust: the
    /// approximate Hotelling test of Pustejovsky & Tipton (2018); HLM's rule: the least degrees of freedom of the
    /// coefficients involved; normal: Wald's χ², divided by q.
    /// - Throws: ``MixedModelError`` when L does not fit the model or the test does not exist.
    public func jointTest(_ contrasts: Matrix, named name: String) throws -> FixedEffectsTest {
        guard contrasts.columns == fit.design.fixedCount, contrasts.storage.allSatisfy(\.isFinite) else {
            throw MixedModelError.notEstimable(
                "the joint test of \(name) needs \(fit.design.fixedCount) finite weights in each row")
        }
        let independent = OrthogonalBasis(contrasts).independentRows
        guard !independent.isEmpty else {
            throw MixedModelError.notEstimable("the joint test of \(name) has no weight that is not zero")
        }
        let l = contrasts.submatrix(rows: independent, columns: Array(0..<contrasts.columns))
        let q = l.rows
        let estimate = l * fit.coefficients
        let middle = (l * covariance).timesTransposed(l)
        let wald: Double
        do {
            wald = dot(estimate, try LU(middle).solve(Matrix(rows: q, columns: 1, columnMajor: estimate)).storage)
        } catch {
            throw MixedModelError.notEstimable("the covariance matrix of the contrasts of \(name) is singular")
        }
        var statistic = wald / Double(q)
        var denominator: Double?
        switch method {
        case .normal: denominator = nil
        case .hlm(let all):
            denominator =
                (0..<l.columns).filter { column in (0..<q).contains { l[$0, column] != 0 } }.map { all[$0] }.min()
        case .robust(let robust):
            let eta = try robust.hotellingDegreesOfFreedom(l)
            let df = eta - Double(q) + 1
            guard df > 0 else {
                throw MixedModelError.notAvailable("the joint test of \(name) has too few clusters for \(q) contrasts")
            }
            statistic *= df / eta
            denominator = df
        case .kenwardRoger(let adjustment):
            let approximation = try adjustment.approximation(l)
            statistic *= approximation.scale
            denominator = approximation.degreesOfFreedom
        case .satterthwaite(let components, let derivatives):
            // The principal contrasts are independent t statistics, each with its own degrees of freedom.
            let eigen = try SymmetricEigen(middle)
            let principal = eigen.vectors.transposedTimes(l)
            let single = (0..<q).map { row in
                let weights = principal.row(row)
                let gradient = derivatives.map { $0.quadraticForm(weights) }
                return 2 * eigen.values[row] * eigen.values[row] / components.quadraticForm(gradient)
            }
            denominator = Self.combined(single)
        }
        return FixedEffectsTest(term: name, statistic: statistic, numerator: q, denominator: denominator)
    }

    /// The denominator degrees of freedom of the mean of squared independent t (Fai & Cornelius 1996, equation 4).
    private static func combined(_ single: [Double]) -> Double {
        guard let first = single.first else { return .nan }
        if single.allSatisfy({ abs($0 - first) < 1e-8 * max(1, abs(first)) }) { return first }
        if single.contains(where: { $0 <= 2 }) { return 2 }
        let expectation = single.reduce(0) { $0 + ($1.isFinite ? $1 / ($1 - 2) : 1) }
        return 2 * expectation / (expectation - Double(single.count))
    }

    /// Type III tests of the terms of the formula, as `anova` of lmerTest: each term's main effect or interaction averaged
    /// over the categories of the others, whatever the coding of the model.
    ///
    /// - Parameter design: the design of the same formula and rows with contrasts that sum to zero
    ///   (``FactorContrast/sum``), in which these hypotheses are that a term's coefficients are zero. Its columns span the
    ///   same space, so its coefficients are linear combinations of the model's.
    /// - Throws: ``MixedModelError/notEstimable(_:)`` when `design` is another model; and as ``jointTest(_:named:)``.
    public func termTests(sumCoded design: MixedDesign) throws -> [FixedEffectsTest] {
        let x = fit.design.fixed
        func other() -> MixedModelError {
            .notEstimable("type III tests need the design of the same formula and rows, coded by sum contrasts")
        }
        guard design.fixed.rows == x.rows, design.fixed.columns == x.columns else { throw other() }
        let map: Matrix
        do { map = try Cholesky(design.fixed.crossProduct).solve(design.fixed.transposedTimes(x)) } catch {
            throw other()
        }
        guard (design.fixed * map - x).maximumMagnitude <= 1e-7 * max(x.maximumMagnitude, 1) else { throw other() }
        return try design.fixedTerms.enumerated().compactMap { index, term in
            let columns = design.fixedAssignment.indices.filter { design.fixedAssignment[$0] == index }
            guard term != "(Intercept)", !columns.isEmpty else { return nil }
            var contrasts = map.submatrix(rows: columns, columns: Array(0..<x.columns))
            // lmerTest's rows, of which each has one coefficient of the term: Fai and Cornelius's degrees of freedom depend
            // on the rows, if little.
            if let own = try? LU(contrasts.submatrix(rows: Array(columns.indices), columns: columns)) {
                contrasts = own.solve(contrasts)
            }
            return try jointTest(contrasts, named: term)
        }
    }

    /// For each term of the formula but the intercept, the joint test that all its coefficients are zero.
    ///
    /// These are type III tests for numeric predictors, and for categorical ones coded by contrasts that sum to zero; in a
    /// model with interactions a term under treatment coding is tested at the reference categories of the others, see
    /// ``termTests(sumCoded:)``.
    /// - Throws: as ``jointTest(_:named:)``.
    public func termTests() throws -> [FixedEffectsTest] {
        try fit.design.fixedTerms.enumerated().compactMap { index, term in
            let columns = fit.design.fixedAssignment.indices.filter { fit.design.fixedAssignment[$0] == index }
            guard term != "(Intercept)", !columns.isEmpty else { return nil }
            let l = Matrix(rows: columns.count, columns: fit.design.fixedCount) { columns[$0] == $1 ? 1 : 0 }
            return try jointTest(l, named: term)
        }
    }
}
