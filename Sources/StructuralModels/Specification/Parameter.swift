/// A row of the parameter table: one coefficient, variance, covariance or intercept of the model.
public struct Parameter: Sendable, Equatable {
    /// Where a parameter's value comes from.
    public enum Status: Sendable, Hashable {
        /// It is estimated; the index, from 0, is its place in the vector of free parameters. Rows with the same index are
        /// constrained to be equal.
        case free(Int)
        /// It has this value.
        case fixed(Double)
        /// It is the sample's moment of exogenous observed variables (`fixed.x`).
        case sampleMoment
    }

    /// The variable on the left: latent variable, dependent variable, or a variable of the pair.
    public let lhs: String
    /// The relation.
    public let op: ModelOperator
    /// The variable on the right; empty for an intercept.
    public let rhs: String
    /// Where the value comes from.
    public internal(set) var status: Status
    /// The label that the user gave; empty without one.
    public internal(set) var label: String
    /// The label that every row has, `.p1.` for the first one.
    public internal(set) var placeLabel: String
    /// Where the user wants estimation to start; nil to leave it to the estimator.
    public internal(set) var startValue: Double?
    /// The lower bound, −∞ without one.
    public internal(set) var lowerBound: Double
    /// The upper bound, ∞ without one.
    public internal(set) var upperBound: Double
    /// Whether the model's text names the parameter; the others were added by the options.
    public let isUser: Bool
    /// Whether the row is a moment of exogenous observed variables that is not modelled (`fixed.x`).
    public var isExogenous: Bool { status == .sampleMoment }
    /// The block, from 1.
    public let block: Int
    /// The group, from 1.
    public let group: Int
    /// The level, from 1.
    public let level: Int
    /// Where the text names the parameter; nil where it was added.
    public let position: SourcePosition?

    init(
        lhs: String, op: ModelOperator, rhs: String, status: Status, isUser: Bool, position: SourcePosition? = nil,
        label: String = "", startValue: Double? = nil, lowerBound: Double = -.infinity, upperBound: Double = .infinity
    ) {
        self.lhs = lhs
        self.op = op
        self.rhs = rhs
        self.status = status
        self.label = label
        self.placeLabel = ""
        self.startValue = startValue
        self.lowerBound = lowerBound
        self.upperBound = upperBound
        self.isUser = isUser
        self.block = 1
        self.group = 1
        self.level = 1
        self.position = position
    }

    /// The place in the vector of free parameters, or nil where the parameter is not estimated.
    public var freeIndex: Int? { if case .free(let index) = status { index } else { nil } }

    /// The fixed value, or nil where the parameter has none in the model.
    public var fixedValue: Double? { if case .fixed(let value) = status { value } else { nil } }

    /// The parameter's name as lavaan's `coef()` gives it: its label, or `f=~x1`, `y~x`, `x~~y`, `y~1`.
    public var name: String { label.isEmpty ? lhs + op.rawValue + rhs : label }

    /// What the parameter relates, for finding it.
    var key: Key { Key(lhs: lhs, op: op, rhs: rhs) }

    /// Sides and relation of a parameter; a covariance has its sides in alphabetical order.
    struct Key: Hashable {
        let lhs: String
        let op: ModelOperator
        let rhs: String

        init(lhs: String, op: ModelOperator, rhs: String) {
            let swaps = op == .covariance && rhs < lhs
            self.lhs = swaps ? rhs : lhs
            self.op = op
            self.rhs = swaps ? lhs : rhs
        }
    }
}
