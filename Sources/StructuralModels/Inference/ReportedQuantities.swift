import LinearAlgebra

/// Every figure that a report shows of a fitted model, as functions of the parameters: values at places, their
/// standardised forms, definitions, effects, explained variances.
///
/// One list serves the delta method (with ``gradients(_:_:)``) and the bootstrap (with ``write(_:_:_:)``), so that the two
/// cannot disagree on what is reported.
struct ReportedQuantities: Sendable {
    enum Quantity: Sendable {
        /// The value at a place of the plan.
        case raw(element: Int)
        /// The standardised value at a place of the plan.
        case standardized(element: Int)
        /// A defined parameter.
        case defined(Int)
        /// A defined parameter of standardised values.
        case definedStandardized(Int)
        /// An effect.
        case effect(Int)
        /// An effect in units of standard deviations.
        case effectStandardized(Int)
        /// The share of a variable's variance that its causes explain.
        case rSquared(variable: Int)
    }

    let plan: ModelPlan
    let definitions: [DefinedParameter]
    let catalogue: EffectCatalogue
    let quantities: [Quantity]
    /// The variables that something is directed at.
    let endogenous: [Int]
    private let standardization: Standardization
    /// The first place of each free parameter, for standardised definitions.
    private let firstPlace: [Int]

    init(_ model: StructuralModel) {
        plan = model.plan
        definitions = model.table.definitions
        catalogue = EffectCatalogue(model)
        standardization = Standardization(plan: plan, kind: .all)
        var firstPlace = [Int](repeating: -1, count: plan.parameterCount)
        for (index, element) in plan.elements.enumerated() {
            if case .free(let k) = element.quantity, firstPlace[k] < 0 { firstPlace[k] = index }
        }
        self.firstPlace = firstPlace
        let plan = self.plan
        endogenous = plan.variables.indices.filter { !plan.causeless($0) }
        quantities =
            plan.elements.indices.map { .raw(element: $0) } + plan.elements.indices.map { .standardized(element: $0) }
            + definitions.indices.map { .defined($0) } + definitions.indices.map { .definedStandardized($0) }
            + catalogue.entries.indices.map { .effect($0) }
            + catalogue.entries.indices.map { .effectStandardized($0) } + endogenous.map { .rSquared(variable: $0) }
    }

    var count: Int { quantities.count }

    /// The index of the first quantity of each kind.
    var standardizedOffset: Int { plan.elements.count }
    var definedOffset: Int { 2 * plan.elements.count }
    var effectOffset: Int { definedOffset + 2 * definitions.count }
    var rSquaredOffset: Int { effectOffset + 2 * catalogue.entries.count }

    // MARK: Values

    /// The value at a place.
    @inline(__always)
    func raw(_ element: Int, _ theta: [Double], _ kernel: LikelihoodKernel) -> Double {
        switch plan.elements[element].quantity {
        case .free(let k): theta[k]
        case .fixed(let value): value
        case .sample: kernel.sampleMoment(plan.elements[element].path)
        }
    }

    /// Writes all quantities at the parameters that the kernel was last evaluated at.
    func write(_ theta: [Double], _ kernel: LikelihoodKernel, to result: UnsafeMutablePointer<Double>) {
        let m = plan.elements.count
        for index in 0..<m {
            let value = raw(index, theta, kernel)
            result[index] = value
            result[m + index] = standardization.value(value, at: plan.elements[index].path, kernel)
        }
        if !definitions.isEmpty {
            let standardized = firstPlace.map { $0 < 0 ? Double.nan : result[m + $0] }
            for (index, definition) in definitions.enumerated() {
                result[definedOffset + index] = definition.expression.value(at: theta)
                result[definedOffset + definitions.count + index] = definition.expression.value(at: standardized)
            }
        }
        let effects = catalogue.entries.count
        let cyclicTotals = catalogue.isCyclic ? totals(result) : nil
        for (index, entry) in catalogue.entries.enumerated() {
            var value = 0.0
            if entry.kind == .total, let cyclicTotals {
                value = cyclicTotals.total(entry.chain[1], entry.chain[0])
            } else {
                for product in entry.products { value += product.reduce(1) { $0 * result[$1] } }
            }
            result[effectOffset + index] = value
            result[effectOffset + effects + index] = value * scale(entry.chain, kernel)
        }
        for (index, variable) in endogenous.enumerated() {
            result[rSquaredOffset + index] = 1 - kernel.disturbanceVariance(variable) / kernel.impliedVariance(variable)
        }
    }

    private func scale(_ chain: [Int], _ kernel: LikelihoodKernel) -> Double {
        (kernel.impliedVariance(chain[0]) / kernel.impliedVariance(chain[chain.count - 1])).squareRoot()
    }

    /// (I − B)⁻¹ over the variables of the regressions.
    private func totals(_ values: UnsafeMutablePointer<Double>) -> CyclicTotals? {
        var matrix = Matrix.identity(catalogue.variables.count)
        var number: [Int: Int] = [:]
        for (index, variable) in catalogue.variables.enumerated() { number[variable] = index }
        for path in catalogue.paths {
            if let row = number[path.effect], let column = number[path.cause] {
                matrix[row, column] -= values[path.element]
            }
        }
        guard let inverse = try? LU(matrix).inverse else { return nil }
        return CyclicTotals(inverse: inverse, number: number)
    }

    private struct CyclicTotals {
        let inverse: Matrix
        let number: [Int: Int]

        func total(_ effect: Int, _ cause: Int) -> Double {
            guard let row = number[effect], let column = number[cause] else { return .nan }
            return inverse[row, column] - (row == column ? 1 : 0)
        }
    }

    // MARK: Gradients

    /// The gradients of all quantities over the free parameters, at the parameters that the kernel was last evaluated at.
    func gradients(_ theta: [Double], _ kernel: LikelihoodKernel) -> [[Double]] {
        let derivatives = VarianceDerivatives(plan: plan, kernel: kernel)
        let values = [Double](unsafeUninitializedCapacity: count) { buffer, filled in
            if let base = buffer.baseAddress {
                base.initialize(repeating: 0, count: count)
                write(theta, kernel, to: base)
            }
            filled = count
        }
        let q = plan.parameterCount, m = plan.elements.count
        let zero = [Double](repeating: 0, count: q)
        var result = [[Double]](repeating: zero, count: count)
        for (index, element) in plan.elements.enumerated() {
            if case .free(let k) = element.quantity { result[index][k] = 1 }
            result[m + index] = standardization.gradient(
                of: values[index], quantity: element.quantity, at: element.path, kernel, derivatives)
        }
        let standardized = firstPlace.map { $0 < 0 ? Double.nan : values[m + $0] }
        for (index, definition) in definitions.enumerated() {
            definition.expression.addGradient(at: theta, to: &result[definedOffset + index])
            let expression = definition.expression
            let row = definedOffset + definitions.count + index
            for (k, partial) in zip(expression.parameters, expression.gradient(at: standardized)) {
                for l in 0..<q { result[row][l] += partial * result[m + firstPlace[k]][l] }
            }
        }
        let effects = catalogue.entries.count
        let totals = catalogue.isCyclic ? cyclicTotals(values) : nil
        for (index, entry) in catalogue.entries.enumerated() {
            let raw = totals.map { effectGradient(entry, values, $0) } ?? effectGradient(entry, values, nil)
            result[effectOffset + index] = raw
            let scale = scale(entry.chain, kernel), value = values[effectOffset + index]
            let from = entry.chain[0], to = entry.chain[entry.chain.count - 1]
            for l in 0..<q {
                let relative =
                    0.5 * derivatives.implied[from][l] / kernel.impliedVariance(from)
                    - 0.5 * derivatives.implied[to][l] / kernel.impliedVariance(to)
                result[effectOffset + effects + index][l] = scale * (raw[l] + value * relative)
            }
        }
        for (index, variable) in endogenous.enumerated() {
            let total = kernel.impliedVariance(variable), rest = kernel.disturbanceVariance(variable)
            for l in 0..<q {
                result[rSquaredOffset + index][l] =
                    (rest * derivatives.implied[variable][l] / total - derivatives.disturbance[variable][l]) / total
            }
        }
        return result
    }

    private func cyclicTotals(_ values: [Double]) -> CyclicTotals? {
        var copy = values
        return copy.withUnsafeMutableBufferPointer { buffer in buffer.baseAddress.flatMap(totals) }
    }

    /// The gradient of an effect: of a sum of products, or of an element of (I − B)⁻¹, whose derivative with respect to the
    /// path from b to a is T[i,a]·T[b,j].
    private func effectGradient(
        _ entry: EffectCatalogue.Entry, _ values: [Double], _ totals: CyclicTotals?
    ) -> [Double] {
        var result = [Double](repeating: 0, count: plan.parameterCount)
        if entry.kind == .total, let totals {
            let effect = entry.chain[1], cause = entry.chain[0]
            for path in catalogue.paths {
                guard case .free(let k) = plan.elements[path.element].quantity else { continue }
                let toEffect = totals.total(effect, path.effect) + (effect == path.effect ? 1 : 0)
                let fromCause = totals.total(path.cause, cause) + (path.cause == cause ? 1 : 0)
                result[k] += toEffect * fromCause
            }
            return result
        }
        for product in entry.products {
            for (place, element) in product.enumerated() {
                guard case .free(let k) = plan.elements[element].quantity else { continue }
                var others = 1.0
                for (other, factor) in product.enumerated() where other != place { others *= values[factor] }
                result[k] += others
            }
        }
        return result
    }
}

extension FittedModel {
    /// The direct effect, each indirect effect by its chain, and the total effect for every pair of variables that
    /// regressions join, with delta-method standard errors (Sobel 1982).
    public func effects(level: Double = 0.95) -> [Effect] {
        let quantities = ReportedQuantities(model), kernel = evaluatedKernel()
        let gradients = quantities.gradients(parameters, kernel)
        var values = [Double](repeating: 0, count: quantities.count)
        quantities.write(parameters, kernel, to: &values)
        let entries = quantities.catalogue.entries
        return entries.indices.map { index in
            let raw = quantities.effectOffset + index, standardized = raw + entries.count
            let std = values[standardized]
            return Effect(
                kind: entries[index].kind, chain: entries[index].chain.map { model.plan.variables[$0] },
                raw: Inference(estimate: values[raw], standardError: deltaError(gradients[raw]), level: level),
                stdAll: std.isFinite
                    ? Inference(estimate: std, standardError: deltaError(gradients[standardized]), level: level) : nil)
        }
    }

    /// The share of variance that its causes explain, for each variable that has causes, observed ones first.
    public func explainedVariance() -> [(variable: String, rSquared: Double)] {
        let kernel = evaluatedKernel(), plan = model.plan
        return plan.variables.indices.filter { !plan.causeless($0) }.map {
            (plan.variables[$0], 1 - kernel.disturbanceVariance($0) / kernel.impliedVariance($0))
        }
    }
}
