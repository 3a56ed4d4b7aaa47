import Foundation
import Testing

@testable import SetTheoreticAnalysis

/// Results of cna 4.0 for R; see the README of the files.
struct CoincidenceReference: Decodable {
    struct Options: Decodable {
        let outcomes: [String]?
        let measures: [String]?
        let maxstep: [Int]?
        let con: [Double]?
        let cov: [Double]?
        let msc: [Double]?
        let ordering: [String]?
        let strict: [Bool]?
        let acyclic: [Bool]?
        let redundant: [Bool]?
        let exclude: [String]?
    }
    struct Table: Decodable {
        let condition: [String]?
        let con: [Double]?
        let cov: [Double]?
        let exhaustiveness: [Double]?
        let faithfulness: [Double]?
        let coherence: [Double]?
        let cyclic: [Bool]?
        let inus: [Bool]?
    }
    let id: [String]
    let names: [String]
    let columns: [[Double]]?
    let digits: [String]?
    let options: Options
    let msc: Table
    let asf: Table
    let csf: Table

    static let all: [CoincidenceReference] = {
        guard let url = Bundle.module.url(forResource: "Files/coincidence-cna", withExtension: "json"),
            let data = try? Data(contentsOf: url)
        else { return [] }
        do {
            return try JSONDecoder().decode([CoincidenceReference].self, from: data)
        } catch {
            print(error)
            return []
        }
    }()

    var data: CalibratedData {
        get throws {
            let columns = columns ?? (digits ?? []).map { $0.map { Double($0.wholeNumberValue ?? -2) } }
            return try CalibratedData(
                cases: columns[0].indices.map { "\($0 + 1)" },
                sets: zip(names, columns).map { try CalibratedSet(name: $0, values: $1) })
        }
    }

    var settings: CoincidenceOptions {
        get throws {
            var result = CoincidenceOptions()
            result.outcomes = try (options.outcomes ?? []).map { try SetExpression(parsing: $0) }
            if let ordering = options.ordering?.first {
                result.ordering = try CausalOrdering(parsing: ordering, isStrict: options.strict?.first ?? false)
            }
            result.exclusions = try (options.exclude ?? []).map { try CausalExclusion(parsing: $0) }
            result.consistency = options.con?.first ?? 1
            result.coverage = options.cov?.first ?? 1
            result.conditionConsistency = options.msc?.first
            result.onlyINUS = options.redundant == nil
            result.onlyAcyclic = options.acyclic?.first ?? false
            if let measures = options.measures {
                result.sufficiency = try #require(CoincidenceMeasure(rawValue: measures[0]))
                result.necessity = try #require(CoincidenceMeasure(rawValue: measures[1]))
            }
            if let limits = options.maxstep {
                result.limits.conjuncts = limits[0]
                result.limits.disjuncts = limits[1]
                result.limits.complexity = limits[2]
            }
            return result
        }
    }
}

/// A formula in a form that does not depend on the order of its parts.
private func canonical(_ formula: String) -> String {
    let parts = formula.split(separator: " ").joined()
    return parts.replacing("(", with: "").split(separator: ")").map { part -> String in
        let text = part.first == "*" ? String(part.dropFirst()) : String(part)
        let arrow = text.contains("<->") ? "<->" : "->"
        guard let range = text.range(of: arrow) else { return text }
        let terms = text[..<range.lowerBound].split(separator: "+").map {
            $0.split(separator: "*").sorted().joined(separator: "*")
        }
        return terms.sorted().joined(separator: "+") + arrow + text[range.upperBound...]
    }.sorted().joined(separator: " & ")
}

@Suite struct CoincidenceAnalysisTests {
    private static func compare(
        _ found: [String: [Double]], _ expected: [String: [Double]], _ what: String
    ) {
        let missing = Set(expected.keys).subtracting(found.keys), more = Set(found.keys).subtracting(expected.keys)
        #expect(missing.isEmpty, "\(what): missing \(missing.sorted().prefix(5))")
        #expect(more.isEmpty, "\(what): too many \(more.sorted().prefix(5))")
        for (key, figures) in expected {
            guard let own = found[key] else { continue }
            for (position, pair) in zip(figures, own).enumerated() where !pair.0.isNaN {
                #expect(abs(pair.0 - pair.1) < 1e-12, "\(what) \(key), figure \(position): \(pair.1), not \(pair.0)")
            }
        }
    }

    @Test(arguments: 0..<max(1, CoincidenceReference.all.count))
    func equalsCna(_ number: Int) throws {
        try #require(!CoincidenceReference.all.isEmpty)
        let reference = CoincidenceReference.all[number], id = reference.id[0]
        let analysis = try CoincidenceAnalysis(reference.data, options: reference.settings)
        // More than 1000 combinations: both programs take the simplest.
        #expect(analysis.isExhaustive || id == "volatile")
        func table(_ table: CoincidenceReference.Table, _ columns: [[Double]?]) -> [String: [Double]] {
            var result: [String: [Double]] = [:]
            for (row, condition) in (table.condition ?? []).enumerated() {
                result[canonical(condition)] = columns.map { $0?[row] ?? .nan }
            }
            return result
        }
        var conditions: [String: [Double]] = [:], formulas: [String: [Double]] = [:], models: [String: [Double]] = [:]
        for outcome in analysis.outcomes {
            for item in outcome.sufficientConditions {
                conditions[canonical("\(item)")] = [item.consistency, item.coverage ?? .nan]
            }
            for item in outcome.formulas {
                formulas[canonical("\(item)")] = [
                    item.consistency, item.coverage, item.exhaustiveness ?? .nan, item.faithfulness ?? .nan,
                    item.isINUS == true ? 1 : 0,
                ]
            }
        }
        for item in analysis.complexFormulas {
            models[canonical("\(item)")] = [
                item.consistency, item.coverage, item.exhaustiveness ?? .nan, item.faithfulness ?? .nan,
                item.isINUS == true ? 1 : 0,
                item.coherence ?? .nan, item.isCyclic ? 1 : 0,
            ]
        }
        Self.compare(conditions, table(reference.msc, [reference.msc.con, reference.msc.cov]), "\(id) msc")
        // cna counts a membership of one half as present when it forms configurations, but as absent (R rounds to even)
        // when it asks which of them a formula allows; here it is present in both.
        let hasHalf = (reference.columns ?? []).contains { $0.contains(0.5) }
        let asf = reference.asf, csf = reference.csf
        Self.compare(
            formulas,
            table(
                asf,
                [
                    asf.con, asf.cov, hasHalf ? nil : asf.exhaustiveness, hasHalf ? nil : asf.faithfulness,
                    asf.inus?.map { $0 ? 1 : 0 },
                ]),
            "\(id) asf")
        Self.compare(
            models,
            table(
                csf,
                [
                    csf.con, csf.cov, hasHalf ? nil : csf.exhaustiveness, hasHalf ? nil : csf.faithfulness,
                    csf.inus?.map { $0 ? 1 : 0 },
                    csf.coherence,
                    csf.cyclic?.map { $0 ? 1 : 0 },
                ]), "\(id) csf")
        #expect(analysis.complexFormulas.map(\.complexity) == analysis.complexFormulas.map(\.complexity).sorted())
    }
}
