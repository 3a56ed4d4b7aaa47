import LinearAlgebra

/// A structural equation model, ready to be fitted: the parameter table and its compiled form.
public struct StructuralModel: Sendable {
    /// The parameters, their labels and relations.
    public let table: ParameterTable
    /// The structure as the kernel evaluates it; element k is parameter k of the table.
    public let plan: ModelPlan
    /// Expressions that must be zero at the estimates.
    let equalities: [CompiledExpression]
    /// Expressions that must not be negative at the estimates, and their text.
    let inequalities: [(expression: CompiledExpression, text: String)]

    /// Reads a model in lavaan's syntax and completes it by `options`.
    ///
    /// - Throws: ``ModelSyntaxError`` with the place of the fault.
    public init(_ syntax: String, options: ModelOptions = .sem) throws {
        try self.init(ParameterTable(ModelSyntax(syntax), options: options))
    }

    /// Compiles a parameter table.
    public init(_ table: ParameterTable) {
        self.table = table
        plan = ModelPlan(table)
        var equalities: [CompiledExpression] = []
        var inequalities: [(expression: CompiledExpression, text: String)] = []
        for case .constraint(let constraint) in table.relations {
            let text = "\(constraint.lhs) \(constraint.op.rawValue) \(constraint.rhs)"
            switch constraint.op {
            case .less: inequalities.append((constraint.difference.negated, text))
            case .greater: inequalities.append((constraint.difference, text))
            default: equalities.append(constraint.difference)
            }
        }
        let names = table.freeNames
        for (index, bounds) in table.bounds.enumerated() {
            let name = names[index]
            if bounds.lower > -.infinity {
                inequalities.append((.linear(index, 1, -bounds.lower), "\(name) > \(bounds.lower)"))
            }
            if bounds.upper < .infinity {
                inequalities.append((.linear(index, -1, bounds.upper), "\(name) < \(bounds.upper)"))
            }
        }
        self.equalities = equalities
        self.inequalities = inequalities
    }

    /// The observed variables, in the order of the moments that the model is fitted to.
    public var observedVariables: [String] { table.variables.observed }

    /// The latent variables.
    public var latentVariables: [String] { table.variables.latent }

    /// The names of the free parameters, by number; one that has several places goes by its label.
    public var parameterNames: [String] { table.freeNames }

    /// The number of sample moments that the model has to explain: p(p + 1)/2, and p with means, less those that
    /// exogenous variables keep.
    var momentCount: Int {
        let p = plan.observedCount, x = table.variables.exogenousObserved.count
        let isFixed = table.parameters.contains(where: \.isExogenous)
        let fixed = isFixed ? x * (x + 1) / 2 + (plan.hasMeans ? x : 0) : 0
        return p * (p + 1) / 2 + (plan.hasMeans ? p : 0) - fixed
    }

    /// The number of constraints that are equations of their own, which lavaan subtracts from the number of parameters.
    func independentEqualityCount(at parameters: [Double]) -> Int {
        guard !equalities.isEmpty else { return 0 }
        let set = ConstraintSet(expressions: equalities, parameterCount: table.freeCount)
        return OrthogonalBasis(Matrix(set.jacobian(at: parameters))).rank
    }
}
