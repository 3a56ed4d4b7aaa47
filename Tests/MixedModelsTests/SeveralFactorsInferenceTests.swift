import LinearAlgebra
import Testing

@testable import MixedModels

/// Inference with nested and crossed factors, case weights and residual structures, against lme4 1.1-31, lmerTest 3.1-3,
/// pbkrtest 0.5 and clubSandwich 0.5.
@Suite struct SeveralFactorsInferenceTests {
    private func pastes() throws -> MixedDesign {
        var table = try Table("pastes.csv")
        let batches = table.columns["batch"] ?? [], casks = table.columns["cask"] ?? []
        table.columns["sample"] = zip(batches, casks).map { "\($0):\($1)" }
        return table.design(
            "strength", [],
            [table.term("sample", [("(Intercept)", table.ones)]), table.term("batch", [("(Intercept)", table.ones)])])
    }

    private func penicillin() throws -> MixedDesign {
        let table = try Table("penicillin.csv")
        return table.design(
            "diameter", [],
            [table.term("plate", [("(Intercept)", table.ones)]), table.term("sample", [("(Intercept)", table.ones)])])
    }

    private func threeLevels() throws -> MixedDesign {
        let table = try Table("diary.csv")
        let m = table.numbers("M")
        return table.design(
            "Y", [("M", m), ("W", table.numbers("W"))],
            [
                table.term("leader", [("(Intercept)", table.ones), ("M", m)]),
                table.term("firm", [("(Intercept)", table.ones)]),
            ])
    }

    @Test func nested() throws {
        let fit = try MixedModel.fit(pastes())
        let row = try #require(try FixedEffectsTable(fit).rows.first)
        expectRelative(row.standardError, 0.676870099848, 1e-7)
        expectRelative(row.degreesOfFreedom, 9, 1e-6)
        let kenwardRoger = try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
        expectRelative(kenwardRoger.rows[0].degreesOfFreedom, 9, 1e-6)
        // Groups of batches are independent: J − 1.
        let hlm = try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .hlm))
        #expect(hlm.rows[0].degreesOfFreedom == 9)
        let bayes = try EmpiricalBayes.terms(of: fit)
        expectRelative(bayes[0].conditionalCovariances[0][0, 0], 1.303526316951, 1e-6)
        expectRelative(bayes[1].conditionalCovariances[1][0, 0], 1.057799193093, 1e-6)
        let tests = try VarianceComponentTest.all(fit)
        expectRelative(tests[0].chiSquared, 54.6046648775, 1e-6)
        expectRelative(tests[1].chiSquared, 0.6576559269, 1e-6)
        expectRelative(tests[1].pValue, 0.41739, 1e-4)
        let partition = try VariancePartition(fit)
        let total = 8.433666581 + 1.657309130 + 0.677999985
        expectRelative(partition.levels[0].share, 8.433666581 / total, 1e-6)
        expectRelative(partition.levels[0].correlation, (8.433666581 + 1.657309130) / total, 1e-6)
        expectRelative(partition.levels[1].correlation, 1.657309130 / total, 1e-6)
        #expect(partition.levels.map(\.groupCount) == [30, 10])
    }

    @Test func crossed() throws {
        let fit = try MixedModel.fit(penicillin())
        let row = try #require(try FixedEffectsTable(fit).rows.first)
        expectRelative(row.standardError, 0.808573511676, 1e-6)
        expectRelative(row.degreesOfFreedom, 5.48709, 1e-5)
        let kenwardRoger = try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
        expectRelative(kenwardRoger.rows[0].degreesOfFreedom, 5.48709, 1e-5)
        let bayes = try EmpiricalBayes.terms(of: fit)
        expectRelative(bayes[0].effects[0, 0], 0.8045470562502, 1e-5)
        expectRelative(bayes[0].conditionalCovariances[0][0, 0], 0.0736359998486, 1e-5)
        expectRelative(bayes[1].conditionalCovariances[0][0, 0], 0.0408730395964, 1e-5)
        #expect(throws: MixedModelError.self) {
            try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .hlm))
        }
        let tests = try VarianceComponentTest.all(fit)
        expectRelative(tests[0].chiSquared, 105.057272653, 1e-6)
        expectRelative(tests[1].chiSquared, 282.395435016, 1e-6)
        // All rows hang together: nothing that rests on independent clusters exists.
        #expect(throws: MixedModelError.self) {
            try FixedEffectsTable(fit, options: FixedEffectsOptions(standardErrors: .robust))
        }
        #expect(throws: MixedModelError.self) { try ClusterInfluence(fit) }
        #expect(throws: MixedModelError.self) {
            try MixedBootstrap(fit, options: MixedBootstrapOptions(scheme: .cases, draws: 2))
        }
        #expect(throws: MixedModelError.self) { try HLMVarianceTests(fit) }
    }

    @Test func crossedProfile() throws {
        let profile = try ProfileLikelihood(MixedModel.fit(penicillin()))
        for (interval, (lower, upper)) in zip(
            try profile.intervals(),
            [
                (0.6335651869, 1.1821033296), (1.0958314748, 3.5563223823), (0.4858455594, 0.6294534265),
                (21.2666082449, 24.6778361995),
            ])
        {
            expectRelative(interval.lower, lower, 2e-4, interval.name)
            expectRelative(interval.upper, upper, 2e-4, interval.name)
        }
    }

    @Test func threeLevelsOfDiary() throws {
        let fit = try MixedModel.fit(threeLevels())
        func rows(_ df: DegreesOfFreedom, _ errors: StandardErrors = .model) throws -> [FixedEffect] {
            try FixedEffectsTable(
                fit, options: FixedEffectsOptions(degreesOfFreedom: df, standardErrors: errors)
            ).rows
        }
        for (row, df) in zip(try rows(.satterthwaite), [41.593695345, 188.556036621, 249.599860977]) {
            expectRelative(row.degreesOfFreedom, df, 1e-4)
        }
        // 53 firms, 261 leaders less intercept and W, and rows for the slope whose variance lies between leaders.
        #expect(try rows(.hlm).map(\.degreesOfFreedom) == [52, 260, 259])
        for (row, (se, df)) in zip(
            try rows(.kenwardRoger),
            [(0.0355959875567, 47.4001546092), (0.0312201465087, 205.6660685103), (0.0311264606499, 256.6069637492)])
        {
            expectRelative(row.standardError, se, 1e-5)
            expectRelative(row.degreesOfFreedom, df, 1e-4)
        }
        for (row, (se, df)) in zip(
            try rows(.satterthwaite, .robust),
            [(0.0352619795167, 47.6384757695), (0.0335159127099, 43.5937306802), (0.0297312902705, 30.7116304602)])
        {
            expectRelative(row.standardError, se, 1e-6)
            expectRelative(row.degreesOfFreedom, df, 1e-5)
        }
        for (row, (se, df)) in zip(
            try rows(.satterthwaite, .cr2),
            [(0.0356488324575, 47.5014475279), (0.0340391753510, 43.3318050924), (0.0302185228976, 30.0146725353)])
        {
            expectRelative(row.standardError, se, 1e-6)
            expectRelative(row.degreesOfFreedom, df, 1e-5)
        }
        let bayes = try EmpiricalBayes.terms(of: fit)
        expectRelative(bayes[1].conditionalCovariances[0][0, 0], 0.0149426630563, 1e-4)
        expectRelative(bayes[0].conditionalCovariances[0][0, 1], -0.00607210402639, 1e-4)
        #expect(try Level2Residuals.terms(of: fit).map(\.degreesOfFreedom) == [2, 1])
    }

    @Test func weights() throws {
        let table = try Table("sleepstudy.csv")
        let days = table.numbers("Days")
        var design = try Examples.sleepstudy()
        design.weights = days.map { 1 + $0.truncatingRemainder(dividingBy: 3) }
        let fit = try MixedModel.fit(design)
        expectRelative(fit.deviance, 1733.54354647, 1e-10)
        let rows = try FixedEffectsTable(fit).rows
        expectRelative(rows[1].standardError, 1.67061280973, 1e-6)
        expectRelative(rows[0].degreesOfFreedom, 17, 1e-6)
        let bayes = try EmpiricalBayes.terms(of: fit)[0]
        expectRelative(bayes.conditionalCovariances[0][0, 0], 148.9036885543, 1e-5)
        expectRelative(bayes.conditionalCovariances[0][0, 1], -23.25692957121, 1e-5)
        expectRelative(bayes.effects[0, 1], 10.0496402493, 1e-5)
        let tests = try VarianceComponentTest.all(fit)
        expectRelative(tests[0].chiSquared, 54.5735218286, 1e-7)
        let residuals = Level1Residuals(fit)
        let sigma = fit.residualVariance.squareRoot()
        expectRelative(residuals.residuals[2] / sigma, -1.2166668779500, 1e-5)
        expectRelative(residuals.standardized[2], -1.2166668779500 * 3.0.squareRoot(), 1e-5)
        // clubSandwich for `lme` of nlme with varFixed.
        let robust = try FixedEffectsTable(fit, options: FixedEffectsOptions(standardErrors: .cr2)).rows
        expectRelative(robust[0].standardError, 7.06224014461, 1e-6)
        expectRelative(robust[1].standardError, 1.66755824317, 1e-7)
        expectRelative(robust[1].degreesOfFreedom, 17.0000320995, 1e-9)
    }

    /// Compound symmetry is a random intercept by another name.
    @Test func compoundSymmetry() throws {
        let data = try StructuredData("orthodont")
        let fixed = [data.numbers("age"), data.indicator("Sex", "Female")]
        let structured = try MixedModel.fit(
            data.design("distance", fixed), residuals: .compoundSymmetric(within: "Subject"), frame: data.frame)
        let random = try MixedModel.fit(data.design("distance", fixed, random: [(columns: [], group: "Subject")]))
        expectRelative(structured.deviance, random.deviance, 1e-10)
        for df in [DegreesOfFreedom.satterthwaite, .kenwardRoger] {
            let options = FixedEffectsOptions(degreesOfFreedom: df)
            let a = try FixedEffectsTable(structured, options: options).rows
            let b = try FixedEffectsTable(random, options: options).rows
            for (left, right) in zip(a, b) {
                expectRelative(left.standardError, right.standardError, 1e-7)
                expectRelative(left.degreesOfFreedom, right.degreesOfFreedom ?? .nan, 1e-6)
            }
        }
        let components = try VarianceComponents(structured)
        #expect(components.residual.map(\.name) == ["variance", "covariance"])
        let expected = try VarianceComponents(random)
        expectRelative(components.residual[1].estimate, expected.rows[0].estimate, 1e-6)
        expectRelative(components.residual[1].standardError, expected.rows[0].standardError ?? .nan, 1e-6)
    }

    @Test func autoregressiveResiduals() throws {
        let data = try StructuredData("orthodont")
        let fit = try MixedModel.fit(
            data.design("distance", [data.numbers("age")], random: [(columns: [], group: "Subject")]),
            residuals: .autoregressive("occasion", within: "Subject"), frame: data.frame)
        let rows = try FixedEffectsTable(fit).rows
        #expect((rows[1].degreesOfFreedom ?? 0) > 30 && (rows[1].degreesOfFreedom ?? 0) < 110)
        #expect(try VarianceComponents(fit).residual.map(\.name) == ["variance", "rho"])
        #expect(throws: MixedModelError.self) { try ProfileLikelihood(fit) }
        #expect(throws: MixedModelError.self) { try MixedBootstrap(fit) }
        #expect(throws: MixedModelError.self) { try VarianceComponentTest.all(fit) }
        #expect(throws: MixedModelError.self) { try EmpiricalBayes.terms(of: fit) }
        #expect(throws: MixedModelError.self) {
            try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
        }
    }
}
