import Probability

extension AuditRule {
    static let rmsea = AuditRule(
        "rmsea", "RMSEA from χ², degrees of freedom and sample size",
        basis:
            "RMSEA = √(max(χ² − df, 0) / (df n)) with n = N or N − 1, in several groups also times √groups (Steiger, 1998)"
    )
    static let rmseaInterval = AuditRule(
        "rmsea-ci", "Interval of RMSEA",
        basis:
            "√(λ / (df n)) with the non-centralities λ that put χ² at the 95 % and 5 % points (Browne & Cudeck, 1993); 90 % or 95 %"
    )
    static let fitSample = AuditRule(
        "fit-sample", "The sample behind RMSEA",
        basis: "N solved from RMSEA, χ² and degrees of freedom of all rows, compared with the samples of the paper")
}

extension PublishedFit {
    /// RMSEA and its interval, and which of the paper's samples they were computed with.
    func approximationChecks(in paper: Paper) -> [AuditCheck] {
        let rows = models.filter { $0["rmsea"] != nil && $0.test != nil && !$0.isBaseline }
        guard !rows.isEmpty else { return [] }
        let candidates = samples(in: paper)
        func fitting(_ sample: Sample, groups: Int) -> Int {
            rows.count { model in
                guard let printed = model["rmsea"] else { return false }
                return approximations(model, size: model["n"] ?? sample.size, groups: groups).contains {
                    $0.overlaps(printed.interval)
                }
            }
        }
        // Where the table does not say how many groups there are, up to six are tried.
        let possible = source.options["groups"] == nil && rows.count > 1 ? Array(1...6) : [groups]
        let settings = possible.flatMap { groups in candidates.map { (sample: $0, groups: groups) } }
        let setting = settings.max {
            fitting($0.sample, groups: $0.groups) < fitting($1.sample, groups: $1.groups)
        }
        let best = setting?.sample
        let groups = setting?.groups ?? groups
        var checks = rows.compactMap { model in
            approximationCheck(model, size: model["n"] ?? best?.size, groups: groups)
        }
        if groups == 1 { checks += rows.compactMap { intervalCheck($0, size: $0["n"] ?? best?.size) } }
        if let best, rows.contains(where: { $0["n"] == nil }) {
            checks += sampleCheck(best, among: candidates, rows: rows, fitting: { fitting($0, groups: groups) }, paper)
        }
        return checks
    }

    /// The samples that the models may have been fitted to: the one that is named first, then those of the paper. Of samples that fit
    /// alike the first is taken.
    private func samples(in paper: Paper) -> [Sample] {
        let named = source.options["sample"].flatMap { option in
            paper.sampleSize(option.text).map { Sample(option.text, size: $0) }
        }
        let others = paper.samples.filter { $0.size.value != named?.size.value }
        return (([named].compactMap { $0 }) + others).filter { $0.size.interval.lower > 2 }
    }

    /// RMSEA with n = N and N − 1, for each treatment of several groups.
    private func approximations(_ model: Model, size: PrintedNumber, groups: Int) -> [Interval] {
        guard let excess = model.noncentrality, let df = model.test?.df,
            let root = (excess / (Interval(df) * Interval(size.interval.lower - 1, size.interval.upper))).squareRoot
        else { return [] }
        let factors: [Double] = groups > 1 ? [Double(groups).squareRoot(), 1] : [1]
        return factors.map { root * Interval($0) }
    }

    private func approximationCheck(_ model: Model, size: PrintedNumber?, groups: Int) -> AuditCheck? {
        guard let printed = model["rmsea"], let (chi2, df) = model.test else { return nil }
        let at = place(model, "RMSEA")
        guard let size else {
            return AuditCheck(
                .rmsea, at: at, printed: printed.text, .notCheckable,
                "RMSEA can be checked once the sample size is known; write it under `samples:`.")
        }
        let spans = approximations(model, size: size, groups: groups)
        guard let span = spans.first(where: { $0.overlaps(printed.interval) }) ?? spans.first else { return nil }
        let agreement = FigureAgreement(printed, with: span)
        let digits = printed.decimals + 1
        var sentence =
            "√(\(groups > 1 ? "\(groups) × " : "")(\(chi2.text) − \(Int(df))) / (\(Int(df)) × \(size.text))) = "
            + "\(spanText(span, decimals: digits))."
        if agreement.verdict == .notAttainable {
            sentence += needed(printed, chi2, df, size) + agreement.slip
            if isRobust { sentence += " Robust versions of RMSEA correct for scaling and can differ." }
        }
        return AuditCheck(
            .rmsea, at: at, printed: printed.text, verdict(agreement.verdict),
            attainable: spanText(span, decimals: digits), sentence)
    }

    /// What N or which degrees of freedom would give a printed RMSEA.
    private func needed(_ rmsea: PrintedNumber, _ chi2: PrintedNumber, _ df: Double, _ size: PrintedNumber) -> String {
        let square = Interval(max(0, rmsea.interval.lower), max(0, rmsea.interval.upper)).squared
        guard square.lower > 0 else { return "" }
        let n = Interval(max(0, chi2.interval.lower - df), max(0, chi2.interval.upper - df)) / (Interval(df) * square)
        let freedom = chi2.interval / (Interval(1) + size.interval * square)
        var words = " \(rmsea.text) needs N from \((n.lower).fixed(0)) to \((n.upper + 1).fixed(0))"
        if freedom.upper.rounded(.down) >= freedom.lower.rounded(.up) {
            words +=
                ", or \(freedom.lower.rounded(.up).fixed(0)) to \(freedom.upper.rounded(.down).fixed(0)) degrees of freedom"
        }
        return words + "."
    }

    private func intervalCheck(_ model: Model, size: PrintedNumber?) -> AuditCheck? {
        guard let printed = model.interval, let size, let (chi2, df) = model.test else { return nil }
        func limit(_ p: Double) -> Interval {
            let lambda = chi2.interval.monotone {
                NoncentralChiSquared.noncentrality(cumulative: p, at: max(0, $0), degreesOfFreedom: df)
            }
            return (lambda / (Interval(df) * Interval(size.interval.lower - 1, size.interval.upper))).squareRoot
                ?? .everything
        }
        let limits = [0.05, 0.025].map { (limit(1 - $0), limit($0)) }
        let fits = limits.contains {
            printed.lower.interval.overlaps($0.0) && printed.upper.interval.overlaps($0.1)
        }
        let digits = printed.lower.decimals + 1
        let words = "\(spanText(limits[0].0, decimals: digits)); \(spanText(limits[0].1, decimals: digits))"
        return AuditCheck(
            .rmseaInterval, at: place(model, "RMSEA interval"),
            printed: "[\(printed.lower.text), \(printed.upper.text)]", verdict(fits ? .consistent : .notAttainable),
            attainable: words, "χ²(\(Int(df))) = \(chi2.text) with N = \(size.text) has a 90 % interval of [\(words)].")
    }

    private func sampleCheck(
        _ best: Sample, among candidates: [Sample], rows: [Model], fitting: (Sample) -> Int, _ paper: Paper
    ) -> [AuditCheck] {
        let place = PaperPlace(name)
        let counts = candidates.map {
            "\(fitting($0)) of \(rows.count) with N = \($0.size.text) (\($0.name))"
        }
        let sentence = "RMSEA reproduces in " + counts.joined(separator: ", ") + "."
        let declared = source.options["sample"].flatMap { paper.sampleSize($0.text) } ?? candidates.first?.size
        let constructs = rows.flatMap { $0.specification?.constructs ?? [] }
        let foreign = Set(constructs).filter { name in
            guard let sample = paper.construct(name)?.sample, let size = paper.sampleSize(sample) else { return false }
            return size.value != best.size.value
        }
        guard fitting(best) > 0 else { return [] }
        if !foreign.isEmpty {
            let names = foreign.sorted().joined(separator: ", ")
            return [
                AuditCheck(
                    .fitSample, at: place, printed: "N", .unusual, attainable: best.size.text,
                    "\(sentence) The models look fitted to \(best.size.text) rows taken as independent, though \(names) "
                        + "\(foreign.count == 1 ? "was" : "were") measured in another sample: the values are then repeated "
                        + "for each row of a person, and χ² is too large.")
            ]
        }
        let isDeclared = declared?.value == best.size.value
        return [
            AuditCheck(
                .fitSample, at: place, printed: "N", isDeclared || candidates.count == 1 ? .consistent : .unusual,
                attainable: best.size.text, sentence)
        ]
    }
}
