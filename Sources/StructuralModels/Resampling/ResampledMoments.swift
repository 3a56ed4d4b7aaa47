import LinearAlgebra
import Probability

/// Draws cases and accumulates the moments of the sample so drawn, in memory of its own.
final class ResampledMoments {
    private let cases: Int, variables: Int
    /// Deviations from the full sample's means, a column for each case (p × N).
    private let deviations: Matrix
    private let fullMeans: [Double]
    private let divisorLoss: Double
    private var scaled: [Double]
    /// How often each case was drawn.
    private(set) var weights: [Double]
    private(set) var covariance: [Double]
    private(set) var means: [Double]

    /// - Parameter divisorLoss: 0 for the divisor N, 1 for N − 1.
    init(deviations: Matrix, means: [Double], divisorLoss: Double) {
        self.deviations = deviations
        fullMeans = means
        cases = deviations.columns
        variables = deviations.rows
        self.divisorLoss = divisorLoss
        scaled = [Double](repeating: 0, count: cases * variables)
        weights = [Double](repeating: 0, count: cases)
        covariance = [Double](repeating: 0, count: variables * variables)
        self.means = means
    }

    /// Draws sample `replicate` and computes its moments.
    func draw(seed: UInt64, replicate: Int) {
        var stream = RandomStream(seed: seed, stream: UInt64(replicate))
        Resampling.weights(into: &weights, using: &stream)
        let p = variables
        // Each case drawn w times enters once, multiplied by √w.
        var used = 0
        for j in 0..<p { means[j] = 0 }
        deviations.storage.withUnsafeBufferPointer { source in
            scaled.withUnsafeMutableBufferPointer { target in
                for i in 0..<cases where weights[i] > 0 {
                    let weight = weights[i], root = weight.squareRoot()
                    for j in 0..<p {
                        let value = source[j + i * p]
                        target[j + used * p] = root * value
                        means[j] += weight * value
                    }
                    used += 1
                }
            }
        }
        let n = Double(cases), divisor = n - divisorLoss
        BLAS.syrkLower(transposesA: false, p, used, 1 / divisor, scaled, p, 0, &covariance, p)
        for j in 0..<p { means[j] /= n }
        let correction = n / divisor
        for j in 0..<p {
            for i in j..<p {
                let value = covariance[i + j * p] - correction * means[i] * means[j]
                covariance[i + j * p] = value
                covariance[j + i * p] = value
            }
        }
        for j in 0..<p { means[j] += fullMeans[j] }
    }
}
