/// An arithmetic expression over the labels of a model: a side of `==`, `<`, `>` or the right side of `:=`.
///
/// The expression is a list of steps in the order of evaluation, each naming its operands by their place in the list; the
/// last step is the result. (A list, not a tree of boxes, so that expressions of any length are safe to walk and to free.)
public struct ModelExpression: Sendable, Hashable {
    /// An operation on two numbers.
    public enum Operation: String, Sendable, Hashable {
        /// Sum.
        case add = "+"
        /// Difference.
        case subtract = "-"
        /// Product.
        case multiply = "*"
        /// Quotient.
        case divide = "/"
        /// Power.
        case power = "^"
        /// The smaller number; the first of equal ones.
        case minimum = "min"
        /// The larger number; the first of equal ones.
        case maximum = "max"
    }

    /// One step of the evaluation; operands are indices of earlier steps.
    public enum Step: Sendable, Hashable {
        /// A number.
        case constant(Double)
        /// The value of a label; the index is one of `symbols`.
        case symbol(Int)
        /// The operand with the other sign.
        case negate(Int)
        /// A function of the operand.
        case function(ElementaryFunction, Int)
        /// An operation on two operands.
        case binary(Operation, Int, Int)
    }

    /// A label that the expression names, and the first place where it does.
    public struct Symbol: Sendable, Hashable {
        /// The label.
        public let name: String
        /// Where it first stands.
        public let position: SourcePosition
    }

    /// The steps; never empty.
    public let steps: [Step]
    /// The labels, each once, in order of appearance.
    public let symbols: [Symbol]
    /// The expression as lavaan prints it: what the user wrote, without white space.
    public let text: String

    /// The value where every label is replaced by `values[i]`, the value of `symbols[i]`.
    public func value(symbols values: [Double]) -> Double {
        var results: [Double] = []
        results.reserveCapacity(steps.count)
        for step in steps {
            switch step {
            case .constant(let number): results.append(number)
            case .symbol(let index): results.append(index < values.count ? values[index] : .nan)
            case .negate(let a): results.append(-results[a])
            case .function(let function, let a): results.append(function.value(results[a]))
            case .binary(let operation, let a, let b): results.append(operation.value(results[a], results[b]))
            }
        }
        return results.last ?? .nan
    }
}

extension ModelExpression.Operation {
    /// The result of the operation.
    func value(_ a: Double, _ b: Double) -> Double {
        switch self {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .power: raise(a, to: b)
        case .minimum: a.isNaN || b.isNaN ? .nan : (b < a ? b : a)
        case .maximum: a.isNaN || b.isNaN ? .nan : (b > a ? b : a)
        }
    }
}
