import Psychometrics
import Testing

@testable import StructuralModels

private let holzinger = MeasurementModel(constructs: [
    .init(name: "visual", indicators: ["x1", "x2", "x3"]), .init(name: "textual", indicators: ["x4", "x5", "x6"]),
    .init(name: "speed", indicators: ["x7", "x8", "x9"]),
])

@Suite struct ValidityTests {
    /// semTools 0.5-10: AVE .371 .721 .424, ω .625 .885 .688; and, in the convention of management papers, CR .6258 and AVE
    /// .37098 of the first factor.
    @Test func reliabilityOfTheFactors() throws {
        let validity = try ReferenceCase("hs_cfa_ml").fitted().convergentValidity()
        #expect(validity.map(\.construct) == ["visual", "textual", "speed"])
        for (row, (omega, ave)) in zip(validity, [(0.625, 0.371), (0.885, 0.721), (0.688, 0.424)]) {
            #expect(abs(try #require(row.omega) - omega) < 6e-4)
            #expect(abs(try #require(row.modelBasedAVE) - ave) < 6e-4)
        }
        #expect(abs(try #require(validity[0].compositeReliability) - 0.6258) < 6e-5)
        #expect(abs(try #require(validity[0].averageVarianceExtracted) - 0.37098) < 6e-6)
        #expect(validity[0].loadings.map(\.isMarker) == [true, false, false])
    }

    /// lavaan: standardised loadings of the second-order factor .873 .525 .539.
    @Test func secondOrderConstruct() throws {
        let validity = try ReferenceCase("hs_second_order").fitted().convergentValidity()
        let general = try #require(validity.first { $0.isSecondOrder })
        let loadings = general.loadings.compactMap { $0.standardized?.estimate }
        for (mine, theirs) in zip(loadings, [0.873, 0.525, 0.539]) { #expect(abs(mine - theirs) < 6e-4) }
        let sum = loadings.reduce(0, +), squares = loadings.reduce(0) { $0 + $1 * $1 }
        #expect(abs(try #require(general.compositeReliability) - sum * sum / (sum * sum + 3 - squares)) < 1e-12)
    }

    @Test func fornellLarcker() throws {
        let table = try ReferenceCase("hs_cfa_ml").fitted().discriminantValidity()
        #expect(abs(try #require(table.correlations[0][1]) - 0.458509) < 1e-5)
        #expect(abs(try #require(table.maximumSharedVariance[0]) - 0.470535 * 0.470535) < 1e-5)
        #expect(table.violations.isEmpty)
    }

    /// semTools 0.5-10, `htmt()`: HTMT and HTMT2 for visual–textual, visual–speed, textual–speed.
    @Test func heterotraitMonotraitRatios() throws {
        let data = try TestFiles.data("holzinger_swineford.csv")
        let plain = try HeterotraitMonotraitTable(holzinger.constructs, data: data)
        for (pair, value) in zip(plain.pairs, [0.424, 0.467, 0.290]) {
            #expect(abs(try #require(pair.ratio) - value) < 6e-4, "\(pair)")
            #expect(pair.upper == nil)
        }
        let second = try HeterotraitMonotraitTable(
            holzinger.constructs, data: data, mean: .geometric, draws: 200, seed: 4)
        for (pair, value) in zip(second.pairs, [0.384, 0.387, 0.280]) {
            #expect(abs(try #require(pair.ratio) - value) < 6e-4, "\(pair)")
            #expect(try #require(pair.lower) < value && value < #require(pair.upper))
        }
    }

    /// Merging the factors of Holzinger and Swineford down to one: lavaan gives 312.264 on 27 df for one factor.
    @Test func alternativeMeasurementModels() throws {
        let table = try AlternativeModels(holzinger, data: TestFiles.data("holzinger_swineford.csv"))
        #expect(table.alternatives.map(\.name).first == "3 factors (hypothesised)")
        #expect(table.alternatives.count == 3)
        let last = try #require(table.alternatives.last), fit = try last.fit.get()
        #expect(last.name == "1 factor")
        #expect(abs(fit.test.chiSquare - 312.264) < 6e-4)
        let comparison = try #require(last.comparison)
        #expect(comparison.test.degreesOfFreedom == 3)
        #expect(abs(comparison.test.chiSquare - (312.264 - 85.306)) < 2e-3)
    }

    @Test func methodBiasBattery() throws {
        let battery = try MethodBias(
            holzinger, data: TestFiles.data("holzinger_swineford.csv"), marker: "sex")
        #expect(battery.checks.map(\.kind) == [.singleFactor, .commonLatentFactor, .unmeasuredLatentMethodConstruct])
        #expect(abs(try battery.checks[0].fit.get().test.chiSquare - 312.264) < 6e-4)
        let common = battery.checks[1]
        #expect(try #require(common.comparison).test.degreesOfFreedom == 1)
        #expect(common.loadings.count == 9)
        // Equal raw loadings on the method factor: standardised ones differ by the items' deviations only.
        let fit = try common.fit.get()
        let method = fit.estimates().filter { $0.lhs == "method" && $0.op == "=~" }.map(\.raw.estimate)
        #expect(Set(method).count == 1)
        let marker = try #require(battery.marker)
        for row in marker.correlations {
            #expect(abs(row.adjusted - (row.r - marker.correlation) / (1 - marker.correlation)) < 1e-12)
        }
    }
}
