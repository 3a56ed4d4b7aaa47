import Probability
import Testing

/// The relative error of `value`, or its absolute error against a zero reference; NaN counts as infinite.
private func error(_ value: Double, _ reference: Double) -> Double {
    let difference = abs(value - reference)
    if difference.isNaN { return value == reference ? 0 : .infinity }
    return reference == 0 ? difference : difference / abs(reference)
}

/// The relative tolerance for a probability: 1e-12, and 1e-11 for tails below 1e-50.
private func tolerance(_ probability: Double) -> Double { probability < 1e-50 ? 1e-11 : 1e-12 }

@Suite struct NormalTests {
    @Test func equalsHighPrecisionGrid() {
        for row in ReferenceGrid.rows(of: "normal") where row[1] > 1e-307 {
            #expect(error(Normal.standard.cumulative(row[0]), row[1]) < tolerance(row[1]), "x = \(row[0])")
            #expect(error(Normal.standard.upperTail(row[0]), row[2]) < tolerance(row[2]), "x = \(row[0])")
        }
        for row in ReferenceGrid.rows(of: "normalQuantile") {
            #expect(error(Normal.standard.quantile(row[0]), row[1]) < 1e-15, "p = \(row[0])")
            #expect(Normal.standard.upperQuantile(row[0]) == -Normal.standard.quantile(row[0]))
        }
    }

    @Test func scalesAndShifts() {
        let normal = Normal(mean: 10, standardDeviation: 2)
        #expect(error(normal.cumulative(13.92), 0.97500210485177956379) < 1e-14)
        #expect(error(normal.quantile(0.025), 10 - 2 * 1.9599639845400542118) < 1e-15)
        #expect(error(normal.density(10), 0.19947114020071633897) < 1e-15)
    }

    @Test func answersAtTheEdges() {
        #expect(Normal.standard.quantile(0) == -.infinity)
        #expect(Normal.standard.quantile(1) == .infinity)
        #expect(Normal.standard.quantile(-0.1).isNaN)
        #expect(Normal.standard.quantile(.nan).isNaN)
        #expect(Normal.standard.cumulative(.infinity) == 1)
        #expect(Normal.standard.cumulative(-.infinity) == 0)
        #expect(Normal(standardDeviation: 0).cumulative(1).isNaN)
    }
}

@Suite struct StudentTTests {
    @Test func equalsHighPrecisionGrid() {
        let rows = ReferenceGrid.rows(of: "t")
        #expect(rows.count == 88)
        for row in rows {
            let t = StudentT(degreesOfFreedom: row[1])
            #expect(error(t.cumulative(row[0]), row[2]) < tolerance(row[2]), "\(row)")
            #expect(error(t.upperTail(row[0]), row[3]) < tolerance(row[3]), "\(row)")
            if row[3] > 1e-290, row[3] < 0.499 { #expect(error(t.upperQuantile(row[3]), row[0]) < 1e-11, "\(row)") }
        }
    }

    @Test func answersAtTheEdges() {
        let t = StudentT(degreesOfFreedom: 7)
        #expect(t.cumulative(-.infinity) == 0)
        #expect(t.upperTail(-.infinity) == 1)
        #expect(t.cumulative(0) == 0.5)
        #expect(t.quantile(0) == -.infinity)
        #expect(t.upperQuantile(0) == .infinity)
        #expect(t.quantile(1.5).isNaN)
        #expect(StudentT(degreesOfFreedom: 0).cumulative(1).isNaN)
        #expect(StudentT(degreesOfFreedom: .infinity).cumulative(1.96) == Normal.standard.cumulative(1.96))
        #expect(error(t.twoSided(-2.8), 2 * t.upperTail(2.8)) < 1e-15)
        // Γ(4)/(√(7π)·Γ(3.5)).
        #expect(error(t.density(0), 0.38499145083226732785) < 1e-14)
    }
}

@Suite struct ChiSquaredTests {
    @Test func equalsHighPrecisionGrid() {
        for row in ReferenceGrid.rows(of: "chisq") where row[0] > 0 {
            let chiSquared = ChiSquared(degreesOfFreedom: row[1])
            if row[2] > 1e-290 { #expect(error(chiSquared.cumulative(row[0]), row[2]) < tolerance(row[2]), "\(row)") }
            if row[3] > 1e-290 { #expect(error(chiSquared.upperTail(row[0]), row[3]) < tolerance(row[3]), "\(row)") }
            if row[3] > 1e-290, row[3] < 0.9 {
                #expect(error(chiSquared.upperQuantile(row[3]), row[0]) < 1e-11, "\(row)")
            }
            if row[2] > 1e-290, row[2] < 0.9 { #expect(error(chiSquared.quantile(row[2]), row[0]) < 1e-11, "\(row)") }
        }
    }

    @Test func answersAtTheEdges() {
        let chiSquared = ChiSquared(degreesOfFreedom: 0.5)
        #expect(chiSquared.cumulative(0) == 0)
        #expect(chiSquared.upperTail(0) == 1)
        #expect(chiSquared.upperTail(-3) == 1)
        #expect(chiSquared.upperTail(.infinity) == 0)
        #expect(chiSquared.density(0) == .infinity)
        #expect(chiSquared.quantile(0) == 0)
        #expect(chiSquared.quantile(1) == .infinity)
        #expect(ChiSquared(degreesOfFreedom: 2).density(0) == 0.5)
        #expect(ChiSquared(degreesOfFreedom: 0).upperTail(1).isNaN)
        #expect(ChiSquared(degreesOfFreedom: -1).upperTail(1).isNaN)
        #expect(ChiSquared(degreesOfFreedom: .nan).upperTail(1).isNaN)
    }
}

@Suite struct FisherFTests {
    @Test func equalsHighPrecisionGrid() {
        for row in ReferenceGrid.rows(of: "f") {
            let f = FisherF(row[1], row[2])
            if row[3] > 1e-290 { #expect(error(f.cumulative(row[0]), row[3]) < tolerance(row[3]), "\(row)") }
            if row[4] > 1e-290 { #expect(error(f.upperTail(row[0]), row[4]) < tolerance(row[4]), "\(row)") }
            if row[4] > 1e-290, row[4] < 0.9 { #expect(error(f.upperQuantile(row[4]), row[0]) < 1e-10, "\(row)") }
            if row[3] > 1e-290, row[3] < 0.9 { #expect(error(f.quantile(row[3]), row[0]) < 1e-10, "\(row)") }
        }
    }

    @Test func answersAtTheEdges() {
        #expect(FisherF(3, 10).upperTail(0) == 1)
        #expect(FisherF(3, 10).upperTail(.infinity) == 0)
        #expect(FisherF(3, 10).quantile(1) == .infinity)
        #expect(FisherF(0, 10).upperTail(1).isNaN)
        #expect(FisherF(3, .infinity).upperTail(2) == ChiSquared(degreesOfFreedom: 3).upperTail(6))
        // t² is F with one degree of freedom.
        #expect(error(FisherF(1, 12).upperTail(4.41), StudentT(degreesOfFreedom: 12).twoSided(2.1)) < 1e-14)
        #expect(error(FisherF(2, 10).density(1), 0.33489797668038408779) < 1e-14)
    }

    @Test func agreesWithBeta() {
        #expect(error(Beta(2, 3).cumulative(0.4), 0.5248) < 1e-14)
        #expect(error(Beta(2, 3).quantile(0.5248), 0.4) < 1e-14)
        #expect(Beta(2, 3).upperTail(2) == 0)
        // Arcsine and F(1, 1) in closed form: P(F ≤ tan²θ) = 2θ/π.
        #expect(error(FisherF(1, 1).upperTail(1e-12), 1 - 2e-6 / .pi) < 1e-15)
        #expect(error(FisherF(1, 1).cumulative(1e-12), 2e-6 / .pi) < 1e-11)
        #expect(error(Beta(0.5, 0.5).upperTail(1e-12), 1 - 2e-6 / .pi) < 1e-15)
        #expect(error(Beta(0.5, 0.5).cumulative(0.5), 0.5) < 1e-15)
        #expect(Beta(0, 3).cumulative(0.5).isNaN)
    }
}

@Suite struct NoncentralChiSquaredTests {
    @Test func equalsHighPrecisionGrid() {
        let rows = ReferenceGrid.rows(of: "nchisq")
        #expect(rows.count > 90)
        for row in rows {
            let distribution = NoncentralChiSquared(degreesOfFreedom: row[1], noncentrality: row[2])
            #expect(error(distribution.cumulative(row[0]), row[3]) < tolerance(row[3]), "\(row)")
            #expect(error(distribution.upperTail(row[0]), row[4]) < tolerance(row[4]), "\(row)")
            if row[3] > 1e-12, row[3] < 0.99 {
                #expect(error(distribution.quantile(row[3]), row[0]) < 1e-9, "\(row)")
            }
        }
    }

    @Test func solvesForNoncentrality() {
        for row in ReferenceGrid.rows(of: "nchisq") where row[2] > 0.1 && row[3] > 1e-10 && row[4] > 1e-3 {
            let lambda = NoncentralChiSquared.noncentrality(cumulative: row[3], at: row[0], degreesOfFreedom: row[1])
            #expect(error(lambda, row[2]) < 1e-9, "\(row)")
        }
        // Below the distribution function at λ = 0 there is no root: the lower limit of RMSEA is then zero.
        #expect(NoncentralChiSquared.noncentrality(cumulative: 0.95, at: 10, degreesOfFreedom: 24) == 0)
        #expect(NoncentralChiSquared.noncentrality(cumulative: 0, at: 10, degreesOfFreedom: 24).isNaN)
        #expect(NoncentralChiSquared.noncentrality(cumulative: 0.5, at: -1, degreesOfFreedom: 24).isNaN)
        #expect(NoncentralChiSquared.noncentrality(cumulative: 0.5, at: 10, degreesOfFreedom: 0).isNaN)
    }

    /// The RMSEA interval of the three-factor model of Holzinger & Swineford in lavaan 0.6-14: χ²(24) = 85.306, N = 301,
    /// 90% interval from 0.071 to 0.114.
    @Test func givesTheIntervalOfRMSEA() {
        let lower = NoncentralChiSquared.noncentrality(cumulative: 0.95, at: 85.306, degreesOfFreedom: 24)
        let upper = NoncentralChiSquared.noncentrality(cumulative: 0.05, at: 85.306, degreesOfFreedom: 24)
        #expect(abs((lower / (24 * 301)).squareRoot() - 0.071) < 0.0005)
        #expect(abs((upper / (24 * 301)).squareRoot() - 0.114) < 0.0005)
    }

    @Test func answersAtTheEdges() {
        let distribution = NoncentralChiSquared(degreesOfFreedom: 3, noncentrality: 5)
        #expect(distribution.cumulative(0) == 0)
        #expect(distribution.upperTail(0) == 1)
        #expect(distribution.upperTail(.infinity) == 0)
        #expect(distribution.quantile(1) == .infinity)
        let central = NoncentralChiSquared(degreesOfFreedom: 3, noncentrality: 0)
        #expect(central.upperTail(7) == ChiSquared(degreesOfFreedom: 3).upperTail(7))
        #expect(NoncentralChiSquared(degreesOfFreedom: 3, noncentrality: -1).upperTail(1).isNaN)
        #expect(NoncentralChiSquared(degreesOfFreedom: 3, noncentrality: 1e12).upperTail(1e12).isNaN)
        #expect(NoncentralChiSquared.noncentrality(cumulative: 0.05, at: 1e15, degreesOfFreedom: 3).isNaN)
        // Huge non-centrality: no crash, no hang, and near one half at the mean.
        let huge = NoncentralChiSquared(degreesOfFreedom: 10, noncentrality: 1e6)
        #expect(abs(huge.upperTail(1e6 + 10) - 0.5) < 1e-3)
    }

    @Test func densityIsTheSlopeOfTheDistributionFunction() {
        let distribution = NoncentralChiSquared(degreesOfFreedom: 4.5, noncentrality: 12)
        let h = 1e-4
        let slope = (distribution.cumulative(14 + h) - distribution.cumulative(14 - h)) / (2 * h)
        #expect(error(distribution.density(14), slope) < 1e-8)
    }
}
