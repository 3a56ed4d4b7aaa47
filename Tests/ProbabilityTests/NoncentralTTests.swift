import Probability
import Testing

@Suite struct NoncentralTTests {
    /// Figures of `pt` of R 4.2.2.
    @Test(arguments: [
        (1.5, 10.0, 0.7, false, 0.765403595255120), (-2, 30, 1.2, false, 0.00101425556062895),
        (4, 5, 3, true, 0.313507910089566), (0.3, 292, -2.5, false, 0.997441129740556),
        (12, 60, 8, true, 0.00340271134316039),
    ])
    func equalsR(x: Double, df: Double, ncp: Double, upper: Bool, expected: Double) {
        let distribution = NoncentralT(degreesOfFreedom: df, noncentrality: ncp)
        #expect(abs((upper ? distribution.upperTail(x) : distribution.cumulative(x)) - expected) < 1e-11)
    }

    @Test func isStudentsWithoutNoncentrality() {
        let central = StudentT(degreesOfFreedom: 7)
        #expect(NoncentralT(degreesOfFreedom: 7, noncentrality: 0).cumulative(1.3) == central.cumulative(1.3))
        #expect(
            abs(NoncentralT(degreesOfFreedom: 7, noncentrality: 1e-9).cumulative(1.3) - central.cumulative(1.3)) < 1e-8)
    }

    @Test func mirrors() {
        let plus = NoncentralT(degreesOfFreedom: 12, noncentrality: 1.7)
        let minus = NoncentralT(degreesOfFreedom: 12, noncentrality: -1.7)
        for x in [-3, -0.5, 0, 0.4, 2, 6.0] {
            #expect(abs(plus.cumulative(x) - minus.upperTail(-x)) < 1e-14)
            #expect(abs(plus.cumulative(x) + plus.upperTail(x) - 1) < 1e-13)
        }
    }

    @Test func answersOutsideItsDomain() {
        #expect(NoncentralT(degreesOfFreedom: 0, noncentrality: 1).cumulative(1).isNaN)
        #expect(NoncentralT(degreesOfFreedom: 5, noncentrality: .nan).cumulative(1).isNaN)
        #expect(NoncentralT(degreesOfFreedom: 5, noncentrality: 1).cumulative(.nan).isNaN)
        #expect(NoncentralT(degreesOfFreedom: 5, noncentrality: 1).cumulative(.infinity) == 1)
        #expect(NoncentralT(degreesOfFreedom: 5, noncentrality: 1).upperTail(-.infinity) == 1)
    }
}
