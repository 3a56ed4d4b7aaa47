/// The names most like a mistyped one, best first: at most three, none if nothing is alike.
///
/// Names that differ in case, spaces, underscores, points or dashes only come first, then those within a third of
/// the length in edits (Damerau, 1964: insertion, deletion, substitution, transposition), then those that begin
/// alike. Ties keep the order of `candidates`, of which the first 10 000 are looked at.
public func nearestNames(to name: String, among candidates: some Sequence<String>) -> [String] {
    let target = simplified(name)
    guard !target.isEmpty, target.count <= 200 else { return [] }
    var found: [(distance: Int, order: Int, name: String)] = []
    for (order, candidate) in candidates.prefix(10_000).enumerated() where candidate != name {
        let other = simplified(candidate)
        guard other.count <= 200 else { continue }
        let allowed = max(1, max(target.count, other.count) / 3)
        var distance = Int.max
        if abs(other.count - target.count) <= allowed {
            let edits = editDistance(target, other)
            if edits <= allowed, edits < max(target.count, other.count) { distance = edits }
        }
        if distance == Int.max, target.count >= 3, other.starts(with: target) { distance = 100 }
        if distance != Int.max { found.append((distance, order, candidate)) }
    }
    found.sort { ($0.distance, $0.order) < ($1.distance, $1.order) }
    return found.prefix(3).map(\.name)
}

private func simplified(_ name: String) -> [UInt32] {
    name.lowercased().unicodeScalars.filter { !"_.- \t".unicodeScalars.contains($0) }.map(\.value)
}

/// The number of insertions, deletions, substitutions and swaps of neighbours between `a` and `b`.
private func editDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var current = [Int](repeating: i, count: b.count + 1)
        for j in 1...b.count {
            let cost = a[i - 1] == b[j - 1] ? 0 : 1
            var best = min(last[j] + 1, current[j - 1] + 1, last[j - 1] + cost)
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, beforeLast[j - 2] + 1) }
            current[j] = best
        }
        beforeLast = last
        last = current
    }
    return last[b.count]
}
