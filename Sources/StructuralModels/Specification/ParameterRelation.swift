/// A parameter defined as a function of others: `ab := a*b`.
public struct DefinedParameter: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The right side as written, without white space.
    public let text: String
    /// The function of the free parameters; other definitions are worked in.
    public let expression: CompiledExpression
}

/// A constraint on the parameters.
public struct ParameterConstraint: Sendable, Equatable {
    /// The left side as written, without white space.
    public let lhs: String
    /// `equality`, `less` or `greater`.
    public let op: ModelOperator
    /// The right side as written, without white space.
    public let rhs: String
    /// The left minus the right side as a function of the free parameters: it must be 0, negative or positive. Its
    /// `linearForm` is there where the constraint is linear.
    public let difference: CompiledExpression
    /// Whether the text names the constraint; the others come from effect coding.
    public let isUser: Bool
}

/// A row of the parameter table below the parameters.
public enum ParameterRelation: Sendable, Equatable {
    /// `:=`
    case definition(DefinedParameter)
    /// `==`, `<`, `>`
    case constraint(ParameterConstraint)

    /// The left side as written.
    public var lhs: String {
        switch self {
        case .definition(let definition): definition.name
        case .constraint(let constraint): constraint.lhs
        }
    }

    /// The operator.
    public var op: ModelOperator {
        switch self {
        case .definition: .definition
        case .constraint(let constraint): constraint.op
        }
    }

    /// The right side as written.
    public var rhs: String {
        switch self {
        case .definition(let definition): definition.text
        case .constraint(let constraint): constraint.rhs
        }
    }
}
