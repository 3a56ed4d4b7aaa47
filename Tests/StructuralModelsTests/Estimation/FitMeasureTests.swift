import Testing

@testable import StructuralModels

/// Fit measures of models whose moments are partly fixed, or whose means are not saturated, against lavaan 0.7.2.3170.
@Suite struct FitMeasureTests {
    private func measures(
        _ text: String, _ data: String, _ change: (inout ModelOptions) -> Void = { _ in }
    ) throws -> FitMeasures {
        var options = ModelOptions.sem
        change(&options)
        return try StructuralModel(text, options: options).fit(TestFiles.data(data)).fitMeasures()
    }

    private func check(_ measures: FitMeasures, _ expected: [(String, Double)]) throws {
        for (name, value) in expected {
            let mine = try #require(measures[name], "\(name)")
            #expect(abs(mine - value) < 1e-5 * max(1, value), "\(name): \(mine), lavaan \(value)")
        }
    }

    /// Moments that are taken from the sample are no part of what the classic GFI counts as explained.
    @Test func classicGoodnessOfFitUnderFixedX() throws {
        try check(
            measures(
                "dem60 =~ y1+y2+y3+y4\ndem65=~y5+y6+y7+y8\ndem60~x1+x2\ndem65~dem60+x3", "political_democracy.csv"),
            [("gfi_lisrel", 0.8137483), ("agfi_lisrel", 0.6926846), ("pgfi", 0.4931808)])
        try check(
            measures("y1~x1\n y2~x2+y1\n y1~y2", "political_democracy.csv"),
            [("gfi_lisrel", 0.9783904), ("agfi_lisrel", 0.783904)])
    }

    /// Exogenous variables covary in the baseline even where their moments are estimated.
    @Test func baselineWithRandomX() throws {
        try check(
            measures("y1~x1+y2\n y2~x2+x3+y1", "political_democracy.csv") { $0.fixesExogenousMoments = false },
            [("baseline.chisq", 50.1129926), ("baseline.df", 7), ("cfi", 0.9836489), ("tli", 0.9427712)])
    }

    @Test func structuredMeans() throws {
        try check(
            measures("f=~x1+x2+x3+x4\n x1~a*1\nx2~a*1\n x3~~0*x4", "holzinger_swineford.csv"),
            [("gfi", 0.818588), ("gfi.ci.lower", 0.7743727), ("gfi.ci.upper", 0.8589675), ("crmr", 0.2718567)])
        try check(
            measures("i=~1*t1+1*t2+1*t3+1*t4\n s=~0*t1+1*t2+2*t3+3*t4", "growth.csv") { $0 = .growth },
            [("crmr", 0.0113407)])
    }

    /// In a growth model the intercepts of all observed variables are 0, those of random predictors too: with a warning.
    @Test func growthWithRandomX() throws {
        var options = ModelOptions.growth
        options.fixesExogenousMoments = false
        let fit = try StructuralModel("i=~1*t1+1*t2+1*t3+1*t4\n s=~0*t1+1*t2+2*t3+3*t4\n i~x1", options: options)
            .fit(TestFiles.data("growth.csv"))
        try check(fit.fitMeasures(), [("chisq", 125.2770406), ("df", 10), ("npar", 10)])
        #expect(fit.warnings.contains { $0.contains("`x1` are 0") })
    }
}
