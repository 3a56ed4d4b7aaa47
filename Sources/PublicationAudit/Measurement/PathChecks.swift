import Probability

extension PathTable {
    /// C.R., p, stars and intervals of each path; standardised against unstandardised estimates over all routes; implied R².
    public func checks(in paper: Paper) -> [AuditCheck] {
        let graph = PathGraph(paths)
        return CoefficientChecks(
            source, paths.map(\.row), columns: columns, legend: legend, tails: tails, paper: paper
        ).checks() + paths.compactMap(signCheck) + coherenceChecks(graph) + varianceChecks(graph)
    }

    private func signCheck(_ path: Path) -> AuditCheck? {
        guard let b = path.row.estimate, let beta = path.standardized else { return nil }
        let isOpposite =
            b.interval.lower > 0 && beta.interval.upper < 0 || b.interval.upper < 0 && beta.interval.lower > 0
        return AuditCheck(
            .standardizedSign, at: source.place(path.row.label, columns["standardized"]), printed: beta.text,
            isOpposite ? .notAttainable : .consistent, attainable: b.value < 0 ? "negative" : "positive",
            isOpposite
                ? "The unstandardised estimate is \(b.text); the two have the same sign. The likeliest slip is the sign of one of them."
                : "The unstandardised estimate is \(b.text).")
    }

    private func coherenceChecks(_ graph: PathGraph) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        var pairs: [StatedPath] = []
        let ends = Set(graph.arrows.map(\.path.outcome))
        for start in graph.arrows.map(\.path.predictor) {
            for end in ends.sorted() where end != start && graph.arrows.count <= 200 {
                let pair = StatedPath(outcome: end, predictor: start)
                if !pairs.contains(pair) { pairs.append(pair) }
            }
        }
        for pair in pairs {
            // Routes that share their first or last arrow say nothing that their parts do not say.
            let routes = graph.routes(from: pair.predictor, to: pair.outcome)
            guard let reference = routes.first, let expected = ratio(reference) else { continue }
            for route in routes.dropFirst()
            where route.first != reference.first && route.last != reference.last {
                guard let other = ratio(route) else { continue }
                checks.append(coherenceCheck(pair, reference, expected, route, other))
            }
        }
        return checks
    }

    private func ratio(_ route: [PathGraph.Arrow]) -> Interval? {
        var product = Interval(1)
        for arrow in route {
            guard let ratio = arrow.ratio else { return nil }
            product = product * ratio
        }
        return product
    }

    private func coherenceCheck(
        _ pair: StatedPath, _ reference: [PathGraph.Arrow], _ expected: Interval, _ route: [PathGraph.Arrow],
        _ other: Interval
    ) -> AuditCheck {
        func words(_ route: [PathGraph.Arrow]) -> String {
            route.count == 1 ? "directly" : "via " + route.dropLast().map(\.path.outcome).joined(separator: " and ")
        }
        let first = spanText(expected, decimals: 3), second = spanText(other, decimals: 3)
        let arithmetic =
            "b / β gives s(\(pair.outcome)) / s(\(pair.predictor)) = \(first) \(words(reference)) and \(second) \(words(route))."
        let fits = expected.overlaps(other)
        let place = source.place(
            reference.count == 1 ? paths[reference[0].index].row.label : pair.description, columns["standardized"])
        let printed = "\(pair.description) \(words(route))"
        return AuditCheck(
            .pathCoherence, at: place, printed: printed, fits ? .consistent : .notAttainable, attainable: second,
            fits
                ? arithmetic
                : arithmetic
                    + " The two are one ratio. The likeliest slip is in one estimate or standardised estimate of \((reference + route).map(\.path.description).joined(separator: ", "))."
        )
    }

    private func varianceChecks(_ graph: PathGraph) -> [AuditCheck] {
        graph.impliedVariances.map { variance in
            let isPossible = variance.rSquared.lower <= 1 + 1e-9
            let arithmetic =
                "R² of \(variance.outcome) = \(variance.words) = \(spanText(variance.rSquared, decimals: 3)), with uncorrelated residuals."
            return AuditCheck(
                .impliedVariance, at: source.place(variance.outcome, columns["standardized"]),
                printed: "paths to \(variance.outcome)", isPossible ? .consistent : .unusual,
                attainable: "0 to 1",
                isPossible
                    ? arithmetic
                    : arithmetic
                        + " Beyond 1 it takes a negative residual variance (a Heywood case), which the paper would have to discuss; or "
                        + "there is a slip in a standardised path to \(variance.outcome).")
        }
    }
}
