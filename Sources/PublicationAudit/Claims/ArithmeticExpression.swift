/// A formula of printed figures: `(294 - 261) / 294`, `1778 * 3`, `persons * 5`.
///
/// Whole numbers stand for themselves, figures with decimals for the values that round to them, names for the sizes of samples.
public struct ArithmeticExpression: Sendable, Hashable {
    /// The formula as typed.
    public let text: String

    /// A formula.
    public init(_ text: String) { self.text = text }
}
