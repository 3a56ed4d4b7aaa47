import LinearAlgebra
import Optimization
import Testing

@testable import StructuralModels

/// Structures that between them have every kind of place: loadings, second-order factors, covariates, feedback,
/// shared parameters, error covariances between causes, means.
enum Structure: String, CaseIterable {
    case factors, secondOrder, observedPaths, feedback, shared, means, meansOfCauses

    typealias Element = ModelPlan.Element

    var plan: ModelPlan {
        switch self {
        case .factors:
            return ModelPlan(
                variables: ["x1", "x2", "x3", "x4", "x5", "x6", "f", "g"], observedCount: 6, parameterCount: 14,
                elements: [
                    Element(.directed(to: 0, from: 6), .fixed(1)), Element(.directed(to: 1, from: 6), .free(0)),
                    Element(.directed(to: 2, from: 6), .free(1)), Element(.directed(to: 3, from: 7), .fixed(1)),
                    Element(.directed(to: 4, from: 7), .free(2)), Element(.directed(to: 5, from: 7), .free(3)),
                    Element(.symmetric(6, 6), .free(4)), Element(.symmetric(7, 7), .free(5)),
                    Element(.symmetric(6, 7), .free(6)),
                ] + (0..<6).map { Element(.symmetric($0, $0), .free(7 + $0)) } + [
                    Element(.symmetric(0, 3), .free(13))
                ], hasMeans: false)
        case .secondOrder:
            return ModelPlan(
                variables: ["x1", "x2", "x3", "x4", "x5", "x6", "f", "g", "h"], observedCount: 6, parameterCount: 15,
                elements: (0..<3).map { Element(.directed(to: $0, from: 6), $0 == 0 ? .fixed(1) : .free($0 - 1)) }
                    + (3..<6).map { Element(.directed(to: $0, from: 7), $0 == 3 ? .fixed(1) : .free($0 - 2)) }
                    + (0..<6).map { Element(.symmetric($0, $0), .free(4 + $0)) } + [
                        Element(.directed(to: 6, from: 8), .free(10)), Element(.directed(to: 7, from: 8), .free(11)),
                        Element(.symmetric(6, 6), .free(12)), Element(.symmetric(7, 7), .free(13)),
                        Element(.symmetric(8, 8), .free(14)), Element(.directed(to: 7, from: 6), .fixed(0.2)),
                    ], hasMeans: false)
        case .observedPaths:
            return ModelPlan(
                variables: ["x", "w", "m", "y"], observedCount: 4, parameterCount: 7,
                elements: [
                    Element(.symmetric(0, 0), .sample), Element(.symmetric(1, 1), .sample),
                    Element(.symmetric(0, 1), .sample), Element(.directed(to: 2, from: 0), .free(0)),
                    Element(.directed(to: 2, from: 1), .free(1)), Element(.directed(to: 3, from: 2), .free(2)),
                    Element(.directed(to: 3, from: 0), .free(3)), Element(.symmetric(2, 2), .free(4)),
                    Element(.symmetric(3, 3), .free(5)), Element(.symmetric(2, 3), .free(6)),
                ], hasMeans: false)
        case .feedback:
            return ModelPlan(
                variables: ["a", "b", "c", "d"], observedCount: 4, parameterCount: 9,
                elements: [
                    Element(.directed(to: 2, from: 3), .free(0)), Element(.directed(to: 3, from: 2), .free(1)),
                    Element(.directed(to: 2, from: 0), .free(2)), Element(.directed(to: 3, from: 1), .free(3)),
                    Element(.symmetric(0, 0), .free(4)), Element(.symmetric(1, 1), .free(5)),
                    Element(.symmetric(0, 1), .free(6)), Element(.symmetric(2, 2), .free(7)),
                    Element(.symmetric(3, 3), .free(8)),
                ], hasMeans: false)
        case .shared:
            return ModelPlan(
                variables: ["x1", "x2", "x3", "x4", "f"], observedCount: 4, parameterCount: 4,
                elements: [
                    Element(.directed(to: 0, from: 4), .fixed(1)), Element(.directed(to: 1, from: 4), .free(0)),
                    Element(.directed(to: 2, from: 4), .free(0)), Element(.directed(to: 3, from: 4), .free(1)),
                    Element(.symmetric(4, 4), .free(2)),
                ] + (0..<4).map { Element(.symmetric($0, $0), .free(3)) }, hasMeans: false)
        case .means:
            return ModelPlan(
                variables: ["x1", "x2", "x3", "x4", "f", "g"], observedCount: 4, parameterCount: 14,
                elements: [
                    Element(.directed(to: 0, from: 4), .fixed(1)), Element(.directed(to: 1, from: 4), .free(0)),
                    Element(.directed(to: 2, from: 5), .fixed(1)), Element(.directed(to: 3, from: 5), .free(1)),
                    Element(.directed(to: 5, from: 4), .free(2)), Element(.symmetric(4, 4), .free(3)),
                    Element(.symmetric(5, 5), .free(4)),
                ] + (0..<4).map { Element(.symmetric($0, $0), .free(5 + $0)) } + [
                    Element(.intercept(4), .free(9)), Element(.intercept(5), .free(10)),
                    Element(.intercept(1), .free(11)), Element(.intercept(3), .free(12)),
                    Element(.directed(to: 3, from: 4), .free(13)),
                ], hasMeans: true)
        case .meansOfCauses:
            return ModelPlan(
                variables: ["x", "m", "y"], observedCount: 3, parameterCount: 9,
                elements: [
                    Element(.directed(to: 1, from: 0), .free(0)), Element(.directed(to: 2, from: 1), .free(1)),
                    Element(.directed(to: 2, from: 0), .free(2)), Element(.symmetric(0, 0), .free(3)),
                    Element(.symmetric(1, 1), .free(4)), Element(.symmetric(2, 2), .free(5)),
                    Element(.intercept(0), .free(6)), Element(.intercept(1), .free(7)),
                    Element(.intercept(2), .free(8)),
                ], hasMeans: true)
        }
    }

    /// Parameters away from any optimum: variances near one, other values small and irregular.
    var point: [Double] {
        var result = (0..<plan.parameterCount).map { 0.35 + 0.11 * Double(($0 * 7) % 5) }
        for element in plan.elements {
            if case .symmetric(let i, let j) = element.path, case .free(let k) = element.quantity {
                result[k] = i == j ? 0.9 + 0.1 * Double(k % 4) : 0.15
            }
        }
        return result
    }

    var moments: SampleMoments {
        let p = plan.observedCount
        let root = Matrix(rows: p, columns: p) { i, j in
            (i == j ? 1.2 : 0) + 0.6 * Double((i * 3 + j * 5) % 7) / 7 - 0.2
        }
        return SampleMoments(
            names: Array(plan.variables[..<p]), covariance: root.timesTransposed(root),
            means: (0..<p).map { 0.3 * Double($0) - 0.4 }, caseCount: 100)
    }
}

@Suite struct LikelihoodKernelTests {
    /// F by dense matrix algebra, straight from the definition.
    private func directValue(_ plan: ModelPlan, _ theta: [Double], _ moments: SampleMoments) throws -> Double {
        let t = plan.variables.count, p = plan.observedCount
        var a = Matrix(rows: t, columns: t), s = a, intercepts = [Double](repeating: 0, count: t)
        for element in plan.elements {
            func value(_ sample: Double) -> Double {
                switch element.quantity {
                case .free(let k): theta[k]
                case .fixed(let constant): constant
                case .sample: sample
                }
            }
            switch element.path {
            case .directed(let i, let j): a[i, j] += value(0)
            case .symmetric(let i, let j):
                let x = value(i < p && j < p ? moments.covariance[i, j] : 0)
                s[i, j] += x
                if i != j { s[j, i] += x }
            case .intercept(let i): intercepts[i] = value(i < p ? moments.means?[i] ?? 0 : 0)
            }
        }
        let z = try LU(.identity(t) - a).inverse
        let e = (z * s).timesTransposed(z)
        let observed = Array(0..<p)
        let sigma = try Cholesky(e.submatrix(rows: observed, columns: observed))
        var sample = moments.covariance
        if plan.hasMeans {
            let mu = z * intercepts, means = try #require(moments.means)
            for i in 0..<p {
                for j in 0..<p { sample[i, j] += (means[i] - mu[i]) * (means[j] - mu[j]) }
            }
        }
        return sigma.logDeterminant + (sample * sigma.inverse).trace
    }

    @Test(arguments: Structure.allCases) func valueEqualsTheDefinition(_ structure: Structure) throws {
        let plan = structure.plan, theta = structure.point
        let objective = MaximumLikelihood(plan: plan, moments: structure.moments)
        let value = try #require(objective.value(at: theta))
        #expect(abs(value - (try directValue(plan, theta, structure.moments))) < 1e-11)
    }

    @Test(arguments: Structure.allCases) func gradientAndHessianEqualDifferences(_ structure: Structure) throws {
        let plan = structure.plan, theta = structure.point, q = plan.parameterCount
        let objective = MaximumLikelihood(plan: plan, moments: structure.moments)
        var gradient = [Double](repeating: 0, count: q), hessian = [Double](repeating: 0, count: q * q)
        _ = try #require(objective.value(at: theta))
        objective.derivatives(at: theta, curvature: .exact, gradient: &gradient, hessian: &hessian)
        for k in 0..<q {
            let h = 1e-5
            var up = theta, down = theta
            up[k] += h
            down[k] -= h
            let difference =
                (try directValue(plan, up, structure.moments) - directValue(plan, down, structure.moments)) / (2 * h)
            #expect(abs(gradient[k] - difference) < 1e-7, "gradient \(k)")

            var plus = [Double](repeating: 0, count: q), minus = plus
            _ = try #require(objective.value(at: up))
            objective.kernel.gradient(into: &plus)
            _ = try #require(objective.value(at: down))
            objective.kernel.gradient(into: &minus)
            for l in 0...k {
                let second = (plus[l] - minus[l]) / (2 * h)
                #expect(abs(hessian[k + l * q] - second) < 1e-6, "Hessian (\(k), \(l))")
            }
        }
    }

    /// Where the sample moments are those the model implies, the Hessian equals its expectation.
    @Test(arguments: Structure.allCases) func hessianIsExpectedWhereTheModelHolds(_ structure: Structure) throws {
        guard structure != .observedPaths else { return }
        let plan = structure.plan, theta = structure.point, q = plan.parameterCount, p = plan.observedCount
        let objective = MaximumLikelihood(plan: plan, moments: structure.moments)
        _ = try #require(objective.value(at: theta))
        let implied = objective.kernel.impliedMoments()
        let observed = Array(0..<p)
        objective.kernel.setSample(
            SampleMoments(
                names: [], covariance: implied.covariance.submatrix(rows: observed, columns: observed),
                means: implied.means.map { Array($0[..<p]) } ?? structure.moments.means, caseCount: 100))
        _ = try #require(objective.value(at: theta))
        var gradient = [Double](repeating: 0, count: q), exact = [Double](repeating: 0, count: q * q), expected = exact
        objective.derivatives(at: theta, curvature: .exact, gradient: &gradient, hessian: &exact)
        #expect(gradient.allSatisfy { abs($0) < 1e-12 })
        objective.derivatives(at: theta, curvature: .expected, gradient: &gradient, hessian: &expected)
        for k in exact.indices { #expect(abs(exact[k] - expected[k]) < 1e-10) }
    }

    @Test func anIndefiniteImpliedMatrixHasNoValue() {
        let structure = Structure.factors
        var theta = structure.point
        theta[7] = -5
        #expect(MaximumLikelihood(plan: structure.plan, moments: structure.moments).value(at: theta) == nil)
    }
}
