import LinearAlgebra
import Testing

@testable import Datasets

@Suite struct DatasetTests {
    private func sample() throws -> Dataset {
        try Dataset(
            columns: [
                Column(name: "IL1", numbers: [1, 2, .nan, 4]), Column(name: "IL2", numbers: [5, .nan, 7, 8]),
                Column(name: "industry", texts: ["3", "IT", nil, "food"]),
            ], source: "survey.csv")
    }

    @Test func unknownNamesAreAnsweredWithTheNearest() throws {
        let data = try sample()
        let error = datasetError { try data.column("il1") }
        #expect(error == .noSuchColumn(name: "il1", source: "survey.csv", nearest: ["IL1", "IL2"]))
        #expect(
            error?.description == "there is no variable \"il1\" in survey.csv; did you mean \"IL1\" or \"IL2\"?")
        #expect(nearestNames(to: "indsutry", among: data.names) == ["industry"])
        #expect(nearestNames(to: "wholly different", among: data.names).isEmpty)
    }

    @Test func listwiseKeepsCompleteRows() throws {
        let table = try sample().numericMatrix(["IL2", "IL1"])
        #expect(table.rowIndices == [0, 3])
        #expect(table.matrix.rowArrays == [[5, 1], [8, 4]])
        #expect(table.names == ["IL2", "IL1"])
    }

    @Test func keepingLeavesNaN() throws {
        let table = try sample().numericMatrix(["IL1", "IL2"], missing: .keep)
        #expect(table.matrix.rows == 4 && table.matrix.columns == 2)
        #expect(table.matrix[2, 0].isNaN && table.matrix[1, 1].isNaN && table.matrix[3, 1] == 8)
    }

    @Test func textColumnsAreRefusedWithTheirFirstText() throws {
        let data = try sample()
        #expect(
            datasetError { try data.numericMatrix(["IL1", "industry"]) }
                == .textColumn(name: "industry", row: 2, content: "IT"))
    }

    @Test func columnsMustFit() throws {
        #expect(
            datasetError { try Dataset(columns: [Column(name: "a", numbers: [1]), Column(name: "a", numbers: [1])]) }
                == .duplicateColumn(name: "a"))
        #expect(
            datasetError { try Dataset(columns: [Column(name: "a", numbers: [1]), Column(name: "b", numbers: [])]) }
                == .unequalLengths(name: "b", rows: 0, expected: 1))
        let data = try sample().setting(Column(name: "IL1", numbers: [0, 0, 0, 0]))
        #expect(data.names == ["IL1", "IL2", "industry"])
        #expect(data["IL1"]?.numbers == [0, 0, 0, 0])
        #expect(try data.selecting(["industry", "IL1"]).names == ["industry", "IL1"])
        #expect(data.selectingRows([3]).rowCount == 1)
    }
}
