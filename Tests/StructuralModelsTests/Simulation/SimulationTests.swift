import LinearAlgebra
import Testing

@testable import StructuralModels

@Suite struct SimulationTests {
    /// A measurement model with every value in its text.
    static let written = """
        f =~ 1*x1 + 0.8*x2 + 1.2*x3
        g =~ 1*y1 + 0.9*y2 + 1.1*y3
        g ~ 0.5*f
        f ~~ 1.5*f
        g ~~ 0.7*g
        x1 ~~ 0.5*x1
        x2 ~~ 0.6*x2
        x3 ~~ 0.7*x3
        y1 ~~ 0.4*y1
        y2 ~~ 0.5*y2
        y3 ~~ 0.6*y3
        """
    static let free = """
        f =~ x1 + x2 + x3
        g =~ y1 + y2 + y3
        g ~ f
        """
    static let values = [
        "f=~x2": 0.8, "f=~x3": 1.2, "g =~ y2": 0.9, "g=~y3": 1.1, "g~f": 0.5, "f~~f": 1.5, "g~~g": 0.7, "x1~~x1": 0.5,
        "x2~~x2": 0.6, "x3~~x3": 0.7, "y1~~y1": 0.4, "y2~~y2": 0.5, "y3~~y3": 0.6,
    ]

    /// The moments by hand: cov(x2, y3) = 0.8 · 1.5 · 0.5 · 1.1, var(y1) = 0.25 · 1.5 + 0.7 + 0.4.
    @Test func momentsFollowFromTheValues() throws {
        for population in [try Simulation(Self.written), try Simulation(Self.free, values: Self.values)] {
            #expect(population.names == ["x1", "x2", "x3", "y1", "y2", "y3"])
            #expect(abs(population.covariance[1, 5] - 0.66) < 1e-14)
            #expect(abs(population.covariance[3, 3] - 1.475) < 1e-14)
            #expect(population.means == [Double](repeating: 0, count: 6))
        }
    }

    @Test(arguments: [EstimationOptions.Likelihood.normal, .wishart])
    func exactMomentsGiveTheValuesBack(_ likelihood: EstimationOptions.Likelihood) throws {
        let population = try Simulation(Self.free, values: Self.values)
        let data = try population.data(
            caseCount: 60, seed: 3, design: SamplingDesign(mode: .exactMoments(divisor: likelihood.divisor)))
        let fit = try StructuralModel(Self.free).fit(data, options: EstimationOptions(likelihood: likelihood))
        #expect(fit.test.chiSquare < 1e-8)
        for (name, estimate) in zip(fit.model.parameterNames, fit.parameters) {
            let value = try #require(Self.values[name] ?? Self.values[name.replacing("=~", with: " =~ ")])
            #expect(abs(estimate - value) < 1e-8, "\(name): \(estimate)")
        }
    }

    @Test func exactMomentsHoldToRounding() throws {
        let population = try Simulation(Self.written)
        for count in [7, 8, 500] {
            let data = try population.data(
                caseCount: count, seed: 11, design: SamplingDesign(mode: .exactMoments(divisor: .caseCountLessOne)))
            let moments = SampleMoments(data: data.values, names: data.names, divisor: .caseCountLessOne)
            #expect((moments.covariance - population.covariance).maximumMagnitude < 1e-12)
            #expect((moments.means ?? []).allSatisfy { abs($0) < 1e-12 })
        }
    }

    @Test func sampledMomentsScatterAboutThePopulation() throws {
        let population = try Simulation(Self.written)
        let count = 20_000
        let data = try population.data(caseCount: count, seed: 5)
        let moments = SampleMoments(data: data.values, names: data.names, divisor: .caseCountLessOne)
        var sum = 0.0
        for j in 0..<6 {
            for i in 0...j {
                let s = population.covariance
                let error = ((s[i, i] * s[j, j] + s[i, j] * s[i, j]) / Double(count)).squareRoot()
                let z = (moments.covariance[i, j] - s[i, j]) / error
                #expect(abs(z) < 4)
                sum += z * z
            }
        }
        // Neither off the mark nor exact.
        #expect(sum / 21 > 0.2 && sum / 21 < 3)
    }

    @Test func dataDependOnSeedAndReplicateAlone() throws {
        let population = try Simulation(Self.written)
        let first = try population.data(caseCount: 50, seed: 1)
        #expect(try population.data(caseCount: 50, seed: 1) == first)
        #expect(try population.data(caseCount: 50, seed: 2) != first)
        #expect(try population.data(caseCount: 50, seed: 1, replicate: 1) != first)
        let longer = try population.data(caseCount: 80, seed: 1)
        #expect((0..<50).allSatisfy { longer.values.row($0) == first.values.row($0) })
    }

    @Test func standardizedPathsLeaveVarianceOne() throws {
        let population = try Simulation(
            """
            a =~ 0.7*x1 + 0.8*x2 + 0.6*x3
            b =~ 0.9*y1 + 0.5*y2 + 0.7*y3
            c =~ 0.8*z1 + 0.8*z2 + 0.6*z3
            h =~ 0.7*a + 0.6*b + 0.5*c
            o ~ 0.4*h + 0.3*b + 0.2*w
            h ~~ 0.1*w
            """, metric: .standardized)
        #expect(population.covariance.diagonal.allSatisfy { abs($0 - 1) < 1e-12 })
        // x1–y1 through the higher factor, by tracing rules.
        #expect(abs(population.covariance[0, 3] - 0.7 * 0.7 * 0.6 * 0.9) < 1e-12)
        let data = try population.data(
            caseCount: 200, seed: 4, design: SamplingDesign(mode: .exactMoments(divisor: .caseCount)))
        let rows = try StructuralModel(
            "a =~ x1 + x2 + x3\nb =~ y1 + y2 + y3\nc =~ z1 + z2 + z3\nh =~ a + b + c\no ~ h + b + w\nh ~~ w\nw ~~ w"
        ).fit(data).estimates()
        func standardized(_ lhs: String, _ op: String, _ rhs: String) -> Double {
            rows.first { $0.lhs == lhs && $0.op == op && $0.rhs == rhs }?.stdAll?.estimate ?? .nan
        }
        #expect(abs(standardized("b", "=~", "y2") - 0.5) < 1e-6)
        #expect(abs(standardized("h", "=~", "c") - 0.5) < 1e-6)
        #expect(abs(standardized("o", "~", "b") - 0.3) < 1e-6)
        #expect(abs(standardized("h", "~~", "w") - 0.1) < 1e-6)
    }

    /// Residuals that correlate, one of them with a cause's, and a feedback loop.
    @Test(arguments: [
        "y ~ 0.5*m + 0.2*x\nm ~ 0.4*x\ny ~~ -0.3*m",
        "y ~ 0.3*m + 0.4*x\nm ~ 0.2*y + 0.5*z\nx ~~ 0.3*z\ny ~~ 0.2*m",
    ])
    func residualCorrelationsKeepVarianceOne(_ model: String) throws {
        let population = try Simulation(model, metric: .standardized)
        #expect(population.covariance.diagonal.allSatisfy { abs($0 - 1) < 1e-10 })
    }

    @Test func meansAndDeviationsAreThoseAskedFor() throws {
        let population = try Simulation(Self.written + "\nx1 ~ 3.5*1\ny2 ~ 2*1")
        let data = try population.data(
            caseCount: 40, seed: 8,
            design: SamplingDesign(
                mode: .exactMoments(divisor: .caseCountLessOne), means: ["x2": 7],
                standardDeviations: ["x2": 2, "y2": 0.5])
        )
        let moments = SampleMoments(data: data.values, names: data.names, divisor: .caseCountLessOne)
        for (mean, expected) in zip(moments.means ?? [], [3.5, 7, 0, 0, 2, 0]) { #expect(abs(mean - expected) < 1e-12) }
        #expect(abs(moments.covariance[1, 1] - 4) < 1e-12)
        #expect(abs(moments.covariance[4, 4] - 0.25) < 1e-12)
        #expect(abs(moments.covariance[0, 0] - population.covariance[0, 0]) < 1e-12)
    }

    @Test func answersStayOnTheScale() throws {
        let population = try Simulation(Self.written)
        let likert = try population.data(
            caseCount: 2000, seed: 9, design: SamplingDesign(means: ["x1": 4], answerScale: .equalIntervals(1...5)))
        #expect(Set(likert.values.storage) == [1, 2, 3, 4, 5])
        #expect(abs(likert.values.column(1).reduce(0, +) / 2000 - 3) < 0.1)
        #expect(likert.values.column(0).reduce(0, +) / 2000 > 3.7)
        let cut = try population.data(
            caseCount: 4000, seed: 9, design: SamplingDesign(answerScale: .thresholds([-1, 0.5], lowest: 0)))
        #expect(Set(cut.values.storage) == [0, 1, 2])
        // Φ(−1) = .1587 of the answers are the lowest one.
        #expect(abs(Double(cut.values.column(3).count { $0 == 0 }) / 4000 - 0.1587) < 0.025)
    }

    @Test func fittedModelsAreSimulatedFromTheirEstimates() throws {
        let fit = try StructuralModel(
            "visual =~ x1 + x2 + x3\ntextual =~ x4 + x5 + x6\nspeed =~ x7 + x8 + x9"
        ).fit(TestFiles.data("holzinger_swineford.csv"))
        let data = try Simulation(fit).data(
            caseCount: 301, seed: 1, design: SamplingDesign(mode: .exactMoments(divisor: .caseCount)))
        let again = try fit.model.fit(data)
        #expect(zip(fit.parameters, again.parameters).allSatisfy { abs($0 - $1) < 1e-8 })
        #expect(abs((data.values.column(0).reduce(0, +) / 301) - (fit.moments.means?[0] ?? 0)) < 1e-12)
    }
}
