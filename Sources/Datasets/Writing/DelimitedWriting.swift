/// What to write for a cell that is missing.
public enum MissingText: Sendable, Hashable {
    /// Nothing, so that no reader takes a declared-missing code for a value.
    case empty
    /// The declared code where there is one, and nothing otherwise.
    case codes
}

extension Dataset {
    /// The dataset as comma-separated text (RFC 4180): UTF-8, lines ended by CR LF, numbers as the shortest decimal
    /// that reads back as the same double.
    ///
    /// In a table of a single column, a missing cell is written `NA`, since an empty line is no record.
    public func commaSeparatedText(missing: MissingText = .empty) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(rowCount * columns.count * 4)
        for (position, column) in columns.enumerated() {
            if position > 0 { output.append(0x2C) }
            Self.append(column.name, to: &output)
        }
        output += [0x0D, 0x0A]
        let empty: [UInt8] = columns.count == 1 ? Array("NA".utf8) : []
        for row in 0..<rowCount {
            for (position, column) in columns.enumerated() {
                if position > 0 { output.append(0x2C) }
                switch column.values {
                case .numeric(let numbers, _) where !numbers[row].isNaN:
                    output.append(contentsOf: shortest(numbers[row]).utf8)
                case .text(let texts, _) where texts[row] != nil:
                    Self.append(texts[row] ?? "", to: &output)
                default:
                    if missing == .codes, case .declared(let code)? = column.reasons[row] {
                        Self.append(code.description, to: &output)
                    } else {
                        output += empty
                    }
                }
            }
            output += [0x0D, 0x0A]
        }
        return output
    }

    /// Writes the dataset as comma-separated text; see ``commaSeparatedText(missing:)``. The file takes its place only
    /// when it is complete.
    /// - Throws: ``DatasetError/unwritable(file:problem:)``.
    public func writeCSV(to path: String, missing: MissingText = .empty) throws(DatasetError) {
        let file = try AtomicFile(path: path)
        try file.write(commaSeparatedText(missing: missing))
        try file.finish()
    }

    private static func append(_ text: String, to output: inout [UInt8]) {
        let needsQuotes =
            text.utf8.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
            || text.utf8.first.map { isBlank($0) } ?? false || text.utf8.last.map { isBlank($0) } ?? false
        guard needsQuotes else { return output.append(contentsOf: text.utf8) }
        output.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { output.append(0x22) }
            output.append(byte)
        }
        output.append(0x22)
    }
}
