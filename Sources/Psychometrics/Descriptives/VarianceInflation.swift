import LinearAlgebra

/// Variance inflation factors.
public enum VarianceInflation {
    /// The variance inflation factor of each variable given all others, 1/(1 − R²): the diagonal of the inverse
    /// correlation matrix.
    /// - Throws: ``PsychometricsError/singularCorrelations(variables:)``.
    public static func factors(correlations: Matrix, variables: [String]) throws -> [Double] {
        try inverse(ofCorrelations: correlations, names: variables).inverse.diagonal
    }
}
