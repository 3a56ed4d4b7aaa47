/// A published table of the fit of one or several measurement or structural models.
public struct PublishedFit: AuditedTable {
    /// Its columns and options.
    public static let kind = TableKind(
        "fit", "fit statistics of models in rows: χ², degrees of freedom and fit indices",
        columns: [
            .init("model", heads: ["", "models"], "the names of the models"),
            .init(
                "specification", heads: ["factors", "factor structure", "description", "structure"],
                "which constructs are on one factor: `(X1+X2, M, W, Z, Y)`"),
            .init("n", heads: ["sample size"], "the size of the sample of a model"),
            .init("chi2", heads: ["χ2", "χ²", "x2", "x²", "chi-square", "chisq", "chi square", "χ2 (df)"], "χ²"),
            .init("df", heads: ["degrees of freedom", "d.f."], "degrees of freedom"),
            .init(
                "p", heads: ["p value", "p-value", "sig."],
                "p value of χ², or of the difference in χ² if it stands behind that"),
            .init(
                "ratio", heads: ["χ2/df", "χ²/df", "x2/df", "x²/df", "chi2/df", "cmin/df", "normed chi-square"],
                "χ² / df"),
            .init("cfi", "comparative fit index"),
            .init("tli", heads: ["nnfi"], "Tucker–Lewis index"),
            .init("rmsea", "RMSEA, with its interval in brackets if there"),
            .init("rmsea ci", heads: ["90% ci", "rmsea 90% ci", "90% ci rmsea", "ci"], "interval of RMSEA"),
            .init("srmr", "standardized root mean square residual"),
            .init("aic", "Akaike's criterion"),
            .init("bic", "Bayesian criterion"),
            .init("delta chi2", heads: ["Δχ2", "Δχ²", "Δx2", "Δx²", "chi2 difference"], "difference in χ²"),
            .init("delta df", heads: ["Δdf"], "difference in degrees of freedom"),
        ],
        options: [
            .init("sample", "the sample of the models, by name or size"),
            .init("items", "how many items all models have; otherwise what `constructs:` say"),
            .init("groups", "how many groups are fitted at once; 1 by default"),
            .init("estimator", "`ML` (default) or `robust` (MLR, MLM, WLSMV), whose χ² do not obey every rule"),
            .init("models", "`alternative` models of the same items (default) or `separate` ones, which share nothing"),
        ])

    /// A row of the table.
    struct Model: Sendable {
        let name: String
        let specification: FactorSpecification?
        let factors: Int?
        let isBaseline: Bool
        let figures: [String: PrintedNumber]
        let marks: [String: String]
        let interval: PrintedRange?

        subscript(_ column: String) -> PrintedNumber? { figures[column] }
        /// χ² with its degrees of freedom, if both are printed.
        var test: (chi2: PrintedNumber, df: Double)? {
            guard let chi2 = self["chi2"], let df = self["df"], df.value > 0 else { return nil }
            return (chi2, df.value)
        }
        /// χ² − df, not below zero.
        var noncentrality: Interval? {
            test.map { Interval(max(0, $0.chi2.interval.lower - $0.df), max(0, $0.chi2.interval.upper - $0.df)) }
        }
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    let models: [Model]
    let items: Int?
    let groups: Int
    let isRobust: Bool
    let areSeparate: Bool

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        func count(_ option: String) throws(AuditFault) -> Int? {
            guard let figure = try table.number(option: option) else { return nil }
            guard figure.isWhole, figure.value >= 1, figure.value <= 10_000 else {
                throw .option(
                    table.name, line: table.options[option]?.line ?? table.line, option: option, "write a count")
            }
            return Int(figure.value)
        }
        items = try count("items")
        groups = try count("groups") ?? 1
        isRobust = try table.word(option: "estimator", of: ["ML", "robust"]) == "robust"
        areSeparate = try table.word(option: "models", of: ["alternative", "separate"]) == "separate"
        var models: [Model] = []
        for row in table.text.rows { models.append(try Self.model(row, of: table)) }
        self.models = models
    }

    private static func model(_ row: TextTable.Row, of table: PastedTable) throws(AuditFault) -> Model {
        let name = table.string(row, try table.column("model", of: kind) ?? 0)
        let specification = FactorSpecification(table.string(row, try table.column("specification", of: kind)))
        var figures: [String: PrintedNumber] = [:], marks: [String: String] = [:], interval: PrintedRange?
        for column in kind.columns.dropFirst(2) {
            guard let cell = try table.cell(row, try table.column(column.name, of: kind)) else { continue }
            figures[column.name] = cell.figure
            marks[column.name] = cell.marks
            if column.name.hasPrefix("rmsea") { interval = cell.range ?? interval }
            if column.name == "chi2", let df = cell.inParentheses { figures["df"] = df }
        }
        if let p = try table.column("p", of: kind), let difference = try table.column("delta chi2", of: kind),
            p > difference
        {
            figures["delta p"] = figures.removeValue(forKey: "p")
        }
        if let df = figures["df"], !df.isWhole || df.value < 0 {
            throw .content(
                table.name, line: row.line, "`\(df.text)` of `\(name)` are no degrees of freedom; write a whole number")
        }
        let isBaseline = ["null", "independence", "baseline"].contains { simplified(name).contains($0) }
        return Model(
            name: name, specification: specification,
            factors: isBaseline ? nil : specification?.factors.count ?? factorCount(named: name),
            isBaseline: isBaseline,
            figures: figures, marks: marks, interval: interval)
    }

    /// Where a figure stands.
    func place(_ model: Model, _ column: String) -> PaperPlace { PaperPlace(name, row: model.name, column: column) }

    /// A rule that robust test statistics need not obey.
    func verdict(_ verdict: Verdict) -> Verdict { verdict == .notAttainable && isRobust ? .unusual : verdict }

    /// Checks its figures, within the table and against what the paper says elsewhere.
    public func checks(in paper: Paper) -> [AuditCheck] {
        var checks = rangeChecks() + testChecks(in: paper)
        checks += approximationChecks(in: paper)
        checks += baselineChecks(in: paper)
        checks += degreesOfFreedomChecks(in: paper)
        checks += nestingChecks()
        checks += differenceChecks(in: paper)
        return checks
    }
}
