import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension AuditRule {
    static let nestedFit = AuditRule(
        "nested-chi2", "χ² of nested models",
        basis: "a model with factors merged is a special case, so its maximum-likelihood χ² is no smaller")
    static let chiSquareDifference = AuditRule(
        "delta-chi2", "Differences in χ²", basis: "differences of the printed χ² and df of two rows; p from χ²(Δdf)")
    static let informationSteps = AuditRule(
        "aic", "AIC and BIC against χ²",
        basis:
            "AIC₁ − AIC₂ = χ²₁ − χ²₂ − 2(df₁ − df₂) and BIC₁ − BIC₂ = χ²₁ − χ²₂ − ln N (df₁ − df₂) under every definition"
    )
}

extension PublishedFit {
    /// χ² must not fall as factors are merged.
    func nestingChecks() -> [AuditCheck] {
        guard !areSeparate else { return [] }
        return models.compactMap { model in
            guard let own = model.test, let specification = model.specification else { return nil }
            let finer = models.filter { other in
                other.test != nil && other["n"] == model["n"]
                    && other.specification.map { specification.merges($0) } ?? false
            }
            guard let largest = finer.max(by: { ($0.test?.chi2.value ?? 0) < ($1.test?.chi2.value ?? 0) }),
                let other = largest.test
            else { return nil }
            let falls = own.chi2.interval.upper < other.chi2.interval.lower
            return AuditCheck(
                .nestedFit, at: place(model, "χ²"), printed: own.chi2.text,
                verdict(falls ? .notAttainable : .consistent),
                attainable: "\(other.chi2.text) or more",
                "It is `\(largest.name)` with factors merged, whose χ² is \(other.chi2.text)."
                    + (falls ? " The rows may have been exchanged." : ""))
        }
    }

    /// Printed differences, and information criteria.
    func differenceChecks(in paper: Paper) -> [AuditCheck] {
        models.indices.compactMap { differenceCheck($0) } + models.compactMap(differenceProbability)
            + criterionChecks("aic", in: paper)
            + criterionChecks("bic", in: paper)
    }

    private func differenceCheck(_ index: Int) -> AuditCheck? {
        let model = models[index]
        guard let printed = model["delta chi2"], let own = model.test else { return nil }
        let at = place(model, "Δχ²")
        let others = models.indices.filter { $0 != index && models[$0].test != nil }
        func difference(_ other: Int) -> (chi2: Interval, df: Double)? {
            models[other].test.map { ((own.chi2.interval - $0.chi2.interval).magnitude, abs(own.df - $0.df)) }
        }
        let match = others.first { other in
            guard let (chi2, df) = difference(other), chi2.overlaps(printed.interval.magnitude) else { return false }
            return model["delta df"].map { abs($0.value) == df } ?? true
        }
        guard let match else {
            let near = [others.first, others.last { $0 < index }].compactMap { $0 }
            let words = Set(near).sorted().compactMap { other in
                difference(other).map {
                    "\(spanText($0.chi2, decimals: printed.decimals)) with \(Int($0.df)) against `\(models[other].name)`"
                }
            }
            return AuditCheck(
                .chiSquareDifference, at: at, printed: printed.text, isRobust ? .notCheckable : .notAttainable,
                attainable: words.joined(separator: ", or "),
                isRobust
                    ? "Differences of robust χ² are scaled, which takes the scaling factors of both models."
                    : "The printed χ² and degrees of freedom differ by \(words.joined(separator: ", or by ")).")
        }
        return AuditCheck(
            .chiSquareDifference, at: at, printed: printed.text, .consistent,
            "It is the difference to `\(models[match].name)`.")
    }

    private func differenceProbability(_ model: Model) -> AuditCheck? {
        guard let printed = model["delta p"], let chi2 = model["delta chi2"], let df = model["delta df"], df.value > 0
        else { return nil }
        let p = chiSquareProbabilities(chi2, df: df.value)
        let agreement = FigureAgreement(printed, with: p)
        return AuditCheck(
            .fitProbability, at: place(model, "p"), printed: printed.text, agreement.verdict,
            attainable: probabilityText(p), "Δχ²(\(df.text)) = \(chi2.text) gives p \(equalsText(p)).\(agreement.slip)")
    }

    private func criterionChecks(_ column: String, in paper: Paper) -> [AuditCheck] {
        let rows = models.filter { $0[column] != nil && $0.test != nil }
        guard let first = rows.first, let start = first.test, let base = first[column], !areSeparate, !isRobust,
            rows.allSatisfy({ $0["n"] == first["n"] })
        else { return [] }
        let sizes = ([first["n"]].compactMap { $0 } + paper.samples.map(\.size)).map(\.interval).filter { $0.lower > 1 }
        guard column == "aic" || !sizes.isEmpty else { return [] }
        let checks = rows.dropFirst().compactMap { model -> AuditCheck? in
            guard let own = model.test, let printed = model[column] else { return nil }
            let change = own.chi2.interval - start.chi2.interval
            let weights = column == "aic" ? [Interval(2)] : sizes.map { $0.monotone { log($0) } }
            let spans = weights.map { base.interval + change - $0 * Interval(own.df - start.df) }
            guard let span = spans.first(where: { $0.overlaps(printed.interval) }) ?? spans.first else { return nil }
            let agreement = FigureAgreement(printed, with: span)
            return AuditCheck(
                .informationSteps, at: place(model, column.uppercased()), printed: printed.text, agreement.verdict,
                attainable: spanText(span, decimals: printed.decimals + 1),
                "From `\(first.name)`, with \(base.text), the printed χ² and degrees of freedom lead to "
                    + "\(spanText(span, decimals: printed.decimals + 1)).\(agreement.slip)")
        }
        // Models that name no factors may be of different items, and then share nothing.
        let agreeing = checks.count { $0.verdict == .consistent }
        return Self.areOfTheSameItems(rows) || Self.isClearMajority(agreeing, of: checks.count) ? checks : []
    }
}
