/// Writes a document as one HTML file that needs nothing else: styles and figures are inside, there are no scripts.
public struct HTMLRenderer: Sendable {
    /// Whether a table of contents is written.
    public var hasContents: Bool

    /// Makes a renderer.
    public init(hasContents: Bool = true) { self.hasContents = hasContents }

    /// The page of a document.
    public func render(_ document: Document) -> String {
        var page = HTMLPage(language: document.language)
        page.write(document, hasContents: hasContents)
        return page.text
    }
}

private struct HTMLPage {
    let language: DocumentLanguage
    var text = ""
    var anchors = Anchors()

    init(language: DocumentLanguage) { self.language = language }

    mutating func write(_ document: Document, hasContents: Bool) {
        text += "<!DOCTYPE html>\n<html lang=\"\(XML.attribute(language.tag))\">\n<head>\n<meta charset=\"utf-8\">\n"
        text += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        text += "<title>\(XML.text(document.title.plainText))</title>\n<style>\n\(HTMLStyle.sheet)</style>\n</head>\n"
        text += "<body>\n<header>\n<h1>\(HTMLPage.markup(document.title))</h1>\n"
        if let subtitle = document.subtitle { text += "<p class=\"subtitle\">\(HTMLPage.markup(subtitle))</p>\n" }
        for note in document.notes { text += "<p class=\"colophon\">\(HTMLPage.markup(note))</p>\n" }
        text += "</header>\n"
        let sections = anchors.resolve(document.sections)
        if hasContents, !sections.isEmpty {
            text +=
                "<nav aria-label=\"\(XML.attribute(language.contents))\">\n<h2>\(XML.text(language.contents))</h2>\n"
            writeContents(sections)
            text += "</nav>\n"
        }
        text += "<main>\n"
        write(document.blocks)
        for section in sections { write(section, level: 2) }
        text += "</main>\n</body>\n</html>\n"
    }

    private mutating func writeContents(_ sections: [Anchors.Section]) {
        text += "<ol>\n"
        for section in sections {
            text += "<li><a href=\"#\(XML.attribute(section.anchor))\">\(HTMLPage.markup(section.source.heading))</a>"
            if !section.sections.isEmpty {
                text += "\n"
                writeContents(section.sections)
            }
            text += "</li>\n"
        }
        text += "</ol>\n"
    }

    private mutating func write(_ section: Anchors.Section, level: Int) {
        let tag = "h\(min(level, 6))"
        text += "<section id=\"\(XML.attribute(section.anchor))\">\n"
        text += "<\(tag)>\(HTMLPage.markup(section.source.heading))</\(tag)>\n"
        write(section.source.blocks)
        for child in section.sections { write(child, level: level + 1) }
        text += "</section>\n"
    }

    private mutating func write(_ blocks: [Document.Block]) {
        for block in blocks {
            switch block {
            case .paragraph(let paragraph): text += "<p>\(HTMLPage.markup(paragraph))</p>\n"
            case .list(let items, let ordered):
                let tag = ordered ? "ol" : "ul"
                text += "<\(tag)>\n"
                for item in items { text += "<li>\(HTMLPage.markup(item))</li>\n" }
                text += "</\(tag)>\n"
            case .preformatted(let source): text += "<pre><code>\(XML.text(source))</code></pre>\n"
            case .table(let table): write(table)
            case .figure(let figure): write(figure)
            case .callout(let callout):
                let isWarning = callout.kind == .warning
                text += "<aside class=\"\(isWarning ? "warning" : "note")\">"
                text += "<p><strong>\(XML.text(isWarning ? language.warning : language.note))</strong> "
                text += "\(HTMLPage.markup(callout.text))</p></aside>\n"
            }
        }
    }

    private mutating func write(_ figure: Figure) {
        text += "<figure\(identifier("figure", figure.number))>\n"
        text += "<figcaption><span class=\"number\">\(XML.text(language.label(language.figure, figure.number)))</span>"
        text += "<span class=\"title\">\(HTMLPage.markup(figure.title))</span></figcaption>\n"
        // A drawing that would shrink beyond reading is scrolled instead; in print it fills the page.
        let kind = figure.drawing.width > 1600 ? "drawing wide" : "drawing"
        text += "<div class=\"\(kind)\">\n\(figure.drawing.svg())</div>\n"
        if let note = figure.note {
            text += "<p class=\"notes\"><em>\(XML.text(language.note))</em> \(HTMLPage.markup(note))</p>\n"
        }
        text += "</figure>\n"
    }

    private mutating func write(_ table: Table) {
        text += "<div class=\"table\"\(identifier("table", table.number))>\n"
        // Models side by side fit the page only in small type.
        text += table.columns.count > 8 && table.hasStackedErrors ? "<table class=\"dense\">" : "<table>"
        text += "\n<caption>"
        if let number = table.number {
            text += "<span class=\"number\">\(XML.text(language.label(language.table, number)))</span>"
        }
        text += "<span class=\"title\">\(HTMLPage.markup(table.title))</span></caption>\n<thead>\n"
        let columns = table.columns.indices.map { HTMLColumn(table, $0) }
        for level in table.spanners { writeSpanners(level, columnCount: columns.count) }
        text += "<tr>"
        for (column, layout) in zip(table.columns, columns) {
            text += "<th scope=\"col\"\(layout.attribute)\(layout.style)>\(HTMLPage.markup(column.header))</th>"
        }
        text += "</tr>\n</thead>\n<tbody>\n"
        for row in table.rows.indices { write(table, row: row, columns: columns) }
        text += "</tbody>\n</table>\n"
        write(table.notes)
        text += "</div>\n"
    }

    private mutating func writeSpanners(_ spanners: [Table.Spanner], columnCount: Int) {
        text += "<tr class=\"spanners\">"
        var column = 0
        for spanner in spanners.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
            let range = spanner.columns.clamped(to: column..<max(column, columnCount))
            guard !range.isEmpty else { continue }
            if range.lowerBound > column { text += "<td colspan=\"\(range.lowerBound - column)\"></td>" }
            text +=
                "<th scope=\"colgroup\" colspan=\"\(range.count)\"><span>\(HTMLPage.markup(spanner.title))</span></th>"
            column = range.upperBound
        }
        if column < columnCount { text += "<td colspan=\"\(columnCount - column)\"></td>" }
        text += "</tr>\n"
    }

    private mutating func write(_ table: Table, row index: Int, columns: [HTMLColumn]) {
        let row = table.rows[index]
        switch row.role {
        case .heading:
            let title = HTMLPage.markup(table.cell(row: index, column: 0))
            text +=
                "<tr class=\"heading\"><th scope=\"colgroup\" colspan=\"\(max(1, columns.count))\">\(title)</th></tr>\n"
            return
        case .total: text += "<tr class=\"total\">"
        case .body: text += "<tr>"
        }
        for (column, layout) in columns.enumerated() where !table.isCovered(row: index, column: column) {
            let cell = table.cell(row: index, column: column)
            let span = table.rowSpan(row: index, column: column)
            var attributes = layout.attribute
            if span > 1 { attributes += " rowspan=\"\(span)\"" }
            if column == 0, row.indentation > 0 { attributes += " style=\"padding-left:\(row.indentation * 2)em\"" }
            // The first column names its rows, so screen readers announce it with every figure.
            if column == 0, !cell.isNumeric {
                text += "<th scope=\"\(span > 1 ? "rowgroup" : "row")\"\(attributes)>\(HTMLPage.markup(cell))</th>"
            } else {
                text += "<td\(attributes)>\(layout.markup(cell))</td>"
            }
        }
        text += "</tr>\n"
    }

    private mutating func write(_ notes: Table.Notes) {
        guard !notes.isEmpty else { return }
        text += "<div class=\"notes\">\n"
        if !notes.general.isEmpty {
            let general = notes.general.map(HTMLPage.markup).joined(separator: " ")
            text += "<p><em>\(XML.text(language.note))</em> \(general)</p>\n"
        }
        if !notes.specific.isEmpty {
            let specific = notes.specific.map { "<sup>\(XML.text($0.marker))</sup> \(HTMLPage.markup($0.text))" }
            text += "<p>\(specific.joined(separator: " "))</p>\n"
        }
        if let probability = notes.probability { text += "<p>\(HTMLPage.markup(probability))</p>\n" }
        text += "</div>\n"
    }

    private func identifier(_ prefix: String, _ number: Int?) -> String {
        number.map { " id=\"\(prefix)-\($0)\"" } ?? ""
    }

    static func markup(_ text: RichText) -> String {
        text.runs.map { run in
            let content = XML.text(run.text)
            return switch run.style {
            case .plain: content
            case .emphasis: "<em>\(content)</em>"
            case .strong: "<strong>\(content)</strong>"
            case .code: "<code>\(content)</code>"
            case .subscripted: "<sub>\(content)</sub>"
            case .superscripted: "<sup>\(content)</sup>"
            case .small: "<small>\(content)</small>"
            case .large: "<span class=\"large\">\(content)</span>"
            }
        }.joined()
    }

    static func markup(_ cell: Cell) -> String {
        var content: String
        if case .text(let text) = cell.content {
            content = markup(text)
        } else {
            content = XML.text(cell.value(minus: .typographic) + cell.stars)
        }
        if let marker = cell.marker { content += "<sup>\(XML.text(marker))</sup>" }
        return cell.isStrong ? "<strong>\(content)</strong>" : content
    }
}

/// A column as HTML sets it: figures stand right-aligned in a box of one width in the middle of the column, their
/// stars hang to the right of it, and so the decimal points are below each other whatever the width of the head.
private struct HTMLColumn {
    let alignment: Table.Alignment
    let isNumeric: Bool
    let valueWidth: Int
    let starsWidth: Int
    /// The least width of the column of row names, in digits; a browser would break these at every blank to make room for
    /// figures, which then do not fit either.
    let nameWidth: Int

    init(_ table: Table, _ index: Int) {
        alignment = table.columns[index].alignment
        isNumeric = alignment == .automatic && table.isNumeric(column: index)
        let cells = table.rows.filter { $0.role != .heading && $0.cells.indices.contains(index) }.map {
            $0.cells[index]
        }
        let figures = cells.filter(\.isNumeric)
        valueWidth = figures.map { TextMetrics.terminalColumns($0.value(minus: .typographic)) }.max() ?? 0
        starsWidth = figures.map { $0.stars.count + ($0.marker?.count ?? 0) }.max() ?? 0
        let names = index == 0 && figures.isEmpty ? cells.map { $0.value(minus: .typographic) } : []
        // A letter of running text is narrower than a digit.
        nameWidth = min((names.map { TextMetrics.terminalColumns($0) }.max() ?? 0) * 4 / 5, Self.widestNames)
    }

    /// Longer names of rows are broken.
    private static let widestNames = 26

    var style: String { nameWidth > 12 ? " style=\"min-width:\(nameWidth)ch\"" : "" }

    var attribute: String { isNumeric || alignment == .center ? " class=\"c\"" : "" }

    func markup(_ cell: Cell) -> String {
        guard isNumeric, cell.isNumeric else { return HTMLPage.markup(cell) }
        let value = XML.text(cell.value(minus: .typographic))
        var content = "<span class=\"n\" style=\"min-width:\(valueWidth)ch\">\(value)</span>"
        if starsWidth > 0 {
            var stars = XML.text(cell.stars)
            if let marker = cell.marker { stars += "<sup>\(XML.text(marker))</sup>" }
            content += "<span class=\"s\" style=\"min-width:\(starsWidth)ch\">\(stars)</span>"
        }
        return cell.isStrong ? "<strong>\(content)</strong>" : content
    }
}
