/// An ellipse whose axes need not lie along those of the drawing.
struct TiltedEllipse: Equatable {
    let center: Point
    /// Half the length of the first axis.
    let a: Double
    /// Half the length of the second axis.
    let b: Double
    /// The direction of the first axis.
    let axis: Point

    /// Makes an ellipse; the tilt of the first axis is in radians.
    init(center: Point, a: Double, b: Double, tilt: Double = 0) {
        self.center = center
        self.a = a
        self.b = b
        axis = Point(x: cosine(tilt), y: sine(tilt))
    }

    private init(center: Point, a: Double, b: Double, axis: Point) {
        self.center = center
        self.a = a
        self.b = b
        self.axis = axis
    }

    /// The ellipse in a drawing: enlarged about the origin, then moved.
    func placed(scale: Double, at origin: Point) -> TiltedEllipse {
        TiltedEllipse(center: center * scale + origin, a: a * scale, b: b * scale, axis: axis)
    }

    /// The point at an angle of the parameter, 0 to 2π.
    func point(at t: Double) -> Point { center + axis * (a * cosine(t)) + axis.normal * (b * sine(t)) }

    /// The direction of travel at an angle of the parameter.
    func tangent(at t: Double) -> Point { axis * (-a * sine(t)) + axis.normal * (b * cosine(t)) }

    /// Below zero inside, zero on the ellipse, above zero outside.
    func value(_ point: Point) -> Double {
        let (u, v) = coordinates(point)
        return u * u + v * v - 1
    }

    /// The parameter of a point on the ellipse, 0 to 2π.
    func parameter(of point: Point) -> Double {
        let (u, v) = coordinates(point)
        let t = arcTangent(y: v, x: u)
        return t < 0 ? t + 2 * .pi : t
    }

    /// Points along the ellipse from one parameter to a later one, both included.
    func points(from start: Double, to end: Double) -> [Point] {
        let steps = max(2, Int(((end - start) / (2 * .pi) * 180).rounded(.up)))
        return (0...steps).map { point(at: start + (end - start) * Double($0) / Double(steps)) }
    }

    /// The parameters at which this ellipse crosses another.
    func crossings(with other: TiltedEllipse) -> [Double] {
        let steps = 720
        func parameter(_ step: Int) -> Double { 2 * .pi * Double(step) / Double(steps) }
        let values = (0...steps).map { other.value(point(at: parameter($0))) }
        var result: [Double] = []
        for step in 0..<steps where (values[step] < 0) != (values[step + 1] < 0) {
            var low = parameter(step), high = parameter(step + 1)
            for _ in 0..<50 {
                let middle = (low + high) / 2
                if (other.value(point(at: middle)) < 0) == (values[step] < 0) { low = middle } else { high = middle }
            }
            result.append((low + high) / 2)
        }
        return result
    }

    private func coordinates(_ point: Point) -> (Double, Double) {
        let d = point - center
        return ((d.x * axis.x + d.y * axis.y) / a, (-d.x * axis.y + d.y * axis.x) / b)
    }
}
