import Testing

@testable import StructuralModels

@Suite struct EffectTests {
    /// lavaan 0.7-2 on Bollen's data: indirect 1.242 (.355), total 1.814 (.374).
    @Test func politicalDemocracy() throws {
        let model = try StructuralModel(
            """
            ind60 =~ x1 + x2 + x3
            dem60 =~ y1 + y2 + y3 + y4
            dem65 =~ y5 + y6 + y7 + y8
            dem60 ~ ind60
            dem65 ~ ind60 + dem60
            y1 ~~ y5; y2 ~~ y4 + y6; y3 ~~ y7; y4 ~~ y8; y6 ~~ y8
            """)
        let fit = try model.fit(TestFiles.data("political_democracy.csv"))
        #expect(abs(fit.test.chiSquare - 38.125218) < 1e-5)
        let effects = fit.effects()
        let indirect = try #require(effects.first { $0.text == "ind60 → dem60 → dem65" })
        #expect(indirect.kind == .specificIndirect)
        #expect(abs(indirect.raw.estimate - 1.242) < 6e-4)
        #expect(abs(try #require(indirect.raw.standardError) - 0.355) < 6e-4)
        let total = try #require(effects.first { $0.kind == .total && $0.cause == "ind60" && $0.outcome == "dem65" })
        #expect(abs(total.raw.estimate - 1.814) < 6e-4)
        #expect(abs(try #require(total.raw.standardError) - 0.374) < 6e-4)
    }

    /// The automatic effects and the user's own definitions are the same figures, standardised and their errors too.
    @Test func definitionsAgree() throws {
        let fit = try ReferenceCase("mediation_observed").fitted()
        let rows = fit.estimates(), effects = fit.effects()
        for (name, kind) in [("ind", Effect.Kind.specificIndirect), ("total", .total)] {
            let defined = try #require(rows.first { $0.lhs == name })
            let effect = try #require(effects.first { $0.kind == kind && $0.cause == "x1" && $0.outcome == "y2" })
            #expect(abs(defined.raw.estimate - effect.raw.estimate) < 1e-12)
            let errors = try (#require(defined.raw.standardError), #require(effect.raw.standardError))
            #expect(abs(errors.0 - errors.1) < 1e-10)
            #expect(abs(try #require(defined.stdAll?.estimate) - #require(effect.stdAll?.estimate)) < 1e-12)
        }
    }

    @Test func everyChainIsListedOnce() throws {
        let model = try StructuralModel("b ~ a\nc ~ a + b\nd ~ a + b + c")
        let catalogue = EffectCatalogue(model)
        let names = catalogue.entries.filter { $0.kind == .specificIndirect }.map { entry in
            entry.chain.map { model.plan.variables[$0] }.joined()
        }
        #expect(names.sorted() == ["abc", "abcd", "abd", "acd", "bcd"])
        #expect(catalogue.entries.filter { $0.kind == .total }.count == 6)
    }

    /// Derivatives of every reported figure against differences of the figures themselves.
    @Test(arguments: [
        "f =~ x1 + x2 + x3\ng =~ x4 + x5 + x6\nh =~ x7 + x8 + x9\ng ~ a*f\nh ~ b*g + f\nab := a*b\nr := a/b",
        "x2 ~ x1 + x3\nx3 ~ x2 + x4\nx4 ~~ x1",
        "g =~ f + h + k\nf =~ x1 + x2 + x3\nh =~ x4 + x5 + x6\nk =~ x7 + x8 + x9\nx1 ~~ x4",
    ]) func gradientsEqualDifferences(_ text: String) throws {
        let model = try StructuralModel(text)
        let fit = try model.fit(TestFiles.data("holzinger_swineford.csv"))
        let quantities = ReportedQuantities(model), kernel = fit.evaluatedKernel()
        let gradients = quantities.gradients(fit.parameters, kernel)
        for k in fit.parameters.indices {
            let step = 1e-6 * max(1, abs(fit.parameters[k]))
            var sides = [[Double]](repeating: [Double](repeating: 0, count: quantities.count), count: 2)
            for (side, sign) in [1.0, -1.0].enumerated() {
                var point = fit.parameters
                point[k] += sign * step
                _ = try #require(kernel.value(point))
                quantities.write(point, kernel, to: &sides[side])
            }
            for index in 0..<quantities.count where sides[0][index].isFinite {
                let difference = (sides[0][index] - sides[1][index]) / (2 * step)
                let scale = max(1, abs(difference))
                #expect(abs(gradients[index][k] - difference) < 1e-6 * scale, "quantity \(index), parameter \(k)")
            }
        }
    }
}
