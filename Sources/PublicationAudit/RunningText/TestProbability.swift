import Probability

extension ReportedTest {
    /// The p values that the printed statistic and degrees of freedom allow, for a test with one or two tails.
    ///
    /// Degrees of freedom with decimals are rounded too; without any, t may have all from one on.
    func probabilities(tails: Int, degreesOfFreedom: [PrintedNumber]? = nil) -> Interval {
        let degrees = (degreesOfFreedom ?? self.degreesOfFreedom).map {
            $0.isWhole ? Interval($0.value) : $0.interval.intersection(Interval(1e-3, .infinity)) ?? Interval(1e-3)
        }
        let size = magnitudes
        switch statistic {
        case .z: return tailProbabilities(of: size, nil, tails: tails)
        case .t: return tailProbabilities(of: size, degrees.first ?? Interval(1, .infinity), tails: tails)
        case .r:
            let df = degrees.first ?? Interval(1, .infinity)
            func t(_ r: Double, _ df: Double) -> Double {
                let r = min(max(r, 0), 1)
                return r >= 1 ? .infinity : r * (df / (1 - r * r)).squareRoot()
            }
            let least = tailProbabilities(of: Interval(t(size.upper, df.upper)), Interval(df.upper), tails: tails)
            let most = tailProbabilities(of: Interval(t(size.lower, df.lower)), Interval(df.lower), tails: tails)
            return least.union(most)
        case .f:
            let first = degrees.first ?? Interval(1), second = degrees.last ?? Interval(1)
            let values = [first.lower, first.upper].flatMap { numerator in
                [second.lower, second.upper].flatMap { denominator in
                    [size.lower, size.upper].map { FisherF(numerator, denominator).upperTail($0) }
                }
            }
            return halved(values, tails)
        case .chiSquared, .gSquared, .q, .h:
            let df = degrees.first ?? Interval(1)
            let values = [df.lower, df.upper].flatMap { df in
                [size.lower, size.upper].map { ChiSquared(degreesOfFreedom: df).upperTail($0) }
            }
            return halved(values, tails)
        }
    }

    private func halved(_ values: [Double], _ tails: Int) -> Interval {
        let known = values.filter { !$0.isNaN }
        let factor = tails == 1 ? 0.5 : 1
        return Interval(factor * (known.min() ?? 0), factor * (known.max() ?? 1))
    }

    /// The sizes of the statistic behind the printed value.
    private var magnitudes: Interval {
        switch value.relation {
        case .equal: value.interval.magnitude
        case .less: Interval(0, abs(value.value))
        case .greater: Interval(abs(value.value), .infinity)
        }
    }

    /// Whether a direction can be tested: F and χ² with one degree of freedom are squares of t and z.
    var canHaveOneTail: Bool {
        switch statistic {
        case .t, .z, .r: true
        case .f, .chiSquared: degreesOfFreedom.first?.value == 1
        case .gSquared, .q, .h: false
        }
    }
}

extension ReportedTest.Probability {
    /// Whether some of the p values give what is printed.
    func fits(_ p: Interval) -> Bool {
        switch self {
        case .notSignificant: return p.upper > 0.05
        case .number(let number):
            switch number.relation {
            case .equal: return number.interval.overlaps(p)
            case .less: return p.lower <= number.value
            case .greater: return p.upper >= number.value
            }
        }
    }

    /// Whether they give it if further digits of p were cut off.
    func fitsIfCut(_ p: Interval) -> Bool {
        guard case .number(let number) = self else { return false }
        return number.relation == .equal && number.cutOff.overlaps(p)
    }

    /// Whether what is printed is significant at .05; `nil` if it does not say.
    var isSignificant: Bool? {
        switch self {
        case .notSignificant: return false
        case .number(let number):
            switch number.relation {
            case .equal: return number.value <= 0.05
            case .less: return number.value <= 0.05 ? true : nil
            case .greater: return number.value >= 0.05 ? false : nil
            }
        }
    }

    /// Whether all values behind what is printed are significant at .05, or none; `nil` otherwise.
    var isClearlySignificant: Bool? {
        guard case .number(let number) = self, number.relation == .equal, number.interval.contains(0.05) else {
            return isSignificant
        }
        return nil
    }

    /// Whether p is printed as zero.
    var isZero: Bool {
        if case .number(let number) = self { return number.value == 0 && number.relation != .greater }
        return false
    }
}
