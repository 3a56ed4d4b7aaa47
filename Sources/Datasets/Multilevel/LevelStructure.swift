/// The levels of a multilevel dataset: rows (for example months) within persons within groups.
///
/// Level 1 is the row; level 2 the innermost group, and so on upwards. With the groups `firm` and `leader`, a leader is a
/// unit of level 2 and a firm one of level 3.
public struct LevelStructure: Sendable {
    /// Whether an identifier means the same unit in every higher unit.
    public enum Identifiers: String, Sendable, Hashable, Codable {
        /// Leader 1 is the same person wherever it occurs, so it may occur in one firm only.
        case unique
        /// Leaders are counted anew in each firm: leader 1 of firm 1 is not leader 1 of firm 2.
        case repeatedInHigherUnits
    }

    /// One level: its variable and its units.
    public struct Level: Sendable, Hashable, Codable {
        /// The number of the level; 1 is the row.
        public var number: Int
        /// The variable that identifies its units, or nil for rows without one.
        public var variable: String?
        /// The number of units.
        public var units: Int
        /// How many units of the level below the smallest unit has; nil at level 1.
        public var smallest: Int?
        /// How many units of the level below the largest unit has; nil at level 1.
        public var largest: Int?
        /// How many units of the level below a unit has on average; nil at level 1.
        public var meanSize: Double?
    }

    /// The level at which a variable varies.
    public struct VariableLevel: Sendable, Hashable, Codable {
        /// The variable.
        public var variable: String
        /// The highest level within whose units the variable never changes; 1 if it changes within the units of level 2.
        /// Nil if all its values are the same, or if it has none.
        public var level: Int?
        /// For each level from 2 upwards, the number of units within which it takes more than one value.
        public var varyingUnits: [Int]
        /// The number of missing cells.
        public var missing: Int
    }

    /// The levels from 1 upwards.
    public let levels: [Level]
    /// The grouping variables, from the highest level to level 2.
    public let groups: [String]
    /// The variable that tells the rows of a level-2 unit apart, or nil.
    public let occasion: String?
    /// The units of each level from 2 upwards.
    let units: [RowUnits]

    /// Reads the levels of a dataset and verifies that each is nested in the one above.
    ///
    /// - Parameters:
    ///   - dataset: the data, a row for each unit of level 1.
    ///   - groups: the variables that identify the groups, from the highest level to level 2: `["firm", "leader"]`.
    ///   - occasion: the variable whose values tell the rows of a level-2 unit apart, for example the month.
    ///   - identifiers: whether identifiers repeat between higher units.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/structure(_:)`` if a row lacks an
    ///   identifier, a unit lies in two higher units, or a unit has two rows for an occasion.
    public init(
        _ dataset: Dataset, groups: [String], occasion: String? = nil, identifiers: Identifiers = .unique
    ) throws(DatasetError) {
        guard !groups.isEmpty else {
            throw .structure(.request(problem: "no grouping variable is named; name at least one, for example person"))
        }
        let named = groups + (occasion.map { [$0] } ?? [])
        if let twice = named.indices.first(where: { named[..<$0].contains(named[$0]) }) {
            throw .structure(.request(problem: "\"\(named[twice])\" is named for two levels; name each level once"))
        }
        // From level 2 upwards.
        var units: [RowUnits] = []
        for depth in stride(from: groups.count, to: 0, by: -1) {
            let names = identifiers == .unique ? [groups[depth - 1]] : Array(groups[..<depth])
            let level = try RowUnits(dataset, by: names)
            try level.requireIdentifiers()
            units.append(level)
        }
        for (lower, higher) in zip(units, units.dropFirst()) { try Self.verifyNesting(lower, higher) }
        var rowsOfOccasion: RowUnits?
        if let occasion, let persons = units.first {
            let cells = RowUnits(persons.identifiers + [try dataset.column(occasion)])
            try cells.requireIdentifiers()
            try Self.verifyOccasions(cells, persons: persons, occasion: occasion)
            rowsOfOccasion = cells
        }
        self.units = units
        self.groups = groups
        self.occasion = occasion
        var levels = [Level(number: 1, variable: occasion, units: rowsOfOccasion?.count ?? dataset.rowCount)]
        for (index, level) in units.enumerated() {
            var sizes = [Int](repeating: 0, count: level.count)
            if index == 0 {
                for unit in level.unitOfRow { sizes[unit] += 1 }
            } else {
                for row in units[index - 1].firstRow { sizes[level.unitOfRow[row]] += 1 }
            }
            let total = sizes.reduce(0, +)
            levels.append(
                Level(
                    number: index + 2, variable: groups[groups.count - 1 - index], units: level.count,
                    smallest: sizes.min(), largest: sizes.max(),
                    meanSize: sizes.isEmpty ? nil : Double(total) / Double(sizes.count)))
        }
        self.levels = levels
    }

    /// The level at which each of the named variables varies, in their order.
    ///
    /// Missing cells are passed over: a leader's age that is known in one of five months counts as constant.
    /// - Parameters:
    ///   - names: the variables.
    ///   - dataset: the data from which this structure was read.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/structure(_:)`` if `dataset` has
    ///   another number of rows.
    public func levels(of names: [String], in dataset: Dataset) throws(DatasetError) -> [VariableLevel] {
        try verifyRows(of: dataset)
        var result: [VariableLevel] = []
        for name in names {
            let column = try dataset.column(name)
            let varying = units.map { column.constancy(within: $0).conflicts.count }
            var level: Int? = 1
            for (index, count) in varying.enumerated() where count == 0 { level = index + 2 }
            let present = (0..<column.count).filter { !column.isMissing(at: $0) }
            if present.allSatisfy({ column.isSame(present[0], $0) }) { level = nil }
            result.append(
                VariableLevel(variable: name, level: level, varyingUnits: varying, missing: column.missingCount))
        }
        return result
    }

    /// Verifies that a variable is constant within the units of the level at which it is declared.
    ///
    /// - Parameters:
    ///   - name: the variable.
    ///   - level: the number of its level; level 1 is always right.
    ///   - dataset: the data from which this structure was read.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/structure(_:)`` with the first unit
    ///   within which the variable varies, or if there is no such level.
    public func verify(_ name: String, level: Int, in dataset: Dataset) throws(DatasetError) {
        try verifyRows(of: dataset)
        let column = try dataset.column(name)
        if level == 1 { return }
        guard level >= 1, level - 2 < units.count else {
            throw .structure(
                .request(problem: "\(name) is declared at level \(level), but there are levels 1 to \(units.count + 1)")
            )
        }
        if let fault = column.variation(within: units[level - 2], level: level) { throw .structure(fault) }
    }

    private func verifyRows(of dataset: Dataset) throws(DatasetError) {
        let rows = units.first?.unitOfRow.count ?? 0
        guard dataset.rowCount == rows else {
            throw .structure(
                .request(problem: "the levels were read from \(rows) rows, but the data has \(dataset.rowCount)"))
        }
    }

    private static func verifyNesting(_ lower: RowUnits, _ higher: RowUnits) throws(DatasetError) {
        var parent = [Int](repeating: -1, count: lower.count)
        var first: (unit: Int, rows: [Int], parents: [Int])?
        var others = Set<Int>()
        for (row, unit) in lower.unitOfRow.enumerated() {
            let above = higher.unitOfRow[row]
            if parent[unit] < 0 {
                parent[unit] = above
            } else if parent[unit] != above {
                if first == nil {
                    first = (unit, [lower.firstRow[unit] + 1, row + 1], [parent[unit], above])
                } else if first?.unit != unit {
                    others.insert(unit)
                }
            }
        }
        if let first {
            throw .structure(
                .notNested(
                    unit: lower.name(first.unit), higherUnits: first.parents.map { higher.name($0) }, rows: first.rows,
                    others: others.count))
        }
    }

    /// Fails if a person has two rows for the same occasion.
    static func verifyOccasions(_ cells: RowUnits, persons: RowUnits, occasion: String) throws(DatasetError) {
        do {
            try cells.requireUnique()
        } catch {
            guard case .structure(.duplicateUnit(_, let rows, let others)) = error, let row = rows.first else {
                throw error
            }
            let content = cells.identifiers.last?.content(at: row - 1) ?? ""
            throw .structure(
                .duplicateOccasion(
                    unit: persons.name(ofRow: row - 1), occasion: "\(occasion) \(content)", rows: rows, others: others))
        }
    }
}
