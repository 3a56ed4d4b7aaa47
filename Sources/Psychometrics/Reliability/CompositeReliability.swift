/// Reliability and convergent validity from the loadings of one factor.
public enum CompositeReliability {
    /// The composite reliability of Fornell & Larcker (1981) from standardised loadings: (Σλ)²/((Σλ)² + Σ(1 − λ²)).
    public static func value(standardizedLoadings loadings: [Double]) -> Double {
        omega(loadings: loadings, residualVariances: loadings.map { 1 - $0 * $0 })
    }

    /// The average variance extracted of Fornell & Larcker (1981) from standardised loadings: the mean of λ².
    public static func averageVarianceExtracted(standardizedLoadings loadings: [Double]) -> Double {
        loadings.reduce(0) { $0 + $1 * $1 } / Double(loadings.count)
    }

    /// McDonald's ω (1999) of the sum score: (Σλ)²/((Σλ)² + Σθ).
    public static func omega(loadings: [Double], residualVariances: [Double]) -> Double {
        let sum = loadings.reduce(0, +)
        return sum * sum / (sum * sum + residualVariances.reduce(0, +))
    }
}
