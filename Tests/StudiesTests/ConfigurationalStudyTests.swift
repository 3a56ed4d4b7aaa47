import Datasets
import Reporting
import SetTheoreticAnalysis
import Testing

@testable import Studies

/// Qualitative comparative analyses in study files: what is read, what is wrong, and what comes out.
@Suite struct ConfigurationalStudyTests {
    private let data: Dataset

    init() throws {
        // Twelve firms in three years; A and B are answers from 1 to 7, D is crisp, Y a membership.
        let a: [Double] = [1, 2, 6, 7, 5, 3, 2, 6, 7, 1, 5, 4]
        let b: [Double] = [6, 2, 7, 5, 1, 3, 7, 6, 2, 1, 5, 4]
        let d: [Double] = [0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0]
        let y = [0.1, 0.2, 0.95, 0.8, 0.7, 0.3, 0.4, 0.9, 0.6, 0.05, 0.85, 0.45]
        data = try Dataset(
            columns: [
                Column(name: "firm", texts: (0..<12).map { "F\($0 / 3 + 1)" }),
                Column(name: "year", numbers: (0..<12).map { Double(2020 + $0 % 3) }),
                Column(name: "A", numbers: a, label: "Autonomy"), Column(name: "B", numbers: b),
                Column(name: "D", numbers: d), Column(name: "Y", numbers: y),
                Column(name: "gap", numbers: a.map { $0 == 7 ? .nan : $0 / 10 }),
            ], source: "firms.csv")
    }

    private func messages(_ text: String) -> [String] {
        let (study, problems) = Study.decode("data: firms.csv\nanalyses:\n  - qca:\n" + text)
        return StudyProblems(problems.problems + study.problems(in: data)).problems.map { $0.text(file: "s") }
    }

    private func report(_ text: String) throws -> StudyReport {
        let (study, problems) = Study.decode("data: firms.csv\n" + text)
        #expect(problems.problems.isEmpty, "\(problems)")
        #expect(study.problems(in: data).isEmpty, "\(study.problems(in: data))")
        return try study.run(
            ImportedDataset(dataset: data, report: ImportReport(file: "firms.csv", format: .csv)), hash: "")
    }

    private func studies(_ report: StudyReport) -> [ConfigurationalStudy] {
        report.results.compactMap { if case .configurational(_, let study) = $0 { study } else { nil } }
    }

    @Test func everyKeyIsRead() throws {
        let (study, problems) = Study.decode(
            """
            data: firms.csv
            analyses:
              - qca:
                  name: main
                  outcome: ~Y
                  conditions: [A, B, D]
                  cases: [firm, year]
                  scale: idm
                  calibrate:
                    A: e1,c4,i7
                    B: {exclusion: 7, crossover: 4.5, inclusion: 1, method: linear}
                  inclusion cut: [0.8, 0.6]
                  pri cut: 0.5
                  frequency_cut: 2
                  half memberships: shift
                  expectations: [A, ~B]
                  negation expectations: "~A,D"
                  exclude: ["A*~B", 3]
                  exclude contradictory: yes
                  include contradictions: yes
                  solutions: [conservative, parsimonious]
                  negation: no
                  necessity: {consistency: 0.95, relevance: 0.6}
                  row dominance: yes
                  all irredundant: yes
                  max models: 5
                  max effort: 1000000
                  incomplete cases: drop
                  necessary expressions: {consistency: 0.95, relevance: 0.4, coverage: 0.1, depth: 2}
                  sufficient expressions: {consistency: 0.85, pri: 0.5, coverage: 0.1, depth: 3}
                  nca: {values: raw, ceilings: [ce-fdh, c-lp], corner: 2, permutations: 50}
                  select cases: yes
                  counterfactuals: yes
                  suggest thresholds: yes
                  sensitivity: yes
                  stability: 10
                  alternatives: [incl=.7, "n=1;A=e1,c3,i7"]
                  theory: A*B
                  examine: {solution: parsimonious, model: 2}
                  causal chains: {consistency: 0.8, coverage: 0.7, ordering: "A,B<D", strict: yes}
                  cluster: year
                  unit: firm
            """)
        #expect(problems.problems.isEmpty, "\(problems)")
        guard case .configurational(let plan)? = study.analyses.first?.kind else {
            Issue.record("no analysis was read")
            return
        }
        #expect(study.analyses.first?.name == "main")
        let settings = plan.settings
        #expect(settings.outcome == "~Y")
        #expect(settings.conditions == ["A", "B", "D"])
        #expect(plan.caseNames.map(\.value) == ["firm", "year"])
        #expect(settings.calibrations == ["A=e1,c4,i7", "B=linear:e7,c4.5,i1"])
        #expect(settings.scale == .degree(0.95))
        #expect(settings.table.inclusionCut == 0.8)
        #expect(settings.table.contradictionCut == 0.6)
        #expect(settings.table.priCut == 0.5)
        #expect(settings.table.frequencyCut == 2)
        #expect(settings.table.halfMembership == .shift)
        #expect(settings.expectations == "A,~B")
        #expect(settings.negationExpectations == "~A,D")
        #expect(settings.excluded == ["A*~B", "3"])
        #expect(settings.excludesContradictoryAssumptions)
        #expect(settings.includesContradictions)
        #expect(settings.kinds == [.complex, .parsimonious])
        #expect(!settings.analysesNegation)
        #expect(settings.necessityCuts == NecessityTable.Cuts(inclusion: 0.95, relevance: 0.6))
        #expect(settings.models.rowDominance && settings.models.allIrredundant)
        #expect(settings.limits == MinimizationLimits(models: 5, effort: 1_000_000))
        #expect(settings.dropsIncompleteCases)
        #expect(plan.cluster?.value == "year")
        #expect(plan.unit?.value == "firm")
        var wanted = SupplementarySettings()
        wanted.necessitySearch = .init(inclusionCut: 0.95, coverageCut: 0.1, relevanceCut: 0.4, depth: 2)
        wanted.sufficiencySearch = .init(inclusionCut: 0.85, priCut: 0.5, coverageCut: 0.1, depth: 3)
        var ceilings = CeilingSettings()
        (ceilings.usesRawValues, ceilings.choosesCorner) = (true, true)
        ceilings.options.ceilings = [.stepFreeDisposal, .linearProgramming]
        ceilings.options.corner = .upperRight
        ceilings.options.permutations = 50
        wanted.ceilings = ceilings
        (wanted.kind, wanted.model) = (.parsimonious, 2)
        (wanted.selectsCases, wanted.listsCounterfactuals) = (true, true)
        (wanted.suggestsInclusionCuts, wanted.examinesSensitivity) = (true, true)
        wanted.stabilityDraws = 10
        wanted.alternatives = ["incl=.7", "n=1;A=e1,c3,i7"]
        wanted.theory = "A*B"
        (wanted.cluster, wanted.unit) = ("year", "firm")
        var chain = ChainSettings()
        (chain.consistency, chain.coverage, chain.ordering, chain.isStrict) = (0.8, 0.7, "A,B<D", true)
        wanted.chain = chain
        #expect(plan.supplements == wanted)
    }

    @Test(arguments: [
        ("      outcome: Y", "s:3:5: `qca` needs `outcome:` and `conditions:`"),
        ("      outcome: Z\n      conditions: [D]", "s:4:16: in the outcome: there is no set `Z`"),
        ("      outcome: Y*\n      conditions: [D]", "s:4:16: in the outcome: "),
        ("      outcome: Y\n      conditions: [D, E]", "s:5:23: the data have no variable `E`"),
        ("      outcome: ~Y\n      conditions: [D, Y]", "s:5:23: `Y` is both the outcome and a condition"),
        ("      outcome: Y\n      conditions: [D, D]", "s:5:23: the condition `D` is named twice"),
        ("      outcome: Y\n      conditions: [A, D]", "s:5:20: no case has level 0 of `A`, so that"),
        ("      outcome: Y\n      conditions: [gap, D]", "s:5:20: `gap` has no value for case `4`; find the value"),
        ("      outcome: Y\n      conditions: [firm, D]", "s:5:20: `firm` is 'F1' in row 1"),
        ("      outcome: Y\n      conditions: [A]\n      calibrate: {A: 'e1,c2'}", "s:6:22: the calibration of `A`"),
        (
            "      outcome: Y\n      conditions: [A]\n      calibrate: {A: e1,c2,i5}",
            "`c2` has no calibration; between {"
        ),
        (
            "      outcome: Y\n      conditions: [A, B]\n      calibrate: {A: e1,c2,i5, B: e1,c2,i6}",
            "put a calibration such as 'e1,c2,i5' in quotation marks"
        ),
        ("      outcome: Y\n      conditions: [A]\n      calibrate: {A: [e1, c9, i5]}", "s:6:22: the anchors of `A`"),
        (
            "      outcome: Y\n      conditions: [D]\n      calibrate: {A: [e1, c2, i5]}",
            "s:6:19: `A` is calibrated but"
        ),
        (
            "      outcome: Y\n      conditions: [D]\n      calibrate: e1",
            "s:6:18: `calibrate` must be a set of variables"
        ),
        (
            "      outcome: Y\n      conditions: [D]\n      inclusion cut: 1.8",
            "s:6:22: the inclusion cut must lie between"
        ),
        (
            "      outcome: Y\n      conditions: [D]\n      inclusion cut: [0.6, 0.8]",
            "s:6:22: the inclusion cut is one number"
        ),
        (
            "      outcome: Y\n      conditions: [D]\n      expectations: [D, F]",
            "s:6:22: in the expectations: there is no set `F`"
        ),
        (
            "      outcome: Y\n      conditions: [D]\n      expectations: '1,0'",
            "s:6:21: in the expectations: the directional expectations"
        ),
        (
            "      outcome: Y\n      conditions: [D]\n      exclude: [E*D]",
            "s:6:17: in the excluded rows: there is no set `E`"
        ),
        ("      outcome: Y\n      conditions: [D]\n      solutions: [simple]", "s:6:19: a solution cannot be `simple`"),
        ("      outcome: Y\n      conditions: [D]\n      unit: firm", "s:6:13: `unit` needs `cluster:`"),
        (
            "      outcome: Y\n      conditions: [D]\n      half memberships: away",
            "s:6:25: `half memberships` cannot be"
        ),
        ("      outcome: Y\n      conditions: [D]\n      treshold: 1", "s:6:7: `qca` has no key `treshold`"),
    ])
    func mistakesAreNamedWithTheirPlaces(text: String, message: String) {
        let found = messages(text)
        #expect(found.contains { $0.contains(message) }, "\(found)")
    }

    private static let two = """
        codebook: {labels: {B: Breadth, Y: Yield}}
        levels: [firm, year]
        analyses:
          - qca:
              name: fuzzy
              outcome: Y
              conditions: [A, B, D]
              calibrate: {A: [e1, c3.5, i7], B: [e1, c3.5, i7]}
              inclusion cut: 0.8
              expectations: [A, B]
              cluster: year
              unit: firm
          - qca: {name: crisp, outcome: D, conditions: [A, B], calibrate: {A: cuts3.5, B: cuts3.5}, inclusion cut: 0.6}
        """

    @Test func twoAnalysesOfOneStudyStandBesideEachOther() throws {
        let report = try report(Self.two)
        #expect(report.failures.isEmpty)
        let found = studies(report)
        #expect(found.count == 2)
        #expect(found[0].supplements?.outcome.sufficiencyInClusters.first?.between.count == 3)
        #expect(found[1].supplements == nil)
        // Without a variable that names the cases, those of the levels do.
        #expect(found[0].analysis.cases.data.cases[3] == "F2/2020")
        #expect(found[1].analysis.cases.data["A"]?.kind == .levels(2))
        guard case .array(let analyses)? = report.json["analyses"] else {
            Issue.record("no analyses in the JSON")
            return
        }
        #expect(analyses.map { $0["name"] } == [.string("fuzzy"), .string("crisp")])
        #expect(analyses.allSatisfy { $0["analysis"] == "qca" && $0["solutions"] != nil })
        #expect(analyses[0]["clusters"] != nil)
        #expect(analyses[1]["clusters"] == nil)
        let text = PlainTextRenderer().render(report.document)
        for part in [
            "Qualitative comparative analysis: fuzzy", "Qualitative comparative analysis: crisp", "Autonomy", "Breadth",
            "Analysis “crisp”", "Garcia-Castro", "expected to contribute", "no PRI cut was applied",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test func everySupplementIsReported() throws {
        let report = try report(
            """
            codebook: {labels: {Y: Yield}}
            analyses:
              - qca:
                  outcome: Y
                  conditions: [A, B, D]
                  calibrate: {A: [e1, c3.5, i7], B: [e1, c3.5, i7]}
                  inclusion cut: 0.8
                  expectations: [A, B]
                  necessary expressions: {consistency: 0.8, relevance: 0}
                  sufficient expressions: yes
                  nca: {permutations: 20}
                  select cases: yes
                  counterfactuals: yes
                  suggest thresholds: yes
                  sensitivity: yes
                  stability: 20
                  alternatives: [incl=.75]
                  theory: A
                  causal chains: {consistency: 0.7, coverage: 0.6}
            """)
        #expect(report.failures.isEmpty, "\(report.failures)")
        let own = try #require(report.document.sections.first { $0.heading.plainText.hasPrefix("Qualitative") })
        let headings = own.sections.map(\.heading.plainText)
        #expect(
            headings == [
                "Calibration", "Necessity", "Truth tables", "Solutions", "Configurations", "Suggested thresholds",
                "Necessary expressions", "Sufficient conjunctions", "Necessary condition analysis", "Counterfactuals",
                "Selected cases", "Robustness", "Theory", "Causal chains",
            ])
        guard case .array(let analyses)? = report.json["analyses"], let json = analyses.first else {
            Issue.record("no analysis in the JSON")
            return
        }
        for member in ["necessity_search", "sufficiency_search", "nca", "counterfactuals", "cna", "causal_chain"] {
            #expect(json[member] != nil, "\(member)")
        }
    }

    @Test func clustersOfDroppedCasesAreLeftOut() throws {
        // A is exactly at its crossover for one case, which is dropped.
        let report = try report(
            """
            analyses:
              - qca:
                  outcome: Y
                  conditions: [A, D]
                  calibrate: {A: [e1, c4, i7]}
                  half memberships: drop
                  inclusion cut: 0.7
                  cluster: year
                  unit: firm
            """)
        #expect(report.failures.isEmpty, "\(report.failures)")
        let study = try #require(studies(report).first)
        #expect(study.analysis.outcome.table.data.cases.count == 11)
        #expect(study.supplements?.outcome.necessityInClusters.first?.between.map(\.count) == [4, 4, 3])
    }

    @Test func incompleteCasesAreDroppedOnDemand() throws {
        let report = try report(
            """
            analyses:
              - qca: {outcome: Y, conditions: [gap, D], incomplete cases: drop, inclusion cut: 0.5, negation: no}
            """)
        let study = try #require(studies(report).first)
        #expect(study.analysis.cases.rows.count == 10)
        #expect(study.warnings.contains { $0.hasPrefix("2 of 12 cases have no value") })
        #expect(study.analysis.negation == nil)
    }

    @Test func aRepeatedUnitIsReported() throws {
        let report = try report(
            """
            analyses:
              - qca: {outcome: Y, conditions: [D], inclusion cut: 0.5, cluster: D, unit: firm}
            """)
        let study = try #require(studies(report).first)
        #expect(study.warnings.contains { $0.contains("a unit is once in each cluster") })
    }
}
