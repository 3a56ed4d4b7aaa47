extension CountTable {
    /// Whether a characteristic is named in a row for the first time; typed tables may repeat it in every row of its block.
    private var beginsBlock: [Bool] {
        groups.indices.map { !groups[$0].names.isEmpty && ($0 == 0 || groups[$0].names != groups[$0 - 1].names) }
    }

    /// Sums of the blocks against N, percentages against counts, sums of percentages.
    public func checks(in paper: Paper) -> [AuditCheck] {
        guard !groups.isEmpty else { return [] }
        let sample = paper.sampleSize(source.options["sample"]?.text)
        let stated = sample.flatMap { $0.isWhole && $0.value < 1e12 ? Int($0.value) : nil }
        let blocks = CountBlocks(
            counts: groups.map(\.count), named: beginsBlock, expected: stated
        ).ranges.map { Block(groups: Array(groups[$0])) }
        let common = Set(blocks.map(\.sum)).count == 1 ? blocks.first?.sum : nil
        var checks: [AuditCheck] = []
        if !allowsSeveral {
            checks += sumChecks(blocks, stated: stated, common: common)
            checks += totals.map { total in
                let size = common ?? stated ?? blocks.reduce(0) { $0 + $1.sum }
                return AuditCheck.comparing(
                    .countSum, at: source.place(total.label, countColumn), total.printed,
                    with: Interval(Double(size)), because: "The groups sum to \(size).")
            }
        }
        return checks + percentageChecks(blocks, stated: stated ?? common)
    }

    /// The groups of one characteristic.
    struct Block {
        let groups: [Group]
        var sum: Int { groups.reduce(0) { $0.addingReportingOverflow($1.count).partialValue } }
        var name: String { groups.first { !$0.names.isEmpty }?.names ?? groups.first?.label ?? "" }
        var sumWords: String {
            let terms = groups.map { String($0.count) }
            return "\(terms.count > 8 ? "the \(terms.count) counts" : terms.joined(separator: " + ")) = \(sum)"
        }
    }

    private func sumChecks(_ blocks: [Block], stated: Int?, common: Int?) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        var expected = stated
        if let stated, let common, common != stated, blocks.count > 1 {
            expected = common
            var sentence =
                "All \(blocks.count) blocks of the table sum to \(common), and the paper states N = \(stated)."
            if let fitting = Self.sizes(fitting: groups), fitting.contains(common), !fitting.contains(stated) {
                let size = fitting.count == 1 ? "\(common) and no other size" : "\(common), and not \(stated)"
                sentence += " The percentages fit N = \(size)."
            }
            sentence +=
                " Either N is misprinted, or \(abs(stated - common)) answers are left out and the table does not say so."
            if let slip = likelySlip(PrintedNumber(stated), allowed: Interval(Double(common))) {
                sentence += " \(slip)"
            }
            checks.append(
                AuditCheck(
                    .countSum, at: PaperPlace(name, column: "N"), printed: "N = \(stated)", .notAttainable,
                    attainable: "\(common)", sentence))
        }
        guard let size = expected ?? common else {
            return [
                AuditCheck(
                    .countSum, at: PaperPlace(name), printed: "\(blocks.count) blocks", .notCheckable,
                    "The blocks have different sums and the file gives no N; give it with `samples:` or the option `sample`."
                )
            ]
        }
        return checks
            + blocks.map { block in
                let place = source.place(block.name, countColumn)
                let printed = "\(block.sum)"
                if block.sum == size {
                    return AuditCheck(
                        .countSum, at: place, printed: printed, .consistent, attainable: "\(size)", "\(block.sumWords)."
                    )
                }
                let verdict: Verdict = block.sum < size ? .unusual : .notAttainable
                let likely =
                    verdict == .unusual
                    ? "\(size - block.sum) members are in no group: missing answers that the table does not name, or a slip in a count."
                    : "\(block.sum - size) more than there are members: the likeliest slip is in one of the counts."
                let misprint = block.groups.compactMap { group in
                    likelySlip(group.printed, allowed: Interval(Double(group.count + size - block.sum))).map {
                        "\(group.label): \($0)"
                    }
                }
                return AuditCheck(
                    .countSum, at: place, printed: printed, verdict, attainable: "\(size)",
                    "The block sums to \(block.sumWords), and N is \(size). \(likely)"
                        + (misprint.count == 1 ? " " + misprint[0] : ""))
            }
    }

    private func percentageChecks(_ blocks: [Block], stated: Int?) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        for block in blocks {
            // Percentages of the sample, or of the valid answers to this question, whichever fit more of the block.
            func fits(_ size: Int) -> Int {
                block.groups.count { group in
                    guard let share = group.percentage, size > 0 else { return false }
                    return share.interval.contains(Double(group.count) / Double(size))
                }
            }
            let ofSample = stated.map(fits) ?? -1
            let size = ofSample >= fits(block.sum) || allowsSeveral ? stated ?? block.sum : block.sum
            guard size > 0 else { continue }
            for group in block.groups {
                guard let share = group.percentage else { continue }
                checks.append(
                    AuditCheck.comparing(
                        .percentage, at: source.place(group.label, percentageColumn ?? countColumn), share,
                        with: Interval(Double(group.count) / Double(size)),
                        because:
                            "\(group.count) / \(size) = \(figureSpan(Interval(Double(group.count) / Double(size)), like: share))."
                    ))
            }
            let shares = block.groups.compactMap(\.percentage)
            guard !allowsSeveral, shares.count == block.groups.count, shares.count > 1 else { continue }
            let sum = shares.map(\.interval).sum(), whole = Double(block.sum) / Double(size)
            let fits = sum.contains(whole) || sum.contains(1)
            let printed = figureSpan(Interval(shares.reduce(0) { $0 + $1.value }), like: shares[0])
            checks.append(
                AuditCheck(
                    .percentageSum, at: source.place(block.name, percentageColumn ?? countColumn), printed: printed,
                    fits ? .consistent : .notAttainable, attainable: figureSpan(Interval(whole), like: shares[0]),
                    fits
                        ? "The percentages sum to \(printed)."
                        : "The percentages sum to \(printed); each rounded on its own they can miss 100 by \(shares.count) half units at most. One of them, or a group, is likely missing or misprinted."
                ))
        }
        return checks
    }

    /// The sizes of a sample that give all printed percentages: N from count / upper end to count / lower end of each.
    static func sizes(fitting groups: [Group]) -> ClosedRange<Int>? {
        var low = 1.0, high = 1e9
        for group in groups {
            guard let share = group.percentage, group.count > 0, share.interval.lower > 0 else { continue }
            low = max(low, (Double(group.count) / share.interval.upper - 1e-9).rounded(.up))
            high = min(high, (Double(group.count) / share.interval.lower + 1e-9).rounded(.down))
        }
        return low <= high && high < 1e9 ? Int(low)...Int(high) : nil
    }
}
