import Foundation
import LinearAlgebra

@testable import StructuralModels

/// A model, and the figures that lavaan prints for it.
struct ReferenceCase: Decodable {
    struct Row: Decodable {
        let lhs: String, op: String, rhs: String
        let est: Double?, se: Double?, stdLV: Double?, stdAll: Double?

        enum CodingKeys: String, CodingKey {
            case lhs, op, rhs, est, se
            case stdLV = "std.lv"
            case stdAll = "std.all"
        }
    }

    let data: String
    let arguments: [String]
    let model: String
    let tolerance: [String: Double]
    let fit: [String: Double?]
    let estimates: [Row]

    init(_ name: String) throws {
        self = try JSONDecoder().decode(ReferenceCase.self, from: TestFiles.contents("\(name).json"))
    }

    /// The model fitted as the arguments say.
    func fitted() throws -> FittedModel {
        var options = arguments.contains("--growth") ? ModelOptions.growth : ModelOptions.sem
        if arguments.contains("--std-lv") { options.latentScale = .unitVariance }
        if arguments.contains("--orthogonal") { options.isOrthogonal = true }
        if arguments.contains("--meanstructure") { options.meanStructure = true }
        let model = try StructuralModel(self.model, options: options)
        if let position = arguments.firstIndex(of: "--nobs"), let count = Int(arguments[position + 1]) {
            let table = try TestFiles.table(data)
            let rows = table.rows.map { $0.dropFirst().compactMap(Double.init) }
            return try model.fit(
                unbiased: SampleMoments(
                    names: Array(table.header.dropFirst()), covariance: Matrix(rows), means: nil, caseCount: count))
        }
        return try model.fit(TestFiles.data(data))
    }
}

/// The files of this test target.
enum TestFiles {
    static func contents(_ name: String) throws -> Data {
        try Data(contentsOf: Bundle.module.bundleURL.appending(path: "Files").appending(path: name))
    }

    /// A CSV file's header and cells.
    static func table(_ name: String) throws -> (header: [String], rows: [[String]]) {
        let lines = String(decoding: try contents(name), as: UTF8.self).split(separator: "\n").map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
        }
        return (lines[0], Array(lines.dropFirst()))
    }

    /// The numeric columns of a CSV file.
    static func data(_ name: String) throws -> CompleteData {
        let (header, rows) = try table(name)
        let numeric = header.indices.filter { Double(rows[0][$0]) != nil }
        return CompleteData(
            names: numeric.map { header[$0] },
            values: Matrix(rows.map { row in numeric.map { Double(row[$0]) ?? .nan } }))
    }
}
