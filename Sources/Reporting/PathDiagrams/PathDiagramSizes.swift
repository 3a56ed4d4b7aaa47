/// The sizes of the shapes and texts of a path diagram, from the text that they hold.
struct PathDiagramSizes {
    /// A width and a height.
    struct Size {
        var width: Double
        var height: Double

        var transposed: Size { Size(width: height, height: width) }
    }

    let fontSize: Double
    let labelFontSize: Double
    let errorFontSize: Double
    /// The lines of text in each shape.
    private(set) var lines: [[String]] = []
    /// The size of each shape.
    private(set) var shapes: [Size] = []
    private(set) var errorRadius: Double

    init(_ diagram: PathDiagram, _ structure: PathDiagramStructure) {
        fontSize = diagram.fontSize
        labelFontSize = max(11, 0.92 * diagram.fontSize)
        errorFontSize = max(11, 0.85 * diagram.fontSize)
        errorRadius = 0.85 * diagram.fontSize
        var texts: [Size] = []
        for (index, node) in diagram.nodes.enumerated() {
            let limit = (structure.isIndicator[index] ? 9 : 10.5) * fontSize
            let broken =
                node.kind == .error
                ? [node.label] : Self.shortLines(node.label, fontSize: fontSize, maxWidth: limit)
            lines.append(broken)
            let size = node.kind == .error ? errorFontSize : fontSize
            var width = broken.map { TextMetrics.width($0, fontSize: size) }.max() ?? 0
            var height = Double(broken.count) * TextMetrics.lineHeight * size
            if let text = Self.rSquaredText(node) {
                width = max(width, TextMetrics.width(text, fontSize: labelFontSize))
                height += TextMetrics.lineHeight * labelFontSize
            }
            texts.append(Size(width: width, height: height))
            if node.kind == .error { errorRadius = max(errorRadius, width / 2 + 3) }
        }
        let indicators = diagram.nodes.indices.filter { structure.isIndicator[$0] }
        let boxes = diagram.nodes.indices.filter { diagram.nodes[$0].kind == .observed && !structure.isIndicator[$0] }
        let ellipses = diagram.nodes.indices.filter { diagram.nodes[$0].kind == .latent }
        let indicator = Self.box(around: indicators.map { texts[$0] }, padding: (14, 9), fontSize)
        let box = Self.box(around: boxes.map { texts[$0] }, padding: (26, 18), fontSize)
        let ellipse = Self.ellipse(around: ellipses.map { texts[$0] }, fontSize)
        let circle = Size(width: 2 * errorRadius, height: 2 * errorRadius)
        shapes = diagram.nodes.indices.map { index in
            switch diagram.nodes[index].kind {
            case .latent: ellipse
            case .observed: structure.isIndicator[index] ? indicator : box
            case .error: circle
            }
        }
    }

    /// The most lines of a label; the wording of a whole question would make every shape as large as itself.
    private static let lineLimit = 6

    private static func shortLines(_ label: String, fontSize: Double, maxWidth: Double) -> [String] {
        // A line holds far fewer characters than this, so that none of those that could be shown is lost.
        let longest = 400
        let text = label.count > longest ? String(label.prefix(longest)) : label
        let lines = TextMetrics.balancedLines(text, fontSize: fontSize, maxWidth: maxWidth)
        guard lines.count > lineLimit else { return lines }
        let all = TextMetrics.lines(text, fontSize: fontSize, maxWidth: maxWidth)
        guard all.count > lineLimit else { return lines }
        return all.prefix(lineLimit - 1)
            + [TextMetrics.shortened(all[lineLimit - 1] + "…", fontSize: fontSize, maxWidth: maxWidth)]
    }

    static func rSquaredText(_ node: PathDiagram.Node) -> String? {
        node.rSquared.map { "R² = " + NumberFormat.bounded(2).string($0) }
    }

    func labelSize(_ text: String) -> Size {
        guard !text.isEmpty else { return Size(width: 0, height: 0) }
        return Size(width: TextMetrics.width(text, fontSize: labelFontSize) + 4, height: 1.15 * labelFontSize)
    }

    /// One size for all shapes of a kind, as a draughtsman would choose it.
    private static func box(around texts: [Size], padding: (Double, Double), _ fontSize: Double) -> Size {
        let width = texts.map(\.width).max() ?? 0
        let height = texts.map(\.height).max() ?? 0
        return Size(width: max(width + padding.0, 3.4 * fontSize), height: max(height + padding.1, 1.9 * fontSize))
    }

    /// The smallest pleasant ellipse around the corners of all texts.
    private static func ellipse(around texts: [Size], _ fontSize: Double) -> Size {
        let width = max(4.6 * fontSize, 1.22 * (texts.map(\.width).max() ?? 0) + 10)
        let height =
            texts.map { text in
                text.height / (1 - (text.width / width) * (text.width / width)).squareRoot() + 6
            }.max() ?? 0
        return Size(width: width, height: max(height, 3.2 * fontSize))
    }
}
