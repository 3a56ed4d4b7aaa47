import SetTheoreticAnalysis
import Testing

@Suite struct SumOfProductsTests {
    private let crisp = Conditions(names: ["A", "B", "C", "D"], levelCounts: [2, 2, 2, 2])
    private let multi = Conditions(names: ["A", "B"], levelCounts: [3, 2])

    private func expand(_ text: String, _ conditions: Conditions) throws -> String {
        conditions.expression(try SumOfProducts(SetExpression(parsing: text), over: conditions).terms)
    }

    @Test func expressionsAreMultipliedOut() throws {
        #expect(try expand("A*(B + ~C)", crisp) == "A*B + A*~C")
        #expect(try expand("~(A*B)", crisp) == "~A + ~B")
        #expect(try expand("~(A + ~B*C)", crisp) == "~A*B + ~A*~C")
        #expect(try expand("A*(~A + B)", crisp) == "A*B")
        #expect(try expand("A + A*B", crisp) == "A")
        #expect(try expand("A*~A", crisp) == "0")
        #expect(try expand("1", crisp) == "1")
        #expect(try expand("~1", crisp) == "0")
        #expect(try expand("~(A*~A)", crisp) == "~A + A")
        #expect(try expand("A[0]", crisp) == "~A")
    }

    @Test func theNegationOfALevelIsTheOtherLevels() throws {
        #expect(try expand("~A[1]", multi) == "A[0] + A[2]")
        #expect(try expand("~A[0,2]*B[1]", multi) == "A[1]*B[1]")
        #expect(try expand("A[0,1,2]", multi) == "1")
        #expect(try expand("~B", multi) == "B[0]")
    }

    @Test func mistakesAreNamed() throws {
        #expect(throws: SetTheoryError.unknownSet("E", known: ["A", "B", "C", "D"])) { try expand("A*E", crisp) }
        #expect(throws: SetTheoryError.unknownLevel(set: "A", level: 3, levels: 3)) { try expand("A[3]", multi) }
        #expect(throws: SetTheoryError.self) { try expand("A", multi) }
    }

    /// (x1 + y1)(x2 + y2)… of 16 pairs has 65 536 products.
    @Test func tooManyProductsAreRefused() throws {
        let names = (0..<32).map { "x\($0)" }
        let conditions = Conditions(names: names, levelCounts: names.map { _ in 2 })
        let text = (0..<16).map { "(x\(2 * $0) + x\(2 * $0 + 1))" }.joined(separator: "*")
        #expect(throws: SetTheoryError.self) {
            try SumOfProducts(SetExpression(parsing: text), over: conditions, limit: 500)
        }
        let short = (0..<7).map { "(x\(2 * $0) + x\(2 * $0 + 1))" }.joined(separator: "*")
        #expect(try SumOfProducts(SetExpression(parsing: short), over: conditions, limit: 500).terms.count == 128)
    }

    @Test func expansionHoldsInEveryConfiguration() throws {
        var generator = SplitMixSource(seed: 3)
        let conditions = Conditions(names: ["A", "B", "C"], levelCounts: [3, 2, 2])
        let rows = (0..<12).map { Conjunction(levels: [$0 / 4, $0 / 2 % 2, $0 % 2]) }
        for _ in 0..<300 {
            let expression = random(&generator, depth: 4)
            let sum = try SumOfProducts(expression, over: conditions)
            let complement = try SumOfProducts(complementOf: sum.terms, over: conditions)
            let negation = try SumOfProducts(.not(expression), over: conditions)
            for row in rows {
                let expected = holds(expression, row)
                #expect(sum.covers(row) == expected)
                #expect(complement.covers(row) != expected)
                #expect(negation.covers(row) != expected)
            }
            for (i, a) in sum.terms.enumerated() {
                for (j, b) in sum.terms.enumerated() where i != j { #expect(!a.covers(b)) }
            }
            let again = SetExpression(sum.terms, over: conditions)
            #expect(try SumOfProducts(again, over: conditions) == sum)
        }
    }

    private func holds(_ expression: SetExpression, _ row: Conjunction) -> Bool {
        switch expression {
        case .set(let name, let levels):
            let condition = ["A", "B", "C"].firstIndex(of: name) ?? 0
            return (levels ?? [1]).contains(row[condition] ?? -1)
        case .not(let inner): return !holds(inner, row)
        case .and(let parts): return parts.allSatisfy { holds($0, row) }
        case .or(let parts): return parts.contains { holds($0, row) }
        }
    }

    private func random(_ generator: inout SplitMixSource, depth: Int) -> SetExpression {
        let choice = generator.next() % (depth == 0 ? 3 : 8)
        switch choice {
        case 0: return .set("A", levels: [[0], [1], [2], [0, 2]][Int(generator.next() % 4)])
        case 1: return .set("B", levels: nil)
        case 2: return .set("C", levels: [0])
        case 3: return .not(random(&generator, depth: depth - 1))
        default:
            let parts = (0..<(generator.next() % 4)).map { _ in random(&generator, depth: depth - 1) }
            return choice % 2 == 0 ? .and(parts) : .or(parts)
        }
    }
}
