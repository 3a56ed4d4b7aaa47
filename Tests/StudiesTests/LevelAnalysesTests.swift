import Datasets
import Psychometrics
import Reporting
import Testing

@testable import Studies

/// The analyses that the study file and the command line share.
@Suite struct LevelAnalysesTests {
    /// The diary without every seventh row, so that leaders have four or five.
    private static func diary() throws -> Dataset {
        let all = try Dataset.read(path: TestFiles.path("diary.csv")).dataset
        return all.selectingRows((0..<all.rowCount).filter { $0 % 7 != 3 })
    }

    private static let codebook = Codebook(scales: [
        Codebook.Scale(name: "T", content: .items(["W", "Z"])),
        Codebook.Scale(name: "S", content: .items(["M", "X1"])),
    ])

    private static func scored() throws -> Dataset {
        let dataset = try diary()
        return try dataset.setting(try codebook.scaleMeans(of: dataset))
    }

    // R 4.2: lme4 1.1-31 (null model by REML), psych (statsBy, alpha) and multilevel (ICC1, ICC2) on the same rows.
    @Test func figuresAreThoseOfTheReference() throws {
        let data = try Self.scored()
        let analysis = try MultilevelAnalysis(
            data, variables: ["W", "T", "S", "M", "Y"], groups: RowGroups(data, by: ["firm", "leader"]),
            codebook: Self.codebook)
        let table = analysis.descriptives
        #expect(table.cases == 1119 && table.groups == 261)
        #expect(table.levelTwo.map(\.name) == ["W", "T"] && table.levelOne.map(\.name) == ["S", "M", "Y"])
        #expect(abs((table.levelOne[2].withinShare ?? .nan) - 0.842377534289) < 1e-6)
        #expect(abs((table.correlations.within[3][4] ?? .nan) - 0.295908783156) < 1e-10)
        #expect(abs((table.correlations.between[3][4] ?? .nan) - 0.433044067015) < 1e-10)
        let clustering = try #require(analysis.clustering.first { $0.variable == "Y" })
        #expect(abs((clustering.icc1 ?? .nan) - 0.157139641925) < 1e-9)
        #expect(analysis.clustering.map(\.variable) == ["S", "M", "Y"])
        // A scale of level 2 has the alpha of its 261 leaders, not that of the rows that repeat them (.0776).
        #expect(abs((table.levelTwo[1].diagonal ?? .nan) - 0.075118926019) < 1e-10)
        #expect(analysis.reliability.map(\.scale) == ["S"])
        #expect(abs((table.levelTwo[0].descriptives.standardDeviation ?? .nan) - 1) < 1e-6)
    }

    @Test func contractHasEveryPart() throws {
        let data = try Self.scored()
        let analysis = try MultilevelAnalysis(
            data, variables: ["W", "M", "Y"], groups: RowGroups(data, by: ["leader"]), diagonal: .none,
            correlations: .pooled)
        let document = analysis.contract
        #expect(document["analysis"] == "multilevel" && document["diagonal"] == "none")
        for member in ["n", "groups", "level2", "level1", "correlations", "pooled", "clustering", "reliability"] {
            #expect(document[member] != nil, "\(member)")
        }
        #expect(analysis.document.tables.count == 2)
    }

    @Test func declaredLevelTwoIsVerified() throws {
        let data = try Self.diary()
        let groups = try RowGroups(data, by: ["leader"])
        #expect(throws: MultilevelError.self) {
            try MultilevelAnalysis(data, variables: ["W", "M"], groups: groups, levelTwo: ["M"])
        }
        let analysis = try MultilevelAnalysis(data, variables: ["W", "Z", "M"], groups: groups, levelTwo: ["W"])
        #expect(analysis.descriptives.levelTwo.map(\.name) == ["W", "Z"])
    }

    @Test(arguments: [(["month", "leader"], "another value in each"), (["constant"], "in all rows")])
    func groupsThatAreNoneAreNamed(variables: [String], words: String) throws {
        let diary = try Self.diary()
        let data = try diary.setting(
            Column(name: "constant", numbers: [Double](repeating: 3, count: diary.rowCount)))
        let groups = try RowGroups(data, by: variables)
        let error = #expect(throws: AnalysisError.self) {
            try MultilevelAnalysis(data, variables: ["Y"], groups: groups)
        }
        #expect(error?.description.contains(words) == true)
    }

    // R: multilevel 2.7, rwg.j() with ranvar = 4.
    @Test func agreementIsThatOfTheReference() throws {
        var data = try Self.diary()
        for name in ["X1", "M", "Y"] {
            let answers = try data.column(name).numbers.map { min(7, max(1, ($0 + 4).rounded(.toNearestOrEven))) }
            data = try data.setting(Column(name: name, numbers: answers))
        }
        let codebook = Codebook(
            scales: [Codebook.Scale(name: "S", content: .items(["X1", "M", "Y"]))], responseRange: 1...7)
        data = try data.setting(try codebook.scaleMeans(of: data))
        let analysis = try AgreementAnalysis(
            data, scales: ["S"], codebook: codebook, groups: RowGroups(data, by: ["leader"]))
        #expect(abs(analysis.agreement[0].rwg.mean - 0.924653319320) < 1e-10)
        #expect(abs(analysis.agreement[0].rwg.median - 0.931578947368) < 1e-10)
        #expect(analysis.agreement[0].options == 7)
        #expect(analysis.contract["clustering"] != .array([]))
        #expect(analysis.document(byGroup: true).tables.count == analysis.document().tables.count + 1)
    }

    /// A person of several rows counts once, with the values of the first occasion.
    @Test func personsCountOnce() throws {
        let data = try Dataset(columns: [
            Column(name: "id", texts: ["a", "a", "b", "b", "c", "d", "e", "f"]),
            Column(name: "t", numbers: [2, 1, 1, 2, 1, 1, 1, 1]),
            Column(name: "kept", numbers: [1, 1, 1, 1, 0, 0, 1, .nan]),
            Column(name: "x", numbers: [9, 1, 2, 9, 4, 5, 3, 9]),
        ])
        let study = try AttritionStudy(data, status: "kept", kept: ["1"], persons: ["id"], occasion: "t")
        #expect(study.analysis.kept == 3 && study.analysis.lost == 2)
        #expect(study.analysis.means.map(\.variable) == ["x"])
        #expect(study.analysis.means[0].test.first.mean == 2)
        #expect(study.warnings.contains { $0.contains("lack kept") })
        let error = #expect(throws: AnalysisError.self) { try AttritionStudy(data, status: "kept", kept: ["yes"]) }
        #expect(error?.description.contains("0, 1") == true)
        #expect(throws: AnalysisError.self) { try AttritionStudy(data, status: "kept", kept: ["0", "1"]) }
    }
}
