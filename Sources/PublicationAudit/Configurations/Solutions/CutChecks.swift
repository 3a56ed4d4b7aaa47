import Probability

extension PastedTable {
    /// The figures of an option that may list several: `0.8; 0.75`.
    func numbers(option: String) throws(AuditFault) -> [PrintedNumber] {
        guard let text = options[option] else { return [] }
        var numbers: [PrintedNumber] = []
        for part in text.text.split(whereSeparator: { ";,[]".contains($0) }) where !trimmed(part).isEmpty {
            do throws(PrintedNumberFault) {
                numbers.append(try PrintedNumber(part))
            } catch {
                throw .option(name, line: text.line, option: option, error.description)
            }
        }
        return numbers
    }

    /// The number of cases: a sample of the paper, or a number; without the option the paper's own.
    func caseCount(_ paper: Paper) -> PrintedNumber? { paper.sampleSize(options["cases"]?.text) }
}

extension PublishedSolutionTable {
    /// Whether the cut-offs that the text states agree with each other and are met.
    func cutChecks(_ paper: Paper) -> [AuditCheck] {
        let consistency = (try? source.numbers(option: "consistency cut")) ?? []
        let pri = (try? source.numbers(option: "PRI cut")) ?? []
        return statedOnce(consistency, "consistency") + statedOnce(pri, "PRI")
            + met(consistency, .consistency, .solutionConsistency) + met(pri, .pri, .solutionPRI)
            + frequencyChecks(paper)
    }

    private func statedOnce(_ cuts: [PrintedNumber], _ what: String) -> [AuditCheck] {
        guard let first = cuts.first, let other = cuts.first(where: { $0.value != first.value }) else { return [] }
        return [
            AuditCheck(
                .consistencyCuts, at: PaperPlace(name, row: "cut-off of \(what)"),
                printed: cuts.map(\.text).joined(separator: " and "), .unusual,
                "The text states \(first.text) as the cut-off of \(what) and \(other.text) as the threshold that results are compared "
                    + "with. One of them was applied to the truth table; say which.")
        ]
    }

    /// A configuration can fall below the cut-off of the rows that it covers, as remainders and partial members count too; it is rare.
    private func met(
        _ cuts: [PrintedNumber], _ ofTerm: SolutionMeasure, _ ofSolution: SolutionMeasure
    ) -> [AuditCheck] {
        guard let cut = cuts.min(by: { $0.value < $1.value }) else { return [] }
        var checks: [AuditCheck] = []
        func check(_ figure: PrintedNumber?, at place: PaperPlace) {
            guard let figure else { return }
            let holds = figure.interval.upper >= cut.value - 1e-9
            checks.append(
                AuditCheck(
                    .consistencyCuts, at: place, printed: figure.text, holds ? .consistent : .unusual,
                    attainable: "from \(cut.text)",
                    holds
                        ? "It reaches the cut-off of \(cut.text)."
                        : "It lies below the cut-off of \(cut.text) that the text states. Rows above a cut-off seldom make up a "
                            + "configuration or solution below it: the figure, its label or the cut-off may be another."
                ))
        }
        for solution in solutions {
            for term in solution.terms { check(term[ofTerm], at: place(ofTerm, term.name, in: solution)) }
            check(solution[ofSolution], at: place(ofSolution, nil, in: solution))
        }
        return checks
    }

    private func frequencyChecks(_ paper: Paper) -> [AuditCheck] {
        guard let cut = try? source.number(option: "n cut") else { return [] }
        var checks: [AuditCheck] = []
        if let cases = source.caseCount(paper) {
            let isLow = cases.value >= 200 && cut.value <= 1
            checks.append(
                AuditCheck(
                    .frequencyCut, at: PaperPlace(name, row: "cut-off of cases"), printed: cut.text,
                    isLow ? .unusual : .consistent,
                    isLow
                        ? "Rows of a single case count as evidence among \(cases.text) cases, \((100 / cases.value).fixed(2)) % of them. "
                            + "With so many cases a cut-off of 1 to 3 % that keeps 80 % of the cases is usual; say why one case is enough, "
                            + "and whether a higher cut-off changes the result."
                        : "The cut-off of cases per row with \(cases.text) cases."))
        }
        for solution in solutions {
            for term in solution.terms {
                guard let count = term[.cases], count.isWhole else { continue }
                // In fuzzy data members of a configuration are members of one of its rows.
                let holds = count.value >= cut.value
                checks.append(
                    AuditCheck(
                        .frequencyCut, at: place(.cases, term.name, in: solution), printed: count.text,
                        holds ? .consistent : .notAttainable, attainable: "\(cut.text) or more",
                        holds
                            ? "At least the cut-off of \(cut.text)."
                            : "A configuration covers at least one row, and a row needs \(cut.text) cases."))
            }
        }
        return checks
    }

    /// Whether the symbols tell core from auxiliary conditions, and every configuration has a core.
    func symbolChecks() -> [AuditCheck] {
        func listed(_ option: String) -> Set<String> {
            Set((source.options[option]?.text ?? "").split { $0.isWhitespace || ",;".contains($0) }.map(String.init))
        }
        let core = listed("core"), auxiliary = listed("auxiliary")
        guard !core.isEmpty else { return [] }
        let both = core.intersection(auxiliary).sorted()
        guard both.isEmpty else {
            return [
                AuditCheck(
                    .coreConditions, at: PaperPlace(name, row: "legend"), printed: both.joined(separator: " "),
                    .unusual,
                    "\(both.joined(separator: " and ")) stand\(both.count == 1 ? "s" : "") for core and for auxiliary conditions alike, so "
                        + "that a reader cannot tell them apart; print them in two sizes or write which are core.")
            ]
        }
        return solutions.flatMap(\.terms).compactMap { term in
            guard let cells = symbols[term.name] else { return nil }
            let holds = cells.contains { core.contains($0) }
            return AuditCheck(
                .coreConditions, at: PaperPlace(name, column: term.name),
                printed: cells.filter { !$0.isEmpty }.joined(separator: " "), holds ? .consistent : .unusual,
                holds
                    ? "It has a core condition."
                    : "No condition of this configuration is a core condition, so that no term of the parsimonious solution covers it; "
                        + "every configuration of the intermediate solution is covered by one.")
        }
    }
}
