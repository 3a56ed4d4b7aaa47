import Testing

@testable import Reporting

@Suite struct RendererTests {
    @Test func escapesHTML() throws {
        let page = HTMLRenderer().render(try DocumentExample.document())
        #expect(page.contains("<h1>Inter-organizational learning &amp; innovation &lt;performance&gt;</h1>"))
        #expect(page.contains("学习 → EI | &lt;x&gt;"))
        #expect(!page.contains("<x>"))
    }

    @Test func writesPagesThatNeedNothingElse() throws {
        let page = HTMLRenderer().render(try DocumentExample.document())
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
        for forbidden in ["<script", "<link", "<img", " src=", "url(", "@import"] { #expect(!page.contains(forbidden)) }
        // The one address is the name of the SVG vocabulary.
        #expect(page.split(separator: "http").dropFirst().allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg") })
        // Apart from the two void elements of the head, the page is XML.
        let body = page.drop { $0 != "\n" }.split(separator: "\n").filter { !$0.hasPrefix("<meta") }
        #expect(WellFormedness.problem(in: body.joined(separator: "\n")) == nil)
    }

    @Test func writesTablesForScreenReaders() throws {
        let page = HTMLRenderer().render(try DocumentExample.document())
        #expect(page.contains("<th scope=\"rowgroup\" rowspan=\"4\">Inter-organizational learning</th>"))
        #expect(page.contains("<th scope=\"colgroup\" colspan=\"3\"><span>Unstandardized</span></th>"))
        #expect(page.contains("<caption><span class=\"number\">Table 2</span><span class=\"title\">Path Coefficients"))
        #expect(page.contains("role=\"img\" aria-label=\"Structural equation model\""))
        #expect(page.contains("<title>Structural equation model</title>\n<desc>IL → KM 0.64***;"))
    }

    @Test func givesEverySectionItsOwnAnchor() throws {
        let page = HTMLRenderer().render(try DocumentExample.document())
        for anchor in ["measurement", "items", "structural-model", "measurement-2"] {
            #expect(page.contains("<section id=\"\(anchor)\">"))
            #expect(page.contains("<a href=\"#\(anchor)\">"))
        }
        #expect(Anchors.slug("  H1 & <H2>: 学习!") == "h1-h2-学习")
        #expect(Anchors.slug("***") == "section")
    }

    /// Neither tables whose spans run out of bounds nor rows of the wrong length may break a renderer.
    @Test func survivesOddTables() {
        let table = Table(
            title: "Odd",
            spanners: [
                [.init("Over", columns: 1..<9), .init("Again", columns: 0..<3)], [.init("Out", columns: 7..<9)],
            ],
            columns: [.init("A"), .init("B")],
            rows: [
                .init([.continued, .continued, "too many"]), .init([]), .init([], role: .heading), .init([.continued]),
                .init([.number(.nan, .fixed(2)), .interval(nil, 1, .fixed(1))], indentation: 3),
            ])
        for document in [
            Document(title: "T", blocks: [.table(table)]),
            Document(title: "", blocks: [.table(Table(title: "", columns: []))]), Document(title: ""),
        ] {
            let page = HTMLRenderer().render(document)
            #expect(page.hasSuffix("</html>\n"))
            #expect(!MarkdownRenderer().render(document).text.isEmpty)
            #expect(PlainTextRenderer(width: 1).render(document).count > 1)
            #expect(CSVRenderer().render(document).count == document.tables.count)
        }
    }

    @Test func escapesMarkdown() throws {
        let output = MarkdownRenderer().render(try DocumentExample.document())
        #expect(output.text.contains(#"| &emsp;学习 → EI \| \<x\> | 12.190 | – | .200 | .020 | – |"#))
        #expect(output.text.contains(#"| .638\*\*\* | \[.53, .73\] |"#))
        #expect(output.text.contains(#"\**p* \< .05. \*\**p* \< .01. \*\*\**p* \< .001."#))
        #expect(output.attachments.map(\.name) == ["figure-1-structural-equation-model.svg"])
        #expect(output.text.contains("](figure-1-structural-equation-model.svg)"))
        #expect(MarkdownRenderer(hasFigures: false).render(try DocumentExample.document()).attachments.isEmpty)
    }

    /// Every row of a Markdown table has the same number of unescaped pipes.
    @Test func keepsPipesOutOfMarkdownCells() throws {
        var table = Table(title: "Pipes", columns: [.init("a|b"), .init("c")])
        table.rows = [.init(["x | y", "\(code: "a|b")"].map { Cell.text($0) }), .init([#"\|"#, "line\nbreak"])]
        let text = MarkdownRenderer().render(Document(title: "T", blocks: [.table(table)])).text
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count == 4)
        for row in rows {
            var pipes = 0
            var isEscaped = false
            for character in row {
                if character == "|" && !isEscaped { pipes += 1 }
                isEscaped = character == "\\" && !isEscaped
            }
            #expect(pipes == 3, "\(row)")
        }
    }

    @Test func quotesCSV() {
        #expect(CSVRenderer.field("plain") == "plain")
        #expect(CSVRenderer.field(#"a "b", c"#) == #""a ""b"", c""#)
        #expect(CSVRenderer.field("line\nbreak") == "\"line\nbreak\"")
        #expect(CSVRenderer.field("=~", isText: true) == "'=~")
        #expect(CSVRenderer.field("-1.5", isText: true) == "-1.5")
    }

    @Test func writesTidyCSV() throws {
        let document = try DocumentExample.document()
        let files = CSVRenderer().render(document)
        #expect(
            files.map(\.name) == [
                "table-1-results-of-the-reliability-analysis.csv", "table-2-path-coefficients.csv",
                "table-3-hypothesis-tests.csv",
            ])
        #expect(
            files[0].content.hasPrefix(
                "Latent variable,Dimension,Item,CITC,α if item deleted,Cronbach’s α\r\n"
                    + "Inter-organizational learning,Amount of knowledge exchange,IL1,.652,.740,.800\r\n"
                    + "Inter-organizational learning,Amount of knowledge exchange,IL2,.575,.765,.800\r\n"))
        #expect(files[1].content.contains("IL → EI,-0.190,0.097,.050,-.200*,\"[-.40, .00]\"\r\n"))
        let exact = CSVRenderer(figures: .exact).render(document)[1].content
        #expect(exact.contains("IL → EI,-0.19,0.097,0.0498,-0.2,\"[-0.401, -0.003]\"\r\n"))
    }

    @Test func alignsPlainText() throws {
        let table = Table(
            number: 1, title: "Means",
            columns: [.init("变量"), .init("M"), .init("b")],
            rows: [
                .init(["学习", .number(3.2, .fixed(2)), .estimate(0.64, .bounded(2), p: 0)]),
                .init(["innovation", .number(12.25, .fixed(2)), .estimate(-0.2, .bounded(2), p: 0.04)]),
            ])
        #expect(
            PlainTextRenderer().render(table) == """
                Table 1. Means
                ──────────────────────────
                变量          M       b
                ──────────────────────────
                学习         3.20   .64***
                innovation  12.25  -.20*
                ──────────────────────────

                """)
    }

    @Test func keepsPlainTextWithinItsWidth() throws {
        let text = PlainTextRenderer(width: 72).render(try DocumentExample.document())
        for line in text.split(separator: "\n") { #expect(TextMetrics.terminalColumns(line) <= 72, "\(line)") }
    }

    @Test func namesTablesInTheDocumentsLanguage() throws {
        var document = try DocumentExample.document()
        document.language = .simplifiedChinese
        let page = HTMLRenderer().render(document)
        #expect(page.contains("<html lang=\"zh-Hans\">"))
        #expect(page.contains("<span class=\"number\">表 1</span>"))
    }

    @Test func isDeterministic() throws {
        let (first, second) = (try DocumentExample.document(), try DocumentExample.document())
        #expect(first == second)
        #expect(HTMLRenderer().render(first) == HTMLRenderer().render(second))
    }

    @Test func joinsRunsOfText() {
        let text: RichText = "a\("b")\(emphasis: "M")\(emphasis: "SD") c\(sub: "1")\(super: "2")\(strong: "d")"
        #expect(text.runs.map(\.text) == ["ab", "MSD", " c", "1", "2", "d"])
        #expect(text.plainText == "abMSD c12d")
    }

    @Test func namesOfRowsHaveRoom() {
        func page(_ name: RichText) -> String {
            HTMLRenderer().render(
                Document(
                    title: "t",
                    blocks: [
                        .table(
                            Table(
                                title: "t", columns: [.init("Model"), .init("χ²")],
                                rows: [.init([.text(name), .number(1, .fixed(2))])]))
                    ]))
        }
        #expect(page("five factors, W+Z").contains("<th scope=\"col\" style=\"min-width:13ch\">Model</th>"))
        #expect(page("M1").contains("<th scope=\"col\">Model</th>"))
        #expect(page(RichText(String(repeating: "word ", count: 40))).contains("min-width:26ch"))
    }
}
