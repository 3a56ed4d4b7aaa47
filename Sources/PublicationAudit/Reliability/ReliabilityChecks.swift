import Probability

extension ReliabilityTable {
    /// The alpha triangle of each scale with items, and what the other figures of its row say of alpha.
    public func checks(in paper: Paper) -> [AuditCheck] {
        scales.flatMap { scale in
            var checks = itemChecks(scale)
            if let count = scale.count, count.isWhole, scale.items.count > 1 {
                checks.append(
                    .comparing(
                        .itemCount, at: source.place(scale.label, columns["count"]), count,
                        with: Interval(Double(scale.items.count)),
                        because: "The table lists \(scale.items.count) items."))
            }
            if let alpha = scale.alpha, let mean = scale.correlation, let count = itemCount(scale, paper) {
                checks.append(correlationCheck(alpha, mean, count, scale.label))
            }
            return checks
        }
    }

    /// How many items a scale has, if the table or the constructs say so.
    func itemCount(_ scale: Scale, _ paper: Paper) -> Int? {
        if scale.items.count > 1 { return scale.items.count }
        let count = scale.count ?? paper.construct(scale.label)?.items
        return count.flatMap { $0.isWhole && $0.value > 1 && $0.value < 1e4 ? Int($0.value) : nil }
    }

    private func itemChecks(_ scale: Scale) -> [AuditCheck] {
        let deleted = scale.items.compactMap(\.deleted)
        guard !deleted.isEmpty else { return [] }
        let place = source.place(scale.label, columns["alpha"])
        guard deleted.count == scale.items.count, let triangle = AlphaTriangle(items: scale.items.count) else {
            return [
                AuditCheck(
                    .alphaFromDeleted, at: place, printed: scale.alpha?.text ?? "–", .notCheckable,
                    "The alphas if an item is deleted of all items, three at least, would be needed.")
            ]
        }
        let spans = deleted.map(\.interval)
        let bounds = triangle.alpha(withoutEach: spans), usual = triangle.usualAlpha(withoutEach: spans)
        guard let alpha = scale.alpha else {
            return [
                AuditCheck(
                    .alphaFromDeleted, at: place, printed: "–", .notCheckable,
                    attainable: spanText(usual, decimals: deleted[0].decimals),
                    "Alpha is not given here. The alphas if an item is deleted allow \(spanText(bounds, decimals: 3)), and of items with similar variances give \(usual.middle.fixed(3))."
                )
            ]
        }
        return [alphaCheck(alpha, bounds: bounds, usual: usual, triangle, place)]
            + scale.items.flatMap { itemChecks($0, alpha: alpha, triangle) }
    }

    private func alphaCheck(
        _ alpha: PrintedNumber, bounds: Interval, usual: Interval, _ triangle: AlphaTriangle, _ place: PaperPlace
    ) -> AuditCheck {
        let check = AuditCheck.comparing(
            .alphaFromDeleted, at: place, alpha, with: bounds,
            because:
                "The \(triangle.items) alphas if an item is deleted allow \(spanText(bounds, decimals: 3)), and of items with similar variances give \(usual.middle.fixed(3))."
        )
        let wide = Interval(usual.lower - triangle.deviationOfRealItems, usual.upper + triangle.deviationOfRealItems)
        guard check.verdict == .consistent, !alpha.interval.overlaps(wide) else { return check }
        return AuditCheck(
            .alphaFromDeleted, at: place, printed: alpha.text, .unusual, attainable: spanText(usual, decimals: 3),
            check.explanation
                + " Items would need very different variances to give \(alpha.text); a slip in alpha, or an item that the table does not list, is likelier."
        )
    }

    private func itemChecks(_ item: Item, alpha: PrintedNumber, _ triangle: AlphaTriangle) -> [AuditCheck] {
        guard let deleted = item.deleted, let correlation = item.correlation else { return [] }
        var checks: [AuditCheck] = []
        let place = source.place(item.label, columns["citc"])
        let lowest = triangle.lowestCorrelation(alpha: alpha.interval, deleted: deleted.interval)
        let usual = triangle.usualCorrelation(alpha: alpha.value, deleted: deleted.value)
        let about = usual.isFinite ? usual.fixed(2) : "any value"
        let given = "Alpha \(alpha.text) and \(deleted.text) without the item"
        if correlation.interval.upper < lowest - 1e-9 || abs(correlation.value) > 1 {
            let slip = likelySlip(correlation, allowed: Interval(max(lowest, usual - 0.02), usual + 0.02))
            checks.append(
                AuditCheck(
                    .itemTotal, at: place, printed: correlation.text, .notAttainable,
                    attainable: "\(lowest.fixed(3)) to 1",
                    "\(given) need an item-total correlation of \(lowest.fixed(3)) at least, whatever the variance of the item; about \(about) is usual. The likeliest slip is in one of the two figures of this row, or rows are exchanged."
                        + (slip.map { " \($0)" } ?? "")))
        } else if usual.isFinite, correlation.value > usual + 0.2 + deleted.halfUnit * Double(10 * triangle.items) {
            checks.append(
                AuditCheck(
                    .itemTotal, at: place, printed: correlation.text, .unusual, attainable: "about \(about)",
                    "\(given) go with an item-total correlation of about \(about); \(correlation.text) would need an item whose variance is far from that of the others."
                ))
        } else {
            checks.append(
                AuditCheck(
                    .itemTotal, at: place, printed: correlation.text, .consistent,
                    attainable: "\(max(lowest, -1).fixed(3)) to 1",
                    "\(given) need \(max(lowest, -1).fixed(3)) at least, and about \(about) is usual."))
        }
        return checks
    }

    private func correlationCheck(
        _ alpha: PrintedNumber, _ mean: PrintedNumber, _ count: Int, _ label: String
    ) -> AuditCheck {
        let implied = mean.interval.monotone { Double(count) * $0 / (1 + Double(count - 1) * $0) }
        let near = Interval(implied.lower - 0.05, implied.upper + 0.05)
        let arithmetic =
            "\(count) items with a mean correlation of \(mean.text) have α = \(spanText(implied, decimals: 3)) if standardised."
        let isNear = alpha.interval.overlaps(near)
        return AuditCheck(
            .alphaCorrelation, at: source.place(label, columns["alpha"]), printed: alpha.text,
            isNear ? .consistent : .unusual, attainable: spanText(implied, decimals: 3),
            isNear ? arithmetic : arithmetic + " Variances of real items move it by a few hundredths only.")
    }
}
