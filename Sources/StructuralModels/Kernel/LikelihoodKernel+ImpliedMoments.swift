import LinearAlgebra

/// The moments that the structure implies.
extension LikelihoodKernel {
    /// Fills A, S, m, (I − A)⁻¹ and E for the parameters; false when I − A is singular.
    func implied(_ theta: UnsafePointer<Double>) -> Bool {
        a.update(repeating: 0, count: t * m)
        s.update(repeating: 0, count: t * t)
        for element in parts.places {
            let value: Double
            switch element.quantity {
            case .free(let index): value = theta[index]
            case .fixed(let constant): value = constant
            case .sample:
                switch element.path {
                case .symmetric(let i, let j): value = sample[i + j * p]
                case .intercept(let i): value = sampleMeans[i]
                case .directed: value = 0
                }
            }
            switch element.path {
            case .directed(let to, let from): a[to + plan.sourceIndex[from] * t] += value
            case .symmetric(let i, let j):
                s[i + j * t] += value
                if i != j { s[j + i * t] += value }
            case .intercept(let i): intercepts[i] = value
            }
        }
        return totalEffects() && covariances()
    }

    /// (I − A)⁻¹ from the sources to all variables.
    func totalEffects() -> Bool {
        guard m > 0 else { return true }
        if let order = plan.sourceOrder {
            // Row i of (I − A)⁻¹ is eᵢ plus the causes' rows, each times its path.
            z.update(repeating: 0, count: m * m)
            for variable in order {
                let row = plan.sourceIndex[variable]
                z[row + row * m] = 1
                for cause in 0..<m {
                    let path = a[variable + cause * t]
                    if path != 0 { for j in 0..<m { z[row + j * m] += path * z[cause + j * m] } }
                }
            }
        } else {
            var matrix = Matrix.identity(m)
            for (row, variable) in plan.sources.enumerated() {
                for cause in 0..<m { matrix[row, cause] -= a[variable + cause * t] }
            }
            guard let inverse = try? LU(matrix).inverse else { return false }
            for k in 0..<(m * m) { z[k] = inverse.storage[k] }
        }
        // Leaves: A·Z; sources: Z itself.
        total.update(repeating: 0, count: t * m)
        for path in parts.leafPaths {
            let value = a[path.leaf + path.cause * t]
            for j in 0..<m { total[path.leaf + j * t] += value * z[path.cause + j * m] }
        }
        for (row, variable) in plan.sources.enumerated() {
            for j in 0..<m { total[variable + j * t] = z[row + j * m] }
        }
        return true
    }

    /// E, from S and the total effects, exploiting that a leaf's disturbance reaches only itself.
    func covariances() -> Bool {
        e.update(from: s, count: t * t)
        guard m > 0 else { return true }
        // K = cov(ζ, sources) = S[·, sources]·Zᵀ (t × m).
        let k = scratch
        k.update(repeating: 0, count: t * m)
        for (column, variable) in plan.sources.enumerated() {
            for i in 0..<t {
                let value = s[i + variable * t]
                if value != 0 { for j in 0..<m { k[i + j * t] += value * z[j + column * m] } }
            }
        }
        // Sources: E = Z·K[sources, ·]. Leaves: E = A·E[sources, ·] + K.
        for (column, variable) in plan.sources.enumerated() {
            for (row, other) in plan.sources.enumerated() {
                var sum = 0.0
                for l in 0..<m { sum += z[row + l * m] * k[plan.sources[l] + column * t] }
                e[other + variable * t] = sum
            }
            for leaf in parts.leaves { e[leaf + variable * t] = k[leaf + column * t] }
            for path in parts.leafPaths {
                e[path.leaf + variable * t] += a[path.leaf + path.cause * t] * e[path.source + variable * t]
            }
            for leaf in parts.leaves { e[variable + leaf * t] = e[leaf + variable * t] }
        }
        // Among leaves: E = S + A·E[sources, leaves] + (A·K[leaves, ·]ᵀ)ᵀ; the last is zero unless a leaf's disturbance
        // covaries with a source's.
        for leaf in parts.leaves {
            let column = e + leaf * t
            for path in parts.leafPaths { column[path.leaf] += a[path.leaf + path.cause * t] * column[path.source] }
        }
        if parts.joinsLeavesAndSources {
            for path in parts.leafPaths {
                let value = a[path.leaf + path.cause * t]
                for leaf in parts.leaves { e[leaf + path.leaf * t] += value * k[leaf + path.cause * t] }
            }
        }
        return true
    }

    /// μ, x̄ − μ, and the sample covariance shifted by its square.
    func impliedMeans() {
        for i in 0..<t { means[i] = plan.sourceIndex[i] < 0 ? intercepts[i] : 0 }
        for (column, source) in plan.sources.enumerated() {
            for i in 0..<t { means[i] += total[i + column * t] * intercepts[source] }
        }
        for i in 0..<p { difference[i] = sampleMeans[i] - means[i] }
        for j in 0..<p { for i in 0..<p { shifted[i + j * p] = sample[i + j * p] + difference[i] * difference[j] } }
    }

    /// The covariances of all variables (t × t) and, with means modelled, their means.
    func impliedMoments() -> (covariance: Matrix, means: [Double]?) {
        let covariance = Matrix(rows: t, columns: t, columnMajor: Array(UnsafeBufferPointer(start: e, count: t * t)))
        return (covariance, plan.hasMeans ? Array(UnsafeBufferPointer(start: means, count: t)) : nil)
    }

    /// The implied variance of variable `i`.
    @inline(__always)
    func impliedVariance(_ i: Int) -> Double { e[i + i * t] }

    /// The sample's moment at a place of exogenous observed variables.
    func sampleMoment(_ path: ModelPlan.Path) -> Double {
        switch path {
        case .symmetric(let i, let j): sample[i + j * p]
        case .intercept(let i): sampleMeans[i]
        case .directed: .nan
        }
    }

    /// S, the disturbances' covariances (t × t).
    func disturbanceCovariances() -> Matrix {
        Matrix(rows: t, columns: t, columnMajor: Array(UnsafeBufferPointer(start: s, count: t * t)))
    }

    /// The disturbance's variance of variable `i`.
    @inline(__always)
    func disturbanceVariance(_ i: Int) -> Double { s[i + i * t] }

    /// (I − A)⁻¹ (t × t).
    func totalEffectMatrix() -> Matrix {
        var result = Matrix.identity(t)
        for (column, source) in plan.sources.enumerated() {
            for i in 0..<t { result[i, source] = total[i + column * t] }
        }
        return result
    }

    /// A (t × t).
    func directedPaths() -> Matrix {
        var result = Matrix(rows: t, columns: t)
        for (column, source) in plan.sources.enumerated() {
            for i in 0..<t { result[i, source] = a[i + column * t] }
        }
        return result
    }
}
