import Probability

extension AuditRule {
    static let intervalEstimate = AuditRule(
        "effect-interval", "Estimate within its interval",
        basis: "an interval holds its estimate; a normal-theory interval is symmetric")
    static let intervalStars = AuditRule(
        "interval-stars", "Stars against the interval",
        basis: "a 95 % interval leaves out zero if and only if p < .05; SE = width / (2 z) of a symmetric interval")
}

/// A printed estimate with its interval or standard error.
struct PrintedEffect: Sendable {
    let estimate: PrintedNumber
    let marks: String
    let standardError: PrintedNumber?
    let range: PrintedRange?
    let place: PaperPlace

    /// The content of one cell: `0.177*** [0.124, 0.229]`.
    init?(_ cell: PrintedCell, at place: PaperPlace) {
        guard let estimate = cell.figure else { return nil }
        self.estimate = estimate
        (marks, standardError, range) = (cell.marks, cell.inParentheses, cell.range)
        self.place = place
    }

    /// An estimate whose standard error and interval stand in other columns of its row; `nil` if the row has no estimate.
    init?(
        _ table: PastedTable, _ row: TextTable.Row, kind: TableKind, estimate column: Int?, label: String
    ) throws(AuditFault) {
        guard let cell = try table.cell(row, column), let estimate = cell.figure else { return nil }
        let lower = try table.number(row, try table.column("lower", of: kind))
        let upper = try table.number(row, try table.column("upper", of: kind))
        var range = cell.range
        if range == nil { range = try table.cell(row, try table.column("ci", of: kind))?.range }
        if range == nil, let lower, let upper { range = try? PrintedRange(lower.text, upper.text) }
        self.estimate = estimate
        marks = cell.marks
        let error = try table.number(row, try table.column("se", of: kind))
        standardError = cell.inParentheses ?? error
        self.range = range
        place = PaperPlace(table.name, row: label)
    }

    /// What is printed of it.
    var printed: String {
        estimate.text + marks + (standardError.map { " (\($0.text))" } ?? "")
            + (range.map { " [\($0.lower.text), \($0.upper.text)]" } ?? "")
    }

    /// Half the width of the interval in units of the normal distribution: the standard error of a normal-theory interval.
    func errorFromInterval(level: Double) -> Interval? {
        guard let range else { return nil }
        let z = Normal.standard.upperQuantile((1 - level) / 2)
        let width = range.upper.interval - range.lower.interval
        guard width.lower > 0 else { return nil }
        return width / Interval(2 * z)
    }

    /// Whether the two halves of the interval are equal within rounding.
    var isSymmetric: Bool {
        guard let range else { return false }
        return (range.upper.interval + range.lower.interval).overlaps(estimate.interval * Interval(2))
    }

    /// The interval against the estimate and the stars.
    func checks(level: Double, _ paper: Paper, isNormal: Bool, usesStars: Bool) -> [AuditCheck] {
        guard let range else { return [] }
        let holds =
            range.lower.interval.lower <= estimate.interval.upper
            && estimate.interval.lower <= range.upper.interval.upper
        var checks = [
            AuditCheck(
                .intervalEstimate, at: place, printed: printed, holds ? .consistent : .notAttainable,
                attainable: "\(range.lower.text) to \(range.upper.text)",
                holds
                    ? shape(level: level)
                    : "The interval does not hold its estimate: an end or the estimate is mistyped, or one "
                        + "of them has the wrong sign.")
        ]
        if let error = standardError, isSymmetric, isNormal, let span = errorFromInterval(level: level) {
            // With few degrees of freedom the quantile of t is larger than that of the normal distribution, and a percentile
            // interval is not exactly as wide as a normal one.
            let agrees = error.interval.overlaps(Interval(span.lower * 0.85, span.upper * 1.1))
            checks.append(
                AuditCheck(
                    .intervalEstimate, at: place, printed: printed, agrees ? .consistent : .unusual,
                    attainable: spanText(span, decimals: error.decimals + 1),
                    "The width of the interval stands for a standard error of \(spanText(span, decimals: error.decimals + 1))."
                ))
        }
        return checks + (usesStars ? [starCheck(level: level, paper, isNormal: isNormal)].compactMap { $0 } : [])
    }

    private func shape(level: Double) -> String {
        guard let range, let error = errorFromInterval(level: level) else { return "The interval holds the estimate." }
        let words = spanText(error, decimals: range.lower.decimals + 1)
        if isSymmetric { return "The interval is symmetric within rounding, with a standard error of \(words)." }
        let ratio = (range.upper.interval - estimate.interval) / (estimate.interval - range.lower.interval)
        return
            "The upper part of the interval is \(spanText(ratio, decimals: 2)) times as wide as the lower, as of bootstrap or "
            + "Monte Carlo intervals; a normal one of this width has a standard error of \(words)."
    }

    private func starCheck(level: Double, _ paper: Paper, isNormal: Bool) -> AuditCheck? {
        guard let range, abs(level - 0.95) < 1e-9 else { return nil }
        let legend = paper.legend ?? .usual
        guard let bound = legend.probabilities(of: marks) else { return nil }
        let touchesZero = range.lower.interval.contains(0) || range.upper.interval.contains(0)
        let leavesOutZero = range.lower.value > 0 || range.upper.value < 0
        let isMarked = !marks.isEmpty && bound.upper <= 0.05
        guard !touchesZero, isMarked || leavesOutZero,
            isMarked || legend.levels.contains(where: { $0.threshold == 0.05 })
        else {
            return AuditCheck(
                .intervalStars, at: place, printed: printed, .consistent,
                "The interval \(touchesZero ? "ends at" : "holds") zero\(marks.isEmpty ? ", and no star is printed" : "")."
            )
        }
        if isMarked != leavesOutZero {
            return AuditCheck(
                .intervalStars, at: place, printed: printed, .unusual,
                "The interval \(leavesOutZero ? "leaves out" : "holds") zero, and \(marks.isEmpty ? "no star" : marks) is printed; "
                    + "the stars may come from another test than the interval.")
        }
        guard isNormal, isSymmetric, let error = errorFromInterval(level: level), error.lower > 0 else {
            return AuditCheck(
                .intervalStars, at: place, printed: printed, .consistent,
                "The interval leaves out zero, as \(marks) says.")
        }
        // The interval may be one of t, with as few degrees of freedom as the smallest sample less some predictors has; a
        // twentieth is allowed for intervals that are symmetric, but no normal ones.
        let smallest = paper.samples.map(\.size.value).filter { $0 > 1 }.min() ?? 30
        let df = max(2, smallest - 10)
        let quantiles = Normal.standard.upperQuantile(0.025) / StudentT(degreesOfFreedom: df).upperQuantile(0.025)
        let ratio = estimate.interval.magnitude / Interval(error.lower * quantiles * 0.95, error.upper * 1.05)
        let p = tailProbabilities(of: ratio, Interval(df, .infinity))
        let fits = legend.marks(for: p).contains(marks)
        return AuditCheck(
            .intervalStars, at: place, printed: printed, fits ? .consistent : .unusual,
            "An interval of this width puts p at \(probabilityText(p)).")
    }
}
