import Foundation
import LinearAlgebra
import Testing

@testable import MixedModels

/// A data file of the tests: comma-separated, a header, no quotes but around whole fields.
struct Table {
    var columns: [String: [String]] = [:]
    var rowCount = 0

    init(_ name: String) throws {
        let url = Bundle.module.url(forResource: "Files/\(name)", withExtension: nil)
        let text = try String(contentsOf: #require(url), encoding: .utf8)
        let rows = text.split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\"\r"))
            }
        }
        rowCount = rows.count - 1
        for (c, name) in rows[0].enumerated() { columns[name] = rows.dropFirst().map { $0[c] } }
    }

    func numbers(_ name: String) -> [Double] { (columns[name] ?? []).map { Double($0) ?? .nan } }

    /// All columns: numbers where every field is one, categories otherwise and for grouping.
    var frame: ModelFrame {
        ModelFrame(
            columns.map { name, fields in
                let numbers = fields.map { Double($0) ?? .nan }
                return (name, numbers.contains { $0.isNaN } ? .categorical(fields) : .numeric(numbers))
            }, rowCount: rowCount)
    }

    /// z-scores over the rows, with divisor n − 1.
    func standardized(_ name: String) -> [Double] {
        let values = numbers(name), n = Double(values.count)
        let mean = values.reduce(0, +) / n
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
        return values.map { ($0 - mean) / variance.squareRoot() }
    }

    /// A random term without the help of the formula.
    func term(_ factor: String, _ coefficients: [(String, [Double])], name: String? = nil) -> RandomTerm {
        let labels = columns[factor] ?? []
        var codes: [String: Int] = [:], levels: [String] = []
        let groups = labels.map { label -> Int in
            if let code = codes[label] { return code }
            codes[label] = levels.count
            levels.append(label)
            return levels.count - 1
        }
        return RandomTerm(
            factor: factor, name: name, coefficientNames: coefficients.map(\.0),
            columns: Matrix(
                rows: rowCount, columns: coefficients.count, columnMajor: coefficients.flatMap(\.1)), groups: groups,
            levels: levels)
    }

    func design(_ response: String, _ fixed: [(String, [Double])], _ terms: [RandomTerm]) -> MixedDesign {
        let names = ["(Intercept)"] + fixed.map(\.0)
        return MixedDesign(
            responseName: response, response: numbers(response),
            fixed: Matrix(rows: rowCount, columns: names.count, columnMajor: ones + fixed.flatMap(\.1)),
            fixedNames: names, fixedTerms: names, fixedAssignment: Array(names.indices), terms: terms)
    }

    var ones: [Double] { [Double](repeating: 1, count: rowCount) }
}

extension Table {
    /// The model M8 of the diary: 12 predictors, random intercept, or random intercept and slope of M.
    func diary(slope: Bool) -> MixedDesign {
        func product(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 * $1 } }
        let m = numbers("M"), w = numbers("W"), z = numbers("Z")
        let controls = ["prop", "qual", "job", "edu"].map { ($0, standardized($0)) }
        return design(
            "Y",
            controls + [
                ("X2", numbers("X2")), ("M", m), ("W", w), ("Z", z), ("M:W", product(m, w)), ("M:Z", product(m, z)),
                ("W:Z", product(w, z)), ("M:W:Z", product(product(m, w), z)),
            ], [term("leader", slope ? [("(Intercept)", ones), ("M", m)] : [("(Intercept)", ones)])])
    }
}
