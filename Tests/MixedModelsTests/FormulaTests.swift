import Testing

@testable import MixedModels

@Suite("Formulas")
struct FormulaTests {
    @Test("Terms are those of R, in R's order", arguments: termsCases)
    func terms(formula: String, names: [String]) throws {
        let parsed = try MixedFormula(parsing: formula)
        #expect(parsed.fixedTermNames == names)
        #expect(try MixedFormula(parsing: parsed.description) == parsed)
    }

    @Test("Precedence, spacing and numbers are R's")
    func labels() throws {
        let formula = try MixedFormula(
            parsing: "log( y+1 )~I( -x^2 )+I((x+z)**2/1000000)+I(x%%2)+poly( x ,degree=2 )+C(f,\"contr.sum\")+I(a*-b)")
        #expect(formula.responseName == "log(y + 1)")
        #expect(
            formula.fixedTermNames == [
                "(Intercept)", "I(-x^2)", "I((x + z)^2/1e+06)", "I(x%%2)", "poly(x, degree = 2)",
                "C(f, \"contr.sum\")", "I(a * -b)",
            ])
        #expect(formula.variables == ["y", "x", "z", "f", "a", "b"])
    }

    @Test("Numbers are written as R writes them")
    func numbers() {
        // R 4.2.2: as.character().
        let cases: [(Double, String)] = [
            (1e5, "1e+05"), (123456, "123456"), (1e-4, "1e-04"), (0.001, "0.001"), (0.1 + 0.2, "0.3"),
            (1.0 / 3, "0.333333333333333"), (1e15, "1e+15"), (123_456_789_012, "123456789012"),
            (0.00012345, "0.00012345"), (1e-300, "1e-300"), (2.5, "2.5"), (100, "100"), (1_200_000, "1200000"),
            (-0.5, "-0.5"), (0, "0"), (9.999999999999999e22, "1e+23"), (2.0 / 3, "0.666666666666667"),
        ]
        for (value, text) in cases { #expect(numberText(value) == text) }
        #expect(levelText(100_000) == "100000")
        #expect(levelText(0.5) == "0.5")
    }

    @Test("Names may have points, underscores, letters of any script, and anything in backticks")
    func names() throws {
        let formula = try MixedFormula(
            parsing: "réponse ~ `my var` * .x_1 + 気分 + (1 | `team id`) + (1 | `team id`:b.c)")
        #expect(formula.variables == ["réponse", "my var", ".x_1", "気分", "team id", "b.c"])
        #expect(formula.fixedTermNames == ["(Intercept)", "`my var`", ".x_1", "気分", "`my var`:.x_1"])
        #expect(formula.groupingFactors == ["team id", "`team id`:b.c"])
        let again = try MixedFormula(parsing: formula.description)
        #expect(again == formula)
    }

    @Test("Nested groups and || are written out in lme4's order")
    func randomTerms() throws {
        func texts(_ text: String) throws -> [String] {
            try MixedFormula(parsing: text).randomTerms.map(\.description)
        }
        #expect(try texts("y ~ x") == [])
        #expect(try texts("y ~ (1 | a/b/c)") == ["(1 | c:(b:a))", "(1 | b:a)", "(1 | a)"])
        #expect(try texts("y ~ (x + f || g)") == ["(1 | g)", "(0 + x | g)", "(0 + f | g)"])
        #expect(try texts("y ~ (0 + x || g)") == ["(0 + x | g)"])
        #expect(
            try texts("y ~ (x || a/b)") == ["(1 | b:a)", "(1 | a)", "(0 + x | b:a)", "(0 + x | a)"])
        #expect(try texts("y ~ (x + ((1 + x * z | g)) + w)") == ["(1 + x + z + x:z | g)"])
        #expect(try texts("y ~ (1 | factor(g))") == ["(1 | factor(g))"])
    }

    @Test("Reduced models")
    func reduced() throws {
        let formula = try MixedFormula(parsing: " log(y) ~ x * z + offset(w) + (x | g) + (1 | a/b) + (0 + z | g) ")
        #expect(formula.text == "log(y) ~ x * z + offset(w) + (x | g) + (1 | a/b) + (0 + z | g)")
        #expect(
            formula.nullModel.description == "log(y) ~ 1 + offset(w) + (1 | g) + (1 | b:a) + (1 | a)")
        #expect(
            formula.removing(randomTermAt: 0).description
                == "log(y) ~ x * z + offset(w) + (1 | b:a) + (1 | a) + (0 + z | g)")
        #expect(formula.removing(randomTermAt: 9) == formula)
        #expect(
            formula.description
                == "log(y) ~ x * z + offset(w) + (1 + x | g) + (1 | b:a) + (1 | a) + (0 + z | g)")
        #expect(formula.keeping(fixedTerms: 1).fixedTermNames == ["(Intercept)", "x"])
        #expect(formula.variables == ["y", "x", "z", "w", "g", "b", "a"])
        let same = try ["y~x+x:z", " y ~ x + x : z ", "y ~ 0 + x + x:z"].map { try MixedFormula(parsing: $0) }
        #expect(same[0] == same[1])
        #expect(same[0] != same[2])
    }

    /// Faults, the character each is at, and words that its description must have.
    static let faultsCases: [(formula: String, column: Int?, words: [String])] = [
        ("", nil, ["empty"]),
        ("y x", 1, ["~"]),
        ("~ x", 1, ["response"]),
        ("y ~", 4, ["predictor", "the end"]),
        ("y ~ x ~ z", 7, ["second ~"]),
        ("y ~ x +", 8, ["missing", "the end"]),
        ("y ~ (x + z", 5, ["no closing"]),
        ("y ~ x + z)", 10, ["no opening"]),
        ("y ~ x z", 7, ["operator", "missing"]),
        ("y ~ x + .", 9, ["written out"]),
        ("y ~ x − z", 7, ["hyphen-minus"]),
        ("y ~ 2x", 5, ["2x", "backticks"]),
        ("y ~ `x", 5, ["no closing"]),
        ("y ~ 1 | g", 5, ["parentheses", "`y ~ (1 | g)`"]),
        ("y ~ x + 1 | g", 5, ["`y ~ x + (1 | g)`"]),
        ("y ~ x + 1 | g + z", 5, ["`y ~ x + (1 | g) + z`"]),
        ("y ~ x * (1 | g)", 5, ["product"]),
        ("y ~ x - (1 | g)", 9, ["added with +"]),
        ("y ~ log(1 | g)", 5, ["product or a function"]),
        ("y ~ ((1 | g) | h)", 7, ["another random term"]),
        ("y ~ (1 | g | h)", 12, ["one bar"]),
        ("y ~ (0 | g)", 6, ["no coefficients", "(1 | g)"]),
        ("y ~ (1 | a + b)", 10, ["(1 | a) + (1 | b)"]),
        ("y ~ (1 | a * b)", 10, ["(1 | a:b)"]),
        ("y ~ (1 | a/(b/c))", 10, ["a/b/c"]),
        ("y ~ (1 | log(a))", 10, ["grouping factor"]),
        ("y ~ (1 | a:a)", 10, ["twice"]),
        ("y ~ (1 | 1)", 10, ["grouping factor"]),
        ("y ~ (1 | g) + (x | g)", 16, ["(Intercept)", "0 + "]),
        ("y ~ (x | g) + (0 + x | g)", 16, ["both"]),
        ("y ~ x + y", 5, ["response", "predictor"]),
        ("y ~ x + 2", 9, ["intercept"]),
        ("y ~ x^2", 5, ["I(x^2)"]),
        ("y ~ 2 * x", 5, ["I("]),
        ("y ~ x / 10", 5, ["I("]),
        ("y ~ x > 1", 5, ["I("]),
        ("y ~ x - z", 9, ["cannot be removed", "I(a - b)"]),
        ("y ~ foo(x)", 5, ["no function `foo`"]),
        ("y ~ ln(x)", 5, ["`log`"]),
        ("y ~ scal(x)", 5, ["`scale`"]),
        ("y ~ log(x, z, w)", 5, ["at most"]),
        ("y ~ poly(x, 1.5)", 5, ["whole number"]),
        ("y ~ C(f, foo)", 5, ["helmert"]),
        ("y ~ C(f, sum, 2)", 5, ["C(x, sum)"]),
        ("y ~ scale(x, sd = 1)", 5, ["no argument `sd`"]),
        ("y ~ log()", 5, ["one variable"]),
        ("y ~ offset(x):z", 5, ["both sides"]),
        ("y ~ (offset(x) | g)", 6, ["fixed term"]),
        ("cbind(a, b) ~ x", 1, ["one response"]),
        ("1 ~ x", 1, ["no variable"]),
        ("(1 | g) ~ x", 1, ["right of ~"]),
        ("y ~ data$x", 9, ["name alone"]),
        ("y ~ a %o% b", 7, ["%in%"]),
        ("y ~ \"x\"", 5, ["quotation marks"]),
        ("y = x", 1, ["no ~"]),
        ("y ~ x = 2", 7, ["joined by ~"]),
        ("y ~ x, z", 6, ["joined by +"]),
    ]

    @Test("Faults are named, with their place", arguments: faultsCases)
    func faults(formula: String, column: Int?, words: [String]) {
        let error = #expect(throws: FormulaError.self) { try MixedFormula(parsing: formula) }
        #expect(error?.column == column, "\(error?.description ?? "")")
        for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
    }

    @Test("Formulas too large for any model are refused")
    func limits() {
        let nested = "y ~ " + String(repeating: "(", count: 3000) + "x" + String(repeating: ")", count: 3000)
        let crossed = "y ~ " + (0..<40).map { "a\($0)" }.joined(separator: " * ")
        let power = "y ~ (" + (0..<40).map { "a\($0)" }.joined(separator: " + ") + ")^40"
        let signs = "y ~ I(" + String(repeating: "-", count: 5000) + "x)"
        let powers = "y ~ I(" + String(repeating: "x^", count: 5000) + "x)"
        let long = "y ~ " + String(repeating: "x + ", count: 10_000) + "x"
        for formula in [nested, crossed, power, signs, powers, long] {
            let error = #expect(throws: FormulaError.self) { try MixedFormula(parsing: formula) }
            if case .tooLarge? = error?.fault { continue }
            Issue.record("\(error?.description ?? "no error")")
        }
    }

    @Test("A thousand predictors are read")
    func manyPredictors() throws {
        let formula = try MixedFormula(parsing: "y ~ " + (0..<1000).map { "a\($0)" }.joined(separator: " + "))
        #expect(formula.fixedTermNames.count == 1001)
    }

    @Test("Any text gives a formula that reads back as itself, or an error")
    func fuzz() {
        let parts = [
            "y", "~", "x", "z", "g", "f", "+", "-", "*", "/", ":", "^", "%in%", "(", ")", "|", "||", "0", "1", "2",
            "-1",
            "(1|g)", "(x|g/h)", "(z||f)", "log(", "I(", "poly(x,2)", "scale(x)", "C(f,sum)", "offset(x)", ",", "=",
            "`a b`",
            "\"t\"", ".", "%%", "**", "<", "é", "\n", " ", "factor(", "1e3", "`", "'", "~ x",
        ]
        var state: UInt64 = 42
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var read = 0
        for round in 0..<6000 {
            var text = round % 2 == 0 ? "y ~ " : ""
            for _ in 0..<next(14) { text += parts[next(parts.count)] }
            guard let formula = try? MixedFormula(parsing: text) else { continue }
            read += 1
            let again = try? MixedFormula(parsing: formula.description)
            #expect(again == formula, "\(text) → \(formula)")
            #expect(again?.variables.sorted() == formula.variables.sorted(), "\(text)")
        }
        #expect(read > 60)
    }
}
