/// A table laid out in the columns of a terminal.
struct PlainTextGrid {
    /// Stands for a thin line between rows.
    static let ruleLine = "\u{0}"

    private(set) var header: [String] = []
    private(set) var body: [String] = []
    private(set) var width = 0

    private let gap = "  "

    init(_ table: Table, width limit: Int) {
        let columns = table.columns.indices.map { PlainTextColumn(table, $0) }
        let widths = Self.widened(
            Self.widths(columns, gap: gap.count, limit: limit), for: table.spanners, gap: gap.count)
        width = widths.reduce(0, +) + gap.count * max(0, widths.count - 1)
        for level in table.spanners { header += spannerLines(level, widths) }
        header += join(
            zip(columns, widths).map { column, width in
                Self.wrapped(column.header, width: width).map { column.pad(header: $0, to: width) }
            }, widths)
        for (index, row) in table.rows.enumerated() {
            switch row.role {
            case .heading:
                body += Self.wrapped(table.cell(row: index, column: 0).value(minus: .hyphen), width: max(20, width))
                continue
            case .total: body.append(Self.ruleLine)
            case .body: break
            }
            body += join(
                zip(columns, widths).enumerated().map { position, layout in
                    let (column, width) = layout
                    let cell = table.cell(row: index, column: position)
                    let indentation = position == 0 ? 2 * row.indentation : 0
                    return column.lines(cell, width: width, indentation: indentation)
                }, widths)
        }
    }

    /// The natural widths, or, when they do not fit, with the widest columns of words narrowed.
    private static func widths(_ columns: [PlainTextColumn], gap: Int, limit: Int) -> [Int] {
        var widths = columns.map(\.naturalWidth)
        var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) - limit
        while excess > 0 {
            let candidates = columns.indices.filter { widths[$0] > columns[$0].minimalWidth }
            guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
            let second = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let target = max(
                columns[widest].minimalWidth, min(widths[widest] - 1, max(second, widths[widest] - excess)))
            excess -= widths[widest] - target
            widths[widest] = target
        }
        return widths
    }

    /// Makes room for the longest word of each spanner.
    private static func widened(_ widths: [Int], for spanners: [[Table.Spanner]], gap: Int) -> [Int] {
        var widths = widths
        for spanner in spanners.joined() {
            let range = spanner.columns.clamped(to: widths.indices)
            guard let last = range.last else { continue }
            let words = spanner.title.plainText.split(separator: " ").map { TextMetrics.terminalColumns(String($0)) }
            let span = widths[range].reduce(0, +) + gap * (range.count - 1)
            widths[last] += max(0, (words.max() ?? 0) - span)
        }
        return widths
    }

    private func spannerLines(_ spanners: [Table.Spanner], _ widths: [Int]) -> [String] {
        var titles: [(before: Int, lines: [String], span: Int)] = []
        var rules = ""
        var column = 0
        for spanner in spanners.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
            let range = spanner.columns.clamped(to: column..<max(column, widths.count))
            guard !range.isEmpty else { continue }
            let before = widths[column..<range.lowerBound].reduce(0) { $0 + $1 + gap.count }
            let span = widths[range].reduce(0, +) + gap.count * (range.count - 1)
            titles.append((before, Self.wrapped(spanner.title.plainText, width: max(1, span)), span))
            let between = range.upperBound == widths.count ? "" : gap
            rules += String(repeating: " ", count: before) + String(repeating: "─", count: span) + between
            column = range.upperBound
        }
        let height = titles.map(\.lines.count).max() ?? 0
        // Short titles stand on the line above the rule.
        let lines = (0..<height).map { line in
            titles.map { title in
                let index = line - (height - title.lines.count)
                let text = index >= 0 ? title.lines[index] : ""
                return String(repeating: " ", count: title.before) + Self.centered(text, title.span)
            }.joined(separator: gap)
        }
        return (lines + [rules]).map(Self.trimmed)
    }

    private func join(_ cells: [[String]], _ widths: [Int]) -> [String] {
        let height = cells.map(\.count).max() ?? 0
        return (0..<height).map { line in
            let parts = zip(cells, widths).map { cell, width in
                let text = line < cell.count ? cell[line] : ""
                return text + String(repeating: " ", count: max(0, width - TextMetrics.terminalColumns(text)))
            }
            return Self.trimmed(parts.joined(separator: gap))
        }
    }

    static func centered(_ text: String, _ width: Int) -> String {
        let space = max(0, width - TextMetrics.terminalColumns(text))
        return String(repeating: " ", count: space / 2) + text + String(repeating: " ", count: space - space / 2)
    }

    static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// The text in lines of at most so many columns; words longer than a line are cut.
    static func wrapped(_ text: String, width: Int) -> [String] {
        let width = max(1, width)
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            var used = 0
            for piece in TextMetrics.pieces(of: String(paragraph)) {
                let columns = TextMetrics.terminalColumns(trimmed(piece))
                if used > 0, used + columns > width {
                    lines.append(trimmed(line))
                    line = ""
                    used = 0
                }
                for character in piece {
                    let columns = TextMetrics.terminalColumns(String(character))
                    if used > 0, used + columns > width, character != " " {
                        lines.append(trimmed(line))
                        line = ""
                        used = 0
                    }
                    line.append(character)
                    used += columns
                }
            }
            lines.append(trimmed(line))
        }
        return lines
    }
}

/// One column: figures are aligned on their decimal point, stars hang behind.
private struct PlainTextColumn {
    let header: String
    let isNumeric: Bool
    let isCentered: Bool
    let integerWidth: Int
    let fractionWidth: Int
    let naturalWidth: Int
    let minimalWidth: Int

    init(_ table: Table, _ index: Int) {
        header = table.columns[index].header.plainText
        isNumeric = table.columns[index].alignment == .automatic && table.isNumeric(column: index)
        isCentered = table.columns[index].alignment == .center
        var integer = 0
        var fraction = 0
        var words = 0
        var longestWord = 0
        for row in table.rows where row.role != .heading && row.cells.indices.contains(index) {
            let cell = row.cells[index]
            if isNumeric, cell.isNumeric {
                let parts = Self.parts(cell)
                integer = max(integer, TextMetrics.terminalColumns(parts.integer))
                fraction = max(fraction, TextMetrics.terminalColumns(parts.fraction))
            } else {
                let indentation = index == 0 ? 2 * row.indentation : 0
                let text = Self.text(cell)
                words = max(words, TextMetrics.terminalColumns(text) + indentation)
                let pieces = TextMetrics.pieces(of: text).map { TextMetrics.terminalColumns(PlainTextGrid.trimmed($0)) }
                longestWord = max(longestWord, (pieces.max() ?? 0) + indentation)
            }
        }
        let headWords = TextMetrics.pieces(of: header).map { TextMetrics.terminalColumns(PlainTextGrid.trimmed($0)) }
        integerWidth = integer
        fractionWidth = fraction
        naturalWidth = max(TextMetrics.terminalColumns(header), words, integer + fraction, 1)
        minimalWidth = max(headWords.max() ?? 0, integer + fraction, min(max(longestWord, 8), 24), 1)
    }

    func pad(header line: String, to width: Int) -> String {
        isNumeric || isCentered ? PlainTextGrid.centered(line, width) : line
    }

    func lines(_ cell: Cell, width: Int, indentation: Int) -> [String] {
        if isNumeric, cell.isNumeric {
            let parts = Self.parts(cell)
            let before = String(repeating: " ", count: integerWidth - TextMetrics.terminalColumns(parts.integer))
            let after = String(repeating: " ", count: fractionWidth - TextMetrics.terminalColumns(parts.fraction))
            return [PlainTextGrid.centered(before + parts.integer + parts.fraction + after, width)]
        }
        let space = String(repeating: " ", count: indentation)
        return PlainTextGrid.wrapped(Self.text(cell), width: width - indentation).map {
            isCentered || isNumeric ? PlainTextGrid.centered(space + $0, width) : space + $0
        }
    }

    private static func text(_ cell: Cell) -> String { cell.value(minus: .hyphen) + cell.stars + (cell.marker ?? "") }

    /// What stands before and from the decimal point on; whole numbers and intervals have no fraction.
    private static func parts(_ cell: Cell) -> (integer: String, fraction: String) {
        let value = cell.value(minus: .hyphen)
        let suffix = cell.stars + (cell.marker ?? "")
        if case .interval = cell.content { return (value, suffix) }
        guard let point = value.lastIndex(of: ".") else { return (value, suffix) }
        return (String(value[..<point]), String(value[point...]) + suffix)
    }
}
