import LinearAlgebra
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Sample covariance matrices and means of normal data, drawn without the data.
///
/// (N − 1)S has Wishart's distribution, LAAᵀLᵀ with Σ = LLᵀ, A lower triangular with normal numbers below its diagonal and
/// roots of χ² with N − 1, N − 2, … degrees of freedom on it (Bartlett 1933); the mean is independent of it.
struct WishartSampling: Sendable {
    private let factor: Matrix
    private let means: [Double]

    init(covariance: Matrix, means: [Double]) throws {
        factor = try Cholesky(covariance).factor
        self.means = means
    }

    /// The unbiased covariance matrix and the means of `cases` cases.
    func draw(cases: Int, using stream: inout RandomStream) -> (covariance: Matrix, means: [Double]) {
        let p = factor.rows
        var triangle = Matrix(rows: p, columns: p)
        for i in 0..<p {
            for j in 0..<i { triangle[i, j] = stream.normal() }
            triangle[i, i] = stream.chiSquared(degreesOfFreedom: Double(cases - 1 - i)).squareRoot()
        }
        let root = factor * triangle
        let scale = 1 / Double(cases - 1)
        let shift = (0..<p).map { _ in stream.normal() }
        let deviation = factor * shift, n = Double(cases).squareRoot()
        return (scale * root.timesTransposed(root).symmetrized, zip(means, deviation).map { $0 + $1 / n })
    }
}

extension RandomStream {
    /// A number from χ² with at least one degree of freedom, as twice a gamma number of shape ν/2 (Marsaglia & Tsang 2000).
    mutating func chiSquared(degreesOfFreedom: Double) -> Double {
        // A shape below one third is not needed: a shape of ½ is raised by one and scaled back.
        let shape = 0.5 * degreesOfFreedom
        let raised = shape < 1 ? shape + 1 : shape
        let d = raised - 1.0 / 3, c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if log(uniform()) < 0.5 * x * x + d - d * v + d * log(v) {
                let scaled = shape < 1 ? d * v * pow(uniform(), 1 / shape) : d * v
                return 2 * scaled
            }
        }
    }
}
