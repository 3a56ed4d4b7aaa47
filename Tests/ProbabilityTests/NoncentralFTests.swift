import Probability
import Testing

@Suite struct NoncentralFTests {
    /// The sum of central beta probabilities with Poisson weights, to 30 digits by mpmath 1.3 (`pf` of R 4.2.2 agrees to nine
    /// decimals).
    @Test(arguments: [
        (3.0, 2.0, 20.0, 5.0, true, 0.51586826704402932), (2.5, 5, 85, 13.65, false, 0.24123783945804097),
        (10, 1, 3, 100, false, 3.0297053489156477e-5),
    ])
    func equalsTheSeries(x: Double, numerator: Double, denominator: Double, ncp: Double, upper: Bool, expected: Double)
    {
        let distribution = NoncentralF(numerator: numerator, denominator: denominator, noncentrality: ncp)
        let value = upper ? distribution.upperTail(x) : distribution.cumulative(x)
        #expect(abs(value - expected) < 1e-12 * expected.magnitude + 1e-14, "\(value)")
    }

    @Test func isFishersWithoutNoncentrality() {
        let central = FisherF(3, 17)
        #expect(NoncentralF(numerator: 3, denominator: 17, noncentrality: 0).upperTail(2.1) == central.upperTail(2.1))
        let near = NoncentralF(numerator: 3, denominator: 17, noncentrality: 1e-9)
        #expect(abs(near.upperTail(2.1) - central.upperTail(2.1)) < 1e-8)
    }

    @Test func equalsTheSquareOfNoncentralT() {
        let t = NoncentralT(degreesOfFreedom: 25, noncentrality: 1.4)
        let f = NoncentralF(numerator: 1, denominator: 25, noncentrality: 1.96)
        for x in [0.3, 1, 2.5] { #expect(abs(f.upperTail(x * x) - t.upperTail(x) - t.cumulative(-x)) < 1e-12) }
    }

    @Test func refusesWhatCannotBe() {
        for (a, b, c) in [(0.0, 5.0, 1.0), (2, .infinity, 1), (2, 5, -1), (2, 5, .nan), (2, 5, 1e9), (.nan, 5, 1)] {
            #expect(NoncentralF(numerator: a, denominator: b, noncentrality: c).upperTail(1).isNaN)
        }
        let plain = NoncentralF(numerator: 2, denominator: 5, noncentrality: 1)
        #expect(plain.upperTail(-1) == 1 && plain.cumulative(.infinity) == 1 && plain.upperTail(.nan).isNaN)
    }
}
