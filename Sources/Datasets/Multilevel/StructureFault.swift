/// Why rows cannot be taken as persons, groups and occasions in the way that was declared. Rows count from 1.
public enum StructureFault: Sendable, Hashable, Codable {
    /// A row has no value of the variable that identifies its person, group or occasion.
    case missingIdentifier(variable: String, row: Int, others: Int)
    /// A unit of the lower level lies in two units of the higher one.
    case notNested(unit: String, higherUnits: [String], rows: [Int], others: Int)
    /// A unit has two rows for the same occasion.
    case duplicateOccasion(unit: String, occasion: String, rows: [Int], others: Int)
    /// Two rows have the same identifiers where each may occur once.
    case duplicateUnit(unit: String, rows: [Int], others: Int)
    /// A variable that was declared constant within the units of a level varies within one.
    case variesWithinUnit(variable: String, level: Int?, cells: [DataCell], unit: String, others: Int)
    /// A repeated variable has no column for an occasion that other variables, or the plan, have.
    case missingRepetition(variable: String, occasion: String, column: String, nearest: [String])
    /// No column carries the name of a repeated variable with an occasion behind it.
    case noRepetitions(variable: String, pattern: String, nearest: [String])
    /// The columns of a repeated variable cannot be one variable.
    case incompatibleColumns(variable: String, first: String, second: String, problem: String)
    /// A column of this name exists already.
    case nameTaken(name: String, purpose: String)
    /// A row's unit does not occur in the table of units.
    case unknownUnit(unit: String, row: Int, others: Int)
    /// A row has an occasion that the plan does not have.
    case occasionOutsidePlan(unit: String, occasion: String, row: Int, planned: [String], others: Int)
    /// A request that cannot be carried out as it stands.
    case request(problem: String)
}

extension StructureFault: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .missingIdentifier(let variable, let row, let others):
            "data row \(row) has no value of \(variable), which says whose row it is" + further(others, "row")
                + "; fill it in or remove the row"
        case .notNested(let unit, let higherUnits, let rows, let others):
            "\(unit) lies in \(alternatives(higherUnits, conjunction: "and")) (data rows \(list(rows)))"
                + further(others, "unit")
                + "; correct the identifier, or declare that identifiers repeat between the higher units"
        case .duplicateOccasion(let unit, let occasion, let rows, let others):
            "\(unit) has more than one row for \(occasion): data rows \(list(rows))" + further(others, "occasion")
                + "; keep one of them, or correct the identifier"
        case .duplicateUnit(let unit, let rows, let others):
            "\(unit) has more than one row: data rows \(list(rows))" + further(others, "unit")
                + "; keep one of them, or correct the identifier"
        case .variesWithinUnit(let variable, let level, let cells, let unit, let others):
            variable + (level.map { " is declared at level \($0) but" } ?? " should be constant but")
                + " varies within \(unit): "
                + cells.map { "data row \($0.row) holds \(shown($0.content))" }.joined(separator: ", ")
                + further(others, "unit")
                + "; correct the cell, or treat \(variable) as a variable that changes within units"
        case .missingRepetition(let variable, let occasion, let column, let nearest):
            "\(variable) has no column \"\(column)\" for occasion \(occasion)"
                + (nearest.isEmpty ? "" : ", but there is \(alternatives(nearest))")
                + "; rename the column, or allow absent columns (their cells are then missing)"
        case .noRepetitions(let variable, let pattern, let nearest):
            "no column is named \(pattern)" + (nearest.isEmpty ? "" : "; did you mean \(alternatives(nearest))")
                + (nearest.isEmpty ? "; check the name \"\(variable)\" and the separator" : "?")
        case .incompatibleColumns(let variable, let first, let second, let problem):
            "\(first) and \(second) cannot both be \(variable): \(problem)"
        case .nameTaken(let name, let purpose):
            "\(purpose) would be named \"\(name)\", but there is such a variable already; choose another name"
        case .unknownUnit(let unit, let row, let others):
            "data row \(row) belongs to \(unit), which the table of units does not have" + further(others, "row")
                + "; add the unit, or leave the row out"
        case .occasionOutsidePlan(let unit, let occasion, let row, let planned, let others):
            "data row \(row), \(unit): \(occasion) is outside the plan, which has \(span(planned))"
                + further(others, "row") + "; correct the occasion, or extend the plan"
        case .request(let problem): problem
        }
    }

    private func list(_ rows: [Int]) -> String {
        rows.prefix(5).map(String.init).joined(separator: ", ") + (rows.count > 5 ? ", …" : "")
    }

    private func shown(_ content: String) -> String { content.isEmpty ? "nothing" : "\"\(excerpt(content))\"" }

    private func further(_ count: Int, _ noun: String) -> String {
        count == 0 ? "" : ", as in \(count) other \(noun)\(count == 1 ? "" : "s")"
    }

    private func span(_ planned: [String]) -> String {
        planned.count <= 8
            ? planned.joined(separator: ", ")
            : "\(planned.prefix(3).joined(separator: ", ")), …, \(planned.suffix(1).joined()) (\(planned.count) in all)"
    }
}
