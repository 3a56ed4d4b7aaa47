import Probability
public import StructuralModels

extension PathDiagram {
    /// How much of a model is drawn.
    public enum Detail: Sendable, Hashable {
        /// Every variable.
        case everything
        /// All but the items of constructs that are dimensions of others.
        case dimensions
        /// Only the variables that regressions join, or, without regressions, the latent variables.
        case structure
    }

    /// The picture of an estimated model with standardised estimates.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - estimates: Its estimates.
    ///   - labels: The words for variables.
    ///   - title: What the picture is, for those who hear it read out.
    ///   - highlighted: Paths, from cause to outcome, that stand out; all others are muted when there are any.
    ///   - detail: How much of the model is drawn.
    ///   - showsEstimates: Whether figures stand on the arrows.
    /// - Throws: ``PathDiagramError``.
    public init(
        _ model: StructuralModel, estimates: [ParameterEstimate], labels: VariableLabels = .none,
        title: String = "Structural model", highlighted: [(cause: String, outcome: String)] = [],
        detail: Detail = .everything, showsEstimates: Bool = true
    ) throws(PathDiagramError) {
        let latent = Set(model.latentVariables)
        let loadings = estimates.filter { $0.op == "=~" }, regressions = estimates.filter { $0.op == "~" }
        let inRegressions = Set(regressions.flatMap { [$0.lhs, $0.rhs] })
        let dimensions = Set(loadings.map(\.rhs).filter(latent.contains))
        let items = Set(loadings.filter { dimensions.contains($0.lhs) }.map(\.rhs)).subtracting(latent)
        func isShown(_ name: String) -> Bool {
            switch detail {
            case .everything: true
            case .dimensions: !items.contains(name)
            case .structure: inRegressions.isEmpty ? latent.contains(name) : inRegressions.contains(name)
            }
        }
        var order: [String] = []
        for name in model.latentVariables + model.observedVariables where isShown(name) { order.append(name) }
        let shares = Dictionary(
            RSquared.values(estimates).map { ($0.variable, $0.value) }, uniquingKeysWith: { first, _ in first })
        let nodes = order.map { name in
            Node(
                name, label: latent.contains(name) || inRegressions.contains(name) ? labels[name] ?? name : name,
                kind: latent.contains(name) ? .latent : .observed,
                rSquared: showsEstimates && inRegressions.contains(name) ? shares[name] ?? nil : nil)
        }
        func label(_ row: ParameterEstimate) -> String {
            guard showsEstimates, let value = row.stdAll?.estimate else { return "" }
            let stars = row.isEstimated ? SignificanceStars.standard.mark(row.raw.pValue) : ""
            return NumberFormat.fixed(2).string(value) + stars
        }
        func isSignificant(_ row: ParameterEstimate) -> Bool {
            !showsEstimates || !row.isEstimated || row.raw.pValue.map { $0 < 0.05 } ?? true
        }
        func emphasis(_ cause: String, _ outcome: String) -> Emphasis {
            guard !highlighted.isEmpty else { return .normal }
            return highlighted.contains { $0.cause == cause && $0.outcome == outcome } ? .highlighted : .muted
        }
        var paths: [Path] = []
        for row in loadings where isShown(row.lhs) && isShown(row.rhs) {
            paths.append(
                Path(
                    row.lhs, row.rhs, kind: .loading, label: label(row), isSignificant: isSignificant(row),
                    emphasis: highlighted.isEmpty ? .normal : .muted))
        }
        for row in regressions {
            paths.append(
                Path(
                    row.rhs, row.lhs, kind: .regression, label: label(row), isSignificant: isSignificant(row),
                    emphasis: emphasis(row.rhs, row.lhs)))
        }
        let covariances = estimates.filter { $0.op == "~~" && $0.lhs != $0.rhs && isShown($0.lhs) && isShown($0.rhs) }
            .map {
                Covariance(
                    $0.lhs, $0.rhs, label: label($0), isSignificant: isSignificant($0),
                    emphasis: highlighted.isEmpty ? .normal : .muted)
            }
        try self.init(title: title, nodes: nodes, paths: paths, covariances: covariances)
    }
}
