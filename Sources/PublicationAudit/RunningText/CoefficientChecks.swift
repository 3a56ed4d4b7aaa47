import Probability

extension TextChecks {
    /// Checks a coefficient against the figures beside it.
    func checks(_ coefficient: ReportedCoefficient) -> [AuditCheck] {
        [ratioCheck(coefficient), probabilityCheck(coefficient)].compactMap { $0 } + intervalChecks(coefficient)
    }

    private func ratioCheck(_ coefficient: ReportedCoefficient) -> AuditCheck? {
        guard let error = coefficient.standardError, let printed = coefficient.ratio else { return nil }
        let cell = StarredEstimate(
            at: place(coefficient.range), estimate: coefficient.estimate, standardError: error, marks: "")
        let span = spanText(cell.ratio, decimals: max(printed.decimals, 2))
        let arithmetic = "\(coefficient.estimate.text) / \(error.text) is \(span) in size."
        func answer(_ verdict: Verdict, _ words: String) -> AuditCheck {
            AuditCheck(
                .textRatio, at: place(coefficient.range), printed: printed.text, verdict, attainable: span,
                quoted(words, coefficient.range))
        }
        if cell.ratio.overlaps(printed.interval.magnitude) { return answer(.consistent, arithmetic) }
        if coefficient.isStandardized {
            return answer(
                .unusual,
                "\(arithmetic) Printed is \(printed.text). The standard error may be that of the unstandardized coefficient; say so."
            )
        }
        return answer(.notAttainable, "\(arithmetic) Printed is \(printed.text).")
    }

    /// p from the standard error, where no t or z stands between them.
    private func probabilityCheck(_ coefficient: ReportedCoefficient) -> AuditCheck? {
        guard let error = coefficient.standardError, let probability = coefficient.probability, coefficient.ratio == nil
        else {
            return nil
        }
        let cell = StarredEstimate(
            at: place(coefficient.range), estimate: coefficient.estimate, standardError: error, marks: "")
        let p = tailProbabilities(of: cell.ratio, Interval(10, .infinity))
        let arithmetic =
            "\(coefficient.estimate.text) / \(error.text) = \(spanText(cell.ratio, decimals: 2)) in size gives p \(equalsText(p)), "
            + "from a z test to a t test with 10 degrees of freedom."
        func answer(_ verdict: Verdict, _ words: String) -> AuditCheck {
            AuditCheck(
                .textCoefficient, at: place(coefficient.range), printed: probability.text, verdict,
                attainable: probabilityText(p), quoted(words, coefficient.range))
        }
        if probability.isZero {
            return answer(
                p.lower < 0.0005 ? .unusual : .notAttainable, "\(arithmetic) No p value is zero; write p < .001.")
        }
        if probability.fits(p) { return answer(.consistent, arithmetic) }
        let oneTail = tailProbabilities(of: cell.ratio, Interval(10, .infinity), tails: 1)
        if probability.fits(oneTail) {
            return answer(
                oneTailed.isEmpty ? .unusual : .consistent,
                "\(arithmetic) Printed is \(probability.text), which a test with one tail gives.")
        }
        if probability.fitsIfCut(p) {
            return answer(.unusual, "\(arithmetic) Printed is \(probability.text), digits cut off instead of rounded.")
        }
        if coefficient.isStandardized {
            return answer(
                .unusual,
                "\(arithmetic) Printed is \(probability.text). The standard error may be that of the unstandardized coefficient; say so."
            )
        }
        return answer(.notAttainable, "\(arithmetic) Printed is \(probability.text).")
    }

    private func intervalChecks(_ coefficient: ReportedCoefficient) -> [AuditCheck] {
        guard coefficient.interval.count == 2 else { return [] }
        let (lower, upper) = (coefficient.interval[0], coefficient.interval[1])
        let printed = "[\(lower.text), \(upper.text)]"
        func answer(_ verdict: Verdict, _ words: String) -> AuditCheck {
            AuditCheck(
                .textInterval, at: place(coefficient.range), printed: printed, verdict, quoted(words, coefficient.range)
            )
        }
        var checks: [AuditCheck] = []
        let estimate = coefficient.estimate.interval
        if lower.interval.lower > upper.interval.upper {
            checks.append(answer(.notAttainable, "Its ends stand in the wrong order, or one has lost its minus sign."))
        } else if estimate.upper < lower.interval.lower || estimate.lower > upper.interval.upper {
            checks.append(
                answer(
                    coefficient.isStandardized ? .unusual : .notAttainable,
                    "The estimate \(coefficient.estimate.text) lies outside of its interval; a sign or digit of one of them may be another"
                        + (coefficient.isStandardized
                            ? ", or the interval is that of the unstandardized coefficient." : ".")))
        } else {
            checks.append(answer(.consistent, "It holds the estimate \(coefficient.estimate.text)."))
        }
        if let significant = coefficient.probability?.isClearlySignificant {
            let excludes = lower.interval.lower > 0 || upper.interval.upper < 0
            let holds = lower.interval.upper < 0 && upper.interval.lower > 0
            let disagrees = significant && holds || !significant && excludes
            checks.append(
                answer(
                    disagrees ? .unusual : .consistent,
                    disagrees
                        ? "The interval \(excludes ? "excludes" : "includes") zero, and \(coefficient.probability?.text ?? "p") says the opposite; "
                            + "they may come from two methods, such as bootstrap and Wald, or from one tail and two."
                        : "The interval and p agree about zero."))
        }
        return checks
    }
}
