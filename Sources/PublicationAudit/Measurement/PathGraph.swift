import Probability

/// The stated paths as a graph, with what each says of the ratio of standard deviations of its ends.
struct PathGraph {
    /// An arrow.
    struct Arrow: Hashable {
        let path: StatedPath
        /// b / β = s(outcome) / s(predictor); `nil` if one of the two is not printed or may be zero.
        let ratio: Interval?
        /// β.
        let standardized: PrintedNumber?
        /// The place in the table.
        let index: Int
    }

    let arrows: [Arrow]

    init(_ paths: [PathTable.Path]) {
        arrows = paths.enumerated().compactMap { index, path in
            guard let stated = path.stated else { return nil }
            var ratio: Interval?
            if let b = path.row.estimate?.interval, let beta = path.standardized?.interval, b.magnitude.lower > 0,
                beta.magnitude.lower > 0, (b.lower > 0) == (beta.lower > 0)
            {
                ratio = b.magnitude / beta.magnitude
            }
            return Arrow(path: stated, ratio: ratio, standardized: path.standardized, index: index)
        }
    }

    /// The routes along arrows from one variable to another that visit none twice; no more than `limit`.
    func routes(from start: String, to end: String, limit: Int = 40) -> [[Arrow]] {
        var found: [[Arrow]] = []
        func extend(_ route: [Arrow], at variable: String, visited: Set<String>) {
            guard found.count < limit, route.count <= 6 else { return }
            for arrow in arrows where arrow.path.predictor == variable && !visited.contains(arrow.path.outcome) {
                let longer = route + [arrow]
                if arrow.path.outcome == end {
                    found.append(longer)
                } else {
                    extend(longer, at: arrow.path.outcome, visited: visited.union([arrow.path.outcome]))
                }
            }
        }
        extend([], at: start, visited: [start])
        return Array(found.prefix(limit)).sorted { $0.count < $1.count }
    }

    /// The variables, causes before effects; `nil` if the arrows run in a circle.
    var ordered: [String]? {
        var variables: [String] = []
        for arrow in arrows {
            for name in [arrow.path.predictor, arrow.path.outcome] where !variables.contains(name) {
                variables.append(name)
            }
        }
        var order: [String] = [], left = variables
        while !left.isEmpty {
            let free = left.filter { name in
                !arrows.contains { $0.path.outcome == name && left.contains($0.path.predictor) }
            }
            guard !free.isEmpty else { return nil }
            order += free
            left.removeAll { free.contains($0) }
        }
        return order
    }

    /// The R² of each outcome that the standardised paths imply, with uncorrelated residuals and one variable without causes: the
    /// correlations follow by r(x, y) = Σ βⱼ r(x, xⱼ) (Wright, 1934). Empty where they do not follow.
    var impliedVariances: [(outcome: String, rSquared: Interval, words: String)] {
        guard let ordered, ordered.count <= 60 else { return [] }
        let causes = Dictionary(grouping: arrows, by: \.path.outcome)
        guard ordered.filter({ causes[$0] == nil }).count == 1 else { return [] }
        var correlations: [Set<String>: Interval] = [:]
        var result: [(String, Interval, String)] = []
        for (place, variable) in ordered.enumerated() {
            let paths = causes[variable] ?? []
            guard Set(paths.map(\.path.predictor)).count == paths.count, paths.allSatisfy({ $0.standardized != nil })
            else { return [] }
            for other in ordered[..<place] {
                let terms = paths.map { arrow -> Interval in
                    let beta = arrow.standardized?.interval ?? .everything
                    return arrow.path.predictor == other
                        ? beta : beta * (correlations[[arrow.path.predictor, other]] ?? .everything)
                }
                correlations[[variable, other]] = terms.sum().clamped(to: -1...1) ?? Interval(-1, 1)
            }
            guard !paths.isEmpty else { continue }
            let rSquared = paths.map { arrow in
                (arrow.standardized?.interval ?? 0) * (correlations[[arrow.path.predictor, variable]] ?? 0)
            }.sum()
            let words = paths.map { arrow in
                "\(arrow.standardized?.text ?? "") × \((correlations[[arrow.path.predictor, variable]] ?? 0).middle.fixed(3))"
            }.joined(separator: " + ")
            result.append((variable, rSquared, words))
        }
        return result
    }
}
