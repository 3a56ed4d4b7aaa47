import Datasets
import PublicationAudit

extension StudyDecoder {
    private static let claimKeys = [
        "says", "place", "table", "column", "row", "rows", "all", "above", "below", "at least", "at most", "range",
        "from", "to", "printed", "equals", "p", "significant", "repeats",
    ]

    /// Reads what the text claims of the tables.
    mutating func claims(_ node: StudyNode, tables: [String]) -> [TextClaim] {
        guard case .list(let nodes, _) = node else {
            note("`claims` must be a list: begin each claim with `-`", at: node.place)
            return []
        }
        return nodes.compactMap { claim($0, tables: tables) }
    }

    private mutating func claim(_ node: StudyNode, tables: [String]) -> TextClaim? {
        guard let keys = map(node, known: Self.claimKeys, of: "a claim") else { return nil }
        guard let statement = statement(keys, tables: tables) else { return nil }
        var says = ""
        if let node = keys["says"] {
            says = text(node, "what the paper says")?.value ?? ""
        } else {
            note("a claim needs `says:`, the words of the paper", at: node.place)
        }
        let place = keys["place"].flatMap { text($0, "the place")?.value } ?? "Text"
        return TextClaim(says: says, place: place, statement: statement, line: node.place.line)
    }

    private mutating func statement(_ keys: StudyKeys, tables: [String]) -> TextClaim.Statement? {
        let forms = ["all", "range", "equals", "p", "significant", "repeats"].filter { keys[$0] != nil }
        guard forms.count == 1, let form = forms.first else {
            note(
                "a claim says one thing: `all:` a column with `above:`, `below:`, `at least:` or `at most:`; `range:` a column "
                    + "with `from:` and `to:`; `printed:` with `equals:` a formula; or `p:`, `significant:`, `repeats:` of a table",
                at: keys.place)
            return nil
        }
        if form == "equals" { return equation(keys) }
        guard let reference = reference(keys, form: form, tables: tables) else { return nil }
        func number(_ key: String, _ decoder: inout StudyDecoder) -> PrintedNumber? {
            guard let node = keys[key] else {
                decoder.note("a claim with `\(form):` needs `\(key):`", at: keys.place)
                return nil
            }
            return decoder.printedNumber(node, "`\(key)`")
        }
        switch form {
        case "all":
            let comparisons = TextClaim.Comparison.allCases.filter { keys[$0.rawValue] != nil }
            guard comparisons.count == 1, let comparison = comparisons.first else {
                note("a claim with `all:` needs one of `above:`, `below:`, `at least:`, `at most:`", at: keys.place)
                return nil
            }
            return number(comparison.rawValue, &self).map { .all(reference, comparison, $0) }
        case "range":
            guard let from = number("from", &self), let to = number("to", &self) else { return nil }
            return .range(reference, from: from, to: to)
        case "p": return number("p", &self).map { .probability(reference, $0) }
        case "significant":
            if case .text(let text)? = keys["significant"], ["yes", "true"].contains(text.text.lowercased()) {
                return .significant(reference, level: PrintedNumber(0.05, decimals: 2))
            }
            return number("significant", &self).map { .significant(reference, level: $0) }
        default: return number("repeats", &self).map { .repeats(reference, $0) }
        }
    }

    private mutating func equation(_ keys: StudyKeys) -> TextClaim.Statement? {
        guard let printed = keys["printed"], let formula = keys["equals"] else {
            note("a claim with `equals:` needs `printed:`, the figure as it stands in the text", at: keys.place)
            return nil
        }
        guard let number = printedNumber(printed, "`printed`"), let text = text(formula, "the formula") else {
            return nil
        }
        return .equals(number, ArithmeticExpression(text.value))
    }

    private mutating func reference(
        _ keys: StudyKeys, form: String, tables: [String]
    ) -> TextClaim.ColumnReference? {
        guard let node = keys["table"], let table = text(node, "the table") else {
            note("a claim with `\(form):` needs `table:`, one of \(StudyKeys.listed(tables))", at: keys.place)
            return nil
        }
        let word = StudyKeys.normalized(table.value)
        guard let name = tables.first(where: { StudyKeys.normalized($0) == word }) else {
            let nearest = nearestNames(to: table.value, among: tables).first
            note(
                "there is no table `\(table.value)`"
                    + (nearest.map { "; did you mean `\($0)`?" } ?? "; there are \(StudyKeys.listed(tables))"),
                at: table.place)
            return nil
        }
        var reference = TextClaim.ColumnReference(table: name)
        let columnKey = ["all", "range"].contains(form) ? form : "column"
        if let node = keys[columnKey] { reference.column = text(node, "the column")?.value }
        for key in ["row", "rows"] {
            if let node = keys[key] { reference.rows += names(node, "`\(key)`").map(\.value) }
        }
        return reference
    }
}
