import Probability

extension PublishedNecessity {
    /// Checks each figure, then each condition with its absence, then the conditions with each other.
    public func checks(in paper: Paper) -> [AuditCheck] {
        conditions.flatMap(boundChecks) + pairChecks() + sizeChecks()
    }

    private var isCrisp: Bool { (try? source.word(option: "data", of: ["crisp", "fuzzy"])) == "crisp" }

    private func place(_ condition: Condition, _ column: String) -> PaperPlace {
        PaperPlace(name, row: condition.name, column: column)
    }

    private func boundChecks(_ condition: Condition) -> [AuditCheck] {
        let figures = [
            ("consistency", Optional(condition.consistency)), ("coverage", condition.coverage),
            ("RoN", condition.relevance),
        ]
        var checks = figures.compactMap { column, figure in
            figure.map {
                AuditCheck.comparing(
                    .necessityBounds, at: place(condition, column), $0, with: Interval(0, 1),
                    because: "It is a share, from 0 to 1.")
            }
        }
        if isCrisp, let cases = outcomeCases, cases.isWhole, cases.value >= 1 {
            let counts = condition.consistency.interval * Interval(cases.value)
            let holds = (counts.lower - 1e-9).rounded(.up) <= (counts.upper + 1e-9).rounded(.down)
            checks.append(
                AuditCheck(
                    .crispCounts, at: place(condition, "consistency"), printed: condition.consistency.text,
                    holds ? .consistent : .notAttainable,
                    "In crisp sets consistency of necessity is a share of the \(cases.text) cases with the outcome"
                        + (holds ? "." : ", and no whole number of them gives \(condition.consistency.text).")))
        }
        return checks
    }

    /// Each condition with its absence.
    private var pairs: [(present: Condition, absent: Condition)] {
        conditions.filter { !$0.isAbsence }.compactMap { condition in
            conditions.first { $0.isAbsence && $0.base == condition.base }.map { (condition, $0) }
        }
    }

    private func pairChecks() -> [AuditCheck] {
        pairs.map { present, absent in
            let sum = present.consistency.interval + absent.consistency.interval
            let attainable = isCrisp ? Interval(1) : Interval(1, 2)
            let holds = sum.overlaps(attainable)
            let words =
                "\(present.name) and \(absent.name) have consistencies of \(present.consistency.text) and \(absent.consistency.text)"
            return AuditCheck(
                .necessityPair, at: PaperPlace(name, row: "\(present.name), \(absent.name)", column: "consistency"),
                printed: "\(present.consistency.text), \(absent.consistency.text)",
                holds ? .consistent : .notAttainable,
                attainable: isCrisp ? "a sum of 1" : "a sum of 1 or more",
                holds
                    ? "\(words), \(spanText(sum, decimals: 3)) together."
                    : "\(words), \(spanText(sum, decimals: 3)) together; every case has the outcome with the condition or without it. "
                        + "One of the two, or the mark of absence, may be a slip.")
        }
    }

    /// Σ x / Σ y of a condition.
    private func size(_ condition: Condition) -> Interval? {
        guard let coverage = condition.coverage?.interval, coverage.lower > 0 else { return nil }
        return Interval(max(condition.consistency.interval.lower, 0), condition.consistency.interval.upper) / coverage
    }

    private func sizeChecks() -> [AuditCheck] {
        let totals = pairs.compactMap { pair -> (pair: (present: Condition, absent: Condition), total: Interval)? in
            guard let present = size(pair.present), let absent = size(pair.absent) else { return nil }
            return (pair, present + absent)
        }
        guard totals.count > 1 else { return [] }
        // The value that most pairs allow lies at the lower end of one of them.
        let votes = totals.map { candidate in totals.count { $0.total.contains(candidate.total.lower) } }
        guard let most = votes.max(), let best = votes.firstIndex(of: most) else { return [] }
        let agreeing = totals.filter { $0.total.contains(totals[best].total.lower) }.map(\.total)
        let common = agreeing.dropFirst().reduce(agreeing[0]) { $0.intersection($1) ?? $0 }
        var checks: [AuditCheck] = []
        for (pair, total) in totals {
            let holds = total.overlaps(common)
            let words =
                "Consistency / coverage of \(pair.present.name) and \(pair.absent.name) together is N / Σ y = \(spanText(total, decimals: 2))"
            checks.append(
                AuditCheck(
                    .necessitySize, at: PaperPlace(name, row: "\(pair.present.name), \(pair.absent.name)"),
                    printed: [pair.present, pair.absent].map { "\($0.consistency.text) / \($0.coverage?.text ?? "")" }
                        .joined(separator: ", "),
                    holds ? .consistent : .notAttainable, attainable: spanText(common, decimals: 2),
                    holds
                        ? "\(words), as for the other conditions."
                        : "\(words), and \(most == 1 ? "of another condition" : "of most other conditions") \(spanText(common, decimals: 2)), where it is "
                            + "the same for all. A figure of these two rows may be a slip."))
            if holds { checks += relevanceChecks(pair.present, common) + relevanceChecks(pair.absent, common) }
        }
        return checks
    }

    private func relevanceChecks(_ condition: Condition, _ total: Interval) -> [AuditCheck] {
        guard let printed = condition.relevance, let coverage = condition.coverage?.interval, coverage.lower > 0 else {
            return []
        }
        let consistency = condition.consistency.interval
        // (s − k/c) / (s − k) rises with s and c and falls with k.
        func relevance(_ s: Double, _ k: Double, _ c: Double) -> Double {
            s - k > 1e-9 ? max((s - k / c) / (s - k), 0) : 0
        }
        let range = Interval(
            relevance(total.lower, consistency.upper, coverage.lower),
            total.upper - consistency.lower > 1e-9
                ? min(relevance(total.upper, consistency.lower, min(coverage.upper, 1)), 1) : 1)
        return [
            AuditCheck.comparing(
                .necessityRelevance, at: place(condition, "RoN"), printed, with: range,
                because:
                    "With N / Σ y = \(spanText(total, decimals: 2)), consistency \(condition.consistency.text) and coverage "
                    + "\(condition.coverage?.text ?? "") give a relevance of \(spanText(range, decimals: 3)).")
        ]
    }
}
