import Foundation
import Testing

/// The commands of studies with levels and diaries as scripts see them.
@Suite struct LevelCommandTests {
    private let scratch: ScratchDirectory
    private var directory: URL { scratch.url }

    init() throws {
        scratch = try ScratchDirectory()
        // Twelve leaders with three rows each; w belongs to the leader.
        var csv = "leader,month,a,b,c,w,one,kind,kept\n"
        for leader in 0..<12 {
            for month in 1...3 {
                let i = 3 * leader + month
                func answer(_ k: Int) -> Int { 1 + (leader + (i * k) % 5) % 5 }
                csv += "\(leader + 1),\(month),\(answer(1)),\(answer(2)),\(answer(3)),\(leader * 5 % 7),1,"
                csv += "\(i % 2 == 0 ? "m" : "w"),\(leader % 4 == 0 ? "lost" : "kept")\n"
            }
        }
        try write("d.csv", csv)
        try write(
            "answers.csv",
            """
            leader,form,answered,X,Y
            1,morning,2020-03-02T09:04:00,3,
            1,morning,2020-03-02T09:06:00,4,
            1,evening,2020-03-02T17:20:00,,2
            1,morning,2020-03-03T09:00:00,5,
            2,evening,2020-03-02T17:00:00,,1
            2,morning,2020-03-09T09:00:00,1,
            2,morning,,1,

            """)
        try write(
            "s.txt",
            "for 3 days from 2020-03-02\nwindow 10 minutes\nmorning: every workday 09:00\nevening: every workday 17:00\n"
        )
        try write("bad.txt", "for 3 days from 2020-03-02\nevery wrkday 09:00\n")
        try write("random.txt", "for 2 days from 2020-03-02\nevery day 09:00-21:00 3 times random\n")
        try write("wide.csv", "id,age,X_1,X_2,M_1,M_2\na,30,1,2,5,6\nb,40,3,4,7,8\n")
    }

    private func write(_ name: String, _ text: String) throws {
        try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    private func text(_ name: String) throws -> String {
        try String(contentsOf: directory.appendingPathComponent(name), encoding: .utf8)
    }

    private func assay(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun(arguments, in: directory)
    }

    private func figures(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try assay(arguments + ["--json", "-"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    private static func matching(_ options: String...) -> [String] {
        ["match", "answers.csv", "s.txt", "--person", "leader", "--time", "answered"] + options
    }

    private static let done: [[String]] = [
        ["multilevel", "d.csv", "--group", "leader", "--scale", "s=a-c", "--level-2", "w"],
        ["multilevel", "d.csv", "--group", "leader", "--variables", "a,b,w", "--correlations", "pooled"],
        ["agreement", "d.csv", "--group", "leader", "--scale", "s=a-c", "--options", "5", "--null", "slight"],
        ["agreement", "d.csv", "--group", "leader", "--scale", "s=a,b", "--response-range", "1,5", "--by-group"],
        ["attrition", "d.csv", "--status", "kept", "--kept", "kept", "--person", "leader", "--occasion", "month"],
        ["schedule", "s.txt", "--time-zone", "+08:00"], ["schedule", "random.txt", "--persons", "2"],
        matching("--form", "form"),
        ["reshape", "wide.csv", "--to", "long", "--stubs", "X,M", "--id", "id", "--output", "long.sav"],
    ]

    @Test(arguments: done)
    func whatIsDoneExitsWithZero(arguments: [String]) throws {
        let outcome = try assay(arguments)
        #expect(outcome.code == 0)
        #expect(!outcome.output.isEmpty)
        #expect(!outcome.errors.contains("error:"))
    }

    private static let undone: [([String], String)] = [
        (["multilevel", "d.csv", "--group", "leadr"], "did you mean \"leader\""),
        (["multilevel", "d.csv", "--group", "one"], "one has the value 1 in all rows"),
        (["multilevel", "d.csv", "--group", "leader", "--variables", "kind"], "kind holds text"),
        (["multilevel", "d.csv", "--group", "leader", "--level-2", "a"], "a is declared to belong to level 2"),
        (["multilevel", "d.csv", "--group", "leader", "--scale", "w=a,b"], "w is a variable of the data"),
        (["agreement", "d.csv", "--group", "leader", "--scale", "s=a,zz", "--options", "5"], "zz"),
        (["agreement", "d.csv", "--group", "leader", "--scale", "s=a,b", "--options", "3"], "3 response options"),
        (["attrition", "d.csv", "--status", "kept", "--kept", "kep"], "did you mean \"kept\""),
        (["attrition", "d.csv", "--status", "one", "--kept", "1"], "no case was lost"),
        (["schedule", "bad.txt"], "bad.txt:2:7: "), (["schedule", "none.txt"], "none.txt"),
        (["schedule", "s.txt", "--time-zone", "Mars/Olympus"], "Mars/Olympus"),
        (["schedule", "s.txt", "--holidays", "d.csv"], "there is no column \"date\""),
        (matching(), "evening, morning"), (matching("--form", "form", "--strict"), "data row 6"),
        (matching("--form", "form", "--late", "10080", "--strict"), "data row 7"),
        (matching("--form-name", "noon"), "no form \"noon\""),
        (
            ["match", "answers.csv", "s.txt", "--person", "leader", "--time", "Y", "--form", "X"],
            "data row 1: the plan has no form \"3\""
        ), (matching("--form", "form", "--occasion", "X"), "data row 2: X 4 is outside the plan"),
        (
            ["reshape", "wide.csv", "--to", "long", "--stubs", "Q", "--id", "id", "--output", "x.csv"],
            "no column is named Q_1"
        ),
        (
            [
                "reshape", "d.csv", "--to", "wide", "--stubs", "a", "--id", "leader", "--occasion", "month",
                "--output", "x.csv",
            ], "should be constant"
        ),
    ]

    @Test(arguments: undone)
    func whatCannotBeDoneExitsWithOne(arguments: [String], words: String) throws {
        let outcome = try assay(arguments)
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: "))
        #expect(outcome.lastLine.contains(words), "\(outcome.lastLine)")
    }

    private static let misused: [[String]] = [
        ["multilevel", "d.csv"], ["multilevel", "d.csv", "--group", "leader", "--diagonal", "omega"],
        ["agreement", "d.csv", "--group", "leader", "--scale", "s=a,b"],
        ["agreement", "d.csv", "--group", "leader", "--options", "5"],
        ["attrition", "d.csv", "--status", "kept", "--kept", "kept", "--bound", "0"],
        ["schedule", "s.txt", "--output", "plan.txt"], ["schedule", "s.txt", "--output", "-", "--json", "-"],
        ["schedule", "s.txt", "--persons", "0"], matching("--late", "-1"),
        matching("--form", "form", "--form-name", "morning"),
        ["match", "answers.csv", "s.txt", "--person", "leader", "--time", "a=answered", "--time", "a=answered"],
        ["reshape", "wide.csv", "--to", "sideways", "--stubs", "X", "--id", "id", "--output", "x.csv"],
        ["reshape", "wide.csv", "--to", "long", "--stubs", "X", "--id", "id", "--output", "x.txt"],
    ]

    @Test(arguments: misused)
    func wrongUsageExitsWithTwo(arguments: [String]) throws {
        let outcome = try assay(arguments)
        #expect(outcome.code == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: "))
    }

    @Test func descriptionByGroupHasTheLevels() throws {
        let document = try figures(["describe", "d.csv", "--group", "leader", "--variables", "a,b,w"])
        let levels = try #require(document["multilevel"] as? [String: Any])
        #expect((levels["clustering"] as? [Any])?.count == 3)
        let correlations = try #require(levels["correlations"] as? [String: Any])
        #expect(correlations["levels"] as? [String] == ["both", "both", "between"])
        #expect((document["within"] as? [Any])?.count == 3)
    }

    @Test func tableOneHasEachVariableAtItsLevel() throws {
        let document = try figures([
            "multilevel", "d.csv", "--group", "leader", "--variables", "a-c,w", "--scale", "s=a-c",
        ])
        #expect(document["n"] as? Int == 36 && document["groups"] as? Int == 12)
        let upper = try #require((document["level2"] as? [String: Any])?["variables"] as? [[String: Any]])
        #expect(upper.map { $0["variable"] as? String } == ["w"] && upper[0]["n"] as? Int == 12)
        let lower = try #require((document["level1"] as? [String: Any])?["variables"] as? [[String: Any]])
        #expect(lower.map { $0["n"] as? Int } == [36, 36, 36])
    }

    @Test func answersAreMatchedAndAligned() throws {
        let document = try figures(Self.matching("--form", "form", "--late", "60", "--output", "m.csv"))
        let rows = try #require(document["answers"] as? [[String: Any]])
        #expect(
            rows.map { $0["status"] as? String } == [
                "on time", "duplicate", "late", "on time", "on time", "outside the plan", "without a time",
            ])
        #expect(rows.map { $0["occasion"] as? Int } == [1, 1, 1, 2, 1, nil, nil])
        #expect(rows[2]["late.by"] as? Int == 600 && rows[0]["latency"] as? Int == 240)
        #expect((document["warnings"] as? [String])?.contains { $0.contains("data row 6") } == true)
        let forms = try #require(document["forms"] as? [[String: Any]])
        #expect(forms.map { ($0["overall"] as? [String: Any])?["filled"] as? Int } == [2, 2])
        #expect((forms[0]["missed"] as? [Any])?.count == 4)
        // A row for each person and occasion, both forms side by side.
        let lines = try text("m.csv").split(whereSeparator: \.isNewline).map(String.init)
        #expect(
            lines == [
                "leader,plan.occasion,plan.period,X,Y", "1,1,2020-03-02,3,2", "1,2,2020-03-03,5,",
                "2,1,2020-03-02,,1",
            ])
    }

    @Test func rowsMayHoldSeveralForms() throws {
        try write(
            "both.csv",
            "leader,day,am,pm\n1,1,2020-03-02T09:01:00,2020-03-02T17:05:00\n1,3,2020-03-03T09:20:00,\n")
        let command = [
            "match", "both.csv", "s.txt", "--person", "leader", "--time", "morning=am", "--time", "evening=pm",
            "--prefix", "", "--occasion", "day", "--output", "m.csv",
        ]
        let document = try figures(command)
        let rows = try #require(document["answers"] as? [[String: Any]])
        #expect(rows.map { $0["form"] as? String } == ["morning", "morning", "evening", "evening"])
        #expect(rows.map { $0["status"] as? String } == ["on time", "late", "on time", "without a time"])
        let header = try text("m.csv").split(whereSeparator: \.isNewline)[0]
        #expect(header.contains("morning.occasion") && header.contains("evening.latency"))
        #expect(try assay(command).errors.contains("day is not the planned occasion in 1 row: data row 2"))
    }

    @Test func signalsDependOnTheSeedAlone() throws {
        let command = ["schedule", "random.txt", "--persons", "a,b", "--output", "-"]
        let plan = try assay(command).output
        #expect(plan.split(whereSeparator: \.isNewline).count == 13)
        #expect(try assay(command).output == plan)
        #expect(try assay(command + ["--seed", "2"]).output != plan)
        try write("persons.csv", "who\na\nb\n")
        #expect(try assay(["schedule", "random.txt", "--persons-file", "persons.csv", "--output", "-"]).output == plan)
    }

    @Test func longAndWideAreTheSameData() throws {
        let long = try assay([
            "reshape", "wide.csv", "--to", "long", "--stubs", "X,M", "--id", "id", "--occasion", "t", "--output",
            "l.csv",
        ])
        #expect(long.code == 0)
        #expect(try text("l.csv").split(whereSeparator: \.isNewline).first == "id,age,t,X,M")
        let wide = try assay([
            "reshape", "l.csv", "--to", "wide", "--stubs", "X,M", "--id", "id", "--occasion", "t", "--output", "-",
        ])
        #expect(
            wide.output.split(whereSeparator: \.isNewline) == (try text("wide.csv")).split(whereSeparator: \.isNewline))
    }
}
