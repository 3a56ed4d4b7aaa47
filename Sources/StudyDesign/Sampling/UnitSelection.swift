import Probability

/// How units are drawn from a list.
public enum UnitSelection: String, Sendable, Codable, CaseIterable {
    /// Every sample of this size has the same chance.
    case simple
    /// Every (N/n)-th unit of the list from a random start, so that the order of the list stratifies.
    case systematic
    /// Systematically, with probability proportional to a measure of size (Madow 1949).
    case proportionalToSize = "pps"
}

extension UnitSelection {
    /// The positions of `n` of `count` units, in the order of the list.
    static func simple(_ n: Int, of count: Int, _ stream: inout RandomStream) -> [Int] {
        guard n < count else { return Array(0..<count) }
        // Floyd's sampling: n draws, whatever the length of the list (Bentley & Floyd 1987).
        var chosen: Set<Int> = []
        for last in (count - n)..<count {
            let position = stream.index(below: last + 1)
            if !chosen.insert(position).inserted { chosen.insert(last) }
        }
        return chosen.sorted()
    }

    /// The positions of `n` of `count` units at equal steps from a random start. In whole numbers: each of `count` starts takes
    /// exactly `n` units, and each unit is taken by `n` starts.
    static func systematic(_ n: Int, of count: Int, _ stream: inout RandomStream) -> [Int] {
        let start = stream.index(below: count)
        return (0..<count).filter { ($0 * n + start) / count != (($0 + 1) * n + start) / count }
    }

    /// The probabilities of being drawn, n·xᵢ/Σx; units whose share is one or more are taken for certain, and the others share
    /// what is left. All sizes must be above zero, and `n` at most their number.
    static func probabilities(_ n: Int, sizes: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: sizes.count)
        var open = Array(sizes.indices), left = n
        while left > 0, !open.isEmpty {
            let total = open.reduce(0.0) { $0 + sizes[$1] }
            let certain = open.filter { Double(left) * sizes[$0] >= total * (1 - 1e-12) }
            if certain.isEmpty {
                for unit in open { result[unit] = Double(left) * sizes[unit] / total }
                return result
            }
            for unit in certain { result[unit] = 1 }
            left -= certain.count
            open.removeAll { result[$0] == 1 }
        }
        return result
    }

    /// The positions drawn by going along the sum of the probabilities in steps of one from `start` (Madow 1949).
    static func systematic(_ probabilities: [Double], start: Double) -> [Int] {
        let certain = probabilities.indices.filter { probabilities[$0] >= 1 }
        let others = probabilities.indices.filter { probabilities[$0] < 1 }
        let total = others.reduce(0.0) { $0 + probabilities[$1] }, n = total.rounded()
        guard n > 0 else { return certain }
        var chosen = certain, sum = 0.0, passed = start.rounded(.down)
        for (index, unit) in others.enumerated() {
            // The last sum is the whole number that rounding errors may have missed.
            sum = index == others.count - 1 ? n : sum + probabilities[unit]
            let mark = (sum + start).rounded(.down)
            if mark > passed { chosen.append(unit) }
            passed = mark
        }
        return chosen.sorted()
    }
}
