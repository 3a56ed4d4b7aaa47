public import SetTheoreticAnalysis

/// The order of the rows of a printed truth table.
public enum TruthTableOrder: Sendable, Hashable, CaseIterable {
    /// By number, the last condition varying fastest.
    case number
    /// Positive rows, contradictions, negative rows, remainders; within them by consistency, then by the number of cases.
    case output
    /// By consistency, highest first.
    case inclusion
    /// By the number of cases, highest first.
    case count

    /// The rows in this order; rows that are equal in it stay in the order of their numbers.
    public func sorted(_ rows: [TruthTable.Row]) -> [TruthTable.Row] {
        func rank(_ output: TruthTable.Output) -> Int {
            switch output {
            case .positive: 0
            case .contradiction: 1
            case .negative: 2
            case .remainder: 3
            }
        }
        func keys(_ row: TruthTable.Row) -> [Double] {
            let inclusion = -(row.inclusion ?? -1), count = -Double(row.count), number = Double(row.number)
            return switch self {
            case .number: [number]
            case .output: [Double(rank(row.output)), inclusion, count, number]
            // Rows with too few cases come last, as they take no part in the analysis.
            case .inclusion: [row.output == .remainder ? 1 : 0, inclusion, count, number]
            case .count: [row.output == .remainder ? 1 : 0, count, inclusion, number]
            }
        }
        return rows.map { (row: $0, keys: keys($0)) }.sorted { $0.keys.lexicographicallyPrecedes($1.keys) }.map(\.row)
    }
}

extension Table {
    /// A truth table: the configurations that cases show, with output, number of cases, consistency, PRI and the cases.
    ///
    /// Cases that contradict their row stand with a dagger: those of a row that are not in the outcome.
    ///
    /// - Parameters:
    ///   - table: The truth table.
    ///   - order: The order of the rows.
    ///   - labels: The words for the outcome and, where they are short, for the conditions.
    ///   - caseLimit: The most cases that a row names.
    ///   - rowLimit: The most rows that are shown; the note says how many there are.
    public static func truthTable(
        _ table: TruthTable, order: TruthTableOrder = .output, labels: VariableLabels = .none, caseLimit: Int = 12,
        rowLimit: Int = 200
    ) -> Table {
        let sorted = order.sorted(table.rows), shown = sorted.prefix(max(1, rowLimit))
        // Labels for some of the conditions and names for the others would puzzle.
        let isShort = table.conditions.names.allSatisfy { (labels[$0] ?? $0).count < 16 }
        let short = isShort ? labels : .none
        var hasMark = false
        let rows = shown.map { row in
            var cells: [Cell] = [.integer(row.number)]
            cells += table.conditions.names.indices.map { condition in
                row.configuration[condition].map { .text(RichText(String($0))) } ?? "-"
            }
            let output = Cell.text(RichText(row.output.rawValue))
            let isContradicted = row.output == .positive && !row.deviantCases.isEmpty
            hasMark = hasMark || isContradicted
            cells += [
                isContradicted ? output.marked("a") : output, .integer(row.count),
                .number(row.inclusion, .bounded(3)), .number(row.pri, .bounded(3)),
                .text(RichText(names(row, in: table, limit: caseLimit))),
            ]
            return Row(cells)
        }
        let outcome = table.outcome.description
        return Table(
            title: "Truth table for \(OutcomeSolution.title(outcome, labels))",
            columns: [Column("Row")]
                + table.conditions.names.map { Column(short.text($0), alignment: .center) }
                + [
                    Column("OUT", alignment: .center), Column("\(emphasis: "n")"), Column("Consistency"), Column("PRI"),
                    Column("Cases"),
                ],
            rows: rows,
            notes: Notes(
                general: notes(table, shown: shown.count),
                specific: hasMark ? [Notes.Specific("a", "A positive row with cases that are not in the outcome.")] : []
            ))
    }

    private static func names(_ row: TruthTable.Row, in table: TruthTable, limit: Int) -> String {
        let deviant = Set(row.deviantCases), cases = table.data.cases
        let names = row.cases.prefix(max(1, limit)).map { position in
            (cases.indices.contains(position) ? cases[position] : "\(position + 1)")
                + (deviant.contains(position) && row.output != .negative ? "†" : "")
        }
        let rest = row.cases.count - max(1, limit)
        return names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    private static func notes(_ table: TruthTable, shown: Int) -> [RichText] {
        var notes: [RichText] = [
            "OUT: 1 positive, 0 negative, C contradiction, ? remainder (too few cases). \(emphasis: "n"): cases with a membership above .5. PRI: proportional reduction in inconsistency."
        ]
        notes.append(RichText(table.options.rowsNote))
        if table.rows.contains(where: { $0.output != .negative && !$0.deviantCases.isEmpty }) {
            notes.append("†: the case is in the row but not in the outcome.")
        }
        if shown < table.rows.count { notes.append("The first \(shown) of \(table.rows.count) rows.") }
        let total = table.conditions.levelCounts.reduce(1.0) { $0 * Double($1) }
        let unseen = total - Double(table.rows.count)
        if unseen > 0 {
            notes.append(
                "Of \(NumberFormat.integer.string(total)) possible configurations \(NumberFormat.integer.string(unseen)) are not shown by any case."
            )
        }
        notes += table.warnings.map { RichText(sentence: $0) }
        return notes
    }
}
