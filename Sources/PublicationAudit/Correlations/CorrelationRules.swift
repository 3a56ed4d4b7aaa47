extension AuditRule {
    /// The rules of this family.
    static let correlationRules: [AuditRule] = [
        .correlationRange, .correlationStars, .correlationSample, .positiveDefiniteness, .varianceInflation,
        .fornellLarcker, .repeatedFigure,
    ]
}
