extension SufficiencyFit {
    /// Haesebrouck's consistency of x as a subset of y, Σ min(x, y) / Σ (min(x, y) + √(max(x - y, 0) · x)); nil where
    /// x is empty.
    ///
    /// Large inconsistencies of full members weigh more than small ones of cases at the crossover. Haesebrouck (2015,
    /// "Pitfalls in QCA's consistency measure", Journal of Comparative Politics 8); column Cons.Suf(H) of SetMethods'
    /// `QCAfit`.
    public static func haesebrouckConsistency(_ x: [Double], in y: [Double]) -> Double? {
        var both = 0.0, weighted = 0.0
        for (x, y) in zip(x, y) {
            let common = min(x, y)
            both += common
            weighted += common + (max(x - y, 0) * x).squareRoot()
        }
        return ratio(both, weighted)
    }
}

extension NecessityFit {
    /// Haesebrouck's consistency of x as a superset of y: that of y as a subset of x; nil where y is empty.
    public static func haesebrouckConsistency(_ x: [Double], of y: [Double]) -> Double? {
        SufficiencyFit.haesebrouckConsistency(y, in: x)
    }
}
