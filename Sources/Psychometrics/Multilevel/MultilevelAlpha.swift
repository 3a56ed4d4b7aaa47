import LinearAlgebra

/// Cronbach's alpha of a scale within groups and between them (Geldhof, Preacher & Zyphur 2014).
///
/// Alpha at a level is that of the items' covariance matrix at the level: within groups the pooled one, between groups
/// (MSB − MSW)/n₀ with n₀ = (N − Σnⱼ²/N)/(J − 1), the moment estimate of the analysis of variance (Searle, Casella &
/// McCulloch 1992, 3.6). A two-level model by maximum likelihood gives nearly the same within groups, and between them when
/// groups are many.
public struct MultilevelAlpha: Sendable, Codable, Equatable {
    /// The scale's name.
    public let scale: String
    /// The names of the items.
    public let items: [String]
    /// The number of complete cases.
    public let cases: Int
    /// The number of groups.
    public let groups: Int
    /// n₀, the group size that counts.
    public let groupSize: Double
    /// Alpha within groups; nil when the sum of the items does not vary within groups.
    public let within: Double?
    /// Alpha between groups; nil when an item's variance between groups, or that of their sum, is not positive.
    public let between: Double?
    /// Alpha of all cases without regard to groups.
    public let ignoringGroups: Double?
    /// The covariance matrix within groups.
    public let withinCovariances: Matrix
    /// The covariance matrix between groups.
    public let betweenCovariances: Matrix
    /// Whether the estimate of ``betweenCovariances`` is no covariance matrix, having a negative eigenvalue: groups are too
    /// few or too much alike. ``between`` is then kept to at most 1.
    public let isBetweenIndefinite: Bool

    /// Computes alpha at both levels.
    ///
    /// - Parameters:
    ///   - scale: The scale's name.
    ///   - data: The answers (rows are cases, columns items); cases with a missing value (NaN) are left out.
    ///   - items: The names of the items, at least two.
    ///   - labels: The group of each case.
    /// - Throws: ``PsychometricsError``.
    public init<Group: Hashable>(scale: String, data: Matrix, items: [String], groups labels: [Group]) throws {
        guard items.count == data.columns else {
            throw PsychometricsError.mismatchedInput(expected: data.columns, found: items.count)
        }
        guard labels.count == data.rows else {
            throw PsychometricsError.mismatchedInput(expected: data.rows, found: labels.count)
        }
        guard items.count > 1 else { throw PsychometricsError.tooFewVariables(needed: 2, found: items.count) }
        let kept = (0..<data.rows).filter { row in (0..<data.columns).allSatisfy { data[row, $0].isFinite } }
        let grouping = try Grouping(kept.map { labels[$0] })
        let centred = Moments.centred(data.submatrix(rows: kept, columns: Array(0..<data.columns))).data
        let means = grouping.means(of: centred)
        let deviations = Matrix(rows: centred.rows, columns: centred.columns) { i, j in
            centred[i, j] - means[grouping.codes[i], j]
        }
        let weighted = Matrix(rows: means.rows, columns: means.columns) { g, j in
            Double(grouping.sizes[g]).squareRoot() * means[g, j]
        }
        let n = Double(kept.count), j = Double(grouping.sizes.count)
        let size = (n - grouping.sizes.reduce(0) { $0 + Double($1 * $1) } / n) / (j - 1)
        let msw = deviations.crossProduct.map { $0 / (n - j) }
        let msb = weighted.crossProduct.map { $0 / (j - 1) }
        let between = (1 / size) * (msb - msw)
        self.scale = scale
        self.items = items
        cases = kept.count
        groups = grouping.sizes.count
        groupSize = size
        withinCovariances = msw
        betweenCovariances = between
        within = CronbachAlpha.value(msw)
        ignoringGroups = CronbachAlpha.value(centred.crossProduct)
        let magnitude = between.maximumMagnitude
        isBetweenIndefinite = (try SymmetricEigen(between).values.last ?? 0) < -1e-12 * magnitude
        let variancesArePositive = between.diagonal.allSatisfy { $0 > 1e-12 * magnitude }
        self.between = variancesArePositive ? CronbachAlpha.value(between).map { min($0, 1) } : nil
    }
}
