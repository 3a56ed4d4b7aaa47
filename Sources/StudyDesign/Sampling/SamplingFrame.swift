public import Datasets

/// The list from which a sample is drawn: a data file with a row for each unit.
public struct SamplingFrame: Sendable {
    /// The list.
    public let dataset: Dataset
    /// The variable that identifies the rows; nil for none.
    public let identifier: String?

    /// Takes a list.
    ///
    /// - Throws: ``SamplingError`` when the list is empty, or the identifier is missing or repeated.
    public init(_ dataset: Dataset, identifier: String? = nil) throws(SamplingError) {
        guard dataset.rowCount > 0 else { throw .noUnits }
        self.dataset = dataset
        self.identifier = identifier
        guard let identifier else { return }
        var rows: [String: [Int]] = [:], order: [String] = []
        for (row, text) in try column(identifier).texts.enumerated() {
            guard let text else { throw .missingValue(variable: identifier, row: row + 1) }
            if rows[text] == nil { order.append(text) }
            rows[text, default: []].append(row + 1)
        }
        for value in order {
            if let own = rows[value], own.count > 1 {
                throw .repeatedIdentifier(variable: identifier, value: value, rows: own)
            }
        }
    }

    func column(_ name: String) throws(SamplingError) -> Column {
        do throws(DatasetError) { return try dataset.column(name) } catch { throw .data(error) }
    }

    /// The values of a numeric variable.
    func numbers(_ name: String) throws(SamplingError) -> [Double] {
        let column = try column(name)
        guard column.isNumeric else {
            let row = column.texts.firstIndex { $0 != nil && Double($0 ?? "") == nil } ?? 0
            throw .request(
                "data row \(row + 1): \(name) is \"\((column.texts[row] ?? "").prefix(40))\", but a number is needed; correct it, "
                    + "or name another variable")
        }
        return column.numbers
    }

    /// The wording of a variable's values, row by row; a missing value among `rows` is an error.
    func names(_ name: String, rows: [Int]) throws(SamplingError) -> [Int: String] {
        let column = try column(name), texts = column.texts
        var words: [String: String] = [:]
        for entry in column.valueLabels { words[entry.code.description] = entry.label }
        var result: [Int: String] = [:]
        for row in rows {
            guard let text = texts[row] else { throw .missingValue(variable: name, row: row + 1) }
            result[row] = words[text] ?? text
        }
        return result
    }
}

/// A unit of a stage: its name and its rows of the frame.
struct FrameUnit: Sendable {
    var name: String
    var rows: [Int]

    /// The first data row, counted from 1, by which messages name the unit.
    var firstRow: Int { (rows.first ?? 0) + 1 }
}

extension SamplingFrame {
    /// The units of a variable among `rows`, in the order of their first rows; the rows themselves without a variable.
    func units(_ variable: String?, in rows: [Int]) throws(SamplingError) -> [FrameUnit] {
        guard let variable else {
            var names: [Int: String]?
            if let identifier { names = try self.names(identifier, rows: rows) }
            return rows.map { FrameUnit(name: names?[$0] ?? "row \($0 + 1)", rows: [$0]) }
        }
        let names = try names(variable, rows: rows)
        var result: [FrameUnit] = [], positions: [String: Int] = [:]
        for row in rows {
            let name = names[row] ?? ""
            if let position = positions[name] {
                result[position].rows.append(row)
            } else {
                positions[name] = result.count
                result.append(FrameUnit(name: name, rows: [row]))
            }
        }
        return result
    }

    /// The value of a variable for each unit, which must be the same in all its rows.
    func values(_ variable: String, of units: [FrameUnit]) throws(SamplingError) -> [String] {
        let names = try names(variable, rows: units.flatMap(\.rows))
        var result: [String] = []
        for unit in units {
            guard let first = unit.rows.first, let value = names[first] else { throw .noUnits }
            if let other = unit.rows.first(where: { names[$0] != value }) {
                throw .varies(variable: variable, unit: unit.name, rows: [first + 1, other + 1])
            }
            result.append(value)
        }
        return result
    }

    /// The figure of each unit: the variable itself where it is the same in all rows of every unit, else its sum.
    func figures(_ variable: String, of units: [FrameUnit]) throws(SamplingError) -> [Double] {
        let numbers = try numbers(variable)
        for unit in units {
            if let row = unit.rows.first(where: { !numbers[$0].isFinite }) {
                throw .missingValue(variable: variable, row: row + 1)
            }
        }
        let isConstant = units.allSatisfy { unit in
            unit.rows.allSatisfy { numbers[$0] == numbers[unit.rows[0]] }
        }
        return units.map { unit in
            isConstant ? numbers[unit.rows[0]] : unit.rows.reduce(0.0) { $0 + numbers[$1] }
        }
    }
}
