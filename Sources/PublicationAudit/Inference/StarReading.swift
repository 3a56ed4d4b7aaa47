import Probability

extension AuditRule {
    /// Marks of significance against estimate, standard error and degrees of freedom.
    public static let stars = AuditRule(
        "stars", "Stars against estimate and standard error",
        basis: "p of |b| / SE under t(df) or the normal distribution, over all values that round to what is printed")
}

/// One way to read the marks of a table: a legend, and tests with one or two tails.
public struct StarReading: Sendable, Hashable {
    /// What the marks stand for.
    public let legend: StarLegend
    /// One or two.
    public let tails: Int

    /// A reading.
    public init(_ legend: StarLegend, tails: Int) {
        self.legend = legend
        self.tails = tails
    }

    /// Whether the marks of an estimate can stand there under this reading.
    public func allows(_ cell: StarredEstimate) -> Bool {
        legend.marks(for: cell.probabilities(tails: tails)).contains(cell.marks)
    }
}

/// Checks the marks of the estimates of one table against their standard errors.
///
/// The legend and the tails that the paper states are used. Where it does not state the tails, tests with one tail are accepted if they
/// explain the marks of the whole table and tests with two do not; where it states no legend, those in use are tried in the same way.
/// A cell that fits no such reading of the table is reported under the usual one, with a note if one tail would explain that cell alone.
public func starChecks(_ cells: [StarredEstimate], legend: StarLegend?, tails: Int?) -> [AuditCheck] {
    guard cells.contains(where: { !$0.marks.isEmpty }) else { return [] }
    let legends = legend.map { [$0] } ?? StarLegend.inUse.map(\.legend)
    let readings = (tails.map { [$0] } ?? [2, 1]).flatMap { tails in legends.map { StarReading($0, tails: tails) } }
    let fitting = readings.first { reading in cells.allSatisfy(reading.allows) }
    let reading = fitting ?? readings.first ?? StarReading(.usual, tails: 2)
    // Where the stated legend fits not all marks and one in use does, the slip may be in the legend.
    let other =
        legend == nil || fitting != nil
        ? nil
        : StarLegend.inUse.first { candidate in
            cells.allSatisfy { StarReading(candidate.legend, tails: tails ?? 2).allows($0) }
        }?.name
    return cells.map { starCheck($0, reading, statesTails: tails != nil, otherLegend: other) }
}

private func starCheck(
    _ cell: StarredEstimate, _ reading: StarReading, statesTails: Bool, otherLegend: String?
) -> AuditCheck {
    let p = cell.probabilities(tails: reading.tails)
    let printed = cell.printed
    let allowed = reading.legend.marks(for: p)
    let words = allowed.map { $0.isEmpty ? "no star" : $0 }.joined(separator: " or ")
    let name = cell.degreesOfFreedom == nil ? "z" : "t"
    let tailWords = reading.tails == 1 ? "one-tailed p" : "p"
    let arithmetic =
        "\(name) = \(cell.quotientWords)\(spanText(signed(cell.ratio, cell.estimate), decimals: cell.statistic?.decimals ?? 2)), "
        + "\(tailWords) = \(probabilityText(p))"
    guard reading.allows(cell) else {
        var sentence = "\(arithmetic), which takes \(words); printed is \(cell.marks.isEmpty ? "no star" : cell.marks)."
        if reading.legend.levels.first(where: { $0.mark == cell.marks }) == nil, !cell.marks.isEmpty {
            sentence += " The legend does not explain \(cell.marks)."
        } else if let otherLegend {
            sentence += " All marks of the table fit \(otherLegend), so the slip may be in the legend."
        } else if reading.tails == 2, !statesTails, StarReading(reading.legend, tails: 1).allows(cell) {
            sentence += " A test with one tail would explain this cell, but not the other cells of the table."
        } else {
            sentence +=
                " The likeliest slip is in the star; a slip in the estimate or its standard error would do as well."
        }
        return AuditCheck(.stars, at: cell.place, printed: printed, .notAttainable, attainable: words, sentence)
    }
    let note = reading.tails == 1 && !statesTails ? " The table fits tests with one tail only." : ""
    return AuditCheck(.stars, at: cell.place, printed: printed, .consistent, attainable: words, "\(arithmetic).\(note)")
}

private func signed(_ ratio: Interval, _ estimate: PrintedNumber) -> Interval { estimate.value < 0 ? -ratio : ratio }
