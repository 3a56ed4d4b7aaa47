/// A kind of table that papers print, with the columns and options that it may have: what an audit file may say and what is checked.
public struct TableKind: Sendable, Hashable {
    /// A column that a table may have.
    public struct Column: Sendable, Hashable {
        /// Its name in the `columns:` of an audit file.
        public let name: String
        /// What papers write over it, in lower case; capitals, blanks and punctuation do not count.
        public let heads: [String]
        /// What it holds.
        public let meaning: String
        /// Whether no table of the kind can do without.
        public let isRequired: Bool

        /// A column.
        public init(_ name: String, heads: [String] = [], isRequired: Bool = false, _ meaning: String) {
            self.name = name
            self.heads = heads
            self.meaning = meaning
            self.isRequired = isRequired
        }
    }

    /// Something that an audit file may say about a table besides its cells.
    public struct Option: Sendable, Hashable {
        /// Its key.
        public let name: String
        /// What it says, with its default.
        public let meaning: String

        /// An option.
        public init(_ name: String, _ meaning: String) {
            self.name = name
            self.meaning = meaning
        }
    }

    /// Its name: the value of `kind:`.
    public let name: String
    /// What such a table holds.
    public let summary: String
    /// Its columns; a table whose columns are named by the paper (models, variables) has further ones.
    public let columns: [Column]
    /// Its options.
    public let options: [Option]

    /// A kind of table.
    public init(_ name: String, _ summary: String, columns: [Column], options: [Option] = []) {
        self.name = name
        self.summary = summary
        self.columns = columns
        self.options = options
    }
}

/// A table of a paper, read and ready to be checked.
public protocol AuditedTable: Sendable {
    /// What kind of table it is.
    static var kind: TableKind { get }

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    init(_ table: PastedTable) throws(AuditFault)

    /// Its cells as they were typed.
    var source: PastedTable { get }

    /// Checks its figures, within the table and against what the paper says elsewhere.
    func checks(in paper: Paper) -> [AuditCheck]
}

extension AuditedTable {
    /// What the audit file calls it: `Table 3`.
    public var name: String { source.name }
}

/// A table of any other kind, of which only the text can be checked against its cells.
public struct OtherTable: AuditedTable {
    /// Its name.
    public static let kind = TableKind("other", "any other table; what the text claims of it is checked", columns: [])
    /// Its cells as they were typed.
    public let source: PastedTable

    /// Keeps the cells.
    public init(_ table: PastedTable) { source = table }

    /// Nothing: such a table has no rules of its own.
    public func checks(in paper: Paper) -> [AuditCheck] { [] }
}
