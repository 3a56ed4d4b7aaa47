import Probability

extension LoadingTable {
    /// C.R., p and stars of each row, and CR and AVE of each factor from its loadings.
    public func checks(in paper: Paper) -> [AuditCheck] {
        CoefficientChecks(source, rows, columns: columns, legend: legend, tails: tails, paper: paper).checks()
            + factors.flatMap(factorChecks)
    }

    private func factorChecks(_ factor: Factor) -> [AuditCheck] {
        var checks = zip(factor.items, factor.loadings).compactMap { item, loading -> AuditCheck? in
            let place = source.place(item.isEmpty ? factor.label : item, columns["standardized"])
            guard loading.interval.magnitude.lower > 1 else {
                return AuditCheck(
                    .loadingRange, at: place, printed: loading.text, .consistent, attainable: "-1 to 1",
                    "A share of \((loading.value * loading.value).fixed(2)) of the variance of the item.")
            }
            return AuditCheck(
                .loadingRange, at: place, printed: loading.text, .unusual, attainable: "-1 to 1",
                "A standardised loading beyond 1 goes with a negative residual variance (a Heywood case), which the paper would have to discuss; or a digit or the column is exchanged."
            )
        }
        if let printed = factor.compositeReliability {
            checks.append(
                check(.compositeReliability, printed, factor, "CR", \.compositeReliability) {
                    "CR = (Σ λ)² / ((Σ λ)² + Σ (1 − λ²)) of \($0.words) is \(spanText($0.compositeReliability, decimals: 3))."
                })
        }
        if let printed = factor.averageVariance {
            checks.append(
                check(.averageVariance, printed, factor, "AVE", \.averageVariance) {
                    "AVE = Σ λ² / \($0.loadings.count) of \($0.words) is \(spanText($0.averageVariance, decimals: 3)), with the printed loadings as they stand \(Self.middle($0).fixed(3))."
                })
        }
        return checks
    }

    private static func middle(_ loadings: FactorLoadings) -> Double {
        loadings.loadings.reduce(0) { $0 + $1.value * $1.value } / Double(max(loadings.loadings.count, 1))
    }

    private func check(
        _ rule: AuditRule, _ printed: PrintedNumber, _ factor: Factor, _ column: String,
        _ quantity: KeyPath<FactorLoadings, Interval>, because words: (FactorLoadings) -> String
    ) -> AuditCheck {
        let place = source.place(factor.label, columns[column])
        guard let loadings = factor.complete else {
            return AuditCheck(
                rule, at: place, printed: printed.text, .notCheckable,
                "The standardised loadings of all items of \(factor.label) would be needed.")
        }
        let check = AuditCheck.comparing(
            rule, at: place, printed, with: loadings[keyPath: quantity], because: words(loadings))
        guard check.verdict == .notAttainable,
            let other = factors.first(where: {
                $0.label != factor.label && $0.complete?[keyPath: quantity].overlaps(printed.interval) == true
            }), factors.contains(where: { $0.label == other.label && fits($0, printed, quantity) == false })
        else { return check }
        return AuditCheck(
            rule, at: place, printed: printed.text, .notAttainable, attainable: check.attainable,
            check.explanation + " It is what the loadings of \(other.label) give; the two may be exchanged.")
    }

    /// Whether the figure printed for a factor is far from what its own loadings give, so that an exchange would explain both.
    private func fits(_ factor: Factor, _ printed: PrintedNumber, _ quantity: KeyPath<FactorLoadings, Interval>)
        -> Bool?
    {
        guard let own = quantity == \.averageVariance ? factor.averageVariance : factor.compositeReliability,
            let loadings = factor.complete
        else { return nil }
        return own.interval.overlaps(loadings[keyPath: quantity])
    }
}
