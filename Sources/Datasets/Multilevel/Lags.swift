/// What became of each row when a variable was moved by occasions.
public struct LagReport: Sendable, Hashable, Codable {
    /// The variable that was moved.
    public var variable: String
    /// The occasions by which it was moved: 1 takes the value of the occasion before, −1 that of the one after.
    public var occasions: Double
    /// The number of rows.
    public var rows: Int
    /// Rows that got a value.
    public var aligned: Int
    /// Rows without one because the occasion would lie before the person's first or after the last row.
    public var beyondEnds: Int
    /// Rows without one because the person has no row for the occasion, though for some before and after it.
    public var gaps: Int
    /// Rows without one because the person's value at the occasion is missing.
    public var missingValues: Int
    /// Rows without one because their own person or occasion is missing.
    public var unidentified: Int
    /// The number of persons whose rows are not in the order of their occasions.
    public var personsOutOfOrder: Int
}

extension LagReport: CustomStringConvertible {
    /// The report in a sentence, with the reasons that occur.
    public var description: String {
        let reasons: [(count: Int, words: String)] = [
            (beyondEnds, occasions < 0 ? "after the person's last occasion" : "before the person's first occasion"),
            (gaps, "in a gap"), (missingValues, "without a value at that occasion"),
            (unidentified, "without a person or an occasion"),
        ]
        let lost = reasons.filter { $0.count > 0 }.map { "\($0.count) \($0.words)" }
        let order =
            personsOutOfOrder == 0
            ? ""
            : "; \(personsOutOfOrder) person\(personsOutOfOrder == 1 ? "'s rows were" : "s' rows were") out of order"
        return
            "\(variable), \(shortest(abs(occasions))) \(occasions < 0 ? "later" : "earlier"): \(aligned) of \(rows) rows "
            + "have a value" + (lost.isEmpty ? "" : "; " + lost.joined(separator: ", ")) + order
    }
}

/// A dataset with a lagged variable, and the account of its values.
public struct LaggedDataset: Sendable, Equatable {
    /// The data with the new variable.
    public var dataset: Dataset
    /// What became of each row.
    public var report: LagReport
}

extension Dataset {
    /// The dataset with the value of a variable at another occasion of the same person as a new variable.
    ///
    /// The value is looked up by person and occasion and never taken from a neighbouring row, so the order of the rows does
    /// not matter and a gap gives a missing cell. An outcome that is asked a month after the month it is about is aligned
    /// with the predictors of that month by `occasions: -1`.
    /// - Parameters:
    ///   - name: the variable.
    ///   - occasions: k; a row of occasion t gets the value of occasion t − k. Negative k looks ahead.
    ///   - person: the variables that identify a person.
    ///   - occasion: the numeric variable with the number of the occasion.
    ///   - newName: the name of the result; nil names it `M.lag1` or `M.lead1`.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/textColumn(name:row:content:)`` if the
    ///   occasion is text; ``DatasetError/structure(_:)`` if a person has two rows for an occasion, or the name is taken.
    public func lagged(
        _ name: String, by occasions: Double = 1, person: [String], occasion: String, as newName: String? = nil
    ) throws(DatasetError) -> LaggedDataset {
        guard occasions.isFinite else {
            throw .structure(.request(problem: "\(name) cannot be moved by \(occasions) occasions; give a number"))
        }
        let newName = newName ?? "\(name).\(occasions < 0 ? "lead" : "lag")\(shortest(abs(occasions)))"
        try requireFree(newName, purpose: "the lagged variable")
        let column = try column(name)
        let times = try numericColumn(occasion).numbers
        let persons = try RowUnits(self, by: person)
        let cells = RowUnits(persons.identifiers + [try self.column(occasion)])
        try LevelStructure.verifyOccasions(cells, persons: persons, occasion: occasion)

        var source = [Int?](repeating: nil, count: rowCount)
        var report = LagReport(
            variable: name, occasions: occasions, rows: rowCount, aligned: 0, beyondEnds: 0, gaps: 0, missingValues: 0,
            unidentified: 0, personsOutOfOrder: 0)
        for rows in persons.rows() {
            let known = rows.filter { !times[$0].isNaN }
            let ordered = known.sorted { times[$0] < times[$1] }
            if ordered != known { report.personsOutOfOrder += 1 }
            guard let first = ordered.first, let last = ordered.last else { continue }
            for row in ordered {
                let wanted = times[row] - occasions
                // Occasions such as 0.3 have no exact difference.
                let tolerance = 1e-9 * max(1, abs(wanted))
                let candidate = ordered[Self.firstIndex(in: ordered, times: times, notBelow: wanted - tolerance)]
                if abs(times[candidate] - wanted) <= tolerance {
                    source[row] = candidate
                    if column.isMissing(at: candidate) { report.missingValues += 1 } else { report.aligned += 1 }
                } else if wanted < times[first] || wanted > times[last] {
                    report.beyondEnds += 1
                } else {
                    report.gaps += 1
                }
            }
        }
        report.unidentified =
            rowCount - report.aligned - report.beyondEnds - report.gaps - report.missingValues
        var new = column.selectingRows(source)
        new.name = newName
        let steps = "\(shortest(abs(occasions))) \(occasion)\(abs(occasions) == 1 ? "" : "s")"
        new.label = "\(name), \(steps) \(occasions < 0 ? "later" : "earlier")"
        return LaggedDataset(dataset: try setting(new), report: report)
    }

    /// The position of the first row at or after a time, or the last position.
    private static func firstIndex(in rows: [Int], times: [Double], notBelow time: Double) -> Int {
        var low = 0
        var high = rows.count - 1
        while low < high {
            let middle = (low + high) / 2
            if times[rows[middle]] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
