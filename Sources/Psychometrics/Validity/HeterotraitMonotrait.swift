import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The heterotrait–monotrait ratio of correlations between scales.
public struct HeterotraitMonotrait: Sendable, Codable, Equatable {
    /// The mean that the ratio takes of the correlations.
    public enum Mean: String, Sendable, Codable {
        /// HTMT of Henseler, Ringle & Sarstedt (2015).
        case arithmetic = "htmt"
        /// HTMT2 of Roemer, Schuberth & Henseler (2021), consistent for congeneric items.
        case geometric = "htmt2"
    }

    /// The names of the scales.
    public let scales: [String]
    /// The ratio of each pair of scales; one on the diagonal. Nil where it does not exist: a scale of a single item has no
    /// monotrait correlation, and a scale whose mean correlation is not positive has no root.
    public let ratios: [[Double?]]

    /// Computes the ratios from the correlation matrix of the items.
    ///
    /// `members` holds the items of each scale as rows of `correlations`. With `absolute`, the correlations enter with
    /// their absolute value, as in semTools and in SmartPLS, so that items keyed in opposite directions do not cancel.
    public init(
        correlations: Matrix, scales: [String], members: [[Int]], mean: Mean = .arithmetic, absolute: Bool = true
    ) throws {
        guard scales.count == members.count else {
            throw PsychometricsError.mismatchedInput(expected: members.count, found: scales.count)
        }
        for index in members.joined() where index < 0 || index >= correlations.rows {
            throw PsychometricsError.noSuchItem(index)
        }
        func average(_ pairs: some Sequence<(Int, Int)>) -> Double? {
            var sum = 0.0, count = 0.0
            for (i, j) in pairs {
                let r = absolute ? abs(correlations[i, j]) : correlations[i, j]
                if mean == .geometric, !(r > 0) { return nil }
                sum += mean == .geometric ? log(r) : r
                count += 1
            }
            guard count > 0 else { return nil }
            return mean == .geometric ? exp(sum / count) : sum / count
        }
        let monotrait = members.map { items in
            average(items.indices.flatMap { a in items.indices.prefix(a).map { (items[a], items[$0]) } })
        }
        self.scales = scales
        ratios = members.indices.map { a in
            members.indices.map { b in
                if a == b { return 1 }
                guard let first = monotrait[a], let second = monotrait[b], first > 0, second > 0 else { return nil }
                let pairs = members[a].flatMap { i in members[b].map { (i, $0) } }
                return average(pairs).map { $0 / (first * second).squareRoot() }
            }
        }
    }
}
