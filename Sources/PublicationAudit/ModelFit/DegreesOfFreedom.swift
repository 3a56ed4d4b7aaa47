import Probability

extension AuditRule {
    static let fitDegrees = AuditRule(
        "df", "Degrees of freedom of a measurement model",
        basis:
            "p(p + 1)/2 − 2p − m(m − 1)/2 with p items, each on one of m correlated factors, times the groups; m = 1: p(p − 3)/2"
    )
    static let factorSteps = AuditRule(
        "df-steps", "Degrees of freedom as factors are merged",
        basis:
            "m factors have m(m − 1)/2 correlations: merging one pair frees m − 1 degrees of freedom; in a two-level model at each "
            + "level where both vary")
}

extension PublishedFit {
    /// How many items the models have: as the table's option says, or the sum over the constructs.
    func itemCount(in paper: Paper) -> Int? {
        if let items { return items }
        guard let specification = models.compactMap(\.specification).max(by: { $0.factors.count < $1.factors.count })
        else { return nil }
        let counts = specification.constructs.map { paper.construct($0)?.items?.value }
        guard counts.allSatisfy({ $0 != nil }), !counts.isEmpty else { return nil }
        return Int(counts.reduce(0) { $0 + ($1 ?? 0) })
    }

    /// Degrees of freedom from items and factors, and the steps between models.
    func degreesOfFreedomChecks(in paper: Paper) -> [AuditCheck] {
        guard !areSeparate else { return [] }
        let rows = models.filter { $0.factors != nil && $0.test != nil }
        guard rows.count > 1 || (rows.count == 1 && itemCount(in: paper) != nil) else { return [] }
        let steps = stepChecks(rows, in: paper)
        let levels = levelChecks(rows, items: itemCount(in: paper))
        // A parameter that all models share shifts all rows alike: one finding, not one per row.
        let isShifted =
            !steps.isEmpty && steps.allSatisfy { $0.verdict == .consistent }
            && levels.allSatisfy { $0.verdict == .unusual }
        return (isShifted ? Array(levels.prefix(1)) : levels) + steps
    }

    private func expected(items p: Int, factors m: Int) -> Int { groups * (p * (p - 3) / 2 - m * (m - 1) / 2) }

    private func levelChecks(_ rows: [Model], items: Int?) -> [AuditCheck] {
        func fitting(_ p: Int) -> Int {
            rows.count { expected(items: p, factors: $0.factors ?? 1) == Int($0.test?.df ?? 0) }
        }
        let candidates = Array(3...400)
        let best = items ?? candidates.max { fitting($0) < fitting($1) } ?? 3
        let isKnown = items != nil
        return rows.compactMap { model in
            guard let m = model.factors, let df = model["df"] else { return nil }
            let printed = Int(df.value)
            let at = place(model, "df")
            let simple = expected(items: best, factors: m)
            if simple == printed {
                return AuditCheck(
                    .fitDegrees, at: at, printed: df.text, .consistent, attainable: "\(simple)",
                    "\(best) items on \(m) factor\(m == 1 ? "" : "s") have \(simple) degrees of freedom.")
            }
            if isKnown || fitting(best) > 0 {
                let extra = simple - printed
                return AuditCheck(
                    .fitDegrees, at: at, printed: df.text, .unusual, attainable: "\(simple)",
                    "\(best) items\(isKnown ? "" : ", as other rows imply,") on \(m) factor\(m == 1 ? "" : "s") have \(simple); "
                        + (extra > 0
                            ? "\(printed) needs \(extra) further free parameter\(extra == 1 ? "" : "s"), such as residual covariances."
                            : "\(printed) needs \(-extra) constraint\(extra == -1 ? "" : "s"), or other items."))
            }
            return unattainable(model, m, df)
        }
    }

    /// Degrees of freedom that no number of items gives.
    private func unattainable(_ model: Model, _ m: Int, _ df: PrintedNumber) -> AuditCheck {
        let printed = Int(df.value)
        let above = (3...400).first { expected(items: $0, factors: m) >= printed } ?? 400
        let (low, high) = (expected(items: above - 1, factors: m), expected(items: above, factors: m))
        var sentence =
            "\(m == 1 ? "One factor has" : "\(m) correlated factors with each item on one of them have") \(low) (\(above - 1) items) or "
            + "\(high) (\(above) items) degrees of freedom; \(printed) needs \(high - printed) further free parameters "
            + "with \(above) items that the table does not name, such as residual covariances."
        if let items = (2...400).first(where: { groups * $0 * ($0 - 1) / 2 == printed }) {
            sentence +=
                " \(printed) is the number of the independence model of \(items) items, \(items) × \(items - 1) / 2."
        }
        return AuditCheck(
            .fitDegrees, at: place(model, "df"), printed: df.text, .unusual, attainable: "\(low) or \(high)", sentence)
    }

    private func stepChecks(_ rows: [Model], in paper: Paper) -> [AuditCheck] {
        guard let reference = rows.max(by: { ($0.factors ?? 0) < ($1.factors ?? 0) }), let start = reference.test?.df,
            let most = reference.factors
        else { return [] }
        let others = rows.filter { $0.name != reference.name && ($0.factors ?? most) <= most }
        let printed = others.map { Int(($0.test?.df ?? 0) - start) }
        let simple = others.map { groups * (most * (most - 1) - ($0.factors ?? 0) * (($0.factors ?? 0) - 1)) / 2 }
        let nested = twoLevelSteps(others, from: reference, in: paper)
        let isNested = nested.map { $0 == printed } ?? false
        return others.indices.map { i in
            let fits = isNested || simple[i] == printed[i]
            var sentence =
                "From \(most) to \(others[i].factors ?? 0) factors the degrees of freedom rise by \(simple[i]) "
                + "(\(most)·\(most - 1)/2 − \(others[i].factors ?? 0)·\((others[i].factors ?? 1) - 1)/2 correlations"
                + "\(groups > 1 ? " in each of \(groups) groups" : "")); "
                + "printed is \(others[i]["df"]?.text ?? "") − \(Int(start)) = \(printed[i])."
            if isNested {
                sentence = "As a two-level model the step is \(printed[i]), as printed."
            } else if !fits, let nested {
                sentence += " As a two-level model it would be \(nested[i])."
            }
            if !fits {
                let equals = others.indices.filter { $0 != i && simple[$0] == simple[i] && printed[$0] != printed[i] }
                if let twin = equals.first {
                    sentence += " `\(others[twin].name)` has as many factors and must have as many degrees of freedom."
                }
                sentence += " A parameter may have been added or dropped between the models, or a figure mistyped."
            }
            return AuditCheck(
                .factorSteps, at: place(others[i], "df"), printed: others[i]["df"]?.text ?? "",
                fits ? .consistent : .notAttainable, attainable: "\(Int(start) + simple[i])", sentence)
        }
    }

    /// The steps if the constructs of the larger sample vary at two levels and those of the smaller at the upper only.
    private func twoLevelSteps(_ models: [Model], from reference: Model, in paper: Paper) -> [Int]? {
        guard let all = reference.specification else { return nil }
        let sizes = all.constructs.reduce(into: [String: Double]()) { sizes, name in
            sizes[name] = paper.construct(name)?.sample.flatMap { paper.sampleSize($0)?.value }
        }
        guard sizes.count == all.constructs.count, let largest = sizes.values.max(), Set(sizes.values).count == 2 else {
            return nil
        }
        let within = Set(sizes.filter { $0.value == largest }.keys)
        func correlations(_ specification: FactorSpecification) -> Int {
            let (lower, upper) = (specification.restricted(to: within).count, specification.factors.count)
            return (lower * (lower - 1) + upper * (upper - 1)) / 2
        }
        let steps = models.map { $0.specification.map { correlations(all) - correlations($0) } }
        return steps.contains(nil) ? nil : steps.compactMap { $0 }
    }
}
