import LinearAlgebra
import Probability

/// How raw data are drawn from a population.
public struct SamplingDesign: Sendable, Hashable {
    /// Whether the data scatter about the population's moments or have them.
    public enum Mode: Sendable, Hashable {
        /// Independent draws from the multivariate normal distribution.
        case sampled
        /// Draws that are moved so that their means and covariance matrix are those of the population to rounding error, as
        /// `mvrnorm(empirical = TRUE)` of R's MASS does.
        ///
        /// With the divisor N − 1 the covariance matrix as programs print it is exact; with N the estimates under the normal
        /// likelihood are. Either way paths, loadings and all standardised figures come back; variances under the other
        /// likelihood differ by the factor (N − 1)/N. Needs more cases than variables.
        case exactMoments(divisor: SampleMoments.Divisor)
    }

    /// Whether the data have exact moments.
    public var mode: Mode
    /// Means of variables, by name, instead of the population's.
    public var means: [String: Double]
    /// Standard deviations of variables, by name, instead of the population's: the variable is stretched, and its
    /// correlations stay.
    public var standardDeviations: [String: Double]
    /// The answers that the numbers are turned into; nil to keep the numbers. It breaks the exactness of moments, lowers
    /// correlations by a few hundredths, and makes variables less normal.
    public var answerScale: AnswerScale?

    /// Creates a design.
    public init(
        mode: Mode = .sampled, means: [String: Double] = [:], standardDeviations: [String: Double] = [:],
        answerScale: AnswerScale? = nil
    ) {
        self.mode = mode
        self.means = means
        self.standardDeviations = standardDeviations
        self.answerScale = answerScale
    }
}

/// How a continuous variable becomes answers on a rating scale.
public enum AnswerScale: Sendable, Hashable {
    /// The nearest whole number within the range, so that all categories but the outer two have width 1. A variable without
    /// a mean or standard deviation of its own in the ``SamplingDesign`` gets the middle of the range, or a quarter of its width.
    case equalIntervals(ClosedRange<Int>)
    /// The number of thresholds not above the value, counted from `lowest`; thresholds are in standard deviations from the
    /// variable's mean, in ascending order.
    case thresholds([Double], lowest: Int = 1)

    /// - Throws: ``SimulationError/invalidAnswerScale(_:)``.
    func check() throws(SimulationError) {
        switch self {
        case .equalIntervals(let range):
            guard range.lowerBound < range.upperBound else {
                throw .invalidAnswerScale("the range \(range.lowerBound) to \(range.upperBound) has one value only")
            }
            guard range.lowerBound >= -1_000_000, range.upperBound <= 1_000_000 else {
                throw .invalidAnswerScale("the range goes beyond a million")
            }
        case .thresholds(let thresholds, _):
            guard !thresholds.isEmpty else { throw .invalidAnswerScale("there is no threshold") }
            guard thresholds.allSatisfy(\.isFinite) else { throw .invalidAnswerScale("a threshold is not a number") }
            guard zip(thresholds, thresholds.dropFirst()).allSatisfy({ $0 < $1 }) else {
                throw .invalidAnswerScale("the thresholds are not in ascending order")
            }
        }
    }
}

extension Simulation {
    /// Draws raw data.
    ///
    /// The numbers depend on `seed` and `replicate` alone. Cases are drawn one after another, so that a larger sample in
    /// ``SamplingDesign/Mode/sampled`` starts with the smaller one.
    /// - Parameters:
    ///   - caseCount: the number of cases N.
    ///   - seed: the family of random numbers.
    ///   - replicate: the stream of the family, for Monte Carlo studies.
    ///   - design: how the data are drawn.
    /// - Returns: N × p values under the names of the model's observed variables.
    /// - Throws: ``SimulationError``.
    public func data(
        caseCount: Int, seed: UInt64, replicate: UInt64 = 0, design: SamplingDesign = SamplingDesign()
    ) throws(SimulationError) -> CompleteData {
        let p = names.count
        var minimum = 1
        if case .exactMoments = design.mode { minimum = p + 1 }
        guard caseCount >= minimum else { throw .tooFewCases(caseCount, minimum: minimum) }
        guard caseCount.multipliedReportingOverflow(by: p).overflow == false, caseCount * p <= 1 << 31 else {
            throw .tooManyCases(caseCount)
        }
        try design.answerScale?.check()
        try check(design.means)
        try check(design.standardDeviations)
        for (name, value) in design.standardDeviations.sorted(by: { $0.key < $1.key }) where value <= 0 {
            throw .invalidStandardDeviation(name, value)
        }
        guard let factor = (try? Cholesky(covariance))?.factor else {
            throw .notPositiveDefinite(Indefiniteness(variables: names, smallestEigenvalue: 0))
        }

        var stream = RandomStream(seed: seed, stream: replicate)
        var normal = Matrix(rows: caseCount, columns: p)
        for i in 0..<caseCount { for j in 0..<p { normal[i, j] = stream.normal() } }
        if case .exactMoments(let divisor) = design.mode {
            let weight = Double(divisor == .caseCount ? caseCount : caseCount - 1)
            guard normal.standardizeExactly(sumOfSquares: weight) else {
                throw .tooFewCases(caseCount, minimum: p + 1)
            }
        }
        var values = normal.timesTransposed(factor)
        for j in 0..<p {
            let deviation = covariance[j, j].squareRoot()
            let place = location(of: j, design)
            for i in 0..<caseCount {
                let z = values[i, j] / deviation
                values[i, j] =
                    switch design.answerScale {
                    case nil where place.isOwn: means[j] + values[i, j]
                    case nil: place.mean + place.deviation * z
                    case .equalIntervals(let range):
                        min(
                            max((place.mean + place.deviation * z).rounded(), Double(range.lowerBound)),
                            Double(range.upperBound))
                    case .thresholds(let thresholds, let lowest):
                        Double(lowest) + Double(thresholds.count { $0 <= z })
                    }
            }
        }
        return CompleteData(names: names, values: values)
    }

    /// The mean and standard deviation of variable `j` in the data, and whether they are the population's.
    private func location(of j: Int, _ design: SamplingDesign) -> (mean: Double, deviation: Double, isOwn: Bool) {
        var mean = means[j], deviation = covariance[j, j].squareRoot()
        if case .equalIntervals(let range) = design.answerScale {
            mean = Double(range.lowerBound + range.upperBound) / 2
            deviation = Double(range.upperBound - range.lowerBound) / 4
        }
        let given = (mean: design.means[names[j]], deviation: design.standardDeviations[names[j]])
        return (
            given.mean ?? mean, given.deviation ?? deviation,
            given.mean == nil && given.deviation == nil && design.answerScale == nil
        )
    }

    private func check(_ byVariable: [String: Double]) throws(SimulationError) {
        for (name, value) in byVariable.sorted(by: { $0.key < $1.key }) {
            guard names.contains(name) else {
                throw .unknownVariable(name, nearest: nearestName(to: name, among: names))
            }
            guard value.isFinite else { throw .notANumber(name) }
        }
    }
}

extension Indefiniteness {
    fileprivate init(variables: [String], smallestEigenvalue: Double) {
        self.variables = variables
        self.smallestEigenvalue = smallestEigenvalue
    }
}

extension Matrix {
    /// Makes the columns orthogonal to one another and to the constant, with the given sum of squares each; false where a
    /// column depends on those before it.
    ///
    /// Gram–Schmidt, done twice for orthogonality to rounding error (Giraud, Langou & Rozložník 2005).
    fileprivate mutating func standardizeExactly(sumOfSquares: Double) -> Bool {
        let n = rows
        return storage.withUnsafeMutableBufferPointer { x in
            for j in 0..<columns {
                let own = j * n
                let before = Self.norm(x, own, n)
                for _ in 0..<2 {
                    var sum = 0.0
                    for i in 0..<n { sum += x[own + i] }
                    for i in 0..<n { x[own + i] -= sum / Double(n) }
                    for k in 0..<j {
                        var product = 0.0
                        for i in 0..<n { product += x[k * n + i] * x[own + i] }
                        product /= sumOfSquares
                        for i in 0..<n { x[own + i] -= product * x[k * n + i] }
                    }
                }
                let after = Self.norm(x, own, n)
                guard after > 1e-10 * before, after > 0 else { return false }
                let scale = sumOfSquares.squareRoot() / after
                for i in 0..<n { x[own + i] *= scale }
            }
            return true
        }
    }

    private static func norm(_ x: UnsafeMutableBufferPointer<Double>, _ start: Int, _ count: Int) -> Double {
        var sum = 0.0
        for i in start..<start + count { sum += x[i] * x[i] }
        return sum.squareRoot()
    }
}
