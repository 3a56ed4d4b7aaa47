import LinearAlgebra
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A variance or covariance of random effects, or the residual variance.
public struct VarianceComponent: Sendable, Hashable, Codable {
    /// The grouping factor's name (with `.1` and so on for further terms of a factor), or `Residual`.
    public let group: String
    /// The random coefficient; nil for the residual.
    public let term1: String?
    /// The second coefficient of a covariance; nil for a variance.
    public let term2: String?
    /// The variance or covariance, in squared units of the response.
    public let estimate: Double
    /// The standard deviation; the correlation for a covariance (NaN next to a variance of zero).
    public let standardDeviationOrCorrelation: Double
    /// The standard error of the estimate by the observed information; nil for a variance at zero, or when not asked for.
    public let standardError: Double?
    /// Wald's z, estimate/standard error.
    public let z: Double?
    /// Its two-sided p-value, as Mplus and SPSS print it. It is a poor test of a variance, see ``VarianceComponentTest``.
    public let pValue: Double?
}

extension VarianceComponent {
    /// Wald's confidence interval as SPSS prints it: of a variance on the logarithmic scale, estimate·e^(±z·SE/estimate), of
    /// a covariance estimate ± z·SE. Nil without a standard error or for a level outside (0, 1).
    public func waldInterval(level: Double = 0.95) -> (lower: Double, upper: Double)? {
        guard let standardError, level > 0, level < 1 else { return nil }
        let margin = Normal.standard.upperQuantile((1 - level) / 2) * standardError
        guard term2 == nil else { return (estimate - margin, estimate + margin) }
        let factor = exp(margin / estimate)
        return (estimate / factor, estimate * factor)
    }
}

/// A parameter of the residual covariance matrix besides those of random effects.
public struct ResidualComponent: Sendable, Hashable, Codable {
    /// `variance`, `covariance`, `rho`, or a ratio of standard deviations, with the occasions it belongs to.
    public let name: String
    /// The estimate.
    public let estimate: Double
    /// Its standard error by the observed information; nil when not asked for.
    public let standardError: Double?
}

/// The variance components of a mixed model.
public struct VarianceComponents: Sendable, Hashable, Codable {
    /// Term by term the variances and then the covariances, and the residual variance last, as lme4 lists them.
    public let rows: [VarianceComponent]
    /// The components of a residual structure; empty for independent residuals of one variance.
    public let residual: [ResidualComponent]

    /// The components of `fit`, with Wald's tests when `withStandardErrors`.
    ///
    /// Standard errors are those of the observed information with variances at zero held there.
    /// - Throws: whatever the derivatives of the likelihood throw, with standard errors only.
    public init(_ fit: MixedModelFit, withStandardErrors: Bool = true) throws {
        var errors: [Double]?
        if withStandardErrors {
            let covariance = try VarianceParameterCovariance(fit, fit.sensitivity(.first)).covariance
            errors = covariance.diagonal.map { max($0, 0).squareRoot() }
        }
        var rows: [VarianceComponent] = []
        func append(
            _ group: String, _ term1: String?, _ term2: String?, _ value: Double, _ standardised: Double, _ index: Int
        ) {
            let error = errors.flatMap { $0.indices.contains(index) && $0[index] > 0 ? $0[index] : nil }
            let z = error.map { value / $0 }
            rows.append(
                VarianceComponent(
                    group: group, term1: term1, term2: term2, estimate: value,
                    standardDeviationOrCorrelation: standardised, standardError: error, z: z,
                    pValue: z.map { 2 * Normal.standard.upperTail(abs($0)) }))
        }
        var first = 0
        for (term, covariance) in zip(fit.design.terms, fit.covariances) {
            let entries = lowerTriangle(term.coefficientCount)
            for (index, (i, j)) in entries.enumerated() where i == j {
                let name = term.coefficientNames[i]
                append(term.name, name, nil, covariance[i, i], covariance[i, i].squareRoot(), first + index)
            }
            for (index, (i, j)) in entries.enumerated() where i != j {
                let scale = (covariance[i, i] * covariance[j, j]).squareRoot()
                append(
                    term.name, term.coefficientNames[j], term.coefficientNames[i], covariance[i, j],
                    covariance[i, j] / scale, first + index)
            }
            first += entries.count
        }
        append("Residual", nil, nil, fit.residualVariance, fit.residualVariance.squareRoot(), first)
        self.rows = rows
        residual =
            (fit.likelihood as? StructuredLikelihood)?
            .residualComponents(at: fit.theta, variance: fit.residualVariance).enumerated().map { index, component in
                ResidualComponent(
                    name: component.name, estimate: component.value,
                    standardError: errors.flatMap {
                        $0.indices.contains(first + index) ? $0[first + index] : nil
                    })
            } ?? []
    }

    /// The row of a group and one or two coefficients, in either order.
    public subscript(group: String, term1: String?, term2: String?) -> VarianceComponent? {
        rows.first {
            $0.group == group
                && (($0.term1 == term1 && $0.term2 == term2) || ($0.term1 == term2 && $0.term2 == term1))
        }
    }
}
