import Probability

extension RunningText {
    /// Checks the tests and coefficients that the text reports; each check names the line and quotes the sentence.
    func checks() -> [AuditCheck] {
        let folded = FoldedText(text)
        let scan = TextScan(folded)
        let reader = TextChecks(
            name: name, text: folded, oneTailed: folded.places(of: TextChecks.oneTailedWords),
            adjusted: folded.places(of: TextChecks.adjustedWords))
        let checks =
            scan.tests.map { ($0.range.lowerBound, [reader.check($0)]) }
            + scan.coefficients.map { ($0.range.lowerBound, reader.checks($0)) }
            + scan.alone.map { ($0.range.lowerBound, [reader.check(alone: $0.probability, $0.range)]) }
        return checks.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
}

/// Everything that a text reports, from its beginning to its end.
struct TextScan {
    private(set) var tests: [ReportedTest] = []
    private(set) var coefficients: [ReportedCoefficient] = []
    /// p values that stand beside no statistic that could be read.
    private(set) var alone: [(probability: ReportedTest.Probability, range: Range<Int>)] = []

    init(_ text: FoldedText) {
        var place = 0, testsEnd = 0, coefficientsEnd = 0
        while place < text.signs.count {
            var scanner = TextScanner(text, at: place)
            if let coefficient = scanner.coefficient(), place >= coefficientsEnd {
                coefficients.append(coefficient)
                coefficientsEnd = coefficient.range.upperBound
                place += 1
                continue
            }
            scanner.place = place
            if place >= testsEnd, let test = scanner.test() {
                tests.append(test)
                testsEnd = test.range.upperBound
                place = testsEnd
                continue
            }
            scanner.place = place
            if place >= coefficientsEnd, let probability = scanner.probability(), case .number = probability {
                alone.append((probability, place..<scanner.place))
                place = scanner.place
                continue
            }
            place += 1
        }
    }
}

/// Turns what a text reports into checks.
struct TextChecks {
    let name: String
    let text: FoldedText
    /// Where the text speaks of tests with one tail.
    let oneTailed: [Int]
    /// Where it speaks of adjusted p values.
    let adjusted: [Int]

    static let oneTailedWords = [
        "one-tailed", "one tailed", "1-tailed", "one-sided", "one sided", "1-sided", "one-tail", "directional", "单尾",
        "单侧",
    ]
    static let adjustedWords = [
        "bonferroni", "holm", "tukey", "scheff", "sidak", "šidák", "benjamini", "adjusted p", "corrected p", "fdr",
        "permutation",
        "bootstrap", "exact test", "monte carlo", "multiple comparison", "post hoc", "post-hoc",
    ]

    func place(_ range: Range<Int>) -> PaperPlace {
        PaperPlace(
            name, row: "line \(text.lines.indices.contains(range.lowerBound) ? text.lines[range.lowerBound] : 1)")
    }

    func quoted(_ words: String, _ range: Range<Int>) -> String { "\(words) In “\(text.sentence(around: range))”" }

    /// Whether one of some places lies within about two sentences.
    private func isNear(_ places: [Int], _ range: Range<Int>) -> Bool {
        var low = 0, high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < range.lowerBound - 250 { low = middle + 1 } else { high = middle }
        }
        return low < places.count && places[low] <= range.upperBound + 250
    }

    func check(_ test: ReportedTest) -> AuditCheck {
        let p = test.probabilities(tails: 2)
        let printed = text.text(test.range)
        let df = test.degreesOfFreedom.map(\.text).joined(separator: ", ")
        let name =
            "\(test.statistic.rawValue)\(df.isEmpty ? "" : "(\(df))") \(test.value.relation.rawValue) \(test.value.digits)"
        let unknown = test.statistic == .t && df.isEmpty ? ", whatever the degrees of freedom," : ""
        let arithmetic = "\(name)\(unknown) gives p \(equalsText(p))."
        func answer(_ verdict: Verdict, _ words: String) -> AuditCheck {
            AuditCheck(
                .textTest, at: place(test.range), printed: printed, verdict, attainable: probabilityText(p),
                quoted(words, test.range))
        }
        if test.probability.isZero {
            return p.lower < 0.0005 || test.probability.fits(p)
                ? answer(.unusual, "\(arithmetic) No p value is zero; write p < .001.")
                : answer(.notAttainable, "\(arithmetic) Printed is \(test.probability.text).")
        }
        if test.probability.fits(p) { return answer(.consistent, arithmetic) }
        if test.canHaveOneTail, test.probability.fits(test.probabilities(tails: 1)) {
            if !oneTailed.isEmpty {
                let closeness = isNear(oneTailed, test.range) ? "beside it" : "elsewhere"
                return answer(
                    .consistent,
                    "\(arithmetic) Half of it, a test with one tail, gives \(test.probability.text); the text speaks of such tests \(closeness)."
                )
            }
            return answer(
                .unusual,
                "\(arithmetic) Printed is \(test.probability.text), which a test with one tail gives; if it is one, say so."
                    + decision(test.probability, p))
        }
        if test.probability.fitsIfCut(p) {
            return answer(
                .unusual,
                "\(arithmetic) Printed is \(test.probability.text), which follows if digits are cut off instead of rounded."
            )
        }
        if test.statistic == .r, let size = test.degreesOfFreedom.first, size.isWhole, size.value > 2,
            test.probability.fits(
                test.probabilities(tails: 2, degreesOfFreedom: [PrintedNumber(Int(min(size.value, 1e9)) - 2)]))
        {
            return answer(
                .consistent, "\(arithmetic) With \(size.text) as the number of cases, \(test.probability.text) follows."
            )
        }
        if isNear(adjusted, test.range), test.probability.exceeds(p) {
            return answer(
                .unusual,
                "\(arithmetic) Printed is \(test.probability.text); the text speaks of p values that are adjusted or found otherwise, which "
                    + "would explain a larger one.")
        }
        if test.statistic == .h {
            return answer(
                .unusual,
                "\(arithmetic) Printed is \(test.probability.text). An exact test of a small sample would explain a difference."
            )
        }
        return answer(
            .notAttainable,
            "\(arithmetic) Printed is \(test.probability.text).\(decision(test.probability, p))\(slip(test.probability, p))"
        )
    }

    /// A sentence about the decision at .05, if it changes.
    private func decision(_ probability: ReportedTest.Probability, _ p: Interval) -> String {
        guard let printed = probability.isSignificant else { return "" }
        if printed, p.lower > 0.05 {
            return " The decision at .05 changes: printed as significant, recomputed it is not."
        }
        if !printed, p.upper <= 0.05 {
            return " The decision at .05 changes: printed as not significant, recomputed it is."
        }
        return ""
    }

    private func slip(_ probability: ReportedTest.Probability, _ p: Interval) -> String {
        guard case .number(let number) = probability else { return "" }
        if number.relation == .equal { return likelySlip(number, allowed: p).map { " \($0)" } ?? "" }
        guard let mirrored = try? PrintedNumber((number.relation == .less ? ">" : "<") + number.digits) else {
            return ""
        }
        return ReportedTest.Probability.number(mirrored).fits(p) ? " The other sign, < or >, would explain it." : ""
    }

    func check(alone probability: ReportedTest.Probability, _ range: Range<Int>) -> AuditCheck {
        AuditCheck(
            .textProbability, at: place(range), printed: text.text(range), .notCheckable,
            quoted("No statistic with degrees of freedom, and no standard error, stands beside it.", range))
    }
}

extension ReportedTest.Probability {
    /// Whether the printed p is larger than the p values that follow.
    func exceeds(_ p: Interval) -> Bool {
        switch self {
        case .notSignificant: true
        case .number(let number): number.relation != .less && number.value >= p.lower
        }
    }
}
