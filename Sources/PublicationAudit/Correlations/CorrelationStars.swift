import Probability

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension AuditRule {
    static let correlationRange = AuditRule(
        "r-range", "Correlations between −1 and 1", basis: "|r| ≤ 1 (Cauchy–Schwarz)")
    static let correlationStars = AuditRule(
        "r-stars", "Stars of correlations against the sample size",
        basis: "t = r √((n − 2) / (1 − r²)) with n − 2 degrees of freedom, over all r that round to what is printed")
    static let correlationSample = AuditRule(
        "r-sample", "The sample behind the stars of correlations",
        basis: "the stars of a level belong to the units of that level: persons to persons, occasions to occasions")
}

/// The two-tailed p values of a correlation that a printed figure allows: t = r √((n − 2)/(1 − r²)).
func correlationProbabilities(_ r: PrintedNumber, n: Interval) -> Interval {
    func t(_ r: Double, _ n: Double) -> Double {
        r >= 1 ? .infinity : r * (max(n - 2, 0) / (1 - r * r)).squareRoot()
    }
    let size = r.interval.magnitude
    let ratio = Interval(t(size.lower, n.lower), t(size.upper, n.upper))
    return tailProbabilities(of: ratio, n - 2)
}

extension CorrelationBlock {
    /// Whether every correlation lies in −1…1.
    func rangeChecks(in table: PublishedCorrelations) -> [AuditCheck] {
        guard !entries.isEmpty else { return [] }
        let outside = entries.filter { $0.r.interval.magnitude.lower > 1 }
        guard outside.isEmpty else {
            return outside.map {
                AuditCheck(
                    .correlationRange, at: $0.place, printed: $0.r.text, .notAttainable, attainable: "-1 to 1",
                    "A correlation lies between -1 and 1; the decimal point may be misplaced.")
            }
        }
        return [
            AuditCheck(
                .correlationRange, at: PaperPlace(table.name), printed: "\(entries.count) correlations", .consistent,
                "All \(entries.count) correlations\(sampleText) lie between -1 and 1.")
        ]
    }

    /// The stars of every correlation under the size of the sample.
    func starChecks(in table: PublishedCorrelations, of paper: Paper) -> [AuditCheck] {
        guard table.blocks.contains(where: { $0.entries.contains { !$0.marks.isEmpty } }), !isOther else { return [] }
        guard let size = sampleSize(in: paper), size.interval.lower >= 3 else {
            return [
                AuditCheck(
                    .correlationStars, at: PaperPlace(table.name), printed: "stars", .notCheckable,
                    "The stars can be checked once the size of the sample\(sample.map { " `\($0)`" } ?? "") is known; "
                        + "write it under `samples:`.")
            ]
        }
        let reading = reading(for: size.interval, in: paper)
        let checks = entries.map { starCheck($0, reading, size: size, paper) }
        return checks + [sampleCheck(checks, reading, size: size, in: table, of: paper)].compactMap { $0 }
    }

    /// The reading that explains all stars; failing that the usual one, or the stated one.
    private func reading(for n: Interval, in paper: Paper) -> StarReading {
        let legends = paper.legend.map { [$0] } ?? StarLegend.inUse.map(\.legend)
        let readings = (paper.tails.map { [$0] } ?? [2, 1]).flatMap { tails in
            legends.map { StarReading($0, tails: tails) }
        }
        return readings.first { reading in entries.allSatisfy { reading.allows($0, n: n) } } ?? readings[0]
    }

    private func starCheck(_ entry: Entry, _ reading: StarReading, size: PrintedNumber, _ paper: Paper) -> AuditCheck {
        let p = reading.probabilities(entry, n: size.interval)
        let words = reading.legend.marks(for: p).map { $0.isEmpty ? "no star" : $0 }.joined(separator: " or ")
        let printed = entry.r.text + entry.marks
        let tail = reading.tails == 1 ? "one-tailed p" : "p"
        let arithmetic = "With N = \(size.text), \(tail) \(equalsText(p))"
        guard !reading.allows(entry, n: size.interval) else {
            return AuditCheck(
                .correlationStars, at: entry.place, printed: printed, .consistent, attainable: words, "\(arithmetic).")
        }
        var sentence =
            "\(arithmetic), which takes \(words); printed is \(entry.marks.isEmpty ? "no star" : entry.marks)."
        let others = paper.samples.filter { $0.size.value != size.value && $0.size.interval.lower >= 3 }
        if let other = others.first(where: { reading.allows(entry, n: $0.size.interval) }) {
            sentence += " It would fit N = \(other.size.text) (\(other.name))."
        } else {
            for other in others {
                let p = reading.probabilities(entry, n: other.size.interval)
                sentence += " Nor does it fit N = \(other.size.text) (\(other.name)), with p \(equalsText(p))."
            }
            if let needed = reading.sampleSizeNeeded(by: entry) {
                sentence += " \(entry.marks) needs N = \(needed) or more."
            }
        }
        return AuditCheck(
            .correlationStars, at: entry.place, printed: printed, .notAttainable, attainable: words, sentence)
    }

    /// Whether another sample of the paper explains the stars better than the one that the table names.
    private func sampleCheck(
        _ checks: [AuditCheck], _ reading: StarReading, size: PrintedNumber, in table: PublishedCorrelations,
        of paper: Paper
    ) -> AuditCheck? {
        let others = paper.samples.filter { $0.size.value != size.value && $0.size.interval.lower >= 3 }
        guard !others.isEmpty else { return nil }
        let failing = checks.count { $0.verdict == .notAttainable }
        func misfits(_ other: Sample) -> Int { entries.count { !reading.allows($0, n: other.size.interval) } }
        let place = PaperPlace(table.name)
        let printed = "N = \(size.text)"
        guard let best = others.min(by: { misfits($0) < misfits($1) }), misfits(best) + 2 <= failing else {
            return AuditCheck(
                .correlationSample, at: place, printed: printed, .consistent,
                "No other sample of the paper explains the stars\(sampleText) better than N = \(size.text).")
        }
        let left = misfits(best)
        return AuditCheck(
            .correlationSample, at: place, printed: printed, .unusual, attainable: "N = \(best.size.text)",
            "\(failing) of \(entries.count) stars\(sampleText) do not fit N = \(size.text), and \(left) do not fit "
                + "N = \(best.size.text) (\(best.name)): the stars look as if computed with N = \(best.size.text), "
                + "as happens when values of one level are repeated for each row of another.")
    }
}

extension StarReading {
    /// The p values of a correlation with as many tails as this reading has.
    func probabilities(_ entry: CorrelationBlock.Entry, n: Interval) -> Interval {
        let p = correlationProbabilities(entry.r, n: n)
        return tails == 1 ? Interval(p.lower / 2, p.upper / 2) : p
    }

    /// Whether the marks of a correlation can stand there.
    func allows(_ entry: CorrelationBlock.Entry, n: Interval) -> Bool {
        legend.marks(for: probabilities(entry, n: n)).contains(entry.marks)
    }

    /// The smallest sample in which a correlation can have its marks: p falls as n grows.
    func sampleSizeNeeded(by entry: CorrelationBlock.Entry) -> Int? {
        guard !entry.marks.isEmpty, let bound = legend.probabilities(of: entry.marks)?.upper else { return nil }
        func suffices(_ n: Int) -> Bool { probabilities(entry, n: Interval(Double(n))).lower < bound }
        var low = 3, high = 1_000_000_000
        guard suffices(high), !suffices(low) else { return nil }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if suffices(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
