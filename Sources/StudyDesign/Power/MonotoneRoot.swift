/// Where a rising function reaches a height.
enum MonotoneRoot {
    /// The least argument from `lower` on, up to `limit`, at which `function` is not below `target`; nil where it stays below.
    ///
    /// The step doubles until the height is passed; the bracket is then halved to the last digit.
    static func find(
        _ target: Double, from lower: Double, step: Double, limit: Double, _ function: (Double) -> Double
    ) -> Double? {
        if function(lower) >= target { return lower }
        var low = lower, step = step
        var high = low
        repeat {
            guard high < limit else { return nil }
            low = high
            high = min(high + step, limit)
            step *= 2
        } while !(function(high) >= target)
        for _ in 0..<200 {
            let middle = 0.5 * (low + high)
            guard middle > low, middle < high, high - low > 4 * high.ulp else { break }
            if function(middle) >= target { high = middle } else { low = middle }
        }
        return high
    }

    /// The least whole number from `lower` on, up to `limit`, at which `function` is not below `target`.
    static func findInteger(
        _ target: Double, from lower: Int, limit: Int = 1_000_000_000, _ function: (Int) -> Double
    ) -> Int? {
        if function(lower) >= target { return lower }
        var low = lower, high = lower, step = 1
        repeat {
            guard high < limit else { return nil }
            low = high
            high = min(high + step, limit)
            step *= 2
        } while !(function(high) >= target)
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if function(middle) >= target { high = middle } else { low = middle }
        }
        return high
    }
}
