import Probability

/// The two-sided probability of a (partial) correlation by t = r√(df/(1 − r²)); nil without degrees of freedom.
func partialCorrelationPValue(_ r: Double, degreesOfFreedom: Int) -> Double? {
    guard degreesOfFreedom > 0, abs(r) < 1 else { return nil }
    let df = Double(degreesOfFreedom)
    return StudentT(degreesOfFreedom: df).twoSided(r * (df / (1 - r * r)).squareRoot())
}
