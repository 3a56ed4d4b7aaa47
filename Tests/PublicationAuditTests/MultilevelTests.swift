import PublicationAudit
import Testing

@Suite struct MultilevelTests {
    /// High School and Beyond (nlme::MathAchieve, 7,185 pupils in 160 schools), lme4 1.1 by REML; χ² by its definition; deviances by ML.
    private static let schools = """
        | | M1 | M2 | M3 | M4 | M5 |
        |---|---|---|---|---|---|
        | Intercept | 12.64*** (0.24) | 12.65*** (0.15) | 12.66*** (0.15) | 12.11*** (0.20) | 12.11*** (0.20) |
        | Mean SES | | 5.86*** (0.36) | 5.87*** (0.36) | 5.34*** (0.37) | 5.34*** (0.37) |
        | SES | | | 2.19*** (0.11) | 2.19*** (0.11) | 2.94*** (0.15) |
        | Catholic | | | | 1.22*** (0.31) | 1.21*** (0.31) |
        | Mean SES × SES | | | | | 1.04*** (0.29) |
        | Catholic × SES | | | | | -1.64*** (0.23) |
        | τ00 | 8.61 | 2.64 | 2.69 | 2.37 | 2.38 |
        | σ² | 39.15 | 39.16 | 37.02 | 37.02 | 36.77 |
        | ICC | .180 | .063 | .068 | .060 | .061 |
        | χ² | 1660.23 | 633.52 | 670.17 | 600.11 | 604.31 |
        | Deviance | 47115.8 | 46959.1 | 46563.8 | 46548.3 | 46497.4 |
        """
    private static let snijdersBosker = """
        | Pseudo R² level 1 | | .125 | .169 | .175 | .180 |
        | Pseudo R² level 2 | | .630 | .629 | .663 | .663 |
        """
    private static let harmonicMean = """
        | Pseudo R² level 1 | .000 | .125 | .169 | .175 | .180 |
        | Pseudo R² level 2 | .000 | .625 | .624 | .658 | .658 |
        """
    private static let raudenbushBryk = """
        | R² within | | -.000 | .054 | .054 | .061 |
        | R² between | | .694 | .687 | .725 | .724 |
        """

    private func audit(_ text: String, _ options: [String: String] = [:]) throws -> [AuditCheck] {
        let table = try PublishedMixedModels(RareEarthPaper.table("Table 2", text, options))
        return Paper(
            samples: [Sample("pupils", size: PrintedNumber(7185)), Sample("schools", size: PrintedNumber(160))],
            legend: .usual,
            constructs: [
                PaperConstruct(names: ["SES"], sample: "pupils"),
                PaperConstruct(names: ["Math achievement"], icc: try PrintedNumber(".18"), sample: "pupils"),
            ], tables: [table]
        ).audit().checks
    }

    private func findings(_ checks: [AuditCheck]) -> [String] {
        checks.filter(\.verdict.isFinding).map { "\($0.rule.id) \($0.place.row ?? "") \($0.place.column ?? "")" }
    }

    @Test func highSchoolAndBeyondGivesNoAlarm() throws {
        for rows in [Self.snijdersBosker, Self.harmonicMean, Self.raudenbushBryk] {
            for method in ["REML", "ML"] {
                let checks = try audit(Self.schools + "\n" + rows, ["outcome": "Math achievement", "method": method])
                #expect(findings(checks) == [])
                #expect(checks.count { $0.rule.id == "pseudo-r2" && $0.verdict == .consistent } == 2)
                #expect(checks.count { $0.rule.id == "hlm-chi2" } == 5)
            }
        }
    }

    @Test(arguments: [
        (".169", ".196", "pseudo-r2"), (".068", ".086", "icc"), ("1.04***", "0.14***", "stars"),
        ("633.52", "363.52", "hlm-chi2"), ("46548.3", "46584.3", "deviance"),
        ("2.19*** (0.11) | 2.19", "2.19*** (0.21) | 2.19", "se-models"),
    ])
    func oneSlipIsFound(_ from: String, _ to: String, _ rule: String) throws {
        let text = (Self.schools + "\n" + Self.snijdersBosker).components(separatedBy: from, with: to)
        let found = findings(try audit(text, ["method": "ML"]))
        #expect(found.contains { $0.hasPrefix(rule) }, "\(found)")
    }

    /// sleepstudy (180 reaction times of 18 drivers), lme4 1.1 by REML: χ² = Σ 10 ū²/σ².
    @Test func balancedGroupsFollowTheIdentityClosely() throws {
        let text = """
            ,M1,M2
            Intercept,298.51 (9.05),251.41 (9.75)
            Days,,10.47 (0.80)
            Between-group variance,1278.34,1378.18
            Within-group variance,1958.87,960.46
            ICC,.39,.59
            X2,127.94,260.94
            """
        let table = try PublishedMixedModels(RareEarthPaper.table("Table 1", text))
        let checks = Paper(
            samples: [Sample("drivers", size: PrintedNumber(18)), Sample("tests", size: PrintedNumber(180))],
            constructs: [PaperConstruct(names: ["Days"], sample: "tests")], tables: [table]
        ).audit().checks
        #expect(findings(checks) == [])
        #expect(checks.filter { $0.rule.id == "hlm-chi2" }.map(\.attainable) == ["127.9", "260.9"])
        #expect(checks.contains { $0.explanation.contains("18 drivers as groups, 17 degrees of freedom and REML") })
    }

    @Test func standardErrorsMayStandInRowsOfTheirOwn() throws {
        let text = "Term,M1\nSES,2.19***\n,(0.11)\nMean SES,0.20***\n,(0.15)\n"
        #expect(findings(try audit(text)) == ["stars Mean SES M1"])
    }

    @Test func oddFiguresNeverCrash() throws {
        let text = "Term,M1,M2\nSES,0 (0),1e (0)\n"
        #expect(throws: AuditFault.self) { try audit(text) }
        let zero =
            "Term,M1,M2\nSES,0* (0),-3 (-1)\nτ00,0,-1\nσ²,0,0\nICC,0,2\nχ²,0,9\nPseudo R² level 1,1,2\nDeviance,-4,0\n"
        for check in try audit(zero, ["method": "ML"]) { #expect(!check.explanation.contains("nan")) }
    }

    /// Tables computed from unrounded figures and rounded as journals do raise no alarm.
    @Test func correctTablesNeverAlarm() throws {
        var state: UInt64 = 5
        func uniform(_ low: Double, _ high: Double) -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return low + (high - low) * Double(state >> 11) / 9_007_199_254_740_992
        }
        for _ in 0..<40 {
            let groups = Int(uniform(60, 300)), n = Int(uniform(3, 12)), count = 4
            let (tau0, sigma0) = (uniform(0.1, 2), uniform(0.3, 4))
            var rows = [[String]](repeating: [], count: 6 + count)
            var (tau, sigma) = (tau0, sigma0)
            for model in 1...count {
                tau *= uniform(0.7, 1)
                sigma *= uniform(0.8, 1)
                for term in 0..<count {
                    guard term < model else {
                        rows[term].append("")
                        continue
                    }
                    let estimate = uniform(-0.5, 0.5), error = uniform(0.98, 1.02) * 0.1
                    let p = tailProbabilities(of: Interval(abs(estimate) / error)).lower
                    rows[term].append(
                        PrintedNumber(estimate, decimals: 3).text + StarLegend.usual.mark(for: p) + " ("
                            + PrintedNumber(error, decimals: 3).text + ")")
                }
                let df = Double(groups - 1 - model)
                let figures = [
                    tau, sigma, tau / (tau + sigma), 1 - (tau + sigma) / (tau0 + sigma0),
                    1 - (tau + sigma / Double(n)) / (tau0 + sigma0 / Double(n)),
                    df * (1 + Double(n) * tau / sigma) * uniform(0.995, 1.005),
                ]
                for (place, figure) in figures.enumerated() {
                    rows[count + place].append(PrintedNumber(figure, decimals: 3).text)
                }
            }
            let names = ["A", "B", "C", "D", "τ00", "σ²", "ICC", "Pseudo R² level 1", "Pseudo R² level 2", "χ²"]
            let text =
                "\tM1\tM2\tM3\tM4\n"
                + zip(names, rows).map { ([$0] + $1).joined(separator: "\t") }.joined(separator: "\n")
            let table = try PublishedMixedModels(RareEarthPaper.table("Table 1", text))
            let checks = Paper(
                samples: [
                    Sample("days", size: PrintedNumber(groups * n)), Sample("persons", size: PrintedNumber(groups)),
                ],
                legend: .usual, tables: [table]
            ).audit().checks
            #expect(findings(checks) == [], "\(text) \(groups) × \(n)")
            #expect(checks.count >= 20)
        }
    }
}
