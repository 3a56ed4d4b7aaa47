import Testing

@testable import Datasets

@Suite struct ColumnTests {
    @Test func declaredCodesNeverAppearAmongTheNumbers() {
        let column = Column(
            name: "x", numbers: [1, 99, .nan, -5, 3],
            declaredMissing: DeclaredMissing(codes: [.number(99)], ranges: [-9 ... -1]))
        #expect(column.numbers[0] == 1 && column.numbers[4] == 3)
        #expect(column.numbers.map(\.isNaN) == [false, true, true, true, false])
        #expect(column.missingReason(at: 1) == .declared(.number(99)))
        #expect(column.missingReason(at: 2) == .system)
        #expect(column.missingReason(at: 3) == .declared(.number(-5)))
        #expect(column.missingReason(at: 0) == nil)
        #expect(column.missingCount == 3)
        #expect(
            column.missingCounts == [
                MissingCount(reason: .system, count: 1),
                MissingCount(reason: .declared(.number(-5)), count: 1),
                MissingCount(reason: .declared(.number(99)), count: 1),
            ])
    }

    @Test func declaringLaterGivesTheSameColumn() {
        let declaration = DeclaredMissing(codes: [.number(99)])
        let before = Column(name: "x", numbers: [1, 99], declaredMissing: declaration)
        let after = Column(name: "x", numbers: [1, 99]).declaringMissing(declaration)
        #expect(before == after)
        #expect(Column(name: "x", numbers: [.nan]) == Column(name: "x", numbers: [.nan]))
        #expect(before != Column(name: "x", numbers: [1, .nan]))
    }

    @Test func infinitiesAreMissing() {
        #expect(Column(name: "x", numbers: [.infinity, -.infinity, 0]).missingCount == 2)
    }

    @Test func reversalIsItsOwnInverse() throws {
        let column = Column(
            name: "x", numbers: [1, 2, .nan, 5, 99],
            valueLabels: [
                ValueLabel(code: .number(1), label: "never"), ValueLabel(code: .number(99), label: "refused"),
            ],
            declaredMissing: DeclaredMissing(codes: [.number(99)]))
        let reversed = try column.reversed(range: 1...5)
        #expect(reversed.numbers[0] == 5 && reversed.numbers[1] == 4 && reversed.numbers[3] == 1)
        #expect(reversed.missingReason(at: 4) == .declared(.number(99)))
        #expect(reversed.label(of: .number(5)) == "never")
        #expect(reversed.label(of: .number(99)) == "refused")
        #expect(reversed.reverseCoding == 1...5)
        #expect(try reversed.reversed(range: 1...5) == column)
    }

    @Test func reversalRefusesValuesOutsideTheRange() {
        let column = Column(name: "x", numbers: [1, 7])
        #expect(
            datasetError { try column.reversed(range: 1...5) }
                == .outsideResponseRange(cells: [DataCell(row: 2, column: "x", content: "7")], total: 1))
        #expect(
            datasetError { try Column(name: "t", texts: ["1", "b"]).reversed(range: 1...5) }
                == .textColumn(name: "t", row: 2, content: "b"))
    }

    @Test func conversionKeepsTheTextAsReason() {
        let column = Column(name: "x", texts: ["1", "3a", nil, " 2.5 "]).convertedToNumeric()
        #expect(column.numbers[0] == 1 && column.numbers[3] == 2.5)
        #expect(column.missingReason(at: 1) == .notNumeric("3a"))
        #expect(column.missingReason(at: 2) == .system)
    }

    @Test func rowsAreSelectedWithTheirReasons() {
        let column = Column(name: "x", numbers: [1, 9, 3], declaredMissing: DeclaredMissing(codes: [.number(9)]))
        let selected = column.selectingRows([2, 1, 1])
        #expect(selected.numbers[0] == 3)
        #expect(selected.missingReason(at: 2) == .declared(.number(9)))
        #expect(selected.count == 3)
    }
}
