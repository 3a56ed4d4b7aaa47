import LinearAlgebra
import Optimization
import Testing

@testable import MixedModels

/// The text of a residual structure, and what is said where one cannot be had.
@Suite struct StructuredResidualTests {
    @Test(arguments: [
        ("ar1(month | leader)", "ar1(month | leader)"), (" ar1h( month|leader ) ", "ar1h(month | leader)"),
        ("cs(leader)", "cs(leader)"), ("csh(month | leader)", "csh(month | leader)"), ("diag(month)", "diag(month)"),
        ("un(month | firm:leader)", "un(month | firm:leader)"), ("independent", "independent"),
        ("ar1(month | firm : leader) + diag(sex)", "ar1(month | firm:leader) + diag(sex)"),
        ("diag(sex)+ar1(month|leader)", "ar1(month | leader) + diag(sex)"),
        ("ar1(month | leader) + diag(month)", "ar1h(month | leader)"),
        ("ar1(`month no` | `Führung`)", "ar1(`month no` | Führung)"), ("diag(Größe.2_b)", "diag(Größe.2_b)"),
    ])
    func textsAreReadAndGivenBack(_ text: String, _ canonical: String) throws {
        let structure = try ResidualStructure(parsing: text)
        #expect(structure.description == canonical)
        #expect(try ResidualStructure(parsing: canonical) == structure)
    }

    @Test func theShortFormsAreTheTexts() throws {
        #expect(
            ResidualStructure.autoregressive("month", within: "firm", "leader").description
                == "ar1(month | firm:leader)")
        #expect(ResidualStructure.heterogeneousAutoregressive("m", within: "l").description == "ar1h(m | l)")
        #expect(ResidualStructure.compoundSymmetric(within: "l").description == "cs(l)")
        #expect(ResidualStructure.heterogeneousCompoundSymmetric("m", within: "l").description == "csh(m | l)")
        #expect(ResidualStructure.unstructured("m", within: "l").description == "un(m | l)")
        #expect(ResidualStructure.diagonal("m").description == "diag(m)")
        #expect(ResidualStructure.unstructured("m", within: "f", "l").columnNames == ["m", "f", "l"])
        #expect(ResidualStructure.heterogeneousAutoregressive("m", within: "l").columnNames == ["m", "l"])
    }

    @Test(arguments: [
        ("", "one of ar1"), ("ar2(month | leader)", "“ar2” is not known"), ("ar1(month)", "“|” and the cluster"),
        ("ar1 month", "“(” after “ar1”"), ("ar1(month | leader", "the end"), ("cs(month | leader)", "csh’s"),
        ("diag(month | leader)", "diag takes no cluster"), ("ar1(month | leader) cs(leader)", "“+” or the end"),
        ("ar1(month | leader) + cs(leader)", "only one of"), ("diag(a) + diag(b)", "one column only"),
        ("un(a | b) + diag(c)", "leave diag out"), ("diag(c) + un(a | b)", "leave diag out"),
        ("ar1h(a | b) + diag(c)", "one column only"), ("ar1(a | a)", "both the occasion and the cluster"),
        ("ar1(`a | b)", "closing `"), ("ar1(`` | b)", "is empty"), ("independent + diag(a)", "stands alone"),
        ("ar1(a | b/c)", "character 10"), ("ar1(a | )", "the column of the cluster"),
    ])
    func whatCannotBeReadIsSaid(_ text: String, _ words: String) {
        let error = #expect(throws: ResidualStructureError.self) { try ResidualStructure(parsing: text) }
        #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
    }

    /// Whatever the text, there is a structure that reads its own description, or an error.
    @Test func anyTextIsReadOrRefused() {
        let pieces = [
            "ar1", "ar1h", "cs", "un", "diag", "independent", "(", ")", "|", ":", "+", "`", " ", "a", "é", "\u{0}", "🙂",
        ]
        var state: UInt64 = 2026
        var structures = 0
        for _ in 0..<4000 {
            var text = ""
            for _ in 0..<(state % 11) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                text += pieces[Int((state >> 33) % UInt64(pieces.count))]
            }
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            guard let structure = try? ResidualStructure(parsing: text) else { continue }
            structures += 1
            #expect((try? ResidualStructure(parsing: structure.description)) == structure)
        }
        #expect(structures > 0)
    }

    // MARK: - Data that do not fit

    static func small(_ changes: [String: ModelFrame.Column] = [:]) -> StructuredData {
        let n = 24
        var columns: [(name: String, column: ModelFrame.Column)] = [
            ("y", .numeric((0..<n).map { Double(($0 * 7) % 11) + 0.1 * Double($0) })),
            ("month", .numeric((0..<n).map { Double($0 % 4 + 1) })),
            ("leader", .categorical((0..<n).map { "L\($0 / 4 + 1)" })),
            ("pair", .categorical((0..<n).map { "P\($0 / 2 + 1)" })),
            ("half", .numeric((0..<n).map { Double($0 % 2) })),
            ("single", .numeric((0..<n).map(Double.init))),
            ("constant", .numeric([Double](repeating: 3, count: n))),
        ]
        for index in columns.indices { columns[index].column = changes[columns[index].name] ?? columns[index].column }
        return StructuredData(ModelFrame(columns, rowCount: n))
    }

    static func replaced(_ name: String, at row: Int, by value: Double) -> StructuredData {
        var values = small().numbers(name)
        values[row] = value
        return small([name: .numeric(values)])
    }

    static func message(
        _ structure: String, _ data: StructuredData = small(), random: [(columns: [[Double]], group: String)] = []
    ) throws -> String {
        let design = data.design("y", [data.numbers("single")], random: random)
        do {
            let structure = try ResidualStructure(parsing: structure)
            _ = try StructuredLikelihood(design: design, criterion: .reml, structure: structure, frame: data.frame)
            return ""
        } catch let error as MixedModelError {
            return error.description
        }
    }

    @Test func unfitColumnsAreNamed() throws {
        #expect(try Self.message("ar1(week | leader)").contains("“week”, which is no column"))
        #expect(try Self.message("ar1(month | leader)", Self.replaced("month", at: 6, by: .nan)).contains("row 7"))
        #expect(try Self.message("ar1(month | leader)", Self.replaced("month", at: 6, by: .infinity)).contains("row 7"))
        let twice = try Self.message("ar1(month | leader)", Self.replaced("month", at: 5, by: 1))
        #expect(twice.contains("leader L2 has several with month = 1"))
        #expect(try Self.message("un(month | leader)", Self.replaced("month", at: 5, by: 1)).contains("L2"))
        #expect(try Self.message("ar1(leader | month)").contains("row 1 of the data has “L1”"))
        #expect(try Self.message("diag(constant)").contains("at least two values of “constant”, which is always 3"))
        #expect(try Self.message("diag(single)").contains("single = 0, of which there is one row only"))
        #expect(try Self.message("un(single | leader)").contains("24 values"))
        #expect(try Self.message("ar1(month | single)").contains("no cluster of two or more rows"))
        #expect(try Self.message("diag(month)", Self.replaced("month", at: 2, by: 9)).contains("month = 9"))
        var gaps = (0..<24).map { Optional("L\($0 / 4 + 1)") }
        gaps[23] = nil
        #expect(try Self.message("cs(leader)", Self.small(["leader": .categorical(gaps)])).contains("row 24"))
    }

    @Test func whatCannotBeToldApartIsNamed() throws {
        let intercept: [(columns: [[Double]], group: String)] = [([], "leader")]
        let confounded = try Self.message("cs(leader)", random: intercept)
        #expect(confounded.contains("variance of (Intercept) between leader"))
        #expect(confounded.contains("residual rho") && confounded.contains("the residual variance"))
        #expect(try Self.message("un(month | leader)", random: intercept).contains("cannot tell apart"))
        // With two rows per cluster there is one covariance for two parameters.
        #expect(try Self.message("ar1(half | pair)", random: [([], "pair")]).contains("cannot tell apart"))
        #expect(try Self.message("ar1(half | pair)").isEmpty)
        #expect(try Self.message("ar1(month | leader)", random: intercept).isEmpty)
        #expect(try Self.message("cs(pair)", random: intercept).isEmpty)
        // A group of each row is a residual.
        #expect(try Self.message("independent", random: [([], "single")]).contains("cannot tell apart"))
        // Occasions 1, 2 and 3, 4 of different leaders: nothing relates them.
        let pattern: [Double] = [1, 2, 1, 2, 3, 4, 3, 4]
        let months = (0..<24).map { pattern[$0 % 8] }
        let leaders = (0..<24).map { row -> String? in "L\(row / 2)" }
        let split = Self.small(["month": .numeric(months), "leader": .categorical(leaders)])
        #expect(try Self.message("un(month | leader)", split).contains("covariance[3,1]"))
    }

    @Test func tooManyDependentRowsAreRefused() throws {
        let n = 3001
        let data = StructuredData(
            ModelFrame(
                [
                    ("y", .numeric((0..<n).map { Double(($0 * 31) % 17) })), ("t", .numeric((0..<n).map(Double.init))),
                    ("g", .categorical([String?](repeating: "a", count: n))),
                ], rowCount: n))
        let error = #expect(throws: MixedModelError.self) {
            try StructuredLikelihood(
                design: data.design("y", []), criterion: .ml, structure: .autoregressive("t", within: "g"),
                frame: data.frame)
        }
        #expect(error?.description.contains("ties 3001 rows together") == true)
    }

    @Test func aResponseWithoutResidualsIsRefused() throws {
        let data = try StructuredData("sleepstudy")
        let design = data.design("Days", [data.numbers("Days")])
        #expect(throws: MixedModelError.self) { try StructuredLikelihood(design: design, criterion: .ml) }
        let twice = data.design("Reaction", [data.numbers("Days"), data.numbers("Days").map { 2 * $0 }])
        #expect(throws: MixedModelError.self) { try StructuredLikelihood(design: twice, criterion: .ml) }
    }

    @Test func kenwardAndRogerNeedLinearCovariances() throws {
        let data = try StructuredData("orthodont")
        let design = data.design("distance", [data.numbers("age")])
        var likelihood = try StructuredLikelihood(
            design: design, criterion: .reml, structure: .autoregressive("occasion", within: "Subject"),
            frame: data.frame)
        let start = likelihood.start
        let error = #expect(throws: MixedModelError.self) {
            _ = try likelihood.sensitivity(at: start, moments: .second)
        }
        #expect(error?.description.contains("Satterthwaite") == true)
        #expect(throws: MixedModelError.self) { _ = try likelihood.sensitivity(at: [.nan], moments: .first) }
        #expect(likelihood.value(at: [1e9]) == nil)
    }

    /// Balanced clusters share one factorisation; only the distances matter, not where they start.
    @Test func blocksOfOneFormShareAPattern() throws {
        let diary = try StructuredData("diary")
        let design = diary.design("Y", [diary.numbers("M")], random: [([], "leader")])
        let likelihood = try StructuredLikelihood(
            design: design, criterion: .reml, structure: .autoregressive("month", within: "leader"), frame: diary.frame)
        #expect(likelihood.patterns.count == 1)
        #expect(likelihood.patterns[0].blockCount == 261)
        let early = Self.small()
        let shifted = early.numbers("month").enumerated().map { $1 + Double($0 / 4) }
        let late = Self.small(["month": .numeric(shifted)])
        let other = try StructuredLikelihood(
            design: late.design("y", []), criterion: .ml, structure: .autoregressive("month", within: "leader"),
            frame: late.frame)
        #expect(other.patterns.count == 1)
        #expect(other.parameterCount == 1 && other.residual.lowerBound == -1)
    }

    /// A random intercept is compound symmetry: the two say the same.
    @Test func compoundSymmetryIsARandomIntercept() throws {
        let data = try StructuredData("sleepstudy")
        let symmetric = try StructuredFit(data.design("Reaction", [data.numbers("Days")]), .reml, "cs(Subject)", data)
        let intercept = try StructuredFit(
            data.design("Reaction", [data.numbers("Days")], random: [([], "Subject")]), .reml, "independent", data)
        #expect(abs(symmetric.solution.deviance - intercept.solution.deviance) < 1e-9)
        let variance = intercept.solution.residualVariance * intercept.theta[0] * intercept.theta[0]
        let rho = variance / (variance + intercept.solution.residualVariance)
        #expect(abs(symmetric.residualParameters[0] - rho) < 1e-8)
        #expect(symmetric.likelihood.residualParameters(at: symmetric.theta)[0].name == "rho")
    }

    /// A singular fit: nlme stops at −862.058244549 there.
    @Test func aCorrelationOfOneIsReached() throws {
        let data = try StructuredData("sleepstudy")
        let design = data.design("Reaction", [data.numbers("Days")], random: [([data.numbers("Days")], "Subject")])
        let fit = try StructuredFit(design, .reml, "ar1(Days | Subject)", data)
        #expect(fit.report.hasConverged)
        #expect(-0.5 * fit.solution.deviance > -862.0582446)
    }

    @Test func limitsAreSaid() throws {
        let data = try StructuredData("orthodont")
        let design = data.design("distance", [data.numbers("age")])
        func warnings(_ structure: String, _ theta: [Double]) throws -> [String] {
            try StructuredLikelihood(
                design: design, criterion: .ml, structure: ResidualStructure(parsing: structure), frame: data.frame
            ).residualWarnings(at: theta)
        }
        #expect(try warnings("ar1h(occasion | Subject)", [0.3, 0.1, -0.2, 0.4]).isEmpty)
        #expect(try warnings("diag(occasion)", [0.1, -12, 0.1])[0].contains("variance at 3 is estimated as zero"))
        #expect(try warnings("diag(occasion)", [12, 11, 12])[0].contains("variance at 1 is estimated as zero"))
        #expect(try warnings("ar1(occasion | Subject)", [8])[0].contains("is estimated as 1"))
        #expect(try warnings("cs(Subject)", [-9])[0].contains("lower limit"))
        #expect(
            try warnings("un(occasion | Subject)", [0.5, 0.5, 0.5, 1, 0.2, 0.3, 1, 0.1, 1e-7])[0].contains("singular"))
    }

    /// Where residual correlation and random effects explain the same, the criterion has a minimum for either.
    @Test func theBetterOfTwoMinimaIsFound() throws {
        let data = try StructuredData("sleepstudy")
        let design = data.design("Reaction", [data.numbers("Days")], random: [([data.numbers("Days")], "Subject")])
        let likelihood = try StructuredLikelihood(
            design: design, criterion: .ml, structure: .heterogeneousAutoregressive("Days", within: "Subject"),
            frame: data.frame)
        let best = try StructuredFit(likelihood).solution.deviance
        for (k, scale) in [0.01, 0.1, 0.5, 2, 4].enumerated() {
            var theta = likelihood.start.enumerated().map { $0 < 3 ? scale * (1 + Double($0)) / 3 : 0.1 * $1 }
            theta[3] = Double(k) / 3 - 0.5
            var other = likelihood
            var workspace = NewtonMinimizer.Workspace(count: theta.count)
            let report = NewtonMinimizer().minimize(&other, from: &theta, workspace: &workspace)
            #expect(report.value > best - 1e-6)
        }
    }
}
