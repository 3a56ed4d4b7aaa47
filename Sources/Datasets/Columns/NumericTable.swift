public import LinearAlgebra

/// What to do with rows that lack a value of a variable in use.
public enum MissingTreatment: String, Sendable, Hashable, Codable {
    /// Only rows that are complete on all variables in use are kept.
    case listwise
    /// Every row is kept; missing cells are NaN.
    case keep
}

/// Numeric variables side by side, ready for an analysis.
public struct NumericTable: Sendable {
    /// The values, n × p, a variable per column; NaN where a missing cell was kept.
    public var matrix: Matrix
    /// The names of the p variables.
    public var names: [String]
    /// For each of the n rows, its index (from zero) in the dataset.
    public var rowIndices: [Int]

    /// Creates a table of `matrix.columns` variables.
    public init(matrix: Matrix, names: [String], rowIndices: [Int]) {
        self.matrix = matrix
        self.names = names
        self.rowIndices = rowIndices
    }
}
