import CZlib
import Testing

@testable import Datasets

@Suite struct WorkbookReadingTests {
    @Test func cellsOfEveryKind() throws {
        let read = try Dataset.read(path: fixture("survey.xlsx"))
        let data = read.dataset
        #expect(read.report.sheet == "数据" && read.report.format == .xlsx)
        #expect(data.names == ["id", "IL1", "text numbers", "born", "seen", "mixed", "rich", "ok"])
        #expect(data["id"]?.numbers == [1, 2, 3, 4])
        #expect(data["IL1"] == Column(name: "IL1", numbers: [5, .nan, .nan, 1.25]))
        let numbers = try data.column("text numbers")
        #expect(numbers.numbers[0] == 3 && numbers.numbers[1] == 4.5)
        #expect(numbers.missingReason(at: 2) == .system && numbers.missingReason(at: 3) == .notNumeric("#N/A"))
        #expect(data["born"]?.texts == ["1980-02-29", "1900-01-15", nil, "2024-12-31"])
        #expect(data["seen"]?.texts == ["2024-05-06T07:08:00", "1999-12-31T23:59:00", nil, nil])
        #expect(data["mixed"]?.texts == ["1", "2", "3a", "4"])
        #expect(data["rich"]?.texts == ["plain red end", "a <b> & \"c\"\nd", "_x0041_", " kept "])
        #expect(data["ok"]?.texts == ["TRUE", "FALSE", nil, "TRUE"])
        #expect(read.report.blockingCells == [DataCell(row: 3, column: "mixed", content: "3a")])
        #expect(read.report.remarks.contains { $0.contains("1 empty row") })
        #expect(read.report.remarks.contains { $0.contains("\"second\"") })
    }

    @Test func namedSheets() throws {
        let data = try Dataset.read(path: fixture("survey.xlsx"), options: ReadingOptions(sheet: "second")).dataset
        #expect(data["a"]?.numbers == [1, 3])
        #expect(data["b"] == Column(name: "b", numbers: [2, .nan]))
        #expect(
            datasetError { try Dataset.read(path: fixture("survey.xlsx"), options: ReadingOptions(sheet: "third")) }
                == .noSuchSheet(file: "survey.xlsx", name: "third", sheets: ["notes", "数据", "second"]))
    }

    @Test func serialDates() {
        let date = NumberFormat(id: 14, code: nil)
        #expect(date?.text(1, startsIn1904: false) == "1900-01-01")
        #expect(date?.text(59, startsIn1904: false) == "1900-02-28")
        #expect(date?.text(61, startsIn1904: false) == "1900-03-01")
        #expect(date?.text(45_292, startsIn1904: false) == "2024-01-01")
        #expect(date?.text(43_830, startsIn1904: true) == "2024-01-01")
        #expect(NumberFormat(id: 20, code: nil)?.text(0.75, startsIn1904: false) == "18:00:00")
        for code in ["General", "0.00", "#,##0 \"days\"", "[Red]0.0", "0.00E+00", "_d0", "\\d0"] {
            #expect(NumberFormat(id: 170, code: code) == nil, "\(code)")
        }
        for code in ["yyyy-mm-dd", "d/m/yy", "[$-804]yyyy\"年\"m\"月\"", "mmm"] {
            #expect(NumberFormat(id: 170, code: code)?.hasDate == true, "\(code)")
        }
        #expect(NumberFormat(id: 170, code: "[h]:mm")?.hasDate == false)
    }

    /// A workbook of one sheet with the given rows, its parts stored or deflated.
    private func workbook(_ rows: String, deflated: Bool = false) -> [UInt8] {
        let relations = { (type: String, target: String) in
            "<Relationships><Relationship Id=\"r1\" Type=\"x/\(type)\" Target=\"\(target)\"/></Relationships>"
        }
        return zip(
            [
                ("_rels/.rels", relations("officeDocument", "/xl/workbook.xml")),
                ("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"),
                ("xl/_rels/workbook.xml.rels", relations("worksheet", "sheet.xml")),
                (
                    "xl/sheet.xml",
                    "<?xml version=\"1.0\"?><!-- > --><worksheet><sheetData>\(rows)</sheetData></worksheet>"
                ),
            ].map { ($0.0, Array($0.1.utf8)) }, deflated: deflated)
    }

    private func zip(_ parts: [(String, [UInt8])], deflated: Bool) -> [UInt8] {
        func number(_ value: Int, _ width: Int) -> [UInt8] { (0..<width).map { UInt8(value >> (8 * $0) & 0xFF) } }
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in parts {
            let checksum = Int(crc32(0, content, UInt32(content.count)))
            var packed = content
            if deflated {
                var length = compressBound(UInt(content.count))
                packed = [UInt8](repeating: 0, count: Int(length))
                compress(&packed, &length, content, UInt(content.count))
                packed = Array(packed[2..<(Int(length) - 4)])
            }
            let sizes = number(checksum, 4) + number(packed.count, 4) + number(content.count, 4)
            let common = number(20, 2) + number(0, 2) + number(deflated ? 8 : 0, 2) + number(0, 4) + sizes
            let names = number(name.utf8.count, 2) + number(0, 2)
            directory += number(0x0201_4B50, 4) + number(20, 2) + common + names + number(0, 10)
            directory += number(bytes.count, 4) + Array(name.utf8)
            bytes += number(0x0403_4B50, 4) + common + names + Array(name.utf8) + packed
        }
        let end = number(0x0605_4B50, 4) + number(0, 4) + number(parts.count, 2) + number(parts.count, 2)
        return bytes + directory + end + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
    }

    private func read(_ rows: String, options: ReadingOptions = ReadingOptions()) throws -> ImportedDataset {
        try Dataset.read(bytes: workbook(rows), file: "x.xlsx", format: .xlsx, options: options)
    }

    @Test func inlineTextsAndCellsWithoutReference() throws {
        let data = try read(
            "<row><c t=\"inlineStr\"><is><r><t>a</t></r><r><t>&#98;</t></r><rPh><t>zz</t></rPh></is></c><c t='str'><v>c</v></c></row>"
                + "<x:row><x:c><x:v>1</x:v></x:c><x:c r=\"B2\"><x:v>2.5</x:v></x:c></x:row><row/><row><c/></row>"
        ).dataset
        #expect(data.names == ["ab", "c"])
        #expect(data["c"]?.numbers == [2.5])
    }

    @Test func escapedCharacters() {
        let bytes = Array("<t>_x0041_<![CDATA[<&amp;]]>&lt;&unknown;</t>".utf8)
        bytes.withUnsafeBufferPointer { buffer in
            var markup = MarkupScanner(buffer)
            var collector = TextCollector()
            while true {
                let event = markup.next()
                if event == .finished { break }
                collector.take(event, markup)
            }
            #expect(collector.text == "A<&amp;<&unknown;")
        }
    }

    @Test func faults() {
        let header = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>"
        for rows in [
            "", header, header + "<row r=\"2\"><c r=\"B2\"><v>1</v></c></row>",
            header + "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
            header + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>7</v></c></row>",
            header + "<row r=\"2\"><c r=\"ZZZ2\"><v>1</v></c></row>",
        ] {
            guard case .malformed? = datasetError({ try read(rows) }) else {
                Issue.record("no fault found in \(rows)")
                return
            }
        }
    }

    @Test func bombsAreCapped() {
        let row = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>"
        let bomb = workbook(row + String(repeating: " ", count: 3_000_000), deflated: true)
        #expect(bomb.count < 10_000)
        #expect(
            datasetError {
                try Dataset.read(
                    bytes: bomb, file: "x.xlsx", format: .xlsx, options: ReadingOptions(maximumBytes: 100_000))
            }.map { if case .tooLarge = $0 { true } else { false } } == true)
    }

    @Test func mutatedWorkbooksNeverCrash() throws {
        var random = SplitMix(state: 3)
        let rows =
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>b&amp;</t></is></c></row>"
            + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\" t=\"b\"><v>1</v></c></row>"
        let stored = workbook(rows)
        let packed = try contents(ofFile: fixture("survey.xlsx"), named: "survey.xlsx", limit: 1 << 20)
        for round in 0..<1500 {
            var bytes = round % 2 == 0 ? stored : packed
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                // Half of the blows fall on the list of contents at the end.
                let from = Bool.random(using: &random) ? 0 : bytes.count * 3 / 4
                let at = Int.random(in: from..<bytes.count, using: &random)
                bytes[at] = UInt8.random(in: 0...255, using: &random)
            }
            if round % 7 == 0 { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
            guard let read = try? Dataset.read(bytes: bytes, file: "x.xlsx", format: .xlsx) else { continue }
            #expect(read.dataset.columns.allSatisfy { $0.count == read.report.rowCount })
        }
        // Without the checksums in the way, the markup itself.
        let alphabet = Array("<>/\"'&;=rctv ".utf8)
        for _ in 0..<1500 {
            var text = Array(rows.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                text[Int.random(in: 0..<text.count, using: &random)] = alphabet.randomElement(using: &random) ?? 0
            }
            _ = try? read(String(decoding: text, as: UTF8.self))
        }
    }
}
