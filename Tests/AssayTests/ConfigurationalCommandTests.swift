import Foundation
import Testing

/// `assay qca` as scripts see it: the fields of the contract, exit codes, and what is said about bad input.
@Suite struct ConfigurationalCommandTests {
    private let scratch: ScratchDirectory
    private var directory: URL { scratch.url }

    init() throws {
        scratch = try ScratchDirectory()
        let fuzzy = """
            case,A,B,C,Y,K,H
            c1,0.2,0.8,0.3,0.1,1,0.5
            c2,0.7,0.9,0.6,0.9,1,0.2
            c3,0.8,0.1,0.4,0.7,1,0.8
            c4,0.3,0.2,0.9,0.2,1,0.5
            c5,0.9,0.7,0.8,0.95,1,0.9
            c6,0.1,0.3,0.2,0.05,1,0.1

            """
        try write("d.csv", fuzzy)
        try write("range.csv", fuzzy.replacingOccurrences(of: "c3,0.8", with: "c3,1.8"))
        try write("missing.csv", fuzzy.replacingOccurrences(of: "c3,0.8", with: "c3,"))
        try write("text.csv", fuzzy.replacingOccurrences(of: "c3,0.8", with: "c3,high"))
        // The textbook cyclic function: two minimal models, three more that are irredundant.
        try write(
            "cyclic.csv", "A,B,C,Y\n0,0,0,0\n0,0,1,1\n0,1,0,1\n0,1,1,1\n1,0,0,1\n1,0,1,1\n1,1,0,1\n1,1,1,0\n")
        try write("levels.csv", "A,B,Y\n0,0,0\n1,1,1\n2,1,2\n2,0,1\n0,1,0\n1,0,0\n")
        try write("gap.csv", "A,B,Y\n0,0,0\n1,1,1\n3,1,1\n3,0,1\n0,1,0\n")
        try write("time.csv", "A,B,F,Y\n1,1,1,1\n1,1,0,0\n1,0,-,0\n0,1,dc,1\n0,0,-,0\n")
        try write("raw.csv", "case,A,B,Y\na,1,7,1\nb,2,5,2\nc,3,4,2.5\nd,4,2,4\ne,5,1,5\nf,2.5,3,3\n")
    }

    private func write(_ name: String, _ text: String) throws {
        try text.write(to: directory.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }

    private func qca(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun(["qca"] + arguments, in: directory)
    }

    private func figures(_ arguments: [String]) throws -> [String: Any] {
        let outcome = try qca(arguments + ["--json", "-"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    private func models(_ document: [String: Any], _ kind: String) throws -> [String] {
        let solutions = try #require(document["solutions"] as? [String: Any])
        let solution = try #require(solutions[kind] as? [String: Any])
        return try #require(solution["models"] as? [[String: Any]]).map { model in
            ((model["terms"] as? [[String: Any]]) ?? []).compactMap { $0["expression"] as? String }
                .joined(separator: "+")
        }
    }

    @Test func everyFieldOfTheContractIsThere() throws {
        let document = try figures([
            "d.csv", "--outcome", "Y", "--conditions", "A,B,C", "--case-column", "case", "--incl-cut", "0.8",
            "--dir-exp", "1,-,1",
        ])
        #expect(document["analysis"] as? String == "qca")
        #expect(document["assay"] is String)
        #expect(document["warnings"] is [String])
        #expect((document["calibrated"] as? [String: [Double]])?["A"]?.count == 6)
        let rows = try #require(document["truth_table"] as? [[String: Any]])
        #expect(rows.compactMap { $0["row"] as? Int } == [1, 2, 3, 5, 8])
        let last = try #require(rows.last)
        #expect(last["out"] as? String == "1")
        #expect(last["n"] as? Int == 2)
        #expect(last["cases"] as? [String] == ["c2", "c5"])
        #expect(last["configuration"] as? [String: Int] == ["A": 1, "B": 1, "C": 1])
        #expect(last["incl"] is Double && last["PRI"] is Double)
        let necessity = try #require(document["necessity"] as? [[String: Any]])
        #expect(necessity.compactMap { $0["expression"] as? String } == ["~A", "A", "~B", "B", "~C", "C"])
        for field in ["inclN", "RoN", "covN"] { #expect(necessity.allSatisfy { $0[field] is Double }, "\(field)") }
        let solutions = try #require(document["solutions"] as? [String: [String: Any]])
        for kind in ["complex", "parsimonious", "intermediate"] {
            let solution = try #require(solutions[kind])
            #expect(solution["exhaustive"] as? Bool == true)
            #expect(solution["minimum.proven"] as? Bool == true)
            let model = try #require((solution["models"] as? [[String: Any]])?.first)
            let term = try #require((model["terms"] as? [[String: Any]])?.first)
            for field in ["inclS", "PRI", "covS"] { #expect(term[field] is Double && model[field] is Double) }
            #expect(term["cases"] is [String])
            #expect(term.keys.contains("covU"))
        }
        // A coverage of one's own needs another term.
        #expect(try models(document, "parsimonious") == ["A"])
        #expect(
            ((solutions["parsimonious"]?["models"] as? [[String: Any]])?.first?["terms"] as? [[String: Any]])?.first?[
                "covU"] is NSNull)
        let negation = try #require(document["negation"] as? [String: Any])
        #expect(negation["outcome"] as? String == "~Y")
        #expect(negation["truth_table"] is [[String: Any]])
    }

    @Test func everyModelIsListedInOneOrder() throws {
        let minimal = try figures(["cyclic.csv", "--outcome", "Y", "--conditions", "A,B,C"])
        #expect(try models(minimal, "parsimonious") == ["~A*B+A*~C+~B*C", "~A*C+A*~B+B*~C"])
        let all = try figures(["cyclic.csv", "--outcome", "Y", "--conditions", "A,B,C", "--all-solutions"])
        #expect(try models(all, "parsimonious").count == 5)
        let one = try figures(["cyclic.csv", "--outcome", "Y", "--conditions", "A,B,C", "--max-models", "1"])
        let solution = (one["solutions"] as? [String: [String: Any]])?["parsimonious"]
        #expect((solution?["models"] as? [Any])?.count == 1)
        #expect(solution?["model.count"] as? Int == 2)
        #expect(solution?["exhaustive"] as? Bool == false)
        let command = ["cyclic.csv", "--outcome", "~Y", "--conditions", "C,B,A", "--dir-exp", "-,1,0", "--json", "-"]
        let first = try qca(command).output
        for _ in 0..<3 { #expect(try qca(command).output == first) }
    }

    @Test func levelsAndTimeAreTaken() throws {
        let levels = try figures(["levels.csv", "--outcome", "Y[1,2]", "--conditions", "A,B"])
        #expect(try models(levels, "complex") == ["A[2]+A[1]*B[1]"])
        #expect(try models(levels, "parsimonious") == ["A[2]+A[1]*B[1]"])
        let time = try figures(["time.csv", "--outcome", "Y", "--conditions", "A,B,F"])
        // A condition that does not apply comes after its levels: two times two times three rows.
        let rows = try #require(time["truth_table"] as? [[String: Any]])
        #expect(rows.compactMap { $0["row"] as? Int } == [3, 6, 9, 10, 11])
        // Where a condition does not apply, the row stands for all its levels; B*F therefore needs no remainder.
        #expect(try models(time, "complex") == ["~A*B+B*F"])
        #expect(try models(time, "parsimonious") == ["F+~A*B"])
    }

    @Test func rowsAreExcluded() throws {
        let base = ["cyclic.csv", "--outcome", "Y", "--conditions", "A,B,C", "--no-negation"]
        // By number, an observed row becomes negative; an expression concerns remainders only.
        let byNumber = try figures(base + ["--exclude", "2"])
        let rows = try #require(byNumber["truth_table"] as? [[String: Any]])
        #expect(rows[1]["out"] as? String == "0")
        let byExpression = try figures(base + ["--exclude", "~A*~B*C"])
        #expect(try models(byExpression, "parsimonious") == models(figures(base), "parsimonious"))
    }

    @Test func calibrationIsNamed() throws {
        let base = [
            "raw.csv", "--outcome", "Y", "--conditions", "A,B", "--case-column", "case", "--incl-cut", "0.7",
            "--calibrate", "A=e1,c2.2,i5", "--calibrate", "B=e6,c3.5,i1", "--calibrate", "Y=e1,c2.6,i5",
            "--no-negation",
        ]
        for (scale, value) in [("logit3", 0.9525741268224334), ("idm", 0.95)] {
            let document = try figures(base + ["--calibration-scale", scale])
            let sets = try #require(document["calibrated"] as? [String: [Double]])
            let (a, b) = (try #require(sets["A"]), try #require(sets["B"]))
            #expect(abs(a[4] - value) < 1e-12 && abs(a[0] - (1 - value)) < 1e-12)
            // Falling anchors: the highest raw value is most out of the set.
            #expect(abs(b[4] - value) < 1e-12 && b[0] < 1 - value)
            let conventions = try #require(document["conventions"] as? [String: Any])
            #expect((conventions["calibration"] as? [String])?.count == 3)
        }
        #expect(
            try figures(base)["calibrated"] as? NSObject == figures(base + ["--calibration-scale", "logit3"])[
                "calibrated"] as? NSObject)
    }

    @Test func whatTheReaderShouldKnowIsWarned() throws {
        let half = try qca(["d.csv", "--outcome", "Y", "--conditions", "A,B,H", "--incl-cut", "0.8"])
        #expect(half.code == 0)
        #expect(half.errors.contains("`H` is exactly 0.5 for `1`, `4`"))
        // Six cases in as many rows: chance alone would hardly contradict itself.
        let few = try figures(["d.csv", "--outcome", "Y", "--conditions", "A,B,C,H", "--incl-cut", "0.8"])
        let warnings = try #require(few["warnings"] as? [String])
        #expect(warnings.contains { $0.contains("contradictory rows would be expected") })
        let dropped = try figures(
            ["missing.csv", "--outcome", "Y", "--conditions", "A,B", "--incl-cut", "0.8", "--listwise"])
        #expect((dropped["warnings"] as? [String])?.contains { $0.hasPrefix("1 of 6 cases") } == true)
    }

    /// Options after `--outcome Y --conditions A,B,C` or in place of it, and words of the message.
    @Test(arguments: [
        (["range.csv", "--outcome", "Y", "--conditions", "A,B"], "`A` is 1.8 for case `3`"),
        (["missing.csv", "--outcome", "Y", "--conditions", "A,B", "--case-column", "case"], "for case `c3`"),
        (["text.csv", "--outcome", "Y", "--conditions", "A,B"], "'high' in row 3"),
        (["gap.csv", "--outcome", "Y", "--conditions", "A,B"], "no case has level 2 of `A`"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--calibrate", "A=e5,c2,i3"], "out of order"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--calibrate", "A=e1,c1,i3"], "out of order"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--calibrate", "A=e1,c2"], "2 anchors"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,Y"], "`Y` is both the outcome and a condition"),
        (["d.csv", "--outcome", "~Y", "--conditions", "A,Y"], "`Y` is both the outcome and a condition"),
        (["d.csv", "--outcome", "Y*B", "--conditions", "A,B"], "`B` is both the outcome and a condition"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B,C"], "(the highest inclusion is 0.921)"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B,C", "--incl-cut", "0"], "no row of the truth table is neg"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,K", "--incl-cut", "0.8"], "`K` is 1 for every case"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,H", "--half", "refuse"], "`H` is exactly 0.5"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,zz"], "zz"),
        (["d.csv", "--outcome", "zz", "--conditions", "A"], "no set `zz`"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,A"], "named twice"),
        (["d.csv", "--outcome", "Y", "--conditions", "A", "--case-column", "zz"], "zz"),
        (["d.csv", "--outcome", "Y*", "--conditions", "A,B"], "at character 3"),
        (["d.csv", "--outcome", "Y)", "--conditions", "A,B"], "at character 2"),
        (["d.csv", "--outcome", "Y[2]", "--conditions", "A,B"], "`Y` has the levels 0 to 1"),
        (["d.csv", "--outcome", "", "--conditions", "A,B"], "it is empty"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--dir-exp", "1"], "1 are given for 2 conditions"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--dir-exp", "-,2"], "`B` has the levels 0 to 1"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--dir-exp", "~x"], "no set `x`"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--incl-cut", "1.2"], "between 0 and 1"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--incl-cut", "nan"], "between 0 and 1"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--incl-cut", "0.8,0.9"], "must not be above the first"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--pri-cut", "2"], "between 0 and 1"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--n-cut", "0"], "a row needs a case"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--n-cut", "9"], "(the fullest has 2)"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--exclude", "9"], "rows 1 to 4"),
        (["d.csv", "--outcome", "Y", "--conditions", "A,B", "--exclude", "A*"], "at character 3"),
        (["none.csv", "--outcome", "Y", "--conditions", "A,B"], "none.csv"),
    ])
    func badInputIsExplained(arguments: [String], words: String) throws {
        let outcome = try qca(arguments + ["--json", "-"])
        #expect(outcome.code == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: "))
        #expect(outcome.lastLine.contains(words), "\(outcome.lastLine)")
    }

    @Test(arguments: [
        ["d.csv"], ["d.csv", "--outcome", "Y"], ["d.csv", "--outcome", "Y", "--conditions", ""],
        ["d.csv", "--outcome", "Y", "--conditions", "A", "--incl-cut", "x"],
        ["d.csv", "--outcome", "Y", "--conditions", "A", "--incl-cut", "0.9,0.8,0.7"],
        ["d.csv", "--outcome", "Y", "--conditions", "A", "--calibration-scale", "logit2"],
        ["d.csv", "--outcome", "Y", "--conditions", "A", "--solutions", "simple"],
        ["d.csv", "--outcome", "Y", "--conditions", "A", "--max-models", "0"],
        ["d.csv", "--outcome", "Y", "--conditions", "A", "--half", "maybe"],
    ])
    func wrongUsageExitsWithTwo(arguments: [String]) throws {
        let outcome = try qca(arguments)
        #expect(outcome.code == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: "))
    }
}
