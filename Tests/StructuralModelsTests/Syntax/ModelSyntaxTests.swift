import StructuralModels
import Testing

@Suite struct ModelSyntaxTests {
    /// A compact form of a formula, to compare with.
    private func shape(_ text: String) throws -> [String] {
        try ModelSyntax(text).statements.map { statement in
            switch statement {
            case .formula(let formula):
                let sides = [formula.left, formula.right].map { terms in
                    terms.map { term in
                        term.modifiers.map { modifier in
                            let values = modifier.values.map { value in
                                switch value {
                                case .number(let x): "\(x)"
                                case .name(let name): name
                                case .notAvailable: "NA"
                                }
                            }
                            return "\(modifier.kind.rawValue)(\(values.joined(separator: ",")))*"
                        }.joined() + (term.name ?? "\(term.subject)")
                    }.joined(separator: "+")
                }
                return sides.joined(separator: formula.relation.rawValue)
            case .relation(let relation):
                return "\(relation.left.text)\(relation.relation.rawValue)\(relation.right.text)"
            case .block(let block): return "\(block.kind.rawValue):\(block.value)"
            }
        }
    }

    /// lavaan takes both kinds of quotation marks.
    @Test func singleQuotationMarks() throws {
        func names(_ text: String) throws -> [String] { try StructuralModel(text).parameterNames }
        #expect(
            try names("f =~ x1 + x2 + equal('f=~x2')*'x 3'") == names("f =~ x1 + x2 + equal(\"f=~x2\")*\"x 3\""))
        #expect(throws: ModelSyntaxError.self) { try ModelSyntax("f =~ 'x1\"") }
    }

    @Test func statementsAndLines() throws {
        #expect(try shape("f =~ x1 + x2; y ~ f\n\n# note\nx1 ~~ x2 ! other") == ["f=~x1+x2", "y~f", "x1~~x2"])
        #expect(try shape("f =~ x1 +\n  x2\n  + x3\ny\n~\nf") == ["f=~x1+x2+x3", "y~f"])
        #expect(try shape("f =~ c(1,\n 2)*x1\r\ny ~ f\rz ~ f") == ["f=~c(1.0,2.0)*x1", "y~f", "z~f"])
        #expect(try shape("f1 + f2 =~ x1") == ["f1+f2=~x1"])
        #expect(try shape("\u{FEFF}f\u{00A0}=˜ x1\u{3000}+ x2") == ["f=~x1+x2"])
    }

    @Test func operators() throws {
        #expect(
            try shape("a =~ b\na <~ b\na ~ b\na ~~ b\na ~*~ b\na | t1\na |~ t1\na := b\na == b\na < b\na > b")
                == ["a=~b", "a<~b", "a~b", "a~~b", "a~*~b", "a|t1", "a|~t1", "a:=b", "a==b", "a<b", "a>b"])
        #expect(try shape("y ~ 1; y ~ 0; y ~ 1 + x; y ~1+x; f =~ 0; y ~ a*1").count == 6)
        #expect(
            try shape("Group: 2\nlevel: within\nclass: \"my class\"\nblock: b") == [
                "group:2", "level:within", "class:my class", "block:b",
            ])
    }

    @Test func modifiers() throws {
        #expect(
            try shape("f =~ 1*a + -1*b + 1/4*c + sqrt(4)*d + (1+2)*2*e + .5*g + 2e-1*h")
                == ["f=~c(1.0)*a+c(-1.0)*b+c(0.25)*c+c(2.0)*d+c(6.0)*e+c(0.5)*g+c(0.2)*h"])
        #expect(
            try shape(
                "f =~ NA*a + l*b + label(\"m\")*c + start(.8)*d + 0.8?e + equal(\"f=~a\")*g + lower(0)*h + upper(-1)*i")
                == ["f=~c(NA)*a+c(l)*b+label(m)*c+start(0.8)*d+start(0.8)*e+equal(f=~a)*g+lower(0.0)*h+upper(-1.0)*i"])
        #expect(
            try shape(
                "f =~ c(a, NA, 1)*a + start(c(.8, .9))*b + fixed(2)*c + c(.1,.2)?d; y ~ rv(\"s\")*x; efa(\"b\")*f =~ x")
                == [
                    "f=~c(a,NA,1.0)*a+start(0.8,0.9)*b+fixed(2.0)*c+start(0.1,0.2)*d", "y~rv(s)*x", "efa(b)*f=~x",
                ])
        #expect(try shape("y ~ a*start(1)*x + start*z") == ["y~c(a)*start(1.0)*x+c(start)*z"])
    }

    @Test func names() throws {
        #expect(try shape("满意度 =~ 题目1 + Überzeugung + x.1 + _y + .z") == ["满意度=~题目1+Überzeugung+x.1+_y+.z"])
        #expect(try shape("\"my factor\" =~ \"item 1\" + \"2b\"") == ["my factor=~item 1+2b"])
        #expect(try shape("y ~ x1:x2 + x1 : x3") == ["y~x1:x2+x1:x3"])
    }

    @Test func expressions() throws {
        #expect(try shape("ab := a * b  # product\nt := -a^2 /\n (b - 1)") == ["ab:=a*b", "t:=-a^2/(b-1)"])
        #expect(try shape("a + b == 2*c\nexp(a) < 3\n.p1. > 0") == ["a+b==2*c", "exp(a)<3", ".p1.>0"])
    }

    /// Message, line and column of the first fault.
    static let faults: [(text: String, place: String, part: String)] = [
        ("f =- x1", "1:3", "`=-` is not an operator; did you mean `=~`?"),
        ("f =~ x1\ny = f", "2:3", "did you mean `=~`?"),
        ("y <= x", "1:3", "did you mean `<`?"),
        ("x -> y", "1:3", "`->` is not an operator; did you mean `~`?"),
        ("x :~ y", "1:3", "did you mean `:=`?"),
        ("f =~ x1 & x2", "1:9", "`&` is not an operator"),
        ("f =~ x1 + $x", "1:11", "unexpected character `$`"),
        ("f =~ `x1`", "1:6", "straight double quotation marks"),
        ("f =~ x1 ＋ x2", "1:9", "write `+`"),
        ("f =~ \"x1\n + x2", "1:6", "not closed"),
        ("f =~ 1x", "1:6", "`1x` is not a number"),
        ("f =~ x1 + 1e999*x2", "1:11", "not a number"),
        ("f =~ x1\nx2 + x3", "2:1", "no operator"),
        ("f =~ x1 +\ng =~ x2", "2:3", "second operator, `=~`"),
        ("f =~", "1:5", "the right side of `=~` is missing"),
        ("=~ x1", "1:1", "the left side of `=~` is missing"),
        ("f =~ x1 + ", "1:11", "a variable is missing"),
        ("f =~ x1 + + x2", "1:11", "a variable is missing"),
        ("f =~ 2*", "1:8", "a variable is missing"),
        ("f =~ *x2", "1:6", "a modifier is missing"),
        ("f =~ x1 x2", "1:9", "`+` or an operator is missing before `x2`"),
        ("f =~ x1 - x2", "1:9", "never subtracted"),
        ("f =~ x1 + log(x2)", "1:11", "functions of variables"),
        ("f =~ x1 + a/2*x2", "1:11", "cannot be calculated with in a modifier"),
        ("f =~ x1 + foo(2)*x2", "1:11", "`foo` is not a known function"),
        ("f =~ x1 + srqt(2)*x2", "1:11", "did you mean `sqrt`?"),
        ("f =~ x1 + start(a)*x2", "1:11", "start() takes numbers"),
        ("f =~ x1 + label(2)*x2", "1:11", "takes a name"),
        ("f =~ x1 + (2*x2", "1:11", "this `(` is not closed"),
        ("f =~ x1 + 2)*x2", "1:12", "no matching `(`"),
        ("f =~ a:b:c", "1:9", "only products of two variables"),
        ("a*f =~ x1", "1:1", "modifiers stand on the right side"),
        ("f =~ x1 + 0/0*x2", "1:11", "is not a number"),
        ("y ~ 2", "1:5", "`2` is not a variable"),
        ("y ~ NA", "1:5", "`NA` is not a variable"),
        ("group: 1 f =~ x1", "1:10", "begin a new line after `group: 1`"),
        ("group:", "1:6", "the number or name of the group is missing"),
        ("a + b := 2", "1:1", "one name on the left"),
        ("a := b +", "1:9", "a number, a label or `(` is missing"),
        ("a := b c", "1:8", "`c` does not fit here"),
        ("a := exp(1, 2)", "1:6", "exp takes one number, not 2"),
        ("a := pow(1)", "1:6", "pow takes two numbers"),
        ("f =~ c(1, c(2, 3))*x", "1:11", "cannot be nested"),
    ]

    @Test(arguments: faults.indices) func faultsHaveAPlaceAndAdvice(_ index: Int) throws {
        let expected = Self.faults[index]
        do {
            _ = try ModelSyntax(expected.text)
            Issue.record("no fault in \(expected.text)")
        } catch {
            let place = try #require(error.excerpt?.position)
            #expect("\(place.line):\(place.column)" == expected.place, "\(error)")
            #expect(error.summary.contains(expected.part), "\(error)")
        }
    }

    @Test func messagesShowTheLineAndACaret() {
        let error = #expect(throws: ModelSyntaxError.self) { try ModelSyntax("y ~ x\n  信任 =- x1\nz ~ x") }
        #expect(
            error?.description == """
                line 2, column 6: `=-` is not an operator; did you mean `=~`?
                      信任 =- x1
                      \u{3000}\u{3000} ^
                """)
        let long = "f =~ " + (1...200).map { "item\($0)" }.joined(separator: " + ") + " & x"
        let cut = #expect(throws: ModelSyntaxError.self) { try ModelSyntax(long) }
        #expect((cut?.excerpt?.text.count ?? 1000) < 150)
    }
}
