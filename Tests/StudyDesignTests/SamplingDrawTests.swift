import Datasets
import Probability
import Testing

@testable import StudyDesign

@Suite struct SamplingDrawTests {
    /// Forty firms in four districts of 16, 12, 8 and 4, with two to five executives.
    private func frame() throws -> SamplingFrame {
        var districts: [String?] = []
        for (name, count) in [("north", 16), ("south", 12), ("east", 8), ("west", 4)] {
            districts += [String?](repeating: name, count: count)
        }
        return try SamplingFrame(
            Dataset(columns: [
                Column(name: "firm", texts: (1...40).map { "F\($0)" }), Column(name: "district", texts: districts),
                Column(name: "executives", numbers: (0..<40).map { Double(2 + $0 % 4) }),
                Column(name: "size", numbers: (0..<40).map { Double(1 + $0 * 7 % 13) }),
            ]), identifier: "firm")
    }

    private func draw(_ stages: String..., seed: UInt64 = 1) throws -> SampleDraw {
        try SampleDraw(frame(), stages: stages.map { try SamplingStage($0) }, seed: seed)
    }

    @Test func inclusionProbabilitiesAreThoseOfSampling() {
        // sampling 2.9, inclusionprobabilities(c(5, 10, 20, 100, 3, 7, 9, 40), 4)
        let expected = [
            0.185185185185185, 0.370370370370370, 0.740740740740741, 1, 0.111111111111111, 0.259259259259259,
            0.333333333333333, 1,
        ]
        let own = UnitSelection.probabilities(4, sizes: [5, 10, 20, 100, 3, 7, 9, 40])
        #expect(zip(own, expected).allSatisfy { abs($0 - $1) < 1e-14 })
        #expect(abs(own.reduce(0, +) - 4) < 1e-12)
    }

    @Test func systematicSelectionIsThatOfSampling() {
        let probabilities = UnitSelection.probabilities(3, sizes: [5, 10, 20, 30, 3, 7, 9, 40])
        // sampling 2.9, UPsystematic after set.seed(3), whose uniform number counts from the other end.
        #expect(UnitSelection.systematic(probabilities, start: 1 - 0.168041526339948).map { $0 + 1 } == [2, 4, 8])
        // floor(cumsum(pik) + u) in R
        let starts: [(Double, [Int])] = [(0.1, [4, 7, 8]), (0.35, [3, 6, 8]), (0.62, [3, 4, 8]), (0.97, [1, 4, 7])]
        for (start, units) in starts {
            #expect(UnitSelection.systematic(probabilities, start: start).map { $0 + 1 } == units)
        }
    }

    @Test func everySelectionHasItsSizeAndProbabilities() {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 3)
        var pairs = 0, wrongSizes = 0
        let draws = 20_000, sizes = [1.0, 2, 3, 4, 5, 1, 2, 3, 4, 5]
        let probabilities = UnitSelection.probabilities(3, sizes: sizes)
        for index in 0..<draws {
            var stream = RandomStream(seed: 9, stream: UInt64(index))
            let chosen = [
                UnitSelection.simple(3, of: 10, &stream), UnitSelection.systematic(3, of: 10, &stream),
                UnitSelection.systematic(probabilities, start: stream.uniform()),
            ]
            for (kind, units) in chosen.enumerated() {
                if units.count != 3 || Set(units).count != 3 { wrongSizes += 1 }
                for unit in units { counts[kind][unit] += 1 }
            }
            if chosen[0].contains(2), chosen[0].contains(7) { pairs += 1 }
        }
        #expect(wrongSizes == 0)
        for unit in 0..<10 {
            for (kind, p) in [(0, 0.3), (1, 0.3), (2, probabilities[unit])] {
                let error = (p * (1 - p) / Double(draws)).squareRoot()
                #expect(abs(Double(counts[kind][unit]) / Double(draws) - p) < 4.5 * error)
            }
        }
        // Two units together: 3·2/(10·9).
        let p = 6.0 / 90
        #expect(abs(Double(pairs) / Double(draws) - p) < 4.5 * (p * (1 - p) / Double(draws)).squareRoot())
    }

    @Test func sameSeedSameSample() throws {
        #expect(try draw("firm: 8").selected == draw("firm: 8").selected)
        #expect(try draw("firm: 8").selected != draw("firm: 8", seed: 2).selected)
        // Pinned: a later version must draw the same list.
        #expect(try draw("row: 6").selected.map { $0.row + 1 } == [22, 27, 28, 32, 33, 35])
    }

    @Test func stratifiedWeightsSumToTheFrame() throws {
        let sample = try draw("row: 10, strata=district")
        #expect(sample.stages[0].groups.map(\.drawn) == [4, 3, 2, 1])
        #expect(abs(sample.weightSum - 40) < 1e-12)
        #expect(abs(sample.weightingEffect - 1) < 1e-12)
        #expect(sample.clusterSizes.isEmpty)
        let equal = try draw("firm: 12, strata=district, allocation=equal")
        #expect(equal.stages[0].groups.map(\.drawn) == [3, 3, 3, 3])
        #expect(abs(equal.weightSum - 40) < 1e-12)
        // 12·3·(16² + 12² + 8² + 4²)/9/40²
        #expect(abs(equal.weightingEffect - 1.2) < 1e-12)
        let systematic = try draw("firm: 10, method=systematic, order=district+size")
        #expect(systematic.n == 10 && abs(systematic.weightSum - 40) < 1e-12)
        let neyman = try draw("firm: 10, strata=district, allocation=neyman, deviation=size, minimum=2")
        #expect(neyman.n == 10 && neyman.stages[0].groups.allSatisfy { $0.drawn >= 2 })
    }

    @Test func twoStagesWithProbabilityProportionalToSizeWeightThemselves() throws {
        // n·Mᵢ/M districts, and the same number in each: every firm has n·m/M = 2·3/40.
        let sample = try draw("district: 2, method=pps", "firm: each 3")
        #expect(sample.n == 6 && sample.clusterSizes == [3, 3])
        #expect(sample.selected.allSatisfy { abs($0.probability - 0.15) < 1e-12 })
        #expect(abs(sample.clusterEffect(0.1) - 1.2) < 1e-12)
        #expect(abs(sample.effectiveSize(0.1) - 5) < 1e-12)
    }

    @Test func wholeClustersAreTaken() throws {
        let sample = try draw("district: 2")
        #expect(Set(sample.selected.map(\.probability)) == [0.5])
        #expect(sample.clusterSizes.reduce(0, +) == sample.n && sample.clusterSizes.count == 2)
    }

    @Test func personsAreDrawnByNumber() throws {
        let sample = try draw("district: all", "firm: 12", "executive: 3-4, of=executives")
        #expect(sample.stages.map(\.drawn)[1] == 12)
        let executives = try frame().numbers("executives")
        for unit in sample.selected {
            let available = executives[unit.row], taken = min(available, 4)
            #expect((1...Int(available)).contains(unit.number ?? 0))
            #expect(abs(unit.stageProbabilities[2] - taken / available) < 1e-15)
        }
        #expect(sample.population == 140)
        #expect(sample.warnings.first?.contains("fewer than 3 (executive)") == true)
        let data = try sample.dataset()
        #expect(data.rowCount == sample.n && data.contains("sample.executive") && data.contains("sample.weight"))
    }

    /// Over many samples the weights are unbiased for the number of units, at every stage.
    @Test func weightsAreUnbiased() throws {
        var sum = 0.0, squares = 0.0
        let draws = 400
        for seed in 1...draws {
            let sample = try draw(
                "district: 2, method=pps, measure=size", "firm: each 2", "executive: each 2, of=executives",
                seed: UInt64(seed))
            sum += sample.weightSum
            squares += sample.weightSum * sample.weightSum
        }
        let mean = sum / Double(draws), variance = squares / Double(draws) - mean * mean
        #expect(abs(mean - 140) < 4 * (variance / Double(draws)).squareRoot())
    }

    @Test func whatCannotBeDrawnIsSaid() throws {
        func problem(_ stages: String...) -> String {
            samplingProblem { try SampleDraw(frame(), stages: stages.map { try SamplingStage($0) }, seed: 1) }
        }
        #expect(problem("firm: 41").contains("41 units are to be drawn, but there are 40"))
        #expect(problem("distrikt: 2").contains("did you mean \"district\""))
        #expect(problem("district: all", "firm: each 5").contains("from west, but there are 4"))
        #expect(problem("district: 2", "firm: 10").contains("`each`"))
        #expect(problem("executive: 2, of=executives", "firm: 3").contains("last stage"))
        #expect(problem("district: 2", "executive: 2-3, of=executives").contains("several rows"))
        #expect(problem("firm: 3, strata=district").contains("draw 4 or more"))
        #expect(problem("district: 2, strata=size").contains("not the same in all rows of"))
        #expect(problem("firm: 3, method=pps, measure=firm").contains("a number is needed"))
        #expect(samplingProblem { try SampleDraw(frame(), stages: [], seed: 1) }.contains("no stage"))
        let bad = try Dataset(columns: [
            Column(name: "id", texts: ["a", "b", "a"]), Column(name: "m", numbers: [1, 0, 2]),
            Column(name: "gap", texts: ["x", nil, "x"]),
        ])
        #expect(samplingProblem { try SamplingFrame(bad, identifier: "id") }.contains("id a stands in data rows 1, 3"))
        func other(_ stage: String) -> String {
            samplingProblem { try SampleDraw(SamplingFrame(bad), stages: [SamplingStage(stage)], seed: 1) }
        }
        #expect(other("row: 2, method=pps, measure=m").contains("data row 2"))
        #expect(other("row: 2, strata=gap").contains("data row 2: gap is missing"))
        #expect(other("person: 1, of=m").contains("data row 2: m is 0"))
        #expect(samplingProblem { try SamplingFrame(Dataset(columns: [])) }.contains("no units"))
    }

    @Test func stagesAreReadAsWritten() throws {
        let stage = try SamplingStage(
            "firm: 96, strata=district+size, allocation=equal, minimum=2, method=systematic, order=age")
        #expect(
            stage
                == SamplingStage(
                    unit: "firm", take: .total(96), selection: .systematic, strata: ["district", "size"],
                    allocation: .equal,
                    minimum: 2, order: ["age"]))
        #expect(try SamplingStage("rows: all") == SamplingStage(take: .all))
        #expect(try SamplingStage("executive: 3-4, of=n").take == .range(3, 4))
        let faults: [(String, String)] = [
            ("firm", "UNIT: NUMBER"), ("firm: x", "no number of units"), ("firm: 0", "draw 1 or more"),
            ("firm: 4-3", "no range"), ("firm: 5, metod=pps", "did you mean `method`"),
            ("firm: 5, method=ps", "did you mean `pps`"), ("firm: 5, take=6", "once"),
            ("firm: 5, strata", "NAME=VALUE"),
            ("firm: 5, measure=x", "`method` pps"), ("firm: 5, order=x", "systematic"),
            ("firm: 5, strata=a, allocation=neyman", "`deviation`"), ("firm: 5, allocation=equal", "`strata`"),
            ("firm: 5, deviation=x", "neyman"), ("firm: 2-3, strata=a", "one number"), ("firm: -5", "draw 1 or more"),
        ]
        for (text, words) in faults {
            let problem = samplingProblem { try SamplingStage(text) }
            #expect(problem.contains(words), "\(text): \(problem)")
        }
    }

    @Test func anyTextIsReadOrRefused() {
        var random = SplitMix(state: 11)
        let pieces = [
            "firm", ":", " 96", ",", "strata", "=", "each ", "-", "3-4", "of", "\u{0}", "é", "all", "method=pps", "  ",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }.joined()
            if let stage = try? SamplingStage(text) { #expect(stage.fault == nil) }
        }
    }
}
