public import SetTheoreticAnalysis

/// A prime-implicant chart: which prime implicant covers which positive row of the truth table, and which of them a model
/// uses (McCluskey, 1956).
public struct PrimeImplicantChart: Sendable, Equatable {
    let primes: [String]
    let rows: [String]
    /// Whether a prime implicant covers a row.
    let covers: [[Bool]]
    /// Whether the shown model has the prime implicant.
    let isUsed: [Bool]
    /// Whether every model has it.
    let isEssential: [Bool]
    /// The prime implicants and rows that exist.
    let primeCount: Int
    let rowCount: Int
    /// The number of the model, from one, and how many are listed.
    let model: Int
    let modelCount: Int
    /// The title of the picture.
    public var title: String

    /// The most prime implicants and rows that are drawn.
    static let limit = 60

    /// Makes the chart.
    ///
    /// - Parameters:
    ///   - solution: The solution.
    ///   - table: The truth table.
    ///   - model: The position of the model whose terms stand out.
    public init(_ solution: Solution, of table: TruthTable, model: Int = 0) {
        let used = Set(solution.models.indices.contains(model) ? solution.models[model].terms : [])
        let essential = Set(solution.essential)
        let positive = table.rows(.positive)
        let shownRows = positive.prefix(Self.limit)
        // Of too many prime implicants those of the model must not be lost.
        var shown = solution.primes
        if shown.count > Self.limit {
            let rest = shown.filter { !used.contains($0) }.prefix(max(0, Self.limit - used.count))
            let kept = Set(rest).union(used)
            shown = shown.filter(kept.contains)
        }
        primes = shown.map { table.conditions.expression($0) }
        rows = shownRows.map { String($0.number) }
        covers = shown.map { prime in shownRows.map { prime.covers($0.configuration) } }
        isUsed = shown.map(used.contains)
        isEssential = shown.map(essential.contains)
        primeCount = solution.primes.count
        rowCount = positive.count
        self.model = model + 1
        modelCount = solution.models.count
        title = "Prime implicants of the \(solution.kind.rawValue) solution"
    }

    /// The figure with its note.
    public func figure() -> Figure {
        let whose = modelCount > 1 ? "model \(model)" : "the model"
        var note: RichText =
            "A mark: the prime implicant covers the row of the truth table with that number. Filled and bold: a term of \(whose); underlined: essential, in every model."
        if primes.count < primeCount { note.append(" \(primes.count) of \(primeCount) prime implicants.") }
        if rows.count < rowCount { note.append(" The first \(rows.count) of \(rowCount) positive rows.") }
        return Figure(title: RichText(title), drawing: drawing(), note: note)
    }

    /// The picture.
    public func drawing() -> Drawing {
        let size = 12.0, step = 30.0, height = 24.0
        let names = primes.map { TextMetrics.shortened($0, fontSize: size, maxWidth: 320) }
        let left = (names.map { TextMetrics.width($0, fontSize: size) * 1.06 }.max() ?? 0) + 26, top = 46.0
        let heading = "Row of the truth table"
        let right = max(left + step * Double(rows.count), left + TextMetrics.width(heading, fontSize: size)) + 10
        var drawing = Drawing(
            width: right, height: top + height * Double(primes.count) + 10, title: title,
            summary: zip(primes, covers).map { prime, covers in
                prime + ": " + zip(rows, covers).filter(\.1).map(\.0).joined(separator: ", ")
            }.joined(separator: "; "))
        drawing.text(.init(heading, at: Point(x: left, y: 14), fontSize: size, anchor: .start))
        for (column, name) in rows.enumerated() {
            drawing.text(.init(name, at: Point(x: left + step * (Double(column) + 0.5), y: 34), fontSize: 11))
        }
        for (row, name) in names.enumerated() {
            let y = top + height * (Double(row) + 0.5)
            drawing.line(
                Point(x: left, y: y), Point(x: left + step * Double(rows.count), y: y), .init(.faint, width: 1))
            let label = Drawing.Label(
                name, at: Point(x: left - 12, y: y), fontSize: size, anchor: .end, isBold: isUsed[row])
            drawing.text(label)
            if isEssential[row] {
                let width = TextMetrics.width(name, fontSize: size) / TextMetrics.allowance
                drawing.line(
                    Point(x: left - 12 - width, y: y + 8), Point(x: left - 12, y: y + 8), .init(.ink, width: 1))
            }
        }
        for column in rows.indices {
            let x = left + step * (Double(column) + 0.5)
            drawing.line(
                Point(x: x, y: top), Point(x: x, y: top + height * Double(primes.count)), .init(.faint, width: 1))
        }
        for row in primes.indices {
            for column in rows.indices where covers[row][column] {
                let center = Point(x: left + step * (Double(column) + 0.5), y: top + height * (Double(row) + 0.5))
                let box = Rectangle(center: center, width: 13, height: 13)
                drawing.add(
                    .ellipse(box, fill: isUsed[row] ? .blue : .white, isUsed[row] ? nil : .init(.muted, width: 1.4)))
            }
        }
        return drawing
    }
}
