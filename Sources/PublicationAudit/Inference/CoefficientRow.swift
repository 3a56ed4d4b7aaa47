import Probability

/// The columns of a coefficient that tables of loadings and of paths share: estimate, SE, C.R., p or stars, interval.
public struct CoefficientRow: Sendable, Hashable {
    /// What the row is called.
    public let label: String
    /// The estimate.
    public let estimate: PrintedNumber?
    /// Its standard error.
    public let standardError: PrintedNumber?
    /// The printed z or t.
    public let statistic: PrintedNumber?
    /// The printed p.
    public let probability: PrintedNumber?
    /// Marks of significance behind the estimate, the standardised estimate, or in place of p.
    public let marks: String
    /// The ends of the confidence interval.
    public let lower: PrintedNumber?, upper: PrintedNumber?

    /// The columns of a kind of table that hold such rows.
    static let columns: [TableKind.Column] = [
        TableKind.Column(
            "estimate",
            heads: [
                "unstd", "unstandardized", "unstandardised", "unstd.", "b", "coefficient", "unstandardized estimate",
                "unstandardized coefficient", "coef.", "unstandardized loading", "est.",
            ], "the unstandardised estimate"),
        TableKind.Column(
            "se", heads: ["s.e.", "standard error", "std. error", "std. err.", "s.e"], "its standard error"),
        TableKind.Column(
            "statistic",
            heads: [
                "c.r.", "c.r", "critical ratio", "t", "z", "t-value", "z-value", "t value", "z value", "t-statistic",
            ],
            "estimate / SE"),
        TableKind.Column(
            "p", heads: ["p-value", "p value", "sig.", "sig", "significance", "pr"], "p, or stars in its place"),
        TableKind.Column(
            "lower", heads: ["lower", "ll", "lower bound", "95% ci lower", "ci lower", "llci", "boot llci"],
            "the lower end of its confidence interval"),
        TableKind.Column(
            "upper", heads: ["upper", "ul", "upper bound", "95% ci upper", "ci upper", "ulci", "boot ulci"],
            "the upper end of its confidence interval"),
        TableKind.Column("interval", heads: ["ci", "95% ci", "confidence interval"], "both ends, as `[.05, .31]`"),
    ]

    /// The options of such tables.
    static let options: [TableKind.Option] = [
        TableKind.Option(
            "legend",
            "what its stars stand for, as printed: `*** .001, ** .01, * .05`; the legend of the paper if not said"),
        TableKind.Option("sample", "the name of the sample, or its size; the first sample of the paper if not said"),
        TableKind.Option("tails", "`1` or `2`; that of the paper if not said"),
    ]

    /// Reads a row.
    init(
        _ table: PastedTable, _ row: TextTable.Row, label: String, columns: [String: Int]
    ) throws(AuditFault) {
        self.label = label
        let estimate = try table.cell(row, columns["estimate"])
        let p = try table.cell(row, columns["p"])
        let range = try table.cell(row, columns["interval"])?.range ?? estimate?.range
        self.estimate = estimate?.figure
        standardError = try table.number(row, columns["se"]) ?? estimate?.inParentheses
        statistic = try table.number(row, columns["statistic"])
        probability = p?.figure
        let standardized = table.figure(row, columns["standardized"])
        marks = [p?.marks, estimate?.marks, standardized?.marks].compactMap { $0 }.first { !$0.isEmpty } ?? ""
        lower = try table.number(row, columns["lower"]) ?? range?.lower
        upper = try table.number(row, columns["upper"]) ?? range?.upper
    }
}

/// The checks of the coefficients of one table: C.R., p, stars, confidence intervals.
struct CoefficientChecks {
    let table: PastedTable
    let rows: [CoefficientRow]
    let columns: [String: Int]
    let legend: StarLegend?
    let tails: Int?
    /// Of tests that may be t tests: half as many as the sample at least, of which the paper does not say how many the model takes.
    let degreesOfFreedom: Interval?

    init(
        _ table: PastedTable, _ rows: [CoefficientRow], columns: [String: Int], legend: StarLegend?, tails: Int?,
        paper: Paper
    ) {
        self.table = table
        self.rows = rows
        self.columns = columns
        self.legend = legend ?? paper.legend
        self.tails = tails ?? paper.tails
        let head = columns["statistic"].map { simplified(table.text.columns[$0]) }
        let isNormal = head.map { !$0.hasPrefix("t") } ?? false
        let size = paper.sampleSize(table.options["sample"]?.text)?.value ?? 0
        degreesOfFreedom = isNormal ? nil : Interval(max(size / 2, 10), .infinity)
    }

    func checks() -> [AuditCheck] {
        rows.compactMap(ratioCheck) + PublicationAudit.starChecks(starred, legend: legend, tails: tails)
            + probabilityChecks()
            + rows.compactMap(intervalCheck)
    }

    private func place(_ row: CoefficientRow, _ column: String) -> PaperPlace {
        table.place(row.label, columns[column])
    }

    private func ratioCheck(_ row: CoefficientRow) -> AuditCheck? {
        guard let estimate = row.estimate, let error = row.standardError, let ratio = row.statistic else { return nil }
        let printed = StarredEstimate(at: place(row, "statistic"), estimate: estimate, standardError: error, marks: "")
        let quotient = estimate.value < 0 && estimate.interval.upper <= 0 ? -printed.quotient : printed.quotient
        let allowed = estimate.interval.lower < 0 && estimate.interval.upper > 0 ? quotient.union(-quotient) : quotient
        if ratio.interval.overlaps(-allowed), !ratio.interval.overlaps(allowed), ratio.value > 0 {
            return AuditCheck(
                .criticalRatio, at: place(row, "statistic"), printed: ratio.text, .consistent,
                attainable: spanText(allowed, decimals: ratio.decimals),
                "\(estimate.text) / \(error.text) = \(spanText(allowed, decimals: ratio.decimals)), printed without its sign."
            )
        }
        return .comparing(
            .criticalRatio, at: place(row, "statistic"), ratio, with: allowed,
            because: "\(estimate.text) / \(error.text) = \(spanText(allowed, decimals: ratio.decimals)).")
    }

    /// Rows whose marks are to be read: all of a table that marks with stars, only marked ones where p is printed as a number too.
    private var starred: [StarredEstimate] {
        let printsNumbers = rows.contains { $0.probability != nil }
        return rows.compactMap { row in
            guard !row.marks.isEmpty || !printsNumbers else { return nil }
            return estimate(row, column: row.probability == nil && columns["p"] != nil ? "p" : "estimate")
        }
    }

    private func estimate(_ row: CoefficientRow, column: String) -> StarredEstimate? {
        guard let estimate = row.estimate, let error = row.standardError, error.interval.upper > 0 else {
            return row.statistic.map {
                StarredEstimate(
                    at: place(row, column), statistic: $0, marks: row.marks, degreesOfFreedom: degreesOfFreedom)
            }
        }
        return StarredEstimate(
            at: place(row, column), estimate: estimate, standardError: error, marks: row.marks,
            degreesOfFreedom: degreesOfFreedom, statistic: row.statistic)
    }

    private func probabilityChecks() -> [AuditCheck] {
        let cells = rows.compactMap { row -> PrintedProbability? in
            guard let p = row.probability, let estimate = estimate(row, column: "p") else { return nil }
            return PrintedProbability(estimate, p)
        }
        return PublicationAudit.probabilityChecks(cells, tails: tails)
    }

    private func intervalCheck(_ row: CoefficientRow) -> AuditCheck? {
        guard let estimate = row.estimate, let lower = row.lower, let upper = row.upper else { return nil }
        return PrintedInterval(lower, upper).check(
            estimate, standardError: row.standardError,
            at: place(row, columns["interval"] == nil ? "lower" : "interval"))
    }
}
