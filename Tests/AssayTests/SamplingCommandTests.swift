import Foundation
import Testing

/// The commands of samples, responses and screenings as scripts see them.
@Suite struct SamplingCommandTests {
    private let scratch: ScratchDirectory
    private var directory: URL { scratch.url }

    init() throws {
        scratch = try ScratchDirectory()
        var frame = "firm,district,size,executives,status,wave,answered\n"
        for i in 1...60 {
            let district = i <= 30 ? "north" : i <= 50 ? "south" : "west"
            let status = i % 3 == 0 ? "none" : i % 10 == 1 ? "closed" : i % 7 == 0 ? "partial" : "done"
            frame += "F\(i),\(district),\(20 + i * 13 % 47),\(2 + i % 4),\(status),"
            frame += status == "done" || status == "partial" ? "\(1 + i % 2),2024-03-\(10 + i % 15)\n" : ",\n"
        }
        try write("frame.csv", frame)
        try write("strata.csv", "stratum,size,sd\na,100,2\nb,300,1\n")
        try write("empty.csv", "stratum,size,sd\na,100,2\nb,,1\n")
        var answers = "id,seconds,check,constant," + (1...12).map { "q\($0)" }.joined(separator: ",") + "\n"
        for i in 1...40 {
            let own = (1...12).map { j in i == 4 ? "3" : String(1 + (i * 7 + j * j * (i % 5 + 1) + i * j) % 5) }
            answers +=
                "P\(i == 40 ? 39 : i),\(i == 9 ? 10 : 90 + i),\(i == 6 ? 1 : 4),1," + own.joined(separator: ",") + "\n"
        }
        try write("answers.csv", answers)
    }

    private func write(_ name: String, _ text: String) throws {
        try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    private func run(_ arguments: String...) throws -> ProgramRun { try ProgramRun(arguments, in: directory) }

    private func figures(_ run: ProgramRun) throws -> [String: Any] {
        #expect(run.code == 0, "\(run.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    private func remove() { try? FileManager.default.removeItem(at: directory) }

    @Test func aSampleIsDrawnAndExported() throws {
        defer { remove() }
        let arguments = [
            "plan", "draw", "frame.csv", "--id", "firm", "--take", "12", "--strata", "district", "--seed", "5",
        ]
        let result = try ProgramRun(arguments + ["--json", "-", "--output", "sample.csv"], in: directory)
        let document = try figures(result)
        #expect(document["analysis"] as? String == "sampling" && document["n"] as? Int == 12)
        #expect(document["weight.sum"] as? Double == 60)
        let sample = try #require(document["sample"] as? [[String: Any]])
        let file = try String(contentsOf: directory.appendingPathComponent("sample.csv"), encoding: .utf8)
        let lines = file.split(whereSeparator: \.isNewline)
        #expect(lines.count == 13 && lines[0].hasSuffix("sample.stratum,sample.probability,sample.weight"))
        #expect(lines[1].hasPrefix("\(sample[0]["id"] as? String ?? "?"),"))
        #expect(try ProgramRun(arguments + ["--json", "-", "--threads", "1"], in: directory).output == result.output)
    }

    @Test func stagesAreDrawnAfterEachOther() throws {
        defer { remove() }
        let result = try run(
            "plan", "draw", "frame.csv", "--stage", "district: all", "--stage", "firm: 9", "--stage",
            "executive: 3-4, of=executives", "--output", "-", "--quiet")
        #expect(result.code == 0)
        #expect(result.output.hasPrefix("firm,district,size,executives,status,wave,answered,sample.executive"))
    }

    @Test func badDrawsAreAnswered() throws {
        defer { remove() }
        let wrong: [([String], Int32, String)] = [
            (["--take", "61"], 1, "there are 60"),
            (["--take", "9", "--strata", "distric"], 1, "did you mean \"district\""),
            (["--take", "9", "--id", "district"], 1, "district north stands in data rows 1, 2"),
            (["--take", "9", "--method", "pp"], 2, "did you mean `pps`"), ([], 2, "--take N"),
            (["--stage", "firm: 9", "--take", "9"], 2, "leave --stage out"),
            (["--take", "9", "--icc", "2"], 1, "between 0 and below 1"),
            (["--take", "9", "--output", "x.txt"], 2, ".csv or .sav"),
        ]
        for (arguments, code, words) in wrong {
            let result = try ProgramRun(["plan", "draw", "frame.csv"] + arguments, in: directory)
            #expect(
                result.code == code && result.lastLine.hasPrefix("error: ") && result.lastLine.contains(words),
                "\(result.errors)")
        }
    }

    @Test func samplesAreSharedOut() throws {
        defer { remove() }
        // NS: 200 and 300.
        let table = try figures(
            try run("plan", "allocate", "strata.csv", "--size", "50", "--rule", "neyman", "--json", "-"))
        let strata = try #require(table["strata"] as? [[String: Any]])
        #expect(strata.map { $0["n"] as? Int } == [20, 30])
        let frame = try figures(
            try run(
                "plan", "allocate", "frame.csv", "--strata", "district", "--of", "size", "--size", "12", "--json", "-"))
        #expect((frame["strata"] as? [[String: Any]])?.map { $0["n"] as? Int } == [6, 4, 2])
        #expect((frame["precision"] as? [String: Any])?["deff"] is Double)
        let typed = try run("plan", "allocate", "--size", "10", "--stratum", "a=60", "--stratum", "b=40")
        #expect(typed.code == 0 && typed.output.contains("Allocation of the Sample"))
        let wrong: [([String], Int32, String)] = [
            (["--size", "10"], 2, "--stratum"), (["--size", "10", "--stratum", "a"], 2, "NAME=N"),
            (["--size", "101", "--stratum", "a=60", "--stratum", "b=40"], 1, "there are 100"),
            (["--size", "10", "--stratum", "a=60,sd=x"], 2, "sd=NUMBER"),
            (["--size", "10", "--stratum", "a=60", "--rule", "neyman"], 1, "a has no standard deviation"),
            (["empty.csv", "--size", "10"], 1, "b has no size"), (["frame.csv", "--size", "10"], 1, "stratum"),
        ]
        for (arguments, code, words) in wrong {
            let result = try ProgramRun(["plan", "allocate"] + arguments, in: directory)
            #expect(result.code == code && result.lastLine.contains(words), "\(result.errors)")
        }
    }

    private let dispositions = [
        "--disposition", "status", "--complete", "done", "--partial", "partial", "--noncontact", "none", "--ineligible",
        "closed",
    ]

    @Test func responsesAreCountedAndWeighted() throws {
        defer { remove() }
        let document = try figures(
            try ProgramRun(
                ["plan", "response", "frame.csv"] + dispositions + [
                    "--by", "district", "--wave", "wave", "--compare", "size,district", "--compare-waves", "size",
                    "--rake",
                    "district", "--output", "weighted.csv", "--json", "-",
                ], in: directory))
        let total = try #require(document["total"] as? [String: Any]),
            rates = try #require(total["rates"] as? [String: Any])
        let counts = try #require(total["dispositions"] as? [String: Int])
        let eligible = 60 - (counts["ineligible"] ?? 0)
        #expect(rates["RR1"] as? Double == Double(counts["complete"] ?? 0) / Double(eligible))
        let weights = try #require(document["weights"] as? [String: Any])
        #expect(abs((weights["sum"] as? Double ?? 0) - Double(eligible)) < 1e-9)
        #expect((document["timeline"] as? [[String: Any]])?.count == 2)
        #expect(document["nonresponse"] is [String: Any] && document["early.late"] is [String: Any])
        let file = try String(contentsOf: directory.appendingPathComponent("weighted.csv"), encoding: .utf8)
        #expect(
            file.hasPrefix("firm,district,size,executives,status,wave,answered,response.disposition,response.weight"))
        let dated = try ProgramRun(
            ["plan", "response", "frame.csv"] + dispositions + ["--date", "answered", "--compare-waves", "size"],
            in: directory)
        #expect(dated.code == 0 && dated.output.contains("Course of the Answers"))
    }

    @Test func badResponsesAreAnswered() throws {
        defer { remove() }
        let wrong: [([String], Int32, String)] = [
            (["--disposition", "status", "--complete", "done"], 1, "which is no disposition"),
            (["--disposition", "statu", "--complete", "done"], 1, "did you mean \"status\""),
            (dispositions + ["--refusal", "done"], 1, "is both"),
            (dispositions + ["--margin", "district: north=1"], 1, "no total for district = south"),
            (dispositions + ["--margin", "district north"], 2, "VARIABLE: A=NUMBER"),
            (dispositions + ["--compare-waves", "size"], 2, "--wave or --date"),
            (dispositions + ["--date", "size", "--by", "district"], 1, "which is no date"),
            (dispositions + ["--weights", "--trim", "0.5"], 2, "above 1"),
            (dispositions + ["--base", "status"], 1, "status"), (dispositions + ["--classes", "firm"], 1, "merge it"),
        ]
        for (arguments, code, words) in wrong {
            let result = try ProgramRun(["plan", "response", "frame.csv"] + arguments, in: directory)
            #expect(result.code == code && result.lastLine.contains(words), "\(arguments): \(result.errors)")
        }
    }

    @Test func answersAreScreened() throws {
        defer { remove() }
        let document = try figures(
            try run(
                "screen", "answers.csv", "--scale", "A=q1-q4", "--scale", "B=q5-q8", "--scale", "C=q9-q12", "--id",
                "id", "--time",
                "seconds", "--attention", "check=4", "--reverse", "q2", "--response-range", "1,5", "--output",
                "flags.csv",
                "--json", "-"))
        let indices = try #require(document["indices"] as? [[String: Any]])
        func flagged(_ name: String) -> [String] {
            indices.first { $0["index"] as? String == name }?["flagged"] as? [String] ?? []
        }
        // Reversing an item does not hide who gave the same answer throughout.
        #expect(flagged("longstring") == ["P4"] && flagged("time") == ["P9"] && flagged("attention") == ["P6"])
        #expect((document["warnings"] as? [String])?.contains { $0.contains("id is not unique: P39") } == true)
        let file = try String(contentsOf: directory.appendingPathComponent("flags.csv"), encoding: .utf8)
        let lines = file.split(whereSeparator: \.isNewline)
        #expect(lines.count == 41 && lines[0].hasSuffix("screen.flags,screen.flagged"))
        // The answers are those of the file.
        let before = try String(contentsOf: directory.appendingPathComponent("answers.csv"), encoding: .utf8)
            .split(whereSeparator: \.isNewline)
        #expect(zip(lines, before).allSatisfy { $0.hasPrefix($1) })
    }

    @Test func badScreeningsAreAnswered() throws {
        defer { remove() }
        let wrong: [([String], Int32, String)] = [
            ([], 2, "--scale NAME"), (["--items", "q1"], 1, "only q1"), (["--items", "q1-q99"], 1, "q99"),
            (["--items", "q1-q12", "--threshold", "longstrng=3"], 2, "did you mean 'longstring'"),
            (["--items", "q1-q12", "--threshold", "longstring"], 2, "INDEX=NUMBER"),
            (["--items", "q1-q12", "--threshold", "mahalanobis=12"], 2, "from 0 to 1"),
            (["--items", "q1-q12", "--attention", "check=9"], 1, "no case gave the answer"),
            (["--items", "q1-q12", "--attention", "q1=4"], 1, "attention check and an item"),
            (["--items", "q1-q12", "--time", "secnds"], 1, "did you mean \"seconds\""),
            (["--items", "q1-q12", "--time-unit", "minutes"], 2, "--time"), (["--items", "id,q1"], 1, "id"),
        ]
        for (arguments, code, words) in wrong {
            let result = try ProgramRun(["screen", "answers.csv"] + arguments, in: directory)
            #expect(result.code == code && result.lastLine.contains(words), "\(arguments): \(result.errors)")
        }
        let constant = try run("screen", "answers.csv", "--items", "constant,q1-q12")
        #expect(constant.code == 0 && constant.errors.contains("the same answer in all cases"))
    }

    @Test func studyFilesNameThem() throws {
        defer { remove() }
        try write(
            "study.yaml",
            """
            title: Sampling
            data: frame.csv
            analyses:
              - allocation: {size: 12, strata: {north: 30, south: {size: 30, sd: 2}}}
              - allocation: {size: 12, strata: district, of: size, rule: neyman}
              - sampling: {id: firm, take: 12, strata: [district], method: systematic, order: size}
              - sampling: {stages: [district: all, firm: {take: 9}, executive: {take: 3-4, of: executives}]}
              - response: {disposition: status, complete: done, partial: partial, noncontact: none, ineligible: closed, weights: {margins: {district: {north: 30, south: 20, west: 10}}, trim: 3}}
            report: {formats: [md, json], directory: report}

            """)
        let result = try run("run", "study.yaml")
        #expect(result.code == 0, "\(result.errors)")
        let report = try String(contentsOf: directory.appendingPathComponent("report/report.md"), encoding: .utf8)
        for heading in ["Allocation of the sample", "Sample drawn", "Response"] {
            #expect(report.contains("## \(heading)"))
        }
        try write(
            "plan.yaml",
            "title: Plan\nplan:\n  - allocation: {name: Firms, size: 12, strata: {north: 30, south: {size: 30, sd: 2}}}\nreport: {formats: [md], directory: plan}\n"
        )
        let plan = try run("run", "plan.yaml")
        #expect(plan.code == 0, "\(plan.errors)")
        try write(
            "badplan.yaml",
            "plan:\n  - allocation: {size: 99, strata: {a: 30, b: 30}}\n  - allocation: {size: 9, strata: district}\n")
        let badPlan = try run("check", "badplan.yaml")
        #expect(badPlan.errors.contains("there are 60") && badPlan.errors.contains("under `analyses`"))
        try write(
            "screening.yaml",
            """
            data: answers.csv
            codebook:
              response range: 1-5
              reverse: [q2]
              scales: {A: {items: q1-q4}, B: {items: q5-q8}, C: {items: q9-q12}}
            analyses:
              - screening: {id: id, time: seconds, attention: {check: 4}, thresholds: {longstring: 8, even-odd: -1}}
            report: {formats: [md, json], directory: screening}

            """)
        let screening = try run("run", "screening.yaml")
        #expect(screening.code == 0, "\(screening.errors)")
        let flags = try String(contentsOf: directory.appendingPathComponent("screening/report.md"), encoding: .utf8)
        #expect(flags.contains("Longest string 12.00") && flags.contains("The data were not changed"))
        try write(
            "bad.yaml",
            "data: frame.csv\nanalyses:\n  - sampling: {take: 5, strata: distrct}\n  - screening: {items: q1-q2, tresholds: {}}\n  - response: {complete: 1}\n  - allocation: {size: 0, strata: district}\n  - sampling: {take: 500}\n"
        )
        let bad = try run("check", "bad.yaml")
        #expect(bad.code == 1)
        for words in [
            "did you mean `district`", "did you mean `thresholds`", "needs `disposition:`", "at least 1",
            "there are 60",
        ] {
            #expect(bad.errors.contains(words), "\(bad.errors)")
        }
    }
}
