import Probability
public import SetTheoreticAnalysis

/// How a variable is turned into a set: the membership over the raw values, with the anchors and the cases.
public struct CalibrationPlot: Sendable, Equatable {
    /// A threshold and what it stands for.
    public struct Anchor: Sendable, Equatable {
        /// What it stands for: "full exclusion".
        public var name: String
        /// The raw value.
        public var value: Double

        /// Makes an anchor.
        public init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The raw values of the cases.
    public var raw: [Double]
    /// The memberships of the cases.
    public var memberships: [Double]
    /// The curve from raw value to membership; the cases themselves are joined when it is empty.
    public var curve: [Point]
    /// The anchors.
    public var anchors: [Anchor]
    /// The name of the variable.
    public var variable: String
    /// The name of the set.
    public var set: String

    /// Makes the plot; cases with a value that is not finite are left out.
    ///
    /// - Parameters:
    ///   - raw: The raw values.
    ///   - memberships: The memberships.
    ///   - curve: Points of the curve, the raw value as x and the membership as y.
    ///   - anchors: The anchors.
    ///   - variable: The name of the variable.
    ///   - set: The name of the set; that of the variable when nil.
    public init(
        raw: [Double], memberships: [Double], curve: [Point] = [], anchors: [Anchor], variable: String,
        set: String? = nil
    ) {
        let pairs = zip(raw, memberships).filter { $0.isFinite && $1.isFinite }.sorted { $0 < $1 }
        self.raw = pairs.map(\.0)
        self.memberships = pairs.map(\.1)
        self.curve = curve.filter { $0.x.isFinite && $0.y.isFinite }
        self.anchors = anchors.filter { $0.value.isFinite }
        self.variable = variable
        self.set = set ?? variable
    }

    /// Makes the plot of a calibration with its curve; nil for levels, which have none.
    ///
    /// - Parameters:
    ///   - result: The calibration.
    ///   - labels: The words for variables.
    public init?(_ result: CalibrationResult, labels: VariableLabels = .none) {
        if case .cuts = result.calibration.method { return nil }
        // A calibration that worked has a curve; without one the cases are joined.
        let curve = try? result.calibration.curve(for: result.values, name: result.name)
        self.init(
            raw: result.values, memberships: result.memberships,
            curve: curve?.map { Point(x: $0.value, y: $0.membership) } ?? [],
            anchors: result.anchors.map { Anchor($0.name, $0.value) }, variable: labels.text(result.name).plainText)
    }

    /// The most cases that are drawn on the curve; of more, every so many-th along the raw values.
    static let pointLimit = 1500

    /// The figure with its note.
    public func figure() -> Figure {
        let list = anchors.map { "\($0.name) \(Self.text($0.value))" }.joined(separator: ", ")
        let half = memberships.count { $0 == 0.5 }
        var note: RichText = anchors.isEmpty ? "" : "Anchors: \(list). "
        note.append("Ticks on the axis and marks on the curve are cases.")
        if half > 0 { note.append(" \(half == 1 ? "One case is" : "\(half) cases are") at exactly .5.") }
        return Figure(title: "Calibration of \(variable)", drawing: drawing(), note: note)
    }

    /// The picture.
    public func drawing() -> Drawing {
        let line = curve.isEmpty ? zip(raw, memberships).map { Point(x: $0, y: $1) } : curve
        var plot = Plot(
            title: "Calibration of \(variable)",
            summary: anchors.map { "\($0.name): \(Self.text($0.value))" }.joined(separator: "; ")
                + (anchors.isEmpty ? "" : "; ") + "\(raw.count) cases",
            width: 600, height: 400, horizontal: Axis(holding: raw + line.map(\.x) + anchors.map(\.value)),
            vertical: Axis(holding: [0, 1]), horizontalTitle: variable,
            verticalTitle: "Membership in \(set)", legendHeight: Double(anchorRows) * 16 + 4)
        plot.drawing.line(
            plot.point(plot.horizontal.lower, 0.5), plot.point(plot.horizontal.upper, 0.5),
            .init(.muted, width: 1, dashes: [4, 3]))
        let step = max(1, (raw.count + Self.pointLimit - 1) / Self.pointLimit)
        for index in stride(from: 0, to: raw.count, by: step) {
            let x = plot.x(raw[index])
            plot.drawing.line(
                Point(x: x, y: plot.area.maxY - 7), Point(x: x, y: plot.area.maxY), .init(.muted, width: 1))
        }
        plot.drawing.add(.polyline(line.map { plot.point($0.x, $0.y) }, .init(.blue, width: 1.8)))
        for index in stride(from: 0, to: raw.count, by: step) {
            plot.mark(plot.point(raw[index], memberships[index]), .ring, .blue, radius: raw.count > 200 ? 2 : 3)
        }
        drawAnchors(&plot)
        return plot.drawing
    }

    /// Names of anchors stand above the plot, in turn in one of some rows, so that neighbours do not meet.
    private var anchorRows: Int { min(anchors.count, 3) }

    private func drawAnchors(_ plot: inout Plot) {
        var ends = [Double](repeating: -.infinity, count: max(1, anchorRows))
        for anchor in anchors.sorted(by: { $0.value < $1.value }) {
            let x = plot.x(anchor.value)
            let text = TextMetrics.shortened(
                "\(anchor.name) \(Self.text(anchor.value))", fontSize: 11, maxWidth: plot.area.width)
            let width = TextMetrics.width(text, fontSize: 11)
            let center = max(plot.area.minX + width / 2, min(plot.area.maxX - width / 2, x))
            plot.drawing.line(
                Point(x: x, y: plot.area.minY), Point(x: x, y: plot.area.maxY),
                .init(.vermilion, width: 1.1, dashes: [3, 3]))
            // The lowest row with room; a name that finds none is left to the note.
            guard let row = ends.indices.first(where: { ends[$0] < center - width / 2 }) else { continue }
            ends[row] = center + width / 2 + 6
            plot.drawing.text(
                .init(text, at: Point(x: center, y: plot.area.minY - 9 - 16 * Double(row)), fontSize: 11))
        }
    }

    /// A value with the decimals that it needs, four at most.
    static func text(_ value: Double) -> String {
        let text = NumberFormat.fixed(4).string(value)
        guard text.contains(".") else { return text }
        var trimmed = Substring(text)
        while trimmed.hasSuffix("0") { trimmed.removeLast() }
        return String(trimmed.hasSuffix(".") ? trimmed.dropLast() : trimmed)
    }
}
