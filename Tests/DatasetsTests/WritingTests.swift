import Foundation
import Testing

@testable import Datasets

@Suite struct WritingTests {
    private func sample() throws -> Dataset {
        try Dataset(
            columns: [
                Column(
                    name: "IL1", numbers: [1, 99, .nan, 0.1 + 0.2], label: "知识", measure: .ordinal,
                    valueLabels: [ValueLabel(code: .number(1), label: "never")],
                    declaredMissing: DeclaredMissing(codes: [.number(99)])),
                Column(
                    name: "IL2", numbers: [-1e-300, -5, 12_345_678_901, 2], measure: .scale,
                    declaredMissing: DeclaredMissing(codes: [.number(98)], ranges: [-9 ... -1])),
                Column(
                    name: "town", texts: ["a \"b\", c", nil, "北京\nx", "none"], label: "Town",
                    valueLabels: [ValueLabel(code: .text("none"), label: "not said")],
                    declaredMissing: DeclaredMissing(codes: [.text("none")])),
                Column(name: "long", texts: [String(repeating: "长", count: 200), "b", "c", "d"]),
            ], source: "survey.sav", label: "A survey", notes: ["a note"])
    }

    private func temporaryPath(_ name: String) -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString)-\(name)").path
    }

    @Test func commaSeparated() throws {
        let text = String(decoding: try sample().selecting(["IL1", "IL2", "town"]).commaSeparatedText(), as: UTF8.self)
        #expect(
            text == "IL1,IL2,town\r\n1,-1e-300,\"a \"\"b\"\", c\"\r\n,,\r\n,12345678901,\"北京\nx\"\r\n"
                + "0.30000000000000004,2,\r\n")
        let codes = String(decoding: try sample().selecting(["IL1"]).commaSeparatedText(missing: .codes), as: UTF8.self)
        #expect(codes == "IL1\r\n1\r\n99\r\nNA\r\n0.30000000000000004\r\n")
    }

    @Test func commaSeparatedReadsBack() throws {
        let data = try sample()
        let path = temporaryPath("data.csv")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try data.writeCSV(to: path)
        let read = try Dataset.read(path: path).dataset
        for name in data.names { #expect(read[name]?.texts == data[name]?.texts) }
    }

    @Test func systemFileReadsBack() throws {
        let data = try sample()
        let path = temporaryPath("data.sav")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try data.writeSAV(to: path)
        let read = try Dataset.read(path: path).dataset
        #expect(read.columns == data.columns)
        #expect(read.label == data.label && read.notes == data.notes)
        #expect(try data.systemFile() == data.systemFile())
    }

    @Test func writingReplacesWholeFilesOnly() throws {
        let path = temporaryPath("data.csv")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try sample().writeCSV(to: path)
        try sample().selecting(["IL1"]).writeCSV(to: path)
        #expect(try Dataset.read(path: path).dataset.names == ["IL1"])
        let siblings = try FileManager.default.contentsOfDirectory(
            atPath: FileManager.default.temporaryDirectory.path)
        let own = URL(fileURLWithPath: path).lastPathComponent
        #expect(!siblings.contains { $0.hasPrefix(own) && $0 != own })
        guard case .unwritable("x.csv", _)? = datasetError({ try sample().writeCSV(to: "/nowhere/at/all/x.csv") })
        else {
            Issue.record("a missing directory was not noticed")
            return
        }
    }

    @Test func whatSPSSDoesNotAllowIsSaid() throws {
        let name = try Dataset(columns: [Column(name: "1st", numbers: [1])])
        let codes = try Dataset(
            columns: [
                Column(
                    name: "x", numbers: [1],
                    declaredMissing: DeclaredMissing(codes: [.number(5), .number(6), .number(7), .number(8)]))
            ])
        for data in [name, codes] {
            guard case .unwritable? = datasetError({ try data.systemFile() }) else {
                Issue.record("written: \(data.names)")
                return
            }
        }
    }
}
