import Testing

@testable import SetTheoreticAnalysis

/// Figures of `causalChain()` of QCA 3.23 for R, with the data of its manual page.
@Suite struct CausalChainTests {
    private func data(_ id: String) throws -> CalibratedData {
        try #require(CoincidenceReference.all.first { $0.id == [id] }).data
    }

    private func formulas(_ chain: CausalChain) -> Set<String> {
        Set(
            chain.links.flatMap(\.formulas).map { formula in
                let sides = formula.split(separator: " <-> ")
                return sides[0].split(separator: " + ").sorted().joined(separator: " + ") + " <-> " + sides[1]
            })
    }

    private func sorted(_ formula: String) -> String {
        let sides = formula.split(separator: " <-> ")
        return sides[0].split(separator: " + ").sorted().joined(separator: " + ") + " <-> " + sides[1]
    }

    @Test func education() throws {
        let chain = try CausalChain(data("educate"))
        #expect(formulas(chain) == Set(["U + D <-> L", "L + G <-> E", "U + D + G <-> E"].map(sorted)))
        #expect(chain.links.map(\.outcome.factor) == ["U", "D", "L", "G", "E"])
        // The minimization of U is ~D*L, which does not cover all cases of U.
        let first = try #require(chain.links.first?.analysis?.parsimonious)
        #expect(first.models.count == 1 && chain.links[0].models.isEmpty)
    }

    @Test func women() throws {
        let chain = try CausalChain(data("women"))
        #expect(
            formulas(chain)
                == Set(
                    [
                        "WS + ~ES*LP + ES*WM + QU*LP <-> WNP", "WS + ES*WM + QU*LP + WM*LP <-> WNP",
                    ].map(sorted)))
    }

    @Test func partyBans() throws {
        let chain = try CausalChain(
            data("pban .95"), options: .init(ordering: CausalOrdering(parsing: "C, F, T, V < PB"), coverage: 0.95))
        let expected = [
            "C[1] + F[2] + C[0]*F[1] + C[2]*V[0]", "C[1] + F[2] + C[0]*T[2] + C[2]*V[0]",
            "C[1] + F[2] + C[0]*F[1] + C[2]*F[0] + F[1]*V[0]", "C[1] + F[2] + C[0]*F[1] + C[2]*T[1] + T[2]*V[0]",
            "C[1] + F[2] + C[0]*F[1] + T[1]*V[0] + T[2]*V[0]", "C[1] + F[2] + C[0]*T[2] + C[2]*F[0] + F[1]*V[0]",
            "C[1] + F[2] + C[0]*T[2] + C[2]*T[1] + T[2]*V[0]", "C[1] + F[2] + C[0]*T[2] + T[1]*V[0] + T[2]*V[0]",
            "C[1] + F[2] + C[0]*F[1] + C[2]*F[0] + F[1]*T[1] + T[2]*V[0]",
            "C[1] + F[2] + C[0]*F[1] + C[2]*T[1] + F[0]*T[2] + F[1]*V[0]",
            "C[1] + F[2] + C[0]*F[1] + F[0]*T[2] + F[1]*V[0] + T[1]*V[0]",
            "C[1] + F[2] + C[0]*T[2] + C[2]*F[0] + F[1]*T[1] + T[2]*V[0]",
            "C[1] + F[2] + C[0]*T[2] + C[2]*T[1] + F[0]*T[2] + F[1]*V[0]",
            "C[1] + F[2] + C[0]*T[2] + F[0]*T[2] + F[1]*V[0] + T[1]*V[0]",
        ]
        #expect(formulas(chain) == Set(expected.map { sorted($0 + " <-> PB[1]") }))
    }

    /// Without noise and remainders minimization and coincidence analysis have the same atomic formulas.
    @Test func equalsCoincidenceAnalysisWithoutNoise() throws {
        let data = try data("educate")
        let analysis = try CoincidenceAnalysis(data)
        #expect(
            formulas(try CausalChain(data))
                == Set(analysis.outcomes.flatMap { $0.formulas.map { sorted($0.description) } }))
    }

    @Test func orderingLimitsConditions() throws {
        let chain = try CausalChain(
            data("educate"), options: .init(ordering: CausalOrdering(parsing: "L < E", isStrict: true)))
        #expect(chain.links.map(\.outcome.factor) == ["L", "E"])
        #expect(chain.links.first?.conditions == ["U", "D", "G"])
        #expect(throws: SetTheoryError.self) {
            try CausalChain(data("educate"), options: .init(coverage: 2))
        }
    }
}

@Suite struct CausalOrderingTests {
    @Test func readsTiers() throws {
        let ordering = try CausalOrdering(parsing: " A , B<C < D d ", isStrict: true)
        #expect(ordering.tiers == [["A", "B"], ["C"], ["D d"]])
        #expect(ordering.description == "A, B < C < D d")
        #expect(try ordering.tierNumbers(of: ["A", "B", "C", "D d", "E"]) == [1, 1, 2, 3, 0])
    }

    @Test(arguments: ["", "<", "A <", "A,,B", ", A", "A < < B"])
    func refusesMissingNames(_ text: String) {
        #expect(throws: SetTheoryError.self) { try CausalOrdering(parsing: text) }
    }
}

@Suite struct CoincidenceMeasureTests {
    /// Crisp: 3 in both, 1 only in X, 2 only in Y, 4 in neither; the formulas by hand.
    @Test func crispTable() throws {
        let x = [1.0, 1, 1, 1, 0, 0, 0, 0, 0, 0], y = [1.0, 1, 1, 0, 1, 1, 0, 0, 0, 0]
        let expected: [CoincidenceMeasure: Double] = [
            .consistency: 0.75, .coverage: 0.6, .contrapositiveConsistency: 0.8,
            .contrapositiveCoverage: 4.0 / 6, .prevalenceAdjustedConsistency: 0.75,
            .antecedentAdjustedCoverage: 3 / (3 + 4.0 / 6 * 2),
            .antecedentAdjustedContrapositiveConsistency: 4 / (4 + 1.5),
            .prevalenceAdjustedContrapositiveCoverage: 4.0 / 6,
        ]
        for (measure, value) in expected {
            #expect(abs(try #require(measure.value(x, y)) - value) < 1e-15, "\(measure)")
        }
        #expect(CoincidenceMeasure.consistency.value([0, 0], [1, 0]) == nil)
        #expect(CoincidenceMeasure.allCases.filter(\.isSufficiency).count == 4)
    }

    /// Bits and memberships give the same sums.
    @Test func crispAndFuzzyPathsAgree() throws {
        var source = SplitMixSource(seed: 1)
        let rows = 130
        let x = (0..<rows).map { _ in Double(Int.random(in: 0...1, using: &source)) }
        let y = (0..<rows).map { _ in Double(Int.random(in: 0...1, using: &source)) }
        let table = try CoincidenceTable(
            CalibratedData(
                cases: (0..<rows).map { "\($0)" },
                sets: [
                    CalibratedSet(name: "X", values: x), CalibratedSet(name: "Y", values: y),
                    CalibratedSet(name: "Z", values: (0..<rows).map { Double($0 % 13 % 2) }),
                ]), factors: ["X", "Y", "Z"])
        func bits(_ value: Int) -> [UInt64] {
            Array(table.present[value * table.width..<(value + 1) * table.width])
        }
        let totals = OutcomeTotals(x: y.reduce(0, +), total: Double(rows))
        let tally = bits(0).withUnsafeBufferPointer { x in
            bits(2).withUnsafeBufferPointer { y in
                UInt64.tally(x, y, weights: table.weights, outcome: totals, onlyStandard: false)
            }
        }
        for measure in CoincidenceMeasure.allCases {
            #expect(abs(measure.value(tally) - (try #require(measure.value(x, y)))) < 1e-14, "\(measure)")
        }
    }
}
