import Probability
import PublicationAudit
import Testing

@Suite struct MeasurementTableTests {
    private func loadings(_ text: String) throws -> [AuditCheck] {
        try LoadingTable(PastedTable(name: "Table 3", text: TextTable(text, table: "Table 3"))).checks(in: Paper())
    }

    private func paths(_ text: String) throws -> [AuditCheck] {
        try PathTable(PastedTable(name: "Table 4", text: TextTable(text, table: "Table 4"))).checks(in: Paper())
    }

    @Test func allLoadingsOfAFactorMayStandInOneCell() throws {
        let found = try loadings(
            "Construct | Loadings | CR | AVE\nTrust | .76, .48, .70, .65, .75 | .804 | .457\nCare | .80 .80 | .78 | .70\n"
        )
        #expect(found.filter { $0.rule == .averageVariance }.map(\.verdict) == [.consistent, .notAttainable])
        #expect(found.filter { $0.rule == .compositeReliability }.map(\.verdict) == [.consistent, .consistent])
    }

    @Test func factorsMayBeHeadings() throws {
        let text = """
            | Item | Loading | α | CR | AVE |
            | Trust | | .80 | .804 | .457 |
            | T1 | .76 | | | |
            | T2 | .48 | | | |
            | T3 | .70 | | | |
            | T4 | .65 | | | |
            | T5 | .75 | | | |
            | Care | | .78 | .78 | .70 |
            | C1 | .80 | | | |
            | C2 | .80 | | | |
            """
        let found = try loadings(text)
        #expect(found.filter { $0.rule == .averageVariance }.map(\.verdict) == [.consistent, .notAttainable])
        #expect(found.filter { $0.rule == .averageVariance }.map(\.place.row) == ["Trust", "Care"])
        let table = try LoadingTable(PastedTable(name: "Table 3", text: TextTable(text, table: "Table 3")))
        let constructs = Paper(tables: [table]).audit().checks.filter { $0.rule == .alphaComposite }
        #expect(constructs.map(\.verdict) == [.consistent, .consistent])
    }

    @Test func missingLoadingsAreSaid() throws {
        let found = try loadings("| Item | Factor | Std | AVE |\n| a | A | .7 | .5 |\n| b | A | | |\n")
        #expect(found.first { $0.rule == .averageVariance }?.verdict == .notCheckable)
    }

    @Test func aHeywoodCaseIsUnusual() throws {
        let found = try loadings("Item | Factor | Std\na | A | 1.06\nb | A | .7\n")
        #expect(found.filter { $0.rule == .loadingRange }.map(\.verdict) == [.unusual, .consistent])
    }

    @Test func exchangedFiguresAreNamed() throws {
        let found = try loadings(
            "| Item | Factor | Std | AVE |\n| a | A | .90 | .36 |\n| b | A | .90 | |\n| c | B | .60 | .81 |\n| d | B | .60 | |\n"
        ).filter { $0.verdict.isFinding }
        #expect(found.count == 2)
        #expect(found.allSatisfy { $0.explanation.contains("the two may be exchanged") })
    }

    /// Random standardised loadings, printed with two decimals, and their CR and AVE with three, raise no alarm; signs do not matter.
    @Test func correctTablesRaiseNoAlarm() throws {
        var stream = RandomStream(seed: 9, stream: 5)
        for _ in 0..<100 {
            let k = 2 + stream.index(below: 7), sign = stream.index(below: 4) == 0 ? -1.0 : 1
            let values = (0..<k).map { _ in 0.3 + 0.65 * stream.uniform() }
            let sum = values.reduce(0, +), squares = values.reduce(0) { $0 + $1 * $1 }
            var lines = ["| Item | Factor | Std | CR | AVE |"]
            for (item, value) in values.enumerated() {
                let shown = item == k / 2
                let reliability = PrintedNumber(sum * sum / (sum * sum + Double(k) - squares), decimals: 3).text
                let variance = PrintedNumber(squares / Double(k), decimals: 3).text
                lines.append(
                    "| x\(item) | F | \(PrintedNumber(sign * value, decimals: 2).text) | \(shown ? reliability : "") | \(shown ? variance : "") |"
                )
            }
            let found = try loadings(lines.joined(separator: "\n")).filter { $0.verdict.isFinding }
            #expect(found.isEmpty, "\(found)")
        }
    }

    @Test func pathsAreRead() throws {
        let expected = StatedPath(outcome: "EI", predictor: "IC")
        for text in ["EI <-- IC", "EI <--- IC", "EI ← IC", "IC → EI", "IC --> EI", "IC -> EI", "IC—>EI"] {
            #expect(StatedPath(text) == expected, "\(text)")
        }
        for text in ["", "EI", "A <-> B", "A <- B <- C", "<-", "A ->", "↔"] {
            #expect(StatedPath(text) == nil, "\(text)")
        }
    }

    private let mediation = """
        Path | Estimate | S.E. | Std
        M <- X | 0.500 | 0.05 | 0.600
        Y <- M | 0.600 | 0.05 | 0.500
        Y <- X | 0.100 | 0.05 | 0.100
        """

    @Test func standardisedPathsFollowAlongAllRoutes() throws {
        // s(M)/s(X) = 5/6, s(Y)/s(M) = 6/5, so s(Y)/s(X) = 1.
        let found = try paths(mediation).filter { $0.rule == .pathCoherence }
        #expect(found.map(\.verdict) == [.consistent])
        let slip = try paths(mediation.replacing("0.05 | 0.100", with: "0.05 | 0.130"))
        let finding = try #require(slip.first { $0.verdict.isFinding })
        #expect(finding.rule == .pathCoherence && finding.place.row == "Y ← X")
        let sign = try paths(mediation.replacing("0.05 | 0.100", with: "0.05 | -0.100")).filter { $0.verdict.isFinding }
        #expect(sign.map(\.rule) == [.standardizedSign])
    }

    @Test func impliedVarianceBeyondOneIsFound() throws {
        let found = try paths(
            "Path | Std\nM <- X | .90\nY <- M | .80\nY <- X | .70\n"
        ).filter { $0.rule == .impliedVariance }
        #expect(found.map(\.verdict) == [.consistent, .unusual])
        // R² = .64 + .49 + 2 × .8 × .7 × .9 = 2.138.
        #expect(found[1].explanation.contains("2.1"))
    }

    @Test func circlesAndManyPathsEnd() throws {
        #expect(
            try paths("Path | B | Std\nA <- B | .5 | .5\nB <- A | .5 | .5\n").filter { $0.verdict.isFinding }.isEmpty)
        var lines = ["Path | B | Std"]
        for a in 0..<12 { for b in 0..<a { lines.append("V\(a) <- V\(b) | .05 | .05") } }
        #expect(try !paths(lines.joined(separator: "\n")).contains { $0.verdict.isFinding })
    }

    @Test func requirementsAreFoundUnderTheirNames() throws {
        let fit = try OtherTable(
            PastedTable(name: "Table 2", text: TextTable("Index | Value\nCFI | .95\nRMSEA | .05\n", table: "Table 2")))
        let paper = Paper(tables: [fit], designs: [.sem], alsoReported: ["tli", "Chi-square", "df"])
        let missing = paper.audit().findings.map(\.printed)
        #expect(!missing.contains("CFI") && !missing.contains("RMSEA") && !missing.contains("TLI"))
        #expect(!missing.contains("chi-square") && !missing.contains("degrees of freedom"))
        #expect(missing.contains("SRMR") && missing.contains("discriminant validity"))
        #expect(Paper(designs: []).audit().checks.isEmpty)
        var mentioned = paper
        mentioned.runningText = [RunningText(name: "Results", text: "The fit was good (SRMR below .08).")]
        let check = mentioned.audit().checks.first { $0.printed == "SRMR" }
        #expect(check?.verdict == .notCheckable && check?.explanation.contains("Results") == true)
    }
}
