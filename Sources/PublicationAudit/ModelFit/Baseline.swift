import Probability

extension AuditRule {
    static let cfiBaseline = AuditRule(
        "cfi-baseline", "CFI against one common baseline",
        basis: "CFI = 1 − (χ² − df) / (χ²_b − df_b) (Bentler, 1990): models of the same items share χ²_b − df_b")
    static let tliBaseline = AuditRule(
        "tli-baseline", "TLI against CFI",
        basis: "df_b = df (1 − TLI) / (1 − CFI), common to all rows and p(p − 1)/2 for p items (Tucker & Lewis, 1973)")
}

/// The values that lie in most of some intervals, and which of them they lie in.
func commonValues(_ spans: [Interval]) -> (values: Interval, members: [Bool])? {
    let best = spans.map { start in spans.map { $0.contains(start.lower) } }
        .max { $0.count { $0 } < $1.count { $0 } }
    guard let best else { return nil }
    let members = zip(spans, best).filter { $0.1 }.map(\.0)
    return (Interval(members.map(\.lower).reduce(-.infinity, max), members.map(\.upper).reduce(.infinity, min)), best)
}

extension PublishedFit {
    /// CFI and TLI of models of the same items.
    func baselineChecks(in paper: Paper) -> [AuditCheck] {
        guard !areSeparate else { return [] }
        let sizes = models.map { $0["n"]?.text ?? "" }
        var checks: [AuditCheck] = []
        for size in Set(sizes).sorted() {
            let rows = models.filter { ($0["n"]?.text ?? "") == size }
            checks += comparativeChecks(rows) + tuckerLewisChecks(rows, in: paper)
        }
        return checks
    }

    /// χ²_b − df_b that a row implies.
    private func baseline(_ model: Model) -> Interval? {
        guard let cfi = model["cfi"], let excess = model.noncentrality else { return nil }
        let misfit = Interval(max(0, 1 - cfi.interval.upper), max(0, 1 - cfi.interval.lower))
        guard misfit.upper > 0 else { return nil }
        return Interval(excess.lower / misfit.upper, misfit.lower > 0 ? excess.upper / misfit.lower : .infinity)
    }

    private func comparativeChecks(_ all: [Model]) -> [AuditCheck] {
        let rows = all.filter { !$0.isBaseline && baseline($0) != nil }
        let printed = all.first { $0.isBaseline }?.noncentrality
        guard !rows.isEmpty else { return [] }
        guard let (values, members) = commonValues(rows.compactMap(baseline)) else { return [] }
        let fitting = members.count { $0 }
        guard printed != nil || rows.count > 1 else {
            return [
                AuditCheck(
                    .cfiBaseline, at: place(rows[0], "CFI"), printed: rows[0]["cfi"]?.text ?? "", .notCheckable,
                    "CFI can be checked against the χ² of the baseline (independence) model or of further models.")
            ]
        }
        let failure: Verdict = Self.areOfTheSameItems(rows) || printed != nil ? .notAttainable : .unusual
        guard failure == .notAttainable || Self.isClearMajority(fitting, of: rows.count) else {
            return [
                AuditCheck(
                    .cfiBaseline, at: PaperPlace(name), printed: "CFI", .notCheckable,
                    "The models may be of different items: nothing says which factors they have, and their CFI imply different "
                        + "baselines.")
            ]
        }
        if printed == nil, fitting * 2 <= rows.count {
            return [
                AuditCheck(
                    .cfiBaseline, at: PaperPlace(name), printed: "CFI", verdict(failure),
                    "No common baseline gives the CFI of more than \(fitting) of \(rows.count) models: the models are not of "
                        + "the same items, or several figures are mistyped.")
            ]
        }
        let common = printed ?? values
        return rows.compactMap { model in
            guard let cfi = model["cfi"], let excess = model.noncentrality, common.lower > 0 else { return nil }
            let span = Interval(1) - Interval(excess.lower / common.upper, excess.upper / common.lower)
            let agreement = FigureAgreement(cfi, with: span)
            let digits = cfi.decimals + 1
            let outcome = agreement.verdict == .notAttainable ? verdict(failure) : agreement.verdict
            return AuditCheck(
                .cfiBaseline, at: place(model, "CFI"), printed: cfi.text, outcome,
                attainable: spanText(span, decimals: digits),
                "With χ² − df of the baseline at \(spanText(common, decimals: 0)), "
                    + (printed == nil ? "as the other models imply" : "as printed")
                    + ", CFI is \(spanText(span, decimals: digits)).\(agreement.slip)")
        }
    }

    private func tuckerLewisChecks(_ all: [Model], in paper: Paper) -> [AuditCheck] {
        let rows = all.compactMap { model -> (Model, PrintedNumber, Interval)? in
            guard let tli = model["tli"], let cfi = model["cfi"], let df = model.test?.df, !model.isBaseline,
                cfi.interval.upper < 1, tli.interval.upper < 1
            else { return nil }
            let ratio = (Interval(1) - tli.interval) / (Interval(1) - cfi.interval)
            return (model, tli, Interval(df) * ratio)
        }
        guard !rows.isEmpty else { return [] }
        let known =
            all.first { $0.isBaseline }?.test?.df ?? itemCount(in: paper).map { Double(groups * $0 * ($0 - 1) / 2) }
        guard let (values, members) = commonValues(rows.map(\.2)) else { return [] }
        guard known != nil || (rows.count > 1 && members.count { $0 } * 2 > rows.count) else {
            return rows.count == 1 && !Self.holdsTriangle(rows[0].2)
                ? [tuckerLewisCheck(rows[0].0, rows[0].1, implied: rows[0].2, common: nil, .unusual)] : []
        }
        let agreeing = members.count { $0 }
        guard known != nil || Self.areOfTheSameItems(rows.map(\.0)) || Self.isClearMajority(agreeing, of: rows.count)
        else {
            return []
        }
        let common = known.map { Interval($0) } ?? values
        return rows.map { model, tli, implied in
            let fits = implied.overlaps(common)
            return tuckerLewisCheck(model, tli, implied: implied, common: common, fits ? .consistent : .unusual)
        }
    }

    private func tuckerLewisCheck(
        _ model: Model, _ tli: PrintedNumber, implied: Interval, common: Interval?, _ verdict: Verdict
    ) -> AuditCheck {
        var sentence =
            "df (1 − TLI) / (1 − CFI) puts the degrees of freedom of the baseline at "
            + spanText(implied, decimals: 0)
        if let common {
            sentence += "; they are \(spanText(common, decimals: 0)) by the items or the other rows."
        } else {
            sentence += ", where no number of items p has p(p − 1)/2."
        }
        return AuditCheck(.tliBaseline, at: place(model, "TLI"), printed: tli.text, verdict, sentence)
    }

    /// Whether all models name their factors, or their χ² are compared, so that they are alternatives for the same items.
    static func areOfTheSameItems(_ models: [Model]) -> Bool {
        models.allSatisfy { $0.factors != nil } || models.contains { $0["delta chi2"] != nil }
    }

    /// Whether so many of the rows agree that the others stand out, though nothing says that all are of the same items.
    static func isClearMajority(_ agreeing: Int, of count: Int) -> Bool {
        agreeing == count || agreeing >= 3 && agreeing * 3 >= count * 2
    }

    /// Whether p(p − 1)/2 lies in an interval for some number of items.
    private static func holdsTriangle(_ span: Interval) -> Bool {
        (2...2000).contains { span.contains(Double($0 * ($0 - 1) / 2)) }
    }
}
