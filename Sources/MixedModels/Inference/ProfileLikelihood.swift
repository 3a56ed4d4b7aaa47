import LinearAlgebra
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A profile-likelihood confidence interval.
public struct ProfileInterval: Sendable, Hashable, Codable {
    /// What it is of.
    public enum Parameter: Sendable, Hashable, Codable {
        /// The fixed effect of that index.
        case fixedEffect(Int)
        /// The standard deviation of a random coefficient: indices of the term and the coefficient.
        case standardDeviation(term: Int, coefficient: Int)
        /// The correlation of two random coefficients of a term.
        case correlation(term: Int, first: Int, second: Int)
        /// σ.
        case residualStandardDeviation
    }

    /// What it is of.
    public let parameter: Parameter
    /// Its name: `Days`, `sd (Intercept) | Subject`, `cor Days, (Intercept) | Subject`, `sigma`.
    public let name: String
    /// The estimate that maximises the profiled criterion.
    public let estimate: Double
    /// The lower limit; 0 or −1 where the likelihood does not fall enough down to the boundary.
    public let lower: Double
    /// The upper limit; infinite, or 1, where it does not fall enough up to there.
    public let upper: Double
    /// The criterion that was profiled: always ML for fixed effects.
    public let criterion: MixedCriterion
}

/// Confidence intervals from the profile of the deviance: all values at which the deviance, minimised over the other
/// parameters, lies within a χ²₁ quantile of its minimum (Bates, Mächler, Bolker & Walker 2015, section 5.1).
///
/// lme4 profiles ML whatever the fit, and so does this by default; the limits are found by a root search on the deviance
/// itself, where lme4 interpolates between points of the profile.
public struct ProfileLikelihood: Sendable {
    /// The confidence level.
    public let level: Double
    /// The criterion for standard deviations and correlations; fixed effects are profiled by ML.
    public let criterion: MixedCriterion
    private let ml: MixedModelFit
    private let components: MixedModelFit

    /// Prepares intervals for `fit`, refitting it where its criterion is another one.
    /// - Throws: ``MixedModelError`` for a level outside (0, 1), a residual structure, or a refit that fails.
    public init(_ fit: MixedModelFit, level: Double = 0.95, criterion: MixedCriterion = .ml) throws {
        guard level > 0, level < 1 else {
            throw MixedModelError.notEstimable(
                "a confidence level lies between 0 and 1, such as 0.95; given was \(level)")
        }
        guard fit.residualStructure == .independent else {
            throw MixedModelError.notAvailable("profile intervals: not available for models with a residual structure")
        }
        self.level = level
        self.criterion = criterion
        ml = fit.criterion == .ml ? fit : try fit.refitted(fit.design, criterion: .ml)
        components =
            criterion == .ml ? ml : fit.criterion == .reml ? fit : try fit.refitted(fit.design, criterion: .reml)
    }

    /// All parameters in lme4's order: for each term its standard deviations and correlations by columns, σ, fixed effects.
    public var parameters: [ProfileInterval.Parameter] {
        var result: [ProfileInterval.Parameter] = []
        for (index, term) in ml.design.terms.enumerated() {
            for (row, column) in lowerTriangle(term.coefficientCount) {
                result.append(
                    row == column
                        ? .standardDeviation(term: index, coefficient: row)
                        : .correlation(term: index, first: column, second: row))
            }
        }
        return result + [.residualStandardDeviation] + (0..<ml.design.fixedCount).map { .fixedEffect($0) }
    }

    /// The intervals of all parameters.
    /// - Throws: as ``interval(_:)``.
    public func intervals() throws -> [ProfileInterval] { try parameters.map(interval) }

    /// The interval of one parameter.
    /// - Throws: ``MixedModelError`` when the parameter does not exist, a correlation is not defined because a variance is
    ///   zero, or the likelihood is not defined along the profile.
    public func interval(_ parameter: ProfileInterval.Parameter) throws -> ProfileInterval {
        let fit: MixedModelFit
        if case .fixedEffect = parameter { fit = ml } else { fit = components }
        var profile = try ProfiledDeviance(fit, parameter)
        let threshold = ChiSquared(degreesOfFreedom: 1).quantile(level)
        let limits = profile.bounds
        let lower = try profile.limit(from: profile.estimate, towards: limits.lowerBound, threshold)
        profile.restart()
        let upper = try profile.limit(from: profile.estimate, towards: limits.upperBound, threshold)
        return ProfileInterval(
            parameter: parameter, name: profile.name, estimate: profile.estimate, lower: lower, upper: upper,
            criterion: fit.criterion)
    }
}

/// The deviance minimised over all parameters but one.
struct ProfiledDeviance {
    let parameter: ProfileInterval.Parameter
    let name: String
    let estimate: Double
    /// A step of about one standard error.
    private let scale: Double
    private let fit: MixedModelFit
    private var likelihood: any MixedLikelihood
    /// n, or n − p with REML.
    private let degreesOfFreedom: Double
    private let minimum: Double
    /// The free parameters of the latest minimum: entries of the factors and, but for profiles of fixed effects, log σ.
    private var point: [Double]
    private let start: [Double]
    /// The order in which the coefficients of the profiled term are factored, so that its parameter is an entry of the
    /// factor: the profiled coefficients first.
    private let permutation: [Int]

    init(_ fit: MixedModelFit, _ parameter: ProfileInterval.Parameter) throws {
        let design = fit.design
        self.fit = fit
        self.parameter = parameter
        likelihood = fit.likelihood
        degreesOfFreedom = Double(design.rowCount - (fit.criterion == .reml ? design.fixedCount : 0))
        var permutation: [Int] = []
        func check(_ term: Int, _ coefficients: [Int]) throws {
            guard design.terms.indices.contains(term),
                coefficients.allSatisfy({ (0..<design.terms[term].coefficientCount).contains($0) }),
                Set(coefficients).count == coefficients.count
            else { throw MixedModelError.notEstimable("the model has no such random coefficient to profile") }
            permutation = coefficients + (0..<design.terms[term].coefficientCount).filter { !coefficients.contains($0) }
        }
        switch parameter {
        case .fixedEffect(let index):
            guard (0..<design.fixedCount).contains(index) else {
                throw MixedModelError.notEstimable("the model has no fixed effect number \(index + 1) to profile")
            }
            name = design.fixedNames[index]
            estimate = fit.coefficients[index]
            scale = fit.coefficientCovariance[index, index].squareRoot()
        case .standardDeviation(let term, let coefficient):
            try check(term, [coefficient])
            let names = design.terms[term]
            name = "sd \(names.coefficientNames[coefficient]) | \(names.name)"
            let variance = fit.covariances[term][coefficient, coefficient]
            estimate = variance.squareRoot()
            let meanSquare = names.columns.column(coefficient).reduce(0) { $0 + $1 * $1 } / Double(design.rowCount)
            scale =
                variance > 0
                ? 0.3 * estimate : 0.1 * (fit.residualVariance / max(meanSquare, 1e-300)).squareRoot()
        case .correlation(let term, let first, let second):
            try check(term, [first, second])
            let names = design.terms[term], covariance = fit.covariances[term]
            name = "cor \(names.coefficientNames[second]), \(names.coefficientNames[first]) | \(names.name)"
            let product = covariance[first, first] * covariance[second, second]
            guard product > 0 else {
                throw MixedModelError.notAvailable(
                    "\(name): a variance is estimated at zero, next to which there is no correlation to profile")
            }
            estimate = max(-1, min(1, covariance[first, second] / product.squareRoot()))
            scale = 0.2
        case .residualStandardDeviation:
            name = "sigma"
            estimate = fit.residualVariance.squareRoot()
            scale = estimate / (2 * degreesOfFreedom).squareRoot()
        }
        self.permutation = permutation
        var values: [Double] = []
        let target: Int?
        switch parameter {
        case .standardDeviation(let term, _), .correlation(let term, _, _): target = term
        default: target = nil
        }
        for (term, factor) in fit.factors.enumerated() {
            guard term == target else {
                for (row, column) in lowerTriangle(factor.rows) { values.append(factor[row, column]) }
                continue
            }
            let relative = factor.timesTransposed(factor).submatrix(rows: permutation, columns: permutation)
            let permuted = MixedModel.semidefiniteFactor(relative)
            for (row, column) in lowerTriangle(factor.rows) {
                switch parameter {
                case .standardDeviation where row == 0 && column == 0: continue
                case .correlation where row == 1 && column == 0: continue
                case .correlation where row == 1 && column == 1: values.append(relative[1, 1].squareRoot())
                default: values.append(permuted[row, column])
                }
            }
        }
        if case .fixedEffect = parameter {
        } else if case .residualStandardDeviation = parameter {
        } else {
            values.append(0.5 * log(fit.residualVariance))
        }
        point = values
        start = values
        guard let solution = likelihood.solution(at: fit.theta) else {
            throw MixedModelError.notEstimable("the likelihood is not defined at its maximum")
        }
        minimum = solution.deviance
    }

    /// Where the parameter can lie.
    var bounds: ClosedRange<Double> {
        switch parameter {
        case .fixedEffect: -Double.infinity ... .infinity
        case .standardDeviation, .residualStandardDeviation: 0 ... .infinity
        case .correlation: -1...1
        }
    }

    /// Back to the estimates as the start of the next minimisation.
    mutating func restart() { point = start }

    /// The factors and σ² for a value of the parameter and the free ones.
    private func factors(_ value: Double, _ free: [Double]) -> (factors: [Matrix], logSigma: Double) {
        var position = 0
        var result: [Matrix] = []
        let logSigma: Double
        switch parameter {
        case .fixedEffect: logSigma = 0
        case .residualStandardDeviation: logSigma = log(value)
        default: logSigma = free[free.count - 1]
        }
        let target: Int?
        switch parameter {
        case .standardDeviation(let term, _), .correlation(let term, _, _): target = term
        default: target = nil
        }
        for (term, factor) in fit.factors.enumerated() {
            var matrix = Matrix(rows: factor.rows, columns: factor.rows)
            for (row, column) in lowerTriangle(factor.rows) {
                if term == target {
                    if case .standardDeviation = parameter, row == 0, column == 0 {
                        matrix[0, 0] = value * exp(-logSigma)
                        continue
                    }
                    if case .correlation = parameter, row == 1, column == 0 { continue }
                    if case .correlation = parameter, row == 1, column == 1 {
                        // The second coefficient's relative standard deviation, at its angle to the first.
                        let length = free[position]
                        let sign = matrix[0, 0] < 0 ? -1.0 : 1.0
                        matrix[1, 0] = sign * value * length
                        matrix[1, 1] = max(0, 1 - value * value).squareRoot() * length
                        position += 1
                        continue
                    }
                }
                matrix[row, column] = free[position]
                position += 1
            }
            result.append(matrix)
        }
        return (result, logSigma)
    }

    /// The deviance at a value and free parameters, and where it has a closed form its gradient by the latter.
    private mutating func evaluate(
        _ value: Double, _ free: [Double], withGradient: Bool = false
    ) -> (value: Double, gradient: [Double])? {
        let (factors, logSigma) = factors(value, free)
        let target: Int
        switch parameter {
        case .standardDeviation(let term, _), .correlation(let term, _, _): target = term
        default: target = -1
        }
        var theta: [Double] = []
        for (term, factor) in factors.enumerated() {
            var lower = factor
            if term == target {
                var relative = Matrix(rows: factor.rows, columns: factor.rows)
                let product = factor.timesTransposed(factor)
                for i in 0..<factor.rows {
                    for j in 0..<factor.rows { relative[permutation[i], permutation[j]] = product[i, j] }
                }
                lower = MixedModel.semidefiniteFactor(relative)
            }
            for (row, column) in lowerTriangle(factor.rows) { theta.append(lower[row, column]) }
        }
        guard let solution = likelihood.solution(at: theta), solution.deviance.isFinite else { return nil }
        if case .fixedEffect(let index) = parameter {
            // r² of β̂ under the restriction, from the generalised least squares without it; the gradient is left to
            // differences.
            let relative = solution.covariance[index, index] / solution.residualVariance
            let shift = value - solution.coefficients[index]
            let squares = degreesOfFreedom * solution.residualVariance
            return (solution.deviance + degreesOfFreedom * log1p(shift * shift / relative / squares), [])
        }
        let variance = exp(2 * logSigma), profiled = solution.residualVariance
        let deviance =
            solution.deviance
            + degreesOfFreedom * (2 * logSigma - log(profiled) + profiled / variance - 1)
        guard withGradient else { return (deviance, []) }
        guard let slopes = likelihood.covarianceGradients(at: theta) else { return nil }
        var gradient = [Double](repeating: 0, count: free.count)
        var position = 0
        var slopeOfLogSigma = 2 * degreesOfFreedom * (1 - profiled / variance)
        for (term, factor) in factors.enumerated() {
            // ∂D/∂G at σ: that of the profiled criterion, with r²/σ̂² replaced by r²/σ².
            let scores = solution.scores[term]
            var slope =
                slopes[term]
                + (1 / profiled - 1 / variance) * scores.timesTransposed(scores)
            if term == target { slope = slope.submatrix(rows: permutation, columns: permutation) }
            let byFactor = 2 * slope * factor
            for (row, column) in lowerTriangle(factor.rows) {
                if term == target {
                    if case .standardDeviation = parameter, row == 0, column == 0 {
                        slopeOfLogSigma -= byFactor[0, 0] * factor[0, 0]
                        continue
                    }
                    if case .correlation = parameter, row == 1, column == 0 { continue }
                    if case .correlation = parameter, row == 1, column == 1 {
                        let sign = factor[0, 0] < 0 ? -1.0 : 1.0
                        gradient[position] =
                            byFactor[1, 0] * sign * value + byFactor[1, 1] * max(0, 1 - value * value).squareRoot()
                        position += 1
                        continue
                    }
                }
                gradient[position] = byFactor[row, column]
                position += 1
            }
        }
        if target >= 0 { gradient[free.count - 1] = slopeOfLogSigma }
        return (deviance, gradient)
    }

    private mutating func evaluateWithGradient(_ value: Double, _ free: [Double]) -> (
        value: Double, gradient: [Double]
    )? {
        guard let result = evaluate(value, free, withGradient: true) else { return nil }
        guard case .fixedEffect = parameter else { return result }
        var gradient = [Double](repeating: 0, count: free.count)
        var moved = free
        for k in free.indices {
            let step = 1e-5 * max(abs(free[k]), 0.1)
            moved[k] = free[k] + step
            guard let above = evaluate(value, moved)?.value else { return nil }
            moved[k] = free[k] - step
            guard let below = evaluate(value, moved)?.value else { return nil }
            gradient[k] = (above - below) / (2 * step)
            moved[k] = free[k]
        }
        return (result.value, gradient)
    }

    /// The increase of the deviance over its minimum when the parameter is held at `value`, minimised by the method of
    /// Broyden, Fletcher, Goldfarb and Shanno (Nocedal & Wright 2006, algorithm 6.1).
    mutating func increase(at value: Double) throws -> Double {
        func undefined() -> MixedModelError {
            .notEstimable("the likelihood is not defined where \(name) is \(value); rescale the variables of the model")
        }
        let count = point.count
        // A factor at zero is a stationary point whether or not it is a minimum: start next to it.
        var x = point
        for k in x.indices where x[k] == 0 { x[k] = 1e-2 }
        guard var current = evaluateWithGradient(value, x) else { throw undefined() }
        guard count > 0 else { return max(current.value - minimum, 0) }
        var inverse = Matrix.identity(count)
        var isScaled = false
        for _ in 0..<500 {
            var direction = (inverse * current.gradient).map { -$0 }
            var slope = dot(direction, current.gradient)
            if slope >= 0 {
                inverse = .identity(count)
                isScaled = false
                direction = current.gradient.map { -$0 }
                slope = -dot(current.gradient, current.gradient)
            }
            if -slope < 1e-10 { break }
            var length = isScaled ? 1 : min(1, 0.3 / (-slope).squareRoot())
            var next: (value: Double, gradient: [Double])?
            var trial = x
            for _ in 0..<40 {
                for k in x.indices { trial[k] = x[k] + length * direction[k] }
                if let found = evaluate(value, trial), found.value <= current.value + 1e-4 * length * slope {
                    next = evaluateWithGradient(value, trial)
                    break
                }
                length *= 0.4
            }
            guard let next else { break }
            let s = zip(trial, x).map { $0 - $1 }
            let y = zip(next.gradient, current.gradient).map { $0 - $1 }
            let sy = dot(s, y)
            if sy > 1e-12 * dot(s, s).squareRoot() * dot(y, y).squareRoot() {
                if !isScaled { inverse = (sy / dot(y, y)) * inverse }
                isScaled = true
                let hy = inverse * y
                let factor = (1 + dot(y, hy) / sy) / sy
                for j in 0..<count {
                    for i in 0..<count {
                        inverse[i, j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / sy
                    }
                }
            }
            let decrease = current.value - next.value
            x = trial
            current = next
            if decrease < 1e-11 * max(1, abs(current.value)), isScaled { break }
        }
        point = x
        return max(current.value - minimum, 0)
    }

    /// The value between `from` and `bound` at which the increase reaches `threshold`; the bound where it does not.
    mutating func limit(from origin: Double, towards bound: Double, _ threshold: Double) throws -> Double {
        let sign = bound < origin ? -1.0 : 1.0
        let target = threshold.squareRoot()
        var inner = (value: origin, root: 0.0), innerPoint = point
        var step = scale
        var outer: (value: Double, root: Double)?
        for _ in 0..<60 {
            var value = inner.value + sign * step
            let isBound = sign * (value - bound) >= 0
            if isBound {
                // σ cannot be zero, nor a correlation profiled at one exactly.
                value = bound.isFinite ? bound : value
                if case .residualStandardDeviation = parameter, bound == 0 { value = 0.5 * inner.value }
                if case .correlation = parameter { value = bound * (1 - 1e-9) }
            }
            let root = try increase(at: value).squareRoot()
            if root >= target {
                outer = (value, root)
                break
            }
            if isBound {
                switch parameter {
                case .residualStandardDeviation: break
                default: return bound
                }
            }
            inner = (value, root)
            innerPoint = point
            // The root of the increase is nearly linear.
            step = root > 0.05 ? min(abs(inner.value - origin) * (1.1 * target / root - 1), 4 * step) : 2 * step
            step = max(step, 0.05 * scale)
        }
        guard var outer else { return bound }
        point = innerPoint
        // Illinois variant of false position.
        var innerError = inner.root - target, outerError = outer.root - target
        var side = 0
        for _ in 0..<60 {
            if abs(outer.value - inner.value) <= 1e-9 * max(abs(outer.value), 1e-3 * scale) { break }
            let value = (inner.value * outerError - outer.value * innerError) / (outerError - innerError)
            let root = try increase(at: value).squareRoot()
            let error = root - target
            if abs(error) < 1e-9 { return value }
            if error < 0 {
                inner = (value, root)
                innerError = error
                if side == -1 { outerError *= 0.5 }
                side = -1
            } else {
                outer = (value, root)
                outerError = error
                if side == 1 { innerError *= 0.5 }
                side = 1
            }
        }
        return 0.5 * (inner.value + outer.value)
    }
}
