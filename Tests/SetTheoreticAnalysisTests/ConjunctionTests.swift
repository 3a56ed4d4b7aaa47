import SetTheoreticAnalysis
import Testing

@Suite struct ConjunctionTests {
    @Test func literalsAreHeldByPosition() {
        let term = Conjunction(levels: [1, nil, 0, 14])
        #expect((0..<5).map { term[$0] } == [1, nil, 0, 14, nil])
        #expect(term.count == 3)
        #expect(term.conditions == 0b1101)
        #expect(term.keeping(0b0101) == Conjunction(levels: [1, nil, 0]))
    }

    @Test func coveringAndIntersecting() {
        let a = Conjunction(levels: [1]), ab = Conjunction(levels: [1, 0]), b = Conjunction(levels: [nil, 1])
        #expect(a.covers(ab))
        #expect(!ab.covers(a))
        #expect(Conjunction().covers(b))
        #expect(!ab.intersects(b))
        #expect(a.intersects(b))
        #expect(a.intersection(b) == Conjunction(levels: [1, 1]))
    }

    @Test func expressionsUseTheNotationOfTheData() {
        let crisp = Conditions(names: ["A", "B"], levelCounts: [2, 2])
        #expect(crisp.expression(Conjunction(levels: [1, 0])) == "A*~B")
        #expect(crisp.expression(Conjunction()) == "1")
        let multi = Conditions(names: ["A", "B"], levelCounts: [2, 3])
        #expect(multi.expression([Conjunction(levels: [0, 2]), Conjunction(levels: [1])]) == "A[0]*B[2] + A[1]")
    }
}
