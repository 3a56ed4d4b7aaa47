import Testing

@testable import Optimization

/// Rosenbrock's valley, whose Hessian is indefinite in places; the expected curvature is Gauss and Newton's.
private struct Rosenbrock: Objective {
    func value(at x: [Double]) -> Double? {
        let a = 1 - x[0], b = x[1] - x[0] * x[0]
        return a * a + 100 * b * b
    }

    func derivatives(at x: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]) {
        let b = x[1] - x[0] * x[0]
        gradient = [-2 * (1 - x[0]) - 400 * x[0] * b, 200 * b]
        let corner = 2 + 800 * x[0] * x[0] - (curvature == .exact ? 400 * b : 0)
        hessian = [corner, -400 * x[0], 0, 200]
    }
}

/// x − log x, defined for positive x only; minimum 1 at 1.
private struct Barrier: Objective {
    func value(at x: [Double]) -> Double? { x[0] > 0 ? x[0] - x[0].logarithm : nil }

    func derivatives(at x: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]) {
        gradient = [1 - 1 / x[0]]
        hessian = [1 / (x[0] * x[0])]
    }
}

/// (x + y − 1)²: a valley without a bottom point, whose curvature is singular everywhere.
private struct Valley: Objective {
    func value(at x: [Double]) -> Double? { (x[0] + x[1] - 1) * (x[0] + x[1] - 1) }

    func derivatives(at x: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]) {
        let slope = 2 * (x[0] + x[1] - 1)
        gradient = [slope, slope]
        hessian = [2, 2, 0, 2]
    }
}

/// The circle x² + y² = 2 and, on request, the line x = y written twice.
private struct Circle: EqualityConstraints {
    var withLine = false
    var count: Int { withLine ? 3 : 1 }

    func evaluate(at x: [Double]) -> (values: [Double], jacobian: [[Double]]) {
        let circle = x[0] * x[0] + x[1] * x[1] - 2
        guard withLine else { return ([circle], [[2 * x[0], 2 * x[1]]]) }
        return ([circle, x[0] - x[1], x[0] - x[1]], [[2 * x[0], 2 * x[1]], [1, -1], [1, -1]])
    }

    func addHessian(at point: [Double], multipliers: [Double], to hessian: inout [Double]) {
        hessian[0] += 2 * multipliers[0]
        hessian[3] += 2 * multipliers[0]
    }
}

/// x + y.
private struct Sum: Objective {
    func value(at x: [Double]) -> Double? { x[0] + x[1] }

    func derivatives(at x: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]) {
        gradient = [1, 1]
        hessian = curvature == .exact ? [0, 0, 0, 0] : [1, 0, 0, 1]
    }
}

extension Double {
    /// The natural logarithm by its series around one, good enough for the barrier function near its minimum.
    fileprivate var logarithm: Double {
        let z = (self - 1) / (self + 1)
        var term = z, sum = 0.0
        for k in stride(from: 1.0, to: 400, by: 2) {
            sum += term / k
            term *= z * z
        }
        return 2 * sum
    }
}

@Suite struct NewtonMinimizerTests {
    private func minimize(_ objective: some Objective, from start: [Double]) -> ([Double], ConvergenceReport) {
        var objective = objective, point = start
        var workspace = NewtonMinimizer.Workspace(count: start.count)
        let report = NewtonMinimizer().minimize(&objective, from: &point, workspace: &workspace)
        return (point, report)
    }

    @Test func rosenbrockFromItsClassicalStart() {
        let (point, report) = minimize(Rosenbrock(), from: [-1.2, 1])
        #expect(report.hasConverged)
        #expect(abs(point[0] - 1) < 1e-8 && abs(point[1] - 1) < 1e-8)
        #expect(report.iterations < 40)
    }

    @Test func indefiniteHessianUsesTheExpectedOne() {
        let (point, report) = minimize(Rosenbrock(), from: [0, 3])
        #expect(report.hasConverged && report.expectedSteps > 0)
        #expect(abs(point[0] - 1) < 1e-8)
    }

    @Test func stepsOutsideTheDomainAreHalved() {
        let (point, report) = minimize(Barrier(), from: [8])
        #expect(report.hasConverged)
        #expect(abs(point[0] - 1) < 1e-7)
    }

    @Test func anUndefinedStartIsSaid() {
        #expect(minimize(Barrier(), from: [-1]).1.outcome == .undefinedStart)
    }

    @Test func singularCurvatureGetsARidgeAndStillDescends() {
        let (point, report) = minimize(Valley(), from: [5, 3])
        #expect(abs(point[0] + point[1] - 1) < 1e-5)
        #expect(report.value < 1e-9)
    }

    @Test func nonlinearEqualityConstraint() {
        var objective = Sum(), point = [-0.5, -1.5]
        let solution = ConstrainedNewtonMinimizer().minimize(&objective, subjectTo: Circle(), from: &point)
        #expect(solution.report.hasConverged)
        #expect(abs(point[0] + 1) < 1e-7 && abs(point[1] + 1) < 1e-7)
        #expect(abs(solution.multipliers[0] - 0.5) < 1e-6)
    }

    @Test func redundantConstraintsDoNotHurt() {
        var objective = Rosenbrock(), point = [0.5, 0.7]
        let solution = ConstrainedNewtonMinimizer().minimize(
            &objective, subjectTo: Circle(withLine: true), from: &point)
        #expect(solution.report.hasConverged)
        #expect(abs(point[0] - 1) < 1e-7 && abs(point[1] - 1) < 1e-7)
    }
}
