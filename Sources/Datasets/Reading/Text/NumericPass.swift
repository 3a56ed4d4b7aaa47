/// The fields of a text file read as numbers, and an account of those that are none.
struct NumericPass {
    /// The most cells that a dataset may have: a gigabyte of numbers.
    static let maximumCells = 1 << 27
    private static let blockRows = 256
    private static let listedCells = 100

    /// The numbers, NaN where a field is missing or none.
    private(set) var columns: [[Double]]
    private(set) var rowCount = 0
    /// The reasons of missing fields other than empty ones, by column and row.
    private(set) var reasons: [Int: [Int: MissingReason]] = [:]
    /// For each column, how many fields are numbers.
    private(set) var numberCounts: [Int]
    /// For each column, how many fields are neither numbers nor missing.
    private(set) var textCounts: [Int]
    /// The first of these.
    private(set) var textCells: [[(row: Int, line: Int, content: String)]]
    /// The number of blank lines before the last row.
    var blankLines = 0
    /// The number of rows without a value.
    private(set) var emptyRows = 0
    /// Whether a number with a decimal mark was read.
    var sawMark = false

    // The current rows, column by column: appending whole blocks to the columns is kinder to the cache.
    private var block: [Double]
    private var blockRow = 0
    private var valuesInRow = 0

    init(columnCount: Int) {
        columns = [[Double]](repeating: [], count: columnCount)
        numberCounts = [Int](repeating: 0, count: columnCount)
        textCounts = numberCounts
        textCells = [[(row: Int, line: Int, content: String)]](repeating: [], count: columnCount)
        block = [Double](repeating: .nan, count: columnCount * Self.blockRows)
    }

    /// Puts a number, which must not be NaN.
    @inline(__always)
    mutating func put(_ value: Double, column: Int) {
        block[column &* Self.blockRows &+ blockRow] = value
        valuesInRow &+= 1
    }

    mutating func putMissing(_ reason: MissingReason, column: Int) {
        block[column * Self.blockRows + blockRow] = .nan
        if reason != .system { reasons[column, default: [:]][rowCount] = reason }
    }

    mutating func putText(_ scanner: FieldScanner, line: Int, column: Int) {
        block[column * Self.blockRows + blockRow] = .nan
        textCounts[column] += 1
        valuesInRow += 1
        if textCells[column].count < Self.listedCells {
            textCells[column].append((rowCount + 1, line, scanner.text))
        }
    }

    mutating func endRow(file: String) throws(DatasetError) {
        if valuesInRow == 0 { emptyRows += 1 }
        valuesInRow = 0
        rowCount += 1
        blockRow += 1
        if blockRow == Self.blockRows {
            flush()
            guard rowCount <= Self.maximumCells / max(columns.count, 1) else {
                throw .tooManyCells(file: file, limit: Self.maximumCells)
            }
        }
    }

    mutating func endBlankRow(file: String) throws(DatasetError) {
        for column in columns.indices { putMissing(.system, column: column) }
        try endRow(file: file)
    }

    /// Moves the rows of the block to the columns.
    mutating func flush() {
        guard blockRow > 0 else { return }
        for column in columns.indices {
            let start = column * Self.blockRows
            let rows = block[start..<(start + blockRow)]
            columns[column].append(contentsOf: rows)
            for value in rows where !value.isNaN { numberCounts[column] += 1 }
        }
        blockRow = 0
    }

    /// Whether no number has a decimal point and some fields that are none would be numbers with a decimal comma.
    /// `1,234` may be a thousand in a tab-separated file, so there some other number must settle it.
    func looksLikeDecimalComma(_ delimiter: DelimitedText.Delimiter) -> Bool {
        guard !sawMark else { return false }
        for cells in textCells {
            for cell in cells {
                let parts = cell.content.split(separator: ",", omittingEmptySubsequences: false)
                guard parts.count == 2, decimalNumber(String(parts[0] + "." + parts[1])) != nil else { continue }
                let mayBeThousands = parts[1].count == 3 && parts[0] != "0" && parts[0] != "-0"
                if delimiter == .semicolon || !mayBeThousands { return true }
            }
        }
        return false
    }
}
