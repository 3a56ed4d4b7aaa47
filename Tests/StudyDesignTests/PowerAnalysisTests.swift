import StudyDesign
import Testing

@Suite struct PowerAnalysisTests {
    private func expect(_ value: Double, _ expected: Double, _ tolerance: Double = 1e-6, _ what: String) {
        #expect(abs(value - expected) <= tolerance * max(1, abs(expected)), "\(what): \(value) against \(expected)")
    }

    /// Sample sizes of pwr 1.3-0 under R 4.2.2 (which solves to about six digits).
    @Test(arguments: [
        (TestKind.twoMeans(), 0.5, 0.8, 63.7656104441418), (.oneMean, 0.3, 0.9, 118.686506114664),
        (.correlation, 0.3, 0.8, 84.0736397822877), (.analysisOfVariance(groups: 4), 0.25, 0.8, 44.5992742990201),
        (.regression(tested: 5), 0.15, 0.8, 85.2136945160882 + 6), (.oneProportion, 0.2, 0.8, 196.221512550509),
        (.twoProportions(), 0.3, 0.8, 174.419122433903), (.chiSquared(degreesOfFreedom: 2), 0.3, 0.8, 107.052098544763),
    ])
    func sampleSizes(test: TestKind, effect: Double, power: Double, expected: Double) throws {
        let analysis = try PowerAnalysis(test, effect: effect, power: power)
        #expect(analysis.solved == .sampleSize)
        expect(analysis.sampleSize, expected, 1e-5, test.title)
        expect(analysis.power(at: analysis.sampleSize), power, 1e-9, test.title)
    }

    /// Powers of pwr 1.3-0.
    @Test(arguments: [
        (TestKind.twoMeans(), 64.0, 0.5, 0.05, 2, 0.801459557922328), (.twoMeans(), 30, 0.4, 0.05, 1, 0.45471469548981),
        (.pairedMeans, 25, 0.6, 0.01, 2, 0.58571739049205),
        (.twoMeans(ratio: 1.25), 28, 0.5, 0.05, 2, 0.492458788318539),
        (.correlation, 100, 0.2, 0.05, 2, 0.518104206475833), (.correlation, 50, 0.3, 0.05, 1, 0.691139485379656),
        (.analysisOfVariance(groups: 3), 40, 0.2, 0.05, 2, 0.4760748404906),
        (.regression(tested: 3), 84, 0.1, 0.05, 2, 0.65410219774285),
        (.twoProportions(), 80, 0.3, 0.05, 2, 0.475100870572638),
        (.twoProportions(ratio: 245.0 / 80), 80, 0.3, 0.05, 2, 0.644234558876953),
        (.twoProportions(ratio: 245.0 / 80), 80, 0.3, 0.05, 1, 0.753292447231886),
        (.chiSquared(degreesOfFreedom: 4), 300, 0.1, 0.05, 2, 0.244165499833082),
    ])
    func powers(test: TestKind, n: Double, effect: Double, alpha: Double, sides: Int, expected: Double) throws {
        let analysis = try PowerAnalysis(test, sampleSize: n, effect: effect, alpha: alpha, sides: sides)
        expect(analysis.power, expected, 1e-9, test.title)
        let negative = try PowerAnalysis(test, sampleSize: n, effect: -effect, alpha: alpha, sides: sides)
        #expect(negative.power == analysis.power)
    }

    /// Least effects of pwr 1.3-0.
    @Test(arguments: [
        (TestKind.twoMeans(), 50.0, 0.8, 0.565857952755528), (.correlation, 100, 0.8, 0.275865977707637),
        (.analysisOfVariance(groups: 5), 20, 0.9, 0.402418854224012),
        (.regression(tested: 2), 100, 0.8, 0.0993981177055449),
        (.chiSquared(degreesOfFreedom: 1), 200, 0.8, 0.198101150986774),
    ])
    func effects(test: TestKind, n: Double, power: Double, expected: Double) throws {
        let analysis = try PowerAnalysis(test, sampleSize: n, power: power)
        expect(analysis.effect, expected, 1e-4, test.title)
        expect(try PowerAnalysis(test, sampleSize: n, effect: analysis.effect).power, power, 1e-9, test.title)
    }

    @Test func alphaIsSolvedFor() throws {
        let analysis = try PowerAnalysis(.twoMeans(), sampleSize: 40, effect: 0.5, power: 0.8, alpha: nil)
        expect(analysis.alpha, 0.167196040440281, 1e-6, "pwr 1.3-0")
    }

    /// Cohen (1988, table 2.4.1): d = .50, two-sided .05, power .80 needs 64 per group; (table 8.4.4) f = .25, four groups: 45.
    @Test func cohensTables() throws {
        #expect(try PowerAnalysis(.twoMeans(), effect: 0.5, power: 0.8).wholeSampleSize == 64)
        let variance = try PowerAnalysis(.analysisOfVariance(groups: 4), effect: 0.25, power: 0.8)
        #expect(variance.wholeSampleSize == 45 && variance.totalCases == 180)
    }

    @Test func powerRisesWithSampleEffectAndAlpha() {
        let tests: [TestKind] = [
            .oneMean, .pairedMeans, .twoMeans(ratio: 2), .correlation, .analysisOfVariance(groups: 5),
            .regression(tested: 2, others: 3), .oneProportion, .twoProportions(ratio: 0.5),
            .chiSquared(degreesOfFreedom: 3),
        ]
        for test in tests {
            var last = 0.0
            for n in [12.0, 20, 50, 120, 400] {
                let power = test.power(n: n, effect: 0.2, alpha: 0.05)
                #expect(power > last && power <= 1, "\(test.title) \(n)")
                last = power
            }
            #expect(test.power(n: 50, effect: 0.3, alpha: 0.05) > test.power(n: 50, effect: 0.2, alpha: 0.05))
            #expect(test.power(n: 50, effect: 0.2, alpha: 0.10) > test.power(n: 50, effect: 0.2, alpha: 0.05))
        }
    }

    /// At the bounds where closed forms give way to approximations, power goes on without a jump.
    @Test func hasNoJumpFarOut() {
        for (low, high) in [(9_999_990.0, 10_000_010.0)] {
            let below = TestKind.oneMean.power(n: low, effect: 0.0007, alpha: 0.05)
            let above = TestKind.oneMean.power(n: high, effect: 0.0007, alpha: 0.05)
            #expect(abs(below - above) < 1e-5)
        }
        #expect(TestKind.analysisOfVariance(groups: 3).power(n: 1e8, effect: 0.5, alpha: 0.05) == 1)
        #expect(TestKind.twoMeans().power(n: 1e9, effect: 900, alpha: 0.05) == 1)
    }

    @Test func impossibleFiguresAreRefusedWithARemedy() {
        func message(_ body: () throws(PowerError) -> PowerAnalysis) -> String {
            do throws(PowerError) {
                _ = try body()
                return ""
            } catch { return error.description }
        }
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 0.2, power: 1) }.contains(
                "between 0 and 1"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 0, power: 0.8) }.contains(
                "effect of zero"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.oneMean, sampleSize: 1, power: 0.8) }.contains(
                "at least 2"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 0.2, power: 0.8, alpha: 0) }
                .contains("alpha is 0"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 0.2, power: 0.04) }.contains(
                "not above alpha"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 0.2) }.contains("three are needed"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.oneMean, sampleSize: 9, effect: 0.2, power: 0.8) }
                .contains("leave out"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.correlation, effect: 1.2, power: 0.8) }.contains(
                "at most"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.twoMeans(ratio: 0), effect: 1, power: 0.8) }.contains(
                "ratio"))
        #expect(
            message { () throws(PowerError) in try PowerAnalysis(.analysisOfVariance(groups: 1), effect: 1, power: 0.8)
            }
            .contains("at least 2"))
        for wrong in [Double.nan, .infinity, -.infinity, -1] {
            #expect(
                !message { () throws(PowerError) in try PowerAnalysis(.oneMean, sampleSize: wrong, power: 0.8) }.isEmpty
            )
            #expect(
                !message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 0.3, power: wrong) }.isEmpty)
            #expect(
                !message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 0.3, power: 0.8, alpha: wrong) }
                    .isEmpty)
            if wrong != -1 {
                #expect(
                    !message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: wrong, power: 0.8) }.isEmpty
                )
            }
        }
        #expect(!message { () throws(PowerError) in try PowerAnalysis(.oneMean, effect: 1e-9, power: 0.8) }.isEmpty)
    }
}

@Suite struct PowerOfEstimateTests {
    /// The interaction of the published diary: .031 with a standard error of .028, z = 1.107; Φ(z − 1.96) + Φ(−z − 1.96).
    @Test func publishedInteraction() throws {
        let power = try EstimatePower(estimate: 0.031, standardError: 0.028, sampleSize: 261)
        #expect(abs(power.power - 0.19788) < 1e-4)
        // 261·(2.8016/1.1071)²
        #expect(try power.sampleSize(power: 0.8) == 1672)
        #expect(abs(power.power(sampleSize: 1672) - 0.8) < 1e-3)
    }

    @Test func impossibleFigures() {
        #expect(throws: PowerError.self) { try EstimatePower(estimate: 0, standardError: 1, sampleSize: 50) }
        #expect(throws: PowerError.self) { try EstimatePower(estimate: 1, standardError: 0, sampleSize: 50) }
        #expect(throws: PowerError.self) { try EstimatePower(estimate: 1, standardError: 1, sampleSize: .nan) }
        #expect(throws: PowerError.self) {
            try EstimatePower(estimate: 1, standardError: 1, sampleSize: 50).sampleSize(power: 1)
        }
    }
}
