#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A function of one number that expressions over parameters may use, with its first two derivatives.
public enum ElementaryFunction: String, Sendable, Hashable, CaseIterable {
    /// Square root.
    case squareRoot = "sqrt"
    /// Exponential.
    case exponential = "exp"
    /// Natural logarithm.
    case logarithm = "log"
    /// Logarithm to base 10.
    case decimalLogarithm = "log10"
    /// Logarithm to base 2.
    case binaryLogarithm = "log2"
    /// Absolute value; its derivative at 0 is taken as 0.
    case absolute = "abs"
    /// Sine.
    case sine = "sin"
    /// Cosine.
    case cosine = "cos"
    /// Tangent.
    case tangent = "tan"
    /// Inverse sine.
    case arcsine = "asin"
    /// Inverse cosine.
    case arccosine = "acos"
    /// Inverse tangent.
    case arctangent = "atan"
    /// Hyperbolic sine.
    case hyperbolicSine = "sinh"
    /// Hyperbolic cosine.
    case hyperbolicCosine = "cosh"
    /// Hyperbolic tangent.
    case hyperbolicTangent = "tanh"

    /// The value at `x`; NaN outside the domain.
    public func value(_ x: Double) -> Double {
        switch self {
        case .squareRoot: x.squareRoot()
        case .exponential: exp(x)
        case .logarithm: log(x)
        case .decimalLogarithm: log10(x)
        case .binaryLogarithm: log2(x)
        case .absolute: abs(x)
        case .sine: sin(x)
        case .cosine: cos(x)
        case .tangent: tan(x)
        case .arcsine: asin(x)
        case .arccosine: acos(x)
        case .arctangent: atan(x)
        case .hyperbolicSine: sinh(x)
        case .hyperbolicCosine: cosh(x)
        case .hyperbolicTangent: tanh(x)
        }
    }

    /// The first and second derivative at `x`, where `value` is the function's value there.
    public func derivatives(at x: Double, value: Double) -> (first: Double, second: Double) {
        switch self {
        case .squareRoot:
            let first = 0.5 / value
            return (first, -0.5 * first / x)
        case .exponential: return (value, value)
        case .logarithm: return (1 / x, -1 / (x * x))
        case .decimalLogarithm: return (1 / (x * log(10)), -1 / (x * x * log(10)))
        case .binaryLogarithm: return (1 / (x * log(2)), -1 / (x * x * log(2)))
        case .absolute: return (x > 0 ? 1 : x < 0 ? -1 : 0, 0)
        case .sine: return (cos(x), -value)
        case .cosine: return (-sin(x), -value)
        case .tangent:
            let first = 1 + value * value
            return (first, 2 * value * first)
        case .arcsine:
            let first = 1 / (1 - x * x).squareRoot()
            return (first, x * first * first * first)
        case .arccosine:
            let first = -1 / (1 - x * x).squareRoot()
            return (first, x * first * first * first)
        case .arctangent:
            let first = 1 / (1 + x * x)
            return (first, -2 * x * first * first)
        case .hyperbolicSine: return (cosh(x), value)
        case .hyperbolicCosine: return (sinh(x), value)
        case .hyperbolicTangent:
            let first = 1 - value * value
            return (first, -2 * value * first)
        }
    }
}

/// `base` ^ `exponent`, with 0⁰ = 1 as in R.
func raise(_ base: Double, to exponent: Double) -> Double { pow(base, exponent) }

/// The natural logarithm.
func naturalLogarithm(_ x: Double) -> Double { log(x) }
