import LinearAlgebra
import Testing

@testable import StructuralModels

/// Models under equations, inequalities and bounds against lavaan 0.7.2.3170.
@Suite struct ConstraintTests {
    private static let factors = "v =~ x1+b*x2+c*x3\n t =~ x4+d*x5+e*x6\n"

    private func fit(_ text: String) throws -> FittedModel {
        try StructuralModel(text).fit(TestFiles.data("holzinger_swineford.csv"))
    }

    private func row(_ fit: FittedModel, _ name: String) throws -> Inference {
        try #require(fit.estimates().first { $0.lhs + $0.op + $0.rhs == name }).raw
    }

    /// Inequalities alone, active and inactive ones: χ², gfi, and estimates with standard errors.
    @Test(arguments: [
        (
            factors + "b>c\n d<1", 29.4751417, 0.9826296,
            [("v=~x2", 0.6456375, 0.0962768), ("t=~x5", 1, 0), ("x1~~x1", 0.546798, 0.126692)]
        ),
        (
            factors + "b<c\n d>1.2\n e<0.9", 27.8530232, 0.982697,
            [("v=~x2", 0.559624, 0.105973), ("v=~x3", 0.708346, 0.118787), ("t=~x5", 1.2, 0), ("t=~x6", 0.9, 0)]
        ),
        (
            "v =~ x1+x2+x3\n t=~x4+x5+upper(0.8)*x6\n x1~~lower(0.7)*x1", 31.4587841, 0.9832091,
            [("v=~x2", 0.657828, 0.1043), ("t=~x6", 0.8, 0), ("x1~~x1", 0.7, 0)]
        ),
        (
            "v=~x1+x2+x3\n t=~x4+x5+x6\n v~~r*t\n r<0.2\n r>-1", 32.3312243, 0.9801993,
            [("v~~t", 0.2, 0), ("v~~v", 0.564465, 0.121806), ("t~~t", 0.900773, 0.101766)]
        ),
    ]) func inequalities(_ example: (String, Double, Double, [(String, Double, Double)])) throws {
        let fit = try fit(example.0)
        #expect(abs(fit.test.chiSquare - example.1) < 1e-5)
        #expect(fit.test.degreesOfFreedom == 8)
        #expect(abs(try #require(fit.fitMeasures()["gfi"]) - example.2) < 1e-5)
        for (name, value, error) in example.3 {
            let mine = try row(fit, name)
            #expect(abs(mine.estimate - value) < 5e-5, "\(name): \(mine)")
            #expect(abs(try #require(mine.standardError) - error) < 5e-5, "\(name): \(mine)")
        }
        #expect(fit.warnings.contains { $0.contains("the bound of") })
    }

    /// A parameter, and a function of parameters, that equations determine has no error and no test.
    @Test func determinedParameters() throws {
        let fixed = try fit(Self.factors + "b==c\n b-c==0\n d==1")
        #expect(abs(fixed.test.chiSquare - 29.4751417) < 1e-5 && fixed.test.degreesOfFreedom == 10)
        let loading = try row(fixed, "t=~x5")
        #expect(loading.standardError == 0 && loading.z == nil && loading.pValue == nil)

        let product = try StructuralModel("y2 ~ a*y1\n y3 ~ b*y2\n a*b == 0.2\n ab := a*b")
            .fit(TestFiles.data("political_democracy.csv"))
        #expect(abs(product.test.chiSquare - 32.3036756) < 1e-5)
        let indirect = try row(product, "ab:=a*b")
        #expect(abs(indirect.estimate - 0.2) < 1e-9 && indirect.standardError == 0 && indirect.z == nil)
    }

    @Test(arguments: [
        ("b == 1\n b == 2", ["b == 1", "b == 2"]), ("b > 2\n b < 1", ["b < 1", "b > 2"]),
        ("b == c\n b-c == 1", ["b == c", "b-c == 1"]), ("b^2 == -1", ["b^2 == -1"]),
    ]) func contradictions(_ example: (String, [String])) throws {
        let error = #expect(throws: StructuralModelError.self) { try self.fit(Self.factors + example.0) }
        guard case .infeasibleConstraints(let texts) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(texts.sorted() == example.1)
    }
}

/// Minima that are hard to reach.
@Suite struct HardMinimumTests {
    /// The only minimum has a negative latent variance: lavaan 0.7.2.3170 on the same covariances, N = 50.
    @Test func negativeLatentVariance() throws {
        let names = ["y1", "y2", "y3", "y4", "y5"]
        let covariances = Matrix([
            [0.9606, -0.2718, -0.2914, -0.0995, -0.0122], [-0.2718, 0.8898, -0.0081, 0.3101, 0.2009],
            [-0.2914, -0.0081, 0.9899, 0.1393, 0.1707], [-0.0995, 0.3101, 0.1393, 0.8818, 0.0067],
            [-0.0122, 0.2009, 0.1707, 0.0067, 0.9398],
        ])
        let fit = try StructuralModel("f1 =~ y1 + y2 + y3 + y4 + y5").fit(
            unbiased: SampleMoments(names: names, covariance: covariances, means: nil, caseCount: 50))
        #expect(abs(fit.test.chiSquare - 6.183136) < 1e-5)
        #expect(fit.warnings.contains { $0.contains("variance of `f1` is negative") })
    }
}
