import Foundation
import Testing

/// The program as scripts see it: exit codes, standard output and standard error.
@Suite struct CommandTests {
    private let scratch: ScratchDirectory
    private var directory: URL { scratch.url }

    init() throws {
        scratch = try ScratchDirectory()
        var csv = "a,b,c,d,g\n"
        for i in 0..<60 {
            let f = Double((i * 37) % 61) / 10
            func x(_ k: Int) -> Double { f + Double((i * (k * 13 + 7)) % 17) / 5 }
            csv += "\(x(1)),\(x(2)),\(x(3)),\(x(4)),\(i % 2 == 0 ? "m" : "w")\n"
        }
        try csv.write(to: directory.appendingPathComponent("d.csv"), atomically: true, encoding: .utf8)
        try "f =~ a + b + c + d\n".write(
            to: directory.appendingPathComponent("m.lav"), atomically: true, encoding: .utf8)
    }

    private func assay(_ arguments: [String], input: String = "") throws -> ProgramRun {
        try ProgramRun(arguments, in: directory, input: input)
    }

    @Test(arguments: [
        ["sem", "d.csv", "m.lav"], ["describe", "d.csv", "--group", "g"], ["--version"], ["--help"],
        ["reliability", "d.csv", "--scale", "s=a,b,c,d"],
        ["efa", "d.csv", "--items", "a,b,c,d", "--factors", "1"],
        ["validity", "d.csv", "--scale", "s=a,b,c,d"],
        ["method-bias", "d.csv", "--scale", "s=a,b,c", "--marker", "d"],
        [
            "simulate", "m.lav", "--values", "f=~b=0.7,f=~c=0.6,f=~d=0.5,f=~a=0.8", "--metric", "standardized",
            "--nobs", "9",
        ],
    ])
    func whatIsDoneExitsWithZero(arguments: [String]) throws {
        let outcome = try assay(arguments)
        #expect(outcome.code == 0)
        #expect(!outcome.output.isEmpty)
        #expect(!outcome.errors.contains("error:"))
    }

    @Test(arguments: [
        ["sem", "none.csv", "m.lav"], ["sem", "d.csv", "none.lav"], ["describe", "d.csv", "--variables", "zz"],
        ["reliability", "d.csv", "--scale", "s=a,zz"], ["efa", "d.csv", "--items", "a,g", "--factors", "1"],
        ["sem", "d.csv", "m.lav", "--estimator", "MLR"], ["sem", "d.csv", "m.lav", "--group", "g"],
        ["check", "none.yaml"], ["run", "d.csv"], ["simulate", "m.lav", "--nobs", "9"],
        ["method-bias", "d.csv", "--scale", "s=a,b,c", "--marker", "zz"], ["validity", "d.csv", "--scale", "s=a,zz"],
        ["validity", "d.csv", "--scale", "s=a,b,c", "--scale", "a=b,c,d"],
        ["efa", "d.csv", "--items", "a,b,c,d", "--factors", "4"],
    ])
    func whatCannotBeDoneExitsWithOne(arguments: [String]) throws {
        let outcome = try assay(arguments)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: "))
    }

    @Test(arguments: [
        ["frob"], ["sem"], ["sem", "d.csv", "m.lav", "--estimator", "XYZ"], ["sem", "d.csv", "m.lav", "--nobs", "3"],
        ["sem", "d.csv", "m.lav", "--bootstrap", "1"], ["describe", "d.csv", "--threads", "0"],
        ["reliability", "d.csv", "--scale", "s"], ["reliability", "d.csv", "--scale", "s=a,b", "--reverse", "a"],
        ["efa", "d.csv", "--items", "a,b", "--factors", "0"], ["describe", "d.csv", "--missing", "maybe"],
        ["sem", "d.csv", "m.lav", "--group", "g", "--group-equal", "loadigns"], ["validity", "d.csv"],
        ["sem", "d.csv", "m.lav", "--scores", "scores.txt"], ["sem", "d.csv", "m.lav", "--ci", "bca"],
        ["simulate", "m.lav", "--nobs", "0"],
    ])
    func wrongUsageExitsWithTwo(arguments: [String]) throws {
        let outcome = try assay(arguments)
        #expect(outcome.code == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: "))
    }

    @Test func figuresGoWhereTheyAreSent() throws {
        let direct = try assay(["sem", "d.csv", "-", "--json", "-", "--modindices"], input: "f =~ a + b + c + d")
        #expect(direct.code == 0)
        let figures = try #require(
            try JSONSerialization.jsonObject(with: Data(direct.output.utf8)) as? [String: Any])
        #expect(figures["analysis"] as? String == "sem")
        #expect(figures["nobs"] as? Int == 60)
        #expect((figures["estimates"] as? [[String: Any]])?.count == 9)
        #expect((figures["modindices"] as? [Any])?.isEmpty == false)
        let file = try assay(["sem", "d.csv", "m.lav", "--json", "out.json", "--modindices", "--quiet"])
        #expect(file.output.isEmpty)
        let written = try String(contentsOf: directory.appendingPathComponent("out.json"), encoding: .utf8)
        #expect(written == direct.output)
    }

    @Test func modelFaultsShowTheirPlace() throws {
        let outcome = try assay(["sem", "d.csv", "-"], input: "f =~ a + b\nf =~ c ++ d\n")
        #expect(outcome.code == 1)
        #expect(outcome.lastLine.hasPrefix("error: standard input:2:"))
        #expect(outcome.errors.contains("^"))
    }

    @Test func bootstrapDoesNotDependOnThreads() throws {
        let command = ["sem", "d.csv", "m.lav", "--bootstrap", "50", "--seed", "3", "--json", "-"]
        let one = try assay(command + ["--threads", "1"]), three = try assay(command + ["--threads", "3"])
        #expect(one.output == three.output)
        #expect(one.output.contains("boot.ci.lower"))
        #expect(try assay(command.map { $0 == "3" ? "4" : $0 }).output != one.output)
    }

    @Test func fromDataToReport() throws {
        #expect(try assay(["init", "d.csv"]).code == 0)
        #expect(try assay(["init", "d.csv"]).lastLine.contains("is there already"))
        #expect(try assay(["check", "study.yaml"]).code == 0)
        let run = try assay(["run", "study.yaml"])
        #expect(run.code == 0)
        #expect(run.output.contains("report/report.html"))
        let page = try String(contentsOf: directory.appendingPathComponent("report/report.html"), encoding: .utf8)
        #expect(page.contains("</html>"))
        let leftovers = try FileManager.default.contentsOfDirectory(
            atPath: directory.appendingPathComponent("report").path
        ).filter { $0.hasSuffix(".part") }
        #expect(leftovers.isEmpty)
        // Tables of an earlier report go, other files stay.
        let tables = directory.appendingPathComponent("report/tables")
        for name in ["table-99-old.csv", "mine.csv"] {
            try "x".write(to: tables.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        #expect(try assay(["run", "study.yaml", "--quiet"]).output.isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: tables.path)
        #expect(!names.contains("table-99-old.csv") && names.contains("mine.csv"))
    }

    @Test func checkNamesEveryMistake() throws {
        try "titel: x\ndata: d.csv\nanalyses:\n  - sampel: g\n".write(
            to: directory.appendingPathComponent("s.yaml"), atomically: true, encoding: .utf8)
        let outcome = try assay(["check", "s.yaml"])
        #expect(outcome.code == 1)
        #expect(outcome.errors.contains("s.yaml:1:1: "))
        #expect(outcome.errors.contains("s.yaml:4:5: "))
        #expect(outcome.lastLine.hasPrefix("error: s.yaml has 2 mistakes"))
    }

    /// Data with exact moments give the values back, and factor scores have a row for each case.
    @Test func simulatedDataGiveTheirValuesBack() throws {
        let values = "f=~a=0.8, f=~b=0.7, f=~c=0.6, f=~d=0.5"
        let simulated = try assay([
            "simulate", "m.lav", "--nobs", "50", "--metric", "standardized", "--values", values, "--exact", "normal",
            "--output", "s.csv",
        ])
        #expect(simulated.code == 0)
        let outcome = try assay(["sem", "s.csv", "m.lav", "--json", "-", "--scores", "scores.csv"])
        let document = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
        let rows = try #require(document["estimates"] as? [[String: Any]])
        let loadings = rows.filter { $0["op"] as? String == "=~" }.compactMap { $0["std.all"] as? Double }
        #expect(loadings.count == 4)
        for (mine, value) in zip(loadings, [0.8, 0.7, 0.6, 0.5]) { #expect(abs(mine - value) < 1e-8) }
        let scores = try String(contentsOf: directory.appendingPathComponent("scores.csv"), encoding: .utf8)
        #expect(scores.split(whereSeparator: \.isNewline).count == 51)
    }
}
