/// A model written in lavaan's model syntax (Rosseel, 2012), read but not yet interpreted.
///
/// Statements end at a line's end or at `;`. A line goes on where it ends in an operator, where the next one begins with an
/// operator, and inside parentheses. `#` and `!` begin comments. Names hold letters of any script, digits, `_` and `.`; other
/// names stand in double quotation marks.
public struct ModelSyntax: Sendable, Equatable {
    /// The statements in the order of the text.
    public let statements: [ModelStatement]
    /// The text that was read.
    public let text: String

    /// Reads a model.
    ///
    /// - Throws: ``ModelSyntaxError`` with the place of the first fault. Reading takes time in proportion to the text's length.
    public init(_ text: String) throws(ModelSyntaxError) {
        self.text = text
        var lexer = ModelLexer(text)
        let tokens = try lexer.tokens()
        var parser = ModelSyntaxParser(tokens, in: lexer.scalars)
        statements = try parser.statements()
    }
}

/// One statement of a model.
public enum ModelStatement: Sendable, Equatable {
    /// A relation between variables: `f =~ x1 + x2`, `y ~ x`, `x ~~ y`, `y ~ 1`.
    case formula(ModelFormula)
    /// A relation between parameters: `ab := a*b`, `a == b`, `a < 1`.
    case relation(ModelRelation)
    /// The beginning of a block: `group: 1`, `level: within`.
    case block(ModelBlock)
}

/// A relation between variables.
public struct ModelFormula: Sendable, Equatable {
    /// The variables on the left; each relates to all on the right.
    public let left: [ModelTerm]
    /// The operator; an intercept is a `regression` with a constant on its right.
    public let relation: ModelOperator
    /// The variables on the right.
    public let right: [ModelTerm]
    /// Where the operator stands.
    public let position: SourcePosition
}

/// A variable in a formula with what the user wants of its parameter.
public struct ModelTerm: Sendable, Equatable {
    /// What stands in the formula.
    public enum Subject: Sendable, Hashable {
        /// A variable.
        case variable(String)
        /// The product of two variables, `x1:x2`.
        case product(String, String)
        /// The constant 1 (an intercept) or 0 (none; or, after `=~`, a latent variable without indicators).
        case constant(Int)
    }

    /// The variable or constant.
    public let subject: Subject
    /// The modifiers in the order of the text.
    public let modifiers: [ModelModifier]
    /// Where the variable stands.
    public let position: SourcePosition

    /// The variable's name; a product's is `x1:x2`; nil for a constant.
    public var name: String? {
        switch subject {
        case .variable(let name): name
        case .product(let first, let second): "\(first):\(second)"
        case .constant: nil
        }
    }
}

/// What the user wants of a parameter: the part before `*` or `?`.
public struct ModelModifier: Sendable, Equatable {
    /// The kinds of modifier.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `2*x` fixes, `NA*x` frees, `a*x` labels.
        case value = "c"
        /// `start(0.8)*x` or `0.8?x`: where estimation starts.
        case start
        /// `label("a")*x`.
        case label
        /// `equal("f=~x1")*x`: the same parameter as another one.
        case equal
        /// `lower(0)*x`: a lower bound.
        case lower
        /// `upper(1)*x`: an upper bound.
        case upper
        /// `fixed(1)*x`.
        case fixed
        /// `rv("s")*x`: a random slope.
        case randomSlope = "rv"
        /// `efa("b")*f`: a factor of a block of exploratory factors.
        case exploratoryBlock = "efa"
    }

    /// One value of a modifier.
    public enum Value: Sendable, Hashable {
        /// A number.
        case number(Double)
        /// A label or the name of a parameter.
        case name(String)
        /// `NA`.
        case notAvailable
    }

    /// The kind.
    public let kind: Kind
    /// The values: one, or one per group.
    public let values: [Value]
    /// Where the modifier begins.
    public let position: SourcePosition
}

/// A relation between parameters.
public struct ModelRelation: Sendable, Equatable {
    /// The left side; of a definition, the name alone.
    public let left: ModelExpression
    /// `definition`, `equality`, `less` or `greater`.
    public let relation: ModelOperator
    /// The right side.
    public let right: ModelExpression
    /// Where the statement begins.
    public let position: SourcePosition
}

/// The beginning of a block of statements that hold for one group or level.
public struct ModelBlock: Sendable, Equatable {
    /// The kinds of block.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A group of cases.
        case group
        /// A level of a multilevel model.
        case level
        /// A latent class.
        case latentClass = "class"
        /// Any other block.
        case block
    }

    /// The kind.
    public let kind: Kind
    /// The number or name after the colon.
    public let value: String
    /// Where the header begins.
    public let position: SourcePosition
}
