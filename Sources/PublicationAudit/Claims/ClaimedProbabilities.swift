import Probability

extension Paper {
    /// A p value of the text against those of the rows that it speaks of.
    func probabilityCheck(_ claim: TextClaim, _ figures: ReferencedFigures, _ printed: PrintedNumber) -> AuditCheck {
        let tests = tests(of: figures)
        guard !tests.isEmpty else { return missing(claim) }
        let tails = figures.table.coefficientTails ?? tails ?? 2
        let contrary = tests.first { !$0.span(tails: tails).overlaps(printed.interval) }
        let shown = contrary ?? tests[0]
        let p = shown.span(tails: tails)
        var sentence = "\(shown.words), p \(equalsText(p))"
        sentence +=
            contrary == nil ? "." : "; the text says \(printed.text.isEmpty ? "otherwise" : "p \(printed.text)")."
        if contrary != nil, tails == 2, self.tails == nil, shown.span(tails: 1).overlaps(printed.interval) {
            sentence += " A test with one tail would give it."
        }
        let legend = figures.table.coefficientLegend ?? legend
        if !shown.marks.isEmpty, let mark = legend?.probabilities(of: shown.marks), !mark.overlaps(p) {
            sentence +=
                " The table marks it \(shown.marks), which its legend explains as p < \(mark.upper)."
        }
        return AuditCheck(
            .claimOfProbability, at: claim.paperPlace, printed: claim.says,
            contrary == nil ? .consistent : .notAttainable,
            attainable: "p \(equalsText(p))", sentence)
    }

    /// "All are significant" against the p values of a column or table.
    func significanceCheck(_ claim: TextClaim, _ figures: ReferencedFigures, _ level: PrintedNumber) -> AuditCheck {
        let tests = tests(of: figures)
        guard !tests.isEmpty else { return missing(claim) }
        let tails = figures.table.coefficientTails ?? tails ?? 2
        let exceptions = tests.filter { $0.span(tails: tails).lower >= level.value }
        let words = "p < \(level.text)"
        guard !exceptions.isEmpty else {
            return AuditCheck(
                .claimOfProbability, at: claim.paperPlace, printed: claim.says, .consistent, attainable: words,
                "All \(tests.count) figures of \(figures.table.name) allow \(words).")
        }
        let named = exceptions.prefix(6).map {
            "\($0.label) (\($0.words), p \(equalsText($0.span(tails: tails))))"
        }
        let more = exceptions.count > 6 ? " and \(exceptions.count - 6) more" : ""
        return AuditCheck(
            .claimOfProbability, at: claim.paperPlace, printed: claim.says, .notAttainable, attainable: words,
            "\(exceptions.count) of \(tests.count) figures of \(figures.table.name) do not reach \(words): \(named.joined(separator: ", "))\(more)."
        )
    }

    private func missing(_ claim: TextClaim) -> AuditCheck {
        AuditCheck(
            .claimOfProbability, at: claim.paperPlace, printed: claim.says, .notCheckable,
            "An estimate with its standard error, or a correlation with the size of its sample, would be needed.")
    }

    /// A test of one figure.
    struct Test {
        let label: String
        let words: String
        let ratio: Interval
        let degreesOfFreedom: Interval?
        let marks: String

        func span(tails: Int) -> Interval { tailProbabilities(of: ratio, degreesOfFreedom, tails: tails) }
    }

    private func tests(of figures: ReferencedFigures) -> [Test] {
        if let rows = figures.table.coefficientRows {
            return figures.rows.compactMap { place in
                guard rows.indices.contains(place), let estimate = rows[place].estimate,
                    let error = rows[place].standardError, error.interval.upper > 0
                else { return nil }
                let test = StarredEstimate(
                    at: claimPlace, estimate: estimate, standardError: error, marks: rows[place].marks,
                    statistic: rows[place].statistic)
                let ratio = spanText(test.ratio, decimals: rows[place].statistic?.decimals ?? 2)
                return Test(
                    label: rows[place].label, words: "\(rows[place].label): |z| = \(ratio)", ratio: test.ratio,
                    degreesOfFreedom: nil, marks: rows[place].marks)
            }
        }
        return figures.figures.compactMap { figure in
            if let error = figure.cell.inParentheses, error.interval.upper > 0 {
                let test = StarredEstimate(
                    at: claimPlace, estimate: figure.number, standardError: error, marks: figure.cell.marks)
                return Test(
                    label: figure.label, words: "\(figure.label): |z| = \(spanText(test.ratio, decimals: 2))",
                    ratio: test.ratio, degreesOfFreedom: nil, marks: figure.cell.marks)
            }
            return correlationTest(figure, of: figures.table)
        }
    }

    private var claimPlace: PaperPlace { PaperPlace("Text") }

    /// t = |r| √(N − 2) / √(1 − r²), which rises with |r|; only of tables of correlations.
    private func correlationTest(_ figure: ReferencedFigures.Figure, of table: any AuditedTable) -> Test? {
        guard type(of: table).kind.name.contains("correlation"),
            let size = sampleSize(table.source.options["sample"]?.text)?.value, size > 2,
            figure.number.interval.magnitude.upper < 1
        else { return nil }
        let ratio = figure.number.interval.magnitude.monotone { $0 * ((size - 2) / (1 - $0 * $0)).squareRoot() }
        return Test(
            label: figure.label, words: "r = \(figure.number.text), N = \(size.fixed(0))", ratio: ratio,
            degreesOfFreedom: Interval(size - 2), marks: figure.cell.marks)
    }
}

extension AuditedTable {
    /// The rows of coefficients, one for each row of the table, of a table that has them.
    var coefficientRows: [CoefficientRow]? {
        switch self {
        case let table as PathTable: table.paths.map(\.row)
        case let table as LoadingTable: table.rows
        default: nil
        }
    }

    /// The legend that the table itself states.
    var coefficientLegend: StarLegend? {
        switch self {
        case let table as PathTable: table.legend
        case let table as LoadingTable: table.legend
        default: nil
        }
    }

    /// The tails that the table itself states.
    var coefficientTails: Int? {
        switch self {
        case let table as PathTable: table.tails
        case let table as LoadingTable: table.tails
        default: nil
        }
    }
}
