import Testing

@testable import StructuralModels

@Suite struct SimulationErrorTests {
    private func error(
        _ syntax: String, values: [String: Double] = [:], metric: Simulation.Metric = .raw
    ) throws -> SimulationError {
        try #require(throws: SimulationError.self) { try Simulation(syntax, values: values, metric: metric) }
    }

    @Test func missingValuesAreNamed() throws {
        let fault = try error("f =~ x1 + 0.5*x2 + x3\nf ~~ 1*f", values: ["x1~~x1": 1, "x2~~x2": 1])
        #expect(fault == .missingValues(["f=~x3", "x3~~x3"], .raw))
        #expect(fault.description.contains("`f=~x3`, `x3~~x3`"))
    }

    @Test func standardizedLoadingsAreAllNeeded() throws {
        #expect(
            try error("f =~ x1 + x2 + x3", values: ["f=~x2": 0.6, "f=~x3": 0.6], metric: .standardized)
                == .missingValues(["f=~x1"], .standardized))
    }

    @Test func unknownParametersComeWithTheNearest() throws {
        let fault = try error("y ~ 0.4*x\ny ~~ 1*y\nx ~~ 1*x", values: ["y~xx": 1])
        #expect(fault == .unknownParameters([.init(name: "y~xx", nearest: "y~x")]))
        #expect(fault.description.contains("did you mean `y~x`"))
    }

    @Test func negativeResidualVariancesAreNamed() throws {
        let fault = try error("f =~ 1.1*x1 + 0.5*x2 + 1.2*x3", metric: .standardized)
        guard case .negativeVariances(let variances) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(variances.map(\.variable) == ["x1", "x3"])
        #expect(abs(variances[0].value + 0.21) < 1e-12)
        #expect(fault.description.contains("the residual variance of `x1` would be -0.210"))
        #expect(
            try error("y ~ 0.4*x\ny ~~ -1*y\nx ~~ 1*x")
                == .negativeVariances([.init(variable: "y", value: -1, isResidual: true)]))
    }

    @Test func impossibleCovariancesAreNamed() throws {
        let fault = try error("a ~~ 1*a + 0.9*b + 0.9*c\nb ~~ 1*b + -0.9*c\nc ~~ 1*c")
        guard case .notPositiveDefinite(let indefiniteness) = fault else {
            Issue.record("\(fault)")
            return
        }
        #expect(Set(indefiniteness.variables) == ["a", "b", "c"])
        #expect(abs(indefiniteness.smallestEigenvalue + 0.8) < 1e-12)
        // A variable that its causes determine.
        #expect(throws: SimulationError.self) { try Simulation("y ~ 1*x\ny ~~ 0*y\nx ~~ 1*x") }
        // Latent correlations beyond one that large residual variances would hide.
        #expect(throws: SimulationError.self) {
            try Simulation("f =~ 0.1*x1\ng =~ 0.1*x2\nf ~~ 1*f + 1.5*g\ng ~~ 1*g\nx1 ~~ 1*x1\nx2 ~~ 1*x2")
        }
    }

    @Test func contradictionsAreTold() throws {
        #expect(
            try error("f =~ x1 + 0.5*x2", values: ["f=~x1": 0.7]) == .fixedParameter("f=~x1", fixed: 1, given: 0.7))
        #expect(
            try error("f =~ 0.7*x1 + 0.6*x2 + 0.5*x3\nx1 ~~ 0.3*x1", metric: .standardized)
                == .contradictoryVariance("x1~~x1", given: 0.3, solved: 0.51))
        #expect(
            try error("y ~ a*x\ny ~~ 1*y\nx ~~ 1*x\na > 1", values: ["a": 0.5]) == .violatedConstraint("a > 1"))
        #expect(try error("y ~ 1*x\nx ~ 1*y\ny ~~ 1*y\nx ~~ 1*x") == .endlessPaths)
        #expect(try error("y ~ 0.5*x\ny ~~ 1*y\nx ~~ 1*x", values: ["y~x": .nan]) == .notANumber("y~x"))
    }

    @Test func drawingsAreChecked() throws {
        let population = try Simulation("y ~ 0.5*x", metric: .standardized)
        func error(_ count: Int, _ design: SamplingDesign) throws -> SimulationError {
            try #require(throws: SimulationError.self) {
                try population.data(caseCount: count, seed: 1, design: design)
            }
        }
        #expect(
            try error(2, SamplingDesign(mode: .exactMoments(divisor: .caseCount))) == .tooFewCases(2, minimum: 3))
        #expect(try error(0, SamplingDesign()) == .tooFewCases(0, minimum: 1))
        #expect(try error(-5, SamplingDesign()) == .tooFewCases(-5, minimum: 1))
        #expect(try error(.max, SamplingDesign()) == .tooManyCases(.max))
        #expect(try error(5, SamplingDesign(means: ["z": 1])) == .unknownVariable("z", nearest: nil))
        #expect(try error(5, SamplingDesign(standardDeviations: ["x": 0])) == .invalidStandardDeviation("x", 0))
        #expect(throws: SimulationError.self) {
            try population.data(caseCount: 5, seed: 1, design: SamplingDesign(answerScale: .thresholds([1, 0])))
        }
        #expect(throws: SimulationError.self) {
            try population.data(caseCount: 5, seed: 1, design: SamplingDesign(answerScale: .equalIntervals(3...3)))
        }
    }

    @Test func listsOfValuesAreRead() throws {
        #expect(
            try Simulation.values(in: "# from Table 2\nf=~x1 = 0.7, y~x=-.3; x1 ~~ x2 = 1e-1\ny~1 3\n\n")
                == ["f=~x1": 0.7, "y~x": -0.3, "x1 ~~ x2": 0.1, "y~1": 3])
        for text in ["f=~x1", "a = b", "= 3", "a = inf", "0.5"] {
            #expect(throws: SimulationError.malformedValue(text)) { try Simulation.values(in: text) }
        }
        #expect(throws: SimulationError.contradictoryValues("a", 1, 2)) { try Simulation.values(in: "a=1, a=2") }
    }
}
