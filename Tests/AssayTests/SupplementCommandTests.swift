import Foundation
import Testing

/// The further analyses of `assay qca` as scripts see them.
@Suite struct SupplementCommandTests {
    private let scratch: ScratchDirectory
    private var directory: URL { scratch.url }

    init() throws {
        scratch = try ScratchDirectory()
        // Lipset's democracies, crisp sets (data LC of the R package QCA 3.23), with made-up clusters and a raw variable.
        let rows = [
            "AU,1,0,1,1,0,0", "BE,1,1,1,1,1,1", "CZ,1,1,1,1,1,1", "EE,0,0,1,0,1,0", "FI,1,0,1,0,1,1", "FR,1,0,1,1,1,1",
            "DE,1,1,1,1,0,0", "GR,0,0,0,0,0,0", "HU,0,0,1,0,0,0", "IE,1,0,1,0,1,1", "IT,0,0,0,0,1,0", "NL,1,1,1,1,1,1",
            "PL,0,0,1,0,0,0", "PT,0,0,0,0,0,0", "RO,0,0,0,0,1,0", "ES,0,0,0,0,0,0", "SE,1,0,1,1,1,1", "UK,1,1,1,1,1,1",
        ]
        var csv = "case,DEV,URB,LIT,IND,STB,SURV,wave,raw\n"
        for (index, row) in rows.enumerated() { csv += "\(row),\(index % 3),\(index * index % 23)\n" }
        try csv.write(to: directory.appendingPathComponent("lc.csv"), atomically: true, encoding: .utf8)
    }

    private func qca(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun(
            ["qca", "lc.csv", "--outcome", "SURV", "--conditions", "DEV,URB,LIT,IND,STB", "--case-column", "case"]
                + arguments, in: directory)
    }

    @Test func everythingAtOnce() throws {
        let arguments = [
            "--dir-exp", "1,1,1,1,1", "--necessity-search", "--sufficiency-search", "--nca", "--permutations", "20",
            "--cases", "--counterfactuals", "--thresholds", "--sensitivity", "--stability", "10", "--test-set",
            "incl=.9", "--theory", "DEV*STB", "--cluster", "wave", "--chain",
        ]
        let figures = try qca(arguments + ["--json", "-", "--quiet"])
        #expect(figures.code == 0 && figures.errors.isEmpty)
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(figures.output.utf8)) as? [String: Any])
        for name in [
            "truth_table", "necessity", "solutions", "necessity_search", "sufficiency_search", "nca", "counterfactuals",
            "suggested_thresholds", "examined_model", "case_selection", "sensitivity", "stability", "robustness",
            "theory", "clusters", "cna", "causal_chain", "contradictory_assumptions", "excluded",
            "simultaneous_subsets", "negation",
        ] {
            #expect(json[name] != nil, "\(name)")
        }
        #expect((json["robustness"] as? [String: Any])?["RF_cov"] as? Double == 1)
        let text = try qca(arguments)
        #expect(text.code == 0)
        for title in ["Necessary conditions", "Selected cases", "Robustness", "Clusters", "Causal chains"] {
            #expect(text.output.contains(title), "\(title)")
        }
        #expect(try qca(arguments + ["--threads", "1"]).output == text.output)
    }

    @Test func suggestionsNeedNoAnalysis() throws {
        let found = try qca(["--suggest-cuts", "2", "--conditions", "raw"])
        #expect(found.code == 0)
        #expect(found.output.contains("Suggestions only") && !found.output.contains("Truth table"))
    }

    @Test(arguments: [
        ["--depth", "2"], ["--necessity-search", "--depth", "0"], ["--nec-incl", "2"], ["--nca", "--ceiling", "xx"],
        ["--permutations", "5"], ["--nca", "--nca-raw"], ["--nca", "--corner", "5"], ["--con", ".8"],
        ["--chain", "--cov", "2"], ["--chain", "--ordering", "A,<B"], ["--chain", "--strict-ordering"],
        ["--stability", "x"], ["--of", "best", "--cases"], ["--model", "0", "--cases"], ["--model", "2"],
        ["--unit", "case"], ["--test-set", "incl"], ["--suggest-cuts", "1"],
    ])
    func wrongUsageExitsWithTwo(arguments: [String]) throws {
        let outcome = try qca(arguments)
        #expect(outcome.code == 2 && outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: "))
    }

    @Test(arguments: [
        (["--cases", "--of", "intermediate"], "state what theory expects"),
        (["--cases", "--model", "7"], "no model 7"),
        (["--theory", "DEV*ZZ"], "no set `ZZ`"), (["--theory", "SURV"], "without the outcome itself"),
        (["--cluster", "zz"], "zz"), (["--test-set", "ZZ=e1,c2,i3"], "neither a cut"),
        (["--test-set", "n=12"], "lower the frequency cut"), (["--chain", "--ordering", "ZZ<DEV"], "no set `ZZ`"),
        (["--suggest-cuts", "50"], "different values"),
    ])
    func whatCannotBeDoneExitsWithOne(arguments: [String], message: String) throws {
        let outcome = try qca(arguments)
        #expect(outcome.code == 1 && outcome.output.isEmpty)
        #expect(outcome.lastLine.hasPrefix("error: ") && outcome.lastLine.contains(message))
    }
}
