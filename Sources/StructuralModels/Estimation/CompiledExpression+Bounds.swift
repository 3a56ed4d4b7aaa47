extension CompiledExpression {
    /// The expression with its sign changed.
    var negated: CompiledExpression {
        CompiledExpression(steps: steps + [.negate(steps.count - 1)], parameters: parameters)
    }

    /// coefficient · θ[index] + constant.
    static func linear(_ index: Int, _ coefficient: Double, _ constant: Double) -> CompiledExpression {
        CompiledExpression(
            steps: [
                .parameter(0), .constant(coefficient), .binary(.multiply, 0, 1), .constant(constant),
                .binary(.add, 2, 3),
            ], parameters: [index])
    }
}
