/// What was found out, decided and left out when a data file was read.
public struct ImportReport: Sendable, Hashable, Codable {
    /// The name of the file, without its directory.
    public var file: String
    /// Its format.
    public var format: FileFormat
    /// The character encoding of its text, as found or as told.
    public var encoding: String
    /// The delimiter of a text file.
    public var delimiter: DelimitedText.Delimiter?
    /// The decimal mark of a text file.
    public var decimalMark: DelimitedText.DecimalMark?
    /// The sheet of a workbook that was read.
    public var sheet: String?
    /// The number of data rows.
    public var rowCount: Int
    /// The number of columns.
    public var columnCount: Int
    /// The cells that kept a mostly numeric column from being numeric: at most 100 for each column.
    public var blockingCells: [DataCell]
    /// The number of such cells.
    public var blockingCellCount: Int
    /// Everything else a researcher should know: what was guessed, skipped or converted.
    public var remarks: [String]

    /// Creates a report.
    public init(
        file: String, format: FileFormat, encoding: String = "UTF-8", delimiter: DelimitedText.Delimiter? = nil,
        decimalMark: DelimitedText.DecimalMark? = nil, sheet: String? = nil, rowCount: Int = 0, columnCount: Int = 0,
        blockingCells: [DataCell] = [], blockingCellCount: Int = 0, remarks: [String] = []
    ) {
        self.file = file
        self.format = format
        self.encoding = encoding
        self.delimiter = delimiter
        self.decimalMark = decimalMark
        self.sheet = sheet
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.blockingCells = blockingCells
        self.blockingCellCount = blockingCellCount
        self.remarks = remarks
    }
}

/// A dataset and the account of how it was read.
public struct ImportedDataset: Sendable, Equatable {
    /// The data.
    public var dataset: Dataset
    /// The account.
    public var report: ImportReport

    /// Creates a pair of dataset and report.
    public init(dataset: Dataset, report: ImportReport) {
        self.dataset = dataset
        self.report = report
    }
}
