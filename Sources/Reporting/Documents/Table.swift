/// A table in the layout of APA 7 (section 7.8–7.20): number, title, column heads, body, notes.
///
/// Every row has one cell per column; a row that is too short is read as filled up with empty cells, and cells beyond
/// the last column are not shown.
public struct Table: Sendable, Equatable {
    /// Where the content of a column stands.
    public enum Alignment: Sendable, Equatable {
        /// Text columns to the left; columns of numbers on their decimal point.
        case automatic
        /// To the left.
        case leading
        /// In the middle.
        case center
    }

    /// A column.
    public struct Column: Sendable, Equatable {
        /// The column head.
        public var header: RichText
        /// Where its content stands.
        public var alignment: Alignment

        /// Makes a column.
        public init(_ header: RichText, alignment: Alignment = .automatic) {
            self.header = header
            self.alignment = alignment
        }
    }

    /// A heading over several columns.
    public struct Spanner: Sendable, Equatable {
        /// The heading.
        public var title: RichText
        /// The columns below it, counted from zero.
        public var columns: Range<Int>

        /// Makes a spanner.
        public init(_ title: RichText, columns: Range<Int>) {
            self.title = title
            self.columns = columns
        }
    }

    /// A row of the body.
    public struct Row: Sendable, Equatable {
        /// What a row is for.
        public enum Role: Sendable, Equatable {
            /// A row of figures.
            case body
            /// A heading inside the table: its first cell goes across all columns.
            case heading
            /// A row of totals, set off by a thin line above.
            case total
        }

        /// The cells, one per column.
        public var cells: [Cell]
        /// What the row is for.
        public var role: Role
        /// How many steps the first cell is indented.
        public var indentation: Int

        /// Makes a row.
        public init(_ cells: [Cell], role: Role = .body, indentation: Int = 0) {
            self.cells = cells
            self.role = role
            self.indentation = indentation
        }

        /// A heading across the table.
        public static func heading(_ title: RichText) -> Row { Row([.text(title)], role: .heading) }
    }

    /// The notes under a table, in the order of APA 7: general, specific, probability.
    public struct Notes: Sendable, Equatable {
        /// A note that a marked cell or head points to.
        public struct Specific: Sendable, Equatable {
            /// The raised letter.
            public var marker: String
            /// The note.
            public var text: RichText

            /// Makes a specific note.
            public init(_ marker: String, _ text: RichText) {
                self.marker = marker
                self.text = text
            }
        }

        /// On the table as a whole: abbreviations, formulas used, sample.
        public var general: [RichText]
        /// On single cells.
        public var specific: [Specific]
        /// The meaning of stars.
        public var probability: RichText?

        /// Makes the notes.
        public init(general: [RichText] = [], specific: [Specific] = [], probability: RichText? = nil) {
            self.general = general
            self.specific = specific
            self.probability = probability
        }

        /// Whether there is no note at all.
        public var isEmpty: Bool { general.isEmpty && specific.isEmpty && probability == nil }
    }

    /// Its number in the document; `nil` for a table without number.
    public var number: Int?
    /// Its title.
    public var title: RichText
    /// Headings over several columns, the outermost level first. Those of one level must not overlap.
    public var spanners: [[Spanner]]
    /// The columns.
    public var columns: [Column]
    /// The body.
    public var rows: [Row]
    /// The notes.
    public var notes: Notes

    /// Makes a table.
    public init(
        number: Int? = nil, title: RichText, spanners: [[Spanner]] = [], columns: [Column], rows: [Row] = [],
        notes: Notes = Notes()
    ) {
        self.number = number
        self.title = title
        self.spanners = spanners
        self.columns = columns
        self.rows = rows
        self.notes = notes
    }

    /// The cell in a row and a column; empty where the row has none.
    public func cell(row: Int, column: Int) -> Cell {
        guard rows.indices.contains(row), rows[row].cells.indices.contains(column) else { return .empty }
        return rows[row].cells[column]
    }

    /// How many rows the cell takes, itself included: the rows below whose cell in this column is ``Cell/continued``.
    public func rowSpan(row: Int, column: Int) -> Int {
        var span = 1
        while row + span < rows.count, rows[row + span].role == rows[row].role, rows[row].role != .heading,
            cell(row: row + span, column: column).content == .continued
        {
            span += 1
        }
        return span
    }

    /// Whether the cell is covered by one above that reaches down to it.
    public func isCovered(row: Int, column: Int) -> Bool {
        guard rows.indices.contains(row), cell(row: row, column: column).content == .continued else { return false }
        return row > 0 && rows[row - 1].role == rows[row].role && rows[row].role != .heading
    }

    /// Whether errors stand in parentheses below their estimates, as in tables of models side by side.
    var hasStackedErrors: Bool {
        rows.contains { row in
            row.cells.contains { if case .parenthesised = $0.content { true } else { false } }
        }
    }

    /// Whether the column holds numbers, apart from its empty and text cells.
    public func isNumeric(column: Int) -> Bool {
        rows.contains { $0.role != .heading && $0.cells.indices.contains(column) && $0.cells[column].isNumeric }
    }
}
