import Probability
import PublicationAudit

/// A slip of the kind that happens on the way from the output of a program to a printed table.
enum Slip: String, CaseIterable {
    case digit = "one digit wrong"
    case exchange = "two digits exchanged"
    case row = "figure of the next row"
    case star = "a star too many or too few"

    /// The table with one slip in one of its figures, and the column that it is in; `nil` if no figure of it can have such a slip.
    func planted(in table: TextTable, _ stream: inout RandomStream) -> (table: TextTable, column: String)? {
        var places: [(row: Int, column: Int)] = []
        for (row, cells) in table.rows.enumerated() {
            for column in cells.cells.indices.dropFirst() where candidate(cells.cells[column]) {
                places.append((row, column))
            }
        }
        while !places.isEmpty {
            let place = places.remove(at: stream.index(below: places.count))
            let old = table.rows[place.row].cells[place.column]
            let below = table.rows.dropFirst(place.row + 1).first?.cells[place.column] ?? ""
            guard let new = changed(old, below: below, &stream), new != old else { continue }
            var rows = table.rows
            var cells = rows[place.row].cells
            cells[place.column] = new
            rows[place.row] = TextTable.Row(cells, line: rows[place.row].line)
            return (TextTable(columns: table.columns, rows: rows), table.columns[place.column])
        }
        return nil
    }

    /// Whether a cell holds a figure that may have the slip.
    private func candidate(_ text: String) -> Bool {
        guard let cell = try? PrintedCell(text), cell.figure != nil else { return false }
        return self != .star || !cell.marks.isEmpty || cell.inParentheses != nil
    }

    private func changed(_ text: String, below: String, _ stream: inout RandomStream) -> String? {
        var characters = Array(text)
        let digits = characters.indices.filter { "0123456789".contains(characters[$0]) }
        switch self {
        case .digit:
            let place = digits[stream.index(below: digits.count)]
            let others = "0123456789".filter { $0 != characters[place] }
            characters[place] = Array(others)[stream.index(below: others.count)]
            return String(characters)
        case .exchange:
            let pairs = zip(digits, digits.dropFirst()).filter { characters[$0] != characters[$1] }
            guard !pairs.isEmpty else { return nil }
            let pair = pairs[stream.index(below: pairs.count)]
            characters.swapAt(pair.0, pair.1)
            return String(characters)
        case .row: return candidate(below) ? below : nil
        case .star:
            if let star = characters.firstIndex(of: "*") {
                characters.remove(at: star)
                return String(characters)
            }
            guard let last = digits.last(where: { place in !characters[..<place].contains("(") }) else { return nil }
            characters.insert("*", at: last + 1)
            return String(characters)
        }
    }
}
