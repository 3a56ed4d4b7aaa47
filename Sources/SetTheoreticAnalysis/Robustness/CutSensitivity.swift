/// How far each cut of a truth table can move, the others staying where they are, before the solution changes.
///
/// The solution can change only where a row crosses the cut, so that the ranges follow from the figures of the rows and
/// are exact. A solution is its set of models; each model is its set of terms. Beyond a range the solution may come back.
public struct CutSensitivity: Sendable, Hashable {
    /// A cut.
    public enum Cut: String, Sendable, Hashable, CaseIterable {
        /// The inclusion from which a row is positive.
        case inclusion
        /// The PRI from which a row may be positive.
        case pri = "PRI"
        /// The number of cases from which a row is not a remainder.
        case frequency
        /// The inclusion from which a row that is not positive is a contradiction.
        case contradiction
    }

    /// One end of a range.
    public struct Bound: Sendable, Hashable {
        /// The value of the cut: an end of its scale, or a figure of a row.
        public let value: Double
        /// Whether the solution is still the same at the value itself.
        public let isIncluded: Bool
        /// The numbers of the rows that cross the cut there; none at an end of the scale.
        public let rows: [Int]
        /// The solution next to the range; nil at an end of the scale.
        public let beyond: MinimizationOutcome?

        /// Whether the solution stays the same up to the end of the scale.
        public var isEndOfScale: Bool { beyond == nil }
    }

    /// The range of one cut.
    public struct Range: Sendable, Hashable {
        /// The cut.
        public let cut: Cut
        /// Its value in the analysis.
        public let value: Double
        /// The lower end.
        public let lower: Bound
        /// The upper end.
        public let upper: Bound
    }

    /// The solution that was looked at.
    public let kind: Solution.Kind
    /// The solution with the cuts as they are.
    public let reference: MinimizationOutcome
    /// The range of each cut: inclusion, PRI, frequency, and the second inclusion cut if there is one.
    public let ranges: [Range]

    /// Determines the ranges.
    ///
    /// - Parameters:
    ///   - analysis: The analysis.
    ///   - kind: The solution to look at.
    /// - Throws: ``SetTheoryError`` if an intermediate solution is wanted without directional expectations.
    public init(_ analysis: StandardAnalysis, kind: Solution.Kind) throws(SetTheoryError) {
        var search = CutSearch(
            rows: analysis.table.rows, options: analysis.table.options,
            minimization: try RepeatedMinimization(analysis, kind: kind))
        self.kind = kind
        reference = search.outcome(search.options)
        let options = search.options
        func scale(of figure: (TruthTable.Row) -> Double?) -> [(Double, [Int])] {
            levels(search.rows.map { (figure($0) ?? 0, $0.number) })
        }
        var ranges: [Range] = []
        let shares = Cut.allCases.filter {
            $0 != .frequency && ($0 != .contradiction || options.contradictionCut != nil)
        }
        for cut in shares {
            let levels = scale { cut == .pri ? $0.pri : $0.inclusion }
            let value =
                switch cut {
                case .pri: options.priCut
                case .contradiction: options.contradictionCut ?? 0
                default: options.inclusionCut
                }
            ranges.append(
                search.range(
                    of: cut, value: value, levels: levels,
                    from: cut == .inclusion ? options.contradictionCut ?? 0 : 0,
                    to: cut == .contradiction ? options.inclusionCut : 1, reference: reference))
        }
        let counts = levels(search.rows.filter { $0.count > 0 }.map { (Double($0.count), $0.number) })
        ranges.insert(search.frequencyRange(counts, reference: reference), at: min(2, ranges.count))
        self.ranges = ranges
    }

    /// The range of a cut.
    public subscript(cut: Cut) -> Range? { ranges.first { $0.cut == cut } }
}

/// The different values in ascending order, those within the tolerance made one, with the numbers of their rows.
private func levels(_ values: [(value: Double, row: Int)]) -> [(Double, [Int])] {
    var result: [(Double, [Int])] = []
    for (value, row) in values.sorted(by: { $0 < $1 }) {
        if let last = result.last, value - last.0 <= 2 * TruthTableOptions.tolerance {
            result[result.count - 1].1.append(row)
        } else {
            result.append((value, [row]))
        }
    }
    return result.map { ($0.0, $0.1.sorted()) }
}

/// Walks from the value of a cut over the figures of the rows until the solution changes.
private struct CutSearch {
    let rows: [TruthTable.Row]
    let options: TruthTableOptions
    var minimization: RepeatedMinimization

    mutating func outcome(_ options: TruthTableOptions) -> MinimizationOutcome {
        minimization(
            rows.map { $0.with(options.output(count: $0.count, inclusion: $0.inclusion, pri: $0.pri)) })
    }

    /// The range of a cut that rows reach at their figure and miss above it.
    mutating func range(
        of cut: CutSensitivity.Cut, value: Double, levels: [(Double, [Int])], from start: Double, to end: Double,
        reference: MinimizationOutcome
    ) -> CutSensitivity.Range {
        func changed(to value: Double) -> TruthTableOptions {
            var changed = options
            switch cut {
            case .inclusion: changed.inclusionCut = value
            case .pri: changed.priCut = value
            case .contradiction: changed.contradictionCut = value
            case .frequency: break
            }
            return changed
        }
        var lower = CutSensitivity.Bound(value: start, isIncluded: true, rows: [], beyond: nil)
        var upper = CutSensitivity.Bound(value: end, isIncluded: true, rows: [], beyond: nil)
        let tolerance = TruthTableOptions.tolerance
        for (figure, numbers) in levels.reversed() where figure + tolerance <= value && figure >= start {
            let outcome = outcome(changed(to: figure))
            if !outcome.isEquivalent(to: reference) {
                lower = .init(value: figure, isIncluded: false, rows: numbers, beyond: outcome)
                break
            }
        }
        for (position, (figure, numbers)) in levels.enumerated() where figure + tolerance > value {
            let next = position + 1 < levels.count ? min(levels[position + 1].0, end) : end
            guard figure + 2 * tolerance < next else { continue }
            let outcome = outcome(changed(to: (figure + next) / 2))
            if !outcome.isEquivalent(to: reference) {
                upper = .init(value: figure, isIncluded: true, rows: numbers, beyond: outcome)
                break
            }
        }
        return .init(cut: cut, value: value, lower: lower, upper: upper)
    }

    /// The range of the frequency cut, in whole cases.
    mutating func frequencyRange(
        _ levels: [(Double, [Int])], reference: MinimizationOutcome
    ) -> CutSensitivity.Range {
        func changed(to count: Double) -> TruthTableOptions {
            var changed = options
            changed.frequencyCut = Int(count)
            return changed
        }
        let value = Double(options.frequencyCut)
        var lower = CutSensitivity.Bound(value: 1, isIncluded: true, rows: [], beyond: nil)
        var upper = CutSensitivity.Bound(
            value: max(value, levels.last?.0 ?? value), isIncluded: true, rows: [], beyond: nil)
        for (count, numbers) in levels.reversed() where count < value {
            let outcome = outcome(changed(to: count))
            if !outcome.isEquivalent(to: reference) {
                lower = .init(value: count + 1, isIncluded: true, rows: numbers, beyond: outcome)
                break
            }
        }
        for (count, numbers) in levels where count >= value {
            let outcome = outcome(changed(to: count + 1))
            if !outcome.isEquivalent(to: reference) {
                upper = .init(value: count, isIncluded: true, rows: numbers, beyond: outcome)
                break
            }
        }
        return .init(cut: .frequency, value: value, lower: lower, upper: upper)
    }
}
