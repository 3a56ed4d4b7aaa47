import Probability

/// What the paths of a table imply of things that the paper does not report: for information, never a finding of its own.
struct ImpliedModel {
    let table: PathTable
    let graph: PathGraph
    /// Indicators with the latent variable that they measure: ends of one path only, from a variable with a path that is fixed (an
    /// estimate without a standard error).
    let indicators: [String: String]

    init(_ table: PathTable) {
        self.table = table
        graph = PathGraph(table.paths)
        let arrows = graph.arrows
        let marked = Set(arrows.filter { table.paths[$0.index].isFixed }.map(\.path.predictor))
        let causes = Set(arrows.map(\.path.predictor))
        var indicators: [String: String] = [:]
        for (outcome, paths) in Dictionary(grouping: arrows, by: \.path.outcome)
        where paths.count == 1 && !causes.contains(outcome) && marked.contains(paths[0].path.predictor) {
            indicators[outcome] = paths[0].path.predictor
        }
        self.indicators = indicators
    }

    private func isIndicator(_ name: String) -> Bool { indicators[name] != nil }

    /// Moments less free parameters, if every latent variable has a fixed loading: residual variances of the indicators, (residual)
    /// variances of the latent variables, free paths, and covariances of the latent variables without causes.
    var degreesOfFreedom: String? {
        let latent = Set(graph.arrows.flatMap { [$0.path.predictor, $0.path.outcome] }).filter { !isIndicator($0) }
        guard indicators.count > 1, latent.isSubset(of: Set(indicators.values)) else { return nil }
        let observed = indicators.count, moments = observed * (observed + 1) / 2
        let free = graph.arrows.count { !table.paths[$0.index].isFixed }
        let exogenous = latent.filter { name in !graph.arrows.contains { $0.path.outcome == name } }.count
        let parameters = free + observed + latent.count + exogenous * (exogenous - 1) / 2
        guard moments >= parameters else { return nil }
        return
            "The model of \(table.name) with \(observed) observed variables and uncorrelated errors should have \(moments) − \(parameters) = \(moments - parameters) degrees of freedom."
    }

    /// Products along the routes through mediators with Sobel's (1982) z, and their share of the total effect.
    var indirectEffects: String? {
        var sentences: [String] = []
        let names = Set(graph.arrows.map(\.path.predictor)).sorted()
        for start in names {
            for end in Set(graph.arrows.map(\.path.outcome)).sorted() where end != start && !isIndicator(end) {
                let routes = graph.routes(from: start, to: end)
                guard routes.contains(where: { $0.count > 1 }),
                    routes.allSatisfy({ $0.allSatisfy { $0.standardized != nil } })
                else { continue }
                var total = 0.0, mediated = 0.0
                var parts: [String] = []
                for route in routes {
                    let product = route.reduce(1) { $0 * ($1.standardized?.value ?? 0) }
                    total += product
                    guard route.count > 1 else { continue }
                    mediated += product
                    let chain = ([start] + route.map(\.path.outcome)).joined(separator: " → ")
                    parts.append(
                        "\(chain) \(product.fixed(3))" + (sobel(route).map { " (Sobel z \($0.fixed(2)))" } ?? ""))
                }
                var sentence =
                    "\(table.name) implies standardised indirect effects \(parts.joined(separator: ", ")); total effect \(total.fixed(3))"
                if total > 0, mediated > 0, mediated <= total {
                    sentence += ", of which \((100 * mediated / total).fixed(0)) % are indirect"
                }
                sentences.append(sentence + ".")
            }
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    /// z = 1 / √Σ (SE / b)² of a product of independent estimates, first order.
    private func sobel(_ route: [PathGraph.Arrow]) -> Double? {
        var sum = 0.0
        for arrow in route {
            let row = table.paths[arrow.index].row
            guard let b = row.estimate?.value, let error = row.standardError?.value, b != 0 else { return nil }
            sum += (error / b) * (error / b)
        }
        return sum > 0 ? 1 / sum.squareRoot() : nil
    }

    /// √AVE of the latent variables from their standardised loadings beside the largest correlation that the paths imply.
    var discriminantValidity: String? {
        let latent = Set(indicators.values).sorted()
        let roots = latent.compactMap { name -> (String, Double)? in
            let loadings = graph.arrows.filter { indicators[$0.path.outcome] == name }.compactMap(\.standardized)
            guard loadings.count > 1 else { return nil }
            return (name, FactorLoadings(loadings).averageVariance.middle.squareRoot())
        }
        let correlations = graph.impliedCorrelations.filter { !isIndicator($0.first) && !isIndicator($0.second) }
        guard roots.count > 1, let largest = correlations.max(by: { abs($0.value.middle) < abs($1.value.middle) }),
            let lowest = roots.map(\.1).min()
        else { return nil }
        let words = roots.map { "\($0.0) \($0.1.fixed(3))" }.joined(separator: ", ")
        let verdict = abs(largest.value.middle) < lowest ? "below all of them" : "not below all of them"
        return
            "\(table.name) implies √AVE of \(words), and a largest correlation of \(largest.value.middle.fixed(3)) (\(largest.first) with \(largest.second)), \(verdict)."
    }

    /// R² of the latent outcomes.
    var explainedVariances: String? {
        let found = graph.impliedVariances.filter { !isIndicator($0.outcome) }
        guard !found.isEmpty else { return nil }
        let words = found.map { "\($0.outcome) \($0.rSquared.middle.fixed(3))" }.joined(separator: ", ")
        return "\(table.name) implies R² of \(words), if residuals are uncorrelated."
    }
}

extension PathTable.Path {
    /// Whether the path is fixed: an estimate without standard error and test.
    var isFixed: Bool { row.estimate != nil && row.standardError == nil && row.statistic == nil && row.marks.isEmpty }
}
