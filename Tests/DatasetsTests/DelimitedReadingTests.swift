import Testing

@testable import Datasets

@Suite struct DelimitedReadingTests {
    @Test func numbersTextsAndMissing() throws {
        let read = try readText("a,b,c\n1,x,NA\n,NA,2.5\n-3e2,\"y, z\",\n")
        let data = read.dataset
        #expect(data.names == ["a", "b", "c"] && data.rowCount == 3)
        #expect(data["a"] == Column(name: "a", numbers: [1, .nan, -300]))
        #expect(data["b"] == Column(name: "b", texts: ["x", nil, "y, z"]))
        #expect(data["c"] == Column(name: "c", numbers: [.nan, 2.5, .nan]))
        #expect(read.report.delimiter == .comma && read.report.encoding == "UTF-8")
        #expect(read.report.rowCount == 3 && read.report.columnCount == 3 && read.report.remarks.isEmpty)
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func lineEnds(end: String) throws {
        let data = try readText(["a;b", "1;2", "3;4"].joined(separator: end)).dataset
        #expect(data["a"]?.numbers == [1, 3] && data["b"]?.numbers == [2, 4])
        #expect(try readText(["a;b", "1;2", "3;4", "", ""].joined(separator: end)).dataset == data)
    }

    @Test func quotedFields() throws {
        let data = try readText("\"a \"\"b\"\"\",\"c\"\r\n\"line 1\r\nline 2\",\"4\"\r\n\"\",\"5\"\r\n").dataset
        #expect(data.names == ["a \"b\"", "c"])
        #expect(data["a \"b\""]?.texts == ["line 1\r\nline 2", nil])
        #expect(data["c"]?.numbers == [4, 5])
    }

    @Test func delimitersAndDecimalMarksAreFoundOut() throws {
        let german = try readText("a;b\n1,5;2\n3;4,25\n")
        #expect(german.report.delimiter == .semicolon && german.report.decimalMark == .comma)
        #expect(german.dataset["a"]?.numbers == [1.5, 3] && german.dataset["b"]?.numbers == [2, 4.25])
        let tabs = try readText("a\tb\n1.5\t2\n", format: .tsv)
        #expect(tabs.report.delimiter == .tab && tabs.report.decimalMark == .point)
        #expect(try readText("sep=;\r\na;b,c\r\n1;2\r\n").dataset.names == ["a", "b,c"])
        // 1,234 may be a thousand here, so it is not guessed at.
        #expect(try readText("a\tb\n1,234\t2\n", format: .tsv).dataset["a"]?.isNumeric == false)
        let told = ReadingOptions(delimiter: .comma, decimalMark: .comma)
        #expect(try readText("a,b\n\"1,5\",2\n3,4\n", options: told).dataset["a"]?.numbers == [1.5, 3])
    }

    @Test func encodings() throws {
        let utf16 = "a,b\n1,交流\n".utf16
        let little: [UInt8] = [0xFF, 0xFE] + utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big: [UInt8] = [0xFE, 0xFF] + utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("a,b\n1,交流\n".utf8)
        // 交流 in GBK.
        let chinese: [UInt8] = Array("a,b\n1,".utf8) + [0xBD, 0xBB, 0xC1, 0xF7, 0x0A]
        for (bytes, encoding) in [
            (little, "UTF-16LE"), (big, "UTF-16BE"), (marked, "UTF-8"), (chinese, "GB18030"),
        ] {
            let read = try Dataset.read(bytes: bytes, file: "data.csv", format: .csv)
            #expect(read.dataset["a"]?.numbers == [1])
            #expect(read.dataset["b"]?.texts == ["交流"])
            #expect(read.report.encoding == encoding)
        }
        let western: [UInt8] = Array("a,b\n1,Z".utf8) + [0xFC] + Array("rich\n2,Gen".utf8) + [0xE8] + Array("ve\n".utf8)
        let read = try Dataset.read(bytes: western, file: "data.csv", format: .csv)
        #expect(read.dataset["b"]?.texts == ["Zürich", "Genève"])
        #expect(read.report.encoding == "windows-1252" && read.report.remarks.count == 1)
        let told = try Dataset.read(
            bytes: chinese, file: "data.csv", format: .csv, options: ReadingOptions(encoding: "GBK"))
        #expect(told.dataset["b"]?.texts == ["交流"] && told.report.remarks.isEmpty)
        #expect(
            datasetError { try readText("a\n1\n", options: ReadingOptions(encoding: "klingon")) }
                == .unknownEncoding(name: "klingon"))
        #expect(
            datasetError { try readText("a\n1\n", options: ReadingOptions(encoding: "UTF-8//IGNORE")) }
                == .unknownEncoding(name: "UTF-8//IGNORE"))
        #expect(
            datasetError {
                try Dataset.read(
                    bytes: chinese, file: "data.csv", format: .csv, options: ReadingOptions(encoding: "UTF-8"))
            } == .undecodable(file: "data.csv", encoding: "UTF-8", place: FilePlace(line: 2)))
    }

    @Test func blockingCellsAreListed() throws {
        let rows = (1...300).map { $0 % 100 == 0 ? "\($0)a,x" : "\($0),y" }
        let read = try readText("n,t\n" + rows.joined(separator: "\n"))
        #expect(read.dataset["n"]?.isNumeric == false)
        #expect(read.report.blockingCellCount == 3)
        #expect(
            read.report.blockingCells
                == [100, 200, 300].map {
                    DataCell(row: $0, line: $0 + 1, column: "n", content: "\($0)a")
                })
        #expect(read.report.remarks.count == 1)
        #expect(read.dataset["n"]?.texts[98] == "99" && read.dataset["n"]?.texts[99] == "100a")
    }

    private struct Fault: Sendable {
        var text: String
        var fault: FileFault
        var place: FilePlace
    }

    private static let faults = [
        Fault(text: "", fault: .emptyFile, place: FilePlace()),
        Fault(text: " \n\r\n", fault: .emptyFile, place: FilePlace()),
        Fault(text: "a,b\n", fault: .noDataRows, place: FilePlace()),
        Fault(text: "a,b\n1,2\n3\n", fault: .raggedRow, place: FilePlace(line: 3, row: 2)),
        Fault(text: "a,b\n\"x\ny\",2\n3,4,5\n", fault: .raggedRow, place: FilePlace(line: 4, row: 2)),
        Fault(
            text: "a,b\n1,2\n3,x\"y\n", fault: .strayQuote,
            place: FilePlace(line: 3, row: 2, column: 2, columnName: "b")),
        Fault(
            text: "a,b\n1,\"x\"y\n", fault: .strayQuote, place: FilePlace(line: 2, row: 1, column: 2, columnName: "b")),
        Fault(
            text: "a,b\n1,2\n\"3,\n4\n5\n", fault: .unterminatedQuote,
            place: FilePlace(line: 3, row: 2, column: 1, columnName: "a")),
        Fault(text: "a,b\n1,\0\n", fault: .nulByte, place: FilePlace(line: 2, row: 1, column: 2, columnName: "b")),
        Fault(text: "a,b,a\n1,2,3\n", fault: .duplicateName, place: FilePlace(line: 1, column: 3)),
        Fault(text: "a,,c\n1,2,3\n", fault: .emptyName, place: FilePlace(line: 1, column: 2)),
        Fault(
            text: "a,b,c\n1,2,3\n4,\"5\"6,7\n", fault: .strayQuote,
            place: FilePlace(line: 3, row: 2, column: 2, columnName: "b")),
    ]

    @Test(arguments: faults)
    private func faultsHaveTheirPlace(expected: Fault) throws {
        guard case .malformed("data.csv", let place, let fault, _, _)? = datasetError({ try readText(expected.text) })
        else {
            Issue.record("no fault found in \(expected.text)")
            return
        }
        #expect(fault == expected.fault && place == expected.place)
    }

    @Test func faultsReadWell() {
        #expect(
            datasetError { try readText("a,b\n1,2\n3\n") }?.description
                == "data.csv, line 3 (data row 2): the row has 1 field where the header has 2; "
                + "correct the row, or enclose a field that contains the delimiter in quotation marks")
    }

    @Test func whatIsSkippedIsReported() throws {
        let read = try readText("\"\",b,\n1,2,\n\n,,\n3,4,\n\n")
        #expect(read.dataset.names == ["X", "b"])
        #expect(read.dataset.rowCount == 3)
        #expect(read.report.remarks.count == 4)
        let single = try readText("a\n1\n\n3\n\n").dataset
        #expect(single["a"] == Column(name: "a", numbers: [1, .nan, 3]))
        let singleText = try readText("a\nx\n\ny\n").dataset
        #expect(singleText["a"] == Column(name: "a", texts: ["x", nil, "y"]))
    }

    @Test func missingStringsKeepTheirReason() throws {
        let options = ReadingOptions(missingStrings: ["NA", "-99", "refused"])
        let data = try readText("a,b\n-99,x\nrefused,-99\n3,NA\n", options: options).dataset
        #expect(data["a"]?.missingReason(at: 0) == .declared(.number(-99)))
        #expect(data["a"]?.missingReason(at: 1) == .declared(.text("refused")))
        #expect(data["a"]?.numbers[2] == 3)
        #expect(data["b"]?.missingReason(at: 2) == .system)
    }

    @Test func limits() throws {
        let options = ReadingOptions(maximumBytes: 3)
        #expect(
            datasetError { try readText("a\n1\n", options: options) } == .tooLarge(file: "data.csv", bytes: 4, limit: 3)
        )
        #expect(
            datasetError { try Dataset.read(path: fixture("survey.sav"), options: options) }
                == .tooLarge(file: "survey.sav", bytes: 4662, limit: 3))
        let wide = [UInt8](repeating: 0x2C, count: 200_000)
        guard
            case .malformed(_, _, .tooManyColumns, _, _)? = datasetError({
                try Dataset.read(bytes: wide, file: "data.csv", format: .csv)
            })
        else {
            Issue.record("too many columns were taken")
            return
        }
    }

    @Test func manyRowsCrossTheBlocks() throws {
        let rows = (0..<1000).map { "\($0),\(Double($0) / 8),t\($0)" }
        let data = try readText("a,b,c\n" + rows.joined(separator: "\n")).dataset
        #expect(data["a"]?.numbers == (0..<1000).map(Double.init))
        #expect(data["b"]?.numbers == (0..<1000).map { Double($0) / 8 })
        #expect(data["c"]?.texts.last == "t999")
    }

    @Test func formatsAreCheckedAgainstTheContent() {
        #expect(
            datasetError { try Dataset.read(path: "nowhere/data.sav") }
                == .unreadable(file: "data.sav", problem: "there is no such file"))
        #expect(
            datasetError { try Dataset.read(path: "data.docx") }
                == .unknownFormat(file: "data.docx", fileExtension: "docx"))
        guard
            case .formatMismatch(_, .sav, _)? = datasetError({
                try Dataset.read(bytes: Array("a,b\n1,2\n".utf8), file: "data.sav", format: .sav)
            })
        else {
            Issue.record("a text was taken for an SPSS file")
            return
        }
        guard
            case .formatMismatch(_, .csv, let found)? = datasetError({
                try Dataset.read(bytes: Array("$FL2@(#) SPSS".utf8), file: "data.csv", format: .csv)
            })
        else {
            Issue.record("an SPSS file was taken for text")
            return
        }
        #expect(found == "is an SPSS file; rename it to .sav")
    }

    @Test func mutatedTextNeverCrashes() {
        var random = SplitMix(state: 42)
        let seed = Array("id,name,\"q \"\"1\"\"\"\r\n1,\"a,\nb\",3.5\r\n2,,NA\r\n3,知识,1e5\n4;5,x,y\n".utf8)
        let alphabet: [UInt8] = [
            0x22, 0x2C, 0x3B, 0x09, 0x0A, 0x0D, 0x00, 0x2E, 0x31, 0x65, 0x2D, 0xFF, 0xEF, 0xD6, 0x80,
        ]
        for _ in 0..<4000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = alphabet.randomElement(using: &random) ?? 0
                case 1: bytes.remove(at: at)
                case 2: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: at)
                default: bytes.removeLast(bytes.count - at)
                }
            }
            guard let read = try? Dataset.read(bytes: bytes, file: "data.csv", format: .csv) else { continue }
            #expect(read.dataset.columns.allSatisfy { $0.count == read.report.rowCount })
            #expect(read.report.rowCount > 0)
        }
    }
}
