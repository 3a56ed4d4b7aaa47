import Probability

extension AuditRule {
    static let fitProbability = AuditRule(
        "fit-p", "p of χ²", basis: "upper tail of χ²(df) over the χ² that round to what is printed")
    static let fitRatio = AuditRule("chi2-df", "χ² / df", basis: "quotient of the two printed figures")
}

/// The p values of a printed χ².
func chiSquareProbabilities(_ chi2: PrintedNumber, df: Double) -> Interval {
    chi2.interval.monotone { ChiSquared(degreesOfFreedom: df).upperTail(max(0, $0)) }
}

extension PublishedFit {
    /// p, stars and the ratio of χ² to its degrees of freedom.
    func testChecks(in paper: Paper) -> [AuditCheck] {
        models.flatMap { model -> [AuditCheck] in
            guard let (chi2, df) = model.test else { return [] }
            var checks: [AuditCheck] = []
            let p = chiSquareProbabilities(chi2, df: df)
            let arithmetic = "χ²(\(Int(df))) = \(chi2.text) gives p \(equalsText(p))."
            if let printed = model["p"] {
                let agreement = FigureAgreement(printed, with: p)
                checks.append(
                    AuditCheck(
                        .fitProbability, at: place(model, "p"), printed: printed.text, agreement.verdict,
                        attainable: probabilityText(p), arithmetic + agreement.slip))
            }
            if let marks = model.marks["chi2"], !marks.isEmpty {
                let legends = paper.legend.map { [$0] } ?? StarLegend.inUse.map(\.legend)
                let fits = legends.contains { $0.marks(for: p).contains(marks) }
                checks.append(
                    AuditCheck(
                        .fitProbability, at: place(model, "χ²"), printed: chi2.text + marks,
                        fits ? .consistent : .notAttainable, attainable: probabilityText(p), arithmetic))
            }
            if let printed = model["ratio"] {
                let ratio = chi2.interval / Interval(df)
                let agreement = FigureAgreement(printed, with: ratio)
                checks.append(
                    AuditCheck(
                        .fitRatio, at: place(model, "χ²/df"), printed: printed.text, agreement.verdict,
                        attainable: spanText(ratio, decimals: printed.decimals + 1),
                        "\(chi2.text) / \(Int(df)) = \(spanText(ratio, decimals: printed.decimals + 1)).\(agreement.slip)"
                    ))
            }
            return checks
        }
    }
}
