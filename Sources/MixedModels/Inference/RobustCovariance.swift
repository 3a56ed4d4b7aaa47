import LinearAlgebra

/// The cluster-robust ("sandwich") covariance matrix of the fixed effects, clusters being those of the highest level.
///
/// CR0 is that of HLM (Raudenbush & Bryk 2002, p. 277; Liang & Zeger 1986), without any correction for the number of
/// clusters; CR1 multiplies it by J/(J − 1); CR2 adjusts residuals so that it is unbiased when the model is right (Bell &
/// McCaffrey 2002; Pustejovsky & Tipton 2018, equations 9 to 11), with V_j of the model as the working covariance.
struct RobustCovariance: Sendable {
    /// The covariance matrix of β̂ (p × p).
    let covariance: Matrix
    /// J.
    let clusterCount: Int
    /// M = (XᵀV⁻¹X)⁻¹.
    private let bread: Matrix
    /// E_jV_jE_jᵀ with E_j = X_jᵀV_j⁻¹A_j (p × p each).
    private let middles: [Matrix]
    /// E_jX_j (p × p each).
    private let hats: [Matrix]

    init(_ fit: MixedModelFit, _ kind: StandardErrors) throws {
        let blocks = try ClusterBlocks(fit, purpose: "robust standard errors")
        guard blocks.count > 1 else {
            throw MixedModelError.notAvailable(
                "robust standard errors need at least two independent clusters; crossed grouping factors tie all rows "
                    + "together: use model-based standard errors")
        }
        let p = fit.design.fixedCount
        let marginal = fit.marginalFit
        bread = fit.coefficientCovariance
        clusterCount = blocks.count
        var meat = Matrix(rows: p, columns: p)
        var middles: [Matrix] = [], hats: [Matrix] = []
        for block in 0..<blocks.count {
            let rows = blocks.rows[block]
            var x = blocks.fixed(block)
            var residual = rows.map { fit.design.response[$0] - marginal[$0] }
            let solver = try blocks.solver(block)
            var score: [Double]
            if kind == .cr2 {
                var covariance: Matrix
                let width = p + blocks.columnCount(block)
                if fit.design.weights == nil, rows.count > width {
                    // V_j and the adjustment map the span of Z_j and X_j to itself, and act as a number outside it.
                    let basis = try Self.span(x, blocks.rawRandom(block))
                    let random = basis.transposedTimes(solver.scaledRandom)
                    covariance = random.timesTransposed(random)
                    for k in 0..<covariance.rows { covariance[k, k] += 1 }
                    covariance = solver.residualVariance * covariance
                    residual = basis.transpose * residual
                    x = basis.transposedTimes(x)
                } else {
                    guard rows.count <= 3000 else {
                        throw MixedModelError.notAvailable(
                            "CR2 standard errors: a cluster has \(rows.count) weighted rows, too many; use CR1")
                    }
                    covariance = solver.covariance
                }
                let factor = try Cholesky(covariance)
                let reduced = covariance - (x * bread).timesTransposed(x)
                let root = try symmetricPower(
                    factor.factor.transposedTimes(reduced * factor.factor).symmetrized, -0.5, tolerance: 1e-10)
                // A_j = L(LᵀB_jL)^(−½)Lᵀ with V_j = LLᵀ.
                let adjustment = (factor.factor * root).timesTransposed(factor.factor)
                let weightsTimesX = adjustment * factor.solve(x)
                score = weightsTimesX.transpose * residual
                middles.append(weightsTimesX.transposedTimes(covariance * weightsTimesX))
                hats.append(weightsTimesX.transposedTimes(x))
            } else {
                let weightsTimesX = solver.solve(x)
                score = weightsTimesX.transpose * residual
                let cross = weightsTimesX.transposedTimes(x)
                middles.append(cross)
                hats.append(cross)
            }
            if kind == .cr1 {
                let factor = (Double(blocks.count) / Double(blocks.count - 1)).squareRoot()
                for k in score.indices { score[k] *= factor }
            }
            for j in 0..<p { for i in 0..<p { meat[i, j] += score[i] * score[j] } }
        }
        covariance = (bread * (meat * bread)).symmetrized
        self.middles = middles
        self.hats = hats
    }

    /// The degrees of freedom of the contrast lᵀβ (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, equation 12).
    func degreesOfFreedom(_ weights: [Double]) -> Double {
        let moments = quadraticMoments(weights)
        return 2 * moments.mean * moments.mean / moments.variance
    }

    /// Mean and variance of the variance estimate under the model: that of Σ_i (p_iᵀe)² with
    /// p_iᵀVp_j = δ_ij·g_iᵀV_ig_i − h_iᵀMh_j.
    private func quadraticMoments(_ weights: [Double]) -> (mean: Double, variance: Double) {
        let m = bread * weights
        var squares = 0.0, cross = 0.0, mean = 0.0
        var sum = Matrix(rows: m.count, columns: m.count)
        for (middle, hat) in zip(middles, hats) {
            let s = middle.quadraticForm(m)
            let h = hat.transpose * m
            let length = bread.quadraticForm(h)
            squares += s * s
            cross += s * length
            mean += s - length
            for j in h.indices { for i in h.indices { sum[i, j] += h[i] * h[j] } }
        }
        let product = bread * sum
        return (mean, 2 * (squares - 2 * cross + traceOfProduct(product, product)))
    }

    /// The approximate Hotelling test of Lβ = 0 (Pustejovsky & Tipton 2018, section 3.2, "AHZ"): with Wald statistic Q,
    /// (η − q + 1)/(ηq)·Q follows F(q, η − q + 1). Returns η.
    func hotellingDegreesOfFreedom(_ contrasts: Matrix) throws -> Double {
        let q = contrasts.rows
        let omega = (contrasts * bread).timesTransposed(contrasts)
        let standardised = try symmetricPower(omega, -0.5) * contrasts
        let m = bread.timesTransposed(standardised)
        let scaled = hats.map { $0.transposedTimes(m) }
        let within = middles.map { m.transposedTimes($0 * m) }
        let weighted = scaled.map { bread * $0 }
        var total = 0.0
        for i in scaled.indices {
            for j in scaled.indices {
                var a = scaled[i].transposedTimes(weighted[j]).map { -$0 }
                if i == j { a = a + within[i] }
                // Σ_s,t a_ss·a_tt + a_st·a_ts.
                let trace = a.trace
                total += trace * trace + traceOfProduct(a, a)
            }
        }
        return Double(q * (q + 1)) / total
    }

    /// An orthonormal basis of the columns of both matrices.
    private static func span(_ x: Matrix, _ z: Matrix) throws -> Matrix {
        var storage: [Double] = []
        for matrix in [x, z] {
            for j in 0..<matrix.columns {
                let column = matrix.column(j)
                let length = dot(column, column).squareRoot()
                if length > 0 { storage += column.map { $0 / length } }
            }
        }
        let joined = Matrix(rows: x.rows, columns: storage.count / x.rows, columnMajor: storage)
        let decomposition = try SingularValues(joined)
        let largest = decomposition.values.first ?? 0
        let rank = decomposition.values.prefix { $0 > 1e-11 * largest }.count
        return Matrix(
            rows: x.rows, columns: rank, columnMajor: Array(decomposition.left.storage[..<(x.rows * rank)]))
    }
}
