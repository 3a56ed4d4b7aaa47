import LinearAlgebra
import Optimization
import Testing

@testable import MixedModels

/// Figures computed in 34-digit arithmetic (Newton's method in mpmath) from the data of lme4 and nlme and a simulated
/// diary.
@Suite struct ClusterLikelihoodTests {
    private func expect(_ value: Double, _ reference: Double, _ tolerance: Double, _ what: String = "") {
        #expect(abs(value - reference) <= tolerance * max(1, abs(reference)), "\(what) \(value) for \(reference)")
    }

    @Test func sleepstudy() throws {
        let table = try Table("sleepstudy.csv")
        let days = table.numbers("Days")
        let design = table.design(
            "Reaction", [("Days", days)], [table.term("Subject", [("(Intercept)", table.ones), ("Days", days)])])
        let reml = try MixedModel.fit(design)
        expect(reml.deviance, 1743.628271958491, 1e-13)
        expect(reml.residualVariance, 654.9410270722987, 1e-11)
        expect(reml.covariances[0][0, 0], 612.0899386625256, 1e-11)
        expect(reml.covariances[0][1, 0], 9.604333316744051, 1e-10)
        expect(reml.covariances[0][1, 1], 35.07166049831746, 1e-11)
        expect(reml.coefficients[0], 251.4051048484848, 1e-12)
        expect(reml.coefficients[1], 10.46728595959596, 1e-12)
        expect(reml.coefficientCovariance[0, 0].squareRoot(), 6.824556532069073, 1e-11)
        expect(reml.coefficientCovariance[1, 1].squareRoot(), 1.545788896294728, 1e-11)
        let ml = try MixedModel.fit(design, criterion: .ml)
        expect(ml.deviance, 1751.939344463198, 1e-13)
        expect(ml.covariances[0][1, 1], 32.68219718640939, 1e-11)
        #expect(reml.warnings.isEmpty)
        #expect(reml.parameterCount == 6)
    }

    @Test(arguments: [
        ("diary.csv", false, MixedCriterion.reml, 3431.734728360733, 0.7139181624342694, [0.07679938652340237]),
        ("diary.csv", false, .ml, 3362.802759430233, 0.7117625813502272, [0.06894714047331498]),
        (
            "diary.csv", true, .reml, 3426.837592090016, 0.6938499900340301,
            [0.06501360253563405, -0.009596629110227034, 0.03495655612295589]
        ),
        (
            "diary.csv", true, .ml, 3358.475351555608, 0.6935040167612545,
            [0.0584539726165659, -0.009589308403279363, 0.0313496000305726]
        ),
        (
            "diary-unbalanced.csv", true, .reml, 3206.547881103917, 0.6955181120947695,
            [0.07330131653369028, -0.0140275618661861, 0.03135080503483617]
        ),
        (
            "diary-unbalanced.csv", true, .ml, 3139.145844519842, 0.6951397701953553,
            [0.06591944500065208, -0.01389709727253042, 0.02783446551145726]
        ),
    ])
    func diary(
        file: String, slope: Bool, criterion: MixedCriterion, deviance: Double, variance: Double, covariance: [Double]
    ) throws {
        let fit = try MixedModel.fit(try Table(file).diary(slope: slope), criterion: criterion)
        expect(fit.deviance, deviance, 1e-13)
        expect(fit.residualVariance, variance, 1e-10)
        for (k, value) in covariance.enumerated() { expect(fit.covariances[0].storage[k == 2 ? 3 : k], value, 1e-10) }
    }

    /// Analytic derivatives against central differences, away from the minimum.
    @Test(arguments: [MixedCriterion.reml, .ml]) func derivatives(criterion: MixedCriterion) throws {
        let table = try Table("diary-unbalanced.csv")
        var design = table.diary(slope: true)
        design.terms.append(table.term("leader", [("X1", table.numbers("X1"))], name: "leader.1"))
        var likelihood = ClusterLikelihood(design: design, criterion: criterion)
        let point = [0.4, 0.1, 0.3, -0.2]
        var gradient = [Double](repeating: 0, count: 4), hessian = [Double](repeating: 0, count: 16)
        _ = likelihood.value(at: point)
        likelihood.derivatives(at: point, curvature: .exact, gradient: &gradient, hessian: &hessian)
        let step = 1e-5
        for k in 0..<4 {
            var up = point, down = point
            up[k] += step
            down[k] -= step
            var high = [Double](repeating: 0, count: 4), low = high
            let above = likelihood.value(at: up) ?? .nan
            likelihood.gradient(at: up, into: &high)
            let below = likelihood.value(at: down) ?? .nan
            likelihood.gradient(at: down, into: &low)
            expect(gradient[k], (above - below) / (2 * step), 1e-7, "gradient \(k)")
            for l in k..<4 { expect(hessian[l + 4 * k], (high[l] - low[l]) / (2 * step), 1e-7, "hessian \(k) \(l)") }
        }
    }

    /// The unprofiled criterion, by dense matrices.
    private func dense(_ design: MixedDesign, _ criterion: MixedCriterion, _ components: [Double]) throws -> (
        deviance: Double, information: Matrix
    ) {
        let n = design.rowCount
        let template = FactorTemplate(coefficientCounts: design.terms.map(\.coefficientCount))
        var covariance = Matrix(rows: template.order, columns: template.order)
        for (entry, value) in zip(template.entries, components) {
            covariance[entry.row, entry.column] = value
            covariance[entry.column, entry.row] = value
        }
        let columns = design.terms.flatMap { term in (0..<term.coefficientCount).map { term.columns.column($0) } }
        let groups = design.terms[0].groups
        let v = Matrix(rows: n, columns: n) { i, j in
            var sum = i == j ? components[components.count - 1] : 0
            guard groups[i] == groups[j] else { return sum }
            for a in columns.indices {
                for b in columns.indices { sum += columns[a][i] * covariance[a, b] * columns[b][j] }
            }
            return sum
        }
        let factor = try Cholesky(v)
        let information = design.fixed.transposedTimes(factor.solve(design.fixed))
        let normal = try Cholesky(information)
        let beta = normal.solve(design.fixed.transpose * factor.solve(design.response))
        let residual = zip(design.response, design.fixed * beta).map { $0 - $1 }
        let form = dot(residual, factor.solve(residual))
        return (
            factor.logDeterminant + (criterion == .reml ? normal.logDeterminant : 0) + form, information
        )
    }

    /// What inference takes from the likelihood, against dense matrices and differences of them.
    @Test(arguments: [MixedCriterion.reml, .ml]) func sensitivity(criterion: MixedCriterion) throws {
        let table = try Table("sleepstudy.csv")
        let days = table.numbers("Days")
        let design = table.design(
            "Reaction", [("Days", days), ("square", days.map { ($0 - 3) * $0 })],
            [table.term("Subject", [("(Intercept)", table.ones), ("Days", days)])])
        var likelihood = ClusterLikelihood(design: design, criterion: criterion)
        let theta = [0.9, 0.02, 0.25]
        let found = likelihood.solution(at: theta)
        let solution = try #require(found)
        let sensitivity = try likelihood.sensitivity(at: theta, moments: .second)
        let factor = likelihood.template.factor(theta)
        let covariance = solution.residualVariance * factor.timesTransposed(factor)
        let components = [covariance[0, 0], covariance[1, 0], covariance[1, 1], solution.residualVariance]
        for k in 0..<4 {
            let step = 1e-4 * abs(components[k])
            func moved(_ multiple: Double) throws -> (deviance: Double, information: Matrix) {
                var moved = components
                moved[k] += multiple * step
                return try dense(design, criterion, moved)
            }
            let (above, below, here) = (try moved(1), try moved(-1), try moved(0))
            expect(sensitivity.gradient[k] * step, (above.deviance - below.deviance) / 2, 1e-8, "gradient \(k)")
            expect(
                sensitivity.hessian[k, k] * step * step, above.deviance - 2 * here.deviance + below.deviance, 1e-9,
                "hessian \(k)")
            for i in 0..<3 {
                for j in 0..<3 {
                    expect(
                        -sensitivity.information[k][i, j] * step,
                        (above.information[i, j] - below.information[i, j]) / 2, 1e-7, "information")
                }
            }
            // d²(X'V⁻¹X)/dφ² = 2·X'V⁻¹V_kV⁻¹V_kV⁻¹X.
            let second = try #require(sensitivity.second)
            for i in 0..<3 {
                expect(
                    2 * second.products[k][k][i, i] * step * step,
                    above.information[i, i] - 2 * here.information[i, i] + below.information[i, i], 1e-7, "product")
            }
        }
        expect(
            try Cholesky(dense(design, criterion, components).information).inverse[1, 1],
            solution.covariance[1, 1], 1e-10)
    }
}
