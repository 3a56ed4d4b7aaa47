#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The functions of one number that formulas know; the raw values are R's names.
enum ElementaryFunction: String, CaseIterable, Sendable {
    case naturalLogarithm = "log"
    case binaryLogarithm = "log2"
    case decimalLogarithm = "log10"
    case logarithmOf1Plus = "log1p"
    case exponential = "exp"
    case exponentialLess1 = "expm1"
    case squareRoot = "sqrt"
    case magnitude = "abs"
    case sign = "sign"
    case sine = "sin"
    case cosine = "cos"
    case tangent = "tan"
    case floor = "floor"
    case ceiling = "ceiling"

    func callAsFunction(_ x: Double) -> Double {
        switch self {
        case .naturalLogarithm: log(x)
        case .binaryLogarithm: log2(x)
        case .decimalLogarithm: log10(x)
        case .logarithmOf1Plus: log1p(x)
        case .exponential: exp(x)
        case .exponentialLess1: expm1(x)
        case .squareRoot: x.squareRoot()
        case .magnitude: x.magnitude
        case .sign: x > 0 ? 1 : x < 0 ? -1 : x
        case .sine: sin(x)
        case .cosine: cos(x)
        case .tangent: tan(x)
        case .floor: x.rounded(.down)
        case .ceiling: x.rounded(.up)
        }
    }
}

/// The operators between two numbers: + - * / ^ and the remainder %%, which has the sign of the divisor as in R.
func arithmetic(_ symbol: String) -> (@Sendable (Double, Double) -> Double)? {
    switch symbol {
    case "+": { $0 + $1 }
    case "-": { $0 - $1 }
    case "*": { $0 * $1 }
    case "/": { $0 / $1 }
    case "^": { $1 == 2 ? $0 * $0 : pow($0, $1) }
    case "%%": { $0 - ($0 / $1).rounded(.down) * $1 }
    default: nil
    }
}
