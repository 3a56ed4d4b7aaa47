import Foundation
import Testing

/// `assay plan` and studies that are plans, as scripts see them.
@Suite struct PlanCommandTests {
    private let scratch: ScratchDirectory
    private var directory: URL { scratch.url }

    init() throws {
        scratch = try ScratchDirectory()
        try write("m ~ x\ny ~ m + x\n", "model.txt")
        try write("y ~ x + + z\n", "bad.txt")
    }

    private func write(_ text: String, _ name: String) throws {
        try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    private func plan(_ arguments: String...) throws -> ProgramRun {
        try ProgramRun(["plan"] + arguments, in: directory)
    }

    private func json(_ arguments: String...) throws -> [String: Any] {
        let run = try ProgramRun(["plan"] + arguments + ["--json", "-", "--quiet"], in: directory)
        #expect(run.code == 0 && run.errors.isEmpty, "\(run.errors)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test func rulesWithTheSupplement() throws {
        let figures = try json("rules", "--indicators", "12", "--supplement", "40%", "--response-rate", "0.6")
        #expect(figures["analysis"] as? String == "plan rules")
        let rows = try #require(figures["invitations"] as? [[String: Any]])
        let row = try #require(rows.first { $0["n"] as? Int == 240 })
        #expect(row["n.supplemented"] as? Int == 336 && row["n.invited"] as? Int == 400)
        let text = try plan("rules", "--indicators", "12", "--supplement", "40%")
        #expect(text.output.contains("71.4%, not of 60%"))
    }

    @Test func everySubcommandAnswers() throws {
        let population = try json("population", "--size", "1778,5334,7112", "--sample", "336")
        let sizes = try #require(population["populations"] as? [[String: Any]])
        #expect(sizes.map { $0["n"] as? Int } == [317, 359, 365])
        let test = try json("test", "t", "--effect", "0.5")
        #expect(test["n.total"] as? Int == 128 && test["solved"] as? String == "n")
        #expect(try json("test", "correlation", "--n", "100")["solved"] as? String == "effect")
        let alpha = try json("test", "t", "--n", "40", "--effect", "0.5", "--solve-alpha")
        #expect(abs((alpha["alpha"] as? Double ?? 0) - 0.167196) < 1e-5)
        let estimate = try json("estimate", "--estimate", "0.031", "--se", "0.028", "--n", "261")
        #expect(estimate["n.needed"] as? Int == 1672)
        let fit = try json("rmsea", "--df", "50", "--n", "200")
        #expect((fit["tests"] as? [[String: Any]])?.map { $0["n"] as? Int } == [214, 268, 243])
        let model = try json(
            "sem", "model.txt", "--values", "m~x=.39, y~m=.3, y~x=.1", "--metric", "standardized", "--n", "100",
            "--simulate", "50", "--seed", "4")
        #expect((model["parameters"] as? [[String: Any]])?.count == 3)
        #expect((model["simulations"] as? [[String: Any]])?.count == 1)
        let diary = try json(
            "multilevel", "--clusters", "60", "--size", "5", "--icc", "0.4", "--level1", "0.2", "--cross-level", "0.1",
            "--compliance", "80%", "--simulate", "20")
        #expect((diary["effects"] as? [[String: Any]])?.count == 2)
    }

    @Test func resultsDoNotDependOnThreads() throws {
        func run(_ threads: String) throws -> String {
            try plan(
                "sem", "model.txt", "--values", "m~x=.39, y~m=.3, y~x=.1", "--metric", "standardized", "--n", "80",
                "--simulate", "40", "--seed", "9", "--threads", threads, "--json", "-"
            ).output
        }
        #expect(try run("1") == run("3"))
    }

    /// What cannot be is answered with what is wrong and what to do, on one last line, and exit code 1 or 2.
    @Test(arguments: [
        (["test", "t", "--effect", "0.5", "--power", "1"], "between 0 and 1"),
        (["test", "t", "--effect", "0"], "effect of zero"), (["test", "t", "--n", "1"], "at least 2"),
        (["test", "t", "--effect", "0.5", "--alpha", "0"], "alpha is 0"), (["test", "t"], "three are needed"),
        (["test", "anova", "--effect", "0.2"], "number of groups"),
        (["test", "t", "--df", "3", "--effect", "0.2"], "does not belong"), (["test", "tt"], "invalid"),
        (["rules"], "no rule of thumb applies"), (["rules", "--indicators", "0"], "at least 1"),
        (["rules", "--indicators", "12", "--response-rate", "0"], "response rate is 0"),
        (["population", "--size", "300", "--sample", "336"], "larger than the population"),
        (["population", "--size", "300", "--icc", "0.2"], "both the cases in a cluster"),
        (["rmsea", "--df", "0"], "at least 1"), (["rmsea", "--df", "20", "--n", "1"], "at least 2"),
        (["rmsea", "--df", "20", "--null", "0.05"], "belong together"),
        (["multilevel", "--clusters", "60", "--size", "5", "--icc", "1.4"], "intraclass correlation"),
        (["multilevel", "--clusters", "2", "--size", "5", "--icc", "0.4"], "at least 3"),
        (["multilevel", "--clusters", "60", "--size", "5", "--icc", "0.4", "--simulate", "50"], "effect to find"),
        (["sem", "none.txt"], "none.txt"), (["sem", "bad.txt"], "bad.txt:1:"),
        (["sem", "model.txt"], "no value is given"),
        (
            ["sem", "model.txt", "--values", "m~x=.3,y~m=.3,y~x=.1", "--metric", "standardized", "--simulate", "50"],
            "sample sizes"
        ),
        (["sem", "model.txt", "--values", "m~x=.3,y~q=.3,y~x=.1", "--metric", "standardized"], "no parameter"),
        (
            [
                "sem", "model.txt", "--values", "m~x=.3,y~m=.3,y~x=.1", "--metric", "standardized", "--parameters",
                "y~mm",
            ],
            "did you mean `y~m`"
        ),
        (["estimate", "--estimate", "0.03", "--se", "0", "--n", "261"], "must be positive"),
    ])
    func mistakes(arguments: [String], words: String) throws {
        let run = try ProgramRun(["plan"] + arguments, in: directory)
        #expect(run.code == 1 || run.code == 2, "\(arguments)")
        #expect(run.lastLine.hasPrefix("error:") && run.lastLine.contains(words), "\(run.lastLine)")
        #expect(run.output.isEmpty)
    }

    // MARK: Study files

    private static let study = """
        title: A plan
        plan:
          - rules: {indicators: 12, supplement: 40 %, response rate: 60 %}
          - population: {size: [1778, 5334], sample: 336}
          - test: {name: two groups, kind: t, effect: 0.3}
          - estimate: {estimate: 0.031, se: 0.028, n: 261}
          - rmsea: {df: 49, n: [240, 336]}
          - sem:
              n: [100]
              simulate: 20
              metric: standardized
              model: |
                m ~ x
                y ~ m + x
              values: {m~x: 0.39, y~m: 0.3, y~x: 0.1}
              indirect: x -> m -> y
          - multilevel: {clusters: 60, size: 5, icc: 0.4, level 1: 0.2, cross level: 0.1, simulate: 20}
        report: {formats: [html, md, json], directory: out}
        """

    @Test func studyOfPlansNeedsNoData() throws {
        try write(Self.study, "study.yaml")
        #expect(try ProgramRun(["check", "study.yaml"], in: directory).code == 0)
        let run = try ProgramRun(["run", "study.yaml", "--quiet"], in: directory)
        #expect(run.code == 0, "\(run.errors)")
        let out = directory.appendingPathComponent("out")
        let text = try String(contentsOf: out.appendingPathComponent("report.md"), encoding: .utf8)
        for words in ["336", "400", "Simulated Power of Indirect Effects", "1672", "two groups"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(!text.contains("SHA-256") && !text.contains("## Data"))
        #expect(FileManager.default.fileExists(atPath: out.appendingPathComponent("report.html").path))
        let data = try Data(contentsOf: out.appendingPathComponent("report.json"))
        let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect((json["analyses"] as? [[String: Any]])?.count == 7)
    }

    @Test(arguments: [
        ("- ruels: {indicators: 12}", "study.yaml:3:5: there is no plan `ruels`; did you mean `rules`?"),
        ("- rules: {indicatrs: 12}", "did you mean `indicators`?"), ("- rmsea: {n: 200}", "needs `df:`"),
        ("- test: {kind: t, effect: 0}", "study.yaml:3:5: `test`: the effect d is 0"),
        ("- multilevel: {clusters: 60, size: 5, icc: 2}", "intraclass correlation"),
        ("- sem: {model: 'y ~ x', values: 'y~q = 0.3'}", "no parameter `y~q`"),
        ("- sem:\n      model: |\n        y ~ x +\n      values: y~x = 0.3", "in the model"),
        ("- population: {size: 100, sample: 200}", "larger than the population"), ("- rules", "an entry of `plan`"),
        ("- rules: {indicators: 12, supplement: much}", "must be a share"),
    ])
    func mistakesOfStudyFiles(entry: String, words: String) throws {
        try write("title: A plan\nplan:\n  \(entry)\n", "study.yaml")
        let run = try ProgramRun(["check", "study.yaml"], in: directory)
        #expect(run.code == 1)
        #expect(run.errors.contains(words), "\(run.errors)")
        #expect(run.errors.contains("study.yaml:"))
    }

    /// Numbers that no study has end in an answer or in an error, never in a crash or a wait.
    @Test(arguments: [
        ["rmsea", "--df", "1000000", "--n", "1000000000"], ["rmsea", "--df", "1", "--power", "0.9999999"],
        ["population", "--size", "1000000000000", "--margin", "0.0000001"], ["population", "--margin", "1e-300"],
        ["test", "t", "--effect", "1e-300"], ["test", "t", "--n", "1e300"], ["test", "t", "--effect", "nan"],
        ["test", "anova", "--groups", "10000", "--n", "999999999"], ["test", "t", "--ratio", "1e-9", "--effect", "1"],
        ["test", "regression", "--predictors", "10000", "--effect", "1e-6"],
        ["test", "chi-square", "--df", "100000", "--n", "1000000000", "--effect", "0.9"],
        ["multilevel", "--clusters", "10000000", "--size", "1000000", "--icc", "0.5", "--level1", "1e-9"],
        ["multilevel", "--clusters", "3", "--size", "2", "--icc", "0", "--level2", "1e9"],
        ["multilevel", "--clusters", "9", "--size", "5", "--icc", "0.2", "--level2", "inf"],
        ["estimate", "--estimate", "1e-300", "--se", "1e300", "--n", "9223372036854775807"],
        ["rules", "--indicators", "9223372036854775807"],
        ["rules", "--indicators", "9", "--attrition", "99%", "--waves", "1000"],
    ])
    func extremes(arguments: [String]) throws {
        let run = try ProgramRun(["plan"] + arguments, in: directory)
        #expect((0...2).contains(run.code), "\(arguments)")
        #expect(run.code == 0 || run.lastLine.hasPrefix("error:"))
    }

    /// A plan with bytes of it changed is read, or its mistakes are named.
    @Test func damagedStudyFiles() throws {
        let source = Array(Self.study.replacingOccurrences(of: "simulate: 20", with: "alpha: 0.05").utf8)
        let signs = Array("0129-.:%{}[]x \n~e".utf8)
        var state: UInt64 = 20_261_123
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<25 {
            var text = source
            for _ in 0...next(3) { text[next(text.count)] = signs[next(signs.count)] }
            try write(String(decoding: text, as: UTF8.self), "damaged.yaml")
            let run = try ProgramRun(["check", "damaged.yaml"], in: directory)
            #expect(run.code == 0 || run.code == 1 && run.lastLine.hasPrefix("error:"), "\(run.errors)")
        }
    }

    /// Analyses still need data, with or without a plan.
    @Test func analysesNeedData() throws {
        try write("title: T\nplan:\n  - rules: {indicators: 12}\nanalyses:\n  - describe: all\n", "study.yaml")
        let run = try ProgramRun(["check", "study.yaml"], in: directory)
        #expect(run.code == 1 && run.errors.contains("`data:` is missing"))
    }

    @Test func planBesideAnalyses() throws {
        var csv = "x,y\n"
        for row in 0..<30 { csv += "\(row % 7),\(row * row % 11)\n" }
        try write(csv, "data.csv")
        try write(
            "title: T\ndata: data.csv\nplan:\n  - rules: {predictors: 1}\nreport: {formats: [md], directory: out}\n",
            "study.yaml")
        let run = try ProgramRun(["run", "study.yaml", "--quiet"], in: directory)
        #expect(run.code == 0, "\(run.errors)")
        let text = try String(contentsOf: directory.appendingPathComponent("out/report.md"), encoding: .utf8)
        #expect(text.contains("rules of thumb") && text.contains("Descriptive statistics") && text.contains("## Data"))
    }
}
