#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How raw values become memberships in a set.
///
/// Anchors must come from theory or outside knowledge; percentiles and clusters only describe the sample.
public struct Calibration: Sendable, Hashable {
    /// What the outer anchors of the direct method mean.
    public enum Scale: Sendable, Hashable {
        /// Log odds of membership of -3 and 3, that is memberships of 0.0474 and 0.9526: the rule of fsQCA (Ragin 2008,
        /// chapter 5).
        case logOdds3
        /// A degree of membership at full inclusion, above 0.5 and below 1, and its complement at full exclusion; 0.95
        /// is the rule of QCA for R (Duşa 2019).
        case degree(Double)

        /// The log odds of membership at full inclusion.
        public var logOdds: Double {
            switch self {
            case .logOdds3: 3
            case .degree(let degree): log(degree / (1 - degree))
            }
        }
    }

    /// The exponents of the flanks of a piecewise power function.
    public struct Exponents: Sendable, Hashable {
        /// Between full exclusion and crossover.
        public let below: Double
        /// Between crossover and full inclusion.
        public let above: Double

        /// Puts exponents together; above 1 the curve is flat at the outer anchor, below 1 flat at the crossover.
        public init(below: Double, above: Double) {
            self.below = below
            self.above = above
        }

        /// Straight lines.
        public static let linear = Exponents(below: 1, above: 1)
        /// Parabolas.
        public static let quadratic = Exponents(below: 2, above: 2)
    }

    /// The rule that turns raw values into memberships.
    public enum Method: Sendable, Hashable {
        /// Logistic: log odds of membership are L(x - c)/(i - c) beyond the crossover c and L(x - c)/(c - e) before it,
        /// with the log odds L of the scale (Ragin 2008, chapter 5).
        case direct(Anchors, scale: Scale)
        /// Piecewise power functions: ½((x - e)/(c - e))^below up to the crossover and 1 - ½((i - x)/(i - c))^above up
        /// to full inclusion, 0 and 1 outside (Clark, Larson, Mordeson, Potter & Wierman 2008; Thiem & Duşa 2013).
        /// Exponents of 1 are linear; exponents of 2 are the S-shaped quadratic function of Zadeh (1975), here called
        /// Clarke-type.
        case power(Anchors, Exponents)
        /// A set in the middle of the scale, or at both ends: the piecewise power functions on two flanks. A bell rises
        /// from the first exclusion to the first inclusion and falls from the second inclusion to the second
        /// exclusion; an inverted bell falls first and rises then.
        case bell(first: Anchors, second: Anchors, Exponents)
        /// The empirical distribution F of the values from the lowest to the highest anchor: ½F(x)/F(c) up to the
        /// crossover and 1 - ½(1 - F(x))/(1 - F(c)) beyond (Thiem & Duşa 2013).
        case cumulative(Anchors)
        /// Levels of a crisp or multi-value set: the number of cuts that do not exceed the value.
        case cuts([Anchor])
        /// The indirect method: the values are sorted into one group more than there are cuts (a value equal to a cut
        /// stays below), the groups get equally spaced preliminary memberships, and a fractional polynomial
        /// ln x + √x + x + x² is fitted to them by quasi-binomial regression with logit link (Ragin 2008, chapter 5;
        /// Duşa 2019). Preliminary memberships have 3 decimals and predictions 6, as in QCA for R.
        case indirect(cuts: [Anchor])
        /// Totally fuzzy and relative: (F(x) - F(lowest))/(1 - F(lowest)) with the empirical distribution F (Cheli &
        /// Lemmi 1995). The lowest category is the smallest value unless it is given; QCA for R takes it to be 1.
        case totallyFuzzyRelative(lowest: Double?)
    }

    /// The rule.
    public let method: Method
    /// How many decimals memberships are rounded to, if any; fsQCA's tables have two.
    public let decimals: Int?

    /// A calibration by a method.
    ///
    /// - Parameters:
    ///   - method: The rule.
    ///   - decimals: How many decimals memberships are rounded to; nil leaves them as they are.
    public init(_ method: Method, decimals: Int? = nil) {
        self.method = method
        self.decimals = decimals
    }

    /// The direct method, with log odds of 3 unless another scale is named.
    public static func direct(
        exclusion: Anchor, crossover: Anchor, inclusion: Anchor, scale: Scale = .logOdds3
    ) -> Calibration {
        Calibration(
            .direct(Anchors(exclusion: exclusion, crossover: crossover, inclusion: inclusion), scale: scale))
    }

    /// The anchors, in the order of the text form: exclusion, crossover and inclusion of a flank, the second flank from
    /// inclusion to exclusion; or the cuts.
    public var anchors: [Anchor] {
        switch method {
        case .direct(let anchors, _), .power(let anchors, _), .cumulative(let anchors):
            [anchors.exclusion, anchors.crossover, anchors.inclusion]
        case .bell(let first, let second, _):
            [
                first.exclusion, first.crossover, first.inclusion, second.inclusion, second.crossover,
                second.exclusion,
            ]
        case .cuts(let cuts), .indirect(let cuts): cuts
        case .totallyFuzzyRelative: []
        }
    }

    /// What each of the ``anchors`` is called.
    public var anchorNames: [String] {
        switch method {
        case .direct, .power, .cumulative: ["full exclusion", "crossover", "full inclusion"]
        case .bell:
            [
                "first full exclusion", "first crossover", "first full inclusion", "second full inclusion",
                "second crossover", "second full exclusion",
            ]
        case .cuts(let cuts), .indirect(let cuts): cuts.indices.map { cuts.count == 1 ? "cut" : "cut \($0 + 1)" }
        case .totallyFuzzyRelative: []
        }
    }

    /// The same method with other anchors, for example to see how much a result depends on them.
    ///
    /// - Parameter anchors: As many as there are, in the order of ``anchors``; otherwise nothing changes.
    public func replacing(anchors new: [Anchor]) -> Calibration {
        guard new.count == anchors.count else { return self }
        func flank(_ e: Int, _ c: Int, _ i: Int) -> Anchors {
            Anchors(exclusion: new[e], crossover: new[c], inclusion: new[i])
        }
        let method: Method =
            switch method {
            case .direct(_, let scale): .direct(flank(0, 1, 2), scale: scale)
            case .power(_, let exponents): .power(flank(0, 1, 2), exponents)
            case .cumulative: .cumulative(flank(0, 1, 2))
            case .bell(_, _, let exponents): .bell(first: flank(0, 1, 2), second: flank(5, 4, 3), exponents)
            case .cuts: .cuts(new)
            case .indirect: .indirect(cuts: new)
            case .totallyFuzzyRelative(let lowest): .totallyFuzzyRelative(lowest: lowest)
            }
        return Calibration(method, decimals: decimals)
    }

    /// The calibration with memberships rounded to some decimals, or not at all.
    public func rounding(to decimals: Int?) -> Calibration { Calibration(method, decimals: decimals) }
}
