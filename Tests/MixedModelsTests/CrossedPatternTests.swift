import Testing

@testable import MixedModels

@Suite struct CrossedPatternTests {
    private func pattern(_ groups: [[Int]], sizes: [Int]? = nil) -> EliminationPattern {
        var factors = groups.enumerated().map { index, group in
            SharedGrouping(
                terms: [(index, 0)], blockSize: sizes?[index] ?? 1, groupCount: (group.max() ?? -1) + 1)
        }
        for index in factors.indices.dropFirst() {
            factors[index].lambdaStart =
                factors[index - 1].lambdaStart + factors[index - 1].blockSize * factors[index - 1].blockSize
        }
        return EliminationPattern(factors: factors, groups: groups, rowCount: groups[0].count)
    }

    @Test func nestedFactorsStaySparse() {
        let cask = (0..<240).map { $0 / 2 }
        let pattern = pattern([cask, cask.map { $0 / 4 }, cask.map { $0 / 12 }])
        #expect(pattern.denseCount == 0)
        #expect(pattern.effectCount == 120 + 30 + 10)
        // No fill: each cask has its batch and its site, each batch its site.
        #expect(pattern.panelLength == 120 * 3 + 30 * 2 + 10)
        #expect(Set(pattern.components).count == 10)
    }

    @Test func crossedFactorsEndInADenseBlock() {
        let pattern = pattern([(0..<400).map { $0 / 20 }, (0..<400).map { $0 % 20 }], sizes: [2, 1])
        #expect(pattern.sparseNodes == 20)
        #expect(pattern.nodeFactor.prefix(20).allSatisfy { $0 == 0 })
        #expect(pattern.denseCount == 20)
        #expect(Set(pattern.components).count == 1)
    }

    @Test func aFewWhoMoveFillLittle() {
        // 200 supervisors of 5 employees each; one employee in 50 also works for another supervisor.
        let employee = (0..<4000).map { $0 / 4 }
        let supervisor = (0..<4000).map { row in
            employee[row] % 50 == 0 && row % 4 == 3 ? (employee[row] / 5 + 7) % 200 : employee[row] / 5
        }
        let pattern = pattern([employee, supervisor])
        #expect(pattern.panelLength < 4 * 1200)
        #expect(pattern.denseCount < 20)
    }

    @Test func everyPlaceIsThatOfTheSameEffect() {
        var generator = CrossedLikelihoodTests.Generator(state: 5)
        let rows = 0..<150
        let first = rows.map { _ in generator.index(40) }, second = first.map { $0 / 2 }
        let third = second.map { $0 % 9 == 0 ? generator.index(10) : $0 / 2 }
        let pattern = pattern([first, second, third], sizes: [1, 2, 1])
        for node in 0..<pattern.sparseNodes {
            let rows = Array(pattern.rows[pattern.rowStart[node]..<pattern.rowStart[node + 1]])
            #expect(rows == rows.sorted())
            var offset = 0
            for entry in pattern.rowNodeStart[node]..<pattern.rowNodeStart[node + 1] {
                let other = pattern.rowNodes[entry]
                if other < pattern.sparseNodes {
                    let own = Array(pattern.nodeStart[other]..<pattern.nodeStart[other + 1])
                    let panel = own + pattern.rows[pattern.rowStart[other]..<pattern.rowStart[other + 1]]
                    for (k, row) in rows[offset...].enumerated() {
                        #expect(panel[pattern.targets[pattern.targetStart[entry] + k]] == row)
                    }
                }
                offset += pattern.nodeSize[other]
            }
        }
    }
}
