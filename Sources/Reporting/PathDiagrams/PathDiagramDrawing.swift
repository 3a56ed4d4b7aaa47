extension PathDiagram {
    /// The picture.
    public func drawing() -> Drawing {
        let layout = PathDiagramLayout(self)
        var drawing = Drawing(width: layout.width, height: layout.height, title: title, summary: summary)
        for (index, route) in layout.routes.enumerated() {
            let style = lineStyle(index)
            draw(route, style: style, isDoubleHeaded: index >= paths.count, on: &drawing)
        }
        for (index, node) in nodes.enumerated() {
            draw(node, lines: layout.sizes.lines[index], in: layout.frames[index], sizes: layout.sizes, on: &drawing)
        }
        for label in layout.labels {
            drawing.add(.rectangle(label.box, cornerRadius: 2, fill: .white, nil))
            let style = lineStyle(label.route)
            drawing.text(
                Drawing.Label(
                    label.text, at: label.box.center, fontSize: layout.sizes.labelFontSize, color: style.textColor,
                    isBold: style.isBold))
        }
        return drawing
    }

    private struct LineStyle {
        var stroke: Drawing.Stroke
        var textColor: Color
        var isBold: Bool
    }

    private func lineStyle(_ index: Int) -> LineStyle {
        let (emphasis, isSignificant) =
            index < paths.count
            ? (paths[index].emphasis, paths[index].isSignificant)
            : (covariances[index - paths.count].emphasis, covariances[index - paths.count].isSignificant)
        let dashes: [Double] = isSignificant ? [] : [5, 4]
        return switch emphasis {
        case .normal:
            LineStyle(stroke: Drawing.Stroke(width: 1.2, dashes: dashes), textColor: .ink, isBold: false)
        case .highlighted:
            LineStyle(stroke: Drawing.Stroke(.blue, width: 2.6, dashes: dashes), textColor: .blue, isBold: true)
        case .muted:
            LineStyle(
                stroke: Drawing.Stroke(.muted, width: 1, dashes: dashes), textColor: Color(gray: 105), isBold: false)
        }
    }

    private func draw(_ route: PathDiagramRoute, style: LineStyle, isDoubleHeaded: Bool, on drawing: inout Drawing) {
        let size = 7 + 1.2 * style.stroke.width
        let endDirection = (route.curve.end - route.curve.control2).unit
        let startDirection = (route.curve.start - route.curve.control1).unit
        // The line stops inside the arrowhead, whose point alone touches the shape.
        var curve = route.curve
        curve.end = curve.end - endDirection * (0.8 * size)
        if isDoubleHeaded { curve.start = curve.start - startDirection * (0.8 * size) }
        if route.isStraight {
            drawing.line(curve.start, curve.end, style.stroke)
        } else {
            drawing.add(.curve(curve, style.stroke))
        }
        drawing.add(arrowhead(at: route.curve.end, endDirection, size, style.stroke.color))
        if isDoubleHeaded {
            drawing.add(arrowhead(at: route.curve.start, startDirection, size, style.stroke.color))
        }
    }

    private func arrowhead(at tip: Point, _ direction: Point, _ size: Double, _ color: Color) -> Drawing.Element {
        let base = tip - direction * size
        let half = direction.normal * (0.38 * size)
        return .polygon([tip, base + half, base - half], fill: color, nil)
    }

    private func draw(
        _ node: Node, lines: [String], in frame: Rectangle, sizes: PathDiagramSizes, on drawing: inout Drawing
    ) {
        let stroke = Drawing.Stroke(width: node.kind == .error ? 1 : 1.3)
        switch node.kind {
        case .latent, .error: drawing.add(.ellipse(frame, fill: .white, stroke))
        case .observed: drawing.add(.rectangle(frame, cornerRadius: 0, fill: .white, stroke))
        }
        let size = node.kind == .error ? sizes.errorFontSize : sizes.fontSize
        let lineHeight = TextMetrics.lineHeight * size
        let squared = PathDiagramSizes.rSquaredText(node)
        let total =
            Double(lines.count) * lineHeight + (squared == nil ? 0 : TextMetrics.lineHeight * sizes.labelFontSize)
        var y = frame.center.y - total / 2 + lineHeight / 2
        for line in lines {
            drawing.text(Drawing.Label(line, at: Point(x: frame.center.x, y: y), fontSize: size))
            y += lineHeight
        }
        if let squared {
            y += (TextMetrics.lineHeight * sizes.labelFontSize - lineHeight) / 2
            drawing.text(
                Drawing.Label(
                    squared, at: Point(x: frame.center.x, y: y), fontSize: sizes.labelFontSize, color: Color(gray: 80)))
        }
    }

    /// All paths and covariances in words.
    private var summary: String {
        let arrows = paths.filter { path in !nodes.contains { $0.id == path.from && $0.kind == .error } }
            .map { "\($0.from) → \($0.to)" + ($0.label.isEmpty ? "" : " \($0.label)") }
        let arcs = covariances.map { "\($0.first) ↔ \($0.second)" + ($0.label.isEmpty ? "" : " \($0.label)") }
        return (arrows + arcs).joined(separator: "; ")
    }
}
