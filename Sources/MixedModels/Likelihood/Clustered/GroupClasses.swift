import CClusterKernels
import LinearAlgebra
import Optimization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Groups of equal A_j = Z_jᵀZ_j pooled, for a single random coefficient: an evaluation then costs p³ operations,
/// whatever the number of groups. With a random intercept the classes are the group sizes.
///
/// With t = λ², d = 1 + t·a and S = Σ B_jᵀB_j over a class, [X y]ᵀV₁⁻¹[X y] = C − Σ (t/d)·S. Let L be its Cholesky factor
/// and K = L⁻¹·Σ S/d²·L⁻ᵀ: then Σ s_j² = r²·K_yy and Σ U_jH⁻¹U_jᵀ is the trace of K over the columns of X.
struct GroupClasses: Sendable {
    /// p + 1.
    let width: Int
    /// a of each class, and how many groups it has.
    let values: [Double]
    let counts: [Double]
    /// S of each class, one after the other (p + 1 × p + 1).
    private(set) var products: [Double]

    /// Nil when there are too many classes for pooling to gain anything, or several random coefficients.
    init?(statistics: ClusterStatistics) {
        guard statistics.coefficientCount == 1 else { return nil }
        let groupCount = statistics.groupCount, stride = statistics.stride
        let within = statistics.within, cross = statistics.cross
        var values: [Double] = []
        var codes = [Int](repeating: 0, count: groupCount)
        for j in 0..<groupCount {
            if j > 0, within[j] == within[j - 1] {
                codes[j] = codes[j - 1]
            } else if let k = values.firstIndex(of: within[j]) {
                codes[j] = k
            } else {
                guard values.count < 12, values.count * 4 < groupCount else { return nil }
                codes[j] = values.count
                values.append(within[j])
            }
        }
        let members = values.indices.map { k in
            values.count == 1 ? Array(codes.indices) : codes.indices.filter { codes[$0] == k }
        }
        width = statistics.fixedCount + 1
        self.values = values
        counts = members.map { Double($0.count) }
        products = [Double](repeating: 0, count: values.count * width * width)
        for (k, groups) in members.enumerated() {
            if values.count == 1 {
                Self.addCrossProduct(cross, stride, width, into: &products, at: 0)
            } else {
                let padding = [Double](
                    repeating: 0, count: (CLUSTER_LANES - groups.count % CLUSTER_LANES) % CLUSTER_LANES)
                let gathered = (0..<width).flatMap { c in groups.map { cross[c * stride + $0] } + padding }
                Self.addCrossProduct(
                    gathered, gathered.count / width, width, into: &products, at: k * width * width)
            }
        }
    }

    private static func addCrossProduct(
        _ data: UnsafePointer<Double>, _ rows: Int, _ width: Int, into products: UnsafeMutablePointer<Double>,
        at offset: Int
    ) {
        let target = products + offset
        cluster_products(rows, 1, data, width, rows, data, width, rows, 1, target, width)
        for j in 0..<width {
            for i in 0..<j { target[i + j * width] = target[j + i * width] }
        }
    }

    /// The last row and column of S of a class.
    mutating func setResponse(ofClass index: Int, products response: [Double]) {
        let first = index * width * width
        for (c, value) in response.enumerated() {
            products[first + width - 1 + c * width] = value
            products[first + c + (width - 1) * width] = value
        }
    }

    /// The Cholesky factor of [X y]ᵀV₁⁻¹[X y] in `normal`; returns Σ log|M_j|, nil where that is not defined.
    func reduce(
        square t: Double, total: UnsafePointer<Double>, normal: UnsafeMutablePointer<Double>
    ) -> Double? {
        normal.update(from: total, count: width * width)
        var logarithms = 0.0
        for k in values.indices {
            let d = 1 + t * values[k]
            logarithms += counts[k] * log(d)
            Self.add(-t / d, products, at: k * width * width, width * width, to: normal)
        }
        return cluster_cholesky(width, normal, width) != 0 ? logarithms : nil
    }

    /// dD/dt and d²D/dt² of the profiled deviance, given the factor of ``reduce(square:total:normal:)``.
    func derivatives(
        square t: Double, normal: UnsafePointer<Double>, degreesOfFreedom nu: Double, criterion: MixedCriterion,
        curvature: Curvature
    ) -> (first: Double, second: Double) {
        var weighted = [Double](repeating: 0, count: width * width), twice = weighted
        var first = 0.0, trace = 0.0
        for k in values.indices {
            let d = 1 + t * values[k], ratio = values[k] / d
            first += counts[k] * ratio
            trace += counts[k] * ratio * ratio
            Self.add(1 / (d * d), products, at: k * width * width, width * width, to: &weighted)
            if values.count > 1 {
                Self.add(ratio / (d * d), products, at: k * width * width, width * width, to: &twice)
            }
        }
        Self.project(width, normal, &weighted)
        let p = width - 1
        if values.count > 1 {
            Self.project(width, normal, &twice)
        } else {
            let ratio = values[0] / (1 + t * values[0])
            for i in 0..<(width * width) { twice[i] = ratio * weighted[i] }
        }
        let score = weighted[width * width - 1]
        var form = twice[width * width - 1]
        for c in 0..<p { form -= weighted[p + c * width] * weighted[p + c * width] }
        if criterion == .reml {
            for c in 0..<p {
                first -= weighted[c * (width + 1)]
                trace -= 2 * twice[c * (width + 1)]
                for i in 0..<p { trace += weighted[i + c * width] * weighted[i + c * width] }
            }
        }
        first -= nu * score
        let second = nu * (curvature == .exact ? 2 * form - score * score : form - score * score)
        return (first, curvature == .exact ? second - trace : second)
    }

    private static func add(
        _ scale: Double, _ source: UnsafePointer<Double>, at offset: Int, _ count: Int,
        to target: UnsafeMutablePointer<Double>
    ) {
        addScaled(count, scale, source + offset, target)
    }

    /// L⁻¹·S·L⁻ᵀ of a symmetric S, in place.
    private static func project(_ n: Int, _ factor: UnsafePointer<Double>, _ s: UnsafeMutablePointer<Double>) {
        for _ in 0..<2 {
            for c in 0..<n {
                let column = s + c * n
                for k in 0..<n {
                    let value = column[k] / factor[k * (n + 1)]
                    column[k] = value
                    addScaled(n - k - 1, -value, factor + k * (n + 1) + 1, column + k + 1)
                }
            }
            for j in 0..<n {
                for i in 0..<j {
                    let value = s[i + j * n]
                    s[i + j * n] = s[j + i * n]
                    s[j + i * n] = value
                }
            }
        }
    }
}
