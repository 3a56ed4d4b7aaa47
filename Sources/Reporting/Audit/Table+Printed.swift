public import PublicationAudit

extension Table {
    /// The table as a reader would type it: the text of each cell as printed, labels repeated in the rows that they hold for.
    ///
    /// - Parameter decimals: How many decimals figures get; `nil` for those of the table.
    public func printed(decimals: Int? = nil) -> TextTable {
        var above = [String](repeating: "", count: columns.count)
        var texts: [TextTable.Row] = []
        for index in rows.indices {
            let cells = columns.indices.map { column -> String in
                let cell = self.cell(row: index, column: column)
                guard isCovered(row: index, column: column) else {
                    let text = cell.printed(decimals: decimals)
                    above[column] = cell.isNumeric ? "" : text
                    return text
                }
                return above[column]
            }
            texts.append(TextTable.Row(cells, line: index + 2))
        }
        return TextTable(columns: fullHeaders, rows: texts)
    }
}

extension Cell {
    /// The text of a cell, with another number of decimals than its own.
    fileprivate func printed(decimals: Int?) -> String {
        guard let decimals else { return value(minus: .hyphen) + stars }
        let content: Content =
            switch content {
            case .number(let value, let format): .number(value, format.with(decimals))
            case .estimate(let value, let format, let stars): .estimate(value, format.with(decimals), stars: stars)
            case .paired(let value, let format, let stars, let other, let otherFormat):
                .paired(value, format.with(decimals), stars: stars, other, otherFormat.with(decimals))
            case .parenthesised(let value, let format): .parenthesised(value, format.with(decimals))
            case .interval(let lower, let upper, let format):
                .interval(lower: lower, upper: upper, format.with(decimals))
            case .empty, .continued, .text: content
            }
        return Cell(content).printed(decimals: nil)
    }
}

extension NumberFormat {
    /// The format with another number of decimals; whole numbers and probabilities stay as they are.
    fileprivate func with(_ decimals: Int) -> NumberFormat {
        switch self {
        case .fixed: .fixed(decimals)
        case .bounded: .bounded(decimals)
        case .percent: .percent(max(decimals - 2, 0))
        case .integer, .probability: self
        }
    }
}
