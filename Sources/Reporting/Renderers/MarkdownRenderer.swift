/// Writes a document as Markdown with GitHub's tables; figures become SVG files beside it.
public struct MarkdownRenderer: Sendable {
    /// A Markdown text and the files that it shows.
    public struct Output: Sendable, Equatable {
        /// The text.
        public var text: String
        /// The figures, as SVG files to be put beside the text.
        public var attachments: [Attachment]
    }

    /// Whether figures are written as files; else only their captions are.
    public var hasFigures: Bool

    /// Makes a renderer.
    public init(hasFigures: Bool = true) { self.hasFigures = hasFigures }

    /// The text and figures of a document.
    public func render(_ document: Document) -> Output {
        let files = Attachment.withUniqueNames(
            document.figures.map { figure in
                Attachment(
                    name: Attachment.name("figure", figure.number, figure.title, suffix: ".svg"),
                    content: figure.drawing.svgFile())
            })
        var page = MarkdownPage(language: document.language, figureNames: hasFigures ? files.map(\.name) : nil)
        page.write(document)
        return Output(text: page.text, attachments: hasFigures ? files : [])
    }
}

private struct MarkdownPage {
    let language: DocumentLanguage
    let figureNames: [String]?
    var text = ""
    var figureCount = 0

    init(language: DocumentLanguage, figureNames: [String]?) {
        self.language = language
        self.figureNames = figureNames
    }

    mutating func write(_ document: Document) {
        text += "# \(Self.markup(document.title))\n"
        if let subtitle = document.subtitle { text += "\n\(Self.markup(subtitle))\n" }
        for note in document.notes { text += "\n\(Self.markup(note))\n" }
        write(document.blocks)
        for section in document.sections { write(section, level: 2) }
    }

    private mutating func write(_ section: Document.Section, level: Int) {
        text += "\n\(String(repeating: "#", count: min(level, 6))) \(Self.markup(section.heading))\n"
        write(section.blocks)
        for child in section.sections { write(child, level: level + 1) }
    }

    private mutating func write(_ blocks: [Document.Block]) {
        for block in blocks {
            text += "\n"
            switch block {
            case .paragraph(let paragraph): text += Self.markup(paragraph) + "\n"
            case .list(let items, let ordered):
                for (index, item) in items.enumerated() {
                    text += (ordered ? "\(index + 1). " : "- ") + Self.markup(item) + "\n"
                }
            case .preformatted(let source):
                let fence = Self.fence(for: source)
                text += "\(fence)\n\(source)\(source.hasSuffix("\n") ? "" : "\n")\(fence)\n"
            case .table(let table): write(table)
            case .figure(let figure): write(figure)
            case .callout(let callout):
                let name = callout.kind == .warning ? language.warning : language.note
                text += "> **\(Self.escaped(name))** \(Self.markup(callout.text))\n"
            }
        }
    }

    private mutating func write(_ figure: Figure) {
        text += "**\(Self.escaped(language.label(language.figure, figure.number)))** "
        text += "\(Self.italic(figure.title))\n"
        if let figureNames, figureNames.indices.contains(figureCount) {
            text += "\n![\(Self.escaped(figure.drawing.title))](\(figureNames[figureCount]))\n"
        }
        figureCount += 1
        if let note = figure.note { text += "\n*\(Self.escaped(language.note))* \(Self.markup(note))\n" }
    }

    private mutating func write(_ table: Table) {
        if let number = table.number { text += "**\(Self.escaped(language.label(language.table, number)))** " }
        text += "\(Self.italic(table.title))\n\n"
        text += "| " + table.fullHeaders.map { Self.tableText(Self.escaped($0)) }.joined(separator: " | ") + " |\n"
        let rules = table.columns.enumerated().map { index, column in
            switch column.alignment {
            case .automatic: table.isNumeric(column: index) ? "---:" : ":---"
            case .leading: ":---"
            case .center: ":---:"
            }
        }
        text += "| " + rules.joined(separator: " | ") + " |\n"
        for (index, row) in table.rows.enumerated() {
            let cells = table.columns.indices.map { column -> String in
                if row.role == .heading {
                    let title = Self.tableText(Self.markup(table.cell(row: index, column: 0)))
                    return column == 0 && !title.isEmpty ? "**\(title)**" : ""
                }
                let content = Self.tableText(Self.markup(table.cell(row: index, column: column)))
                return column == 0 ? String(repeating: "&emsp;", count: row.indentation) + content : content
            }
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        write(table.notes)
    }

    private mutating func write(_ notes: Table.Notes) {
        if !notes.general.isEmpty {
            let general = notes.general.map(Self.markup).joined(separator: " ")
            text += "\n*\(Self.escaped(language.note))* \(general)\n"
        }
        if !notes.specific.isEmpty {
            let specific = notes.specific.map { "<sup>\(XML.text($0.marker))</sup> \(Self.markup($0.text))" }
            text += "\n\(specific.joined(separator: " "))\n"
        }
        if let probability = notes.probability { text += "\n\(Self.markup(probability))\n" }
    }

    private static func markup(_ cell: Cell) -> String {
        var content: String
        if case .text(let text) = cell.content {
            content = markup(text)
        } else {
            content = escaped(cell.value(minus: .typographic) + cell.stars)
        }
        if let marker = cell.marker { content += "<sup>\(XML.text(marker))</sup>" }
        return cell.isStrong && !content.isEmpty ? "**\(content)**" : content
    }

    private static func italic(_ text: RichText) -> String {
        // Within an italic title, emphasised words stand upright; Markdown has no such nesting, so they stay italic.
        text.isEmpty ? "" : "*\(escaped(text.plainText))*"
    }

    private static func markup(_ text: RichText) -> String {
        text.runs.map { run in
            switch run.style {
            case .plain: escaped(run.text)
            case .emphasis: delimited(run.text, by: "*")
            case .strong: delimited(run.text, by: "**")
            case .code: code(run.text)
            case .subscripted: "<sub>\(XML.text(run.text))</sub>"
            case .superscripted: "<sup>\(XML.text(run.text))</sup>"
            // Markdown has no sizes of type.
            case .small, .large: escaped(run.plainText)
            }
        }.joined()
    }

    /// Emphasis must touch its words, so spaces go outside the marks.
    private static func delimited(_ text: String, by mark: String) -> String {
        let leading = text.prefix { $0 == " " }
        let rest = text.dropFirst(leading.count)
        guard !rest.isEmpty else { return text }
        let trailing = rest.reversed().prefix { $0 == " " }.count
        return leading + mark + escaped(String(rest.dropLast(trailing))) + mark + rest.suffix(trailing)
    }

    private static func code(_ text: String) -> String {
        let fence = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
        let padding = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
        return fence + padding + text.split(separator: "\n").joined(separator: " ") + padding + fence
    }

    private static func fence(for source: String) -> String {
        String(repeating: "`", count: max(3, longestRun(of: "`", in: source) + 1))
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var current = 0
        for other in text {
            current = other == character ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }

    /// In tables a pipe would end the cell, and a line break the row.
    private static func tableText(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == "|" && !isEscaped { result.append("\\") }
            isEscaped = scalar == "\\" && !isEscaped
            if scalar == "\n" || scalar == "\r" { result.append(" ") } else { result.append(scalar) }
        }
        return String(result)
    }

    /// Text in which Markdown's own characters are taken literally.
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        var atStart = true
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "~", "|", "$":
                result.append("\\")
                result.append(scalar)
            case "#" where atStart, "+" where atStart, "-" where atStart:
                result.append("\\")
                result.append(scalar)
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "\n", "\r": result.append(" ")
            default: result.append(scalar)
            }
            atStart = false
        }
        return String(result)
    }
}
