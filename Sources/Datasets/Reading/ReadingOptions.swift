/// How to read a data file. The defaults find everything out from the file.
public struct ReadingOptions: Sendable, Hashable, Codable {
    /// The name of the character encoding, as iconv knows it; nil finds it out.
    public var encoding: String?
    /// What separates the fields of a text file; nil finds out whether it is the comma, the semicolon or the tab.
    public var delimiter: DelimitedText.Delimiter?
    /// The decimal mark of a text file; nil finds it out.
    public var decimalMark: DelimitedText.DecimalMark?
    /// The sheet of a workbook to read; nil takes the first.
    public var sheet: String?
    /// The fields that mean "missing" in a text file or a workbook.
    public var missingStrings: [String]
    /// The largest file that is read, in bytes. A workbook may unpack to four times as much. The default, 256 MiB, is
    /// some fifty times a survey of 100 000 rows and 50 items; more is likely the wrong file.
    public var maximumBytes: Int

    /// The default of ``maximumBytes``.
    public static let defaultMaximumBytes = 256 << 20

    /// Creates options.
    public init(
        encoding: String? = nil, delimiter: DelimitedText.Delimiter? = nil,
        decimalMark: DelimitedText.DecimalMark? = nil, sheet: String? = nil, missingStrings: [String] = ["", "NA"],
        maximumBytes: Int = ReadingOptions.defaultMaximumBytes
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.decimalMark = decimalMark
        self.sheet = sheet
        self.missingStrings = missingStrings
        self.maximumBytes = maximumBytes
    }
}

/// Text whose rows are lines and whose fields are separated by a delimiter (RFC 4180 and its relatives).
public enum DelimitedText {
    /// What separates fields.
    public enum Delimiter: String, Sendable, Hashable, Codable, CaseIterable {
        /// `,`
        case comma
        /// `;`
        case semicolon
        /// The tab character.
        case tab

        /// The delimiter as a byte of UTF-8.
        var byte: UInt8 {
            switch self {
            case .comma: UInt8(ascii: ",")
            case .semicolon: UInt8(ascii: ";")
            case .tab: UInt8(ascii: "\t")
            }
        }
    }

    /// What separates the whole part of a number from its decimals.
    public enum DecimalMark: String, Sendable, Hashable, Codable, CaseIterable {
        /// `.`
        case point
        /// `,`
        case comma

        /// The mark as a byte of UTF-8.
        var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
    }
}
