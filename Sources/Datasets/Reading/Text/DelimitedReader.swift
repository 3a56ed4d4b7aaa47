/// Reads delimited text that is already UTF-8 into columns.
///
/// The first pass reads every field as a number and counts the fields that are none; the second one, made only if some
/// column is text, takes the texts of those columns.
struct DelimitedReader {
    let file: String
    let format: FileFormat
    let options: ReadingOptions
    let bytes: UnsafeBufferPointer<UInt8>
    let base: UnsafePointer<UInt8>
    private let missing: MissingStrings
    private var delimiter: DelimitedText.Delimiter
    private var mark: DelimitedText.DecimalMark
    private var header = FieldHeader()
    private var remarks: [String] = []

    /// Reads the dataset that `text` writes.
    static func read(
        _ text: DecodedText, file: String, format: FileFormat, options: ReadingOptions
    ) throws(DatasetError) -> ImportedDataset {
        try text.bytes.withUnsafeBufferPointer { bytes throws(DatasetError) in
            guard let base = bytes.baseAddress, bytes.contains(where: { $0 != 0x0A && $0 != 0x0D && !isBlank($0) })
            else { throw .emptyFile(file) }
            var reader = DelimitedReader(file: file, format: format, options: options, bytes: bytes, base: base)
            return try reader.dataset(encoding: text.encoding, remark: text.remark)
        }
    }

    private init(
        file: String, format: FileFormat, options: ReadingOptions, bytes: UnsafeBufferPointer<UInt8>,
        base: UnsafePointer<UInt8>
    ) {
        self.file = file
        self.format = format
        self.options = options
        self.bytes = bytes
        self.base = base
        missing = MissingStrings(options.missingStrings)
        delimiter = .comma
        mark = options.decimalMark ?? .point
    }

    private mutating func dataset(encoding: String, remark: String?) throws(DatasetError) -> ImportedDataset {
        if let remark { remarks.append(remark) }
        let start = readSeparatorLine()
        delimiter = options.delimiter ?? announced ?? (format == .tsv ? .tab : sniffedDelimiter(from: start))
        header = try readHeader(from: start)
        var pass = try numericPass()
        if options.decimalMark == nil, delimiter != .comma, mark == .point, pass.looksLikeDecimalComma(delimiter) {
            mark = .comma
            pass = try numericPass()
        }
        guard pass.rowCount > 0 else {
            throw .malformed(
                file: file, place: FilePlace(), fault: .noDataRows,
                problem: "the file has column names but no data rows",
                remedy: "export it again with the data")
        }
        let texts = try textPass(pass)
        return try assemble(pass, texts: texts, encoding: encoding)
    }

    // MARK: What the file says about itself

    private var announced: DelimitedText.Delimiter?

    /// Excel's first line `sep=;`, if there is one, is taken note of; returns where the header starts.
    private mutating func readSeparatorLine() -> Int {
        guard bytes.count >= 6, String(decoding: bytes[0..<4], as: UTF8.self).lowercased() == "sep=",
            bytes[5] == 0x0A || bytes[5] == 0x0D
        else { return 0 }
        announced = DelimitedText.Delimiter.allCases.first { $0.byte == bytes[4] }
        guard announced != nil else { return 0 }
        return bytes[5] == 0x0D && bytes.count > 6 && bytes[6] == 0x0A ? 7 : 6
    }

    /// The delimiter that splits the header, and splits the most of the first records into as many fields.
    private func sniffedDelimiter(from start: Int) -> DelimitedText.Delimiter {
        let sampleRecords = 50
        var best: (delimiter: DelimitedText.Delimiter, share: Double, fields: Int) = (.comma, 0, 1)
        for candidate in DelimitedText.Delimiter.allCases {
            var scanner = FieldScanner(bytes, base: base, delimiter: candidate.byte)
            scanner.position = start
            var headerFields = 0
            var records = 0
            var alike = 0
            sampling: while !scanner.isAtEnd, records < sampleRecords, scanner.position - start < 1 << 20 {
                if scanner.isAtLineEnd {
                    scanner.skipLineEnd()
                    continue
                }
                var fields = 0
                var ending = FieldScanner.Ending.field
                while ending == .field {
                    guard let next = try? scanner.next() else { break sampling }
                    ending = next
                    fields += 1
                }
                if records == 0 { headerFields = fields }
                if fields == headerFields { alike += 1 }
                records += 1
            }
            guard headerFields > 1, records > 0 else { continue }
            let share = Double(alike) / Double(records)
            if share > best.share || (share == best.share && headerFields > best.fields) {
                best = (candidate, share, headerFields)
            }
        }
        return best.delimiter
    }

    private mutating func readHeader(from start: Int) throws(DatasetError) -> FieldHeader {
        var scanner = FieldScanner(bytes, base: base, delimiter: delimiter.byte)
        scanner.position = start
        scanner.line = start == 0 ? 1 : 2
        while scanner.isAtLineEnd { scanner.skipLineEnd() }
        let line = scanner.line
        var result = FieldHeader()
        var ending = FieldScanner.Ending.field
        while ending == .field {
            do { ending = try scanner.next() } catch {
                throw fault(error, FilePlace(line: scanner.line, column: result.names.count + 1))
            }
            guard result.names.count < FieldHeader.maximumColumns else { throw .tooManyColumns(file, line: line) }
            result.names.append(trimmed(scanner.text))
        }
        result.dataStart = scanner.position
        result.dataLine = scanner.line
        remarks += try result.settle(file: file, line: line)
        return result
    }

    // MARK: Passes

    private func fault(_ fault: FieldScanner.Fault, _ place: FilePlace) -> DatasetError {
        switch fault {
        case .strayQuote:
            .malformed(
                file: file, place: place, fault: .strayQuote,
                problem: "a quotation mark inside a field that does not start with one",
                remedy: "enclose the field in quotation marks and double those inside it")
        case .textAfterQuote:
            .malformed(
                file: file, place: place, fault: .strayQuote,
                problem: "text after the closing quotation mark of a field",
                remedy: "double the quotation marks inside the field")
        case .unterminatedQuote:
            .malformed(
                file: file, place: place, fault: .unterminatedQuote,
                problem: "the quoted field that starts here never ends",
                remedy: "add its closing quotation mark")
        case .nulByte:
            .malformed(
                file: file, place: place, fault: .nulByte, problem: "a NUL byte",
                remedy: "the file is damaged, or not text, or UTF-16 without a byte order mark: save it as UTF-8")
        }
    }

    private func ragged(found: Int, line: Int, row: Int) -> DatasetError {
        let expected = header.names.count
        let rowNames =
            found == expected + 1 && row == 1
            ? "if the first field is a row name, give that column a name in the header"
            : "correct the row, or enclose a field that contains the delimiter in quotation marks"
        return .malformed(
            file: file, place: FilePlace(line: line, row: row), fault: .raggedRow,
            problem: "the row has \(found) field\(found == 1 ? "" : "s") where the header has \(expected)",
            remedy: rowNames)
    }

    private func scannerAtData() -> FieldScanner {
        var scanner = FieldScanner(bytes, base: base, delimiter: delimiter.byte)
        scanner.position = header.dataStart
        scanner.line = header.dataLine
        return scanner
    }

    /// Reads every field as a number.
    private func numericPass() throws(DatasetError) -> NumericPass {
        let columnCount = header.names.count
        var pass = NumericPass(columnCount: columnCount)
        var scanner = scannerAtData()
        let delimiter = delimiter.byte
        let markByte = mark.byte
        // With the comma as both, a number with decimals is a quoted field, and comes the slow way.
        let inlineMark = markByte == delimiter ? 0 : markByte
        let takesNumbersInline = !missing.mayBeNumbers
        var skippedLines = 0
        while !scanner.isAtEnd {
            if scanner.isAtLineEnd {
                scanner.skipLineEnd()
                skippedLines += 1
                continue
            }
            if skippedLines > 0 {
                if columnCount == 1 {
                    for _ in 0..<skippedLines { try pass.endBlankRow(file: file) }
                } else {
                    pass.blankLines += skippedLines
                }
                skippedLines = 0
            }
            let line = scanner.line
            var column = 0
            var ending = FieldScanner.Ending.field
            while ending == .field {
                if takesNumbersInline, column < columnCount,
                    let value = scanner.shortNumber(mark: inlineMark, sawMark: &pass.sawMark)
                {
                    pass.put(value, column: column)
                    ending = scanner.skipEnding()
                    column += 1
                    continue
                }
                do { ending = try scanner.next() } catch {
                    throw fault(
                        error,
                        FilePlace(
                            line: scanner.line, row: pass.rowCount + 1, column: column + 1,
                            columnName: column < columnCount ? header.names[column] : nil))
                }
                if column < columnCount {
                    let field = scanner.field
                    if let reason = missing.reason(field) {
                        pass.putMissing(reason, column: column)
                    } else if let value = decimalNumber(field, mark: markByte) {
                        if field.contains(markByte) { pass.sawMark = true }
                        pass.put(value, column: column)
                    } else {
                        pass.putText(scanner, line: line, column: column)
                    }
                }
                column += 1
            }
            guard column == columnCount else { throw ragged(found: column, line: line, row: pass.rowCount + 1) }
            try pass.endRow(file: file)
        }
        pass.flush()
        return pass
    }

    /// Takes the texts of the columns that are not numeric; the rows are those of the first pass.
    private func textPass(_ pass: NumericPass) throws(DatasetError) -> [Int: [String?]] {
        let columnCount = header.names.count
        let isText = (0..<columnCount).map { pass.textCounts[$0] > 0 }
        guard let lastText = isText.lastIndex(of: true) else { return [:] }
        var texts = [[String?]](repeating: [], count: columnCount)
        for column in 0..<columnCount where isText[column] { texts[column].reserveCapacity(pass.rowCount) }
        var scanner = scannerAtData()
        var skippedLines = 0
        while !scanner.isAtEnd {
            if scanner.isAtLineEnd {
                scanner.skipLineEnd()
                skippedLines += 1
                continue
            }
            if skippedLines > 0 {
                if columnCount == 1 { for _ in 0..<skippedLines { texts[0].append(nil) } }
                skippedLines = 0
            }
            var column = 0
            var ending = FieldScanner.Ending.field
            while ending == .field {
                do { ending = try scanner.next() } catch { throw fault(error, FilePlace(line: scanner.line)) }
                if column <= lastText, isText[column] {
                    if missing.reason(scanner.field) != nil {
                        texts[column].append(nil)
                    } else {
                        texts[column].append(scanner.text)
                    }
                }
                column += 1
            }
        }
        var result: [Int: [String?]] = [:]
        for column in 0..<columnCount where isText[column] { result[column] = texts[column] }
        return result
    }

    private mutating func assemble(
        _ pass: NumericPass, texts: [Int: [String?]], encoding: String
    ) throws(DatasetError) -> ImportedDataset {
        var columns: [Column] = []
        var blocking: [DataCell] = []
        var blockingTotal = 0
        for (position, name) in header.names.enumerated() {
            let reasons = pass.reasons[position] ?? [:]
            if header.nameless.contains(position) {
                guard pass.numberCounts[position] + pass.textCounts[position] + reasons.count == 0 else {
                    throw .malformed(
                        file: file, place: FilePlace(line: header.line, column: position + 1), fault: .emptyName,
                        problem: "the column has data but no name", remedy: "name it in the first line")
                }
                remarks.append("Column \(position + 1) has neither a name nor data and was left out.")
                continue
            }
            if let texts = texts[position] {
                columns.append(Column(name: name, texts: texts, reasons: reasons))
                if pass.numberCounts[position] > pass.textCounts[position] {
                    blockingTotal += pass.textCounts[position]
                    for cell in pass.textCells[position] {
                        blocking.append(DataCell(row: cell.row, line: cell.line, column: name, content: cell.content))
                    }
                    remarks.append(
                        "\(name) became a text variable because \(pass.textCounts[position]) of its "
                            + "\(pass.numberCounts[position] + pass.textCounts[position]) values are not numbers.")
                }
            } else {
                columns.append(Column(name: name, numbers: pass.columns[position], reasons: reasons))
            }
        }
        if pass.blankLines > 0 {
            remarks.append("\(pass.blankLines) blank line\(pass.blankLines == 1 ? " was" : "s were") skipped.")
        }
        if pass.emptyRows > 0 {
            remarks.append(
                "\(pass.emptyRows) row\(pass.emptyRows == 1 ? " is" : "s are") empty in every column (kept as missing)."
            )
        }
        let dataset = try Dataset(columns: columns, source: file)
        let report = ImportReport(
            file: file, format: format, encoding: encoding, delimiter: delimiter, decimalMark: mark,
            rowCount: dataset.rowCount, columnCount: dataset.columns.count, blockingCells: blocking,
            blockingCellCount: blockingTotal, remarks: remarks)
        return ImportedDataset(dataset: dataset, report: report)
    }
}

extension FieldScanner {
    /// Reads a number of at most fifteen digits that fills its field, and stops at the field's end; nil without moving
    /// if the field holds anything else.
    @inline(__always)
    mutating func shortNumber(mark: UInt8, sawMark: inout Bool) -> Double? {
        var i = position
        var negative = false
        if i < count, base[i] == 0x2D {
            negative = true
            i += 1
        }
        var mantissa: UInt64 = 0
        let first = i
        while i < count {
            let digit = base[i] &- 0x30
            if digit > 9 { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            i += 1
        }
        var digits = i - first
        var decimals = 0
        if i < count, base[i] == mark, mark != 0 {
            i += 1
            let firstDecimal = i
            while i < count {
                let digit = base[i] &- 0x30
                if digit > 9 { break }
                mantissa = mantissa &* 10 &+ UInt64(digit)
                i += 1
            }
            decimals = i - firstDecimal
            digits += decimals
            if decimals == 0 { return nil }
        }
        guard digits > 0, digits <= 15 else { return nil }
        guard i >= count || base[i] == delimiter || base[i] == 0x0A || base[i] == 0x0D else { return nil }
        position = i
        var value = Double(mantissa)
        if decimals > 0 {
            sawMark = true
            value /= exactPowersOfTen[decimals]
        }
        return negative ? -value : value
    }
}
