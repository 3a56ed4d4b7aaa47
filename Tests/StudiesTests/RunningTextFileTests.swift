import PublicationAudit
import Studies
import Testing

@Suite struct RunningTextFileTests {
    /// A Word document of two paragraphs, the second with a deleted revision, packed by Python 3 (zipfile).
    private static let document =
        "504b030414000000080000002100528fdd84a10000004101000011000000776f72642f646f63756d656e742e786d6c6d90510b82301080"
        + "ffcad8431484332188a5fb0d3e083d97bb40986eccb3d9bfcfb3cc125fbe3b8e6f77b74b83d4b6ec6a6890f5b5695a19321eb84a83bc59"
        + "fda4e8089e80aaa8d0402a2825fa916e615123d9ba6b0919771e5af00fe0ea02ec6ebb46b3bfe713f23154e25dcf3fe370cd45b54d4e3b"
        + "96b1244ae2fdb29d06f33587bc801e951be4e848ca549997fff5c9dc183cb3283eac7c524c3711f3d1d40b504b01021403140000000800"
        + "00002100528fdd84a100000041010000110000000000000000000000800100000000776f72642f646f63756d656e742e786d6c504b0506"
        + "00000000010001003f000000d00000000000"

    private func bytes(_ hexadecimal: String) -> [UInt8] {
        let digits = Array(hexadecimal.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0...($0 + 1)], as: UTF8.self), radix: 16)
        }
    }

    private func checks(_ text: RunningText) -> [AuditCheck] { Paper(runningText: [text]).audit().checks }

    @Test func aWordDocumentGivesItsParagraphs() throws {
        let text = try RunningText(contentsOf: "/papers/paper.docx", bytes: bytes(Self.document))
        #expect(text.name == "paper.docx")
        #expect(text.text == "Title\nWe found t(28) = 2.20, p < .01\n")
        #expect(checks(text).map(\.verdict) == [.notAttainable])
        #expect(checks(text).first?.place.row == "line 2")
    }

    @Test func aPageGivesItsTextWithTheLinesOfTheFile() throws {
        let page = """
            <!DOCTYPE html><html><head><style>p < .05 {}</style><title>A</title></head>
            <body><p class="a>b">We found <i>&chi;</i><sup>2</sup>(2, <em>N</em>&nbsp;=&#160;120) = 6.20,
            <i>p</i>&thinsp;=&thinsp;.045.</p><!-- t(28) = 2.20, p = .5 --><p>And <b>t</b>(28) =
            &minus;2.20, p &lt; .01, but p < .05 &amp; more.</p></body></html>
            """
        let text = try RunningText(contentsOf: "paper.html", bytes: Array(page.utf8))
        #expect(checks(text).map(\.verdict) == [.consistent, .notAttainable, .notCheckable])
        #expect(checks(text).map(\.place.row) == ["line 2", "line 3", "line 4"])
    }

    @Test func plainTextInOtherEncodingsIsRead() throws {
        // In windows-1252 0x96 is a dash; the file is no UTF-8.
        let latin = try RunningText(
            contentsOf: "paper.txt", bytes: Array("t(28) = ".utf8) + [0x96] + Array("2.20, p = .036".utf8))
        #expect(checks(latin).map(\.verdict) == [.consistent])
        let markdown = try RunningText(contentsOf: "paper.md", bytes: Array("*t*(28) = 2.20, *p* &lt; .05".utf8))
        #expect(checks(markdown).map(\.verdict) == [.consistent])
    }

    @Test func whatHoldsNoTextIsRefusedWithARemedy() {
        for (content, remedy) in [
            (Array("%PDF-1.7".utf8), "pdftotext"), ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], ".docx"),
            (Array("{\\rtf1".utf8), ".docx"),
            ([0x41, 0x00, 0x42], "plain text"), ([0x50, 0x4B, 0x03, 0x04, 0x00], "paper.bin"),
        ] {
            let error = #expect(throws: FileError.self) { try RunningText(contentsOf: "paper.bin", bytes: content) }
            #expect("\(error.map { "\($0)" } ?? "")".contains(remedy))
        }
    }

    @Test func damagedDocumentsAreRefusedOrRead() {
        let whole = bytes(Self.document)
        for place in stride(from: 4, to: whole.count, by: 3) {
            var damaged = whole
            damaged[place] ^= 0x5A
            _ = try? RunningText(contentsOf: "paper.docx", bytes: damaged)
            _ = try? RunningText(contentsOf: "paper.docx", bytes: Array(whole.prefix(place)))
        }
        for page in ["<", "<a", "<a b=\"", "<!--", "<script>", "&", "&#", "&#xFFFFFFFFF;", "</", "<p<p<p"] {
            _ = try? RunningText(contentsOf: "paper.html", bytes: Array(page.utf8))
        }
    }
}
