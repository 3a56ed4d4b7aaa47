/// A sentence of a paper about its figures, in a form that can be checked against them.
public struct TextClaim: Sendable, Hashable {
    /// What is claimed.
    public enum Statement: Sendable, Hashable {
        /// Every figure of a column lies on one side of a bound: "all AVE above .5".
        case all(ColumnReference, Comparison, PrintedNumber)
        /// The figures of a column reach from one to another: "loadings from .48 to .84".
        case range(ColumnReference, from: PrintedNumber, to: PrintedNumber)
        /// A figure of the text follows from others: "a loss rate of 10.92 %" of `(294 - 261) / 294`.
        case equals(PrintedNumber, ArithmeticExpression)
        /// The p value of a row: "EI ← IC is significant (p < .001)".
        case probability(ColumnReference, PrintedNumber)
        /// Every estimate or correlation of a table (or column) differs from zero at a level.
        case significant(ColumnReference, level: PrintedNumber)
        /// A figure of a table is repeated in the text.
        case repeats(ColumnReference, PrintedNumber)
    }

    /// How a figure stands to a bound.
    public enum Comparison: String, Sendable, Hashable, CaseIterable {
        case above, below
        case atLeast = "at least"
        case atMost = "at most"
    }

    /// A column of a table, all of its rows or those that are named.
    public struct ColumnReference: Sendable, Hashable {
        /// The name of the table.
        public var table: String
        /// The name or head of the column; `nil` for the table as a whole.
        public var column: String?
        /// The rows, by what stands in their first cells; empty for all.
        public var rows: [String]

        /// A column.
        public init(table: String, column: String? = nil, rows: [String] = []) {
            self.table = table
            self.column = column
            self.rows = rows
        }
    }

    /// The sentence.
    public var says: String
    /// Where it stands: "text before Table 3".
    public var place: String
    /// What it claims.
    public var statement: Statement
    /// The line of the audit file.
    public var line: Int

    /// A claim.
    public init(says: String, place: String, statement: Statement, line: Int = 1) {
        self.says = says
        self.place = place
        self.statement = statement
        self.line = line
    }
}
