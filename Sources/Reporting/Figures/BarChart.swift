/// Horizontal bars of frequencies, one per category, with the count and share behind each.
public struct BarChart: Sendable, Equatable {
    /// A category.
    public struct Bar: Sendable, Equatable {
        /// Its name.
        public var label: String
        /// How often it occurs.
        public var count: Int

        /// Makes a category.
        public init(_ label: String, count: Int) {
            self.label = label
            self.count = count
        }
    }

    /// Categories of one variable.
    public struct Group: Sendable, Equatable {
        /// The name of the variable; none when empty.
        public var title: String
        /// Its categories.
        public var bars: [Bar]

        /// Makes a group.
        public init(_ title: String = "", bars: [Bar]) {
            self.title = title
            self.bars = bars
        }
    }

    /// The variables.
    public var groups: [Group]
    /// The title of the picture.
    public var title: String
    /// The title of the axis.
    public var axisTitle: String

    /// Makes the chart.
    public init(groups: [Group], title: String = "Frequencies", axisTitle: String = "Frequency") {
        self.groups = groups
        self.title = title
        self.axisTitle = axisTitle
    }

    /// The picture. Shares are of the sum of the group's counts.
    public func drawing() -> Drawing {
        let size = 12.0
        let bars = groups.flatMap(\.bars)
        let axis = Axis(holding: bars.map { Double($0.count) }, count: 6, anchors: [0])
        let wrapped = groups.map { $0.bars.map { TextMetrics.balancedLines($0.label, fontSize: size, maxWidth: 230) } }
        let left = (wrapped.joined().joined().map { TextMetrics.width($0, fontSize: size) }.max() ?? 0) + 20
        let figures = groups.map { group -> [String] in
            let total = group.bars.reduce(0) { $0 + max(0, $1.count) }
            return group.bars.map { bar in
                let share = total > 0 ? Double(bar.count) / Double(total) : nil
                return "\(bar.count) (\(NumberFormat.percent(1).string(share)))"
            }
        }
        let right = (figures.joined().map { TextMetrics.width($0, fontSize: size) }.max() ?? 0) + 14
        let plotWidth = 340.0
        var drawing = Drawing(
            width: left + plotWidth + right, height: 0, title: title,
            summary: zip(bars, figures.joined()).map { "\($0.label): \($1)" }.joined(separator: "; "))
        var y = 10.0
        var rows: [Drawing.Element] = []
        for (group, (lines, texts)) in zip(groups, zip(wrapped, figures)) {
            if !group.title.isEmpty {
                let title = TextMetrics.shortened(group.title, fontSize: size * 1.06, maxWidth: drawing.width - 20)
                rows.append(
                    .text(.init(title, at: Point(x: 8, y: y + 9), fontSize: size, anchor: .start, isBold: true)))
                y += 23
            }
            for (bar, (label, text)) in zip(group.bars, zip(lines, texts)) {
                let height = max(24, Double(label.count) * size * TextMetrics.lineHeight + 6)
                var lineY = y + height / 2 - Double(label.count - 1) * size * TextMetrics.lineHeight / 2
                for line in label {
                    rows.append(.text(.init(line, at: Point(x: left - 9, y: lineY), fontSize: size, anchor: .end)))
                    lineY += size * TextMetrics.lineHeight
                }
                let end = left + axis.fraction(max(0, Double(bar.count))) * plotWidth
                let box = Rectangle(minX: left, minY: y + height / 2 - 8, maxX: end, maxY: y + height / 2 + 8)
                rows.append(.rectangle(box, cornerRadius: 0, fill: .blue, nil))
                rows.append(
                    .text(.init(text, at: Point(x: end + 6, y: y + height / 2), fontSize: size, anchor: .start)))
                y += height
            }
            y += 10
        }
        for tick in axis.ticks {
            let x = left + axis.fraction(tick) * plotWidth
            drawing.line(Point(x: x, y: 6), Point(x: x, y: y), .init(.faint, width: 1))
            drawing.line(Point(x: x, y: y), Point(x: x, y: y + 5), .init(width: 1))
            drawing.text(.init(axis.text(tick), at: Point(x: x, y: y + 15), fontSize: size))
        }
        drawing.line(Point(x: left, y: y), Point(x: left + plotWidth, y: y), .init(width: 1))
        drawing.line(Point(x: left, y: 6), Point(x: left, y: y), .init(width: 1))
        drawing.text(.init(axisTitle, at: Point(x: left + plotWidth / 2, y: y + 36), fontSize: size + 1))
        drawing.elements += rows
        drawing.height = y + 50
        return drawing
    }
}
