extension ModelPlan {
    /// Compiles a parameter table; element k of the plan is parameter k of the table.
    ///
    /// A measurement `f =~ x` and a regression `x ~ f` are the same directed path.
    init(_ table: ParameterTable) {
        let variables = table.variables.observed + table.variables.latent
        var number: [String: Int] = [:]
        for (index, name) in variables.enumerated() { number[name] = index }
        var elements: [Element] = []
        var hasMeans = false
        for parameter in table.parameters {
            guard let left = number[parameter.lhs] else { continue }
            let right = number[parameter.rhs] ?? left
            let path: Path
            switch parameter.op {
            case .measurement: path = .directed(to: right, from: left)
            case .regression: path = .directed(to: left, from: right)
            case .covariance: path = .symmetric(left, right)
            case .intercept:
                path = .intercept(left)
                hasMeans = true
            default: continue
            }
            let quantity: Quantity
            switch parameter.status {
            case .free(let index): quantity = .free(index)
            case .fixed(let value): quantity = .fixed(value)
            case .sampleMoment: quantity = .sample
            }
            elements.append(Element(path, quantity))
        }
        self.init(
            variables: variables, observedCount: table.variables.observed.count, parameterCount: table.freeCount,
            elements: elements, hasMeans: hasMeans)
    }
}
