import Probability

extension Paper {
    /// Alpha, AVE, CR and the number of items of each construct against each other, from wherever the paper states them.
    func measurementChecks() -> [AuditCheck] {
        measures.flatMap { measure -> [AuditCheck] in
            guard let alpha = measure.alpha else { return [] }
            var checks: [AuditCheck] = []
            if let ave = measure.ave, let count = measure.count {
                checks.append(Self.varianceCheck(measure.label, alpha, ave, count))
            }
            if let reliability = measure.compositeReliability {
                checks.append(Self.compositeCheck(measure.label, alpha, reliability))
            }
            return checks
        }
    }

    /// What the tables and the list of constructs state of one construct.
    private struct Measure {
        let label: String
        var alpha: PrintedNumber?
        var ave: PrintedNumber?
        var compositeReliability: PrintedNumber?
        var count: Int?
    }

    private var measures: [Measure] {
        var found: [Measure] = []
        func add(_ name: String, _ change: (inout Measure) -> Void) {
            let label = construct(name)?.names.first ?? name
            if let place = found.firstIndex(where: { simplified($0.label) == simplified(label) }) {
                change(&found[place])
            } else {
                var measure = Measure(label: label)
                change(&measure)
                found.append(measure)
            }
        }
        func whole(_ count: PrintedNumber?) -> Int? {
            count.flatMap { $0.isWhole && $0.value > 1 && $0.value < 1e4 ? Int($0.value) : nil }
        }
        for construct in constructs {
            add(construct.names.first ?? "") {
                ($0.alpha, $0.ave, $0.compositeReliability) = (
                    construct.alpha, construct.ave, construct.compositeReliability
                )
                $0.count = whole(construct.items)
            }
        }
        for table in tables(ReliabilityTable.self) {
            for scale in table.scales where !scale.label.isEmpty {
                add(scale.label) {
                    $0.alpha = $0.alpha ?? scale.alpha
                    $0.ave = $0.ave ?? scale.ave
                    $0.compositeReliability = $0.compositeReliability ?? scale.compositeReliability
                    $0.count = $0.count ?? table.itemCount(scale, self)
                }
            }
        }
        for table in tables(LoadingTable.self) {
            for factor in table.factors where !factor.label.isEmpty {
                add(factor.label) {
                    $0.alpha = $0.alpha ?? factor.alpha
                    $0.ave = $0.ave ?? factor.averageVariance
                    $0.compositeReliability = $0.compositeReliability ?? factor.compositeReliability
                    $0.count = $0.count ?? (factor.items.count > 1 ? factor.items.count : nil)
                }
            }
        }
        return found
    }

    /// k AVE / (1 + (k − 1) AVE) is alpha of standardised items with equal loadings and the largest that unequal ones allow. Raw alpha
    /// and sampling add a few hundredths; loadings from .3 to .95 take up to .12 away.
    private static func varianceCheck(
        _ label: String, _ alpha: PrintedNumber, _ ave: PrintedNumber, _ count: Int
    ) -> AuditCheck {
        let k = Double(count)
        let span = Interval(max(ave.interval.lower, 0), max(ave.interval.upper, 0))
        let greatest = span.monotone { k * $0 / (1 + (k - 1) * $0) }
        return nearness(
            .alphaVariance, label, alpha, to: greatest, below: 0.15, above: 0.04,
            "AVE \(ave.text) with \(count) items goes with an alpha of \(spanText(greatest, decimals: 3)) at most if loadings are equal, less if not."
        )
    }

    private static func compositeCheck(_ label: String, _ alpha: PrintedNumber, _ reliability: PrintedNumber)
        -> AuditCheck
    {
        nearness(
            .alphaComposite, label, alpha, to: reliability.interval, below: 0.15, above: 0.05,
            "Composite reliability is \(reliability.text).")
    }

    private static func nearness(
        _ rule: AuditRule, _ label: String, _ alpha: PrintedNumber, to span: Interval, below: Double, above: Double,
        _ arithmetic: String
    ) -> AuditCheck {
        let isNear = alpha.interval.overlaps(Interval(span.lower - below, span.upper + above))
        return AuditCheck(
            rule, at: PaperPlace("Constructs", row: label, column: "alpha"), printed: alpha.text,
            isNear ? .consistent : .unusual, attainable: spanText(span, decimals: 3),
            isNear
                ? arithmetic
                : arithmetic
                    + " An alpha of \(alpha.text) is far from it: other items, reversed items that were not recoded, or a slip in one of the two."
        )
    }
}
