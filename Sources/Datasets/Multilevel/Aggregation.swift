/// A statistic of the rows of a unit.
public enum AggregateFunction: String, Sendable, Hashable, Codable, CaseIterable {
    /// The arithmetic mean.
    case mean
    /// The standard deviation with n − 1; missing for fewer than two values.
    case standardDeviation = "sd"
    /// The number of values.
    case count = "n"
    /// The sum; missing for a unit without values.
    case sum
    /// The least value.
    case minimum = "min"
    /// The greatest value.
    case maximum = "max"
    /// The median, the mean of the middle two for an even number of values.
    case median
    /// The first value in the order of the rows.
    case first

    /// The function in words, for the label of a column.
    var words: String {
        switch self {
        case .mean: "mean"
        case .standardDeviation: "standard deviation"
        case .count: "number of values"
        case .sum: "sum"
        case .minimum: "minimum"
        case .maximum: "maximum"
        case .median: "median"
        case .first: "first value"
        }
    }

    /// The statistic of the values present in a unit, NaN where it does not exist.
    func value(_ values: [Double]) -> Double {
        let n = Double(values.count)
        if self == .count { return n }
        guard let first = values.first else { return .nan }
        switch self {
        case .mean: return sampleMean(values)
        case .standardDeviation: return sampleDeviation(values)
        case .count: return n
        case .sum: return values.reduce(0, +)
        case .minimum: return values.reduce(first, min)
        case .maximum: return values.reduce(first, max)
        case .median:
            let sorted = values.sorted()
            let middle = sorted.count / 2
            return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
        case .first: return first
        }
    }
}

/// The mean, NaN for no values. The second pass takes back the rounding of the first, so that equal values have exactly
/// themselves as their mean, and no deviation.
func sampleMean(_ values: [Double]) -> Double {
    guard let first = values.first else { return .nan }
    if values.allSatisfy({ $0 == first }) { return first }
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    return mean + values.reduce(0) { $0 + ($1 - mean) } / n
}

/// The standard deviation with n − 1, NaN for fewer than two values.
func sampleDeviation(_ values: [Double]) -> Double {
    guard values.count > 1 else { return .nan }
    let mean = sampleMean(values)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
}

/// What a unit's statistic does about missing cells.
public enum UnitMissingRule: Sendable, Hashable, Codable {
    /// The statistic of the values that are there; missing if there is none.
    case available
    /// Missing if a cell is missing.
    case complete
    /// Missing if there are fewer values than this.
    case atLeast(Int)

    func permits(present: Int, rows: Int) -> Bool {
        switch self {
        case .available: true
        case .complete: present == rows
        case .atLeast(let least): present >= least
        }
    }
}

/// One variable to be aggregated, by which function, and the name of the result.
public struct Aggregate: Sendable, Hashable, Codable {
    /// The function.
    public var function: AggregateFunction
    /// The variable.
    public var variable: String
    /// The name of the new variable.
    public var name: String

    /// Creates a request; without a name the result is named after both, for example `M.mean`.
    public init(_ function: AggregateFunction, of variable: String, as name: String? = nil) {
        self.function = function
        self.variable = variable
        self.name = name ?? "\(variable).\(function.rawValue)"
    }
}

extension Dataset {
    /// A dataset with a row for each unit, in the order in which the units first appear: the identifiers, the variables
    /// carried along, and the aggregates. Rows without an identifier belong to no unit.
    ///
    /// - Parameters:
    ///   - aggregates: what to compute.
    ///   - groups: the variables that identify the units.
    ///   - carried: variables that are constant within the units and are kept.
    ///   - missing: what to do about missing cells.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/textColumn(name:row:content:)``;
    ///   ``DatasetError/duplicateColumn(name:)``; ``DatasetError/structure(_:)`` if a variable carried along varies
    ///   within a unit.
    public func aggregated(
        _ aggregates: [Aggregate], by groups: [String], carrying carried: [String] = [],
        missing: UnitMissingRule = .available
    ) throws(DatasetError) -> Dataset {
        let units = try RowUnits(self, by: groups)
        var columns = units.identifiers.map { $0.selectingRows(units.firstRow) }
        for name in carried where !groups.contains(name) {
            let column = try column(name)
            if let fault = column.variation(within: units, level: nil) { throw .structure(fault) }
            columns.append(column.selectingRows(column.constancy(within: units).value))
        }
        let rows = units.rows()
        for aggregate in aggregates {
            columns.append(try self.column(of: aggregate, groups: groups, rows: rows, missing: missing))
        }
        return try Dataset(columns: columns, source: source, label: label, notes: notes)
    }

    /// The dataset with aggregates as new variables that repeat a unit's figure in each of its rows; rows without an
    /// identifier are missing in them.
    ///
    /// - Parameters: as in ``aggregated(_:by:carrying:missing:)``.
    /// - Throws: as there; ``DatasetError/structure(_:)`` if there is a variable of a new name already.
    public func addingAggregates(
        _ aggregates: [Aggregate], by groups: [String], missing: UnitMissingRule = .available
    ) throws(DatasetError) -> Dataset {
        let units = try RowUnits(self, by: groups)
        let rows = units.rows()
        var new: [Column] = []
        for aggregate in aggregates {
            try requireFree(aggregate.name, purpose: "the \(aggregate.function.words) of \(aggregate.variable)")
            let column = try column(of: aggregate, groups: groups, rows: rows, missing: missing)
            new.append(column.selectingRows(units.unitOfRow.map { $0 < 0 ? nil : $0 }))
        }
        return try setting(new)
    }

    /// The dataset with variables of a table of units, each row getting those of its unit: a level-2 file joined to its
    /// level-1 file.
    ///
    /// - Parameters:
    ///   - table: a row for each unit; it may have units that do not occur here.
    ///   - groups: the variables, in both, that identify the units.
    ///   - names: the variables to take; nil takes all but the identifiers.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/structure(_:)`` if a unit has two rows
    ///   in the table or none, if identifiers are text here and numbers there, or if a name is taken.
    public func addingUnitVariables(
        from table: Dataset, by groups: [String], variables names: [String]? = nil
    ) throws(DatasetError) -> Dataset {
        let units = try RowUnits(self, by: groups)
        let tableUnits = try RowUnits(table, by: groups)
        try tableUnits.requireIdentifiers()
        try tableUnits.requireUnique()
        for (here, there) in zip(units.identifiers, tableUnits.identifiers) where here.isNumeric != there.isNumeric {
            throw .structure(
                .incompatibleColumns(
                    variable: here.name, first: "\(here.name) of the data",
                    second: "\(there.name) of the table of units",
                    problem: "one holds numbers and the other text"))
        }
        var rowOfUnit: [[String]: Int] = [:]
        for row in tableUnits.firstRow {
            rowOfUnit[tableUnits.identifiers.map { $0.content(at: row) }] = row
        }
        var source = [Int?](repeating: nil, count: units.count)
        var unknown: [Int] = []
        for (unit, row) in units.firstRow.enumerated() {
            source[unit] = rowOfUnit[units.identifiers.map { $0.content(at: row) }]
            if source[unit] == nil { unknown.append(unit) }
        }
        if let unit = unknown.first {
            throw .structure(
                .unknownUnit(
                    unit: units.name(unit), row: units.firstRow[unit] + 1,
                    others: units.unitOfRow.reduce(-1) { $0 + ($1 >= 0 && source[$1] == nil ? 1 : 0) }))
        }
        var new: [Column] = []
        for name in names ?? table.names.filter({ !groups.contains($0) }) {
            let column = try table.column(name)
            try requireFree(name, purpose: "a variable of the table of units")
            new.append(column.selectingRows(units.unitOfRow.map { $0 < 0 ? nil : source[$0] }))
        }
        return try setting(new)
    }

    private func column(
        of aggregate: Aggregate, groups: [String], rows: [[Int]], missing: UnitMissingRule
    ) throws(DatasetError) -> Column {
        let column = try column(aggregate.variable)
        let label = "\(aggregate.variable), \(aggregate.function.words) of each \(groups.joined(separator: " and "))"
        if aggregate.function == .first {
            let first = rows.map { rows -> Int? in
                let present = rows.filter { !column.isMissing(at: $0) }
                return missing.permits(present: present.count, rows: rows.count) ? present.first : nil
            }
            var result = column.selectingRows(first)
            result.name = aggregate.name
            result.label = label
            return result
        }
        var values = [Double](repeating: .nan, count: rows.count)
        if aggregate.function == .count {
            for (unit, rows) in rows.enumerated() {
                let present = rows.reduce(0) { $0 + (column.isMissing(at: $1) ? 0 : 1) }
                if missing.permits(present: present, rows: rows.count) { values[unit] = Double(present) }
            }
        } else {
            let numbers = try numericColumn(aggregate.variable).numbers
            for (unit, rows) in rows.enumerated() {
                let present = rows.map { numbers[$0] }.filter { !$0.isNaN }
                if missing.permits(present: present.count, rows: rows.count) {
                    values[unit] = aggregate.function.value(present)
                }
            }
        }
        return Column(name: aggregate.name, numbers: values, label: label, measure: .scale)
    }
}
