/// One cell of a table.
public struct Cell: Sendable, Equatable {
    /// What a cell holds.
    public enum Content: Sendable, Equatable {
        /// Nothing.
        case empty
        /// The cell above reaches down into this one: row labels that hold for several rows.
        case continued
        /// Words.
        case text(RichText)
        /// A figure; "–" when there is none.
        case number(Double?, NumberFormat)
        /// An estimate and its marks of significance.
        case estimate(Double?, NumberFormat, stars: String)
        /// A figure with its marks of significance and another in parentheses behind it: an estimate with its standard
        /// error, a χ² with its degrees of freedom.
        case paired(Double?, NumberFormat, stars: String, Double?, NumberFormat)
        /// A figure in parentheses: a standard error below its estimate.
        case parenthesised(Double?, NumberFormat)
        /// An interval, "[lower, upper]".
        case interval(lower: Double?, upper: Double?, NumberFormat)
    }

    /// What the cell holds.
    public var content: Content
    /// The raised letter of a specific note.
    public var marker: String?
    /// Whether the cell is set in bold, such as the square roots of AVE on a diagonal.
    public var isStrong: Bool

    /// Makes a cell.
    public init(_ content: Content, marker: String? = nil, isStrong: Bool = false) {
        self.content = content
        self.marker = marker
        self.isStrong = isStrong
    }

    /// An empty cell.
    public static let empty = Cell(.empty)

    /// A cell into which the one above reaches down.
    public static let continued = Cell(.continued)

    /// Words.
    public static func text(_ text: RichText) -> Cell { Cell(.text(text)) }

    /// A figure in a format.
    public static func number(_ value: Double?, _ format: NumberFormat) -> Cell { Cell(.number(value, format)) }

    /// A whole number.
    public static func integer(_ value: Int?) -> Cell { Cell(.number(value.map(Double.init), .integer)) }

    /// An estimate with the stars of its probability.
    public static func estimate(
        _ value: Double?, _ format: NumberFormat, p: Double?, stars: SignificanceStars = .standard
    ) -> Cell {
        Cell(.estimate(value, format, stars: stars.mark(p)))
    }

    /// A figure with the stars of its probability and another figure in parentheses.
    public static func paired(
        _ value: Double?, _ format: NumberFormat, p: Double? = nil, with other: Double?, _ otherFormat: NumberFormat,
        stars: SignificanceStars = .standard
    ) -> Cell {
        Cell(.paired(value, format, stars: stars.mark(p), other, otherFormat))
    }

    /// A figure in parentheses.
    public static func parenthesised(_ value: Double?, _ format: NumberFormat) -> Cell {
        Cell(.parenthesised(value, format))
    }

    /// A probability.
    public static func probability(_ value: Double?) -> Cell { Cell(.number(value, .probability)) }

    /// A confidence interval.
    public static func interval(_ lower: Double?, _ upper: Double?, _ format: NumberFormat) -> Cell {
        Cell(.interval(lower: lower, upper: upper, format))
    }

    /// This cell in bold.
    public var strong: Cell { Cell(content, marker: marker, isStrong: true) }

    /// This cell with the marker of a specific note.
    public func marked(_ marker: String) -> Cell { Cell(content, marker: marker, isStrong: isStrong) }

    /// Whether the cell holds a figure, so that its column is aligned on the decimal point.
    public var isNumeric: Bool {
        switch content {
        case .number, .estimate, .paired, .parenthesised, .interval: true
        case .empty, .continued, .text: false
        }
    }

    /// The text of the cell without its stars and marker.
    public func value(minus: MinusSign) -> String {
        switch content {
        case .empty, .continued: return ""
        case .text(let text): return text.plainText
        case .number(let value, let format): return format.string(value, minus: minus)
        case .estimate(let value, let format, _): return format.string(value, minus: minus)
        case .paired(let value, let format, _, _, _): return format.string(value, minus: minus)
        // The closing parenthesis hangs to the right like stars, so that decimal points stay below each other.
        case .parenthesised(let value, let format): return value == nil ? "" : "(" + format.string(value, minus: minus)
        case .interval(let lower, let upper, let format):
            guard lower != nil || upper != nil else { return NumberFormat.notAvailable }
            return "[\(format.string(lower, minus: minus)), \(format.string(upper, minus: minus))]"
        }
    }

    /// What hangs to the right of the figure: its marks of significance and what stands in parentheses; often nothing.
    public var stars: String {
        switch content {
        case .estimate(_, _, let stars): return stars
        case .paired(_, _, let stars, let other, let format):
            return other == nil ? stars : "\(stars) (\(format.string(other)))"
        case .parenthesised(let value, _): return value == nil ? "" : ")"
        case .empty, .continued, .text, .number, .interval: return ""
        }
    }
}

extension Cell: ExpressibleByStringInterpolation {
    /// Words.
    public init(stringLiteral value: String) { self.init(.text(RichText(value))) }
}
