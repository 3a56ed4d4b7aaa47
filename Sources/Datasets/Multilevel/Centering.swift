/// Over what the mean and the standard deviation of a variable are taken.
public enum CenteringReference: Sendable, Hashable, Codable {
    /// All rows: the grand mean.
    case rows
    /// The units, each counting once: for a variable of level 2, the mean over persons and not over their rows.
    case units(of: [String])
    /// The rows of the same unit: the group mean.
    case withinUnits(of: [String])
    /// A given value, for example the midpoint of the response scale.
    case value(Double)

    fileprivate var words: String {
        switch self {
        case .rows: "the mean over all rows"
        case .units(let groups): "the mean over units (\(groups.joined(separator: ", ")))"
        case .withinUnits(let groups): "the mean of each \(groups.joined(separator: " and "))"
        case .value(let value): shortest(value)
        }
    }
}

extension Dataset {
    /// The dataset with a variable's deviations from a mean as a new variable.
    ///
    /// Grand-mean centring takes ``CenteringReference/rows`` or, for a variable of a higher level,
    /// ``CenteringReference/units(of:)``; group-mean centring (Enders & Tofighi 2007, "Centering predictor variables in
    /// cross-sectional multilevel models") takes ``CenteringReference/withinUnits(of:)``.
    /// - Parameters:
    ///   - name: the variable; a missing cell stays missing, with its reason.
    ///   - reference: what to subtract.
    ///   - newName: the name of the result; nil names it `M.c`.
    ///   - missing: which means exist where cells are missing (a unit without a mean gives missing cells).
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/textColumn(name:row:content:)``;
    ///   ``DatasetError/structure(_:)`` if the name is taken, or if the variable varies within the units that are to count
    ///   once each.
    public func centered(
        _ name: String, on reference: CenteringReference, as newName: String? = nil,
        missing: UnitMissingRule = .available
    ) throws(DatasetError) -> Dataset {
        let newName = newName ?? "\(name).c"
        try requireFree(newName, purpose: "the centred variable")
        let column = try numericColumn(name)
        let moments = try moments(of: column, over: reference, missing: missing)
        let values = column.numbers.indices.map { column.numbers[$0] - moments.mean(row: $0) }
        return try setting(
            Column(
                name: newName, numbers: values, reasons: column.reasons,
                label: "\(name), centred on \(reference.words)",
                measure: .scale))
    }

    /// The dataset with a variable's z-values, (x − mean)/sd with n − 1, as a new variable.
    ///
    /// A variable of level 2 is standardised over its units (261 leaders, not 1305 rows) with
    /// ``CenteringReference/units(of:)``. Where the standard deviation is zero or does not exist, cells are missing.
    /// - Parameters: as in ``centered(_:on:as:missing:)``; without a name the result is `M.z`.
    /// - Throws: as there; ``DatasetError/structure(_:)`` also if the variable has no variance, or for
    ///   ``CenteringReference/value(_:)``, which has no standard deviation.
    public func standardized(
        _ name: String, over reference: CenteringReference = .rows, as newName: String? = nil,
        missing: UnitMissingRule = .available
    ) throws(DatasetError) -> Dataset {
        if case .value = reference {
            throw .structure(
                .request(problem: "\(name) cannot be standardised over one value; take rows, units or within units"))
        }
        let newName = newName ?? "\(name).z"
        try requireFree(newName, purpose: "the standardised variable")
        let column = try numericColumn(name)
        let moments = try moments(of: column, over: reference, missing: missing)
        guard moments.deviations.contains(where: { $0 > 0 }) else {
            throw .structure(.request(problem: "\(name) cannot be standardised: it has no variance"))
        }
        let values = column.numbers.indices.map { row in
            let deviation = moments.deviation(row: row)
            return deviation > 0 ? (column.numbers[row] - moments.mean(row: row)) / deviation : .nan
        }
        let words = reference.words.replacingPrefix("the mean", with: "mean and standard deviation")
        return try setting(
            Column(
                name: newName, numbers: values, reasons: column.reasons, label: "\(name), standardised by \(words)",
                measure: .scale))
    }

    /// The dataset with a variable split into what varies within units and what varies between them, which add up to it.
    ///
    /// With one grouping variable the parts are `M.within` (deviations from the unit's mean) and `M.between` (the unit's
    /// mean). With more, from the highest to level 2, `M.within` is the deviation from the mean of the lowest, each middle
    /// group has a part of its own (`M.leader`: the leader's mean minus that of the firm), and `M.between` is the mean of
    /// the highest. Means are over rows.
    /// - Parameters:
    ///   - name: the variable.
    ///   - groups: the grouping variables, from the highest to the lowest.
    ///   - centersBetween: whether the mean over all rows is subtracted from `M.between`.
    ///   - missing: which unit means exist where cells are missing.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/textColumn(name:row:content:)``;
    ///   ``DatasetError/structure(_:)`` if a name is taken.
    public func decomposed(
        _ name: String, by groups: [String], centersBetween: Bool = false, missing: UnitMissingRule = .available
    ) throws(DatasetError) -> Dataset {
        guard !groups.isEmpty else {
            throw .structure(.request(problem: "\(name) cannot be split: no grouping variable is named"))
        }
        let column = try numericColumn(name)
        let numbers = column.numbers
        var means: [[Double]] = []
        for depth in 1...groups.count {
            let moments = try moments(of: column, over: .withinUnits(of: Array(groups[..<depth])), missing: missing)
            means.append(numbers.indices.map { moments.mean(row: $0) })
        }
        var parts: [Column] = []
        let lowest = means[groups.count - 1]
        parts.append(
            Column(
                name: "\(name).within", numbers: numbers.indices.map { numbers[$0] - lowest[$0] },
                reasons: column.reasons,
                label: "\(name), centred on the mean of each \(groups[groups.count - 1])", measure: .scale))
        for depth in stride(from: groups.count - 1, to: 0, by: -1) {
            let (lower, higher) = (means[depth], means[depth - 1])
            parts.append(
                Column(
                    name: "\(name).\(groups[depth])", numbers: numbers.indices.map { lower[$0] - higher[$0] },
                    label: "\(name), mean of each \(groups[depth]) minus that of its \(groups[depth - 1])",
                    measure: .scale))
        }
        let grand = centersBetween ? try moments(of: column, over: .rows, missing: missing).mean(row: 0) : 0
        parts.append(
            Column(
                name: "\(name).between", numbers: means[0].map { $0 - grand },
                label: "\(name), mean of each \(groups[0])"
                    + (centersBetween ? ", centred on the mean over all rows" : ""),
                measure: .scale))
        for part in parts { try requireFree(part.name, purpose: "a part of \(name)") }
        return try setting(parts)
    }

    private func moments(
        of column: Column, over reference: CenteringReference, missing: UnitMissingRule
    ) throws(DatasetError) -> ReferenceMoments {
        let numbers = column.numbers
        switch reference {
        case .value(let value): return ReferenceMoments(means: [value], deviations: [], unitOfRow: nil)
        case .rows: return ReferenceMoments([numbers.filter { !$0.isNaN }], unitOfRow: nil)
        case .units(let groups):
            let units = try RowUnits(self, by: groups)
            let (value, conflicts) = column.constancy(within: units)
            if !conflicts.isEmpty, let fault = column.variation(within: units, level: nil) { throw .structure(fault) }
            return ReferenceMoments([value.compactMap { $0.map { numbers[$0] } }], unitOfRow: nil)
        case .withinUnits(let groups):
            let units = try RowUnits(self, by: groups)
            let values = units.rows().map { rows -> [Double] in
                let present = rows.map { numbers[$0] }.filter { !$0.isNaN }
                return missing.permits(present: present.count, rows: rows.count) ? present : []
            }
            return ReferenceMoments(values, unitOfRow: units.unitOfRow)
        }
    }
}

/// The means and standard deviations that the rows of a variable are referred to.
private struct ReferenceMoments {
    var means: [Double]
    var deviations: [Double]
    /// The unit of each row, or nil where one mean holds for all.
    var unitOfRow: [Int]?

    init(means: [Double], deviations: [Double], unitOfRow: [Int]?) {
        self.means = means
        self.deviations = deviations
        self.unitOfRow = unitOfRow
    }

    init(_ values: [[Double]], unitOfRow: [Int]?) {
        means = values.map { AggregateFunction.mean.value($0) }
        deviations = values.map(sampleDeviation)
        self.unitOfRow = unitOfRow
    }

    func mean(row: Int) -> Double { of(means, row) }
    func deviation(row: Int) -> Double { of(deviations, row) }

    private func of(_ figures: [Double], _ row: Int) -> Double {
        guard let unitOfRow else { return figures.first ?? .nan }
        return unitOfRow[row] < 0 ? .nan : figures[unitOfRow[row]]
    }
}

extension String {
    /// The text with another beginning, if it begins so.
    fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
        hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
    }
}
