/// Reads the configurations and figures of a table, in columns or in rows.
struct SolutionReader {
    let table: PastedTable
    let configurationsAreColumns: Bool
    let labels: [SolutionMeasure: String]
    let symbols: [String: [String]]
    /// Rows (or columns) that hold a figure.
    private let places: [SolutionMeasure: Int]

    init(_ table: PastedTable) {
        self.table = table
        let stubs = table.text.rows.map { $0.cells.first ?? "" }
        let inColumns = Self.places(of: Array(table.text.columns.dropFirst()), table).mapValues { $0 + 1 }
        let measured = stubs.indices.map { row in
            table.text.rows[row].cells.dropFirst().contains { $0.contains(".") || $0.contains("%") }
        }
        let inRows = Self.places(of: stubs.indices.map { measured[$0] ? stubs[$0] : "" }, table)
        let heads = inColumns.filter { !$0.key.isOfSolution && $0.key != .cases }
        configurationsAreColumns = heads.count < inRows.filter { !$0.key.isOfSolution }.count
        if configurationsAreColumns {
            let cases = stubs.firstIndex { SolutionMeasure(label: $0) == .cases }
            places = inRows.merging(cases.map { [.cases: $0] } ?? [:]) { first, _ in first }
            labels = places.mapValues { stubs[$0] }
            let taken = places.values
            let rows = stubs.indices.filter { !measured[$0] && !taken.contains($0) }
            var symbols: [String: [String]] = [:]
            for (column, name) in table.text.columns.enumerated().dropFirst() {
                symbols[name] = rows.map { table.text.rows[$0].cells[column] }
            }
            self.symbols = symbols
        } else {
            places = inColumns
            labels = inColumns.mapValues { table.text.columns[$0] }
            symbols = [:]
        }
    }

    /// Where each figure stands among some labels: first those that the file names, then those that say what they are.
    private static func places(of labels: [String], _ table: PastedTable) -> [SolutionMeasure: Int] {
        var places: [SolutionMeasure: Int] = [:]
        let named = table.columnHeads.mapValues(simplified)
        for measure in SolutionMeasure.allCases {
            guard let name = named.first(where: { simplified($0.key) == simplified(measure.name) })?.value else {
                continue
            }
            places[measure] = labels.firstIndex { simplified($0) == name }
        }
        for (index, label) in labels.enumerated() where !named.values.contains(simplified(label)) {
            guard let measure = SolutionMeasure(label: label), places[measure] == nil else { continue }
            places[measure] = index
        }
        return places
    }

    /// The solutions with their figures.
    func solutions() throws(AuditFault) -> [SolutionFigures] {
        configurationsAreColumns ? try fromColumns() : try fromRows()
    }

    // MARK: Configurations in columns

    private func fromColumns() throws(AuditFault) -> [SolutionFigures] {
        let heads = table.text.columns
        let others = table.text.rows.indices.filter { row in
            !places.values.contains(row)
                && !table.text.rows[row].cells.dropFirst().contains { $0.contains(".") || $0.contains("%") }
        }
        let conditions = others.filter {
            table.text.rows[$0].cells.dropFirst().allSatisfy { ConditionSymbol($0) != nil }
        }
        var terms: [SolutionFigures.Term] = []
        for column in heads.indices.dropFirst() {
            var term = SolutionFigures.Term(name: heads[column])
            for (measure, row) in places where !measure.isOfSolution {
                term.figures[measure] = try figure(measure, row, column)
            }
            var literals: Set<String> = []
            for row in conditions {
                let cells = table.text.rows[row].cells
                if let sign = ConditionSymbol(cells[column])?.sign { literals.insert(sign + simplified(cells[0])) }
            }
            // A row that cannot be read may hold the condition that tells two configurations apart.
            if !literals.isEmpty, conditions.count == others.count { term.literals = literals }
            terms.append(term)
        }
        var groups: [[Int]]
        if let stated = try groupsStated(terms.map(\.name)) {
            groups = stated
        } else {
            groups = try groupsFromCells()
        }
        groups = groups.map { $0.filter { !terms[$0].figures.isEmpty } }.filter { !$0.isEmpty }
        var solutions: [SolutionFigures] = []
        for (number, group) in groups.enumerated() {
            var solution = SolutionFigures(
                name: groups.count > 1 ? "solution \(number + 1)" : "", terms: group.map { terms[$0] })
            for (measure, row) in places where measure.isOfSolution {
                for column in group where solution.figures[measure] == nil {
                    solution.figures[measure] = try figure(measure, row, column + 1)
                }
            }
            solutions.append(solution)
        }
        return try withOptions(solutions)
    }

    /// A figure of a row; percentages where the label, or every figure of the row, says so.
    private func figure(_ measure: SolutionMeasure, _ row: Int, _ column: Int) throws(AuditFault) -> PrintedNumber? {
        let line = table.text.rows[row]
        guard let number = try table.number(line, column) else { return nil }
        guard measure != .cases else { return number }
        return isPercentage(line.cells[0], line.cells.dropFirst().map { $0 }) ? number.asPercentage : number
    }

    private func isPercentage(_ label: String, _ cells: [String]) -> Bool {
        if label.contains("%") || label.contains("％") { return true }
        let values = cells.compactMap { try? PrintedCell($0).figure?.value }
        return !values.isEmpty && values.allSatisfy { $0 > 1 && $0 <= 100 }
    }

    private func groupsStated(_ names: [String]) throws(AuditFault) -> [[Int]]? {
        guard let option = table.options["solutions"] else { return nil }
        var groups: [[Int]] = []
        for part in option.text.split(separator: ";") {
            var group: [Int] = []
            for name in part.split(separator: ",") {
                guard let place = names.firstIndex(where: { simplified($0) == simplified(name) }) else {
                    throw .option(
                        table.name, line: option.line, option: "solutions",
                        "`\(trimmed(name))` is none of the configurations \(names.map { "`\($0)`" }.joined(separator: ", "))"
                    )
                }
                group.append(place)
            }
            groups.append(group)
        }
        return groups
    }

    /// One solution where each of its rows holds one figure (or the same one repeated); otherwise a solution from each figure to the next.
    private func groupsFromCells() throws(AuditFault) -> [[Int]] {
        let columns = table.text.columns.indices.dropFirst()
        let rows = places.filter { $0.key.isOfSolution }.values.sorted()
        let texts = columns.map { column in rows.map { trimmed(table.text.rows[$0].cells[column]) } }
        let isFilled = texts.map { $0.contains { $0.contains { "0123456789".contains($0) } } }
        if isFilled.count(where: { $0 }) <= 1 { return [Array(texts.indices)] }
        var groups: [[Int]] = []
        for index in texts.indices {
            let begins = isFilled[index] && (index == 0 || texts[index] != texts[index - 1])
            if begins {
                groups.append([index])
            } else if groups.isEmpty {
                throw .content(
                    table.name, line: table.text.rows[rows[0]].line,
                    "it has several solutions, and the first configuration has no solution figure; say which configurations form a "
                        + "solution with `solutions: \"A, B; C, D\"`")
            } else {
                groups[groups.count - 1].append(index)
            }
        }
        return groups
    }

    // MARK: Configurations in rows

    private func fromRows() throws(AuditFault) -> [SolutionFigures] {
        var solution = SolutionFigures(terms: [])
        for row in table.text.rows {
            let name = row.cells.first ?? ""
            if let measure = SolutionMeasure(label: name), measure.isOfSolution {
                for column in row.cells.indices.dropFirst() where solution.figures[measure] == nil {
                    solution.figures[measure] = try table.number(row, column)
                }
                continue
            }
            var figures: [SolutionMeasure: PrintedNumber] = [:]
            for (measure, column) in places {
                guard let number = try table.number(row, column) else { continue }
                let cells = table.text.rows.map { $0.cells[column] }
                figures[measure] =
                    measure != .cases && isPercentage(table.text.columns[column], cells) ? number.asPercentage : number
            }
            if figures.isEmpty { continue }
            if Self.isWhole(name) {
                solution.figures[.solutionConsistency] = figures[.consistency]
                solution.figures[.solutionCoverage] = figures[.rawCoverage]
                solution.figures[.solutionPRI] = figures[.pri]
            } else {
                solution.terms.append(
                    SolutionFigures.Term(name: name, figures: figures, literals: ConditionSymbol.literals(of: name)))
            }
        }
        guard !solution.terms.isEmpty else { throw .emptyTable(table.name, line: table.line) }
        guard let groups = try groupsStated(solution.terms.map(\.name)) else { return try withOptions([solution]) }
        return groups.enumerated().map { number, group in
            SolutionFigures(name: "solution \(number + 1)", terms: group.map { solution.terms[$0] })
        }
    }

    /// Whether a row holds the solution as a whole: `M1` as the R package QCA prints it, `Solution`, `Total`.
    private static func isWhole(_ name: String) -> Bool {
        let text = simplified(name)
        if ["solution", "total", "overall", "model", "overallsolution", "totalsolution", "m"].contains(text) {
            return true
        }
        return text.first == "m" && !text.dropFirst().isEmpty
            && text.dropFirst().allSatisfy { "0123456789".contains($0) }
    }

    private func withOptions(_ solutions: [SolutionFigures]) throws(AuditFault) -> [SolutionFigures] {
        guard solutions.count == 1, var solution = solutions.first else { return solutions }
        for measure in SolutionMeasure.allCases where measure.isOfSolution && solution.figures[measure] == nil {
            solution.figures[measure] = try table.number(option: measure.name)
        }
        return [solution]
    }
}
