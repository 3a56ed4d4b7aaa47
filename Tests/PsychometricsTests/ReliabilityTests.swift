import LinearAlgebra
import Psychometrics
import Testing

/// Figures of `alpha` and of `fa(fm = "ml")` of psych 2.2.9.
@Suite struct ScaleReliabilityTests {
    @Test func equalsPsychForNeuroticism() throws {
        let bfi = try Reference("bfi-neuroticism")
        let scale = try ScaleReliability(name: "scale", data: bfi.data, items: bfi.names)
        #expect(scale.n == 2694)
        #expect(abs((scale.alpha?.value ?? .nan) - 0.81330314316) < 1e-10)
        #expect(abs((scale.standardizedAlpha ?? .nan) - 0.81407206565) < 1e-10)
        #expect(abs((scale.meanInterItemCorrelation ?? .nan) - 0.46686160802) < 1e-10)
        #expect(abs((scale.compositeReliability ?? .nan) - 0.81496660423) < 1e-5)
        #expect(abs((scale.averageVarianceExtracted ?? .nan) - 0.47716954387) < 1e-5)
        #expect(
            distance(
                scale.items.map(\.mean), numbers("2.931328879 3.5085374907 3.2167780252 3.1896807721 2.9732739421"))
                < 1e-9)
        #expect(
            distance(
                scale.items.map(\.standardDeviation),
                numbers("1.573109513 1.5262651139 1.6003854012 1.5730832265 1.621897561")) < 1e-9)
        #expect(
            distance(
                scale.items.map(\.correctedItemTotal),
                numbers("0.66628580623 0.65090205575 0.67294708826 0.54214899795 0.4867294373")) < 1e-10)
        #expect(
            distance(
                scale.items.map(\.alphaIfDropped),
                numbers("0.75730751452 0.76267809803 0.75486535244 0.79455872211 0.81161363438")) < 1e-10)
        // psych stops its optimiser early; the loadings agree to five digits.
        #expect(
            distance(
                scale.items.map(\.standardizedLoading),
                numbers("0.81793918124 0.802702148 0.71678054205 0.55413691031 0.50164770098")) < 2e-5)
        #expect(scale.warnings.isEmpty)
    }

    @Test func equalsPsychForAttitude() throws {
        let attitude = try Reference("attitude")
        let scale = try ScaleReliability(name: "attitude", data: attitude.data, items: attitude.names)
        #expect(abs((scale.alpha?.value ?? .nan) - 0.843142769565) < 1e-11)
        // Feldt's interval as `alpha` prints it.
        #expect(distance(scale.alpha?.interval ?? [], [0.739375685643, 0.915773072160]) < 1e-11)
        #expect(abs((scale.omega ?? .nan) - 0.856326984616) < 2e-5)
        #expect(
            distance(
                scale.items.map(\.standardizedLoading),
                numbers(
                    "0.85247761132 0.902238263313 0.592706101054 0.730699091943 0.764994952485 0.246093054617 0.377847920053"
                )
            ) < 2e-5)
    }

    @Test func standardisedFiguresIgnoreUnits() throws {
        let attitude = try Reference("attitude")
        let scaled = Matrix(rows: 30, columns: 7) { attitude.data[$0, $1] * Double($1 + 1) + 5 }
        let first = try ScaleReliability(name: "a", data: attitude.data, items: attitude.names)
        let second = try ScaleReliability(name: "b", data: scaled, items: attitude.names)
        #expect(abs((first.standardizedAlpha ?? .nan) - (second.standardizedAlpha ?? 0)) < 1e-12)
        #expect(abs((first.averageVarianceExtracted ?? .nan) - (second.averageVarianceExtracted ?? 0)) < 1e-9)
        #expect(abs((first.alpha?.value ?? .nan) - (second.alpha?.value ?? 0)) > 0.01)
    }

    @Test func takesTwoItemsAsEqual() throws {
        let attitude = try Reference("attitude")
        let scale = try ScaleReliability(name: "two", data: attitude.columns(0..<2), items: ["rating", "complaints"])
        let r = 0.82541756954
        #expect(abs((scale.standardizedAlpha ?? .nan) - 2 * r / (1 + r)) < 1e-9)
        // With equal standardised loadings composite reliability is the Spearman–Brown coefficient.
        #expect(abs((scale.compositeReliability ?? .nan) - 2 * r / (1 + r)) < 1e-9)
        #expect(abs((scale.averageVarianceExtracted ?? .nan) - r) < 1e-9)
        #expect(scale.items.allSatisfy { $0.alphaIfDropped == nil })
        #expect(scale.warnings.contains { $0.contains("two items do not identify") })
    }

    @Test func namesBadItems() throws {
        let attitude = try Reference("attitude")
        var data = attitude.data
        for i in 0..<30 { data[i, 3] = 100 - data[i, 3] }
        let reversed = try ScaleReliability(name: "r", data: data, items: attitude.names)
        #expect(reversed.warnings.contains { $0.hasPrefix("learning: correlates negatively") })
        for i in 0..<30 { data[i, 3] = 4 }
        let constant = try ScaleReliability(name: "c", data: data, items: attitude.names)
        #expect(constant.warnings.contains { $0.hasPrefix("learning: the same value") })
        #expect(constant.alpha != nil && constant.standardizedAlpha == nil && constant.omega == nil)
        #expect(constant.items[3].correctedItemTotal == nil)
    }

    @Test func answersAtTheEdges() throws {
        let single = try ScaleReliability(name: "s", data: Matrix([[1], [2], [4]]), items: ["a"])
        #expect(single.alpha == nil && single.omega == nil && single.meanInterItemCorrelation == nil)
        let opposite = try ScaleReliability(
            name: "o", data: Matrix([[1, 4], [2, 3], [3, 2], [4, 1], [4, 2]]), items: ["a", "b"])
        #expect((opposite.alpha?.value ?? 0) < 0)
        #expect(opposite.warnings.contains { $0.hasPrefix("alpha is negative") })
        #expect(opposite.omega == nil)
        // The sum of the items does not vary: alpha does not exist.
        let cancelled = try ScaleReliability(name: "x", data: Matrix([[1, 3], [2, 2], [3, 1]]), items: ["a", "b"])
        #expect(cancelled.alpha == nil)
        let duplicated = try ScaleReliability(
            name: "d", data: Matrix([[1, 1, 2], [2, 2, 1], [4, 4, 3], [3, 3, 4]]), items: ["a", "b", "c"])
        #expect(duplicated.warnings.contains { $0.hasPrefix("no one-factor solution") })
        #expect(throws: PsychometricsError.missingValue(variable: "a", row: 2)) {
            try ScaleReliability(name: "m", data: Matrix([[1], [.nan]]), items: ["a"])
        }
    }
}

@Suite struct CompositeReliabilityTests {
    /// The worked formulas of Fornell & Larcker (1981).
    @Test func computesFromLoadings() {
        let loadings = [0.7, 0.8, 0.9]
        #expect(abs(CompositeReliability.value(standardizedLoadings: loadings) - 5.76 / (5.76 + 1.06)) < 1e-15)
        #expect(
            abs(CompositeReliability.averageVarianceExtracted(standardizedLoadings: loadings) - 1.94 / 3) < 1e-15)
    }
}
