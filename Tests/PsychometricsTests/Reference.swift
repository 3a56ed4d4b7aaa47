import Foundation
import LinearAlgebra

/// Data of the reference programs; see Files/README.md for their sources.
struct Reference {
    let names: [String]
    let data: Matrix

    /// Reads a CSV file of numbers; with `complete`, leaves out cases with an empty field or NA.
    init(_ file: String, complete: Bool = true) throws {
        let lines = try Self.lines(of: "\(file).csv")
        names = lines[0].split(separator: ",").map { $0.filter { $0 != "\"" } }
        var rows = lines.dropFirst().map { line in
            line.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) ?? .nan }
        }
        if complete { rows.removeAll { $0.contains(where: \.isNaN) } }
        data = Matrix(rows)
    }

    /// The lines of a file in Files.
    static func lines(of file: String) throws -> [Substring] {
        let url = Bundle.module.bundleURL.appending(path: "Files/\(file)")
        return try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
    }

    func columns(_ range: Range<Int>) -> Matrix {
        data.submatrix(rows: Array(0..<data.rows), columns: Array(range))
    }
}

/// The largest absolute difference of two lists; infinite when their lengths differ or a figure is missing.
func distance(_ a: [Double?], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).reduce(0) { largest, pair in
        guard let value = pair.0, value.isFinite else { return .infinity }
        return max(largest, abs(value - pair.1))
    }
}

/// The numbers of a string, separated by blanks.
func numbers(_ text: String) -> [Double] { text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) } }
