/// Reads the cells of a sheet into columns: the first row that is not empty names them.
struct SheetScanner {
    private let file: String
    private let strings: [String]
    private let styles: [NumberFormat?]
    private let startsIn1904: Bool
    private let missing: MissingStrings

    private var header: FieldHeader?
    /// The sheet's column (from zero) that is the first of the header.
    private var firstColumn = 0
    private var columns: [SheetColumn] = []
    private var rowCount = 0
    private var skippedRows = 0
    private var pendingRows = 0
    private var textBytes = 0

    /// The cells of the current row that are not empty.
    private var cells: [(column: Int, cell: Cell)] = []

    private enum Cell {
        case number(Double)
        case text(String)
        case error(String)
    }

    private struct SheetColumn {
        var numbers: [Double] = []
        var texts: [(row: Int, text: String)] = []
        var reasons: [Int: MissingReason] = [:]
        var numberCount = 0
        var errorCount = 0
    }

    init(file: String, strings: [String], styles: [NumberFormat?], startsIn1904: Bool, missing: MissingStrings) {
        self.file = file
        self.strings = strings
        self.styles = styles
        self.startsIn1904 = startsIn1904
        self.missing = missing
    }

    /// Reads all rows of the sheet.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) throws(DatasetError) {
        var markup = MarkupScanner(bytes)
        var line = 0
        var column = -1
        var type: CellType = .number
        var style = 0
        var isInCell = false
        var isInValue = false
        var value: Cell?
        var collector = TextCollector()
        var isInData = false
        while true {
            let event = markup.next()
            switch event {
            case .finished:
                return
            case .start:
                if !isInData {
                    isInData = markup.isNamed("sheetData")
                } else if markup.isNamed("c") {
                    let reference = markup.attributeBytes("r").flatMap(Self.column)
                    guard reference.map({ $0 > column }) ?? true else {
                        throw damaged(line, "its cells are out of order")
                    }
                    column = reference ?? column + 1
                    guard column < 16_384 else { throw damaged(line, "it has a cell beyond the last column") }
                    type = CellType(markup.attributeBytes("t"))
                    style =
                        markup.attributeBytes("s").flatMap { decimalNumber($0, mark: 0) }.flatMap { Int(exactly: $0) }
                        ?? 0
                    isInCell = true
                    value = nil
                    collector = TextCollector()
                } else if markup.isNamed("v") {
                    isInValue = isInCell
                } else if markup.isNamed("row") {
                    let stated = markup.attributeBytes("r").flatMap { decimalNumber($0, mark: 0) }
                    let next = stated.flatMap { Int(exactly: $0) } ?? line + 1
                    guard next > line, next <= 1_048_576 else { throw damaged(line, "its rows are out of order") }
                    pendingRows += next - line - 1
                    line = next
                    column = -1
                    isInCell = false
                    isInValue = false
                    cells.removeAll(keepingCapacity: true)
                } else if isInCell {
                    collector.take(event, markup)
                }
            case .text:
                if isInValue {
                    value = try cell(markup, type: type, style: style, line: line, column: column)
                } else if isInCell {
                    collector.take(event, markup)
                }
            case .end:
                if markup.isNamed("v") {
                    isInValue = false
                } else if markup.isNamed("c") {
                    // In a damaged sheet a cell may end twice.
                    guard isInCell else { continue }
                    isInCell = false
                    isInValue = false
                    if type == .inline { value = .text(collector.text) }
                    if let value { cells.append((column, value)) }
                } else if markup.isNamed("row") {
                    try endRow(line: line)
                    cells.removeAll(keepingCapacity: true)
                } else if markup.isNamed("sheetData") {
                    return
                } else if isInCell {
                    collector.take(event, markup)
                }
            }
        }
    }

    private enum CellType {
        case number
        case shared
        case inline
        case string
        case boolean
        case error
        case date

        init(_ bytes: UnsafeBufferPointer<UInt8>?) {
            guard let bytes else {
                self = .number
                return
            }
            switch String(decoding: bytes, as: UTF8.self) {
            case "s": self = .shared
            case "inlineStr": self = .inline
            case "str": self = .string
            case "b": self = .boolean
            case "e": self = .error
            case "d": self = .date
            default: self = .number
            }
        }
    }

    private func cell(
        _ markup: MarkupScanner, type: CellType, style: Int, line: Int, column: Int
    ) throws(DatasetError) -> Cell? {
        switch type {
        case .number:
            guard let number = decimalNumber(markup.textBytes, mark: UInt8(ascii: ".")) else {
                let text = markup.text
                return trimmed(text).isEmpty ? nil : .text(text)
            }
            if styles.indices.contains(style), let format = styles[style],
                let date = format.text(number, startsIn1904: startsIn1904)
            {
                return .text(date)
            }
            return .number(number)
        case .shared:
            guard let index = decimalNumber(markup.textBytes, mark: 0).flatMap({ Int(exactly: $0) }),
                strings.indices.contains(index)
            else { throw damaged(line, "it refers to a text that is not there") }
            return .text(strings[index])
        case .boolean:
            return .text(trimmed(markup.text) == "1" ? "TRUE" : "FALSE")
        case .error: return .error(markup.text)
        case .string, .date: return .text(markup.text)
        case .inline: return nil
        }
    }

    private mutating func endRow(line: Int) throws(DatasetError) {
        let filled = cells.filter { entry in
            if case .text(let text) = entry.cell { return !trimmed(text).isEmpty }
            return true
        }
        guard !filled.isEmpty else {
            pendingRows += 1
            return
        }
        guard let header else { return try takeHeader(filled, line: line) }
        skippedRows += pendingRows
        pendingRows = 0
        let width = header.names.count
        guard (rowCount + 1) * width <= NumericPass.maximumCells else {
            throw .tooManyCells(file: file, limit: NumericPass.maximumCells)
        }
        for (column, cell) in filled {
            let position = column - firstColumn
            guard position >= 0, position < width else {
                throw .malformed(
                    file: file, place: FilePlace(line: line, row: rowCount + 1, column: column + 1), fault: .raggedRow,
                    problem: "cell \(Self.letters(column))\(line) has data but its column has no name",
                    remedy: "name the column in the first row, or delete the cell")
            }
            var fill = columns[position].numbers.count
            while fill < rowCount {
                columns[position].numbers.append(.nan)
                fill += 1
            }
            switch cell {
            case .number(let number):
                columns[position].numbers.append(number)
                columns[position].numberCount += 1
            case .text(let text):
                columns[position].numbers.append(.nan)
                if let reason = missing.reason(text) {
                    if reason != .system { columns[position].reasons[rowCount] = reason }
                } else {
                    textBytes += text.utf8.count
                    columns[position].texts.append((rowCount, text))
                }
            case .error(let text):
                columns[position].numbers.append(.nan)
                columns[position].reasons[rowCount] = .notNumeric(text)
                columns[position].errorCount += 1
            }
        }
        rowCount += 1
    }

    private mutating func takeHeader(_ cells: [(column: Int, cell: Cell)], line: Int) throws(DatasetError) {
        guard let first = cells.first?.column, let last = cells.last?.column else { return }
        firstColumn = first
        var result = FieldHeader()
        result.names = [String](repeating: "", count: last - first + 1)
        for (column, cell) in cells {
            result.names[column - first] =
                switch cell {
                case .number(let number): shortest(number)
                case .text(let text), .error(let text): trimmed(text)
                }
        }
        _ = try result.settle(file: file, line: line)
        header = result
        columns = [SheetColumn](repeating: SheetColumn(), count: result.names.count)
        skippedRows = 0
        pendingRows = 0
    }

    /// The dataset read, with its report.
    func imported(sheet: String, remarks: [String]) throws(DatasetError) -> ImportedDataset {
        var remarks = remarks
        guard let header else { throw .emptyFile(file) }
        guard rowCount > 0 else {
            throw .malformed(
                file: file, place: FilePlace(), fault: .noDataRows,
                problem: "the sheet \"\(sheet)\" has column names but no data rows",
                remedy: "name the sheet that holds the data")
        }
        var result: [Column] = []
        var blocking: [DataCell] = []
        var blockingTotal = 0
        for (position, name) in header.names.enumerated() {
            let column = columns[position]
            if header.nameless.contains(position) {
                guard column.numberCount == 0, column.texts.isEmpty, column.reasons.isEmpty else {
                    throw .malformed(
                        file: file, place: FilePlace(line: header.line, column: firstColumn + position + 1),
                        fault: .emptyName, problem: "the column has data but no name",
                        remedy: "name it in the first row")
                }
                continue
            }
            var numbers = column.numbers
            numbers += [Double](repeating: .nan, count: rowCount - numbers.count)
            if column.errorCount > 0 {
                remarks.append("\(name): \(column.errorCount) cells with an Excel error were taken as missing.")
            }
            let texts = column.texts.map { (row: $0.row, text: $0.text, number: decimalNumber($0.text)) }
            let blockers = texts.filter { $0.number == nil }
            if blockers.isEmpty {
                for entry in texts { if let number = entry.number { numbers[entry.row] = number } }
                if !texts.isEmpty {
                    remarks.append("\(name): \(texts.count) numbers stored as text were taken as numbers.")
                }
                result.append(Column(name: name, numbers: numbers, reasons: column.reasons))
                continue
            }
            var all: [String?] = numbers.map { $0.isNaN ? nil : shortest($0) }
            for entry in texts { all[entry.row] = entry.text }
            result.append(Column(name: name, texts: all, reasons: column.reasons))
            let numeric = column.numberCount + texts.count - blockers.count
            if numeric > blockers.count {
                blockingTotal += blockers.count
                blocking += blockers.prefix(100).map { DataCell(row: $0.row + 1, column: name, content: $0.text) }
                remarks.append(
                    "\(name) became a text variable because \(blockers.count) of its "
                        + "\(numeric + blockers.count) values are not numbers.")
            }
        }
        if skippedRows > 0 {
            remarks.append("\(skippedRows) empty row\(skippedRows == 1 ? " was" : "s were") skipped.")
        }
        let dataset = try Dataset(columns: result, source: file)
        let report = ImportReport(
            file: file, format: .xlsx, sheet: sheet, rowCount: rowCount, columnCount: result.count,
            blockingCells: blocking, blockingCellCount: blockingTotal, remarks: remarks)
        return ImportedDataset(dataset: dataset, report: report)
    }

    private func damaged(_ line: Int, _ problem: String) -> DatasetError {
        .malformed(
            file: file, place: FilePlace(line: line), fault: .damaged, problem: "the sheet is damaged: \(problem)",
            remedy: "open it in Excel and save it again")
    }

    /// The column (from zero) of a cell reference such as `BC12`.
    private static func column(_ reference: UnsafeBufferPointer<UInt8>) -> Int? {
        var column = 0
        var i = 0
        while i < reference.count, i < 4, reference[i] >= 65, reference[i] <= 90 {
            column = column * 26 + Int(reference[i]) - 64
            i += 1
        }
        return i > 0 ? column - 1 : nil
    }

    /// The letters of a column (from zero).
    private static func letters(_ column: Int) -> String {
        var rest = column + 1
        var result: [UInt8] = []
        while rest > 0 {
            result.insert(65 + UInt8((rest - 1) % 26), at: 0)
            rest = (rest - 1) / 26
        }
        return String(decoding: result, as: UTF8.self)
    }
}
