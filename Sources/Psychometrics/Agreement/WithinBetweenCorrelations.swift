import LinearAlgebra

/// Correlations within groups and between group means, weighted by group size, as `statsBy` of psych computes them.
///
/// A correlation that does not exist, for lack of variance, is nil.
public struct WithinBetweenCorrelations: Sendable, Codable, Equatable {
    /// The names of the variables.
    public let variables: [String]
    /// The pooled correlations of the deviations from the group means.
    public let within: [[Double?]]
    /// The correlations of the group means, each weighted by the size of its group.
    public let between: [[Double?]]

    /// Decomposes the correlations of the columns of `data` (complete cases) in the groups that the equal elements of
    /// `groups` form.
    /// - Throws: ``PsychometricsError`` for missing values, fewer than two groups, or as many groups as cases.
    public init<Group: Hashable>(_ data: Matrix, variables: [String], groups: [Group]) throws {
        _ = try Moments(data, names: variables)
        guard groups.count == data.rows else {
            throw PsychometricsError.mismatchedInput(expected: data.rows, found: groups.count)
        }
        let grouping = try Grouping(groups)
        // Deviations from the grand mean keep cancellation out of the group means.
        let centred = Moments.centred(data).data
        let means = grouping.means(of: centred)
        let deviations = Matrix(rows: data.rows, columns: data.columns) { i, j in
            centred[i, j] - means[grouping.codes[i], j]
        }
        let weighted = Matrix(rows: means.rows, columns: means.columns) { g, j in
            Double(grouping.sizes[g]).squareRoot() * means[g, j]
        }
        self.variables = variables
        let total = centred.crossProduct.diagonal
        within = Self.correlations(deviations.crossProduct, total: total)
        between = Self.correlations(weighted.crossProduct, total: total)
    }

    private static func correlations(_ products: Matrix, total: [Double]) -> [[Double?]] {
        // Rounding alone leaves about 1e-30 of the variance.
        let exists = products.diagonal.indices.map { products[$0, $0] > 1e-24 * total[$0] }
        return exists.indices.map { i in
            exists.indices.map { j in
                guard exists[i], exists[j] else { return nil }
                if i == j { return 1 }
                return min(max(products[i, j] / (products[i, i] * products[j, j]).squareRoot(), -1), 1)
            }
        }
    }
}
