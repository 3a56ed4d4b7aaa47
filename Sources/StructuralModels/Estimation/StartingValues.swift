import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starting values from the sample moments, without iteration.
///
/// Each latent variable gets loadings by the centroid method on its indicators (Thurstone 1931) and stands in as the
/// weighted sum of these for its covariances with everything else; paths then start at the regression among these
/// moments. For most models this is a few Newton steps from the optimum; the plain start is what remains where the
/// moments so pieced together are not admissible.
struct StartingValues {
    private let plan: ModelPlan
    private let moments: SampleMoments
    /// The pieced-together covariances of all variables.
    private var covariance: Matrix
    /// Fixed values by place, canonical.
    private var fixed: [ModelPlan.Path: Double] = [:]
    private var effects: [[Int]]
    private var causes: [[Int]]
    /// The size of all standardised loadings, in place of the centroid method.
    private let uniformLoading: Double?
    /// Whether uniform loadings take the signs of the sample's correlations.
    private var followsSigns = true

    init(plan: ModelPlan, moments: SampleMoments, uniformLoading: Double? = nil) {
        self.uniformLoading = uniformLoading
        self.plan = plan
        self.moments = moments
        let t = plan.variables.count, p = plan.observedCount
        covariance = Matrix(rows: t, columns: t) { i, j in i < p && j < p ? moments.covariance[i, j] : 0 }
        effects = [[Int]](repeating: [], count: t)
        causes = effects
        for element in plan.elements {
            if case .fixed(let value) = element.quantity { fixed[element.path.canonical] = value }
            if case .directed(let to, let from) = element.path {
                effects[from].append(to)
                causes[to].append(from)
            }
        }
    }

    /// The starts worth trying, best first.
    static func candidates(plan: ModelPlan, moments: SampleMoments) -> [[Double]] {
        var pieced = StartingValues(plan: plan, moments: moments)
        pieced.fillLatentMoments()
        var starts = [
            pieced.parameters(paths: 1, covariances: 1), pieced.parameters(paths: 0.5, covariances: 0.5),
            pieced.parameters(paths: 0, covariances: 0),
        ]
        // Where indicators hardly correlate, the search easily runs away to a variance without bound although there is a
        // minimum: loadings that do not follow the sample keep it near.
        for loading in [0.7, 0.4, 0.9] {
            var plain = StartingValues(plan: plan, moments: moments, uniformLoading: loading)
            plain.fillLatentMoments()
            starts.append(plain.parameters(paths: 0, covariances: 0))
        }
        // A minimum may lie where latent variances are negative: better found, and warned of, than missed.
        var below = StartingValues(plan: plan, moments: moments, uniformLoading: 0.14)
        below.followsSigns = false
        below.fillLatentMoments()
        var last = below.parameters(paths: 0, covariances: 0)
        for element in plan.elements {
            if case .symmetric(let i, let j) = element.path, i == j, i >= plan.observedCount,
                case .free(let index) = element.quantity
            {
                last[index] = -abs(last[index])
            }
        }
        starts.append(last)
        return starts
    }

    // MARK: Latent variables

    /// Goes through the latent variables from those with observed indicators to those of higher order.
    private mutating func fillLatentMoments() {
        let p = plan.observedCount
        var known = Set(0..<p)
        var waiting = Array(p..<plan.variables.count)
        while !waiting.isEmpty {
            let next = waiting.first { latent in effects[latent].contains { known.contains($0) } } ?? waiting[0]
            waiting.removeAll { $0 == next }
            let observed = effects[next].filter { $0 < p }
            let indicators = observed.isEmpty ? effects[next].filter(known.contains) : observed
            fillMoments(of: next, indicators: indicators, known: known)
            known.insert(next)
        }
    }

    private mutating func fillMoments(of latent: Int, indicators: [Int], known: Set<Int>) {
        let deviations = indicators.map { max(covariance[$0, $0], 1e-12).squareRoot() }
        let (centroid, sampleSigns) = centroidLoadings(indicators, deviations)
        let signs = followsSigns ? sampleSigns : sampleSigns.map { _ in 1.0 }
        let standardized = uniformLoading.map { size in signs.map { size * $0 } } ?? centroid

        // The scale: a fixed loading, a fixed variance, or one.
        var deviation = 1.0
        if let marker = indicators.indices.first(where: {
            (fixed[.directed(to: indicators[$0], from: latent)] ?? 0) != 0
        }) {
            let loading = fixed[.directed(to: indicators[marker], from: latent)] ?? 1
            deviation = standardized[marker] * deviations[marker] / loading
        } else if let variance = fixed[.symmetric(latent, latent)], variance > 0, causes[latent].isEmpty {
            deviation = variance.squareRoot()
        }
        if abs(deviation) < 1e-8 || !deviation.isFinite { deviation = 1 }
        covariance[latent, latent] = deviation * deviation

        let weights = zip(signs, deviations).map { $0 / $1 }
        let total = zip(weights.indices, weights).reduce(0) { sum, item in
            sum + item.1 * standardized[item.0] * deviations[item.0]
        }
        for other in known.sorted() {
            var value = 0.0
            if let own = indicators.firstIndex(of: other) {
                value = standardized[own] * deviations[own] * deviation
            } else if abs(total) > 1e-12 {
                for (weight, indicator) in zip(weights, indicators) { value += weight * covariance[indicator, other] }
                value *= deviation / total
                let bound = 0.9 * (covariance[latent, latent] * max(covariance[other, other], 0)).squareRoot()
                value = min(max(value, -bound), bound)
            }
            covariance[latent, other] = value
            covariance[other, latent] = value
        }
    }

    /// Standardised loadings of a single factor, and the signs that make the indicators point the same way.
    private func centroidLoadings(_ indicators: [Int], _ deviations: [Double]) -> (loadings: [Double], signs: [Double])
    {
        let k = indicators.count
        let r = Matrix(rows: k, columns: k) { i, j in
            i == j ? 0 : covariance[indicators[i], indicators[j]] / (deviations[i] * deviations[j])
        }
        guard k > 1 else { return ([0.8944271909999159], [1]) }
        var signs = [Double](repeating: 1, count: k)
        for j in 1..<k where r[0, j] < 0 { signs[j] = -1 }
        for _ in 0..<k {
            let sums = r * signs
            guard let worst = (1..<k).min(by: { sums[$0] * signs[$0] < sums[$1] * signs[$1] }),
                sums[worst] * signs[worst] < 0
            else { break }
            signs[worst] *= -1
        }
        let sums = r * signs
        let total = dot(signs, sums)
        guard total > 1e-12 else { return (signs.map { 0.5 * $0 }, signs) }
        if k == 2 {
            let loading = min(max(abs(r[0, 1]), 0.1), 0.9).squareRoot()
            return (signs.map { loading * $0 }, signs)
        }
        // The diagonal is missing from the sums: k/(k − 1) makes up for the average of what it would add.
        let scale = (Double(k) / Double(k - 1)).squareRoot() / total.squareRoot()
        return (
            zip(sums, signs).map { sum, sign in sign * min(max(sum * sign * scale, 0.2), 0.95) }, signs
        )
    }

    // MARK: Parameters

    /// Parameters from the pieced-together moments, with paths and covariances between different variables shrunk.
    private func parameters(paths: Double, covariances: Double) -> [Double] {
        var sum = [Double](repeating: 0, count: plan.parameterCount), count = sum
        let (coefficients, disturbances) = regressions(shrink: paths)
        for element in plan.elements {
            guard case .free(let index) = element.quantity else { continue }
            count[index] += 1
            switch element.path {
            case .directed: sum[index] += coefficients[element.path] ?? 0
            case .symmetric(let i, let j):
                if i == j {
                    sum[index] += disturbances[i]
                } else if causes[i].isEmpty && causes[j].isEmpty {
                    sum[index] += covariances * covariance[i, j]
                }
            case .intercept(let i): sum[index] += intercept(of: i, coefficients)
            }
        }
        return zip(sum, count).map { $1 > 0 ? $0 / $1 : 0 }
    }

    /// The regression of each variable on its causes: coefficients by place, and the variances left over.
    private func regressions(shrink: Double) -> ([ModelPlan.Path: Double], [Double]) {
        var coefficients: [ModelPlan.Path: Double] = [:]
        var disturbances = covariance.diagonal.map { max($0, 1e-8) }
        for variable in plan.variables.indices where !causes[variable].isEmpty {
            let predictors = causes[variable]
            let free = predictors.filter { fixed[.directed(to: variable, from: $0)] == nil }
            var known = [(Int, Double)]()
            for predictor in predictors {
                if let value = fixed[.directed(to: variable, from: predictor)] { known.append((predictor, value)) }
            }
            var target = free.map { covariance[$0, variable] }
            for (k, predictor) in free.enumerated() {
                for (other, value) in known { target[k] -= value * covariance[predictor, other] }
            }
            var normal = covariance.submatrix(rows: free, columns: free)
            for k in free.indices { normal[k, k] *= 1.02 }
            // A measurement path is kept: without it the latent variable would have no start at all.
            let isMeasurement = { (k: Int) in self.isMeasurementPath(to: variable, from: free[k]) }
            let solution = (try? Cholesky(normal))?.solve(target) ?? target.map { _ in 0.0 }
            for (k, predictor) in free.enumerated() {
                let value = isMeasurement(k) ? solution[k] * 1.02 : shrink * solution[k]
                coefficients[.directed(to: variable, from: predictor)] = value
                known.append((predictor, value))
            }
            var explained = 0.0
            for (i, a) in known { for (j, b) in known { explained += a * b * covariance[i, j] } }
            let variance = max(covariance[variable, variable], 1e-8)
            disturbances[variable] = min(max(variance - explained, 0.1 * variance), variance)
        }
        return (coefficients, disturbances)
    }

    private func isMeasurementPath(to variable: Int, from cause: Int) -> Bool {
        cause >= plan.observedCount
            && (variable < plan.observedCount || effects[cause].allSatisfy { $0 >= plan.observedCount })
    }

    private func intercept(of variable: Int, _ coefficients: [ModelPlan.Path: Double]) -> Double {
        guard variable < plan.observedCount, let means = moments.means else { return 0 }
        var value = means[variable]
        for cause in causes[variable] where cause < plan.observedCount {
            let path = ModelPlan.Path.directed(to: variable, from: cause)
            value -= (coefficients[path] ?? fixed[path] ?? 0) * means[cause]
        }
        return value
    }
}
