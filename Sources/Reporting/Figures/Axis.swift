import Probability

/// The scale of an axis with round tick values (Heckbert, 1990, "Nice numbers for graph labels").
struct Axis: Equatable {
    /// The value at the start of the axis.
    let lower: Double
    /// The value at its end.
    let upper: Double
    /// The values that are written at the axis.
    let ticks: [Double]
    /// The decimals that tell the ticks apart.
    let decimals: Int

    /// Makes an axis that holds all finite values of a list.
    ///
    /// - Parameters:
    ///   - values: The values to hold.
    ///   - count: About how many ticks there should be.
    ///   - anchors: Values that must be on the axis too, such as zero.
    ///   - isTight: Whether the axis ends at the values instead of at ticks.
    init(holding values: [Double], count: Int = 6, anchors: [Double] = [], isTight: Bool = false) {
        let finite = (values + anchors).filter { $0.isFinite && abs($0) < 1e300 }
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        if high - low <= 1e-12 * max(abs(low), abs(high)) {
            let margin = low == 0 ? 1 : abs(low) * 0.1
            low -= margin
            high += margin
        }
        let step = Self.step(for: (high - low) / Double(max(1, count - 1)))
        let first = (low / step + (isTight ? -1e-9 : 1e-9)).rounded(isTight ? .up : .down)
        let last = (high / step + (isTight ? 1e-9 : -1e-9)).rounded(isTight ? .down : .up)
        // At most a few ticks lie between two multiples of the step; the bound guards against rounding.
        let steps = max(0, min(Int(last - first), 100))
        ticks = (0...steps).map { (first + Double($0)) * step }
        lower = isTight ? low : first * step
        upper = isTight ? high : last * step
        decimals = max(0, -Int(decimalLogarithm(step).rounded(.down)))
    }

    /// The step of 1, 2 or 5 times a power of ten nearest above a raw one.
    private static func step(for raw: Double) -> Double {
        let exponent = Int(decimalLogarithm(raw).rounded(.down))
        let power = powerOfTen(exponent)
        let fraction = raw / power
        let round: Double = fraction <= 1.0001 ? 1 : fraction <= 2.0001 ? 2 : fraction <= 5.0001 ? 5 : 10
        return round * power
    }

    /// How far along the axis a value lies, 0 to 1.
    func fraction(_ value: Double) -> Double { (value - lower) / (upper - lower) }

    /// The text of a tick.
    func text(_ tick: Double) -> String { NumberFormat.fixed(decimals).string(tick) }
}
