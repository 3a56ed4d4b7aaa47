import SetTheoreticAnalysis
import Testing

@Suite struct SuggestedCutsTests {
    @Test func cutsAreThoseOfQCA() throws {
        let reference = try CalibrationReference.read()
        #expect(reference.findTh.count > 100)
        for (position, item) in reference.findTh.enumerated() {
            let found = try SuggestedCuts(for: item.values, groups: item.groups)
            #expect(found.cuts.count == item.cuts.count, "case \(position)")
            #expect(zip(found.cuts, item.cuts).allSatisfy { abs($0 - $1) < 1e-12 }, "case \(position)")
        }
        for name in ["DEV", "z", "w"] {
            for count in 1...5 {
                let found = try SuggestedCuts(for: try reference(name), groups: count + 1).cuts
                let expected = try reference("findTh \(name) \(count)")
                #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
            }
        }
    }

    /// Distances of 0.1 that differ in the last binary digit.
    @Test func nearlyEqualGapsAreJoinedAsInQCA() throws {
        let reference = try CalibrationReference.read()
        let values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 5, 5, 5.1]
        for count in 1...8 {
            let found = try SuggestedCuts(for: values, groups: count + 1).cuts
            let expected = try reference("findTh u \(count)")
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
        }
    }

    /// Every partition into three groups is tried.
    @Test func naturalBreaksHaveTheSmallestSumOfSquares() throws {
        var generator = SplitMixSource(seed: 9)
        for _ in 0..<60 {
            let values = (0..<14).map { _ in Double(generator.next() % 30) }.sorted()
            guard Set(values).count >= 3 else { continue }
            func within(_ part: ArraySlice<Double>) -> Double {
                let mean = part.reduce(0, +) / Double(part.count)
                return part.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
            }
            var best = Double.infinity
            for i in 1..<13 {
                for j in (i + 1)..<14 {
                    best = min(best, within(values[..<i]) + within(values[i..<j]) + within(values[j...]))
                }
            }
            let found = try SuggestedCuts(for: values, groups: 3, method: .naturalBreaks)
            let i = found.groupSizes[0], j = i + found.groupSizes[1]
            #expect(abs(within(values[..<i]) + within(values[i..<j]) + within(values[j...]) - best) < 1e-9)
        }
    }

    @Test func aSuggestionSaysSo() throws {
        let found = try SuggestedCuts(for: [1, 1.2, 3, 3.1, 7, 7.5, 12, 12.1, .nan], groups: 4, name: "A")
        #expect(found.isSuggestion)
        #expect(found.sentence.contains("suggestion"))
        #expect(found.cuts == [2.1, 5.05, 9.75])
        #expect(found.groupSizes == [2, 2, 2, 2])
        #expect(found.calibration(fuzzy: true) == .direct(exclusion: 2.1, crossover: 5.05, inclusion: 9.75))
        #expect(found.calibration(fuzzy: false) == Calibration(.cuts([2.1, 5.05, 9.75])))
        #expect(throws: SetTheoryError.self) { try SuggestedCuts(for: [1, 1, 1], groups: 2) }
        #expect(throws: SetTheoryError.self) { try SuggestedCuts(for: [], groups: 2) }
    }

    @Test func manyValuesAreQuick() throws {
        let values = (0..<50_000).map { Double($0) * 1.37 }
        #expect(try SuggestedCuts(for: values, groups: 4).groupSizes.reduce(0, +) == 50_000)
        let few = Array(values.prefix(5_000))
        #expect(try SuggestedCuts(for: few, groups: 4, method: .naturalBreaks).cuts.count == 3)
    }
}
