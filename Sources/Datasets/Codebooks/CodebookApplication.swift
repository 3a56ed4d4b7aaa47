/// Something that a codebook did to the data, or that a researcher should look at.
public enum CodebookWarning: Sendable, Hashable, Codable, CustomStringConvertible {
    /// These items were reverse coded by this response range.
    case reversed(items: [String], range: ClosedRange<Double>)
    /// So many answers of an item became missing because their codes are declared missing.
    case declaredMissing(item: String, count: Int)
    /// No answer reached one end of the response range, so the range may be wrong.
    case unusedRange(item: String, minimum: Double, maximum: Double, range: ClosedRange<Double>)
    /// An item belongs to several scales.
    case sharedItem(item: String, scales: [String])

    /// The warning in words.
    public var description: String {
        switch self {
        case .reversed(let items, let range):
            "Reverse coded (\(shortest(range.lowerBound)) to \(shortest(range.upperBound))): "
                + items.joined(separator: ", ") + "."
        case .declaredMissing(let item, let count):
            "\(item): \(count) answer\(count == 1 ? " is" : "s are") missing by a declared code."
        case .unusedRange(let item, let minimum, let maximum, let range):
            "\(item): all answers lie between \(shortest(minimum)) and \(shortest(maximum)), one half of the response "
                + "range \(shortest(range.lowerBound)) to \(shortest(range.upperBound)); check the range."
        case .sharedItem(let item, let scales):
            "\(item) belongs to several scales: \(scales.joined(separator: ", "))."
        }
    }
}

extension Codebook {
    /// The data with what the codebook says carried out: missing codes declared, labels set, items checked against
    /// their response range, and reversed items reverse coded.
    /// - Returns: the data, and what was done to them.
    /// - Throws: ``DatasetError/outsideResponseRange(cells:total:)`` with the cells that lie outside the response range
    ///   of their item and are not declared missing; ``DatasetError/codebook(subject:problem:)`` if the codebook
    ///   contradicts itself, for example when an item is reversed and no response range is given;
    ///   ``DatasetError/textColumn(name:row:content:)`` for an item that holds text; the errors of
    ///   ``ItemRange/items(in:)``.
    public func apply(to dataset: Dataset) throws(DatasetError) -> (Dataset, [CodebookWarning]) {
        var warnings: [CodebookWarning] = []
        let plan = try itemPlan(in: dataset, warnings: &warnings)
        var changed: [String: Column] = [:]
        func current(_ name: String) throws(DatasetError) -> Column {
            if let column = changed[name] { return column }
            return try dataset.column(name)
        }

        for (names, declaration) in missingByVariable.sorted(by: { $0.key < $1.key }) {
            for name in try ItemRange(names).items(in: dataset) {
                changed[name] = try current(name).declaringMissing(declaration)
            }
        }
        for (name, label) in itemLabels.sorted(by: { $0.key < $1.key }) {
            var column = try current(name)
            column.label = label
            changed[name] = column
        }
        var outside: [DataCell] = []
        var outsideTotal = 0
        for item in plan.items {
            var column = try current(item)
            if !missing.isEmpty { column = column.declaringMissing(missing) }
            guard column.isNumeric else { throw column.textError }
            if column.valueLabels.isEmpty { column.valueLabels = valueLabels }
            if let range = plan.ranges[item] {
                let found = CellsOutsideRange(of: column, range: range)
                outside += found.cells.prefix(max(0, CellsOutsideRange.limit - outside.count))
                outsideTotal += found.total
                if found.total == 0, let warning = Self.narrowAnswers(column, range: range) { warnings.append(warning) }
            }
            changed[item] = column
        }
        if outsideTotal > 0 { throw .outsideResponseRange(cells: outside, total: outsideTotal) }

        var reversedItems: [(item: String, range: ClosedRange<Double>)] = []
        for name in reversed {
            for item in try ItemRange(name).items(in: dataset) {
                guard let range = plan.ranges[item] ?? responseRange else {
                    throw .codebook(
                        subject: "reverse", problem: "\(item) cannot be reversed without a response range, such as 1-5")
                }
                let column = try current(item)
                guard column.reverseCoding == nil else {
                    throw .codebook(subject: "reverse", problem: "\(item) is reversed twice")
                }
                changed[item] = try column.reversed(range: range)
                reversedItems.append((item, range))
            }
        }
        var ranges: [ClosedRange<Double>] = []
        for entry in reversedItems where !ranges.contains(entry.range) { ranges.append(entry.range) }
        for range in ranges {
            warnings.append(.reversed(items: reversedItems.filter { $0.range == range }.map(\.item), range: range))
        }
        for name in dataset.names {
            guard let column = changed[name] else { continue }
            let declared = column.reasons.values.reduce(0) { count, reason in
                if case .declared = reason { return count + 1 }
                return count
            }
            if declared > 0 { warnings.append(.declaredMissing(item: name, count: declared)) }
        }
        let columns = dataset.names.compactMap { changed[$0] }
        return (try dataset.setting(columns), warnings)
    }

    /// The items of all scales, each once, with their response ranges.
    private func itemPlan(
        in dataset: Dataset, warnings: inout [CodebookWarning]
    ) throws(DatasetError) -> (items: [String], ranges: [String: ClosedRange<Double>]) {
        var names: Set<String> = []
        for scale in scales where !names.insert(scale.name).inserted {
            throw .codebook(subject: "scale \(scale.name)", problem: "it is defined twice")
        }
        var order: [String] = []
        var owners: [String: [String]] = [:]
        var ranges: [String: ClosedRange<Double>] = [:]
        for scale in scales {
            let items = try items(of: scale.name, in: dataset)
            guard case .items = scale.content else { continue }
            for item in items {
                if owners[item] == nil { order.append(item) }
                owners[item, default: []].append(scale.name)
                guard let range = scale.responseRange ?? responseRange else { continue }
                if let other = ranges[item], other != range {
                    throw .codebook(
                        subject: "scale \(scale.name)", problem: "\(item) has another response range in another scale")
                }
                ranges[item] = range
            }
        }
        for item in order {
            if let scales = owners[item], scales.count > 1 { warnings.append(.sharedItem(item: item, scales: scales)) }
        }
        return (order, ranges)
    }

    /// A warning if all answers of an item lie in one half of its response range.
    private static func narrowAnswers(_ column: Column, range: ClosedRange<Double>) -> CodebookWarning? {
        let answers = column.numbers.filter { !$0.isNaN }
        guard answers.count >= 10, let minimum = answers.min(), let maximum = answers.max() else { return nil }
        let middle = (range.lowerBound + range.upperBound) / 2
        guard maximum <= middle || minimum >= middle else { return nil }
        return .unusedRange(item: column.name, minimum: minimum, maximum: maximum, range: range)
    }
}
