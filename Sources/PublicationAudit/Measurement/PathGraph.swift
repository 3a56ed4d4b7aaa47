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

    /// The routes of up to four arrows from one variable to another that visit none twice; no more than `limit`, found within a number
    /// of steps that no table of a paper exceeds.
    func routes(from start: String, to end: String, limit: Int = 40) -> [[Arrow]] {
        var found: [[Arrow]] = []
        var steps = 0
        func extend(_ route: [Arrow], at variable: String, visited: Set<String>) {
            for arrow in arrows where arrow.path.predictor == variable && !visited.contains(arrow.path.outcome) {
                steps += 1
                guard found.count < limit, steps < 2_000 else { return }
                let longer = route + [arrow]
                if arrow.path.outcome == end {
                    found.append(longer)
                } else if longer.count < 4 {
                    extend(longer, at: arrow.path.outcome, visited: visited.union([arrow.path.outcome]))
                }
            }
        }
        extend([], at: start, visited: [start])
        return found.sorted { $0.count < $1.count }
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

    /// A correlation that the paths imply.
    struct Correlation {
        let first: String, second: String
        let value: Interval
    }

    /// The correlations that the standardised paths imply, with uncorrelated residuals and one variable without causes:
    /// r(x, y) = Σ βⱼ r(x, xⱼ) over the causes of y (Wright, 1934). Empty where they do not follow; beyond 1 where
    /// the paths cannot belong together.
    var impliedCorrelations: [Correlation] {
        guard let ordered, ordered.count <= 60 else { return [] }
        let causes = Dictionary(grouping: arrows, by: \.path.outcome)
        guard ordered.filter({ causes[$0] == nil }).count == 1,
            causes.values.allSatisfy({ paths in
                Set(paths.map(\.path.predictor)).count == paths.count && paths.allSatisfy { $0.standardized != nil }
            })
        else { return [] }
        var found: [Set<String>: Interval] = [:]
        var correlations: [Correlation] = []
        for (place, variable) in ordered.enumerated() {
            for other in ordered[..<place] {
                let sum = (causes[variable] ?? []).map { arrow -> Interval in
                    let beta = arrow.standardized?.interval ?? .everything
                    let cause = arrow.path.predictor
                    return cause == other ? beta : beta * (found[[cause, other]] ?? .everything)
                }.sum()
                found[[variable, other]] = sum
                correlations.append(Correlation(first: other, second: variable, value: sum))
            }
        }
        return correlations
    }

    /// The R² of each outcome that the standardised paths imply: Σ βⱼ r(xⱼ, y). Empty where the correlations do not follow.
    var impliedVariances: [(outcome: String, rSquared: Interval, words: String)] {
        let correlations = impliedCorrelations
        let outcomes = Set(arrows.map(\.path.outcome))
        return (ordered ?? []).filter(outcomes.contains).compactMap { outcome in
            let paths = arrows.filter { $0.path.outcome == outcome }
            var terms: [Interval] = [], words: [String] = []
            for arrow in paths {
                let pair: Set<String> = [arrow.path.predictor, outcome]
                guard let beta = arrow.standardized,
                    let r = correlations.first(where: { [$0.first, $0.second] == pair })
                else { return nil }
                terms.append(beta.interval * r.value)
                words.append("\(beta.text) × \(r.value.middle.fixed(3))")
            }
            return (outcome, terms.sum(), words.joined(separator: " + "))
        }
    }
}
