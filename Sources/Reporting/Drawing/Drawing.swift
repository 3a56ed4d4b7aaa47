/// A picture made of shapes and text, written as SVG 1.1.
public struct Drawing: Sendable, Equatable {
    /// A shape or a text.
    public enum Element: Sendable, Equatable {
        /// A broken or straight line.
        case polyline([Point], Stroke)
        /// A cubic Bézier curve.
        case curve(CubicCurve, Stroke)
        /// A closed shape with straight sides.
        case polygon([Point], fill: Color, Stroke?)
        /// A closed shape with straight sides that says what it is when it is pointed at.
        case area([Point], fill: Color, title: String)
        /// A box, with rounded corners if wanted.
        case rectangle(Rectangle, cornerRadius: Double, fill: Color, Stroke?)
        /// An ellipse that fills a box.
        case ellipse(Rectangle, fill: Color, Stroke?)
        /// A line of text.
        case text(Label)
    }

    /// The line of a shape.
    public struct Stroke: Sendable, Equatable {
        /// Its colour.
        public var color: Color
        /// Its width in pixels.
        public var width: Double
        /// Lengths of dashes and gaps; empty for a full line.
        public var dashes: [Double]

        /// Makes a line style.
        public init(_ color: Color = .ink, width: Double = 1.2, dashes: [Double] = []) {
            self.color = color
            self.width = width
            self.dashes = dashes
        }
    }

    /// A line of text in a drawing.
    public struct Label: Sendable, Equatable {
        /// Which point of the line the position names.
        public enum Anchor: String, Sendable {
            /// Its start.
            case start
            /// Its middle.
            case middle
            /// Its end.
            case end
        }

        /// The text.
        public var text: String
        /// The position: horizontally by the anchor, vertically the middle of the digits and capitals.
        public var position: Point
        /// The size of the type in pixels.
        public var fontSize: Double
        /// What the position names.
        public var anchor: Anchor
        /// Its colour.
        public var color: Color
        /// Whether it is bold.
        public var isBold: Bool
        /// Whether it is italic.
        public var isItalic: Bool
        /// A turn around the position, clockwise in degrees.
        public var rotation: Double

        /// Makes a line of text.
        public init(
            _ text: String, at position: Point, fontSize: Double = 12, anchor: Anchor = .middle, color: Color = .ink,
            isBold: Bool = false, isItalic: Bool = false, rotation: Double = 0
        ) {
            self.text = text
            self.position = position
            self.fontSize = fontSize
            self.anchor = anchor
            self.color = color
            self.isBold = isBold
            self.isItalic = isItalic
            self.rotation = rotation
        }

        /// The box that the text takes, turned texts included (quarter turns only).
        public var bounds: Rectangle {
            let width = TextMetrics.width(text, fontSize: fontSize) * (isBold ? 1.06 : 1)
            let height = fontSize * 1.1
            let left =
                switch anchor {
                case .start: 0.0
                case .middle: -width / 2
                case .end: -width
                }
            if rotation == 0 {
                return Rectangle(
                    minX: position.x + left, minY: position.y - height / 2, maxX: position.x + left + width,
                    maxY: position.y + height / 2)
            }
            let (top, bottom) = rotation > 0 ? (left, left + width) : (-left - width, -left)
            return Rectangle(
                minX: position.x - height / 2, minY: position.y + top, maxX: position.x + height / 2,
                maxY: position.y + bottom)
        }
    }

    /// Its width in pixels.
    public var width: Double
    /// Its height in pixels.
    public var height: Double
    /// A short name, read aloud in place of the picture.
    public var title: String
    /// What it shows, for those who cannot see it.
    public var summary: String
    /// What it is made of, from back to front.
    public var elements: [Element]

    /// Makes a drawing.
    public init(width: Double, height: Double, title: String, summary: String = "", elements: [Element] = []) {
        self.width = width
        self.height = height
        self.title = title
        self.summary = summary
        self.elements = elements
    }

    mutating func add(_ element: Element) { elements.append(element) }

    mutating func line(_ from: Point, _ to: Point, _ stroke: Stroke = Stroke()) { add(.polyline([from, to], stroke)) }

    mutating func text(_ label: Label) { add(.text(label)) }

    /// The texts in the drawing.
    public var labels: [Label] {
        elements.compactMap { element in
            guard case .text(let label) = element else { return nil }
            return label
        }
    }
}

/// A cubic Bézier curve.
public struct CubicCurve: Sendable, Equatable {
    /// Where it starts.
    public var start: Point
    /// What it heads for at its start.
    public var control1: Point
    /// What it comes from at its end.
    public var control2: Point
    /// Where it ends.
    public var end: Point

    /// Makes a curve.
    public init(start: Point, control1: Point, control2: Point, end: Point) {
        self.start = start
        self.control1 = control1
        self.control2 = control2
        self.end = end
    }

    func point(at t: Double) -> Point {
        let s = 1 - t
        return start * (s * s * s) + control1 * (3 * s * s * t) + control2 * (3 * s * t * t) + end * (t * t * t)
    }
}
