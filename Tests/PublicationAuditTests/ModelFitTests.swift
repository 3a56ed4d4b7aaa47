import PublicationAudit
import Testing

/// Tables of correct fits must give no alarm; the same with one slip must.
@Suite struct ModelFitTests {
    /// lavaan 0.6: cfa() of HolzingerSwineford1939 (N = 301), factors visual, textual and speed, and merged.
    private static let merged = """
        | Model | Factors | χ² | df | p | CFI | TLI | RMSEA | SRMR | AIC | BIC |
        |---|---|---|---|---|---|---|---|---|---|---|
        | Three factors | (V,T,S) | 85.306 | 24 | .000 | .931 | .896 | .092 [.071, .114] | .065 | 7517.5 | 7595.3 |
        | Two factors a | (V+T,S) | 181.337 | 26 | .000 | .824 | .756 | .141 [.122, .161] | .113 | 7609.5 | 7680.0 |
        | Two factors b | (V,T+S) | 236.091 | 26 | .000 | .762 | .671 | .164 [.145, .183] | .126 | 7664.3 | 7734.7 |
        | One factor | (V+T+S) | 312.264 | 27 | .000 | .677 | .569 | .187 [.169, .206] | .143 | 7738.4 | 7805.2 |
        """

    /// lavaan 0.6: cfa(group = "school") of the same data, configural, metric and scalar.
    private static let invariance = """
        Model,χ2,df,p,CFI,TLI,RMSEA,SRMR,AIC,BIC,Δχ2,Δdf
        Configural,115.85,48,<.001,.923,.885,.097,.068,7484.40,7706.82,,
        Metric,124.04,54,<.001,.921,.895,.093,.072,7480.59,7680.77,8.19,6
        Scalar,164.10,60,<.001,.882,.859,.107,.082,7508.65,7686.59,40.06,6
        """

    private func audit(_ text: String, _ options: [String: String] = [:], n: Int = 301) throws -> [AuditCheck] {
        let table = try PublishedFit(RareEarthPaper.table("Table 1", text, options))
        return Paper(samples: [Sample("pupils", size: PrintedNumber(n))], tables: [table]).audit().checks
    }

    private func findings(_ checks: [AuditCheck]) -> [String] {
        checks.filter(\.verdict.isFinding).map { "\($0.rule.id) \($0.place.row ?? "") \($0.place.column ?? "")" }
    }

    @Test func mergedFactorsOfLavaanGiveNoAlarm() throws {
        for options in [[:], ["items": "9"]] {
            let checks = try audit(Self.merged, options)
            #expect(findings(checks) == [])
            #expect(checks.count { $0.verdict == .consistent } == 4 * 6 + 1 + 3 + 3 + 6 + 0)
        }
    }

    @Test func invarianceModelsOfLavaanGiveNoAlarm() throws {
        #expect(findings(try audit(Self.invariance, ["groups": "2"])) == [])
        #expect(findings(try audit(Self.invariance)) == [])
    }

    @Test(arguments: [
        ("85.306 | 24", "58.306 | 24", "rmsea"), (".092 [", ".072 [", "rmsea"), (".824", ".842", "cfi-baseline"),
        (".756", ".796", "tli-baseline"), ("236.091 | 26", "236.091 | 25", "df-steps"), ("7664.3", "7646.3", "aic"),
        ("312.264", "212.264", "nested-chi2"), ("85.306 | 24 | .000", "85.306 | 24 | .012", "fit-p"),
        ("[.145, .183]", "[.145, .193]", "rmsea-ci"), ("7734.7", "7743.7", "aic"),
    ])
    func oneSlipIsFound(_ from: String, _ to: String, _ rule: String) throws {
        let text = Self.merged.components(separatedBy: from, with: to)
        #expect(text != Self.merged)
        #expect(
            try audit(text).contains {
                $0.rule.id == rule && $0.verdict == .notAttainable || $0.rule.id == rule && $0.verdict == .unusual
            })
    }

    @Test func aSlipInADifferenceIsFound() throws {
        let text = Self.invariance.components(separatedBy: "8.19", with: "9.18")
        #expect(findings(try audit(text)) == ["delta-chi2 Metric Δχ²"])
        #expect(
            try audit(text, ["estimator": "robust"]).contains {
                $0.rule.id == "delta-chi2" && $0.verdict == .notCheckable
            })
    }

    /// lavaan 0.6: separate cfa() of x1–x4, x4–x7 and x6–x9 of the same data: nothing in common, and no alarm.
    @Test func separateModelsShareNothing() throws {
        let text = """
            Model,X2,df,CFI,TLI,RMSEA,AIC
            Visual,11.798,2,0.935,0.805,0.128,3640.6
            Textual,3.288,2,0.997,0.992,0.046,3276.5
            Speed,4.261,2,0.986,0.959,0.061,3380.5
            """
        #expect(findings(try audit(text)) == [])
    }

    @Test func namesOfModelsCountTheirFactors() throws {
        func factors(_ name: String) throws -> String? {
            let text = "Model,X2,df\nFive-factor model,100,80\n\(name),200,90\n"
            return try audit(text).first { $0.rule.id == "df-steps" }?.explanation
        }
        #expect(try factors("Model 2: 4 factors")?.hasPrefix("From 5 to 4 factors") == true)
        #expect(try factors("Single Factor Model")?.hasPrefix("From 5 to 1 factors") == true)
        #expect(try factors("Five-factor model with a method factor") == nil)
        #expect(try factors("Second-order factor model") == nil)
    }

    @Test func anotherSampleSizeIsNamed() throws {
        let table = try PublishedFit(RareEarthPaper.table("Table 1", Self.merged))
        let samples = [Sample("invited", size: PrintedNumber(420)), Sample("answered", size: PrintedNumber(301))]
        let checks = Paper(samples: samples, tables: [table]).audit().checks
        #expect(findings(checks) == ["fit-sample  "])
        #expect(checks.first { $0.rule.id == "fit-sample" }?.attainable == "301")
    }

    /// Fit indices by their definitions, rounded: no alarm, whatever the models.
    @Test func correctIndicesNeverAlarm() throws {
        var state: UInt64 = 7
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / 9_007_199_254_740_992
        }
        var count = 0
        for _ in 0..<60 {
            let items = 8 + Int(uniform() * 30), n = 80 + Int(uniform() * 2000)
            let most = 2 + Int(uniform() * 4)
            let dfBase = Double(items * (items - 1) / 2)
            let base = dfBase * (4 + 30 * uniform())
            var chi2 = 0.9 * Double(items * items) / 2
            var text = "Model\tFactors\tX2\tdf\tX2/df\tCFI\tTLI\tRMSEA\n"
            for m in stride(from: most, through: 1, by: -1) {
                let df = Double(items * (items - 3) / 2 - m * (m - 1) / 2)
                chi2 += uniform() * base / 6
                let cfi = 1 - max(0, chi2 - df) / max(base - dfBase, chi2 - df, 1e-9)
                let tli = (base / dfBase - chi2 / df) / (base / dfBase - 1)
                let rmsea = (max(0, chi2 - df) / (df * (Double(n) - (uniform() < 0.5 ? 1 : 0)))).squareRoot()
                let merged = (1...most).map { "F\($0)" }
                let factors =
                    (merged.prefix(m - 1) + [merged.dropFirst(m - 1).joined(separator: "+")]).joined(separator: ",")
                let cells = [
                    PrintedNumber(chi2, decimals: 2).text, "\(Int(df))", PrintedNumber(chi2 / df, decimals: 2).text,
                    PrintedNumber(cfi, decimals: 3).text, PrintedNumber(tli, decimals: 3).text,
                    PrintedNumber(rmsea, decimals: 3).text,
                ]
                text += "\(m)-factor\t\(factors)\t" + cells.joined(separator: "\t") + "\n"
            }
            guard base > chi2 else { continue }
            let checks = try audit(text, n: n)
            count += checks.count
            #expect(findings(checks) == [], "\(text) N = \(n)")
        }
        #expect(count > 500)
    }

    @Test func badInputNamesTheLine() throws {
        #expect(throws: AuditFault.self) { try audit("Model,X2,df\nA,1.2.3,4\n") }
        #expect(throws: AuditFault.self) { try audit("Model,X2,df\nA,12.3,4.5\n") }
        #expect(throws: AuditFault.self) { try audit(Self.merged, ["items": "many"]) }
        #expect(throws: AuditFault.self) { try audit(Self.merged, ["estimator": "GLM"]) }
        #expect(try audit("Model,X2,df,CFI,RMSEA\nA,0,0,1,0\nB,-5,3,2,-1\n").allSatisfy { !$0.explanation.isEmpty })
        #expect(try audit(Self.merged, n: 0).isEmpty == false)
    }
}

extension String {
    /// The text with one string in place of another.
    func components(separatedBy old: String, with new: String) -> String {
        var result = "", rest = Substring(self)
        while !rest.isEmpty {
            if rest.hasPrefix(old) {
                result += new
                rest = rest.dropFirst(old.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
