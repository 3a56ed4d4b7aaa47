import Foundation
import Testing

@testable import SetTheoreticAnalysis

/// A published analysis with the figures of another program (see the README of the folder `Files`).
struct ReferenceCase: Decodable, CustomTestStringConvertible, Sendable {
    struct Row: Decodable {
        let row: Int, out: String, n: Int, incl: Double, pri: Double
    }

    struct Necessity: Decodable {
        let expression: String, inclN: Double, ron: Double, covN: Double
    }

    struct Term: Decodable {
        let expression: String, inclS: Double, pri: Double, covS: Double, covU: Double?
    }

    struct Model: Decodable {
        let terms: [Term], inclS: Double, pri: Double, covS: Double
    }

    struct Solution: Decodable {
        let modelCount: Int, models: [Model], primes: [String]?, essential: [String]?
        let assumptions: [[Int]]?, pairs: [String: [String]]?, easy: [String: [Int]]?
    }

    let name: String, sets: [String: [Double]], outcome: String, conditions: [String], inclCut: [Double], nCut: Int
    let priCut: Double, dirExp: String?, exclude: [String]?, includesContradictions: Bool?, rowDominance: Bool?
    let allIrredundant: Bool?, table: [Row]?, necessity: [Necessity]?, complex: Solution, parsimonious: Solution
    let intermediate: Solution?

    var testDescription: String { name }

    static let all: [ReferenceCase] = {
        guard let url = Bundle.module.url(forResource: "Files/reference-solutions", withExtension: "json"),
            let data = try? Data(contentsOf: url)
        else { return [] }
        return (try? JSONDecoder().decode([ReferenceCase].self, from: data)) ?? []
    }()

    /// The cases, numbered, with their sets.
    func data() throws -> CalibratedData {
        let count = sets.values.first?.count ?? 0
        let cases = (1...count).map(String.init)
        return try CalibratedData(
            cases: cases, sets: sets.keys.sorted().map { try CalibratedSet(name: $0, values: sets[$0] ?? []) })
    }

    var outcomeExpression: SetExpression {
        get throws { try SetExpression(parsing: outcome, known: sets.keys.sorted()) }
    }

    func truthTable() throws -> TruthTable {
        let rows = Set((exclude ?? []).compactMap { Int($0) })
        return try TruthTable(
            data(), outcome: outcomeExpression, conditions: conditions,
            options: TruthTableOptions(
                inclusionCut: inclCut[0], contradictionCut: inclCut.dropFirst().first, frequencyCut: nCut,
                priCut: priCut, negativeRows: rows))
    }

    func analysis() throws -> StandardAnalysis {
        let table = try truthTable()
        let excluded = try (exclude ?? []).flatMap { text in
            try Int(text).map { [table.configuration(number: $0)] }
                ?? SumOfProducts(SetExpression(parsing: text, known: conditions), over: table.conditions).terms
        }
        return try StandardAnalysis(
            table,
            options: .init(
                expectations: dirExp.map { try DirectionalExpectations(parsing: $0, conditions: table.conditions) },
                excluded: excluded, includesContradictions: includesContradictions ?? false,
                models: ModelOptions(
                    rowDominance: rowDominance ?? false, allIrredundant: allIrredundant ?? false)))
    }
}
