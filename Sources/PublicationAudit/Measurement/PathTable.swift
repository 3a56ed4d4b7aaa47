/// Paths between variables, unstandardised and standardised.
public struct PathTable: AuditedTable {
    /// The columns and options that it may have.
    public static let kind = TableKind(
        "paths", "paths of a structural model: estimate, SE, C.R., p or stars, standardised estimate",
        columns: [
            TableKind.Column(
                "path",
                heads: ["paths", "hypothesis path", "structural path", "relationship", "relationships", "regression"],
                "the path with an arrow: `EI <-- IC` or `IC → EI`"),
            TableKind.Column(
                "outcome", heads: ["dependent", "dependent variable", "to", "endogenous", "response"],
                "the variable that it ends at, if the two stand in columns of their own"),
            TableKind.Column(
                "predictor", heads: ["independent", "independent variable", "from", "exogenous"],
                "the variable that it starts from"),
            TableKind.Column(
                "standardized",
                heads: [
                    "std", "std.", "β", "beta", "std regression weights", "standardized regression weights",
                    "std. estimate",
                    "standardized estimate", "standardized coefficient", "standardised coefficient",
                    "standardized path coefficient",
                    "path coefficient", "standardized coefficients", "std.all",
                ], "the standardised estimate"),
        ] + CoefficientRow.columns, options: CoefficientRow.options)

    /// A path with its figures.
    public struct Path: Sendable, Hashable {
        /// From where to where, if the row says so.
        public let stated: StatedPath?
        /// The standardised estimate.
        public let standardized: PrintedNumber?
        /// The other figures.
        public let row: CoefficientRow
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    /// The paths, in the order of the table.
    public let paths: [Path]
    let columns: [String: Int], legend: StarLegend?, tails: Int?

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        legend = try table.legendOption()
        tails = try table.tailsOption()
        var columns: [String: Int] = [:]
        for column in Self.kind.columns {
            if let index = try table.column(column.name, of: Self.kind) { columns[column.name] = index }
        }
        if columns["path"] == nil, columns["outcome"] == nil {
            columns["path"] = try table.furtherColumns(of: Self.kind).first { $0 == 0 }
        }
        self.columns = columns
        var paths: [Path] = []
        for row in table.text.rows {
            let outcome = table.string(row, columns["outcome"]), predictor = table.string(row, columns["predictor"])
            let text = table.string(row, columns["path"])
            let stated =
                outcome.isEmpty || predictor.isEmpty
                ? StatedPath(text) : StatedPath(outcome: outcome, predictor: predictor)
            let label = stated?.description ?? (text.isEmpty ? outcome + predictor : text)
            paths.append(
                Path(
                    stated: stated, standardized: try table.number(row, columns["standardized"]),
                    row: try CoefficientRow(table, row, label: label, columns: columns)))
        }
        self.paths = paths
    }
}
