import CClusterKernels
import LinearAlgebra
import Probability

/// Draws from an estimated model with one grouping factor, as far as its likelihood sees the response y = Zb + e, fixed effects
/// aside: Z_jᵀy, Xᵀy and yᵀy, without the rows.
///
/// With A_j = L_jL_jᵀ, the part of y in the space of Z_j has the coordinates ζ_j = L_j⁻¹Z_jᵀy ~ N(0, σ²(I + L_jᵀGL_j)).
/// The rest is independent of it: its product with X is N(0, σ²XᵀM_ZX), M_Z being the projection that clears Z, and its square
/// what that part explains plus σ²χ² with the degrees of freedom that are left. These are J·q + p + 1 numbers in place of n. Where
/// groups are pooled, the sums over the groups of a class are drawn in the same way: p + 1 numbers a class.
struct ClusterSampling: Sendable {
    private let deviation: Double
    /// The factor of XᵀM_ZX (p × p), and the degrees of freedom left.
    private let rest: Matrix
    private let restDegrees: Double
    private let between: Between

    private enum Between: Sendable {
        case groups(Groups)
        case classes([PooledClass])
    }

    /// What the draws of single groups need, the groups innermost as in ``ClusterStatistics``.
    private struct Groups: Sendable {
        /// L_j, and the factor of I + L_jᵀGL_j, whose rows are zero where a pivot of L_j is (packed).
        var root: [Double]
        var scale: [Double]
        /// L_j⁻¹B_j, by columns (q × p).
        var projected: [Double]
    }

    private struct PooledClass: Sendable {
        /// a, and the standard deviation of Z_jᵀy.
        var value: Double
        var deviation: Double
        /// The factor of Σ B_jᵀB_j over the columns of X, and the degrees of freedom left.
        var factor: Matrix
        var degrees: Double
    }

    /// - Parameters:
    ///   - factor: Λ.
    ///   - variance: σ².
    init(_ statistics: ClusterStatistics, factor: Matrix, variance: Double) {
        let p = statistics.fixedCount, m = p + 1
        deviation = variance.squareRoot()
        var remaining = Matrix(rows: p, columns: p) { statistics.total[max($0, $1) + min($0, $1) * m] }
        let squares = remaining.diagonal
        var rank = 0
        if let pooled = statistics.classes {
            let square = factor[0, 0] * factor[0, 0]
            between = .classes(
                pooled.values.indices.map { k in
                    let a = pooled.values[k]
                    let products = Matrix(rows: p, columns: p) { pooled.products[$0 + $1 * m + k * m * m] }
                    if a > 0 { remaining = remaining - (1 / a) * products }
                    rank += a > 0 ? Int(pooled.counts[k]) : 0
                    let factor = Self.semidefiniteFactor(products, scale: products.diagonal)
                    return PooledClass(
                        value: a, deviation: (variance * a * (1 + a * square)).squareRoot(), factor: factor,
                        degrees: pooled.counts[k] - Double(factor.diagonal.count { $0 > 0 }))
                })
        } else {
            let groups = Self.groups(statistics, factor, &rank)
            var products = [Double](repeating: 0, count: p * p)
            let size = statistics.coefficientCount * statistics.stride
            cluster_products(size, 1, groups.projected, p, size, groups.projected, p, size, 0, &products, p)
            remaining = remaining - Matrix(rows: p, columns: p, columnMajor: products)
            between = .groups(groups)
        }
        rest = Self.semidefiniteFactor(remaining, scale: squares)
        restDegrees = Double(statistics.rowCount - rank - rest.diagonal.count { $0 > 0 })
    }

    private static func groups(_ statistics: ClusterStatistics, _ factor: Matrix, _ rank: inout Int) -> Groups {
        let q = statistics.coefficientCount, p = statistics.fixedCount, stride = statistics.stride
        var result = Groups(
            root: statistics.within, scale: statistics.within,
            projected: Array(statistics.cross[..<(q * p * stride)]))
        for j in 0..<stride {
            func place(_ a: Int, _ b: Int) -> Int { ClusterStatistics.packed(max(a, b), min(a, b)) * stride + j }
            let a = Matrix(rows: q, columns: q) { statistics.within[place($0, $1)] }
            let root = semidefiniteFactor(a, scale: a.diagonal)
            let loaded = root.transposedTimes(factor)
            let scale = semidefiniteFactor(
                Matrix.identity(q) + loaded.timesTransposed(loaded), scale: [Double](repeating: 1, count: q))
            for r in 0..<q {
                let isPivot = root[r, r] > 0
                rank += isPivot ? 1 : 0
                for s in 0...r {
                    result.root[place(r, s)] = root[r, s]
                    result.scale[place(r, s)] = isPivot ? scale[r, s] : 0
                }
                for c in 0..<p {
                    var value = result.projected[(c * q + r) * stride + j]
                    for s in 0..<r { value -= root[r, s] * result.projected[(c * q + s) * stride + j] }
                    result.projected[(c * q + r) * stride + j] = isPivot ? value / root[r, r] : 0
                }
            }
        }
        return result
    }

    /// The lower triangular L with LLᵀ = M, with zero columns where a pivot is nothing but rounding.
    private static func semidefiniteFactor(_ matrix: Matrix, scale: [Double]) -> Matrix {
        let order = matrix.rows
        var factor = Matrix(rows: order, columns: order)
        for column in 0..<order {
            var pivot = matrix[column, column]
            for k in 0..<column { pivot -= factor[column, k] * factor[column, k] }
            guard pivot > 1e-10 * scale[column] else { continue }
            let root = pivot.squareRoot()
            factor[column, column] = root
            for row in (column + 1)..<max(order, column + 1) {
                var sum = matrix[row, column]
                for k in 0..<column { sum -= factor[row, k] * factor[column, k] }
                factor[row, column] = sum / root
            }
        }
        return factor
    }

    /// Replaces the response of the model that this was made from.
    func draw(into statistics: inout ClusterStatistics, using stream: inout RandomStream) {
        let p = statistics.fixedCount
        // Xᵀy and yᵀy.
        var products = [Double](repeating: 0, count: p + 1)
        switch between {
        case .groups(let groups):
            Self.draw(groups, deviation, into: &statistics, &products, using: &stream)
        case .classes(let classes):
            for (k, pooled) in classes.enumerated() {
                var sums = [Double](repeating: 0, count: p + 1)
                Self.add(pooled.factor, pooled.degrees, pooled.deviation, to: &sums, using: &stream)
                statistics.setResponse(ofClass: k, products: sums)
                guard pooled.value > 0 else { continue }
                for c in 0...p { products[c] += sums[c] / pooled.value }
            }
        }
        Self.add(rest, restDegrees, deviation, to: &products, using: &stream)
        statistics.setResponse(products: products)
    }

    /// Adds the products of a normal response with columns whose products have the factor L, and its square.
    private static func add(
        _ factor: Matrix, _ degrees: Double, _ deviation: Double, to products: inout [Double],
        using stream: inout RandomStream
    ) {
        let p = factor.rows
        for c in 0..<p where factor[c, c] > 0 {
            let value = deviation * stream.normal()
            for r in c..<p { products[r] += factor[r, c] * value }
            products[p] += value * value
        }
        guard degrees > 0 else { return }
        products[p] += deviation * deviation * ChiSquared(degreesOfFreedom: degrees).quantile(stream.uniform())
    }

    private static func draw(
        _ groups: Groups, _ deviation: Double, into statistics: inout ClusterStatistics, _ products: inout [Double],
        using stream: inout RandomStream
    ) {
        let q = statistics.coefficientCount, p = statistics.fixedCount, stride = statistics.stride
        let size = q * stride, count = statistics.groupCount
        var normal = [Double](repeating: 0, count: size), coordinates = normal, response = normal
        for a in 0..<q { for j in 0..<count { normal[a * stride + j] = deviation * stream.normal() } }
        multiply(groups.scale, normal, q, stride, into: &coordinates)
        multiply(groups.root, coordinates, q, stride, into: &response)
        cluster_products(size, 1, groups.projected, p, size, coordinates, 1, size, 0, &products, p)
        products[p] += cluster_inner(size, coordinates, coordinates)
        statistics.setResponse(cross: response)
    }

    /// y_j = L_jx_j of each group.
    private static func multiply(
        _ triangles: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ q: Int, _ stride: Int,
        into y: UnsafeMutablePointer<Double>
    ) {
        for a in 0..<q {
            for b in 0...a {
                let triangle = triangles + ClusterStatistics.packed(a, b) * stride
                for j in 0..<stride { y[a * stride + j] += triangle[j] * x[b * stride + j] }
            }
        }
    }
}
