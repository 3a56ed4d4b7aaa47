import LinearAlgebra
import Testing

@testable import MixedModels

@Suite("Designs")
struct DesignTests {
    /// A frame of 240 rows from whole-number sequences, the same in R.
    static let frame: ModelFrame = {
        let rows = 1...240
        func numeric(_ value: (Int) -> Double) -> ModelFrame.Column { .numeric(rows.map(value)) }
        func text(_ value: (Int) -> String) -> ModelFrame.Column { .categorical(rows.map(value)) }
        return ModelFrame(
            [
                ("y", numeric { Double($0 * 53 % 97) / 7 + Double($0) / 40 }),
                ("x", numeric { Double($0 * 37 % 101) / 10 - 5 }), ("z", numeric { Double($0 * 29 % 83) / 8 }),
                ("f", text { ["a", "b", "c"][$0 * 7 % 3] }), ("h", text { $0 * 11 % 17 < 8 ? "u" : "v" }),
                ("m", numeric { Double($0 * 5 % 4 + 1) }), ("g", numeric { Double($0 % 12 + 1) }),
                ("s", numeric { Double(($0 - 1) / 5 + 1) }), ("k", numeric { Double($0 / 12 % 4 + 1) }),
                ("l", text { $0 * 13 % 7 < 3 ? "TRUE" : "FALSE" }),
                ("my var", numeric { Double($0 * 41 % 89) / 9 }), ("my f", text { String($0 * 3 % 5) }),
                ("one", numeric { _ in 3 }), ("only", text { _ in "same" }), ("id", numeric { Double($0) }),
                ("twice", numeric { 2 * (Double($0 * 37 % 101) / 10 - 5) }),
                ("w", numeric { Double($0 % 3) }), ("big", numeric { Double($0 * 37 % 89) * 1e5 }),
                ("empty", numeric { _ in .nan }), ("pairs", numeric { Double(($0 - 1) / 2) }),
                ("team", text { "t\($0 % 12 + 1)" }),
            ], rowCount: 240)
    }()

    static func design(
        _ formula: String, _ frame: ModelFrame = frame, options: DesignOptions = DesignOptions()
    ) throws -> MixedDesign {
        try MixedDesign(try MixedFormula(parsing: formula), frame, options: options)
    }

    /// Σ i·x_i / n of each column.
    private func sums(_ matrix: Matrix) -> [Double] {
        (0..<matrix.columns).map { column in
            matrix.column(column).enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
                / Double(matrix.rows)
        }
    }

    private func isNear(_ a: [Double], _ b: [Double]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { ($0 - $1).magnitude <= 1e-12 * max(10, $1.magnitude) }
    }

    @Test("Columns have R's names and values", arguments: columnsCases)
    func columns(formula: String, names: [String], sums expected: [Double]) throws {
        let design = try Self.design("y" + formula)
        #expect(design.fixedNames == names)
        #expect(isNear(sums(design.fixed), expected), "\(sums(design.fixed))")
        #expect(design.fixedAssignment.count == names.count)
        #expect(Set(design.fixedAssignment) == Set(design.fixedTerms.indices))
    }

    @Test("Random terms are those of lme4, in its order", arguments: randomTermsCases)
    func randomTerms(
        formula: String, terms: [(name: String, coefficients: [String], groups: Int, second: String)]
    ) throws {
        let design = try Self.design(formula)
        #expect(design.terms.map(\.name) == terms.map(\.name))
        #expect(design.terms.map(\.coefficientNames) == terms.map(\.coefficients))
        #expect(design.terms.map(\.levels.count) == terms.map(\.groups))
        #expect(design.terms.map { $0.levels[1] } == terms.map(\.second))
        for term in design.terms { #expect(Set(term.groups) == Set(term.levels.indices)) }
    }

    @Test("Contrasts of the options")
    func contrasts() throws {
        // R 4.2.2: model.matrix(~ f * h, contrasts.arg = list(f = "contr.sum", h = "contr.helmert")).
        let design = try Self.design("y ~ f * h", options: DesignOptions(contrast: .sum, contrasts: ["h": .helmert]))
        #expect(design.fixedNames == ["(Intercept)", "f1", "f2", "h1", "f1:h1", "f2:h1"])
        let expected = [
            120.5, 0.333333333333333, -0.333333333333333, 5.33333333333333, -0.583333333333333, -5.95833333333333,
        ]
        #expect(isNear(sums(design.fixed), expected))
        let levels = DesignOptions(levels: ["f": ["c", "b", "a", "d"]], references: ["h": "v"])
        #expect(try Self.design("y ~ f + h", options: levels).fixedNames == ["(Intercept)", "fb", "fa", "hu"])
        #expect(
            try Self.design("y ~ C(f, treatment, base = \"b\")").fixedNames.last == "C(f, treatment, base = \"b\")c")
    }

    @Test("Incomplete rows and unused levels are left out, and scale() sees every row with a value")
    func missing() throws {
        let nan = Double.nan
        let frame = ModelFrame(
            [
                ("y", .numeric([1, 2, 4, 3, 5, nan, 7, 9])), ("x", .numeric([1, 2, 3, 4, nan, 6, 7, 8])),
                ("f", .categorical(["a", "b", "b", "a", "a", "c", "b", "a"])),
                ("g", .categorical(["p", "p", "q", "q", "q", "r", nil, "p"])),
                ("w", .numeric([1, 1, 2, 2, 1, 1, 1, 4])),
            ], rowCount: 8)
        let design = try Self.design(
            "y ~ scale(x, scale = FALSE) + f + offset(x / 2) + (1 | g)", frame, options: .init(weights: "w"))
        #expect(design.rows == [0, 1, 2, 3, 7])
        #expect(design.frameRowCount == 8)
        #expect(design.response == [1, 2, 4, 3, 9])
        #expect(design.fixedNames == ["(Intercept)", "scale(x, scale = FALSE)", "fb"])
        // The mean is that of the seven rows with x, 31/7, as R has it.
        #expect(isNear(design.fixed.column(1), [1, 2, 3, 4, 8].map { $0 - 31.0 / 7 }))
        #expect(design.offset == [0.5, 1, 1.5, 2, 4])
        #expect(design.weights == [1, 1, 2, 2, 4])
        #expect(design.terms[0].levels == ["p", "q"])
        #expect(design.terms[0].groups == [0, 0, 1, 1, 0])
        let fewer = try Self.design("y ~ x + (1 | g)", frame, options: .init(rows: [0, 2, 3, 7, 99, -1]))
        #expect(fewer.rows == [0, 2, 3, 7])
    }

    @Test("Names of groups are written as identifiers, and numbers sort as numbers")
    func levels() throws {
        let frame = ModelFrame(
            [
                ("y", .numeric([1, 2, 4, 3, 5, 8])), ("g", .numeric([100_000, 100_000, 9, 9, 0.5, 0.5])),
                ("h", .numeric([3e9, 3e9, 3e9, -1, -1, -1])), ("t", .categorical(["b", "b", "B", "B", "é", "é"])),
                ("l", .categorical(["true", "false", "true", "true", "false", "true"])),
            ], rowCount: 6)
        let design = try Self.design("y ~ l + (1 | g) + (1 | h)", frame)
        #expect(design.terms[0].levels == ["0.5", "9", "100000"])
        #expect(design.terms[0].groups == [2, 2, 1, 1, 0, 0])
        #expect(design.terms[1].levels == ["-1", "3000000000"])
        #expect(design.fixedNames == ["(Intercept)", "lTRUE"])
        #expect(try Self.design("y ~ 1 + (1 | t)", frame).terms[0].levels == ["B", "b", "é"])
        #expect(try Self.design("y ~ factor(g)", frame).fixedNames == ["(Intercept)", "factor(g)9", "factor(g)100000"])
        #expect(try Self.design("y ~ I(2 * l)", frame).fixed.column(1) == [2, 0, 2, 2, 0, 2])
    }

    @Test("Reduced designs keep the rows")
    func reduced() throws {
        let design = try Self.design("y ~ x + offset(z) + (x | g) + (1 | s)")
        #expect(design.terms.map(\.name) == ["s", "g"])
        #expect(design.removing(termAt: 0).terms.map(\.name) == ["g"])
        #expect(design.removing(coefficient: 0, fromTermAt: 1).terms[1].coefficientNames == ["x"])
        #expect(design.removing(coefficient: 0, fromTermAt: 1).terms[1].columns.column(0) == design.fixed.column(1))
        #expect(design.removing(coefficient: 0, fromTermAt: 0).terms.count == 1)
        let null = design.nullModel
        #expect(null.fixedNames == ["(Intercept)"])
        #expect(null.terms.map(\.coefficientNames) == [["(Intercept)"], ["(Intercept)"]])
        #expect(null.offset == design.offset)
    }

    @Test("Predictors of very different scale are warned of")
    func scales() throws {
        #expect(try Self.design("y ~ x + z").warnings.isEmpty)
        let warning = try #require(try Self.design("y ~ x + big").warnings.first)
        #expect(warning.contains("`big`") && warning.contains("`x`"))
    }

    /// Formulas that make no design of the frame, and words that the error must have.
    static let faultsCases: [(formula: String, words: [String])] = [
        ("y ~ X1 + my_var", ["columns", "`my var`"]),
        ("y ~ teem", ["`teem`", "`team`"]),
        ("f ~ x", ["response `f`", "not numeric", "row 1"]),
        ("l ~ x", ["response `l`", "not numeric"]),
        ("log(f) ~ x", ["`f` is not numeric"]),
        ("y ~ log(f)", ["`log(f)`", "`f` is not numeric", "row 1", "“b”"]),
        ("y ~ empty", ["no row of 240", "`empty` in 240"]),
        ("y ~ log(x)", ["`log(x)`", "finite", "row 1 (x = -1.3)"]),
        ("y ~ I(1 / w)", ["row 3", "w = 0"]),
        ("y ~ scale(log(w))", ["row 3"]),
        ("one ~ x", ["response `one` is 3", "240"]),
        ("y ~ one", ["`one` is 3", "leave it out"]),
        ("y ~ scale(one)", ["`scale(one)`"]),
        ("y ~ only", ["“same”", "leave it out"]),
        ("y ~ x + (1 | only)", ["grouping factor `only`", "2 groups"]),
        ("y ~ x + (1 | id)", ["240 groups for 240 rows"]),
        ("y ~ x + (x | pairs)", ["more random effects than observations", "(1 + x | pairs)", "240"]),
        ("y ~ x + twice", ["`twice` = 2·`x`"]),
        ("y ~ f:h", ["`fc:hv` = 1·`(Intercept)` − 1·`fa:hu`", "cross them with *"]),
        ("y ~ x + I(x + z) + z", ["`z` = −1·`x` + 1·`I(x + z)`"]),
        (
            "y ~ x + f + I(f == \"a\") + I(2 * x + 1)",
            ["2 columns", "`I(f == \"a\")TRUE`", "`I(2 * x + 1)` = 1·`(Intercept)` + 2·`x`"]
        ),
        ("y ~ x + (one | g)", ["(1 + one | g)", "`one` = 3·`(Intercept)`"]),
        ("y ~ x + (1 | g) + (1 | team)", ["(1 | g)", "(1 | team)", "same groups"]),
        ("y ~ factor(id)", ["the fixed terms", "240 coefficients for 240"]),
        ("y ~ x + (0 + factor(id) | h)", ["the random term (0 + factor(id) | h)", "240 coefficients for 240"]),
        ("y ~ factor(id):factor(pairs):factor(s)", ["coefficients"]),
        ("y ~ 0 + (1 | g)", ["y ~ 1"]),
        ("y ~ poly(w, 3)", ["`poly(w, 3)`", "3"]),
        ("y ~ relevel(f, ref = \"A\")", ["“A”", "“a”"]),
        ("y ~ C(f, treatment, base = 7)", ["number 7"]),
        ("y ~ I(f == \"q\")", ["“q”"]),
    ]

    @Test("Data that do not fit the formula are refused in words", arguments: faultsCases)
    func faults(formula: String, words: [String]) {
        let error = #expect(throws: DesignError.self) { try Self.design(formula) }
        for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
    }

    @Test("Options that do not fit the data are refused in words")
    func optionFaults() {
        let cases: [(String, DesignOptions, [String])] = [
            ("y ~ x", DesignOptions(weights: "wt"), ["`wt`"]),
            ("y ~ x", DesignOptions(weights: "w"), ["weight `w` is 0 in row 3"]),
            ("y ~ x", DesignOptions(weights: "f"), ["`f` is not numeric"]),
            ("y ~ f", DesignOptions(levels: ["f": ["a", "b"]]), ["“c” in row 2"]),
            ("y ~ f", DesignOptions(references: ["f": "d"]), ["no level “d”"]),
            ("y ~ x", DesignOptions(contrasts: ["x": .sum]), ["factor(x)"]),
            ("y ~ x", DesignOptions(rows: [5]), ["only 1 row of 240"]),
        ]
        for (formula, options, words) in cases {
            let error = #expect(throws: DesignError.self) { try Self.design(formula, options: options) }
            for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
        }
        let empty = ModelFrame([("y", .numeric([])), ("x", .categorical([]))], rowCount: 0)
        #expect(throws: DesignError.self) { try Self.design("y ~ x", empty) }
        #expect(throws: DesignError.self) { try Self.design("x ~ y", empty) }
        #expect(throws: DesignError.self) { try Self.design("y ~ log(x) + poly(y, 2) + scale(y)", empty) }
    }

    @Test("Polynomials are orthonormal")
    func polynomials() {
        let x = (1...60).map { Double($0 * $0 % 37) + 2000 }
        let polynomials = orthogonalPolynomials(x + [.nan], degree: 6)
        for (i, p) in polynomials.enumerated() {
            #expect(p[60].isNaN)
            #expect(p[..<60].reduce(0, +).magnitude < 1e-12)
            for (j, q) in polynomials.enumerated() {
                #expect((dot(Array(p[..<60]), Array(q[..<60])) - (i == j ? 1 : 0)).magnitude < 1e-12)
            }
        }
    }

    @Test("A column nearly a combination of others is kept, an exact one is found")
    func dependence() {
        let n = 100
        let year = (0..<n).map { Double(2000 + $0 % 10) }
        let matrix = Matrix(rows: n, columns: 4) { row, column in
            [1, year[row], year[row] * year[row], 3 - year[row] / 7][column]
        }
        #expect(LinearDependence.columns(of: matrix.submatrix(rows: Array(0..<n), columns: [0, 1, 2])).isEmpty)
        let found = LinearDependence.columns(of: matrix)
        #expect(found.map(\.index) == [3])
        #expect(found[0].combination.map(\.column) == [0, 1])
        #expect((found[0].combination[0].coefficient - 3).magnitude < 1e-6)
        #expect((found[0].combination[1].coefficient + 1.0 / 7).magnitude < 1e-9)
    }

    @Test("In long data a variable with thousands of levels belongs behind the bar")
    func tooLarge() throws {
        let n = 12_000
        let frame = ModelFrame(
            [("y", .numeric((0..<n).map { Double($0 % 97) })), ("s", .numeric((0..<n).map { Double($0 * 7 % 2111) }))],
            rowCount: n)
        let error = #expect(throws: DesignError.self) { try Self.design("y ~ factor(s)", frame) }
        #expect(error?.description.contains("(1 | group)") == true)
        #expect(try Self.design("y ~ 1 + (1 | s)", frame).terms[0].levels.count == 2111)
    }

    @Test("Any formula over the frame gives a design or an error, never a crash")
    func fuzz() {
        let parts = [
            "x", "z", "f", "h", "m", "l", "`my f`", "one", "only", "empty", "w", "id", "factor(m)", "poly(z, 2)",
            "log(x)",
            "scale(z)", "C(f, helmert)", "offset(x)", "(1 | g)", "(x | g)", "(x || s)", "(f | k)", "(1 | h/k)",
            "(1 | f:h)",
            "1", "0", "I(x > 0)", "(1 | id)", "(0 + l | s)", "twice",
        ]
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var made = 0
        for _ in 0..<400 {
            var text = "y ~ " + parts[next(parts.count)]
            for _ in 0..<next(4) { text += [" + ", " + ", " * ", ":", "/", " - "][next(6)] + parts[next(parts.count)] }
            guard let design = try? Self.design(text) else { continue }
            made += 1
            #expect(design.fixed.rows == design.response.count, "\(text)")
            #expect(!design.fixed.storage.contains { !$0.isFinite }, "\(text)")
        }
        #expect(made > 40)
    }
}
