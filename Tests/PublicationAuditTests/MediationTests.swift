import PublicationAudit
import Testing

@Suite struct MediationTests {
    private func findings(_ checks: [AuditCheck]) -> [String] {
        checks.filter(\.verdict.isFinding).map { "\($0.rule.id) \($0.place.row ?? "") \($0.place.column ?? "")" }
    }

    private func effects(_ text: String, _ options: [String: String] = [:]) throws -> [AuditCheck] {
        let table = try PublishedEffects(RareEarthPaper.table("Table 4", text, options))
        return Paper(samples: [Sample("N", size: PrintedNumber(75))], legend: .usual, tables: [table]).audit().checks
    }

    /// lavaan 0.6 on scale means of PoliticalDemocracy: normal-theory and percentile bootstrap intervals.
    @Test func mediationByLavaanGivesNoAlarm() throws {
        let normal = """
            Path;a;b;Direct effect;Indirect effect;Total effect
            X->M->Y;0.923*** [0.417, 1.428];0.757*** [0.642, 0.871];0.457** [0.181, 0.734];0.698*** [0.302, 1.095];1.156*** [0.696, 1.616]
            """
        let bootstrap = """
            Effect,Estimate,SE,LLCI,ULCI
            Total effect,1.156***,0.235,0.719,1.610
            Direct effect,0.457***,0.125,0.229,0.721
            Indirect effect,0.698***,,0.332,1.040
            """
        let first = try effects(normal), second = try effects(bootstrap)
        #expect(findings(first) == [] && findings(second) == [])
        #expect(first.contains { $0.rule.id == "indirect-product" && $0.verdict == .consistent })
        #expect(second.contains { $0.rule.id == "effect-sum" && $0.verdict == .consistent })
    }

    @Test(arguments: [
        ("0.698***", "0.968***", "indirect-product"), ("1.156***", "1.516***", "effect-sum"),
        ("0.457** [0.181", "0.457** [0.581", "effect-interval"),
        ("0.457** [0.181", "0.457** [-0.181", "interval-stars"),
    ])
    func oneSlipIsFound(_ from: String, _ to: String, _ rule: String) throws {
        let text = """
            Path;a;b;Direct effect;Indirect effect;Total effect
            X->M->Y;0.923***;0.757***;0.457** [0.181, 0.734];0.698*** [0.302, 1.095];1.156*** [0.696, 1.616]
            """
        let found = findings(try effects(text.components(separatedBy: from, with: to)))
        #expect(found.contains { $0.hasPrefix(rule) }, "\(found)")
    }

    /// R 4.2: lm() of the standardized variables of `swiss`, Fertility on Education × Catholic × Agriculture, 39 degrees of freedom.
    private static let regression = """
        ,M1
        Education,-0.831*** (0.186)
        Catholic,0.453** (0.131)
        Agriculture,-0.324* (0.143)
        Education × Catholic,-0.356 (0.236)
        Education × Agriculture,0.013 (0.100)
        Catholic × Agriculture,-0.113 (0.162)
        Education × Catholic × Agriculture,0.132 (0.187)
        """
    private static let slopes = """
        Moderator 1,Moderator 2,Slope,SE,LLCI,ULCI
        -1 SD,-1 SD,-0.356,0.262,-0.886,0.174
        -1 SD,+1 SD,-0.594,0.472,-1.549,0.360
        +1 SD,-1 SD,-1.332***,0.283,-1.905,-0.759
        +1 SD,+1 SD,-1.041*,0.411,-1.872,-0.211
        """

    private func conditional(_ text: String) throws -> [AuditCheck] {
        let models = try PublishedMixedModels(RareEarthPaper.table("Table 1", Self.regression, ["df": "39"]))
        let table = try PublishedConditionalEffects(
            RareEarthPaper.table(
                "Table 2", text, ["slope of": "Education", "moderators": "Catholic, Agriculture"]))
        return Paper(samples: [Sample("N", size: PrintedNumber(47))], legend: .usual, tables: [models, table])
            .audit().checks
    }

    @Test func simpleSlopesOfRGiveNoAlarm() throws {
        let checks = try conditional(Self.slopes)
        #expect(findings(checks) == [])
        #expect(checks.first { $0.rule.id == "conditional-slopes" }?.verdict == .consistent)
    }

    @Test func aSlipInASlopeIsFound() throws {
        let checks = try conditional(Self.slopes.components(separatedBy: "-0.594", with: "-0.954"))
        #expect(findings(checks).contains("conditional-slopes  "))
    }

    @Test func valuesOfModerators() throws {
        let texts = ["-1 S.D.", "(+1 S.D.)", "mean", "low", "High", "M - 1SD", "−2 SD", "0"]
        #expect(texts.map { standardDeviations($0) } == [-1, 1, 0, -1, 1, -1, -2, 0])
        #expect(standardDeviations("sometimes") == nil)
        #expect(throws: AuditFault.self) { try conditional("Moderator 1,Moderator 2,Slope\nsome,+1 SD,0.3\n") }
    }

    /// Effects computed from unrounded paths, with normal intervals, and rounded to two or three decimals raise no alarm.
    @Test func correctEffectsNeverAlarm() throws {
        var state: UInt64 = 3
        func uniform(_ low: Double, _ high: Double) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return low + (high - low) * Double(state >> 11) / 9_007_199_254_740_992
        }
        for trial in 0..<100 {
            let decimals = 2 + trial % 2
            func cell(_ value: Double, error: Double) -> String {
                func text(_ value: Double) -> String { PrintedNumber(value, decimals: decimals).text }
                let mark = StarLegend.usual.mark(for: tailProbabilities(of: Interval(abs(value) / error)).lower)
                return text(value) + mark + " [" + text(value - 1.959964 * error) + ", "
                    + text(value + 1.959964 * error) + "]"
            }
            let (a, b, direct) = (uniform(-1, 1), uniform(-1, 1), uniform(-1, 1))
            let errors = (0..<5).map { _ in uniform(0.02, 0.3) }
            let cells = zip([a, b, direct, a * b, direct + a * b], errors).map { cell($0, error: $1) }
            let text = "Path\ta\tb\tDirect\tIndirect\tTotal\nX->M->Y\t" + cells.joined(separator: "\t") + "\n"
            #expect(findings(try effects(text)) == [], "\(text)")
        }
    }
}
