extension Drawing {
    static let fontFamily =
        "Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans', 'Noto Sans CJK SC', "
        + "'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

    /// The drawing as an SVG element for a page (without XML declaration).
    ///
    /// It refers to nothing outside itself and uses no identifiers, so many may stand on one page.
    public func svg() -> String {
        var text = ""
        text.reserveCapacity(200 * elements.count + 500)
        text +=
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"\(XML.attribute(title))\" "
            + "width=\"\(Self.number(width))\" height=\"\(Self.number(height))\" "
            + "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" "
            + "font-family=\"\(Self.fontFamily)\">\n"
        text += "<title>\(XML.text(title))</title>\n"
        if !summary.isEmpty { text += "<desc>\(XML.text(summary))</desc>\n" }
        for element in elements {
            text += Self.markup(element)
            text += "\n"
        }
        text += "</svg>\n"
        return text
    }

    /// The drawing as a file of its own.
    public func svgFile() -> String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg() }

    private static func markup(_ element: Element) -> String {
        switch element {
        case .polyline(let points, let stroke):
            return "<polyline points=\"\(list(points))\" fill=\"none\"\(attributes(stroke))/>"
        case .curve(let curve, let stroke):
            return
                "<path d=\"M\(pair(curve.start)) C\(pair(curve.control1)) \(pair(curve.control2)) \(pair(curve.end))\" "
                + "fill=\"none\"\(attributes(stroke))/>"
        case .polygon(let points, let fill, let stroke):
            return "<polygon points=\"\(list(points))\" fill=\"\(fill.hexadecimal)\"\(attributes(stroke))/>"
        case .area(let points, let fill, let title):
            return "<polygon points=\"\(list(points))\" fill=\"\(fill.hexadecimal)\"><title>\(XML.text(title))</title>"
                + "</polygon>"
        case .rectangle(let box, let radius, let fill, let stroke):
            let corner = radius > 0 ? " rx=\"\(number(radius))\"" : ""
            return "<rect x=\"\(number(box.minX))\" y=\"\(number(box.minY))\" width=\"\(number(box.width))\" "
                + "height=\"\(number(box.height))\"\(corner) fill=\"\(fill.hexadecimal)\"\(attributes(stroke))/>"
        case .ellipse(let box, let fill, let stroke):
            return "<ellipse cx=\"\(number(box.center.x))\" cy=\"\(number(box.center.y))\" "
                + "rx=\"\(number(box.width / 2))\" ry=\"\(number(box.height / 2))\" "
                + "fill=\"\(fill.hexadecimal)\"\(attributes(stroke))/>"
        case .text(let label): return markup(label)
        }
    }

    private static func markup(_ label: Label) -> String {
        // Capitals and digits are about .72 em high, so half of that brings their middle onto the position.
        let baseline = label.rotation == 0 ? label.position.y + 0.36 * label.fontSize : label.position.y
        var text = "<text x=\"\(number(label.position.x))\" y=\"\(number(baseline))\""
        text += " font-size=\"\(number(label.fontSize))\" text-anchor=\"\(label.anchor.rawValue)\""
        text += " fill=\"\(label.color.hexadecimal)\""
        if label.isBold { text += " font-weight=\"bold\"" }
        if label.isItalic { text += " font-style=\"italic\"" }
        if label.rotation != 0 {
            text += " dy=\"\(number(0.36 * label.fontSize))\""
            text += " transform=\"rotate(\(number(label.rotation)) \(pair(label.position)))\""
        }
        return text + ">\(XML.text(label.text))</text>"
    }

    private static func attributes(_ stroke: Stroke?) -> String {
        guard let stroke else { return "" }
        var text = " stroke=\"\(stroke.color.hexadecimal)\" stroke-width=\"\(number(stroke.width))\""
        if !stroke.dashes.isEmpty {
            text += " stroke-dasharray=\"\(stroke.dashes.map(number).joined(separator: " "))\""
        }
        return text
    }

    private static func list(_ points: [Point]) -> String { points.map(pair).joined(separator: " ") }

    private static func pair(_ point: Point) -> String { "\(number(point.x)),\(number(point.y))" }

    /// A coordinate with at most two decimals; a coordinate that is no number must not break the file.
    static func number(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "0" }
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
