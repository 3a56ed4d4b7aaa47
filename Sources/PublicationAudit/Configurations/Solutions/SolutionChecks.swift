import Probability

extension PublishedSolutionTable {
    /// Checks the figures of each solution against each other, tries exchanged labels where they disagree, then cut-offs and symbols.
    public func checks(in paper: Paper) -> [AuditCheck] {
        var result: [AuditCheck] = []
        for solution in solutions {
            result += figureChecks(solution) + nestedChecks(solution)
            let diagnosis = solution.agrees(.roundedOrCut) ? nil : LabelDiagnosis(solution)
            if let diagnosis, let check = labelCheck(solution, diagnosis) { result.append(check) }
            result += textChecks(solution, diagnosis)
            result += crispChecks(solution)
        }
        return result + cutChecks(paper) + symbolChecks()
    }

    /// Where a figure stands.
    func place(_ measure: SolutionMeasure, _ term: String?, in solution: SolutionFigures) -> PaperPlace {
        let label = labels[measure] ?? measure.name
        let whole = solution.name.isEmpty ? nil : solution.name
        return configurationsAreColumns
            ? PaperPlace(name, row: label, column: term ?? whole) : PaperPlace(name, row: term ?? whole, column: label)
    }

    private func figureChecks(_ solution: SolutionFigures) -> [AuditCheck] {
        let wide = solution.statements(.roundedOrCut)
        return zip(solution.statements(.rounded), wide).compactMap { statement, ifCut in
            let term = statement.term.map { solution.terms[$0] }
            guard let number = term?[statement.measure] ?? solution[statement.measure] else { return nil }
            let attainable = statement.attainable.map { spanText($0, decimals: number.shownDecimals) }
            var sentence = explanation(statement, solution)
            if !statement.holds && ifCut.holds {
                sentence += " It fits if further digits of the figures were cut off rather than rounded."
            } else if !statement.holds, statement.attainable != nil {
                sentence += " The printed \(number.text) does not lie there."
            }
            return AuditCheck(
                statement.rule, at: place(statement.measure, term?.name, in: solution), printed: number.text,
                statement.holds ? .consistent : ifCut.holds ? .unusual : .notAttainable,
                attainable: attainable ?? "no value", sentence)
        }
    }

    /// The arithmetic behind a statement.
    private func explanation(_ statement: SolutionStatement, _ solution: SolutionFigures) -> String {
        func list(_ measure: SolutionMeasure) -> String {
            solution.terms.compactMap { $0[measure]?.text }.joined(separator: ", ")
        }
        let range =
            statement.attainable.map { " gives \(spanText($0, decimals: 3))" }
            ?? " gives no value: they contradict each other"
        switch statement.rule {
        case .configurationPRI:
            let consistency =
                statement.term.map { solution.terms[$0][.consistency] } ?? solution[.solutionConsistency]
            return "PRI is at most the consistency\(consistency.map { ", \($0.text)" } ?? "")."
        case .configurationBounds where statement.measure == .uniqueCoverage:
            let raw = statement.term.flatMap { solution.terms[$0][.rawCoverage] }
            return "Unique coverage is a part of the raw coverage\(raw.map { ", \($0.text)" } ?? "")."
        case .configurationBounds: return "It is a share, from 0 to 1."
        case .singleConfiguration:
            return "The solution has one configuration, so that its figures are those of the configuration."
        case .sharedCoverage:
            let what =
                solution.terms.count == 2
                ? "Both configurations share the same part of the outcome, r₁ − u₁ = r₂ − u₂"
                : "What a configuration shares with the others, r − u, is at most the sum of what those share"
            return "\(what); with raw \(list(.rawCoverage)) and the other unique coverages this\(range)."
        case .solutionCoverage:
            let formula =
                solution.terms.count == 2
                ? "R = r₁ + u₂ = r₂ + u₁" : "r + Σ u of the others ≤ R ≤ u + Σ r of the others"
            let unique =
                solution.terms.contains { $0[.uniqueCoverage] != nil } ? " and unique \(list(.uniqueCoverage))" : ""
            return "\(formula) with raw \(list(.rawCoverage))\(unique)\(range)."
        default:
            let coverage =
                solution[.solutionCoverage].map { "a solution coverage of \($0.text)" } ?? "the coverage that follows"
            return
                "Configurations of consistency \(list(.consistency)) and raw coverage \(list(.rawCoverage)) with \(coverage)\(range)."
        }
    }

    private func labelCheck(_ solution: SolutionFigures, _ diagnosis: LabelDiagnosis) -> AuditCheck? {
        let row = solution.name.isEmpty ? nil : solution.name
        if !diagnosis.exchanges.isEmpty {
            let ways = diagnosis.exchanges.map(words)
            var sentence = "All figures agree with each other if \(ways.joined(separator: "; or if "))."
            if diagnosis.exchanges.count == 1, let exchange = diagnosis.exchanges.first,
                let coverage = exchange.figures[.solutionCoverage], coverage != solution[.solutionCoverage],
                let consistency = exchange.figures[.solutionConsistency]
            {
                sentence += " Then the solution has coverage \(coverage.text) and consistency \(consistency.text)."
            }
            return AuditCheck(
                .solutionLabels, at: PaperPlace(name, row: row), printed: labelList(solution), .unusual,
                attainable: ways.joined(separator: "; or "), sentence)
        }
        guard !diagnosis.slips.isEmpty else { return nil }
        let slips = diagnosis.slips.map { slip in
            let term = slip.term.map { " of \(solution.terms[$0].name)" } ?? ""
            return "\(label(slip.measure))\(term) \(slip.likely.text) in place of \(slip.printed.text)"
        }
        return AuditCheck(
            .solutionLabels, at: PaperPlace(name, row: row), printed: labelList(solution), .unusual,
            attainable: slips.joined(separator: "; or "),
            "No exchange of labels makes the figures agree; one digit would: \(slips.joined(separator: ", or ")).")
    }

    /// An exchange in words: "`A` and `B` are exchanged".
    private func words(_ exchange: LabelDiagnosis.Exchange) -> String {
        var said: Set<SolutionMeasure> = [], parts: [String] = []
        for move in exchange.moves where !said.contains(move.printed) {
            if exchange.moves.contains(where: { $0.printed == move.meant && $0.meant == move.printed }) {
                said.formUnion([move.printed, move.meant])
                parts.append("`\(label(move.printed))` and `\(label(move.meant))` are exchanged")
            } else {
                parts.append("`\(label(move.printed))` holds the \(label(move.meant))")
            }
        }
        return parts.joined(separator: ", and ")
    }

    private func label(_ measure: SolutionMeasure) -> String { labels[measure] ?? measure.name }

    private func labelList(_ solution: SolutionFigures) -> String {
        SolutionMeasure.allCases.filter { measure in
            solution[measure] != nil || solution.terms.contains { $0[measure] != nil }
        }.map(label).joined(separator: ", ")
    }

    /// What the text says of coverage and consistency, against the table and, where its labels are exchanged, against what they mean.
    private func textChecks(_ solution: SolutionFigures, _ diagnosis: LabelDiagnosis?) -> [AuditCheck] {
        let stated: [(SolutionMeasure, String)] = [
            (.solutionCoverage, "stated coverage"), (.solutionConsistency, "stated consistency"),
        ]
        return stated.compactMap { measure, option in
            guard let text = source.options[option], let figure = try? PrintedNumber(text.text), solutions.count == 1
            else {
                return nil
            }
            let place = PaperPlace(name, row: label(measure), column: "text")
            func check(_ verdict: Verdict, _ number: PrintedNumber, _ sentence: String) -> AuditCheck {
                AuditCheck(.solutionText, at: place, printed: figure.text, verdict, attainable: number.text, sentence)
            }
            if let exchange = diagnosis?.exchanges.first, diagnosis?.exchanges.count == 1,
                let meant = exchange.figures[measure], meant != solution[measure]
            {
                let agrees = figure.interval.overlaps(meant.interval)
                return check(
                    agrees ? .consistent : .notAttainable, meant,
                    "The figures of the table agree with each other only if the \(measure.name) is \(meant.text)"
                        + (agrees
                            ? "." : ", not \(figure.text): the text repeats the figure under the exchanged label."))
            }
            guard let printed = solution[measure] else {
                return AuditCheck(
                    .solutionText, at: place, printed: figure.text, .notCheckable,
                    "The table has no figure for the \(measure.name).")
            }
            let agrees = figure.interval.overlaps(printed.interval)
            return check(
                agrees ? .consistent : .notAttainable, printed,
                agrees ? "The table has \(printed.text)." : "The table has \(printed.text); one of the two is a slip.")
        }
    }
}

extension PrintedNumber {
    /// The decimals in which values are shown beside it.
    var shownDecimals: Int { min(max(decimals + (isPercentage ? 2 : 0), 2), 6) }
}
