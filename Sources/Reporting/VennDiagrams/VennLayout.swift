/// Where the sets of a Venn diagram lie.
enum VennLayout {
    /// The most sets for which congruent ellipses make a Venn diagram (Grünbaum, 1975).
    static let setLimit = 5

    /// The ellipses for a number of sets from 1 to 5, about the origin, with first axes of length 2; empty for others.
    ///
    /// Circles serve for up to three sets (Venn, 1880), ellipses for four, and Grünbaum's (1975) five ellipses, each a fifth
    /// of a turn from the next, for five. The figures make the widest circle that fits the narrowest zone as large as
    /// possible.
    static func ellipses(_ count: Int) -> [TiltedEllipse] {
        func circle(_ angle: Double, _ distance: Double) -> TiltedEllipse {
            TiltedEllipse(center: Point(x: distance * cosine(angle), y: distance * sine(angle)), a: 1, b: 1)
        }
        switch count {
        case 1: return [circle(0, 0)]
        case 2: return [circle(.pi, 0.58), circle(0, 0.58)]
        case 3: return [-5.0, -1, 3].map { circle(.pi * $0 / 6, 0.62) }
        case 4:
            let halves = [(x: 0.430, y: 0.036, tilt: 0.352), (x: 0.072, y: 0.381, tilt: 0.665)]
            func half(_ index: Int, _ side: Double) -> TiltedEllipse {
                TiltedEllipse(
                    center: Point(x: side * halves[index].x, y: -halves[index].y), a: 1, b: 0.559,
                    tilt: -side * halves[index].tilt)
            }
            return [half(0, -1), half(1, -1), half(1, 1), half(0, 1)]
        case 5:
            return (0..<5).map { index in
                let turn = 2 * .pi * Double(index) / 5 - .pi / 2
                return TiltedEllipse(
                    center: Point(x: 0.282 * cosine(turn), y: 0.282 * sine(turn)), a: 1, b: 0.526, tilt: 2.842 + turn)
            }
        default: return []
        }
    }
}
