/// The unit (person, group or combination of identifiers) to which each row belongs.
struct RowUnits: Sendable {
    /// For each row its unit, counted from zero in the order of appearance; −1 where an identifier is missing.
    var unitOfRow: [Int]
    /// The first row of each unit.
    var firstRow: [Int]
    /// The columns whose values identify a unit.
    let identifiers: [Column]

    /// The number of units.
    var count: Int { firstRow.count }

    /// Finds the units of a dataset by the values of the named variables.
    init(_ dataset: Dataset, by names: [String]) throws(DatasetError) {
        guard !names.isEmpty else {
            throw .structure(.request(problem: "no variable is named that identifies the units; name one"))
        }
        var columns: [Column] = []
        for name in names { columns.append(try dataset.column(name)) }
        self.init(columns)
    }

    init(_ columns: [Column]) {
        identifiers = columns
        let rows = columns.first?.count ?? 0
        var units = [Int](repeating: 0, count: rows)
        var first: [Int] = rows == 0 ? [] : [0]
        for (position, column) in columns.enumerated() {
            let codes = Self.codes(of: column)
            let codeCount = (codes.max() ?? -1) + 1
            var numbering = PairNumbering(units: first.count, codes: codeCount, rows: rows)
            first = []
            for row in 0..<rows {
                let code = codes[row]
                guard units[row] >= 0, code >= 0 else {
                    units[row] = -1
                    continue
                }
                // The codes of one column are numbered in the order of appearance already.
                let unit = position == 0 ? code : numbering.number(units[row], code)
                if unit == first.count { first.append(row) }
                units[row] = unit
            }
        }
        unitOfRow = units
        firstRow = first
    }

    /// Numbers pairs of a unit and a code in the order in which they are asked for: by a table where that is not much
    /// larger than the data, by a dictionary otherwise.
    private struct PairNumbering {
        struct Pair: Hashable {
            var unit: Int
            var code: Int
        }

        let codes: Int
        var table: [Int32] = []
        var dictionary: [Pair: Int] = [:]
        var count = 0

        init(units: Int, codes: Int, rows: Int) {
            self.codes = codes
            let (size, overflow) = units.multipliedReportingOverflow(by: codes)
            if !overflow, size <= 4 * rows + 1024, rows < Int(Int32.max) { table = [Int32](repeating: -1, count: size) }
        }

        mutating func number(_ unit: Int, _ code: Int) -> Int {
            if !table.isEmpty {
                let known = Int(table[unit * codes + code])
                if known >= 0 { return known }
                table[unit * codes + code] = Int32(count)
            } else if let known = dictionary.updateValue(count, forKey: Pair(unit: unit, code: code)) {
                dictionary[Pair(unit: unit, code: code)] = known
                return known
            }
            count += 1
            return count - 1
        }
    }

    /// A number for each distinct value of a column in the order of appearance, −1 where it is missing.
    private static func codes(of column: Column) -> [Int] {
        switch column.values {
        case .numeric(let numbers, _):
            var codes: [UInt64: Int] = [:]
            var last: (bits: UInt64, code: Int)?
            return numbers.map { number in
                if number.isNaN { return -1 }
                // Adding zero makes −0 and 0 the same.
                let bits = (number + 0).bitPattern
                if let last, last.bits == bits { return last.code }
                let code = codes[bits] ?? codes.count
                if code == codes.count { codes[bits] = code }
                last = (bits, code)
                return code
            }
        case .text(let texts, _):
            var codes: [String: Int] = [:]
            return texts.map { text in
                guard let text else { return -1 }
                let code = codes[text] ?? codes.count
                if code == codes.count { codes[text] = code }
                return code
            }
        }
    }

    /// The unit to which `row` belongs in words, for example `firm 3, leader 17`.
    func name(ofRow row: Int) -> String {
        identifiers.map { "\($0.name) \($0.content(at: row))" }.joined(separator: ", ")
    }

    /// The unit in words.
    func name(_ unit: Int) -> String { name(ofRow: firstRow[unit]) }

    /// The unit's identifiers without the names of the variables, for the rows of a table.
    func value(_ unit: Int) -> String {
        identifiers.map { $0.content(at: firstRow[unit]) }.joined(separator: "/")
    }

    /// The rows of each unit, in the order of the data.
    func rows() -> [[Int]] {
        var rows = [[Int]](repeating: [], count: count)
        for (row, unit) in unitOfRow.enumerated() where unit >= 0 { rows[unit].append(row) }
        return rows
    }

    /// Fails with the first row that has no identifier.
    func requireIdentifiers() throws(DatasetError) {
        guard let row = unitOfRow.firstIndex(of: -1) else { return }
        let column = identifiers.first { $0.isMissing(at: row) }
        let others = unitOfRow.reduce(-1) { $0 + ($1 < 0 ? 1 : 0) }
        throw .structure(.missingIdentifier(variable: column?.name ?? "", row: row + 1, others: others))
    }

    /// Fails with the first unit that has more than one row.
    func requireUnique() throws(DatasetError) {
        var repeated: (unit: Int, rows: [Int])?
        var others = Set<Int>()
        for (row, unit) in unitOfRow.enumerated() where unit >= 0 && firstRow[unit] != row {
            if let first = repeated?.unit {
                if first == unit { repeated?.rows.append(row + 1) } else { others.insert(unit) }
            } else {
                repeated = (unit, [firstRow[unit] + 1, row + 1])
            }
        }
        if let repeated {
            throw .structure(.duplicateUnit(unit: name(repeated.unit), rows: repeated.rows, others: others.count))
        }
    }
}

extension Column {
    /// Whether two cells hold the same value, missing cells being the same.
    func isSame(_ a: Int, _ b: Int) -> Bool {
        switch values {
        case .numeric(let numbers, _): numbers[a] == numbers[b] || (numbers[a].isNaN && numbers[b].isNaN)
        case .text(let texts, _): texts[a] == texts[b]
        }
    }

    /// For each unit the first row with a value, or nil, and the units in which a second value occurs with its row.
    func constancy(within units: RowUnits) -> (value: [Int?], conflicts: [(unit: Int, rows: (Int, Int))]) {
        var first = [Int?](repeating: nil, count: units.count)
        var conflicting = [Bool](repeating: false, count: units.count)
        var conflicts: [(unit: Int, rows: (Int, Int))] = []
        for (row, unit) in units.unitOfRow.enumerated() where unit >= 0 && !isMissing(at: row) {
            guard let known = first[unit] else {
                first[unit] = row
                continue
            }
            if !conflicting[unit], !isSame(known, row) {
                conflicting[unit] = true
                conflicts.append((unit, (known, row)))
            }
        }
        return (first, conflicts)
    }

    /// The fault of a column that is not constant within units, or nil if it is.
    func variation(within units: RowUnits, level: Int?) -> StructureFault? {
        let conflicts = constancy(within: units).conflicts
        guard let conflict = conflicts.first else { return nil }
        let cells = [conflict.rows.0, conflict.rows.1].map {
            DataCell(row: $0 + 1, column: name, content: content(at: $0))
        }
        return .variesWithinUnit(
            variable: name, level: level, cells: cells, unit: units.name(conflict.unit), others: conflicts.count - 1)
    }
}

extension Dataset {
    /// The column of a variable, if it holds numbers.
    func numericColumn(_ name: String) throws(DatasetError) -> Column {
        let column = try column(name)
        guard column.isNumeric else { throw column.textError }
        return column
    }

    /// Fails if a variable of this name exists.
    func requireFree(_ name: String, purpose: String) throws(DatasetError) {
        if contains(name) { throw .structure(.nameTaken(name: name, purpose: purpose)) }
    }
}
