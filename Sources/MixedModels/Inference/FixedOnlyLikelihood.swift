import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The criterion of a design without its random terms: ordinary, or weighted, least squares.
struct FixedOnlyLikelihood: Sendable {
    /// −2 log L, or the REML criterion, constants included.
    let deviance: Double
    /// σ̂².
    let residualVariance: Double
    /// β̂.
    let coefficients: [Double]

    init(_ design: MixedDesign, _ criterion: MixedCriterion) throws {
        let n = design.rowCount, p = design.fixedCount
        let weights = design.weights
        let y = zip(design.response, design.offset ?? [Double](repeating: 0, count: n)).map { $0 - $1 }
        let weighted = Matrix(rows: n, columns: p) { (weights?[$0] ?? 1) * design.fixed[$0, $1] }
        var logDeterminant = 0.0
        var coefficients: [Double] = []
        if p > 0 {
            do {
                let factor = try Cholesky(design.fixed.transposedTimes(weighted))
                coefficients = factor.solve(weighted.transpose * y)
                logDeterminant = factor.logDeterminant
            } catch { throw MixedModelError.notEstimable("the predictors of the fixed part are collinear") }
        }
        let fitted = p > 0 ? design.fixed * coefficients : [Double](repeating: 0, count: n)
        var squares = 0.0, logWeights = 0.0
        for i in 0..<n {
            let w = weights?[i] ?? 1
            squares += w * (y[i] - fitted[i]) * (y[i] - fitted[i])
            logWeights += log(w)
        }
        let df = Double(criterion == .reml ? n - p : n)
        guard df > 0, squares > 0 else {
            throw MixedModelError.notEstimable("the fixed part fits the response exactly: nothing is left to divide")
        }
        residualVariance = squares / df
        deviance =
            df * (1 + log(2 * .pi * residualVariance)) - logWeights + (criterion == .reml ? logDeterminant : 0)
        self.coefficients = coefficients
    }
}
