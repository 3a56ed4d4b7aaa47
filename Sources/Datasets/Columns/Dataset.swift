import LinearAlgebra

/// A table of variables: what was read from a data file, or derived from it.
public struct Dataset: Sendable, Equatable {
    /// The name of the file the data came from, without its directory; empty if they did not come from a file.
    public var source: String
    /// The title that the file gives to the data, or nil.
    public var label: String?
    /// The remarks stored in the file.
    public var notes: [String]
    /// The name of the variable by which the file weights its cases, or nil. Analyses do not weight by themselves.
    public var weightName: String?
    /// The variables, in the order of the file.
    public private(set) var columns: [Column]
    /// The number of rows (cases).
    public let rowCount: Int
    private var positions: [String: Int]

    /// Creates a dataset from columns.
    /// - Throws: ``DatasetError/duplicateColumn(name:)`` if two columns have the same name,
    ///   ``DatasetError/unequalLengths(name:rows:expected:)`` if their lengths differ.
    public init(
        columns: [Column], source: String = "", label: String? = nil, notes: [String] = [], weightName: String? = nil
    ) throws(DatasetError) {
        let rowCount = columns.first?.count ?? 0
        var positions: [String: Int] = [:]
        positions.reserveCapacity(columns.count)
        for (position, column) in columns.enumerated() {
            if column.count != rowCount {
                throw .unequalLengths(name: column.name, rows: column.count, expected: rowCount)
            }
            if positions.updateValue(position, forKey: column.name) != nil {
                throw .duplicateColumn(name: column.name)
            }
        }
        self.columns = columns
        self.rowCount = rowCount
        self.positions = positions
        self.source = source
        self.label = label
        self.notes = notes
        self.weightName = weightName
    }

    /// The names of the variables, in order.
    public var names: [String] { columns.map(\.name) }

    /// Whether there is a variable of this name.
    public func contains(_ name: String) -> Bool { positions[name] != nil }

    /// The variable of this name, or nil.
    public subscript(name: String) -> Column? { positions[name].map { columns[$0] } }

    /// The position (from zero) of the variable of this name, or nil.
    public func position(of name: String) -> Int? { positions[name] }

    /// The variable of this name.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)`` with the nearest names.
    public func column(_ name: String) throws(DatasetError) -> Column {
        guard let position = positions[name] else {
            throw .noSuchColumn(name: name, source: source, nearest: nearestNames(to: name, among: names))
        }
        return columns[position]
    }

    /// The dataset with `column` in place of the one of the same name, or appended if there is none.
    /// - Throws: ``DatasetError/unequalLengths(name:rows:expected:)`` if it has another number of rows.
    public func setting(_ column: Column) throws(DatasetError) -> Dataset {
        try setting([column])
    }

    /// The dataset with `changes` in place of the columns of the same names, or appended where there is none.
    /// - Throws: ``DatasetError/unequalLengths(name:rows:expected:)`` if one has another number of rows.
    public func setting(_ changes: [Column]) throws(DatasetError) -> Dataset {
        var columns = columns
        var positions = positions
        for change in changes {
            if let position = positions[change.name] {
                columns[position] = change
            } else {
                positions[change.name] = columns.count
                columns.append(change)
            }
        }
        return try Dataset(columns: columns, source: source, label: label, notes: notes, weightName: weightName)
    }

    /// The dataset with the named variables only, in the order given.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``, ``DatasetError/duplicateColumn(name:)``.
    public func selecting(_ names: [String]) throws(DatasetError) -> Dataset {
        var chosen: [Column] = []
        for name in names { chosen.append(try column(name)) }
        return try Dataset(columns: chosen, source: source, label: label, notes: notes, weightName: weightName)
    }

    /// The dataset with the given rows (from zero) only, in the order given.
    public func selectingRows(_ rows: [Int]) -> Dataset {
        var result = self
        result = Dataset(result, columns: columns.map { $0.selectingRows(rows) }, rowCount: rows.count)
        return result
    }

    /// The named variables side by side as numbers. A constant variable is not an error here.
    /// - Parameters:
    ///   - names: the variables, in the order of the table's columns; one may be named twice.
    ///   - missing: whether rows with a missing cell are left out or kept with NaN.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``, and
    ///   ``DatasetError/textColumn(name:row:content:)`` with the first cell that is not a number.
    public func numericMatrix(
        _ names: [String], missing: MissingTreatment = .listwise
    ) throws(DatasetError) -> NumericTable {
        var chosen: [[Double]] = []
        chosen.reserveCapacity(names.count)
        for name in names {
            let column = try column(name)
            guard case .numeric(let numbers, _) = column.values else { throw column.textError }
            chosen.append(numbers)
        }
        var rows = Array(0..<rowCount)
        if missing == .listwise {
            var complete = [Bool](repeating: true, count: rowCount)
            for numbers in chosen { for i in 0..<rowCount where numbers[i].isNaN { complete[i] = false } }
            rows = rows.filter { complete[$0] }
        }
        var storage: [Double] = []
        storage.reserveCapacity(rows.count * names.count)
        for numbers in chosen {
            if rows.count == rowCount {
                storage.append(contentsOf: numbers)
            } else {
                for row in rows { storage.append(numbers[row]) }
            }
        }
        let matrix = Matrix(rows: rows.count, columns: names.count, columnMajor: storage)
        return NumericTable(matrix: matrix, names: names, rowIndices: rows)
    }

    private init(_ other: Dataset, columns: [Column], rowCount: Int) {
        self.columns = columns
        self.rowCount = rowCount
        positions = other.positions
        source = other.source
        label = other.label
        notes = other.notes
        weightName = other.weightName
    }
}
