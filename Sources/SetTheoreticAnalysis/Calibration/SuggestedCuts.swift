/// Cuts that divide values into groups where the data have gaps.
///
/// They are a suggestion only: anchors are a statement about what the concept means, which the data cannot make.
public struct SuggestedCuts: Sendable, Hashable {
    /// How groups are found.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// Complete-linkage clustering; a cut lies midway between neighbouring groups. Equals `findTh` of QCA for R.
        case completeLinkage
        /// The groups with the smallest sum of squares within (Fisher 1958; "natural breaks").
        case naturalBreaks
    }

    /// How groups were found.
    public let method: Method
    /// The cuts, from the lowest; one less than there are groups.
    public let cuts: [Double]
    /// The number of cases in each group.
    public let groupSizes: [Int]
    /// Always true: theory decides.
    public var isSuggestion: Bool { true }

    /// Finds groups.
    ///
    /// - Parameters:
    ///   - values: The raw values; missing ones are left out.
    ///   - groups: The number of groups: 2 for a crisp set, 4 for the three anchors of a fuzzy set.
    ///   - method: How groups are found.
    ///   - name: The name of the variable, for messages.
    /// - Throws: ``SetTheoryError/invalidSetting(name:value:remedy:)`` if there are fewer different values than groups.
    public init(
        for values: [Double], groups: Int, method: Method = .completeLinkage, name: String = "the variable"
    ) throws(SetTheoryError) {
        let sorted = values.filter(\.isFinite).sorted()
        var points: [Double] = [], weights: [Int] = []
        for value in sorted {
            if value == points.last {
                weights[weights.count - 1] += 1
            } else {
                points.append(value)
                weights.append(1)
            }
        }
        guard groups >= 2, groups <= points.count else {
            throw .invalidSetting(
                name: "the number of groups of `\(name)`", value: "\(groups)",
                remedy: "it has \(points.count) different values; choose 2 to \(max(2, points.count)) groups")
        }
        let starts =
            switch method {
            case .completeLinkage: completeLinkage(points, groups: groups)
            case .naturalBreaks: naturalBreaks(points, weights, groups: groups)
            }
        self.method = method
        cuts = starts.map { (points[$0 - 1] + points[$0]) / 2 }
        let bounds = [0] + starts + [points.count]
        groupSizes = zip(bounds, bounds.dropFirst()).map { weights[$0..<$1].reduce(0, +) }
    }

    /// A calibration with the cuts as anchors: levels, or a fuzzy set if there are three cuts.
    ///
    /// - Parameter fuzzy: Whether three cuts are taken as exclusion, crossover and inclusion of the direct method.
    public func calibration(fuzzy: Bool, scale: Calibration.Scale = .logOdds3) -> Calibration {
        if fuzzy, cuts.count == 3 {
            return .direct(
                exclusion: .value(cuts[0]), crossover: .value(cuts[1]), inclusion: .value(cuts[2]), scale: scale)
        }
        return Calibration(.cuts(cuts.map { .value($0) }))
    }

    /// What was done and what it is worth, in a sentence.
    public var sentence: String {
        let list = cuts.map(shortNumber).joined(separator: ", ")
        let how =
            switch method {
            case .completeLinkage: "complete-linkage clustering"
            case .naturalBreaks: "natural breaks (Fisher 1958)"
            }
        return
            "A suggestion only: \(how) into \(groupSizes.count) groups of \(groupSizes.map(String.init).joined(separator: ", ")) "
            + "cases puts cuts at \(list); whether they mean membership in the set is for theory and knowledge of the "
            + "cases to decide."
    }
}

/// Complete-linkage clustering on a line (Murtagh 1985): the neighbouring groups with the smallest span together are
/// joined, the leftmost of several, until as many are left as wanted. Groups that are not neighbours never come first,
/// since what lies between makes their span larger.
///
/// - Returns: The position of the first point of every group but the first.
private func completeLinkage(_ points: [Double], groups: Int) -> [Int] {
    // A group is known by its first point; `end` is one after its last point.
    var end = points.indices.map { $0 + 1 }
    var previous = points.indices.map { $0 - 1 }
    var alive = [Bool](repeating: true, count: points.count)
    var heap = SpanHeap()
    func span(_ start: Int) -> Double? {
        end[start] < points.count ? points[end[end[start]] - 1] - points[start] : nil
    }
    for start in points.indices { if let span = span(start) { heap.insert(span, start) } }
    var count = points.count
    while count > groups, let (value, start) = heap.removeFirst() {
        // An entry is stale when a group has gone or has grown since.
        guard alive[start], let current = span(start), current == value else { continue }
        let next = end[start]
        end[start] = end[next]
        alive[next] = false
        if end[start] < points.count { previous[end[start]] = start }
        count -= 1
        if let span = span(start) { heap.insert(span, start) }
        if previous[start] >= 0, let span = span(previous[start]) { heap.insert(span, previous[start]) }
    }
    return points.indices.dropFirst().filter { alive[$0] }
}

/// Spans with the group they start from, the smallest and then the leftmost first.
private struct SpanHeap {
    private var entries: [(span: Double, start: Int)] = []

    mutating func insert(_ span: Double, _ start: Int) {
        entries.append((span, start))
        var child = entries.count - 1
        while child > 0, entries[child] < entries[(child - 1) / 2] {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() -> (span: Double, start: Int)? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first }
        entries[0] = last
        var parent = 0
        while 2 * parent + 1 < entries.count {
            var child = 2 * parent + 1
            if child + 1 < entries.count, entries[child + 1] < entries[child] { child += 1 }
            guard entries[child] < entries[parent] else { break }
            entries.swapAt(parent, child)
            parent = child
        }
        return first
    }
}

/// The partition of points on a line with the smallest sum of squares within groups (Fisher 1958), by dynamic
/// programming; the best last start rises with the end, so that each layer is found by halving.
private func naturalBreaks(_ points: [Double], _ weights: [Int], groups: Int) -> [Int] {
    let n = points.count, origin = points[n / 2]
    var weight = [0.0], sum = [0.0], squares = [0.0]
    for (point, count) in zip(points, weights) {
        let x = point - origin, w = Double(count)
        weight.append(weight[weight.count - 1] + w)
        sum.append(sum[sum.count - 1] + w * x)
        squares.append(squares[squares.count - 1] + w * x * x)
    }
    func within(_ start: Int, _ end: Int) -> Double {
        let total = sum[end] - sum[start]
        return max(0, squares[end] - squares[start] - total * total / (weight[end] - weight[start]))
    }
    var cost = (0...n).map { $0 == 0 ? 0 : within(0, $0) }
    var starts: [[Int]] = []
    for group in 1..<groups {
        var next = [Double](repeating: .infinity, count: n + 1), best = [Int](repeating: group, count: n + 1)
        func fill(_ low: Int, _ high: Int, _ first: Int, _ last: Int) {
            guard low <= high else { return }
            let end = (low + high) / 2
            best[end] = max(first, group)
            for start in max(first, group)...max(max(first, group), min(last, end - 1)) {
                let value = cost[start] + within(start, end)
                if value < next[end] {
                    next[end] = value
                    best[end] = start
                }
            }
            fill(low, end - 1, first, best[end])
            fill(end + 1, high, best[end], last)
        }
        fill(group + 1, n, group, n - 1)
        cost = next
        starts.append(best)
    }
    var result: [Int] = [], end = n
    for layer in starts.reversed() {
        end = layer[end]
        result.append(end)
    }
    return result.reversed()
}
