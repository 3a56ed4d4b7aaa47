import Testing

@testable import Datasets

@Suite struct CodebookTests {
    private func data() throws -> Dataset {
        try Dataset(
            columns: [
                Column(name: "a1", numbers: [1, 2, 3, 4]), Column(name: "a2", numbers: [5, 4, 99, 1]),
                Column(name: "a3", numbers: [1, .nan, .nan, 4]), Column(name: "b1", numbers: [2, 2, 2, .nan]),
                Column(name: "b2", numbers: [4, 4, 4, .nan]), Column(name: "age", numbers: [99, 30, 40, -1]),
            ])
    }

    private let book = Codebook(
        scales: [
            Codebook.Scale(name: "A", label: "First", content: .items(["a1-a3"])),
            Codebook.Scale(name: "B", content: .items(["b1", "b2"])),
            Codebook.Scale(name: "AB", content: .dimensions(["A", "B"])),
        ],
        reversed: ["a2"], responseRange: 1...5, valueLabels: [ValueLabel(code: .number(1), label: "never")],
        itemLabels: ["b1": "Item one"], missing: DeclaredMissing(codes: [.number(99)]),
        missingByVariable: ["age": DeclaredMissing(codes: [.number(-1)])])

    @Test func appliesToItemsOnly() throws {
        let (result, warnings) = try book.apply(to: data())
        #expect(result["a2"]?.numbers[0] == 1 && result["a2"]?.numbers[1] == 2 && result["a2"]?.numbers[3] == 5)
        #expect(result["a2"]?.missingReason(at: 2) == .declared(.number(99)))
        #expect(result["a2"]?.reverseCoding == 1...5)
        #expect(result["a2"]?.label(of: .number(5)) == "never" && result["a1"]?.label(of: .number(1)) == "never")
        #expect(result["age"]?.numbers[0] == 99 && result["age"]?.missingReason(at: 3) == .declared(.number(-1)))
        #expect(result["b1"]?.label == "Item one")
        #expect(result.names == (try data().names))
        #expect(
            warnings == [
                .reversed(items: ["a2"], range: 1...5), .declaredMissing(item: "a2", count: 1),
                .declaredMissing(item: "age", count: 1),
            ])
    }

    @Test func meansNeedHalfTheItems() throws {
        let (result, _) = try book.apply(to: data())
        let means = try book.scaleMeans(of: result)
        #expect(means.map(\.name) == ["A", "B", "AB"] && means[0].label == "First")
        // Row 1: (1 + 1 + 1)/3; row 2: (2 + 2)/2; row 3 answers one of three; row 4: (4 + 5 + 4)/3.
        #expect(means[0] == Column(name: "A", numbers: [1, 2, .nan, 13.0 / 3], label: "First", measure: .scale))
        #expect(means[1] == Column(name: "B", numbers: [3, 3, 3, .nan], measure: .scale))
        #expect(means[2] == Column(name: "AB", numbers: [2, 2.5, 3, 13.0 / 3], measure: .scale))
        let strict = try book.scaleMeans(of: result, scales: ["A"], minimumShare: 1)
        #expect(strict[0].missingCount == 2)
        #expect(try book.items(of: "AB", in: result) == ["a1", "a2", "a3", "b1", "b2"])
    }

    @Test func answersOutsideTheRangeAreListed() throws {
        var narrow = book
        narrow.missing = DeclaredMissing()
        #expect(
            datasetError { try narrow.apply(to: data()) }
                == .outsideResponseRange(cells: [DataCell(row: 3, column: "a2", content: "99")], total: 1))
    }

    @Test func contradictionsAreSaid() throws {
        let data = try data()
        var noRange = book
        noRange.responseRange = nil
        var loop = book
        loop.scales[2].content = .dimensions(["A", "AB"])
        var unknown = book
        unknown.scales[2].content = .dimensions(["A", "C"])
        var twice = book
        twice.reversed = ["a2", "a1-a2"]
        var double = book
        double.scales.append(double.scales[0])
        for codebook in [noRange, loop, unknown, twice, double] {
            guard case .codebook? = datasetError({ try codebook.apply(to: data) }) else {
                Issue.record("accepted")
                return
            }
        }
    }
}

@Suite struct ItemRangeTests {
    private func data(_ names: [String]) throws -> Dataset {
        try Dataset(columns: names.map { Column(name: $0, numbers: [1]) })
    }

    @Test func expansions() throws {
        let data = try data([
            "IL1", "IL2", "IL3", "q08", "q09", "q10", "q-a", "q-b", "x1-x3", "x1", "x2", "x3", "知1", "知2", "first",
            "mid",
            "last",
        ])
        #expect(try ItemRange("IL1-IL3").items(in: data) == ["IL1", "IL2", "IL3"])
        #expect(try ItemRange(" IL1 - IL3 ").items(in: data) == ["IL1", "IL2", "IL3"])
        #expect(try ItemRange("IL1–3").items(in: data) == ["IL1", "IL2", "IL3"])
        #expect(try ItemRange("q08-q10").items(in: data) == ["q08", "q09", "q10"])
        #expect(try ItemRange("q-a").items(in: data) == ["q-a"])
        #expect(try ItemRange("q-a-q-b").items(in: data) == ["q-a", "q-b"])
        #expect(try ItemRange("x1-x3").items(in: data) == ["x1-x3"])
        #expect(try ItemRange("x3, IL1-IL2").items(in: data) == ["x3", "IL1", "IL2"])
        #expect(try ItemRange("知1-知2").items(in: data) == ["知1", "知2"])
        #expect(try ItemRange("first-last").items(in: data) == ["first", "mid", "last"])
    }

    @Test func mistakes() throws {
        let data = try data(["IL1", "IL2", "IL4", "a", "b"])
        #expect(
            datasetError { try ItemRange("IL1-IL5").items(in: data) }
                == .itemRange(
                    text: "IL1-IL5", problem: "there is no variable \"IL5\"", nearest: ["IL1", "IL2", "IL4"]))
        #expect(
            datasetError { try ItemRange("IL2-IL1").items(in: data) }
                == .itemRange(text: "IL2-IL1", problem: "the range descends; write IL1-IL2", nearest: []))
        #expect(
            datasetError { try ItemRange("IL1-IL4").items(in: data) }
                == .itemRange(text: "IL1-IL4", problem: "there is no variable \"IL3\" in between", nearest: []))
        for text in ["", "IL1,,IL2", "-", "nothing", "b-a"] {
            #expect(datasetError { try ItemRange(text).items(in: data) } != nil, "\(text)")
        }
    }
}
