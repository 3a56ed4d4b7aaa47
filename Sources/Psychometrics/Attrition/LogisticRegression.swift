import LinearAlgebra
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Logistic regression of an event by maximum likelihood (McCullagh & Nelder 1989, 4.4), Newton's method.
///
/// Where a combination of predictors separates the events from the other cases, the likelihood has no maximum (Albert &
/// Anderson 1984): the coefficients that grow without limit are nil, their terms are in ``separated``, and the deviance is
/// its limit.
public struct LogisticRegression: Sendable, Codable, Equatable {
    /// A coefficient; its figures are nil when it has no finite estimate.
    public struct Term: Sendable, Codable, Equatable {
        /// The term's name, "(Intercept)" for the constant.
        public let term: String
        /// The change of the log odds with one unit more.
        public let estimate: Double?
        /// Its standard error from the observed information.
        public let standardError: Double?
        /// The estimate over its standard error.
        public let z: Double?
        /// The two-sided p-value of ``z`` (Wald).
        public let pValue: Double?
        /// The odds ratio, exp of the estimate.
        public let oddsRatio: Double?
        /// The limits of its confidence interval, exp of Wald's.
        public let oddsRatioInterval: [Double]?
    }

    /// The constant, then the predictors.
    public let terms: [Term]
    /// The number of complete cases.
    public let n: Int
    /// The number of events among them.
    public let events: Int
    /// −2 log likelihood.
    public let deviance: Double
    /// −2 log likelihood of the constant alone.
    public let nullDeviance: Double
    /// The likelihood-ratio test of all predictors, the difference of the deviances.
    public let chiSquared: Double
    /// Its degrees of freedom.
    public let degreesOfFreedom: Int
    /// Its p-value.
    public let pValue: Double
    /// R² of Nelder: 1 − deviance over null deviance (McFadden 1974).
    public let mcFaddenR2: Double
    /// R² of Nagelkerke (1991).
    public let nagelkerkeR2: Double
    /// The predictors that together separate events from other cases.
    public let separated: [String]
    /// The number of Newton steps.
    public let iterations: Int
    /// The confidence level of the odds ratios.
    public let level: Double

    /// Regresses the log odds of the event on the columns of `predictors`.
    ///
    /// - Parameters:
    ///   - predictors: The predictors (rows are cases), without the constant; cases with a missing value (NaN) are left
    ///     out.
    ///   - names: Their names.
    ///   - event: Whether the event happened, case by case.
    ///   - level: The confidence level of the odds ratios.
    /// - Throws: ``PsychometricsError`` for too few cases (both outcomes are needed) and for predictors that are constant or
    ///   depend on each other.
    public init(_ predictors: Matrix, names: [String], event: [Bool], level: Double = 0.95) throws {
        guard names.count == predictors.columns else {
            throw PsychometricsError.mismatchedInput(expected: predictors.columns, found: names.count)
        }
        guard event.count == predictors.rows else {
            throw PsychometricsError.mismatchedInput(expected: predictors.rows, found: event.count)
        }
        let p = predictors.columns
        guard p > 0 else { throw PsychometricsError.tooFewVariables(needed: 1, found: 0) }
        let kept = (0..<predictors.rows).filter { row in (0..<p).allSatisfy { predictors[row, $0].isFinite } }
        let happened = kept.map { event[$0] }
        let n = kept.count, events = happened.count { $0 }
        guard events > 0 else { throw PsychometricsError.tooFewGroups(found: n > 0 ? 1 : 0) }
        guard events < n else { throw PsychometricsError.tooFewGroups(found: 1) }
        guard n > p + 1 else { throw PsychometricsError.tooFewCases(needed: p + 2, found: n) }
        let moments = try Moments(predictors.submatrix(rows: kept, columns: Array(0..<p)), names: names)
        _ = try inverse(ofCorrelations: moments.correlations(), names: names)
        let deviations = moments.covariances.diagonal.map { $0.squareRoot() }
        // Standard scores make the curvature well conditioned and steps comparable.
        let design = Matrix(rows: n, columns: p + 1) { i, j in
            j == 0 ? 1 : (predictors[kept[i], j - 1] - moments.means[j - 1]) / deviations[j - 1]
        }
        let fit = LogisticFit(design, happened)
        guard fit.hasConverged else {
            throw PsychometricsError.noConvergence(analysis: "the logistic regression", iterations: fit.iterations)
        }

        let share = Double(events) / Double(n)
        let null = -2 * (Double(events) * log(share) + Double(n - events) * log(1 - share))
        self.n = n
        self.events = events
        self.level = level
        deviance = fit.deviance
        nullDeviance = null
        chiSquared = max(null - fit.deviance, 0)
        degreesOfFreedom = p
        pValue = ChiSquared(degreesOfFreedom: Double(p)).upperTail(max(null - fit.deviance, 0))
        mcFaddenR2 = 1 - fit.deviance / null
        nagelkerkeR2 = (1 - exp((fit.deviance - null) / Double(n))) / (1 - exp(-null / Double(n)))
        iterations = fit.iterations
        separated = (0..<p).filter { fit.isDiverging[$0 + 1] }.map { names[$0] }

        // Back from standard scores: the constant is the log odds where all predictors are zero.
        var back = Matrix.identity(p + 1)
        for j in 0..<p {
            back[j + 1, j + 1] = 1 / deviations[j]
            back[0, j + 1] = -moments.means[j] / deviations[j]
        }
        let estimates = back * fit.coefficients
        let covariances = (back * fit.covariances).timesTransposed(back)
        let quantile = Normal.standard.quantile((1 + level) / 2)
        // Where terms diverge the constant often stays: that of a category without events does not move the others.
        let isSeparated = fit.isDiverging.contains(true)
        let movement = back * fit.recession, longest = movement.reduce(0) { max($0, abs($1)) }
        var constant: (estimate: Double, error: Double)? = (estimates[0], covariances[0, 0].squareRoot())
        if isSeparated {
            constant = nil
            if abs(movement[0]) <= 1e-3 * longest {
                constant = Self.constant(
                    predictors, kept: kept, happened, moving: (0..<p).filter { fit.isDiverging[$0 + 1] },
                    along: Array(movement.dropFirst()))
            }
        }
        terms = (0...p).map { j in
            let name = j == 0 ? "(Intercept)" : names[j - 1]
            if j == 0, let (estimate, error) = constant {
                let z = estimate / error
                return Term(
                    term: name, estimate: estimate, standardError: error, z: z,
                    pValue: 2 * Normal.standard.upperTail(abs(z)), oddsRatio: exp(estimate),
                    oddsRatioInterval: [exp(estimate - quantile * error), exp(estimate + quantile * error)])
            }
            guard j > 0, !fit.isDiverging[j] else {
                return Term(
                    term: name, estimate: nil, standardError: nil, z: nil, pValue: nil, oddsRatio: nil,
                    oddsRatioInterval: nil)
            }
            let error = covariances[j, j].squareRoot(), z = estimates[j] / error
            return Term(
                term: name, estimate: estimates[j], standardError: error, z: z,
                pValue: 2 * Normal.standard.upperTail(abs(z)), oddsRatio: exp(estimates[j]),
                oddsRatioInterval: [exp(estimates[j] - quantile * error), exp(estimates[j] + quantile * error)])
        }
    }
}

extension LogisticRegression {
    /// The constant in the limit of separation: that of the cases which the diverging terms do not move, without these
    /// terms, as the others are predicted with certainty (Albert & Anderson 1984, quasi-complete separation).
    private static func constant(
        _ predictors: Matrix, kept: [Int], _ happened: [Bool], moving: [Int], along movement: [Double]
    ) -> (Double, Double)? {
        let longest = movement.reduce(0) { max($0, abs($1)) }
        let still = kept.indices.filter { i in
            abs(moving.reduce(0) { $0 + movement[$1] * predictors[kept[i], $1] }) < 1e-3 * longest
        }
        let others = (0..<predictors.columns).filter { !moving.contains($0) }
        let own = Matrix(rows: still.count, columns: others.count) { predictors[kept[still[$0]], others[$1]] }
        let event = still.map { happened[$0] }
        guard !others.isEmpty else {
            let events = event.count { $0 }, n = event.count
            guard events > 0, events < n else { return nil }
            let share = Double(events) / Double(n)
            return (log(share / (1 - share)), (1 / (Double(n) * share * (1 - share))).squareRoot())
        }
        guard let rest = try? LogisticRegression(own, names: others.map(String.init), event: event),
            rest.separated.isEmpty, let estimate = rest.terms[0].estimate, let error = rest.terms[0].standardError
        else { return nil }
        return (estimate, error)
    }
}

/// Newton's iterations on standard scores.
private struct LogisticFit {
    var coefficients: [Double]
    var covariances: Matrix
    var deviance = Double.infinity
    var iterations = 0
    var hasConverged = false
    /// The coefficients that grow without limit.
    var isDiverging: [Bool]
    /// The last step, along which they grow.
    var recession: [Double]

    init(_ design: Matrix, _ event: [Bool]) {
        let n = design.rows, q = design.columns
        coefficients = [Double](repeating: 0, count: q)
        covariances = Matrix(rows: q, columns: q)
        isDiverging = [Bool](repeating: false, count: q)
        recession = [Double](repeating: 0, count: q)
        var predictor = [Double](repeating: 0, count: n)
        deviance = Self.deviance(predictor, event)
        while iterations < 60 {
            var weighted = design, residuals = [Double](repeating: 0, count: n)
            for i in 0..<n {
                let probability = 1 / (1 + exp(-predictor[i]))
                // Far out 1 − probability is zero to rounding, its complement is not.
                let root = (probability / (1 + exp(predictor[i]))).squareRoot()
                residuals[i] = event[i] ? 1 / (1 + exp(predictor[i])) : -probability
                for j in 0..<q { weighted[i, j] *= root }
            }
            let gradient = design.transposedTimes(Matrix(rows: n, columns: 1, columnMajor: residuals)).storage
            guard let factor = try? Cholesky(weighted.crossProduct) else { return }
            let step = factor.solve(gradient)
            covariances = factor.inverse
            let decrement = dot(gradient, step)
            if decrement < 1e-20 * Double(n) {
                hasConverged = true
                return
            }
            iterations += 1
            let direction = design * step
            if iterations > 8, let diverging = Self.recession(direction, step, event) {
                isDiverging = diverging
                recession = step
                // What is left of the deviance falls by e with each step: beyond this it is nothing.
                if iterations > 25 {
                    hasConverged = true
                    return
                }
            } else {
                isDiverging = [Bool](repeating: false, count: q)
            }
            var length = 1.0, next = predictor, value = Double.infinity
            for _ in 0..<40 {
                for i in 0..<n { next[i] = predictor[i] + length * direction[i] }
                value = Self.deviance(next, event)
                if value <= deviance * (1 + 1e-14) { break }
                length *= 0.5
            }
            guard value <= deviance * (1 + 1e-14) else {
                hasConverged = decrement < 1e-10
                return
            }
            predictor = next
            for j in 0..<q { coefficients[j] += length * step[j] }
            deviance = value
        }
    }

    /// The coefficients that move along a step that drives no case to the wrong side and some to the right one without
    /// slowing down; nil when the step is none such. Newton's steps have about unit length there.
    private static func recession(_ direction: [Double], _ step: [Double], _ event: [Bool]) -> [Bool]? {
        var largest = 0.0, smallest = 0.0
        for i in direction.indices {
            let margin = event[i] ? direction[i] : -direction[i]
            largest = max(largest, margin)
            smallest = min(smallest, margin)
        }
        guard largest > 0.5, smallest > -1e-4 * largest else { return nil }
        let longest = step.reduce(0) { max($0, abs($1)) }
        return step.map { abs($0) > 1e-3 * longest }
    }

    private static func deviance(_ predictor: [Double], _ event: [Bool]) -> Double {
        var sum = 0.0
        for i in predictor.indices {
            let margin = event[i] ? predictor[i] : -predictor[i]
            sum += margin > 0 ? log1p(exp(-margin)) : log1p(exp(margin)) - margin
        }
        return 2 * sum
    }
}
