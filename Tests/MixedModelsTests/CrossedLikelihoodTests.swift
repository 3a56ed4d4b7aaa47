import LinearAlgebra
import Optimization
import Testing

@testable import MixedModels

@Suite struct CrossedLikelihoodTests {
    /// Deterministic uniform numbers (Steele, Lea & Flood 2014, SplitMix64).
    struct Generator {
        var state: UInt64
        mutating func uniform() -> Double {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
        }
        mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }
        mutating func index(_ count: Int) -> Int { Int(uniform() * Double(count)) }
    }

    enum Layout: String, CaseIterable {
        case crossed, nested, crossedSlopes, nestedSlopes, nestedInCrossed, threeCrossed, twoTerms, partlyCrossed
    }

    /// Unbalanced random data of n rows, a covariate and an intercept.
    static func design(_ layout: Layout, n: Int = 60, seed: UInt64 = 1) -> MixedDesign {
        var generator = Generator(state: seed)
        var x = [Double](), y = [Double](), first = [Int](), second = [Int](), third = [Int]()
        for row in 0..<n {
            x.append(generator.normal())
            first.append(row < 12 ? row : generator.index(12))
            switch layout {
            case .nested, .nestedSlopes: second.append(first[row] / 3)
            case .nestedInCrossed: second.append(first[row] / 4)
            case .partlyCrossed: second.append(row % 13 == 0 ? (first[row] + 3) % 12 / 2 : first[row] / 2)
            default: second.append(row < 5 ? row : generator.index(5))
            }
            third.append(layout == .nested ? second[row] / 2 : row < 3 ? row : generator.index(3))
        }
        let effects = (0..<40).map { _ in generator.normal() }
        for row in 0..<n {
            y.append(100 + 0.5 * x[row] + effects[first[row]] + 1.5 * effects[20 + second[row]] + generator.normal())
        }
        func term(_ name: String, _ groups: [Int], slope: Bool = false, intercept: Bool = true) -> RandomTerm {
            let columns = (intercept ? [[Double](repeating: 1, count: n)] : []) + (slope ? [x] : [])
            let count = (groups.max() ?? 0) + 1
            return RandomTerm(
                factor: name, coefficientNames: columns.indices.map { "c\($0)" },
                columns: Matrix(rows: n, columns: columns.count, columnMajor: columns.flatMap { $0 }), groups: groups,
                levels: (0..<count).map(String.init))
        }
        let terms: [RandomTerm] =
            switch layout {
            case .crossed: [term("a", first), term("b", second)]
            case .nested: [term("a", first), term("b", second), term("c", third)]
            case .crossedSlopes: [term("a", first, slope: true), term("b", second, slope: true)]
            case .nestedSlopes: [term("a", first, slope: true), term("b", second), term("c", third, slope: true)]
            case .nestedInCrossed: [term("a", first), term("b", second, slope: true), term("c", third)]
            case .threeCrossed: [term("a", first), term("b", second), term("c", third)]
            case .twoTerms:
                [term("a", first), term("a", first, slope: true, intercept: false), term("b", second, slope: true)]
            case .partlyCrossed: [term("a", first), term("b", second)]
            }
        var fixed = Matrix(rows: n, columns: 2, repeating: 1)
        for row in 0..<n { fixed[row, 1] = x[row] + 20 }
        return MixedDesign(
            responseName: "y", response: y, fixed: fixed, fixedNames: ["(Intercept)", "x"],
            fixedTerms: ["(Intercept)", "x"], fixedAssignment: [0, 1], terms: terms)
    }

    /// V₁ = I + ΣZGZᵀ, written out.
    static func covariance(_ design: MixedDesign, _ theta: [Double]) -> Matrix {
        let n = design.rowCount
        var v = Matrix.identity(n), next = 0
        for term in design.terms {
            let q = term.coefficientCount
            var lambda = Matrix(rows: q, columns: q)
            for c in 0..<q {
                for r in c..<q {
                    lambda[r, c] = theta[next]
                    next += 1
                }
            }
            let g = lambda.timesTransposed(lambda), z = term.columns * g
            let product = z.timesTransposed(term.columns)
            for i in 0..<n { for j in 0..<n where term.groups[i] == term.groups[j] { v[i, j] += product[i, j] } }
        }
        return v
    }

    /// The criterion, β̂ and residual variance, from V₁ written out.
    static func dense(_ design: MixedDesign, _ criterion: MixedCriterion, _ theta: [Double]) throws -> (
        deviance: Double, coefficients: [Double], variance: Double, covariance: Matrix
    ) {
        let v = try Cholesky(covariance(design, theta))
        let x = v.solveFactor(design.fixed)
        let y = v.solveFactor(Matrix(rows: design.rowCount, columns: 1, columnMajor: design.response))
        let h = try Cholesky(x.crossProduct)
        let beta = h.solve(x.transposedTimes(y)).storage
        let residual = zip(y.storage, x * beta).map { $0 - $1 }
        let squares = dot(residual, residual)
        let degrees = Double(criterion == .reml ? design.rowCount - design.fixedCount : design.rowCount)
        let restricted = criterion == .reml ? h.logDeterminant : 0
        let deviance = v.logDeterminant + restricted + degrees * (1 + logarithm(2 * .pi * squares / degrees))
        return (deviance, beta, squares / degrees, (squares / degrees) * h.inverse)
    }

    static func value(_ likelihood: inout CrossedLikelihood, _ theta: [Double]) throws -> Double {
        let value = likelihood.value(at: theta)
        return try #require(value)
    }

    static func theta(_ count: Int, seed: UInt64) -> [Double] {
        var generator = Generator(state: seed)
        return (0..<count).map { _ in 0.3 + generator.uniform() }
    }

    @Test(arguments: Layout.allCases, [MixedCriterion.reml, .ml])
    func valueIsThatOfTheDenseComputation(_ layout: Layout, _ criterion: MixedCriterion) throws {
        let design = Self.design(layout)
        var likelihood = try CrossedLikelihood(design: design, criterion: criterion)
        for seed in 1...3 {
            let theta = Self.theta(likelihood.parameterCount, seed: UInt64(seed))
            let reference = try Self.dense(design, criterion, theta)
            let value = try Self.value(&likelihood, theta)
            #expect(abs(value - reference.deviance) < 1e-10 * abs(value))
            let optional = likelihood.solution(at: theta)
            let solution = try #require(optional)
            #expect(abs(solution.residualVariance - reference.variance) < 1e-10 * reference.variance)
            for k in 0..<2 {
                #expect(abs(solution.coefficients[k] - reference.coefficients[k]) < 1e-8)
                for j in 0..<2 {
                    let tolerance = 1e-9 * reference.covariance.maximumMagnitude
                    #expect(abs(solution.covariance[k, j] - reference.covariance[k, j]) < tolerance)
                }
            }
        }
    }

    @Test(arguments: Layout.allCases, [MixedCriterion.reml, .ml])
    func gradientIsThatOfCentralDifferences(_ layout: Layout, _ criterion: MixedCriterion) throws {
        var likelihood = try CrossedLikelihood(design: Self.design(layout), criterion: criterion)
        let theta = Self.theta(likelihood.parameterCount, seed: 7)
        var gradient = theta
        _ = try Self.value(&likelihood, theta)
        likelihood.gradient(at: theta, into: &gradient)
        for k in theta.indices {
            var up = theta, down = theta
            up[k] += 1e-4
            down[k] -= 1e-4
            let difference = try Self.value(&likelihood, up) - Self.value(&likelihood, down)
            #expect(abs(gradient[k] - difference / 2e-4) < 1e-5, "\(k): \(gradient[k]) \(difference / 2e-4)")
        }
    }

    @Test(arguments: Layout.allCases, [MixedCriterion.reml, .ml])
    func hessianIsThatOfCentralDifferences(_ layout: Layout, _ criterion: MixedCriterion) throws {
        var likelihood = try CrossedLikelihood(design: Self.design(layout), criterion: criterion)
        let theta = Self.theta(likelihood.parameterCount, seed: 7)
        var up = theta, down = theta, ascent = theta, descent = theta
        let isDefined = likelihood.differentiate(at: theta)
        #expect(isDefined)
        let optional = likelihood.exactHessian()
        let hessian = try #require(optional)
        for k in theta.indices {
            up = theta
            down = theta
            up[k] += 1e-4
            down[k] -= 1e-4
            likelihood.gradient(at: up, into: &ascent)
            likelihood.gradient(at: down, into: &descent)
            for l in theta.indices {
                #expect(abs(hessian[k + l * theta.count] - (ascent[l] - descent[l]) / 2e-4) < 1e-4)
            }
        }
    }

    @Test(arguments: Layout.allCases, [MixedCriterion.reml, .ml])
    func newtonReachesAMinimum(_ layout: Layout, _ criterion: MixedCriterion) throws {
        var likelihood = try CrossedLikelihood(design: Self.design(layout, n: 150), criterion: criterion)
        var theta = likelihood.start
        var workspace = NewtonMinimizer.Workspace(count: theta.count)
        let report = NewtonMinimizer().minimize(&likelihood, from: &theta, workspace: &workspace)
        #expect(report.outcome == .converged)
        let value = try Self.value(&likelihood, theta)
        var gradient = theta
        likelihood.gradient(at: theta, into: &gradient)
        #expect(gradient.allSatisfy { abs($0) < 1e-4 }, "\(gradient)")
        for k in theta.indices {
            for step in [-0.01, 0.01] {
                var other = theta
                other[k] += step
                let elsewhere = try Self.value(&likelihood, other)
                #expect(elsewhere > value - 1e-8)
            }
        }
    }

    /// V_k of each variance component, σ² last.
    static func components(_ design: MixedDesign) -> [Matrix] {
        let n = design.rowCount
        var result: [Matrix] = []
        for term in design.terms {
            for c in 0..<term.coefficientCount {
                for r in c..<term.coefficientCount {
                    result.append(
                        Matrix(rows: n, columns: n) { i, j in
                            guard term.groups[i] == term.groups[j] else { return 0 }
                            let product = term.columns[i, r] * term.columns[j, c]
                            return r == c ? product : product + term.columns[i, c] * term.columns[j, r]
                        })
                }
            }
        }
        return result + [.identity(n)]
    }

    @Test(arguments: Layout.allCases, [MixedCriterion.reml, .ml])
    func sensitivityIsThatOfTheDenseFormulas(_ layout: Layout, _ criterion: MixedCriterion) throws {
        let design = Self.design(layout)
        var likelihood = try CrossedLikelihood(design: design, criterion: criterion)
        let theta = Self.theta(likelihood.parameterCount, seed: 3)
        let result = try likelihood.sensitivity(at: theta, moments: .second)
        let variance = try Self.dense(design, criterion, theta).variance
        let inverse = (1 / variance) * (try Cholesky(Self.covariance(design, theta))).inverse
        let x = inverse * design.fixed
        let h = try Cholesky(design.fixed.transposedTimes(x)).inverse
        let p = inverse - (x * h).timesTransposed(x), py = p * design.response
        let components = Self.components(design), second = try #require(result.second)
        func close(_ a: Double, _ b: Double, _ scale: Double) -> Bool { abs(a - b) < 1e-8 * abs(scale) }
        for k in components.indices {
            let vpy = components[k] * py, trace = criterion == .reml ? p : inverse
            let gradient = (trace * components[k]).trace - dot(py, vpy)
            #expect(close(result.gradient[k], gradient, (trace * components[k]).trace))
            let information = x.transposedTimes(components[k] * x)
            #expect((information - result.information[k]).maximumMagnitude < 1e-8 * information.maximumMagnitude)
            for l in components.indices {
                let traces = ((trace * components[k]) * (trace * components[l])).trace
                let hessian = 2 * dot(vpy, p * (components[l] * py)) - traces
                #expect(close(result.hessian[k, l], hessian, traces), "\(k) \(l) \(result.hessian[k, l]) \(hessian)")
                let whole = ((inverse * components[k]) * (inverse * components[l])).trace
                #expect(close(second.traces[k, l], whole, whole))
                let product = x.transposedTimes(components[k] * (inverse * (components[l] * x)))
                #expect((product - second.products[k][l]).maximumMagnitude < 1e-8 * product.maximumMagnitude)
            }
        }
    }

    @Test(arguments: Layout.allCases)
    func tracesByDifferencesAreThoseOfAllColumns(_ layout: Layout) throws {
        var likelihood = try CrossedLikelihood(design: Self.design(layout), criterion: .reml)
        for isSingular in [false, true] {
            var theta = Self.theta(likelihood.parameterCount, seed: 3)
            if isSingular { theta[0] = 0 }
            let isDefined = likelihood.differentiate(at: theta)
            #expect(isDefined)
            let columns = likelihood.secondTraces(), steps = likelihood.secondTracesByDifferences()
            let exact = try #require(columns), differences = try #require(steps)
            for k in theta.indices {
                for l in theta.indices {
                    let scale = (exact[k, k] * exact[l, l]).squareRoot()
                    #expect(abs(exact[k, l] - differences[k, l]) < 1e-6 * scale, "\(exact[k, l]) \(differences[k, l])")
                }
            }
        }
    }
}

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

private func logarithm(_ x: Double) -> Double { log(x) }
