import Probability
import Testing

/// Figures of `boot.ci` (R 4.2.2, boot 1.3-28.1) for these draws, with empirical influence values `influences`.
@Suite struct BootstrapDistributionTests {
    static let distribution = BootstrapDistribution(draws: draws, estimate: 1.02)
    static let influences = [-0.8, -0.5, -0.3, -0.1, 0.05, 0.2, 0.3, 1.15]

    struct Reference: Sendable {
        let level: Double, method: BootstrapMethod, lower: Double, upper: Double
    }

    static let references: [Reference] = [
        Reference(level: 0.9, method: .normal, lower: -0.124938769414211, upper: 2.32573474931371),
        Reference(level: 0.9, method: .basic, lower: -0.3775, upper: 2.1355),
        Reference(level: 0.9, method: .percentile, lower: -0.0955, upper: 2.4175),
        Reference(level: 0.9, method: .biasCorrectedAccelerated, lower: 0.178570400840275, upper: 3.12893716133473),
        Reference(level: 0.9, method: .biasCorrected, lower: 0.140143732710492, upper: 3.03602300638595),
        Reference(level: 0.95, method: .normal, lower: -0.359680814592559, upper: 2.56047679449206),
        Reference(level: 0.95, method: .basic, lower: -0.8092, upper: 2.2345),
        Reference(level: 0.95, method: .percentile, lower: -0.1945, upper: 2.8492),
        Reference(level: 0.95, method: .biasCorrectedAccelerated, lower: 0.0654302523652305, upper: 3.4953),
        Reference(level: 0.95, method: .biasCorrected, lower: -0.0345620226827235, upper: 3.30265426538412),
        Reference(level: 0.99, method: .normal, lower: -0.818470825955202, upper: 3.0192668058547),
        Reference(level: 0.99, method: .basic, lower: -1.4553, upper: 2.4534),
        Reference(level: 0.99, method: .percentile, lower: -0.4134, upper: 3.4953),
        Reference(level: 0.99, method: .biasCorrectedAccelerated, lower: -0.192934990246771, upper: 3.4953),
        Reference(level: 0.99, method: .biasCorrected, lower: -0.22414051704152, upper: 3.4953),
    ]

    @Test func computesTheAcceleration() {
        #expect(abs(BootstrapDistribution.acceleration(influences: Self.influences) - 0.0388425880120962) < 1e-15)
        #expect(BootstrapDistribution.acceleration(influences: [0, 0]) == 0)
    }

    @Test(arguments: references) func equalsBoot(reference: Reference) throws {
        let interval = try #require(
            Self.distribution.interval(
                reference.method, level: reference.level,
                acceleration: BootstrapDistribution.acceleration(influences: Self.influences)))
        #expect(abs(interval.lower - reference.lower) < 1e-12)
        #expect(abs(interval.upper - reference.upper) < 1e-12)
    }

    /// At the p-value the interval just excludes the value; a little wider, and it holds it.
    @Test(arguments: BootstrapMethod.allCases, [-0.1, 0.0, 0.15, 0.4, 1.3, 2.1])
    func pValueInvertsTheInterval(method: BootstrapMethod, value: Double) throws {
        let acceleration = 0.0388425880120962
        let p = try #require(Self.distribution.pValue(method, against: value, acceleration: acceleration))
        func contains(alpha: Double) throws -> Bool {
            guard alpha < 1 else { return false }
            let interval = try #require(
                Self.distribution.interval(method, level: 1 - alpha, acceleration: acceleration))
            return interval.lower <= value && value <= interval.upper
        }
        #expect(p > 0 && p <= 1)
        #expect(try contains(alpha: p - 1e-6))
        #expect(try !contains(alpha: p + 1e-6))
    }

    @Test func pValueStopsAtTheExtremeDraw() {
        let distribution = BootstrapDistribution(draws: (1...999).map(Double.init), estimate: 500)
        #expect(abs((distribution.pValue(.percentile) ?? .nan) - 0.002) < 1e-12)
        #expect(abs((distribution.pValue(.percentile, against: 500) ?? .nan) - 1) < 1e-12)
    }

    @Test func refusesWhatHasNoInterval() {
        let oneSided = BootstrapDistribution(draws: [1, 2, 3], estimate: 9)
        #expect(oneSided.interval(.biasCorrected) == nil)
        #expect(oneSided.pValue(.biasCorrected) == nil)
        #expect(oneSided.interval(.percentile) != nil)
        #expect(oneSided.interval(.percentile, level: 1) == nil)
        #expect(BootstrapDistribution(draws: [], estimate: 1).interval(.percentile) == nil)
        #expect(BootstrapDistribution(draws: [.nan, 2, .infinity], estimate: 1).sortedDraws == [2])
        #expect(BootstrapDistribution(draws: [2, 2], estimate: 2).pValue(.normal) == nil)
    }

    static let draws: [Double] = [
        0.2236, 0.3901, 0.8561, 2.5191, 0.3688, 0.9205, 0.2271, 0.9116, 1.9589, 0.2465, 0.7605, 0.0963,
        1.6164, 1.6133, 1.6555, 2.2299, 1.4212, 1.5313, 0.5787, 2.8492, 0.5723, 0.2167, 0.1676, 3.165, 1.9474,
        2.2429, 1.6655, 3.4953, 0.446, 0.2461, -0.162, 0.4651, 0.4877, 0.4626, 1.0655, 0.7136, 0.9528, 1.7385,
        0.3759, 0.451, 1.4665, 0.7126, 5e-04, 0.0629, 1.8468, -0.192, 0.2713, 0.1754, 0.5729, 0.6737, 0.6439,
        2.0145, 1.314, 1.1106, 1.243, 1.0344, -0.0627, 0.954, 0.3946, 0.4895, 1.6902, 0.781, 2.9917, 2.2163,
        -0.1914, 0.7408, -0.0446, 0.1012, -0.0289, 1.7051, 1.1217, 0.541, 0.5058, 0.7536, 0.0664, 1.3913,
        0.9703, 0.7547, 1.4022, 0.7829, 0.2753, 0.6555, 1.4466, 1.1862, 1.0381, 0.0953, 0.5917, 0.2499,
        0.4457, 1.6715, 0.5705, 1.1821, 1.1101, 0.7086, 0.5089, 0.1392, 0.4244, -0.2523, 1.9706, 0.547, 0.783,
        0.9515, -0.4134, 0.3517, 2.4175, 0.4287, -0.2627, 0.7079, 0.7603, -0.0793, 0.5755, -0.2016, 1.8896,
        0.4011, 0.0975, 1.1481, 0.8089, 0.5486, 1.3834, 1.1063, 0.426, 2.1574, 1.9275, 1.6782, 1.5975, 2.5109,
        1.8709, 0.1363, 0.5776, 0.1401, 1.0276, 1.1458, 1.3299, 1.6501, 0.5263, 1.248, 0.6249, 1.252, 0.4545,
        0.2274, 0.6898, 1.6554, 1.1171, 0.2768, 0.7738, 2.0404, 0.619, -0.1945, 0.3978, 0.981, 2.5459, 3.0756,
        1.4098, 1.2622, 0.6371, 1.0522, 0.7088, 0.7311, -0.0955, 0.6668, 0.6606, 2.5462, 0.5507, 0.5979,
        1.4254, -0.1351, 0.8752, 1.6972, 0.3728, 1.3696, 2.037, 1.0811, 1.1123, 1.1474, 0.4774, 0.1423,
        1.0442, 2.141, 1.6484, 0.5921, 0.9225, 1.0398, 0.705, 1.7631, 0.7037, 1.6813, 0.4877, 1.3706, 1.928,
        1.1521, 0.231, 0.6331, 0.2632, 0.8645, 0.8429, 0.2851, 1.2778, 1.2594, 0.6915,
    ]
}

@Suite struct QuantilesTests {
    /// `quantile()` of R 4.2.2 for the same draws.
    @Test func equalsR() {
        let sorted = BootstrapDistributionTests.distribution.sortedDraws
        let probabilities = [0, 0.1, 0.33, 0.5, 0.975, 1]
        let type7 = [-0.4134, 0.10046, 0.547544, 0.7603, 2.56134999999999, 3.4953]
        let type6 = [-0.4134, 0.0975, 0.547, 0.7603, 2.8492, 3.4953]
        for (i, p) in probabilities.enumerated() {
            #expect(abs(Quantiles.type7(sorted, p) - type7[i]) < 1e-13)
            #expect(abs(Quantiles.type6(sorted, p) - type6[i]) < 1e-13)
        }
    }

    @Test func answersAtTheEdges() {
        #expect(Quantiles.type7([], 0.5).isNaN)
        #expect(Quantiles.type7([4], 0.9) == 4)
        #expect(Quantiles.type6([4], 0.01) == 4)
        #expect(Quantiles.normalScale([], 0.5).isNaN)
        #expect(Quantiles.normalScale([1, 2], 1.5).isNaN)
        #expect(Quantiles.median([1, 2, 3, 10]) == 2.5)
    }
}
