/// Writes a document for a terminal: aligned columns, three lines per table, no boxes. Figures appear by their captions.
public struct PlainTextRenderer: Sendable {
    /// How many columns a line may take. Tables keep their figures whole and break words only.
    public var width: Int

    /// Makes a renderer.
    public init(width: Int = 100) { self.width = max(20, width) }

    /// The text of a document.
    public func render(_ document: Document) -> String {
        var text = ""
        let title = document.title.plainText
        text += "\(title)\n\(rule("=", min(width, TextMetrics.terminalColumns(title))))\n"
        if let subtitle = document.subtitle { text += paragraph(subtitle.plainText) }
        for note in document.notes { text += paragraph(note.plainText) }
        for block in document.blocks { text += "\n" + render(block, document.language) }
        for section in document.sections { text += render(section, number: [], document.language) }
        return text
    }

    /// The text of a table, with caption and notes.
    public func render(_ table: Table, language: DocumentLanguage = .english) -> String {
        var text = paragraph(
            table.number.map { language.label(language.table, $0) + ". " + table.title.plainText }
                ?? table.title.plainText)
        let grid = PlainTextGrid(table, width: width)
        text += rule("─", grid.width) + "\n"
        for line in grid.header { text += line + "\n" }
        text += rule("─", grid.width) + "\n"
        for line in grid.body { text += (line == PlainTextGrid.ruleLine ? rule("─", grid.width) : line) + "\n" }
        text += rule("─", grid.width) + "\n"
        if !table.notes.general.isEmpty {
            text += paragraph(language.note + " " + table.notes.general.map(\.plainText).joined(separator: " "))
        }
        for note in table.notes.specific { text += paragraph("\(note.marker) \(note.text.plainText)") }
        if let probability = table.notes.probability { text += paragraph(probability.plainText) }
        return text
    }

    private func render(_ section: Document.Section, number: [Int], _ language: DocumentLanguage) -> String {
        let heading = section.heading.plainText
        let line = rule(number.isEmpty ? "=" : "-", min(width, TextMetrics.terminalColumns(heading)))
        var text = "\n\(heading)\n\(line)\n"
        for block in section.blocks { text += "\n" + render(block, language) }
        for (index, child) in section.sections.enumerated() {
            text += render(child, number: number + [index + 1], language)
        }
        return text
    }

    private func render(_ block: Document.Block, _ language: DocumentLanguage) -> String {
        switch block {
        case .paragraph(let text): return paragraph(text.plainText)
        case .list(let items, let ordered):
            return items.enumerated().map { index, item in
                paragraph(item.plainText, first: ordered ? "\(index + 1). " : "- ", rest: ordered ? "   " : "  ")
            }.joined()
        case .preformatted(let source):
            return source.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
        case .table(let table): return render(table, language: language)
        case .figure(let figure):
            var text = paragraph(language.label(language.figure, figure.number) + ". " + figure.title.plainText)
            if let note = figure.note { text += paragraph(language.note + " " + note.plainText) }
            return text
        case .callout(let callout):
            let name = callout.kind == .warning ? language.warning : language.note
            return paragraph(name + " " + callout.text.plainText, first: "! ", rest: "  ")
        }
    }

    private func rule(_ character: String, _ count: Int) -> String { String(repeating: character, count: count) }

    private func paragraph(_ text: String, first: String = "", rest: String = "") -> String {
        let lines = PlainTextGrid.wrapped(text, width: width - TextMetrics.terminalColumns(rest))
        return lines.enumerated().map { ($0 == 0 ? first : rest) + $1 + "\n" }.joined()
    }
}
