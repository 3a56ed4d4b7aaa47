import SetTheoreticAnalysis
import Testing

@Suite struct NecessaryConditionAnalysisTests {
    private func figures(_ ceiling: NecessityCeiling?) -> [Double?] {
        guard let ceiling else { return [] }
        return [
            ceiling.zone, ceiling.effectSize, ceiling.casesAbove.map(Double.init), ceiling.slope, ceiling.intercept,
            ceiling.fit, ceiling.accuracy, ceiling.inefficiency?.absolute, ceiling.inefficiency?.relative,
            ceiling.inefficiency?.condition, ceiling.inefficiency?.outcome,
        ]
    }

    /// NCA 5.0.1: nca_analysis(nca.example, c("Individualism", "Risk taking"), "Innovation performance").
    @Test func innovationPerformance() throws {
        let options = NecessaryConditionOptions(ceilings: CeilingTechnique.allCases)
        let individualism = try InnovationData.individualism(options), risk = try InnovationData.riskTaking(options)
        let expected: [(NecessaryConditionAnalysis, CeilingTechnique, [Double?])] = [
            (
                individualism, .stepFreeDisposal,
                [6466.8, 0.415507980159, 0, nil, nil, 100, 100, 3000.3, 19.277673546, 0, 19.277673546]
            ),
            (
                individualism, .regressionFreeDisposal,
                [
                    4772.54144977, 0.306647655412, 2, 2.23022994582, 28.3527091318, 73.8006657044, 92.8571428571,
                    6018.51710045, 38.6704689176, 10.3826349084, 31.565125777,
                ]
            ),
            (
                individualism, .concaveEnvelopment,
                [3971.6, 0.255185175666, 0, nil, nil, 61.415228552, 100, 3000.3, 19.277673546, 0, 19.277673546]
            ),
            (
                individualism, .regressionConcave,
                [
                    4825.73717238, 0.310065612865, 2, 2.22532563283, 27.7915089703, 74.6232630108, 92.8571428571,
                    5912.12565524, 37.9868774271, 9.78532582365, 31.2604926648,
                ]
            ),
            (
                individualism, .linearProgramming,
                [
                    2534.23555556, 0.162830936002, 0, 0.951111111111, 127.848888889, 39.1884016137, 100,
                    10495.1288889, 67.4338127997, 0, 67.4338127997,
                ]
            ),
            (
                risk, .stepFreeDisposal,
                [
                    5871.1, 0.309415646015, 0, nil, nil, 100, 100, 5616.4, 29.5992579632, 25.8426966292, 5.06566604128,
                ]
            ),
            (
                risk, .regressionFreeDisposal,
                [
                    5348.96843695, 0.281898541062, 1, 2.64186942417, -14.4776966748, 91.1067506421, 96.4285714286,
                    8276.86312611, 43.6202917876, 28.5002810778, 21.1469512576,
                ]
            ),
            (
                risk, .concaveEnvelopment,
                [
                    3436.4, 0.181103358138, 0, nil, nil, 58.5307693618, 100, 5616.4, 29.5992579632, 25.8426966292,
                    5.06566604128,
                ]
            ),
            (
                risk, .regressionConcave,
                [
                    4689.76853355, 0.247157732021, 1, 2.69487776484, -6.56868451688, 79.8788733551, 96.4285714286,
                    9595.26293289, 50.5684535958, 33.7125733099, 25.4284728304,
                ]
            ),
            (
                risk, .linearProgramming,
                [
                    2026.48695652, 0.106798857249, 0, 0.930434782609, 131.591304348, 34.516307958, 100, 14921.826087,
                    78.6402285503, 25.8426966292, 71.1966718329,
                ]
            ),
        ]
        for (analysis, technique, values) in expected {
            #expect(
                NecessityFixtures.agree(figures(analysis[technique]), values, within: 1e-11),
                "\(analysis.condition) \(technique)")
        }
        #expect(NecessityFixtures.agree([individualism.scope, risk.scope], [15563.6, 18974.8]))
        #expect(
            individualism[.stepFreeDisposal]?.peers.map(\.name) == ["South Korea", "Japan", "Finland", "Sweden", "USA"])
        #expect(risk[.concaveEnvelopment]?.peers.map(\.name) == ["Greece", "Japan", "USA"])
        #expect(individualism[.linearProgramming]?.peers.map(\.name) == ["Japan", "USA"])
        #expect(individualism[.stepFreeDisposal]?.magnitude == .large)
        #expect(risk[.regressionFreeDisposal]?.magnitude == .medium)
        // The least-squares line: R 4.2, lm.
        #expect(
            NecessityFixtures.agree(
                [individualism[.ordinaryLeastSquares]?.slope, individualism[.ordinaryLeastSquares]?.intercept],
                InnovationDataReference.leastSquares, within: 1e-10))
    }

    /// NCA 5.0.1: corner = 2, 3, 4; zone, effect, cases above, slope, intercept of CE-FDH and CR-FDH.
    @Test func corners() throws {
        let expected: [NecessityCorner: [[Double?]]] = [
            .upperRight: [[0, 0, 0, nil, nil], [0, 0, 0, nil, nil]],
            .lowerLeft: [
                [399.6, 0.0256752936339, 0, nil, nil],
                [245.219745456, 0.0157559784019, 1, -3.43461538462, 104.065384615],
            ],
            .lowerRight: [
                [848.5, 0.0545182348557, 0, nil, nil],
                [2376.6112289, 0.15270318107, 10, 1.94459636636, -79.6172316913],
            ],
        ]
        for (corner, values) in expected {
            let analysis = try InnovationData.individualism(NecessaryConditionOptions(corner: corner))
            for (ceiling, values) in zip(analysis.ceilings, values) {
                #expect(
                    NecessityFixtures.agree(Array(figures(ceiling).prefix(5)), values, within: 1e-11),
                    "\(corner) \(ceiling.technique)")
            }
        }
    }

    /// NCA 5.0.1: scope = c(0, 120, 0, 240).
    @Test func theoreticalScope() throws {
        let scope = NecessityScope(
            conditionMinimum: 0, conditionMaximum: 120, outcomeMinimum: 0, outcomeMaximum: 240)
        let analysis = try InnovationData.riskTaking(NecessaryConditionOptions(scope: scope))
        #expect(
            NecessityFixtures.agree(
                figures(analysis[.stepFreeDisposal]),
                [13874.3, 0.481746527778, 0, nil, nil, 100, 100, 8508, 29.5416666667, 25.8333333333, 5],
                within: 1e-11))
        #expect(
            NecessityFixtures.agree(
                figures(analysis[.regressionFreeDisposal]),
                [
                    12216.5943959, 0.424187305413, 1, 2.64186942417, -14.4776966748, 88.051969439, 96.4285714286,
                    5682.03412204, 19.729285146, 19.729285146, 0,
                ], within: 1e-11))
        #expect(analysis.conditionRange == 0...120)
        #expect(analysis.notes.isEmpty)
        let narrow = try InnovationData.riskTaking(
            NecessaryConditionOptions(scope: NecessityScope(conditionMinimum: 30)))
        #expect(narrow.notes.contains { $0.contains("widened") })
        #expect(narrow.ceilings == (try InnovationData.riskTaking().ceilings))
    }

    /// The empty zone above the drawn line, by counting the cells of a fine grid.
    @Test func theZoneIsTheAreaAboveTheLine() throws {
        for corner in NecessityCorner.allCases {
            let analysis = try InnovationData.riskTaking(
                NecessaryConditionOptions(
                    ceilings: [.concaveEnvelopment, .regressionFreeDisposal], corner: corner,
                    scope: NecessityScope(conditionMinimum: 10, conditionMaximum: 130)))
            for ceiling in analysis.ceilings where ceiling.line.count > 1 {
                let range = analysis.conditionRange, outcomes = analysis.outcomeRange
                let isRight = corner == .upperRight || corner == .lowerRight
                let isLower = corner == .lowerLeft || corner == .lowerRight
                let steps = 20_000
                var area = 0.0
                let width = (range.upperBound - range.lowerBound) / Double(steps)
                for step in 0..<steps {
                    let x = range.lowerBound + (Double(step) + 0.5) * width
                    area += width * height(at: x, ceiling.line, outcomes, isRight: isRight, isLower: isLower)
                }
                #expect(abs(area - (ceiling.zone ?? 0)) < 1e-3 * analysis.scope, "\(corner) \(ceiling.technique)")
            }
        }
    }

    private func height(
        at x: Double, _ line: [NecessityCeiling.Point], _ outcomes: ClosedRange<Double>, isRight: Bool, isLower: Bool
    ) -> Double {
        let sign = isRight ? -1.0 : 1.0
        let full = outcomes.upperBound - outcomes.lowerBound
        guard let first = line.first, let last = line.last else { return 0 }
        if sign * x < sign * first.x { return full }
        if sign * x >= sign * last.x { return isLower ? last.y - outcomes.lowerBound : outcomes.upperBound - last.y }
        for (a, b) in zip(line, line.dropFirst()) where sign * x >= sign * a.x && sign * x < sign * b.x {
            let y = a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x)
            return isLower ? y - outcomes.lowerBound : outcomes.upperBound - y
        }
        return 0
    }

    @Test func changesOfUnitLeaveTheEffect() throws {
        let analysis = try InnovationData.individualism(
            NecessaryConditionOptions(ceilings: CeilingTechnique.allCases))
        let other = try NecessaryConditionAnalysis(
            x: InnovationData.individualism.map { 5000 * $0 - 3 }, y: InnovationData.performance.map { $0 / 1000 + 2 },
            condition: "Individualism", outcome: "Innovation performance", names: InnovationData.countries,
            options: analysis.options)
        for (a, b) in zip(analysis.ceilings, other.ceilings) {
            #expect(NecessityFixtures.agree([a.effectSize, a.fit], [b.effectSize, b.fit]))
            #expect(NecessityFixtures.agree([a.inefficiency?.relative], [b.inefficiency?.relative], within: 1e-8))
            #expect(a.peers.map(\.name) == b.peers.map(\.name))
        }
    }

    @Test func mirroredDataHaveTheSameEffectInTheMirroredCorner() throws {
        let signs: [NecessityCorner: (Double, Double)] = [
            .upperRight: (-1, 1), .lowerLeft: (1, -1), .lowerRight: (-1, -1),
        ]
        let reference = try InnovationData.riskTaking(NecessaryConditionOptions(ceilings: CeilingTechnique.allCases))
        for (corner, (signX, signY)) in signs {
            let mirrored = try NecessaryConditionAnalysis(
                x: InnovationData.riskTaking.map { signX * $0 }, y: InnovationData.performance.map { signY * $0 },
                condition: "x", outcome: "y", names: InnovationData.countries,
                options: NecessaryConditionOptions(ceilings: CeilingTechnique.allCases, corner: corner))
            for (a, b) in zip(reference.ceilings, mirrored.ceilings) {
                #expect(
                    NecessityFixtures.agree(
                        [a.zone, a.fit, a.inefficiency?.outcome],
                        [
                            b.zone, b.fit, b.inefficiency?.outcome,
                        ]))
                #expect(NecessityFixtures.agree([a.slope.map { $0 * signX * signY }], [b.slope]))
            }
        }
    }

    @Test func severalCasesAtOnePlace() throws {
        // (1, 4), three cases at (5, 5), (10, 9): CE-VRS is the straight line from the first to the last.
        let analysis = try NecessaryConditionAnalysis(
            x: [10, 5, 5, 5, 1], y: [9, 5, 5, 5, 4], condition: "x", outcome: "y", names: ["a", "b", "c", "d", "e"],
            options: NecessaryConditionOptions(ceilings: CeilingTechnique.allCases))
        #expect(analysis[.stepFreeDisposal]?.peers.map(\.name) == ["e", "b", "c", "d", "a"])
        #expect(analysis[.concaveEnvelopment]?.peers.map(\.name) == ["e", "a"])
        #expect(NecessityFixtures.agree([analysis[.concaveEnvelopment]?.effectSize], [0.5]))
        // Weighted by the cases at each place, as NCA does: R 4.2, lm(c(4, 5, 5, 5, 9) ~ c(1, 5, 5, 5, 10)).
        #expect(NecessityFixtures.agree([analysis[.regressionFreeDisposal]?.slope], [0.573_529_411_764_706]))
    }

    @Test func withoutAnEmptyCornerThereIsNoLine() throws {
        let analysis = try NecessaryConditionAnalysis(
            x: [1, 2, 3, 1], y: [3, 2, 1, 1], condition: "x", outcome: "y", names: ["a", "b", "c", "d"],
            options: NecessaryConditionOptions(ceilings: CeilingTechnique.allCases))
        for ceiling in analysis.ceilings where ceiling.technique != .ordinaryLeastSquares {
            #expect(ceiling.zone == 0 && ceiling.effectSize == 0 && ceiling.slope == nil)
            #expect(ceiling.inefficiency == nil)
            #expect(ceiling.magnitude == .small)
        }
        #expect(analysis[.ordinaryLeastSquares]?.effectSize == nil)
        #expect(analysis.notes.contains { $0.contains("no ceiling line") })
        let table = try BottleneckTable([analysis], technique: .regressionFreeDisposal)
        #expect(table.rows.allSatisfy { $0.cells == [.notNecessary] })
    }

    @Test func incompleteCasesAreLeftOut() throws {
        var x = InnovationData.individualism, y = InnovationData.performance, names = InnovationData.countries
        x.insert(.nan, at: 3)
        y.insert(500, at: 3)
        names.insert("Atlantis", at: 3)
        let analysis = try NecessaryConditionAnalysis(
            x: x, y: y, condition: "Individualism", outcome: "Innovation performance", names: names)
        #expect(analysis.incompleteCases == 1)
        #expect(analysis[.stepFreeDisposal]?.peers.map(\.name).last == "USA")
        #expect(analysis[.stepFreeDisposal]?.peers.map { names[$0.position] }.first == "South Korea")
        #expect(analysis[.stepFreeDisposal]?.zone == (try InnovationData.individualism()[.stepFreeDisposal]?.zone))
        #expect(analysis.notes.count == 1)
    }

    @Test func badInputIsRefused() {
        func analyse(
            _ x: [Double], _ y: [Double], _ options: NecessaryConditionOptions = NecessaryConditionOptions()
        ) throws {
            _ = try NecessaryConditionAnalysis(
                x: x, y: y, condition: "x", outcome: "y", names: x.indices.map { "case \($0)" }, options: options)
        }
        #expect(throws: NecessaryConditionError.tooFewCases(condition: "x", outcome: "y", count: 2)) {
            try analyse([1, 2, .nan], [1, 2, 3])
        }
        #expect(throws: NecessaryConditionError.constant(variable: "x", value: 2)) {
            try analyse([2, 2, 2], [1, 2, 3])
        }
        #expect(throws: NecessaryConditionError.constant(variable: "y", value: 4)) {
            try analyse([1, 2, 3], [4, 4, 4])
        }
        #expect(throws: NecessaryConditionError.infiniteValue(variable: "y", case: "case 1")) {
            try analyse([1, 2, 3], [4, .infinity, 4])
        }
        #expect(throws: NecessaryConditionError.self) { try analyse([1, 2, 3], [4, 5]) }
        for options in [
            NecessaryConditionOptions(scope: NecessityScope(conditionMinimum: 3, conditionMaximum: 1)),
            NecessaryConditionOptions(scope: NecessityScope(outcomeMaximum: .nan)),
            NecessaryConditionOptions(permutations: -1), NecessaryConditionOptions(permutations: .max),
            NecessaryConditionOptions(confidence: 1),
            NecessaryConditionOptions(significance: 0),
        ] {
            #expect(throws: NecessaryConditionError.self) { try analyse([1, 2, 3], [1, 2, 4], options) }
        }
        #expect(throws: NecessaryConditionError.self) { try analyse([-1e200, 0, 1e200], [-1e200, 0, 1e200]) }
        // With a wider scope a constant leaves an area.
        #expect(throws: Never.self) {
            try analyse(
                [2, 2, 2], [1, 2, 3],
                NecessaryConditionOptions(scope: NecessityScope(conditionMinimum: 0, conditionMaximum: 5)))
        }
    }
}

/// R 4.2: coef(lm(`Innovation performance` ~ Individualism, nca.example)), slope and intercept.
enum InnovationDataReference {
    static let leastSquares: [Double?] = [1.205865341534, -8.4119547065293]
}
