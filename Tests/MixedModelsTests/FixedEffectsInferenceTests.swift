import LinearAlgebra
import Testing

@testable import MixedModels

/// Figures of lmerTest 3.1-3, pbkrtest 0.5 and clubSandwich 0.5 (R 4.2, lme4 1.1-31 with a tight optimiser), and of HLM.
@Suite struct FixedEffectsInferenceTests {
    private func table(
        _ design: MixedDesign, _ df: DegreesOfFreedom, _ errors: StandardErrors = .model,
        criterion: MixedCriterion = .reml
    ) throws -> [FixedEffect] {
        try FixedEffectsTable(
            MixedModel.fit(design, criterion: criterion),
            options: FixedEffectsOptions(degreesOfFreedom: df, standardErrors: errors)
        ).rows
    }

    @Test func sleepstudySatterthwaite() throws {
        let rows = try table(Examples.sleepstudy(), .satterthwaite)
        expectRelative(rows[1].estimate, 10.4672859595960, 1e-12)
        expectRelative(rows[1].standardError, 1.545788896294728, 1e-10)
        expectRelative(rows[0].degreesOfFreedom, 17, 1e-8)
        expectRelative(rows[1].degreesOfFreedom, 17, 1e-8)
        expectRelative(rows[1].statistic, 6.77148476398, 1e-9)
        expectRelative(rows[1].pValue, 3.26378807133e-06, 1e-8)
        expectRelative(rows[1].lower, rows[1].estimate - 2.109815578 * 1.545788896294728, 1e-9)
    }

    /// A variance at zero drops out: as many degrees of freedom as least squares has.
    @Test func boundary() throws {
        let row = try #require(try table(Examples.dyestuff2, .satterthwaite).first)
        expectRelative(row.standardError, 0.678388031233, 1e-10)
        expectRelative(row.degreesOfFreedom, 29, 1e-9)
        expectRelative(row.pValue, 3.3182927492e-09, 1e-8)
        let adjusted = try #require(try table(Examples.dyestuff2, .kenwardRoger).first)
        expectRelative(adjusted.degreesOfFreedom, 5, 1e-8)
    }

    /// Correlations of ±1: lmerTest where lme4 finds the same minimum.
    @Test(arguments: [
        ("M", "month", "firm", [0.07213695334, 0.01876581025], [94.17774071, 1088.79781467]),
        ("X1", "month", "firm", [0.07533408788, 0.01967326356], [83.83189769, 1103.05671598]),
        ("Y", "X1", "leader", [0.03407597480, 0.02964633553], [249.9082071, 905.9248478]),
        ("M", "prop", "leader", [0.10214446368, 0.04439539785], [210.8791324, 231.2549440]),
    ])
    func perfectCorrelation(
        response: String, predictor: String, group: String, errors: [Double], df: [Double]
    ) throws {
        let data = try Table("diary-unbalanced.csv")
        let x = data.numbers(predictor)
        let design = data.design(
            response, [(predictor, x)], [data.term(group, [("(Intercept)", data.ones), (predictor, x)])])
        let rows = try table(design, .satterthwaite)
        for k in 0..<2 {
            expectRelative(rows[k].standardError, errors[k], 1e-5)
            expectRelative(rows[k].degreesOfFreedom, df[k], 2e-4)
        }
    }

    @Test func unbalanced() throws {
        let design = try Examples.unbalancedSleepstudy()
        let satterthwaite = try table(design, .satterthwaite)
        for (row, df) in zip(satterthwaite, [26.1696874228, 109.1222134219, 133.6490208627]) {
            expectRelative(row.degreesOfFreedom, df, 4e-5)
        }
        expectRelative(satterthwaite[2].standardError, 0.289644015825, 1e-8)
        let kenwardRoger = try table(design, .kenwardRoger)
        for (row, (se, df)) in zip(
            kenwardRoger,
            [(7.704460626999, 26.3494284857), (3.053212414036, 106.8532442201), (0.292233590531, 133.7111964592)])
        {
            expectRelative(row.standardError, se, 1e-7)
            expectRelative(row.degreesOfFreedom, df, 4e-5)
        }
    }

    @Test func contrastsAndJointTests() throws {
        let fit = try MixedModel.fit(Examples.unbalancedSleepstudy())
        let l = Matrix([[0, 1, 0], [0, 0, 1]])
        let satterthwaite = try FixedEffectsInference(fit)
        let f = try satterthwaite.jointTest(l, named: "both")
        expectRelative(f.statistic, 23.0988750582, 1e-8)
        expectRelative(f.denominatorDegreesOfFreedom, 49.4784024097, 1e-6)
        expectRelative(f.pValue, 8.22221449462e-08, 1e-6)
        let contrast = try satterthwaite.contrast([1, 4, 16], named: "day 4")
        expectRelative(contrast.estimate, 289.622287753, 1e-10)
        expectRelative(contrast.standardError, 8.89916471092, 1e-7)
        expectRelative(contrast.degreesOfFreedom, 18.9608847768, 1e-6)
        let kenwardRoger = try FixedEffectsInference(
            fit, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
        let scaled = try kenwardRoger.jointTest(l, named: "both")
        expectRelative(scaled.statistic, 22.6257995965, 1e-7)
        expectRelative(scaled.denominatorDegreesOfFreedom, 38.3917484992, 1e-6)
        expectRelative(scaled.pValue, 3.22166087606e-07, 1e-6)
        let single = try kenwardRoger.contrast([1, 4, 16], named: "day 4")
        expectRelative(single.standardError, 8.90025377105, 1e-7)
        expectRelative(single.degreesOfFreedom, 18.8333225157, 1e-6)
        // A dependent row does not count, nor does the choice of the basis.
        let again = try satterthwaite.jointTest(Matrix([[0, 1, 1], [0, 1, -1], [0, 3, 1]]), named: "both")
        expectRelative(again.statistic, f.statistic, 1e-10)
        #expect(again.numeratorDegreesOfFreedom == 2)
        #expect(throws: MixedModelError.self) { try satterthwaite.contrast([0, 0, 0], named: "nothing") }
        #expect(throws: MixedModelError.self) { try satterthwaite.contrast([1], named: "short") }
        #expect(throws: MixedModelError.self) { try satterthwaite.jointTest(Matrix([[0, 0, 0]]), named: "nothing") }
    }

    /// `anova` of lmerTest for the effort to rise from four types of stool (Wretenberg et al. 1993; ergoStool of nlme).
    @Test func termTests() throws {
        let effort: [Double] = [
            12, 15, 12, 10, 10, 14, 13, 12, 7, 14, 13, 9, 7, 11, 10, 9, 8, 11, 8, 7, 9, 11, 11, 10, 8, 12, 12, 11, 7,
            11, 8,
            7, 9, 13, 10, 8,
        ]
        let dummies = (1...3).map { type in
            ("Type\(type + 1)", effort.indices.map { $0 % 4 == type ? 1.0 : 0 })
        }
        var design = Examples.simple(effort, perGroup: 4, fixed: dummies)
        design.fixedTerms = ["(Intercept)", "Type"]
        design.fixedAssignment = [0, 1, 1, 1]
        let fit = try MixedModel.fit(design)
        for df in [DegreesOfFreedom.satterthwaite, .kenwardRoger] {
            let tests = try FixedEffectsInference(fit, options: FixedEffectsOptions(degreesOfFreedom: df)).termTests()
            #expect(tests.count == 1)
            expectRelative(tests[0].statistic, 22.35564, 1e-6)
            expectRelative(tests[0].denominatorDegreesOfFreedom, 24, 1e-7)
            expectRelative(tests[0].pValue, 3.9346e-07, 1e-4)
        }
    }

    /// `anova` of lmerTest, type III, for unbalanced data with two factors, a number and their interactions.
    @Test(arguments: [
        (
            DegreesOfFreedom.satterthwaite, [0.20513, 0.14503, 144.19251, 0.05944, 2.60435],
            [21.9106172855, 135.2502940209, 135.8092060052, 135.2500471348, 135.8180163428]
        ),
        (
            .kenwardRoger, [0.20510, 0.14500, 144.07699, 0.05943, 2.60216],
            [21.8099826235, 135.1804915631, 135.7417697650, 135.1802264733, 135.7497639972]
        ),
    ])
    func typeThree(method: DegreesOfFreedom, f: [Double], df: [Double]) throws {
        let table = try Examples.unbalancedTable()
        let days = table.numbers("Days"), subjects = table.columns["Subject"] ?? []
        let levels = Set(subjects).sorted()
        let groups = subjects.map { ["b", "c", "a"][(levels.firstIndex(of: $0) ?? 0) % 3] }
        let frame = ModelFrame(
            [
                ("Reaction", .numeric(table.numbers("Reaction"))), ("Days", .numeric(days)),
                ("Subject", .categorical(subjects)), ("g", .categorical(groups)),
                ("h", .categorical(days.map { $0.truncatingRemainder(dividingBy: 4) < 1 ? "x" : "y" })),
            ], rowCount: days.count)
        let formula = try MixedFormula(parsing: "Reaction ~ g * h + g * Days + (1 | Subject)")
        let fit = try MixedModel.fit(MixedDesign(formula, frame))
        let inference = try FixedEffectsInference(fit, options: FixedEffectsOptions(degreesOfFreedom: method))
        let tests = try inference.termTests(
            sumCoded: MixedDesign(formula, frame, options: DesignOptions(contrast: .sum)))
        #expect(tests.map(\.term) == ["g", "h", "Days", "g:h", "g:Days"])
        for (index, test) in tests.enumerated() {
            expectClose(test.statistic, f[index], 6e-6, test.term)
            expectRelative(test.denominatorDegreesOfFreedom, df[index], 2e-5, test.term)
        }
        // Interactions do not depend on the coding.
        expectRelative(try inference.termTests()[3].statistic, tests[3].statistic, 1e-8)
        #expect(throws: MixedModelError.self) { try inference.termTests(sumCoded: Examples.sleepstudy()) }
    }

    /// Degrees of freedom have no units.
    @Test func scaleInvariance() throws {
        let design = try Examples.unbalancedSleepstudy()
        var scaled = design
        scaled.response = design.response.map { 1e5 * $0 }
        for j in 1...2 { for i in 0..<design.rowCount { scaled.fixed[i, j] *= 1e-4 } }
        for i in 0..<design.rowCount { scaled.terms[0].columns[i, 1] *= 1e3 }
        for method in [DegreesOfFreedom.satterthwaite, .kenwardRoger] {
            for (left, right) in zip(try table(design, method), try table(scaled, method)) {
                expectRelative(left.degreesOfFreedom, right.degreesOfFreedom ?? .nan, 1e-6)
                expectRelative(left.statistic, right.statistic, 1e-6)
            }
        }
    }

    @Test func clubSandwich() throws {
        let design = try Examples.unbalancedSleepstudy()
        let expected: [(StandardErrors, [Double], [Double])] = [
            (
                .robust, [7.294784209416, 3.532608930454, 0.340200616428],
                [16.2698817666, 16.0376725551, 15.3054884093]
            ),
            (.cr1, [7.506271025009, 3.635024600608, 0.350063546292], [16.2698817666, 16.0376725551, 15.3054884093]),
            (.cr2, [7.521688990859, 3.647105984202, 0.351865873647], [16.2237352085, 15.9645905272, 15.1936796695]),
        ]
        for (kind, errors, df) in expected {
            let rows = try table(design, .satterthwaite, kind)
            for k in 0..<3 {
                expectRelative(rows[k].standardError, errors[k], 1e-6, "\(kind)")
                expectRelative(rows[k].degreesOfFreedom, df[k], 1e-6, "\(kind)")
            }
        }
        let joint = try FixedEffectsInference(
            MixedModel.fit(design), options: FixedEffectsOptions(standardErrors: .cr2)
        )
        .jointTest(Matrix([[0, 1, 0], [0, 0, 1]]), named: "both")
        expectRelative(joint.statistic, 22.3, 2e-3)
        expectRelative(joint.denominatorDegreesOfFreedom, 15, 2e-2)
        expectRelative(joint.pValue, 3.22647107564e-05, 1e-5)
    }

    /// clubSandwich with clusters of 14 to 67 rows, where the adjustment is computed in the span of X and Z.
    @Test func clubSandwichLargeClusters() throws {
        let fit = try MixedModel.fit(Examples.hsb(.interceptsAndSlopes))
        let rows = try FixedEffectsTable(
            fit, options: FixedEffectsOptions(degreesOfFreedom: .satterthwaite, standardErrors: .cr2)
        ).rows
        let errors = [
            0.175147901313, 0.339194119920, 0.148997635671, 0.311495726983, 0.338958960218, 0.241092245181,
        ]
        let df = [83.4727617083, 56.0286556232, 76.1402133099, 100.1292307238, 56.5734407916, 90.5402085507]
        for k in rows.indices {
            expectRelative(rows[k].standardError, errors[k], 1e-6)
            expectRelative(rows[k].degreesOfFreedom, df[k], 1e-5)
        }
    }

    @Test func hsbSatterthwaite() throws {
        let rows = try table(Examples.hsb(.interceptsAndSlopes), .satterthwaite)
        let df = [159.913481446, 150.982880027, 139.309553885, 149.613213087, 160.560739399, 143.351294694]
        for (row, df) in zip(rows, df) { expectRelative(row.degreesOfFreedom, df, 1e-5) }
        for (row, value) in zip(rows, [12.095997, 5.332898, 2.938784, 1.226453, 1.038915, -1.642618]) {
            expectClose(row.estimate, value, 1e-6)
        }
    }

    /// SSI's HLM example: a slope of FEMALE, full maximum likelihood, with HLM's robust standard errors and its t ratios'
    /// degrees of freedom.
    @Test func hlmRobust() throws {
        let rows = try table(Examples.hsb(.female), .hlm, .robust, criterion: .ml)
        expectRelative(rows[0].standardError, 0.2610293, 1e-6)
        expectRelative(rows[1].standardError, 0.1858997, 1e-6)
        #expect(rows.map(\.degreesOfFreedom) == [159, 159])
    }

    @Test func hlmDegreesOfFreedom() throws {
        let rows = try table(Examples.hsb(.interceptsAndSlopes), .hlm)
        #expect(rows.map(\.degreesOfFreedom) == [157, 157, 157, 157, 157, 157])
        var design = try Examples.hsb(.interceptsAndSlopes)
        let term = design.terms[0]
        design.terms[0] = RandomTerm(
            factor: "School", coefficientNames: ["(Intercept)"],
            columns: Matrix(rows: design.rowCount, columns: 1, repeating: 1), groups: term.groups, levels: term.levels)
        #expect(try table(design, .hlm).map(\.degreesOfFreedom) == [157, 157, 7179, 157, 7179, 7179])
    }

    /// A year varies within groups although its variation is small beside its size.
    @Test func hlmYears() throws {
        var design = try Examples.sleepstudy(slope: false)
        for i in 0..<design.rowCount { design.fixed[i, 1] += 2e5 }
        #expect(CoefficientEquations(design).assignment == [0, nil])
    }

    @Test func normal() throws {
        let rows = try table(Examples.sleepstudy(), .normal)
        #expect(rows[1].degreesOfFreedom == nil)
        expectRelative(rows[1].upper - rows[1].estimate, 1.959963984540054 * 1.545788896294728, 1e-10)
    }

    /// Cross-level interaction of the diary: with and without a random slope.
    @Test func diary() throws {
        let table = try Table("diary.csv")
        for (slope, df, se, krDF) in [
            (false, 1087.1565, 0.02478065, 1088.0216), (true, 138.36236, 0.027941341, 152.04791),
        ] {
            let fit = try MixedModel.fit(table.diary(slope: slope))
            expectRelative(try FixedEffectsTable(fit)["M:W:Z"]?.degreesOfFreedom, df, 4e-5)
            let kr = try FixedEffectsTable(fit, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
            expectRelative(kr["M:W:Z"]?.standardError, se, 2e-5)
            expectRelative(kr["M:W:Z"]?.degreesOfFreedom, krDF, 4e-5)
        }
    }

    @Test func refusals() throws {
        let ml = try MixedModel.fit(Examples.sleepstudy(), criterion: .ml)
        #expect(throws: MixedModelError.self) {
            try FixedEffectsTable(ml, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger))
        }
        #expect(throws: MixedModelError.self) {
            try FixedEffectsTable(
                ml, options: FixedEffectsOptions(degreesOfFreedom: .kenwardRoger, standardErrors: .cr2))
        }
        #expect(throws: MixedModelError.self) {
            try FixedEffectsTable(ml, options: FixedEffectsOptions(confidenceLevel: 95))
        }
    }
}
