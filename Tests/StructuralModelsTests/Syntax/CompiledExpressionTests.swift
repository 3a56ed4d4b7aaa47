import StructuralModels
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct CompiledExpressionTests {
    /// The expression over a, b and c, the first three free parameters.
    private func compile(_ text: String) throws -> CompiledExpression {
        let table = try ParameterTable("y ~ a*x1 + b*x2 + c*x3\nd := \(text)")
        return try #require(table.definitions.first).expression
    }

    private static let theta = [0.7, -1.3, 2.2, 1, 1]

    /// Values by R 4.2 at a = 0.7, b = -1.3, c = 2.2.
    @Test(arguments: [
        ("a+b*c", -2.16), ("-a^2", -0.49), ("2^3^2", 512), ("a-b-c", -0.2), ("a/b/c", -0.2447552447552448),
        ("a^-2", 2.040816326530612), ("--a", 0.7), ("-2^2", -4), ("sqrt(c)*exp(b)-log(a)", 0.7609049181755949),
        ("min(a,b,c)+max(a,b,c)", 0.9), ("abs(b)", 1.3), ("pow(c,a)", 1.7365843248428807),
        ("sin(a)+cos(b)+tan(c)", -0.4621065409065162), ("(a+b)*(a-b)", -1.2), ("1e-3*.5+2.", 2.0005),
    ]) func values(_ text: String, _ expected: Double) throws {
        #expect(abs(try compile(text).value(at: Self.theta) - expected) < 1e-14 * max(1, abs(expected)))
    }

    @Test(arguments: [
        "a*b", "a*b*c", "a/b", "a*b/(a*b + c)", "a^2*b^3", "c^a", "2^b", "a^0.5", "exp(a*b)/c", "log(c)*log10(a)",
        "log2(c)*a",
        "sqrt(a*c)", "sin(a*b)", "cos(a+b*c)", "tan(a*b)", "asin(a)*b", "acos(a)*c", "atan(a*b)", "sinh(a*b)",
        "cosh(a*c)",
        "tanh(a*b)", "abs(b)*a", "abs(b)^2*c", "min(a*b, c)*c", "max(a*b, c^2)*c", "(a-b)^2/(c-a)", "-a*-b", "a*a*a",
        "a^1*b",
        "exp(exp(a)*b)", "1/(1+exp(-(a+b*c)))", "a - b", "(a + 2*b)/4 - 3",
    ]) func derivativesEqualFiniteDifferences(_ text: String) throws {
        let expression = try compile(text)
        let gradient = expression.gradient(at: Self.theta)
        let hessian = expression.hessian(at: Self.theta)
        let order = expression.parameters.count
        for (j, parameter) in expression.parameters.enumerated() {
            let step = 1e-5
            var up = Self.theta
            var down = Self.theta
            up[parameter] += step
            down[parameter] -= step
            let slope = (expression.value(at: up) - expression.value(at: down)) / (2 * step)
            #expect(abs(gradient[j] - slope) < 1e-7 * max(1, abs(slope)))
            let gradientUp = expression.gradient(at: up)
            let gradientDown = expression.gradient(at: down)
            for k in 0..<order {
                let curvature = (gradientUp[k] - gradientDown[k]) / (2 * step)
                #expect(abs(hessian[j * order + k] - curvature) < 1e-7 * max(1, abs(curvature)), "\(j) \(k)")
                #expect(abs(hessian[j * order + k] - hessian[k * order + j]) < 1e-12 * max(1, abs(curvature)))
            }
        }
        var sum = [Double](repeating: 1, count: 5)
        expression.addGradient(at: Self.theta, times: 2, to: &sum)
        for (j, parameter) in expression.parameters.enumerated() { #expect(sum[parameter] == 1 + 2 * gradient[j]) }
        #expect(sum[3] == 1)
    }

    @Test func derivativesAtZero() throws {
        let zero = [0.0, 0, 0, 1, 1]
        #expect(try compile("a^2").hessian(at: zero) == [2])
        #expect(try compile("a^1*b").gradient(at: zero) == [0, 0])
        #expect(try compile("a^1*b").hessian(at: zero) == [0, 1, 1, 0])
        #expect(try compile("a^3").hessian(at: zero) == [0])
        #expect(try compile("a^0*b").gradient(at: zero) == [0, 1])
        #expect(try compile("a*b").hessian(at: zero) == [0, 1, 1, 0])
    }

    @Test func outsideTheDomainThereIsNoNumber() throws {
        #expect(try compile("sqrt(b)").value(at: Self.theta).isNaN)
        #expect(try compile("log(b)").value(at: Self.theta).isNaN)
        #expect(try compile("b^0.5").value(at: Self.theta).isNaN)
        #expect(try compile("min(log(b), a)").value(at: Self.theta).isNaN)
    }

    @Test func linearForms() throws {
        let form = try #require(try compile("2*a - (b - 3)/4 + a + 2^2").linearForm)
        #expect(form.constant == 4.75)
        #expect(form.coefficients == [3, -0.25])
        #expect(try compile("a*b").linearForm == nil)
        #expect(try compile("a/b").linearForm == nil)
        #expect(try compile("exp(a)").linearForm == nil)
        #expect(try compile("1/a").linearForm == nil)
        #expect(try compile("5").linearForm?.constant == 5)
        #expect(try compile("sqrt(4)*c").linearForm?.coefficients == [2])
    }

    @Test func constraintsAreLeftMinusRight() throws {
        let table = try ParameterTable("y ~ a*x1 + b*x2\na*2 == b + 1\na < 3\nb > a^2")
        let theta = [0.5, 2.0, 1]
        #expect(table.constraints.map { $0.difference.value(at: theta) } == [-2, -2.5, 1.75])
        #expect(table.constraints.map(\.op) == [.equality, .less, .greater])
        #expect(table.constraints[0].difference.linearForm?.coefficients == [2, -1])
        #expect(table.constraints[2].difference.linearForm == nil)
    }
}
