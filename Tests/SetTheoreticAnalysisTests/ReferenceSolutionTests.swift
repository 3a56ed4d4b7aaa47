import Foundation
import Testing

@testable import SetTheoreticAnalysis

/// Figures, models and their order are those of QCA 3.23 on published data of every kind.
@Suite struct ReferenceSolutionTests {
    private func expectEqual(_ mine: Double?, _ other: Double, _ what: String) {
        guard let mine else {
            Issue.record("\(what) is missing; the reference is \(other)")
            return
        }
        #expect(abs(mine - other) < 1e-9, "\(what): \(mine), reference \(other)")
    }

    @Test func everyCaseIsRead() {
        #expect(ReferenceCase.all.count == 26)
    }

    @Test(arguments: ReferenceCase.all) func truthTable(_ reference: ReferenceCase) throws {
        guard let rows = reference.table else { return }
        let table = try reference.truthTable()
        let mine = table.rows.filter { $0.output != .remainder }
        #expect(mine.map(\.number) == rows.map(\.row))
        for (one, other) in zip(mine, rows) {
            #expect(one.output.rawValue == other.out, "row \(other.row)")
            #expect(one.count == other.n, "row \(other.row)")
            expectEqual(one.inclusion, other.incl, "inclusion of row \(other.row)")
            expectEqual(one.pri, other.pri, "PRI of row \(other.row)")
        }
    }

    @Test(arguments: ReferenceCase.all) func necessity(_ reference: ReferenceCase) throws {
        guard let rows = reference.necessity else { return }
        let table = try NecessityTable(
            reference.data(), outcome: reference.outcomeExpression, conditions: reference.conditions)
        #expect(table.rows.map(\.expression) == rows.map(\.expression))
        for (one, other) in zip(table.rows, rows) {
            expectEqual(one.fit.inclusion, other.inclN, "inclN of \(other.expression)")
            expectEqual(one.fit.relevance, other.ron, "RoN of \(other.expression)")
            expectEqual(one.fit.coverage, other.covN, "covN of \(other.expression)")
        }
    }

    @Test(arguments: ReferenceCase.all) func complexSolution(_ reference: ReferenceCase) throws {
        let analysis = try reference.analysis()
        try compare(#require(analysis.complex), reference.complex, analysis)
    }

    @Test(arguments: ReferenceCase.all) func parsimoniousSolution(_ reference: ReferenceCase) throws {
        let analysis = try reference.analysis()
        try compare(#require(analysis.parsimonious), reference.parsimonious, analysis)
    }

    @Test(arguments: ReferenceCase.all) func intermediateSolution(_ reference: ReferenceCase) throws {
        guard let other = reference.intermediate else { return }
        let analysis = try reference.analysis()
        try compare(#require(analysis.intermediate), other, analysis)
    }

    /// QCA 3.23 drops the literal "does not apply" from prime implicants and lists `~E + ~P` and `~E + ~S` for this
    /// outcome, which hold negative rows (consistency .909 and .833). Its three other models are all there is.
    @Test func whatDoesNotApplyNeverLetsANegativeRowIn() throws {
        let reference = try #require(ReferenceCase.all.first { $0.name == "RS" })
        let table = try TruthTable(
            reference.data(), outcome: SetExpression(parsing: "~REC"), conditions: reference.conditions)
        let solution = try #require(StandardAnalysis(table).parsimonious)
        #expect(
            solution.models.map { table.conditions.expression($0.terms) } == [
                "~E + ~P*~A", "~E + ~P*~S", "~E + ~A*~S",
            ])
        #expect(solution.models.allSatisfy { $0.fit.model.inclusion == 1 })
    }

    /// QCA 3.23 mixes rows up here (row 32, inclusion .904, becomes a contradiction): the codes follow from the rule.
    @Test func twoInclusionCutsAndAFrequencyCut() throws {
        let reference = try #require(ReferenceCase.all.first { $0.name == "LF_SURV0.8_0" })
        let table = try TruthTable(
            reference.data(), outcome: reference.outcomeExpression, conditions: reference.conditions,
            options: TruthTableOptions(inclusionCut: 0.8, contradictionCut: 0.6, frequencyCut: 2))
        for row in table.rows {
            let inclusion = try #require(row.inclusion)
            let output: TruthTable.Output =
                row.count < 2
                ? .remainder : inclusion >= 0.8 ? .positive : inclusion >= 0.6 ? .contradiction : .negative
            #expect(row.output == output, "row \(row.number)")
        }
        #expect(table.rows(.positive).map(\.number) == [22, 32])
        #expect(table.rows(.contradiction).map(\.number) == [24])
    }

    @Test func aTemporalSetHasOneLevelLess() throws {
        let values = (0..<15).map(Double.init)
        #expect(try CalibratedSet(name: "A", values: values).levelCount == 15)
        #expect(throws: SetTheoryError.self) {
            try CalibratedSet(name: "A", values: values + [CalibratedSet.notApplicable])
        }
    }

    private func compare(
        _ mine: Solution, _ other: ReferenceCase.Solution, _ analysis: StandardAnalysis
    ) throws {
        let conditions = analysis.table.conditions
        func text(_ terms: [Conjunction]) -> String { terms.map(conditions.expression).joined(separator: "+") }
        #expect(mine.models.count == other.modelCount)
        #expect(mine.proof.modelCount == other.modelCount)
        #expect(mine.proof.isExhaustive && mine.proof.isMinimumProven)
        if let primes = other.primes { #expect(mine.primes.map(conditions.expression) == primes) }
        if let essential = other.essential {
            #expect(Set(mine.essential.map(conditions.expression)) == Set(essential))
        }
        for (model, reference) in zip(mine.models, other.models) {
            #expect(model.terms.map(conditions.expression) == reference.terms.map(\.expression))
            expectEqual(model.fit.model.inclusion, reference.inclS, "inclS of \(text(model.terms))")
            expectEqual(model.fit.model.pri, reference.pri, "PRI of \(text(model.terms))")
            expectEqual(model.fit.model.coverage, reference.covS, "covS of \(text(model.terms))")
            for (term, row) in zip(model.fit.terms, reference.terms) {
                expectEqual(term.sufficiency.inclusion, row.inclS, "inclS of \(row.expression)")
                expectEqual(term.sufficiency.pri, row.pri, "PRI of \(row.expression)")
                expectEqual(term.sufficiency.coverage, row.covS, "covS of \(row.expression)")
                #expect((term.uniqueCoverage == nil) == (row.covU == nil))
                if let covU = row.covU { expectEqual(term.uniqueCoverage, covU, "covU of \(row.expression)") }
            }
        }
        for (model, rows) in zip(mine.models, other.assumptions ?? []) {
            #expect(analysis.table.simplifyingAssumptions(of: model.terms).map(\.number) == rows)
        }
        for (pair, models) in other.pairs ?? [:] {
            let own = mine.models.filter { $0.origins.contains(pair) }.map { text($0.terms) }
            #expect(own == models, "\(pair)")
        }
        for (pair, rows) in other.easy ?? [:] {
            let numbers = pair.dropFirst().split(separator: "P").compactMap { Int($0) }
            try #require(numbers.count == 2)
            let found = try #require(
                analysis.counterfactuals(complex: numbers[0] - 1, parsimonious: numbers[1] - 1))
            #expect(found.easy == rows.sorted(), "\(pair)")
            let terms = try #require(analysis.parsimonious).models[numbers[1] - 1].terms
            let assumed = analysis.table.simplifyingAssumptions(of: terms).map(\.number)
            #expect((found.easy + found.difficult).sorted() == assumed, "\(pair)")
        }
    }
}
