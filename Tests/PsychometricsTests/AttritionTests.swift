import LinearAlgebra
import Psychometrics
import Testing

/// Files/attrition.csv, split into the cases kept and lost.
private struct Attrition {
    let names: [String]
    let data: Matrix
    let isKept: [Bool]

    init() throws {
        let file = try Reference("attrition", complete: false)
        names = file.names
        data = file.data
        isKept = file.data.column(0).map { $0 == 1 }
    }

    func column(_ name: String) -> [Double] { names.firstIndex(of: name).map(data.column) ?? [] }

    func test(_ name: String) -> TwoSampleTest {
        let values = column(name)
        return TwoSampleTest(
            isKept.indices.filter { isKept[$0] }.map { values[$0] },
            isKept.indices.filter { !isKept[$0] }.map { values[$0] })
    }

    func variables(_ quantities: [String], _ categories: [String]) -> [AttritionAnalysis.Variable] {
        quantities.map { .init($0, .quantity(column($0))) }
            + categories.map {
                .init($0, .categories(column($0).map { $0.isFinite ? "\(Int($0))" : nil }))
            }
    }
}

/// Figures of `t.test`, `pt`, `chisq.test`, `fisher.test`, `manova`, `glm` and `power.t.test` of R 4.2.2.
@Suite struct TwoSampleTestTests {
    @Test func equalsR() throws {
        let age = try Attrition().test("age")
        #expect(age.first.n == 63 && age.second.n == 16)
        let welch = try #require(age.welch), pooled = try #require(age.pooled), tost = try #require(age.equivalence)
        #expect(
            distance(
                [welch.t, welch.degreesOfFreedom, welch.pValue],
                [2.82031368422743, 24.3795019695495, 0.00938758841128665])
                < 1e-12)
        #expect(
            distance([pooled.t, pooled.degreesOfFreedom, pooled.pValue], [2.71682096090264, 77, 0.00813654213864436])
                < 1e-13)
        #expect(distance([age.cohenD, age.hedgesG], [0.760578945211607, 0.753146577668822]) < 1e-13)
        #expect(distance(age.cohenDInterval ?? [], [0.196572068812155, 1.319869824618710]) < 1e-10)
        #expect(
            distance(
                [tost.rawBound, tost.lowerT, tost.lowerPValue, tost.upperT, tost.upperPValue],
                numbers(
                    """
                    2.558115305659752 3.912266402426071 0.000321457570964209 1.728360966028798 0.951714652806851
                    """)) < 1e-12)
        #expect(distance(tost.interval, [2.6015646684334, 10.6127210458523]) < 1e-11)
        #expect(!tost.isEquivalent)
    }

    @Test func findsIntervalsAroundZeroAndFarOut() throws {
        let same = try Attrition().test("same")
        #expect(distance(same.cohenDInterval ?? [], [-0.529041068425296, 0.542303486850319]) < 1e-10)
        let far = TwoSampleTest([0, 1, 2, 3], [100, 101, 102, 103])
        let interval = try #require(far.cohenDInterval), d = try #require(far.cohenD)
        #expect(interval[0] < d && d < interval[1] && interval[1] < 0)
    }

    @Test func mirrorsAndScales() throws {
        let a = [1, 4, 2, 6, 3.5], b = [2, 5, 7, 6.0]
        let one = TwoSampleTest(a, b), two = TwoSampleTest(b.map { 10 * $0 + 3 }, a.map { 10 * $0 + 3 })
        #expect(distance([two.cohenD, two.welch?.t], [-(one.cohenD ?? .nan), -(one.welch?.t ?? .nan)]) < 1e-13)
        #expect(distance([two.equivalence?.pValue], [one.equivalence?.pValue ?? .nan]) < 1e-13)
        let tost = try #require(one.equivalence)
        #expect(tost.isEquivalent == (abs(tost.interval[0]) < tost.rawBound && abs(tost.interval[1]) < tost.rawBound))
        // Many alike cases are equivalent.
        let many = (0..<2000).map { Double($0 % 10) }
        #expect(TwoSampleTest(many, many).equivalence?.isEquivalent == true)
    }

    @Test func hasNoFiguresWithoutVariance() {
        #expect(TwoSampleTest([1, 1], [1, 1]).welch == nil)
        #expect(TwoSampleTest([1], [1, 2]).welch == nil)
        #expect(TwoSampleTest([], []).difference == nil)
        #expect(TwoSampleTest([1, .nan, 2], [3, 4, .infinity]).first.n == 2)
    }

    @Test func knowsItsPower() {
        let equal = [0.3, 0.5].map { TwoSampleTest.power(d: $0, first: 40, second: 40) }
        #expect(distance(equal, [0.263283555874042, 0.598146901141676]) < 1e-10)
        let unequal = [0.3, 0.5].map { TwoSampleTest.power(d: $0, first: 261, second: 33) }
        #expect(distance(unequal, [0.366524063641290, 0.769565198809907]) < 1e-10)
        #expect(TwoSampleTest.power(d: 0.3, first: 1, second: 33) == nil)
        #expect(abs((TwoSampleTest.power(d: 0, first: 20, second: 30) ?? 0) - 0.05) < 1e-12)
    }
}

@Suite struct ContingencyTestTests {
    @Test func equalsR() throws {
        let sector = try #require(
            ContingencyTest(
                categories: ["it", "mining", "retail", "trade"], first: [20, 4, 24, 15], second: [6, 1, 3, 6]))
        #expect(
            distance(
                [
                    sector.chiSquared, sector.chiSquaredPValue, sector.smallestExpected, sector.exactPValue,
                    sector.cramerV,
                ],
                numbers("2.425372114657829 0.488929087630385 1.012658227848101 0.432665010022559 0.175216759597277"))
                < 1e-10)
        #expect(sector.degreesOfFreedom == 3 && sector.hasSmallCells && sector.pValue == sector.exactPValue)
        let sex = try #require(ContingencyTest(categories: ["f", "m"], first: [30, 32], second: [7, 10]))
        #expect(distance([sex.chiSquaredPValue, sex.exactPValue], [0.597628085060380, 0.784605713791947]) < 1e-10)
        #expect(!sex.hasSmallCells)
        let five = try #require(
            ContingencyTest(categories: ["a", "b", "c", "d", "e"], first: [3, 1, 4, 10, 2], second: [7, 1, 0, 12, 5]))
        #expect(distance([five.exactPValue], [0.145329658707794]) < 1e-10)
    }

    @Test func answersAtTheEdges() throws {
        let one = try #require(ContingencyTest(categories: ["a", "b"], first: [3, 0], second: [2, 0]))
        #expect(one.categories == ["a"] && one.chiSquared == nil && one.pValue == nil)
        #expect(
            try #require(ContingencyTest(categories: ["a", "b"], first: [3, 1], second: [0, 0])).chiSquared == nil)
        #expect(ContingencyTest(categories: ["a"], first: [1, 2], second: [1]) == nil)
        #expect(ContingencyTest(categories: ["a"], first: [-1], second: [1]) == nil)
        let alike = try #require(ContingencyTest(categories: ["a", "b"], first: [10, 20], second: [5, 10]))
        #expect(abs(alike.chiSquared ?? 1) < 1e-12 && abs((alike.exactPValue ?? 0) - 1) < 1e-12)
        let wide = try #require(
            ContingencyTest(
                categories: (0..<40).map(String.init), first: Array(repeating: 50, count: 40),
                second: Array(repeating: 50, count: 40)))
        #expect(wide.exactPValue == nil && wide.pValue != nil)
    }
}

@Suite struct LogisticRegressionTests {
    @Test func equalsR() throws {
        let attrition = try Attrition()
        let columns = ["age", "tenure", "sat", "same", "sexn"].map(attrition.column)
        let fit = try LogisticRegression(
            Matrix(rows: 80, columns: 5) { columns[$1][$0] }, names: ["age", "tenure", "sat", "same", "male"],
            event: attrition.isKept.map { !$0 })
        #expect(fit.n == 76 && fit.separated.isEmpty)
        // Sex is coded 1 and 2 here, a dummy in glm: the constants differ by its weight.
        #expect(
            distance(
                fit.terms.map(\.estimate),
                [5.0484847314395704 - 0.2051030430943813]
                    + numbers(
                        """
                        -0.0937584482670371 0.0172439517529569 -0.7821596195789966 -0.0958831288587684 0.2051030430943813
                        """)) < 1e-11)
        #expect(
            distance(
                fit.terms.dropFirst().map(\.standardError),
                numbers(
                    """
                    0.0425334378219141 0.0536685089546584 0.3936246411581888 0.2924856397071330 0.6481835927822628
                    """)) < 1e-11)
        #expect(
            distance(
                fit.terms.dropFirst().map(\.pValue),
                numbers(
                    """
                    0.0274999628239356 0.7479793879388488 0.0469146672601324 0.7430465068209879 0.7516781292703625
                    """)) < 1e-11)
        #expect(distance(fit.terms[1].oddsRatioInterval ?? [], [0.837677200868700, 0.989659393523280]) < 1e-11)
        #expect(
            distance(
                [fit.deviance, fit.nullDeviance, fit.pValue, fit.mcFaddenR2, fit.nagelkerkeR2],
                numbers(
                    """
                    65.4841140833049593 78.2272811451972387 0.0259082020452542 0.162899270885304 0.240172739327725
                    """)) < 1e-12)
    }

    @Test func saysWhatSeparates() throws {
        // x above 5 always means loss; z does not matter.
        let x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10.0], z = [0.3, -1, 2, 0.4, -0.2, 1, 0.1, -2, 0.5, 0.6]
        let complete = try LogisticRegression(
            Matrix(rows: 10, columns: 1) { i, _ in x[i] }, names: ["x"], event: x.map { $0 > 5 })
        #expect(complete.separated == ["x"] && complete.terms.allSatisfy { $0.estimate == nil })
        #expect(complete.deviance < 1e-6)
        // A category that never was lost: the other weights have estimates, those without its cases.
        let rare = [1, 0, 0, 0, 0, 1, 0, 0, 1, 0.0]
        let event = [false, true, false, true, true, false, false, true, false, false]
        let quasi = try LogisticRegression(
            Matrix(rows: 10, columns: 2) { i, j in j == 0 ? z[i] : rare[i] }, names: ["z", "rare"], event: event)
        #expect(quasi.separated == ["rare"])
        let rest = (0..<10).filter { rare[$0] == 0 }
        let without = try LogisticRegression(
            Matrix(rows: rest.count, columns: 1) { i, _ in z[rest[i]] }, names: ["z"], event: rest.map { event[$0] })
        #expect(distance([quasi.terms[1].estimate], [without.terms[1].estimate ?? .nan]) < 1e-6)
        #expect(distance([quasi.terms[1].standardError], [without.terms[1].standardError ?? .nan]) < 1e-6)
        #expect(abs(quasi.deviance - without.deviance) < 1e-6)
        // The constant is finite: that of the cases of no rare category.
        #expect(distance([quasi.terms[0].estimate], [without.terms[0].estimate ?? .nan]) < 1e-6)
        #expect(distance([quasi.terms[0].standardError], [without.terms[0].standardError ?? .nan]) < 1e-6)
        #expect(quasi.terms[2].oddsRatio == nil)
        // With the rare category as the reference it goes along.
        let reference = try LogisticRegression(
            Matrix(rows: 10, columns: 2) { i, j in j == 0 ? z[i] : 1 - rare[i] }, names: ["z", "usual"], event: event)
        #expect(reference.separated == ["usual"] && reference.terms[0].estimate == nil)
    }

    @Test func doesNotMistakeStrongEffectsForSeparation() throws {
        // One case on the wrong side makes a steep but finite curve.
        let x = (0..<200).map { Double($0) / 10 }
        let fit = try LogisticRegression(
            Matrix(rows: 200, columns: 1) { i, _ in x[i] }, names: ["x"],
            event: (0..<200).map { $0 >= 100 && $0 != 101 || $0 == 98 })
        #expect(fit.separated.isEmpty && (fit.terms[1].estimate ?? 0) > 5)
    }

    @Test func refusesBadInput() {
        let x = Matrix(rows: 5, columns: 1, columnMajor: [1, 2, 3, 4, 5])
        #expect(throws: PsychometricsError.tooFewGroups(found: 1)) {
            try LogisticRegression(x, names: ["x"], event: Array(repeating: true, count: 5))
        }
        #expect(throws: PsychometricsError.mismatchedInput(expected: 5, found: 1)) {
            try LogisticRegression(x, names: ["x"], event: [true])
        }
        #expect(throws: PsychometricsError.constantVariables(["x"])) {
            try LogisticRegression(x.map { _ in 1 }, names: ["x"], event: [true, false, true, false, true])
        }
    }
}

@Suite struct AttritionAnalysisTests {
    @Test func equalsR() throws {
        let attrition = try Attrition()
        let result = try AttritionAnalysis(
            attrition.variables(["age", "tenure", "sat", "same"], ["sexn", "sectorn"]), isKept: attrition.isKept)
        #expect(result.kept == 63 && result.lost == 17)
        let hotelling = try #require(result.hotelling)
        #expect(hotelling.first == 61 && hotelling.second == 16 && hotelling.degreesOfFreedom == [4, 72])
        #expect(
            distance(
                [hotelling.tSquared, hotelling.distance, hotelling.f, hotelling.pValue],
                numbers("13.5529826767119523 1.0340413246940476 3.2527158424108684 0.0164610205650962")) < 1e-11)
        let regression = try #require(result.regression)
        #expect(
            regression.terms.map(\.term)
                == [
                    "(Intercept)", "age", "tenure", "sat", "same", "sexn: 2", "sectorn: 2", "sectorn: 3", "sectorn: 4",
                ])
        #expect(
            distance(
                regression.terms.map(\.estimate),
                numbers(
                    """
                    6.301539967605712889 -0.110635703860107085 0.037553403166764754 -0.841845348558361684
                    0.000165258433615921 -0.102622921425827920 -0.812224134606389203 -1.354173351840354700
                    0.233200344333308524
                    """)) < 1e-10)
        // (X'WX)⁻¹ at the estimates; glm's own come from the weights of the step before the last, 1e-8 away.
        #expect(
            distance(
                regression.terms.map(\.standardError),
                numbers(
                    """
                    2.4808258196797701 0.0464024391259769 0.0580786525358421 0.4213846016817610 0.3346346059535119
                    0.7474514641769853 1.5085688120291700 0.8786366028307541 0.8256364735757569
                    """)) < 1e-11)
        #expect(regression.n == 75 && abs(regression.deviance - 59.5916048290885) < 1e-10)
        #expect(result.differing == ["age", "sat"] && result.equivalent.isEmpty)
        #expect(result.power.map(\.d) == [0.3, 0.5] && result.warnings.isEmpty)
        #expect(abs(result.lossRate - 17 / 80.0) < 1e-15)
    }

    @Test func saysWhatItCannotTest() throws {
        let isKept = (0..<40).map { $0 % 4 != 0 }
        let x = (0..<40).map { Double($0 * 7 % 13) }
        let result = try AttritionAnalysis(
            [
                .init("x", .quantity(x)), .init("same", .quantity(Array(repeating: 1, count: 40))),
                .init("one", .categories(Array(repeating: "a", count: 40))),
                .init("kept only", .categories((0..<40).map { $0 % 4 == 1 ? "rare" : "usual" })),
            ], isKept: isKept)
        #expect(result.warnings.contains { $0.hasPrefix("same: no test") })
        #expect(result.warnings.contains { $0.hasPrefix("one: no test") })
        #expect(result.regression?.separated == ["kept only: usual"])
        #expect(result.warnings.contains { $0.hasPrefix("kept only: usual: separate") })
        #expect(result.hotelling?.variables == ["x"])
        // With one variable T² is the squared t.
        let t = try #require(result.means[0].test.pooled?.t)
        #expect(abs((result.hotelling?.tSquared ?? 0) - t * t) < 1e-12)
    }

    @Test func refusesBadInput() {
        #expect(throws: PsychometricsError.tooFewGroups(found: 1)) {
            try AttritionAnalysis([.init("x", .quantity([1, 2]))], isKept: [true, true])
        }
        #expect(throws: PsychometricsError.mismatchedInput(expected: 2, found: 1)) {
            try AttritionAnalysis([.init("x", .quantity([1]))], isKept: [true, false])
        }
        #expect(throws: PsychometricsError.tooFewVariables(needed: 1, found: 0)) {
            try AttritionAnalysis([], isKept: [true, false])
        }
    }

    @Test func keepsTooManyCategoriesOutOfTheRegression() throws {
        let result = try AttritionAnalysis(
            [
                .init("x", .quantity((0..<120).map { Double($0 * 7 % 13) })),
                .init("name", .categories((0..<120).map { "case \($0)" })),
            ], isKept: (0..<120).map { $0 % 3 != 0 })
        #expect(result.regression?.terms.map(\.term) == ["(Intercept)", "x"])
        #expect(result.warnings.contains { $0.hasPrefix("name: 120 categories") })
        #expect(result.categories.first?.test.exactPValue == nil)
    }

    @Test func survivesOneCaseLost() throws {
        let result = try AttritionAnalysis(
            [.init("x", .quantity([1, 2, 3, 4, 9])), .init("c", .categories(["a", "b", "a", nil, "b"]))],
            isKept: [true, true, true, true, false])
        #expect(result.power.allSatisfy { $0.power == nil } && result.means[0].test.welch == nil)
        #expect(result.warnings.contains { $0.hasPrefix("fewer than two cases") })
    }
}
