import Foundation
import Testing

@testable import SetTheoreticAnalysis

/// Export performance of 19 countries in four years (Schneider, Schulze-Bentrop & Paunescu 2010).
struct ExportPerformance {
    let data: CalibratedData
    let countries: [String]
    let years: [String]
    let conditions = ["EMP", "BARGAIN", "UNI", "OCCUP", "STOCK", "MA"]

    init() throws {
        let url = Bundle.module.bundleURL.appendingPathComponent("Files/export.csv")
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
        let rows = lines.dropFirst()
        let cases = rows.map { $0[0] }
        let sets = try (3..<10).map { column in
            try CalibratedSet(name: lines[0][column], values: try rows.map { try #require(Double($0[column])) })
        }
        data = try CalibratedData(cases: cases, sets: sets)
        countries = rows.map { $0[1] }
        years = rows.map { $0[2] }
    }

    func analysis(
        inclusion: Double, frequency: Int = 1, conditions: [String]? = nil, kinds: Set<Solution.Kind> = [.complex]
    ) throws -> StandardAnalysis {
        try StandardAnalysis(
            try TruthTable(
                data, outcome: .set("EXPORT", levels: nil), conditions: conditions ?? self.conditions,
                options: TruthTableOptions(inclusionCut: inclusion, frequencyCut: frequency)),
            options: .init(kinds: kinds))
    }
}

/// Whether two figures agree to a number of decimals.
func agrees(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
    a.map { abs($0 - b) <= tolerance } ?? false
}
