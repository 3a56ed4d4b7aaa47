import SetTheoreticAnalysis
import Testing

@Suite struct SetExpressionParserTests {
    private let a = SetExpression.set("A", levels: nil), b = SetExpression.set("B", levels: nil)
    private let c = SetExpression.set("C", levels: nil)

    @Test func theNotationOfQCAIsRead() throws {
        #expect(try SetExpression(parsing: "A*~B + C[1,2]") == .or([.and([a, .not(b)]), .set("C", levels: [1, 2])]))
        #expect(try SetExpression(parsing: "A*(B+C)") == .and([a, .or([b, c])]))
        #expect(try SetExpression(parsing: " ~ ( A + B ) ") == .not(.or([a, b])))
        #expect(try SetExpression(parsing: "!A & B | C") == .or([.and([.not(a), b]), c]))
        #expect(try SetExpression(parsing: "(A*B)*C") == .and([a, b, c]))
        #expect(try SetExpression(parsing: "~~A") == .not(.not(a)))
        #expect(try SetExpression(parsing: "1") == .and([]))
        #expect(try SetExpression(parsing: "0") == .or([]))
        #expect(try SetExpression(parsing: "A*1 + 0") == a)
        #expect(
            try SetExpression(parsing: "`job strain`*x_1.b")
                == .and([.set("job strain", levels: nil), .set("x_1.b", levels: nil)]))
        #expect(try SetExpression(parsing: "AB", known: ["AB", "A", "B"]) == .set("AB", levels: nil))
        #expect(try SetExpression(parsing: "`1`[0]") == .set("1", levels: [0]))
    }

    @Test(arguments: [
        ("", 1, "empty"), ("  ", 3, "empty"), ("A*", 3, "ends"), ("A B", 3, "`*` (and)"), ("A{1}", 2, "A[1]"),
        ("A -> Y", 3, "arrow"), ("A => Y", 3, "arrow"), ("A <= Y", 3, "arrow"), ("A-B", 2, "hyphen"),
        ("(A+B", 1, "closed"),
        ("A)", 2, "closes nothing"), ("A[", 3, "level"), ("A[x]", 3, "level"), ("A[1", 4, "`]`"),
        ("A[99]", 3, "0 to 14"),
        ("A[99999999999999999999]", 3, "0 to 14"), ("1[0]", 2, "no levels"), ("`A", 1, "backquote"),
        ("``", 1, "empty"), ("A++B", 3, "before `+`"), ("A#", 2, "backquotes"), ("()", 2, "before `)`"),
        ("~", 2, "ends"),
        ("AB", 1, "`A*B`"), ("A*DVE", 3, "`DEV`"), ("a", 1, "~"), ("Zzz", 1, "The sets are"),
    ])
    func mistakesAreNamedWithTheirPlace(text: String, position: Int, part: String) {
        #expect {
            try SetExpression(parsing: text, known: ["A", "B", "DEV"])
        } throws: { error in
            guard case SetTheoryError.malformedExpression(_, let place, let problem) = error else { return false }
            return place == position && problem.contains(part)
        }
    }

    @Test func nestingIsLimited() throws {
        let deep = SetExpression.depthLimit
        _ = try SetExpression(parsing: String(repeating: "~", count: deep) + "A")
        for text in ["(", "~", "~(", "!"].map({ String(repeating: $0, count: 200_000) + "A" }) {
            #expect(throws: SetTheoryError.self) { try SetExpression(parsing: text) }
        }
    }

    @Test func randomTextIsReadOrRefused() {
        var generator = SplitMixSource(seed: 11)
        let alphabet = Array("AB~*+()[]{}`,01 2|&!-<>=_.é\u{301}\n")
        for _ in 0..<4000 {
            let length = Int(generator.next() % 24)
            let text = String((0..<length).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] })
            guard let expression = try? SetExpression(parsing: text) else { continue }
            #expect((try? SetExpression(parsing: expression.notation)) == expression, "\(text)")
        }
    }

    @Test func whatIsPrintedIsReadAgain() throws {
        var generator = SplitMixSource(seed: 5)
        for _ in 0..<2000 {
            let text = randomExpression(&generator, depth: 4).notation
            let expression = try SetExpression(parsing: text)
            #expect(try SetExpression(parsing: expression.notation) == expression)
        }
    }

    @Test func printingKeepsTheMeaning() throws {
        var generator = SplitMixSource(seed: 6)
        let values = [0.1, 0.3, 0.8, 0.9, 0.45]
        let data = try CalibratedData(
            cases: (0..<5).map { "\($0)" },
            sets: ["A", "B", "odd name"].enumerated().map { shift, name in
                try CalibratedSet(name: name, values: values.indices.map { values[($0 + 2 * shift) % 5] })
            })
        for _ in 0..<500 {
            let expression = randomExpression(&generator, depth: 3)
            let again = try SetExpression(parsing: expression.notation, known: ["A", "B", "odd name"])
            #expect(try data.membership(in: again) == data.membership(in: expression))
        }
    }

    private func randomExpression(_ generator: inout SplitMixSource, depth: Int) -> SetExpression {
        let choice = generator.next() % (depth == 0 ? 3 : 7)
        switch choice {
        case 0: return .set("A", levels: nil)
        case 1: return .set("B", levels: generator.next() % 2 == 0 ? [0, 1] : [1])
        case 2: return .set("odd name", levels: nil)
        case 3: return .not(randomExpression(&generator, depth: depth - 1))
        default:
            let parts = (0..<(generator.next() % 4)).map { _ in randomExpression(&generator, depth: depth - 1) }
            return choice % 2 == 0 ? .and(parts) : .or(parts)
        }
    }
}
