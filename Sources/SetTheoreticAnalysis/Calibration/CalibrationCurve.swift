extension Calibration {
    /// A point of a calibration plot.
    public struct CurvePoint: Sendable, Hashable {
        /// The raw value.
        public let value: Double
        /// The membership before rounding, or the code of the level.
        public let membership: Double
    }

    /// The membership function along a grid from the lowest to the highest of values and anchors, with the anchors and
    /// the values themselves among the points.
    ///
    /// - Parameters:
    ///   - values: The raw values, on which percentiles and some methods depend; missing ones are left out.
    ///   - name: The name of the set, for messages.
    ///   - points: The number of points of the grid.
    /// - Returns: The points in order of the raw value, each once.
    /// - Throws: ``SetTheoryError`` as ``calibrate(_:name:cases:)`` does.
    public func curve(
        for values: [Double], name: String, points: Int = 201
    ) throws(SetTheoryError) -> [CurvePoint] {
        let (function, anchors, sorted) = try membershipFunction(for: values, name: name)
        let marks = sorted + anchors.map(\.value)
        var places = Set(marks)
        if let low = marks.min(), let high = marks.max(), points > 1 {
            for step in 0..<points { places.insert(low + (high - low) * Double(step) / Double(points - 1)) }
        }
        return places.sorted().map { CurvePoint(value: $0, membership: function($0)) }
    }
}
