import SetTheoreticAnalysis
import Testing

@Suite struct AnchorPlausibilityTests {
    /// 5/50/95 percentiles of 1, 2 and 5 with a mean of 1.83: by hand, t = 1.4 and
    /// SD² = .05 · .83² + .45 · .43² + .45 · .17² + .05 · 3.17² = .6331.
    @Test func aPublishedTableIsImpossible() throws {
        let found = try AnchorPlausibility(percentiles: [(5, 1), (50, 2), (95, 5)], mean: 1.83, scale: 1...5)
        let smallest = try #require(found.smallestDeviation)
        #expect(abs(smallest - 0.6331.squareRoot()) < 1e-12)
        #expect(!found.allows(deviation: 0.74, rounding: 0.005))
        #expect(found.allows(deviation: 0.8))
        #expect(abs(found.meanRange.lowerBound - 1.65) < 1e-12)
        #expect(abs(found.meanRange.upperBound - 3.45) < 1e-12)
    }

    @Test func anImpossibleMeanIsRefused() throws {
        let found = try AnchorPlausibility(percentiles: [(5, 1), (50, 2), (95, 5)], mean: 4, scale: 1...5)
        #expect(found.smallestDeviation == nil)
        #expect(!found.allows(deviation: 3))
        #expect(throws: SetTheoryError.self) {
            try AnchorPlausibility(percentiles: [(50, 2), (5, 3)], mean: 2, scale: 1...5)
        }
        #expect(throws: SetTheoryError.self) {
            try AnchorPlausibility(percentiles: [(5, 2), (50, 1)], mean: 2, scale: 1...5)
        }
    }

    /// No random distribution with these percentiles does better.
    @Test func noDistributionDoesBetter() throws {
        var generator = SplitMixSource(seed: 4)
        for _ in 0..<200 {
            var values = (0..<100).map { position -> Double in
                let u = Double(generator.next() >> 11) / 9_007_199_254_740_992
                let (low, high): (Double, Double) =
                    position < 5 ? (1, 1.5) : position < 50 ? (1.5, 3) : position < 95 ? (3, 4) : (4, 5)
                return low + (high - low) * u
            }
            values.sort()
            let mean = values.reduce(0, +) / 100
            let deviation = (values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 100).squareRoot()
            let found = try AnchorPlausibility(percentiles: [(5, 1.5), (50, 3), (95, 4)], mean: mean, scale: 1...5)
            #expect(try deviation >= #require(found.smallestDeviation) - 1e-12)
        }
    }
}
