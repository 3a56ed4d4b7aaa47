extension PublishedTruthTable {
    /// Checks the cases, the consistency and outcome of each row, and that no row stands twice.
    public func checks(in paper: Paper) -> [AuditCheck] {
        rows.flatMap { caseChecks($0) + consistencyChecks($0) } + totalCheck(paper) + repeatedRows()
    }

    private func number(_ option: String) -> PrintedNumber? { (try? source.number(option: option)) ?? nil }

    private func caseChecks(_ row: Row) -> [AuditCheck] {
        guard let cases = row.cases else { return [] }
        func answer(_ verdict: Verdict, _ attainable: String?, _ words: String) -> [AuditCheck] {
            [
                AuditCheck(
                    .truthTableCases, at: PaperPlace(name, row: row.name, column: "cases"), printed: cases.text,
                    verdict,
                    attainable: attainable, words)
            ]
        }
        guard cases.value >= 0, cases.value == cases.value.rounded(), !cases.isPercentage else {
            return answer(.notAttainable, "a whole number", "A row has a whole number of cases.")
        }
        guard let cut = number("n cut") else { return answer(.consistent, nil, "A whole number of cases.") }
        if row.isPositive == true, cases.value < cut.value {
            return answer(
                .notAttainable, "\(cut.text) or more",
                "The row leads to the outcome with \(cases.text) cases, and the cut-off is \(cut.text); below it rows are remainders."
            )
        }
        if row.isRemainder, cases.value >= cut.value {
            return answer(
                .unusual, "fewer than \(cut.text)",
                "The row has \(cases.text) cases, which reach the cut-off of \(cut.text), and no outcome.")
        }
        return answer(.consistent, nil, "It agrees with the cut-off of \(cut.text).")
    }

    private func consistencyChecks(_ row: Row) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        if let pri = row.pri {
            let most = min(row.consistency?.interval.upper ?? 1, 1)
            checks.append(
                AuditCheck.comparing(
                    .truthTableConsistency, at: PaperPlace(name, row: row.name, column: "PRI"), pri,
                    with: Interval(0, max(most, 0)),
                    because: "PRI is at most the consistency\(row.consistency.map { ", \($0.text)" } ?? "")."))
        }
        if let consistency = row.consistency {
            let place = PaperPlace(name, row: row.name, column: "consistency")
            checks.append(
                AuditCheck.comparing(
                    .truthTableConsistency, at: place, consistency, with: Interval(0, 1),
                    because: "It is a share, from 0 to 1."))
            if (try? source.word(option: "data", of: ["crisp", "fuzzy"])) == "crisp", let cases = row.cases,
                cases.value >= 1
            {
                let counts = consistency.interval * Interval(cases.value)
                let holds = (counts.lower - 1e-9).rounded(.up) <= (counts.upper + 1e-9).rounded(.down)
                checks.append(
                    AuditCheck(
                        .crispCounts, at: place, printed: consistency.text, holds ? .consistent : .notAttainable,
                        "In crisp sets consistency is a share of the \(cases.text) cases of the row"
                            + (holds ? "." : ", and no whole number of them gives \(consistency.text).")))
            }
        }
        return checks + cutChecks(row)
    }

    private func cutChecks(_ row: Row) -> [AuditCheck] {
        guard let isPositive = row.isPositive else { return [] }
        let cuts = [("consistency", number("consistency cut"), row.consistency), ("PRI", number("PRI cut"), row.pri)]
        let known = cuts.compactMap { name, cut, figure in
            cut.flatMap { cut in figure.map { (name: name, cut: cut, figure: $0) } }
        }
        guard !known.isEmpty else { return [] }
        let place = PaperPlace(name, row: row.name, column: "outcome")
        let figures = known.map { "\($0.name) \($0.figure.text) (cut-off \($0.cut.text))" }.joined(separator: ", ")
        func answer(_ verdict: Verdict, _ words: String) -> [AuditCheck] {
            [AuditCheck(.truthTableConsistency, at: place, printed: row.output, verdict, "\(figures): \(words)")]
        }
        if isPositive, known.contains(where: { $0.figure.interval.upper < $0.cut.value - 1e-9 }) {
            return answer(
                .notAttainable,
                "below the cut-off, where the outcome is 0; a figure, the outcome or the cut-off may be another.")
        }
        if !isPositive, known.allSatisfy({ $0.figure.interval.lower >= $0.cut.value + 1e-9 }),
            number("n cut") != nil || row.cases != nil
        {
            return answer(
                .unusual,
                "it reaches the cut-off, and the outcome is 0. Authors may set a row to 0 by hand; then the text says why."
            )
        }
        return answer(.consistent, "as the outcome says.")
    }

    private func totalCheck(_ paper: Paper) -> [AuditCheck] {
        let counts = rows.compactMap(\.cases)
        guard !counts.isEmpty else { return [] }
        let sum = counts.reduce(0) { $0 + $1.value }
        let place = PaperPlace(name, column: "cases")
        let printed = PrintedNumber(sum, decimals: 0).text
        guard let total = paper.sampleSize(source.options["sample"]?.text) else {
            return [
                AuditCheck(
                    .truthTableCases, at: place, printed: printed, .notCheckable,
                    "With the number of cases (`samples:` or `sample:`) the sum of the rows could be compared with it.")
            ]
        }
        let holds = sum <= total.value + 0.5
        return [
            AuditCheck(
                .truthTableCases, at: place, printed: printed, holds ? .consistent : .notAttainable,
                attainable: "\(total.text) or fewer",
                "The rows have \(printed) cases together"
                    + (holds ? ", of \(total.text)." : ", and there are \(total.text); each case belongs to one row."))
        ]
    }

    private func repeatedRows() -> [AuditCheck] {
        var seen: Set<[String]> = [], repeated: [AuditCheck] = []
        for row in rows where !seen.insert(row.configuration).inserted {
            repeated.append(
                AuditCheck(
                    .truthTableRows, at: PaperPlace(name, row: row.name), printed: row.name, .notAttainable,
                    "The configuration stands there twice; one of its values may be a slip."))
        }
        guard repeated.isEmpty else { return repeated }
        return [
            AuditCheck(
                .truthTableRows, at: PaperPlace(name), printed: "\(rows.count) rows", .consistent,
                "Each configuration stands there once.")
        ]
    }
}
