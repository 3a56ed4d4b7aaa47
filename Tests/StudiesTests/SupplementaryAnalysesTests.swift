import Datasets
import Reporting
import SetTheoreticAnalysis
import Testing

@testable import Studies

@Suite struct SupplementaryAnalysesTests {
    private let export: Dataset
    private let democracies: Dataset

    init() throws {
        export = try Dataset.read(path: TestFiles.path("export.csv")).dataset
        democracies = try Dataset.read(path: TestFiles.path("democracies.csv")).dataset
    }

    private func agrees(_ value: Double?, _ figure: Double, _ tolerance: Double = 1e-6) -> Bool {
        value.map { abs($0 - figure) <= tolerance } ?? false
    }

    private var exportSettings: ConfigurationalSettings {
        var settings = ConfigurationalSettings(
            outcome: "EXPORT", conditions: ["EMP", "BARGAIN", "UNI", "OCCUP", "STOCK", "MA"])
        settings.caseColumn = "case"
        settings.table.inclusionCut = 0.85
        settings.kinds = [.complex]
        return settings
    }

    private func supplements(
        _ settings: ConfigurationalSettings? = nil, _ change: (inout SupplementarySettings) -> Void
    ) throws -> SupplementaryAnalyses {
        var wanted = SupplementarySettings()
        wanted.kind = .complex
        change(&wanted)
        let analysis = try ConfigurationalAnalysis(export, settings: settings ?? exportSettings)
        return try SupplementaryAnalyses(export, analysis, settings: wanted)
    }

    private var democracySettings: ConfigurationalSettings {
        var settings = ConfigurationalSettings(outcome: "SURV", conditions: ["DEV", "URB", "LIT", "IND", "STB"])
        settings.caseColumn = "case"
        settings.calibrations = [
            "DEV=e400,c550,i900", "URB=e25,c50,i65", "LIT=e50,c75,i90", "IND=e20,c30,i40", "STB=e15,c9.5,i5",
            "SURV=e-9,c0,i10",
        ]
        settings.table.inclusionCut = 0.8
        settings.expectations = "1,1,1,1,1"
        return settings
    }

    /// SetMethods 4.1 on SCHLF: rob.fit, rob.case.ratio and rob.evaluation, conservative solution at 0.85 against 0.8 and 0.92.
    @Test func robustnessEqualsSetMethods() throws {
        let found = try supplements { $0.alternatives = ["incl=.8", " incl = 0.92 "] }
        let result = try #require(found.outcome.robustness)
        #expect(agrees(result.coverageRatio, 0.753846153846154, 1.2e-3))
        #expect(agrees(result.consistencyRatio, 0.91264367816092, 1.2e-3))
        #expect(agrees(result.minimumCoincidence, 0.687133182844244))
        #expect(agrees(result.maximumCoincidence, 0.94456289978678))
        #expect(agrees(result.typicalRatio, 0.636363636363636) && agrees(result.deviantRatio, 0.416666666666667))
        let json = found.contract(.object([]))["robustness"]
        #expect(json?["RCC_Rank"] == 4)
        #expect(json?["cases"]?["extreme_deviant_coverage"] == ["France_95", "Germany_03"])
        for name in ["RF_cov", "RF_cons", "RF_SC_minTS", "RF_SC_maxTS", "RCR_typ", "RCR_dev"] {
            #expect(json?[name] != nil && json?[name] != .null)
        }
    }

    /// SetMethods 4.1, cluster(SCHLF, results = "EMP", …, necessity = TRUE), the example of its manual.
    @Test func clustersEqualSetMethods() throws {
        let found = try supplements {
            $0.cluster = "YEAR"
            $0.unit = "COUNTRY"
        }
        let result = try #require(found.outcome.necessityInClusters.first)
        #expect(result.name == "EMP" && result.between.map(\.label) == ["1990", "1995", "1999", "2003"])
        #expect(agrees(result.pooled.consistency, 0.580389329489112))
        #expect(agrees(result.betweenDistance?.value, 0.0235132191997147))
        #expect(agrees(result.withinDistance?.value, 0.115821143880896))
        // One for each term and one for the model.
        let terms = try #require(found.outcome.model).terms.count
        #expect(found.outcome.sufficiencyInClusters.count == terms + 1)
        #expect(!found.warnings.contains { $0.contains("cluster") })
        guard case .array(let list)? = found.contract(.object([]))["clusters"]?["necessity"] else {
            Issue.record("no clusters")
            return
        }
        #expect(list.count == 12)
        guard case .number(let distance)? = list[0]["dBP"] else {
            Issue.record("no distance")
            return
        }
        #expect(agrees(distance, 0.0235132191997147))
        // Rows of one unit in one cluster are no panel.
        let other = try supplements {
            $0.cluster = "COUNTRY"
            $0.unit = "COUNTRY"
        }
        #expect(other.warnings.contains { $0.contains("once in each cluster") })
    }

    /// SetMethods 4.1: cases.suf.dcv; theory.fit with theory "EMP*~MA + STOCK".
    @Test func casesAndTheoryEqualSetMethods() throws {
        let found = try supplements {
            $0.selectsCases = true
            $0.theory = "EMP*~MA + STOCK"
        }
        #expect(found.outcome.cases?.deviantCoverage.map(\.name) == ["France_95", "Germany_03"])
        #expect(agrees(found.outcome.theory?.theoryFit.inclusion, 0.639, 5.1e-4))
        #expect(found.outcome.theory?.intersections.map(\.withOutcome.count) == [33, 0, 2, 0])
        // A theory of the outcome says nothing about its negation.
        #expect(found.negation?.theory == nil && found.negation?.cases != nil)
        let text = PlainTextRenderer().render(Document(title: "", sections: found.sections()))
        #expect(text.contains("France_95") && text.contains("uncovered most likely"))
    }

    /// QCA 3.23, superSubset(incl.cut = 0.9, ron.cut = 0.5) on LR calibrated with the same anchors (idm = 0.9525741268).
    @Test func searchesAndCounterfactuals() throws {
        var wanted = SupplementarySettings()
        wanted.necessitySearch = SupersetSearch.Options(relevanceCut: 0.5)
        wanted.sufficiencySearch = SubsetSearch.Options()
        wanted.listsCounterfactuals = true
        wanted.suggestsInclusionCuts = true
        let analysis = try ConfigurationalAnalysis(democracies, settings: democracySettings)
        let found = try SupplementaryAnalyses(democracies, analysis, settings: wanted)
        #expect(found.outcome.supersets?.rows.map(\.expression) == ["LIT", "STB", "LIT*STB", "DEV + URB"])
        #expect(found.outcome.counterfactuals.map(\.kind) == [.parsimonious, .intermediate])
        let json = found.contract(analysis.contract())
        guard case .array(let models)? = json["counterfactuals"]?["intermediate"] else {
            Issue.record("no counterfactuals")
            return
        }
        #expect(models[0]["simplifying"] == [["row": 30, "configuration": "DEV*URB*LIT*~IND*STB"]])
        guard case .array(let shared)? = json["contradictory_assumptions"]?["parsimonious"] else {
            Issue.record("no contradictory assumptions")
            return
        }
        #expect(shared.compactMap { $0["row"] } == [10, 12, 14, 16, 17, 21, 25, 29])
        #expect(json["negation"]?["necessity_search"] != nil && json["simultaneous_subsets"] == [])
        #expect(json["suggested_thresholds"]?["suggestion"] == true)
        // Haesebrouck's consistency stands under different names for the two relations.
        guard case .array(let rows)? = json["necessity"],
            case .array(let complex)? = json["solutions"]?["complex"]?["models"],
            case .array(let terms)? = complex[0]["terms"]
        else {
            Issue.record("no figures")
            return
        }
        #expect(rows[0]["consH.nec"] != nil && rows[0]["consH"] == nil && terms[0]["consH"] != nil)
    }

    @Test func excludedAssumptionsAreListed() throws {
        var settings = democracySettings
        settings.excludesContradictoryAssumptions = true
        settings.excluded = ["DEV*~STB"]
        var wanted = SupplementarySettings()
        wanted.listsCounterfactuals = true
        let analysis = try ConfigurationalAnalysis(democracies, settings: settings)
        let found = try SupplementaryAnalyses(democracies, analysis, settings: wanted)
        let excluded = found.contract(analysis.contract())["excluded"]
        guard case .array(let untenable)? = excluded?["untenable"], case .array(let other)? = excluded?["contradictory"]
        else {
            Issue.record("no excluded rows")
            return
        }
        // DEV*~STB without the rows that cases show, 23 and 31.
        #expect(untenable.compactMap { $0["row"] } == [17, 19, 21, 25, 27, 29])
        #expect(!other.isEmpty)
        #expect(found.contradictoryAssumptions[.parsimonious]?.isEmpty == true)
    }

    @Test func sensitivityAndStability() throws {
        var wanted = SupplementarySettings()
        wanted.examinesSensitivity = true
        wanted.stabilityDraws = 50
        let analysis = try ConfigurationalAnalysis(democracies, settings: democracySettings)
        let found = try SupplementaryAnalyses(democracies, analysis, settings: wanted)
        let again = try SupplementaryAnalyses(
            democracies, analysis,
            settings: {
                var settings = wanted
                settings.threads = 3
                settings.examinesSensitivity = false
                return settings
            }())
        #expect(found.outcome.stability == again.outcome.stability)
        #expect(found.outcome.model?.kind == .intermediate)
        #expect(found.outcome.anchorSensitivity?.ranges.count == 18)
        let inclusion = try #require(found.outcome.cutSensitivity?.ranges.first)
        #expect(inclusion.lower.value < 0.8 && inclusion.upper.value > 0.8)
        #expect(found.outcome.stability?.leaveOneOut.replications == 18)
        #expect(found.outcome.stability?.bootstrap.replications == 50)
        let json = found.contract(analysis.contract())
        #expect(json["sensitivity"]?["solution"] == "intermediate" && json["stability"]?["seed"] == 1)
        #expect(json["examined_model"]?["name"] == "M1")
    }

    @Test func ceilingsOfRawValuesFollowTheCalibration() throws {
        var wanted = SupplementarySettings()
        wanted.ceilings = CeilingSettings()
        wanted.ceilings?.usesRawValues = true
        let analysis = try ConfigurationalAnalysis(democracies, settings: democracySettings)
        let found = try SupplementaryAnalyses(democracies, analysis, settings: wanted)
        // Few cabinets make a stable government: the set shrinks as the number grows.
        #expect(
            found.outcome.ceilings.map(\.options.corner) == [
                .upperLeft, .upperLeft, .upperLeft, .upperLeft, .upperRight,
            ])
        #expect(found.outcome.ceilings[0].x.first == 720)
        #expect(found.outcome.bottlenecks.map(\.technique) == [.stepFreeDisposal, .regressionFreeDisposal])
        wanted.ceilings?.usesRawValues = false
        let calibrated = try SupplementaryAnalyses(democracies, analysis, settings: wanted)
        #expect(calibrated.outcome.ceilings.allSatisfy { $0.options.corner == .upperLeft })
        #expect(calibrated.outcome.ceilings.allSatisfy { ($0.x.max() ?? 2) <= 1 })
    }

    @Test func chains() throws {
        var wanted = SupplementarySettings()
        wanted.chain = ChainSettings()
        wanted.chain?.consistency = 0.8
        wanted.chain?.coverage = 0.8
        wanted.chain?.ordering = "DEV,URB,LIT,IND,STB<SURV"
        let analysis = try ConfigurationalAnalysis(democracies, settings: democracySettings)
        let found = try SupplementaryAnalyses(democracies, analysis, settings: wanted)
        let coincidence = try #require(found.coincidence)
        #expect(coincidence.options.ordering?.description == "DEV, URB, LIT, IND, STB < SURV")
        #expect(coincidence.claims.allSatisfy { $0.cause.factor != "SURV" })
        #expect(found.chain?.links.last?.outcome.description == "SURV")
        let json = found.contract(analysis.contract())
        #expect(json["cna"]?["con"] == 0.8 && json["causal_chain"] != nil)
    }

    @Test func nothingWantedIsNothing() throws {
        var wanted = SupplementarySettings()
        #expect(wanted.isEmpty)
        wanted.threads = 4
        wanted.unit = "COUNTRY"
        #expect(wanted.isEmpty)
        let found = try supplements { _ in }
        #expect(found.sections().isEmpty && found.contract(.object([])) == .object([]))
        wanted.cluster = "YEAR"
        #expect(!wanted.isEmpty)
    }

    @Test(arguments: [
        ("", "is empty"), ("incl", "cannot be read"), ("incl=.8;incl=.9", "named twice"), ("=3", "cannot be read"),
        ("ZZ=e1,c2,i3", "neither a cut"), ("incl=x", "is no number"), ("n=1.5", "no number of cases"),
        ("incl=.999", "there is nothing to minimise"), ("EMP=e3,c2,i4", "out of order"), ("pri=2", "cannot be"),
    ])
    func alternativesThatCannotBe(text: String, message: String) {
        let error = #expect(throws: AnalysisError.self) { _ = try supplements { $0.alternatives = [text] } }
        let description = error.map(\.description) ?? ""
        #expect(description.contains(message))
    }

    @Test func whatIsNotThereIsNamed() throws {
        func message(_ change: (inout SupplementarySettings) -> Void) -> String {
            do {
                _ = try supplements(nil, change)
                return ""
            } catch {
                return "\(error)"
            }
        }
        #expect(message { $0.kind = .intermediate }.contains("state what theory expects"))
        #expect(message { $0.model = 9 }.contains("no model 9"))
        #expect(message { $0.theory = "EMP*ZZ" }.contains("no set `ZZ`"))
        #expect(message { $0.cluster = "MONTH" }.contains("MONTH"))
        let chain = message { settings in
            settings.chain = ChainSettings()
            settings.chain?.ordering = "ZZ<EMP"
        }
        #expect(chain.contains("no set `ZZ`"))
    }

    @Test func cutsAreSuggested() throws {
        let settings = ConfigurationalSettings(outcome: "SURV", conditions: ["DEV", "URB"])
        let found = try CutSuggestions(democracies, settings: settings, groups: 4)
        #expect(found.variables.map(\.name) == ["DEV", "URB", "SURV"])
        // findTh(LR$DEV, groups = 4) of QCA 3.23
        #expect(found.variables[0].suggestions[0].cuts == [446, 626, 940])
        #expect(found.contract()["suggested_cuts"]?["URB"] != nil)
        let many = try CutSuggestions(democracies, settings: settings, groups: 10)
        #expect(many.variables.map(\.name) == ["DEV", "URB"] && many.warnings.count == 1)
        #expect(throws: SetTheoryError.self) { _ = try CutSuggestions(democracies, settings: settings, groups: 19) }
    }
}
