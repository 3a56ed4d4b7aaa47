import Datasets
import Psychometrics
import Reporting
import StructuralModels
import Testing

@testable import Studies

@Suite struct MultilevelStudyTests {
    private static let diary = Result { () throws -> StudyReport in
        let file = try StudyFile(path: TestFiles.path("diary.yaml"))
        #expect(file.problemText == "")
        let data = try #require(file.data)
        return try file.study.run(data.imported, hash: data.hash, threads: 1)
    }

    private func model(_ analysis: String, _ name: String) throws -> JSON {
        guard case .array(let analyses)? = try Self.diary.get().json["analyses"] else { throw Missing() }
        let own = try #require(analyses.first { $0["analysis"] == "mixed" && $0["name"] == .string(analysis) })
        guard case .array(let models)? = own["models"] else { throw Missing() }
        return try #require(models.first { $0["name"] == .string(name) })
    }

    private struct Missing: Error {}

    private func number(_ json: JSON?) -> Double {
        guard case .number(let value)? = json else { return .nan }
        return value
    }

    private func fixed(_ model: JSON, _ term: String) throws -> JSON {
        guard case .array(let rows)? = model["fixed"] else { throw Missing() }
        return try #require(rows.first { $0["term"] == .string(term) })
    }

    // Certified figures of 34 digits, Newton's method with mpmath: diary, M8, random intercept, REML.
    @Test(arguments: [
        ("(Intercept)", 0.03525641419882043, 0.02918662943575805),
        ("prop.z", -0.04970707879397769, 0.03099078291345467),
        ("X2", -0.2565843254123636, 0.02724200346710815), ("M", 0.2639496000491802, 0.02711703505249954),
        ("M:Z", -0.07625712450650403, 0.02570468478061861), ("M:W:Z", 0.09073683521038866, 0.02472418669683221),
    ])
    func lastModelHasTheCertifiedFigures(term: String, estimate: Double, error: Double) throws {
        let row = try fixed(model("innovation", "M8"), term)
        #expect(abs(number(row["est"]) - estimate) < 1e-11)
        #expect(abs(number(row["se"]) - error) < 1e-11)
    }

    @Test func deviancesAndSharesAreThoseOfTheReference() throws {
        let intercept = try model("innovation", "M8"), slope = try model("slopes", "slopes")
        #expect(abs(number(intercept["fit"]?["deviance"]) - 3431.734728360733) < 1e-8)
        #expect(abs(number(slope["fit"]?["deviance"]) - 3426.837592090016) < 1e-8)
        // lmerTest 3.1-3 with its numerical derivatives: Satterthwaite's degrees of freedom of the three-way interaction.
        #expect(abs(number(try fixed(intercept, "M:W:Z")["df"]) - 1087.1565) < 0.02)
        #expect(abs(number(try fixed(slope, "M:W:Z")["df"]) - 138.36236) < 0.01)
        // mitml 0.4-4: Snijders and Bosker, Raudenbush and Bryk; performance 0.10: Nakagawa; from fits of lme4.
        let shares = try #require(intercept["r2"])
        #expect(abs(number(shares["level1"]) - 0.184141911) < 1e-6)
        #expect(abs(number(shares["level2"]) - 0.30357086) < 1e-6)
        #expect(abs(number(shares["within.reduction"]) - 0.126554323) < 1e-6)
        #expect(abs(number(shares["between.reduction"]) - 0.494164349) < 1e-6)
        #expect(abs(number(shares["marginal"]) - 0.18870574) < 1e-6)
        #expect(abs(number(shares["conditional"]) - 0.26750365) < 1e-6)
    }

    @Test func modelsStandSideBySide() throws {
        let document = try Self.diary.get().document
        let table = try #require(document.tables.first { $0.title.plainText == "Results of the Multilevel Models" })
        #expect(table.columns.map(\.header.plainText) == ["", "M0", "M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8"])
        #expect(table.spanners.first?.first?.title.plainText == "Innovation performance")
        let names = table.rows.map { $0.cells[0].value(minus: .hyphen) }.filter { !$0.isEmpty }
        #expect(
            names == [
                "Fixed effects", "Intercept", "Enterprise property (standardised)",
                "Professional qualifications (standardised)", "Job level (standardised)",
                "Education background (standardised)", "Strong linkage", "Weak linkage", "Collaborative innovation (M)",
                "Technology absorptive capacity (W)", "M × W", "Strategic information identification (Z)", "M × Z",
                "W × Z", "M × W × Z", "Random effects", "Between-group variance, τ²", "Within-group variance, σ²",
                "Fit",
                "Pseudo-R² level 1", "Pseudo-R² level 2", "Deviance", "Parameters", "χ²", "df", "N rows", "N Leader",
            ])
        func cells(_ name: String, below: Int = 0) throws -> [String] {
            let index = try #require(table.rows.firstIndex { $0.cells[0].value(minus: .hyphen) == name })
            return table.rows[index + below].cells.dropFirst().map { $0.value(minus: .hyphen) + $0.stars }
        }
        #expect(try cells("Weak linkage") == ["", "", "-0.311***", "", "-0.251***", "", "", "", "-0.257***"])
        #expect(try cells("Weak linkage", below: 1) == ["", "", "(0.028)", "", "(0.027)", "", "", "", "(0.027)"])
        #expect(try cells("Pseudo-R² level 1").last == ".184")
        #expect(try cells("Between-group variance, τ²").last == "0.077***")
        #expect(try cells("Parameters") == ["3", "8", "8", "9", "9", "10", "10", "15", "15"])
        let note = table.notes.general.map(\.plainText).joined(separator: " ")
        for words in ["Restricted maximum likelihood", "Satterthwaite", "Snijders & Bosker", "HLM's test"] {
            #expect(note.contains(words))
        }
        #expect(table.notes.probability?.plainText.contains("***p < .001") == true)
    }

    @Test func nestedModelsAreTestedAgainstEachOther() throws {
        let document = try Self.diary.get().document
        let table = try #require(document.tables.first { $0.title.plainText == "Comparison of the Models" })
        let against = table.rows.map { $0.cells[5].value(minus: .hyphen) }
        #expect(against == ["", "M0", "M0", "M1", "M2", "M0", "M0", "M5", "M5"])
        // The deviance of M8 under ML, certified as above.
        #expect(table.rows[8].cells[2].value(minus: .hyphen) == "3362.80")
    }

    @Test func verdictsNameTheirModels() throws {
        let verdicts = try Self.diary.get().verdicts
        #expect(verdicts.map(\.outcome) == [.supported, .supported, .supported, .notSupported])
        #expect(verdicts.map(\.model) == ["M1", "M2", "M8", "M5"])
        #expect(verdicts.map(\.test) == ["X1 → Y, M1", "X2 → Y, M2", "M × W × Z → Y, M8", "M × W → Y, M5"])
        #expect(abs((verdicts[2].estimate?.estimate ?? 0) - 0.09073683521038866) < 1e-11)
        // t with Satterthwaite's degrees of freedom, not z.
        #expect((verdicts[2].estimate?.pValue ?? 0) > 2.4e-4)
    }

    @Test func dataArePreparedAndDescribed() throws {
        let report = try Self.diary.get()
        let dataset = report.data.dataset
        for name in ["M.within", "M.between", "W.c", "X1.c", "Y.lag1", "prop.z"] { #expect(dataset.contains(name)) }
        #expect(dataset["M.within"]?.label == "Collaborative innovation (within leader)")
        #expect(dataset["Y.lag1"]?.missingCount == 261)
        let document = report.document
        let titles = document.tables.map(\.title.plainText)
        for title in ["Levels of the Data", "Answers by Occasion", "Fit and Explained Variance", "Fixed Effects of M8"]
        {
            #expect(titles.contains(title), "\(title)")
        }
        let levels = try #require(document.tables.first)
        #expect(levels.rows.map { $0.cells[2].value(minus: .hyphen) } == ["53", "261", "1305"])
        #expect(levels.rows[1].cells[5].value(minus: .hyphen).hasPrefix("prop, qual, job, edu, W, Z"))
        // Intercept and slope, lines, residuals by fitted values, and three quantile plots for the model with slopes.
        let figures = document.figures.map(\.title.plainText)
        #expect(figures.contains("Predicted lines of each Leader over Collaborative innovation"))
        #expect(figures.filter { $0.hasPrefix("Random effects of Leader") }.count == 6)
        let methods = document.sections.first { $0.heading.plainText == "Methods" }
        guard case .paragraph(let text)? = methods?.blocks.first else { throw Missing() }
        for words in [
            "restricted maximum likelihood", "Satterthwaite", "M on the mean of each leader", "W on its grand mean",
        ] {
            #expect(text.plainText.contains(words), "\(words)")
        }
    }

    @Test func reportsAreTheSameByteForByte() throws {
        let one = try Self.diary.get().files
        let file = try StudyFile(path: TestFiles.path("diary.yaml"))
        let data = try #require(file.data)
        let two = try file.study.run(data.imported, hash: data.hash, threads: 2).files
        #expect(one.map(\.name) == two.map(\.name))
        for (a, b) in zip(one, two) { #expect(a.content == b.content, "\(a.name)") }
    }

    // MARK: Small data

    private func run(_ text: String) throws -> StudyReport {
        let (decoded, problems) = Study.decode(text)
        #expect(problems.problems.isEmpty, "\(problems)")
        var study = decoded
        study.data.value = TestFiles.path(study.data.value)
        study.joins = study.joins.map {
            JoinedFile(file: Located(TestFiles.path($0.file.value), at: $0.file.place), by: $0.by)
        }
        try study.readHolidays(in: TestFiles.path(""))
        let data = try study.readData(in: "")
        #expect(study.problems(in: data.imported.dataset).map(\.message) == [])
        return try study.run(data.imported, hash: data.hash, threads: 1)
    }

    @Test func wideFilesBecomeLongAndUnitsGetTheirVariables() throws {
        let report = try run(
            """
            data:
              file: wide.csv
              reshape: {variables: [X1, Y], occasion: month, id: leader}
              join: {leaders.csv: leader}
            codebook: {response range: 1-6, scales: {S: [X1, Y]}}
            levels: [team, leader, month]
            prepare:
              - lead: {Y: 1}
              - center: {age: grand, X1: team, Y: 3}
              - standardize: X1
              - within and between: {Y: [team, leader]}
            analyses:
              - agreement: {group: team, scales: S}
              - compliance: [Y]
              - attrition: {status: stays, kept: 1, variables: [X1, age]}
              - multilevel descriptives: {variables: [age, X1, Y], group: leader, diagonal: none}
            """)
        #expect(report.failures.isEmpty, "\(report.failures)")
        let data = report.data.dataset
        #expect(data.rowCount == 12)
        #expect(data["month"]?.numbers == [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3])
        #expect(data["age"]?.numbers.prefix(4) == [40, 40, 40, 51])
        #expect(data["Y.lead1"]?.numbers.prefix(2) == [4, 5])
        // Each of the four leaders counts once: (40 + 51 + 38 + 45)/4 = 43.5.
        #expect(data["age.c"]?.numbers.first == -3.5)
        #expect(data["Y.c"]?.numbers.prefix(3) == [-1, 1, 2])
        #expect(data["Y.leader"] != nil && data["Y.within"] != nil && data["Y.between"] != nil)
        let titles = report.document.tables.map(\.title.plainText)
        for title in [
            "Agreement within Groups and Reliability of Group Means", "Answers by Unit", "Cases Kept and Lost: Means",
            "Means, Standard Deviations, and Correlations at Each Level",
        ] {
            #expect(titles.contains(title), "\(title)")
        }
        #expect(report.data.hash.contains("leaders.csv"))
        // The status belongs to the leaders: four cases, not twelve rows, with the values of the first month.
        guard case .attrition(let study)? = report.results.dropFirst(2).first else { throw Missing() }
        let attrition = study.analysis
        #expect(attrition.kept == 2 && attrition.lost == 2)
        #expect(attrition.means.first?.test.first.mean == 2)
    }

    @Test func answersAreMatchedWithTheSchedule() throws {
        let report = try run(
            """
            data: answers.csv
            analyses:
              - schedule:
                  rules: |
                    time zone +08:00
                    for 2 months from 2020-03
                    window 10 minutes
                    linkages: first workday of month 09:00
                    performance: last workday of next month 16:00 about previous month
                  answers: {time: answered, form: form, person: leader, complete: Y}
            """)
        #expect(report.failures.isEmpty, "\(report.failures)")
        let tables = report.document.tables
        #expect(tables.map(\.title.plainText) == ["Planned Occasions", "Answers and Planned Occasions"])
        #expect(
            tables[0].rows.map { $0.cells[3].value(minus: .hyphen) } == [
                "2020-03-02T09:00:00+08:00", "2020-04-01T09:00:00+08:00", "2020-04-30T16:00:00+08:00",
                "2020-05-29T16:00:00+08:00",
            ])
        // Two of four linkages, one on time, one half an hour late and answered twice.
        #expect(
            tables[1].rows[0].cells.map { $0.value(minus: .hyphen) } == [
                "linkages", "4", "2", "50.0%", "1", "1", "1", "17.0", "30.0",
            ])
    }

    @Test func aRowMayHoldTheAnswersToSeveralForms() throws {
        let report = try run(
            """
            data: forms.csv
            analyses:
              - schedule:
                  name: spring
                  rules: |
                    time zone +08:00
                    for 2 months from 2020-04
                    window 10 minutes
                    linkages: first workday of month 09:00
                    performance: last workday of month 16:00
                  holidays: holidays.csv
                  answers:
                    person: leader
                    time: {linkages: linkages_at, performance: performance_at}
                    complete: {performance: Y}
            """)
        #expect(report.failures.isEmpty, "\(report.failures)")
        let tables = report.document.tables
        // 1 April and 1 May are holidays; 2 May is a Saturday that is worked.
        #expect(
            tables[0].rows.map { $0.cells[3].value(minus: .hyphen) } == [
                "2020-04-02T09:00:00+08:00", "2020-04-30T16:00:00+08:00", "2020-05-02T09:00:00+08:00",
                "2020-05-29T16:00:00+08:00",
            ])
        // Planned, filled, share, on time, late: leader b came late once, and left the last form out.
        #expect(
            tables[1].rows.map { $0.cells.prefix(6).map { $0.value(minus: .hyphen) } } == [
                ["linkages", "4", "4", "100.0%", "3", "1"], ["performance", "4", "3", "75.0%", "3", "0"],
            ])
        #expect(report.document.sections.contains { $0.heading.plainText == "Schedule: spring" })
        guard case .array(let analyses)? = report.json["analyses"] else { throw Missing() }
        #expect(analyses.first?["name"] == "spring")
    }

    @Test func residualsMayCorrelate() throws {
        let report = try run(
            """
            data: {file: wide.csv, reshape: {variables: [X1, Y], occasion: month, id: leader}}
            analyses: [{mixed: {model: Y ~ X1 + (1 | team), residuals: ar1(month | leader), figures: none}}]
            """)
        #expect(report.failures.isEmpty, "\(report.failures)")
        let table = try #require(report.document.tables.first { $0.title.plainText == "Variance Components" })
        #expect(table.rows.last?.cells[1].value(minus: .hyphen) == "correlation ρ")
    }

    @Test func profileIntervalsStandBesideTheOthers() throws {
        let report = try run(
            """
            data: {file: wide.csv, reshape: {variables: [X1, Y], occasion: month, id: leader}}
            analyses:
              - mixed:
                  outcome: Y
                  random: 1 | leader
                  intervals: profile
                  figures: none
                  models: {M0: null, M1: X1, M2: X1 + month, M3: "Y ~ X1 + (1 | team)"}
            hypotheses: {H1: {test: {M1: X1}}}
            """)
        guard case .mixed(_, let sequence)? = report.results.first else { throw Missing() }
        #expect(sequence.models.map(\.name) == ["M0", "M1", "M2", "M3"])
        #expect(report.verdicts[0].estimate != nil)
        #expect(!report.document.figures.contains { $0.title.plainText.contains("residuals") })
        let first = try #require(report.document.tables.first { $0.title.plainText == "Fixed Effects of M1" })
        #expect(first.columns.last?.header.plainText == "95% CI (profile)")
    }
}

@Suite struct MultilevelStudyCheckTests {
    private func messages(_ text: String) throws -> [String] {
        let data = try Dataset.read(path: TestFiles.path("diary.csv")).dataset.selectingRows(Array(0..<100))
        let (study, problems) = Study.decode("data: d.csv\n" + text)
        return StudyProblems(problems.problems + study.problems(in: data)).problems.map { $0.text(file: "s") }
    }

    private static let mixed = "analyses:\n  - mixed: {outcome: Y, random: 1 | leader, models: {M1: X1, M2: X1 + M}}\n"

    @Test(arguments: [
        ("levels: leader", "s:2:9: `levels` names one variable"),
        ("levels: [firm, leadr, month]", "s:2:16: the data have no variable `leadr`; did you mean `leader`?"),
        ("levels: [leader, firm, month]", "s:2:9: "),
        ("prepare: [{centr: {M: leader}}]", "s:2:12: `prepare` cannot `centr`; did you mean `center`?"),
        ("prepare: [{center: {MM: leader}}]", "s:2:21: the data have no variable `MM`"),
        ("prepare: [{lag: {Y: 1}}]", "s:2:18: Y can be moved by occasions only where `levels:` names them"),
        ("prepare: [{lag: {Y: x}}]", "s:2:21: the number of occasions must be a number"),
        ("prepare: [{within and between: M}]", "M: no groups are named"),
        ("analyses: [{mixed: Y ~ X1}]", "s:2:20: model: `Y ~ X1` has no random term"),
        ("analyses: [{mixed: Y ~ X9 + (1 | leader)}]", "s:2:20: model: "),
        ("analyses: [{mixed: Y ~ X1 + 1 | leader}]", "a random term stands in parentheses"),
        ("analyses: [{mixed: {models: {M1: X1}}}]", "`X1` is no formula; write Y ~ X1, or give `outcome:`"),
        ("analyses: [{mixed: {outcome: Y, models: {M1: X1}}}]", "give the random terms"),
        ("analyses: [{mixed: {model: Y ~ X1 + (1 | leader), residuals: ar2(month | leader)}}]", "“ar2” is not known"),
        ("analyses: [{mixed: {model: Y ~ X1 + (1 | leader), residuals: ar1(moth | leader)}}]", "no variable `moth`"),
        ("analyses: [{mixed: {model: Y ~ X1 + (1 | leader), df: satterthwait}}]", "did you mean `satterthwaite`?"),
        ("analyses: [{mixed: {model: Y ~ X1 + (1 | leader), intervals: profil}}]", "did you mean `profile`?"),
        (
            "analyses: [{mixed: {outcome: Y, random: 1 | leader, models: {M1: X1}, figures: M2}}]",
            "there is no model `M2`"
        ),
        (mixed + "hypotheses: {H: {test: {M3: X1}}}", "there is no model `M3`"),
        (mixed + "hypotheses: {H: {test: {M1: M}}}", "s:4:29: H: the model `M1` has no fixed effect `M`"),
        (mixed + "hypotheses: {H: Y ~ X2}", "H: the mixed models have no fixed effect `X2`"),
        (mixed + "hypotheses: {H: Z ~ X1}", "H: no mixed model explains `Z`"),
        (mixed + "hypotheses: {H: X1 -> M -> Y}", "a mixed model cannot answer"),
        ("analyses: [{multilevel descriptives: [X1, M]}]", "the groups are not named"),
        ("analyses: [{agreement: all}]", "there are no scales"),
        ("analyses: [{attrition: {status: prop, kept: 9, variables: [edu]}}]", "prop is never `9`"),
        ("analyses:\n  - schedule: |\n      a: frst workday of month 09:00", "s:4:10: in the schedule: "),
        (
            "analyses: [{schedule: {rules: every day 09:00 for 3 days from 2020-03-02, answers: tme}}]",
            "no variable `tme`"
        ),
        (
            "analyses: [{schedule: {rules: \"a: every day 09:00 for 3 days from 2020-03-02\", answers: {b: Y}}}]",
            "the schedule has no form `b`"
        ),
        ("analyses: [{compliance: Y}]", "compliance needs `levels:`"),
    ])
    func mistakesAreAnswered(text: String, message: String) throws {
        let messages = try messages(text)
        #expect(messages.contains { $0.contains(message) }, "\(messages)")
    }

    @Test func aRightStudyHasNoProblems() throws {
        let text = """
            levels: [firm, leader, month]
            prepare: [{within and between: M}, {center: [X1, W]}]
            analyses:
              - mixed: {outcome: Y, random: [1 | leader, (1 | firm)], controls: prop + qual, models: {M0: , M1: controls, M2: M.within*W.c}, method: ml, df: hlm, se: robust, intervals: {bootstrap: 200, scheme: residual}}
              - mixed: {name: other, model: Y ~ X1.c + (1 | leader), residuals: ar1(month | leader)}
            hypotheses: {H1: Y ~ W.c*M.within, H2: {test: {other: X1.c}}, H3: Y ~ X1.c (other)}
            """
        #expect(try messages(text) == [])
    }

    @Test func mutilatedFilesAreAnswered() throws {
        let original = Array(try TestFiles.text("diary.yaml").unicodeScalars)
        let data = try Dataset.read(path: TestFiles.path("diary.csv")).dataset.selectingRows(Array(0..<60))
        let pieces = [
            ":", "- ", "[", "]", "{", "}", "|", "(", ")", "*", "~", "\n", "  ", "#", "0", "-1", "null", "`", ",",
        ]
        var state: UInt64 = 0x2545_F491_4F6C_DD1D
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var answered = 0
        for round in 0..<150 {
            var scalars = original
            for _ in 0...random(3) {
                let place = random(scalars.count)
                switch random(3) {
                case 0: scalars.remove(at: place)
                case 1: scalars.insert(contentsOf: Array(pieces[random(pieces.count)].unicodeScalars), at: place)
                default: scalars.removeSubrange(place..<min(scalars.count, place + random(30)))
                }
                if scalars.isEmpty { scalars = [" "] }
            }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            let (study, problems) = Study.decode(text)
            var all = problems.problems
            if round % 15 == 0 { all += study.problems(in: data) }
            answered += all.isEmpty ? 0 : 1
            #expect(all.allSatisfy { $0.place.line >= 1 && $0.place.column >= 1 && !$0.message.isEmpty })
        }
        #expect(answered > 40)
    }
}
