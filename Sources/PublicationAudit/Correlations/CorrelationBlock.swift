/// The correlations of one sample in a published table.
struct CorrelationBlock: Sendable {
    /// A variable with what the table prints of it besides its correlations.
    struct Variable: Sendable {
        var name: String
        var mean: PrintedNumber?
        var standardDeviation: PrintedNumber?
        var alpha: PrintedNumber?
        var ave: PrintedNumber?
        /// The square root of AVE, where the diagonal holds that.
        var rootAVE: PrintedNumber?
        var icc: PrintedNumber?
        var vif: PrintedNumber?
    }

    /// A correlation of the variables at two places.
    struct Entry: Sendable {
        let first: Int
        let second: Int
        let r: PrintedNumber
        let marks: String
        let place: PaperPlace
    }

    /// The sample as the table names it; `nil` for the paper's.
    let sample: String?
    /// Whether nothing says which sample it is: what stands above the diagonal, marked as something else.
    let isOther: Bool
    let variables: [Variable]
    let entries: [Entry]

    /// The correlation of two variables.
    func entry(_ i: Int, _ j: Int) -> Entry? {
        entries.first { ($0.first == i && $0.second == j) || ($0.first == j && $0.second == i) }
    }

    /// The size of the sample: of that name in the paper, or `N=261` in the name.
    func sampleSize(in paper: Paper) -> PrintedNumber? {
        guard !isOther else { return nil }
        if let size = paper.sampleSize(sample) { return size }
        guard let text = sample.map({ String($0.filter { !$0.isWhitespace }) }),
            let equals = text.components(around: "=").dropFirst().first
        else { return nil }
        return try? PrintedNumber(equals.prefix { $0.isNumber || $0 == "," })
    }

    /// The sample in words.
    var sampleText: String { sample.map { " of the sample `\($0)`" } ?? "" }

    /// A name without the number that tables put before it: `1. Age`.
    static func plainName(_ text: String) -> String {
        let rest = text.drop { $0.isNumber }
        guard rest.count < text.count, let sign = rest.first, ".)、:".contains(sign) else { return text }
        return trimmed(rest.dropFirst())
    }
}

extension CorrelationBlock {
    private static let diagonalWords = ["alpha", "AVE", "root AVE", "ICC", "none"]

    /// Reads the blocks of a table: rows of the same sample, the columns counted anew in each.
    static func blocks(of table: PastedTable) throws(AuditFault) -> [CorrelationBlock] {
        let kind = PublishedCorrelations.kind
        let names = try table.column("variable", of: kind) ?? 0
        let samples = try table.column("sample", of: kind)
        let matrix = try table.furtherColumns(of: kind).filter { $0 != names }
        guard !matrix.isEmpty else {
            throw .missingColumn(table.name, line: table.line, column: "1", heads: table.text.columns)
        }
        var groups: [(sample: String?, rows: [TextTable.Row])] = []
        for row in table.text.rows where !table.string(row, names).isEmpty {
            let named = table.string(row, samples)
            let sample = named.isEmpty ? groups.last?.sample ?? table.options["sample"]?.text : named
            if let last = groups.last, last.sample == sample {
                groups[groups.count - 1].rows.append(row)
            } else {
                groups.append((sample, [row]))
            }
        }
        var blocks: [CorrelationBlock] = []
        for group in groups {
            blocks += try Self.blocks(of: table, group.rows, sample: group.sample, names: names, matrix: matrix)
        }
        return blocks
    }

    private static func blocks(
        of table: PastedTable, _ rows: [TextTable.Row], sample: String?, names: Int, matrix: [Int]
    ) throws(AuditFault) -> [CorrelationBlock] {
        let kind = PublishedCorrelations.kind
        let diagonal = try table.word(option: "diagonal", of: diagonalWords)
        let brackets = try table.word(option: "brackets", of: ["ICC", "none"])
        let labels = rows.map { plainName(table.string($0, names)) }
        let places = places(of: matrix.map { table.text.columns[$0] }, among: labels)
        var variables: [Variable] = []
        var lower: [Entry] = [], upper: [Entry] = []
        for (i, row) in rows.enumerated() {
            var variable = Variable(name: labels[i])
            variable.mean = try table.number(row, try table.column("mean", of: kind))
            variable.standardDeviation = try table.number(row, try table.column("sd", of: kind))
            variable.alpha = try table.number(row, try table.column("alpha", of: kind))
            variable.ave = try table.number(row, try table.column("ave", of: kind))
            variable.icc = try table.number(row, try table.column("icc", of: kind))
            variable.vif = try table.number(row, try table.column("vif", of: kind))
            for (place, column) in zip(places, matrix) {
                guard let cell = try table.cell(row, column) else { continue }
                guard let j = place, labels.indices.contains(j) else {
                    throw .content(
                        table.name, line: row.line,
                        "`\(cell.text)` stands below `\(table.text.columns[column])`, and there is no such variable; "
                            + "name the columns 1, 2, … or by the variables")
                }
                if i == j {
                    variable.read(cell, diagonal: diagonal, brackets: brackets)
                } else if let r = cell.figure {
                    let at = PaperPlace(table.name, row: labels[i], column: labels[j])
                    let entry = Entry(first: min(i, j), second: max(i, j), r: r, marks: cell.marks, place: at)
                    if j < i { lower.append(entry) } else { upper.append(entry) }
                }
            }
            variables.append(variable)
        }
        func block(_ entries: [Entry], sample: String?, isOther: Bool = false) -> CorrelationBlock {
            CorrelationBlock(sample: sample, isOther: isOther, variables: variables, entries: entries)
        }
        guard !lower.isEmpty, !upper.isEmpty else { return [block(lower + upper, sample: sample)] }
        let option = table.options["upper"]?.text
        return [
            block(lower, sample: sample),
            block(upper, sample: option, isOther: option == nil || option.map(simplified) == "other"),
        ]
    }

    /// Which variable each column stands for: by its number, by its name, or by its place.
    private static func places(of heads: [String], among labels: [String]) -> [Int?] {
        let numbers = heads.map { Int($0.filter { !".()[] ".contains($0) }) }
        if numbers.allSatisfy({ $0 != nil }) { return numbers.map { $0.map { $0 - 1 } } }
        let named = heads.map { head in labels.firstIndex { simplified($0) == simplified(plainName(head)) } }
        if named.allSatisfy({ $0 != nil }) { return named }
        return Array(heads.indices)
    }
}

extension CorrelationBlock.Variable {
    /// Reads what stands on the diagonal.
    mutating func read(_ cell: PrintedCell, diagonal: String?, brackets: String?) {
        if brackets != "none", let icc = cell.inBrackets { self.icc = icc }
        guard let figure = cell.figure ?? cell.inParentheses else { return }
        switch diagonal {
        case "alpha": alpha = figure
        case "AVE": ave = figure
        case "root AVE": rootAVE = figure
        case "ICC": icc = figure
        default: break
        }
    }
}
