/// Indices that compare the target structure with a baseline (independence) structure.
///
/// T, d are the test and degrees of freedom of the target, T₀, d₀ those of the baseline. Where an index is not defined
/// it is nil; with a saturated target lavaan's conventions are followed.
public struct IncrementalFit: Sendable {
    let target: TestStatistic
    let baseline: TestStatistic

    /// Creates the comparison.
    public init(target: TestStatistic, baseline: TestStatistic) {
        self.target = target
        self.baseline = baseline
    }

    private var t: Double { target.chiSquare }
    private var d: Double { Double(target.degreesOfFreedom) }
    private var t0: Double { baseline.chiSquare }
    private var d0: Double { Double(baseline.degreesOfFreedom) }
    private var isNegligible: (Double) -> Bool { { abs($0) < 1.5e-8 } }

    /// CFI (Bentler 1990): 1 − max(T − d, 0) / max(T − d, T₀ − d₀, 0).
    public var cfi: Double {
        let misfit = max(target.noncentrality, 0)
        let worst = max(misfit, baseline.noncentrality)
        return isNegligible(misfit) && isNegligible(worst) ? 1 : 1 - misfit / worst
    }

    /// RNI (McDonald & Marsh 1990): CFI without its bounds.
    public var rni: Double? {
        isNegligible(baseline.noncentrality) ? nil : 1 - target.noncentrality / baseline.noncentrality
    }

    /// TLI or NNFI (Tucker & Lewis 1973; Bentler & Bonett 1980): 1 − [(T − d)/(T₀ − d₀)]·(d₀/d).
    public var tli: Double {
        guard d > 0, abs(baseline.noncentrality) > 0 else { return 1 }
        return 1 - target.noncentrality * d0 / (baseline.noncentrality * d)
    }

    /// NFI (Bentler & Bonett 1980): (T₀ − T)/T₀.
    public var nfi: Double? {
        if d > d0 || isNegligible(t0) { return nil }
        return d > 0 ? (t0 - t) / t0 : 1
    }

    /// PNFI (James, Mulaik & Brett 1982): NFI·d/d₀.
    public var pnfi: Double? { d0 > 0 && t0 > 0 ? d / d0 * (t0 - t) / t0 : nil }

    /// PCFI: CFI·d/d₀, as AMOS prints it.
    public var pcfi: Double? { d0 > 0 ? cfi * d / d0 : nil }

    /// RFI (Bollen 1986): 1 − (T/d)/(T₀/d₀).
    public var rfi: Double? {
        if d > d0 { return nil }
        guard d > 0, d0 > 0 else { return 1 }
        let base = t0 / d0
        let gain = base - t / d
        return gain < 0 || base < 0 ? 1 : gain / base
    }

    /// IFI (Bollen 1989): (T₀ − T)/(T₀ − d).
    public var ifi: Double? {
        let possible = t0 - d
        if isNegligible(possible) { return nil }
        return possible < 0 ? 1 : (t0 - t) / possible
    }
}
