#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Membership as a function of one raw value, with anchors that are numbers in a checked order.
enum MembershipFunction {
    case logistic(Flank, logOdds: Double)
    case power(Flank, Calibration.Exponents)
    case bell(Flank, Flank, Calibration.Exponents)
    case cumulative(Flank, EmpiricalDistribution)
    case levels([Double])
    case indirect(FractionalPolynomial)
    case relative(lowest: Double, EmpiricalDistribution)

    /// Anchors that rise (e < c < i) or fall (e > c > i).
    struct Flank {
        let e: Double, c: Double, i: Double
        var rises: Bool { e < i }

        /// A piecewise power function from 0 at e over 0.5 at c to 1 at i, whichever way that lies.
        func power(_ x: Double, _ exponents: Calibration.Exponents) -> Double {
            if rises ? x <= e : x >= e { return 0 }
            if rises ? x >= i : x <= i { return 1 }
            if rises ? x <= c : x >= c { return pow((e - x) / (e - c), exponents.below) / 2 }
            return 1 - pow((i - x) / (i - c), exponents.above) / 2
        }
    }

    func callAsFunction(_ x: Double) -> Double {
        switch self {
        case .logistic(let flank, let logOdds):
            // Memberships of a falling set are those of the rising set with e and i exchanged, taken from 1.
            let (e, i) = flank.rises ? (flank.e, flank.i) : (flank.i, flank.e)
            let distance = x < flank.c ? (x - flank.c) / (flank.c - e) : (x - flank.c) / (i - flank.c)
            let membership = 1 / (1 + exp(-distance * logOdds))
            return Self.snapped(flank.rises ? membership : 1 - membership)
        case .power(let flank, let exponents): return Self.snapped(flank.power(x, exponents))
        case .bell(let first, let second, let exponents):
            // The flanks do not overlap: before the end of the first one decides, after it the other.
            let end = first.rises ? first.i : first.e
            return Self.snapped((x < end ? first : second).power(x, exponents))
        case .cumulative(let flank, let distribution):
            if flank.rises ? x <= flank.e : x > flank.e { return 0 }
            if flank.rises ? x > flank.i : x <= flank.i { return 1 }
            let below = distribution(x), crossover = distribution(flank.c)
            // Between values of the data a side of the crossover may be empty; then its curve stays at 0.5.
            var share = 0.5
            if x <= flank.c, crossover > 0 { share = below / crossover / 2 }
            if x > flank.c, crossover < 1 { share = 1 - (1 - below) / (1 - crossover) / 2 }
            return Self.snapped(flank.rises ? share : 1 - share)
        case .levels(let cuts): return Double(cuts.count { $0 <= x })
        case .indirect(let polynomial): return Self.snapped((polynomial(x) * 1e6).rounded() / 1e6)
        case .relative(let lowest, let distribution):
            let floor = distribution(lowest)
            return floor < 1 ? max(0, (distribution(x) - floor) / (1 - floor)) : 0
        }
    }

    /// Memberships below 0.0001 and above 0.9999 are 0 and 1, as in QCA for R.
    private static func snapped(_ membership: Double) -> Double {
        membership < 0.0001 ? 0 : membership > 0.9999 ? 1 : membership
    }

    /// Whether the membership is 0 or 1 only because it was next to it: these functions never reach them.
    func snaps(_ x: Double) -> Bool {
        switch self {
        case .logistic, .indirect:
            let membership = self(x)
            return membership == 0 || membership == 1
        case .power, .bell, .cumulative, .levels, .relative: return false
        }
    }
}

/// The share of values that do not exceed a value.
struct EmpiricalDistribution {
    private let sorted: [Double]

    init(sorted: [Double]) { self.sorted = sorted }

    func callAsFunction(_ x: Double) -> Double {
        var low = 0, high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= x { low = middle + 1 } else { high = middle }
        }
        return sorted.isEmpty ? 0 : Double(low) / Double(sorted.count)
    }
}
