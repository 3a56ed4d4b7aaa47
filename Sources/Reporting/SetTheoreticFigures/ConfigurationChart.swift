public import SetTheoreticAnalysis

/// The configurations of a solution as a picture: a column for each configuration, large discs for core conditions that
/// are present, large crossed circles for those that are absent, small ones for peripheral conditions (Fiss, 2011).
public struct ConfigurationChart: Sendable, Equatable {
    /// A column.
    struct Column: Sendable, Equatable {
        var label: String
        var symbols: [ConfigurationSymbol]
        var fit: SolutionFit.Term
        /// The name of the group of columns, such as the outcome.
        var group: String
    }

    let rowNames: [String]
    let columns: [Column]
    /// The title of the picture.
    public var title: String

    /// Makes the chart of the first model of each outcome.
    ///
    /// - Parameters:
    ///   - solutions: The solution of each outcome.
    ///   - conditions: The conditions.
    ///   - labels: The words for conditions and outcomes.
    ///   - modelLimit: The most models of an outcome that are shown.
    ///   - title: The title of the picture; made from the outcomes when nil.
    public init(
        _ solutions: [OutcomeSolution], conditions: Conditions, labels: VariableLabels = .none, modelLimit: Int = 1,
        title: String? = nil
    ) {
        rowNames = conditions.names.map { labels.text($0).plainText }
        columns = solutions.flatMap { solution in
            solution.models(limit: max(1, modelLimit)).enumerated().flatMap { index, model in
                let name = solution.title(labels).plainText
                let isOneOfMany = modelLimit > 1 && solution.solution.models.count > 1
                return model.configurations.map { configuration in
                    Column(
                        label: configuration.label,
                        symbols: conditions.levelCounts.enumerated().map {
                            configuration.symbol($0.offset, levels: $0.element)
                        }, fit: configuration.fit, group: isOneOfMany ? "\(name), model \(index + 1)" : name)
                }
            }
        }
        self.title =
            title ?? "Configurations for " + solutions.map { $0.title(labels).plainText }.joined(separator: " and ")
    }

    /// The figure with its note.
    public func figure() -> Figure {
        Figure(
            title: RichText(title), drawing: drawing(),
            note:
                "Disc: the condition is present; crossed circle: it is absent; large: core, part of the parsimonious solution; small: peripheral; blank: it does not matter. A figure in a disc is the level of a condition with more than two."
        )
    }

    private static let rowHeight = 34.0, fontSize = 13.0

    /// The width of a column: wide enough for the names of groups, as far as these are not whole sentences.
    private var columnWidth: Double {
        let groups = Dictionary(grouping: columns) { $0.group }
        let needed = groups.map { name, columns in
            (min(TextMetrics.width(name, fontSize: Self.fontSize), 220) + 10) / Double(columns.count)
        }
        return min(max(62, needed.max() ?? 0), 140)
    }

    /// The picture.
    public func drawing() -> Drawing {
        let rows = Self.rowHeight, wide = columnWidth, size = Self.fontSize
        let measures = ["Consistency", "Raw coverage", "Unique coverage"]
        let nameWidth =
            (rowNames.map { min(TextMetrics.width($0, fontSize: size), 220) }
            + measures.map { TextMetrics.width($0, fontSize: size) }).max() ?? 0
        let left = nameWidth + 24, top = 62.0
        let bottom = top + rows * Double(rowNames.count)
        var drawing = Drawing(
            width: left + wide * Double(max(1, columns.count)) + 10, height: bottom + 24 * Double(measures.count) + 16,
            title: title, summary: summary)
        drawGroups(&drawing, left: left)
        for (row, name) in rowNames.enumerated() {
            let y = top + rows * (Double(row) + 0.5)
            if row % 2 == 0 {
                drawing.add(
                    .rectangle(
                        Rectangle(minX: 4, minY: y - rows / 2, maxX: drawing.width - 4, maxY: y + rows / 2),
                        cornerRadius: 0, fill: Color(gray: 244), nil))
            }
            drawing.text(
                .init(
                    TextMetrics.shortened(name, fontSize: size, maxWidth: 220), at: Point(x: 10, y: y), fontSize: size,
                    anchor: .start))
            for (index, column) in columns.enumerated() {
                Self.draw(column.symbols[row], at: Point(x: left + wide * (Double(index) + 0.5), y: y), &drawing)
            }
        }
        drawing.line(Point(x: 4, y: bottom), Point(x: drawing.width - 4, y: bottom), .init(width: 1))
        for (row, name) in measures.enumerated() {
            let y = bottom + 24 * (Double(row) + 0.5) + 4
            drawing.text(.init(name, at: Point(x: 10, y: y), fontSize: size, anchor: .start))
            for (index, column) in columns.enumerated() {
                let values = [
                    column.fit.sufficiency.inclusion, column.fit.sufficiency.coverage, column.fit.uniqueCoverage,
                ]
                drawing.text(
                    .init(
                        NumberFormat.bounded(2).string(values[row]),
                        at: Point(x: left + wide * (Double(index) + 0.5), y: y), fontSize: size))
            }
        }
        return drawing
    }

    private func drawGroups(_ drawing: inout Drawing, left: Double) {
        let wide = columnWidth
        var start = 0
        while start < columns.count {
            let group = columns[start].group
            let end = columns[start...].firstIndex { $0.group != group } ?? columns.count
            let from = left + wide * Double(start), to = left + wide * Double(end)
            let name = TextMetrics.shortened(group, fontSize: Self.fontSize, maxWidth: to - from - 4)
            drawing.text(.init(name, at: Point(x: (from + to) / 2, y: 16), fontSize: Self.fontSize))
            drawing.line(Point(x: from + 5, y: 29), Point(x: to - 5, y: 29), .init(width: 1))
            start = end
        }
        for (index, column) in columns.enumerated() {
            drawing.text(
                .init(
                    column.label, at: Point(x: left + wide * (Double(index) + 0.5), y: 45), fontSize: Self.fontSize,
                    isBold: true))
        }
        drawing.line(Point(x: 4, y: 60), Point(x: drawing.width - 4, y: 60), .init(width: 1))
    }

    private static func draw(_ symbol: ConfigurationSymbol, at center: Point, _ drawing: inout Drawing) {
        let radius = symbol.isCore ? 11.5 : 6.5
        let box = Rectangle(center: center, width: 2 * radius, height: 2 * radius)
        switch symbol {
        case .indifferent: break
        case .present: drawing.add(.ellipse(box, fill: .ink, nil))
        case .absent:
            drawing.add(.ellipse(box, fill: .white, .init(.ink, width: symbol.isCore ? 1.8 : 1.4)))
            let arm = radius * 0.707
            for slope in [-1.0, 1] {
                drawing.line(
                    center + Point(x: -arm, y: -arm * slope), center + Point(x: arm, y: arm * slope),
                    .init(.ink, width: symbol.isCore ? 1.8 : 1.4))
            }
        case .level(let level, let isCore):
            // A figure needs room, so peripheral levels differ by their ring and not by a small disc.
            let wide = Rectangle(center: center, width: 22, height: 22)
            drawing.add(.ellipse(wide, fill: isCore ? .ink : .white, isCore ? nil : .init(.ink, width: 1.2)))
            drawing.text(
                .init(String(level), at: center, fontSize: 12, color: isCore ? .white : .ink, isBold: isCore))
        }
    }

    private var summary: String {
        columns.map { column in
            let parts = zip(rowNames, column.symbols).compactMap { name, symbol -> String? in
                let weight = symbol.isCore ? "core" : "peripheral"
                return switch symbol {
                case .indifferent: nil
                case .present: "\(name) present (\(weight))"
                case .absent: "\(name) absent (\(weight))"
                case .level(let level, _): "\(name) at level \(level) (\(weight))"
                }
            }
            return "\(column.group) \(column.label): \(parts.joined(separator: ", "))"
        }.joined(separator: "; ")
    }
}
