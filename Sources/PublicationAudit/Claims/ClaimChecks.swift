import Probability

extension Paper {
    /// Checks a sentence of the text.
    func claimChecks(_ claim: TextClaim) -> [AuditCheck] {
        switch claim.statement {
        case .all(let reference, let comparison, let bound):
            [with(reference, claim, .claimOfAll) { allCheck(claim, $0, comparison, bound) }]
        case .range(let reference, let from, let to):
            [with(reference, claim, .claimOfRange) { rangeCheck(claim, $0, from: from, to: to) }]
        case .equals(let printed, let formula): [formulaCheck(claim, printed, formula)]
        case .probability(let reference, let p):
            [with(reference, claim, .claimOfProbability) { probabilityCheck(claim, $0, p) }]
        case .significant(let reference, let level):
            [with(reference, claim, .claimOfProbability) { significanceCheck(claim, $0, level) }]
        case .repeats(let reference, let printed):
            [with(reference, claim, .claimOfFigure) { repetitionCheck(claim, $0, printed) }]
        }
    }

    private func with(
        _ reference: TextClaim.ColumnReference, _ claim: TextClaim, _ rule: AuditRule,
        _ check: (ReferencedFigures) -> AuditCheck
    ) -> AuditCheck {
        do throws(ClaimFault) {
            let figures = try ReferencedFigures(reference, in: self)
            guard !figures.figures.isEmpty else { throw .noFigures(figures.table.name) }
            return check(figures)
        } catch {
            return AuditCheck(rule, at: claim.paperPlace, printed: claim.says, .notCheckable, error.description)
        }
    }

    private func allCheck(
        _ claim: TextClaim, _ figures: ReferencedFigures, _ comparison: TextClaim.Comparison, _ bound: PrintedNumber
    ) -> AuditCheck {
        let exceptions = figures.figures.filter { !comparison.allows($0.number.interval, bound.value) }
        let words = "\(comparison.rawValue) \(bound.text)"
        let contradicted = figures.contradicted(comparison, bound.value)
        guard let extreme = comparison.extreme(of: figures.figures) else {
            return AuditCheck(
                .claimOfAll, at: claim.paperPlace, printed: claim.says, .notCheckable, "No figure stands there.")
        }
        guard exceptions.isEmpty else {
            return exceptionCheck(claim, figures, exceptions, words)
        }
        guard contradicted.isEmpty else {
            return AuditCheck(
                .claimOfAll, at: claim.paperPlace, printed: claim.says, .notAttainable, attainable: words,
                "The printed figures are all \(words), but what they are computed from is not: \(contradicted.joined(separator: "; "))."
            )
        }
        return AuditCheck(
            .claimOfAll, at: claim.paperPlace, printed: claim.says, .consistent, attainable: words,
            "All \(figures.figures.count) figures of \(figures.table.name) are \(words); the nearest is \(extreme.number.text) (\(extreme.label))."
        )
    }

    private func exceptionCheck(
        _ claim: TextClaim, _ figures: ReferencedFigures, _ exceptions: [ReferencedFigures.Figure], _ words: String
    ) -> AuditCheck {
        let named = exceptions.prefix(8).map { "\($0.label) \($0.number.text)" }.joined(separator: ", ")
        let more = exceptions.count > 8 ? " and \(exceptions.count - 8) more" : ""
        return AuditCheck(
            .claimOfAll, at: claim.paperPlace, printed: claim.says, .notAttainable, attainable: words,
            "\(exceptions.count) of \(figures.figures.count) figures of \(figures.table.name) \(exceptions.count == 1 ? "is" : "are") not \(words): \(named)\(more)."
        )
    }

    private func rangeCheck(
        _ claim: TextClaim, _ figures: ReferencedFigures, from: PrintedNumber, to: PrintedNumber
    ) -> AuditCheck {
        let sorted = figures.figures.sorted { $0.number.value < $1.number.value }
        guard let lowest = sorted.first, let highest = sorted.last else {
            return AuditCheck(
                .claimOfRange, at: claim.paperPlace, printed: claim.says, .notCheckable, "No figure stands there.")
        }
        let fits = (from.interval.overlaps(lowest.number.interval), to.interval.overlaps(highest.number.interval))
        let span = "\(lowest.number.text) to \(highest.number.text)"
        var sentence =
            "The figures of \(figures.table.name) reach from \(lowest.number.text) (\(lowest.label)) to \(highest.number.text) (\(highest.label))"
        if !fits.0 { sentence += ", and the text says from \(from.text)" }
        if !fits.1 { sentence += fits.0 ? ", and the text says to \(to.text)" : " to \(to.text)" }
        return AuditCheck(
            .claimOfRange, at: claim.paperPlace, printed: claim.says,
            fits == (true, true) ? .consistent : .notAttainable,
            attainable: span, sentence + ".")
    }

    private func formulaCheck(_ claim: TextClaim, _ printed: PrintedNumber, _ formula: ArithmeticExpression)
        -> AuditCheck
    {
        do throws(ArithmeticFault) {
            let value = try formula.values { name in
                samples.first { simplified($0.name) == simplified(name) }?.size
            }
            let span =
                printed.isPercentage ? figureSpan(value, like: printed) : spanText(value, decimals: printed.decimals)
            return .comparing(
                .claimOfArithmetic, at: claim.paperPlace, printed, with: value, because: "\(formula.text) = \(span).")
        } catch {
            return AuditCheck(
                .claimOfArithmetic, at: claim.paperPlace, printed: printed.text, .notCheckable,
                "`\(formula.text)` cannot be read: \(error).")
        }
    }

    private func repetitionCheck(_ claim: TextClaim, _ figures: ReferencedFigures, _ printed: PrintedNumber)
        -> AuditCheck
    {
        let found = figures.figures.first { printed.interval.overlaps($0.number.interval) }
        let shown = figures.figures.prefix(4).map(\.number.text).joined(separator: ", ")
        return AuditCheck(
            .claimOfFigure, at: claim.paperPlace, printed: printed.text, found == nil ? .notAttainable : .consistent,
            attainable: shown,
            found == nil
                ? "\(figures.table.name) prints \(shown) for \(figures.figures[0].label), and the text says \(printed.text)."
                : "\(figures.table.name) prints \(found?.number.text ?? "").")
    }
}

extension TextClaim {
    /// Where the sentence stands.
    var paperPlace: PaperPlace { PaperPlace(place.isEmpty ? "Text" : place) }
}

extension TextClaim.Comparison {
    /// Whether some value that rounds to a figure lies on this side of a bound.
    func allows(_ figure: Interval, _ bound: Double) -> Bool {
        let tolerance = 1e-11 * max(abs(bound), 1)
        return switch self {
        case .above: figure.upper > bound + tolerance
        case .atLeast: figure.upper >= bound - tolerance
        case .below: figure.lower < bound - tolerance
        case .atMost: figure.lower <= bound + tolerance
        }
    }

    /// The figure nearest to the wrong side.
    func extreme(of figures: [ReferencedFigures.Figure]) -> ReferencedFigures.Figure? {
        switch self {
        case .above, .atLeast: figures.min { $0.number.value < $1.number.value }
        case .below, .atMost: figures.max { $0.number.value < $1.number.value }
        }
    }
}
