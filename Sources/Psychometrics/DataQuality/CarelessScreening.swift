import LinearAlgebra

/// Indices of careless responding side by side: who is flagged by which, and by how many at once (Meade & Craig 2012; Curran
/// 2016). It changes no data: which cases to leave out is the researcher's choice.
public struct CarelessScreening: Sendable, Codable, Equatable {
    /// An index with its values.
    public struct Result: Sendable, Codable, Equatable {
        /// The index.
        public let index: CarelessIndex
        /// Its value for each case; nil where undefined.
        public let values: [Double?]
        /// Where it is cut; nil where it flags nobody. For Mahalanobis' distance, a probability.
        public let threshold: Double?
        /// The source of the threshold, or that it was given.
        public let source: String
        /// The cases flagged, counted from zero.
        public let flagged: [Int]
    }

    /// The number of cases.
    public let caseCount: Int
    /// The items.
    public let items: [String]
    /// The indices that could be computed.
    public let results: [Result]
    /// The number of indices that flag each case.
    public let flagCounts: [Int]
    /// The pairs of psychometric synonyms.
    public let synonyms: [AnswerConsistency.ItemPair]
    /// The pairs of psychometric antonyms.
    public let antonyms: [AnswerConsistency.ItemPair]
    /// The answers in common with other cases.
    public let matches: AnswerMatches
    /// What the scales would be without the cases flagged.
    public let sensitivity: [ScreeningSensitivity]
    /// What could not be computed, and why.
    public let remarks: [String]

    /// The cases that at least `count` indices flag, counted from zero.
    public func flagged(byAtLeast count: Int) -> [Int] { flagCounts.indices.filter { flagCounts[$0] >= count } }

    /// The indices that flag a case.
    public func indices(flagging row: Int) -> [CarelessIndex] {
        results.filter { $0.flagged.contains(row) }.map(\.index)
    }

    /// The fewest items for which long strings, identical cases and missing shares say something.
    static let fewestItems = 10
    /// The fewest items for which the share of common answers says something.
    static let fewestItemsToMatch = 20

    /// Screens answers.
    ///
    /// - Throws: ``PsychometricsError`` for fewer than two items, or tables that do not fit together.
    public init(_ answers: Answers, settings: Settings = Settings()) throws {
        let given = answers.given, n = given.rows, p = given.columns
        guard p > 1 else { throw PsychometricsError.tooFewVariables(needed: 2, found: p) }
        guard n > 0 else { throw PsychometricsError.tooFewCases(needed: 1, found: 0) }
        guard answers.items.count == p else {
            throw PsychometricsError.mismatchedInput(expected: p, found: answers.items.count)
        }
        for count in [answers.keyed.rows] + (answers.seconds.map { [$0.count] } ?? [])
            + answers.checks.map(\.passed.count)
        where count != n { throw PsychometricsError.mismatchedInput(expected: n, found: count) }
        var results: [Result] = [], remarks: [String] = []
        func add(_ index: CarelessIndex, _ values: [Double?], usual: Double?) {
            let threshold = settings.thresholds[index] ?? usual
            results.append(
                Result(
                    index: index, values: values, threshold: threshold,
                    source: settings.thresholds[index] == nil ? index.source : "as given",
                    flagged: threshold.map { threshold in
                        values.indices.filter { row in values[row].map { index.flags($0, at: threshold) } ?? false }
                    } ?? []))
        }
        let rows = (0..<n).map { given.row($0) }
        let strings = rows.map { AnswerStrings($0) }
        let isLong = p >= Self.fewestItems
        if !isLong {
            remarks.append(
                "with \(p) items, the same answer to many of them, or the same answers as another case, are nothing unusual: "
                    + "no threshold is set for strings and identical cases")
        }
        add(.longestString, strings.map { $0.map { Double($0.longest) } }, usual: isLong ? Double((p + 1) / 2) : nil)
        add(.averageString, strings.map { $0?.average }, usual: nil)
        let variability = rows.map { intraIndividualResponseVariability($0) }
        let spread = variability.compactMap { $0 }
        add(.variability, variability, usual: Self.twoDeviationsBelow(spread))

        do {
            let distances = try MahalanobisDistances(given, names: answers.items)
            let bound = settings.thresholds[.mahalanobis] ?? 0.001
            results.append(
                Result(
                    index: .mahalanobis, values: distances.squared, threshold: bound,
                    source: settings.thresholds[.mahalanobis] == nil ? CarelessIndex.mahalanobis.source : "as given",
                    flagged: (0..<n).filter { (distances.pValues[$0] ?? 1) < bound }))
        } catch { remarks.append("no Mahalanobis distance: \(error)") }

        let halves = answers.scales.map(\.columns).filter { $0.count > 1 }
        if halves.count > 2 {
            let values = AnswerConsistency.evenOdd(answers.keyed, scales: halves)
            add(.evenOdd, values, usual: 0.3)
            let undefined = values.count { $0 == nil }
            if undefined > 0 {
                remarks.append(
                    "even–odd consistency is undefined for \(undefined) case\(undefined == 1 ? "" : "s") whose halves do not vary "
                        + "over the scales, or are missing")
            }
        } else {
            remarks.append("no even–odd consistency, as it takes three scales of two items or more")
        }
        let synonyms = AnswerConsistency.itemPairs(given, bound: settings.pairCorrelation)
        let antonyms = AnswerConsistency.itemPairs(given, bound: settings.pairCorrelation, areAntonyms: true)
        for (index, pairs, usual, sign) in [
            (CarelessIndex.synonyms, synonyms, 0.0, "above "), (.antonyms, antonyms, -0.03, "below −"),
        ] {
            if pairs.count > 2 {
                add(index, AnswerConsistency.pairs(given, pairs), usual: usual)
            } else {
                remarks.append(
                    "no \(index.title.lowercased()), as it takes three pairs of items that correlate \(sign)"
                        + "\(settings.pairCorrelation), and there \(pairs.count == 1 ? "is" : "are") \(pairs.count)")
            }
        }
        if let seconds = answers.seconds {
            add(.time, seconds.map { $0.isFinite && $0 >= 0 ? $0 / Double(p) : nil }, usual: 2)
            let odd = seconds.count { $0 < 0 }
            if odd > 0 { remarks.append("\(odd) times are below zero and not used; check how they were recorded") }
        }
        if !answers.checks.isEmpty {
            add(
                .attention,
                (0..<n).map { row in
                    let given = answers.checks.compactMap { $0.passed[row] }
                    return given.isEmpty ? nil : Double(given.count { !$0 })
                }, usual: 1)
        }
        let matches = AnswerMatches(given)
        let copies = Set(matches.duplicates.joined())
        add(.duplicate, (0..<n).map { copies.contains($0) ? 1 : 0 }, usual: isLong ? 1 : nil)
        if n > AnswerMatches.caseLimit {
            remarks.append(
                "no percent match, as \(n) cases are too many to compare each with all others (at most \(AnswerMatches.caseLimit))"
            )
        } else {
            add(.match, matches.shares, usual: p >= Self.fewestItemsToMatch ? 0.85 : nil)
            if p < Self.fewestItemsToMatch {
                remarks.append(
                    "with \(p) items, many answers in common with another case are nothing unusual: no threshold is set for the "
                        + "percent match")
            }
        }
        add(.missing, rows.map { row in Double(row.count { !$0.isFinite }) / Double(p) }, usual: 0.5)

        for result in results where 5 * result.flagged.count > n && n >= 20 {
            remarks.append(
                "\(result.index.title.lowercased()) flags \(result.flagged.count) of \(n) cases: with these items its threshold says "
                    + "little; set another, or leave the index out of your judgement")
        }
        var counts = [Int](repeating: 0, count: n)
        for result in results { for row in result.flagged { counts[row] += 1 } }
        caseCount = n
        items = answers.items
        self.results = results
        flagCounts = counts
        self.synonyms = synonyms
        self.antonyms = antonyms
        self.matches = matches
        self.remarks = remarks
        sensitivity = answers.scales.map { scale in
            ScreeningSensitivity(
                scale: scale.name, answers.keyed.submatrix(rows: Array(0..<n), columns: scale.columns),
                flagCounts: counts)
        }
    }

    private static func twoDeviationsBelow(_ values: [Double]) -> Double? {
        guard let deviation = intraIndividualResponseVariability(values), deviation > 0 else { return nil }
        let bound = Moments.mean(values) - 2 * deviation
        return bound > 0 ? bound : nil
    }
}
