import Probability

extension ReferencedFigures {
    /// CR and AVE that lie on the right side of a bound as printed, while the loadings that they come from put them on the other.
    func contradicted(_ comparison: TextClaim.Comparison, _ bound: Double) -> [String] {
        guard let table = table as? LoadingTable, let column else { return [] }
        return table.factors.compactMap { factor in
            guard let loadings = factor.complete, figures.contains(where: { $0.label == factor.label }) else {
                return nil
            }
            let pairs = [
                ("CR", factor.compositeReliability, loadings.compositeReliability),
                ("AVE", factor.averageVariance, loadings.averageVariance),
            ]
            guard let (_, printed, span) = pairs.first(where: { table.columns[$0.0] == column }), let printed,
                !printed.interval.overlaps(span), !comparison.allows(span, bound)
            else { return nil }
            return "\(factor.label) is printed as \(printed.text), and its loadings give \(spanText(span, decimals: 3))"
        }
    }
}
