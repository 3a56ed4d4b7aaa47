import LinearAlgebra
import Probability

/// What would be gained by freeing a parameter that the model fixes.
public struct ModificationIndex: Sendable, Hashable, Codable {
    /// The variable on the left.
    public var lhs: String
    /// The relation, as lavaan writes it.
    public var op: String
    /// The variable on the right.
    public var rhs: String
    /// The expected fall of χ²: the score test (Sörbom 1989), with one degree of freedom.
    public var index: Double
    /// The probability of a larger index were the parameter's value right.
    public var pValue: Double
    /// The expected change of the parameter (EPC; Saris, Satorra & Sörbom 1987).
    public var expectedChange: Double
    /// The expected change with latent variables in units of their standard deviations.
    public var expectedChangeLV: Double?
    /// The expected change with all variables in units of their standard deviations.
    public var expectedChangeAll: Double?
}

extension FittedModel {
    /// The modification indices of all parameters that the model's kind allows and that it does not estimate: loadings
    /// of every latent variable on every indicator, covariances among indicators, among dependent observed variables
    /// and among latent variables, regressions among the variables of the regressions, intercepts where means are modelled.
    ///
    /// With s the score and I the expected information of all parameters at the estimates,
    /// index = s²/V and EPC = s/V, V = I_kk − I_kθ I_θθ⁻¹ I_θk (under equality constraints within their null space).
    /// Candidates that the data cannot tell from the model's own parameters are left out.
    /// - Parameter minimum: only indices of at least this size are given.
    public func modificationIndices(minimum: Double = 0) -> [ModificationIndex] {
        let candidates = ModificationCandidates(model).rows
        guard !candidates.isEmpty else { return [] }
        // Were something directed at an exogenous variable, its moments would no longer be given: they count as free.
        let plan = model.plan.withFreeExogenousMoments, q = plan.parameterCount, count = candidates.count
        let exogenous = model.plan.elements.filter { $0.quantity == .sample }.map(rawValue)
        let extended = plan.adding(candidates: candidates.map(\.path))
        let kernel = LikelihoodKernel(plan: extended)
        kernel.setSample(moments)
        guard kernel.value(parameters + exogenous + candidates.map(\.value)) != nil else { return [] }
        let score = ScoreBlocks(kernel: kernel, modelCount: q)

        // V from the Cholesky factor of I_θθ (or its null-space projection): column by column of L⁻¹ I_θk.
        var cross = score.cross, inner = score.information
        if !constraintJacobian.isEmpty {
            let basis = OrthogonalBasis(Matrix(constraintJacobian.map { $0 + exogenous.map { _ in 0 } })).nullSpace
            inner = basis.transposedTimes(inner * basis)
            cross = basis.transposedTimes(cross)
        }
        guard let factor = try? Cholesky(inner) else { return [] }
        let half = factor.solveFactor(cross)
        let latent = Standardization(plan: extended, kind: .latent)
        let all = Standardization(plan: extended, kind: .all)

        var result: [ModificationIndex] = []
        for k in 0..<count {
            var variance = score.diagonal[k]
            for i in 0..<half.rows { variance -= half[i, k] * half[i, k] }
            guard variance > 1e-9 * score.diagonal[k], score.diagonal[k] > 0 else { continue }
            // −½·weight·∂F is the score, ½·weight·E∂²F the information.
            let index = 0.5 * weight * score.gradient[k] * score.gradient[k] / variance
            let change = -score.gradient[k] / variance
            guard index.isFinite, index >= minimum else { continue }
            let row = candidates[k]
            let inLV = latent.value(change, at: row.path, kernel), inAll = all.value(change, at: row.path, kernel)
            result.append(
                ModificationIndex(
                    lhs: row.lhs, op: row.op.rawValue, rhs: row.rhs, index: index,
                    pValue: ChiSquared(degreesOfFreedom: 1).upperTail(index), expectedChange: change,
                    expectedChangeLV: inLV.isFinite ? inLV : nil, expectedChangeAll: inAll.isFinite ? inAll : nil))
        }
        return result
    }
}

/// The gradient and expected information of a discrepancy over candidates, next to those over the model's parameters.
private struct ScoreBlocks {
    /// ∂F/∂candidate.
    let gradient: [Double]
    /// E ∂²F over the model's parameters (q × q).
    let information: Matrix
    /// E ∂²F of the model's parameters with the candidates (q × candidates).
    let cross: Matrix
    /// E ∂²F of each candidate with itself.
    let diagonal: [Double]

    init(kernel: LikelihoodKernel, modelCount q: Int) {
        let total = kernel.plan.parameterCount
        var gradient = [Double](repeating: 0, count: total)
        kernel.gradientAndProducts(into: &gradient)
        var information = Matrix(rows: q, columns: q), cross = Matrix(rows: q, columns: total - q)
        var diagonal = [Double](repeating: 0, count: total - q)
        kernel.expectedBlocks(modelCount: q, information: &information, cross: &cross, diagonal: &diagonal)
        self.gradient = Array(gradient[q...])
        self.information = information
        self.cross = cross
        self.diagonal = diagonal
    }
}

/// The parameters that a model of this kind could have and does not estimate, in lavaan's order.
struct ModificationCandidates {
    struct Row {
        let lhs: String, op: ModelOperator, rhs: String
        let path: ModelPlan.Path
        /// The value at which the model fixes the parameter.
        let value: Double
    }

    let rows: [Row]

    init(_ model: StructuralModel) {
        let plan = model.plan, variables = model.table.variables
        var number: [String: Int] = [:]
        for (index, name) in plan.variables.enumerated() { number[name] = index }
        var present: [ModelPlan.Path: ModelPlan.Quantity] = [:]
        for element in plan.elements { present[element.path.canonical] = element.quantity }
        var rows: [Row] = []
        var taken: Set<ModelPlan.Path> = []
        func offer(_ lhs: String, _ op: ModelOperator, _ rhs: String) {
            guard let left = number[lhs], let right = number[op == .intercept ? lhs : rhs] else { return }
            let path: ModelPlan.Path
            switch op {
            case .intercept: path = .intercept(left)
            case .measurement: path = .directed(to: right, from: left)
            case .regression: path = .directed(to: left, from: right)
            default: path = ModelPlan.Path.symmetric(left, right).canonical
            }
            var value = 0.0
            switch present[path] {
            case .free, .sample: return
            case .fixed(let constant): value = constant
            case nil: break
            }
            guard taken.insert(path).inserted else { return }
            rows.append(Row(lhs: lhs, op: op, rhs: rhs, path: path, value: value))
        }
        // What the model's own rows fix comes first, as in lavaan.
        for parameter in model.table.parameters {
            if case .fixed = parameter.status { offer(parameter.lhs, parameter.op, parameter.rhs) }
        }
        let structural = model.table.parameters.filter { $0.op == .regression }
        var involved: [String] = []
        var isInvolved: Set<String> = []
        for name in structural.map(\.lhs) + structural.map(\.rhs) where isInvolved.insert(name).inserted {
            involved.append(name)
        }
        let indicators = Set(variables.indicators), latent = Set(variables.latent)
        for factor in variables.latent {
            for name in variables.modelledObserved where !isInvolved.contains(name) {
                offer(factor, .measurement, name)
            }
        }
        func pairs(_ names: [String]) {
            for (i, first) in names.enumerated() { for second in names[i...] { offer(first, .covariance, second) } }
        }
        pairs(variables.modelledObserved.filter { indicators.contains($0) || isInvolved.contains($0) })
        pairs(variables.latent)
        for lhs in involved {
            for rhs in involved where rhs != lhs && !(indicators.contains(lhs) && latent.contains(rhs)) {
                offer(lhs, .regression, rhs)
            }
        }
        if plan.hasMeans {
            for name in variables.observed + variables.latent { offer(name, .intercept, "") }
        }
        self.rows = rows
    }
}
