/// How a formula is applied to data, beyond what the formula itself says.
public struct DesignOptions: Sendable, Hashable {
    /// The coding of categorical predictors.
    public var contrast: FactorContrast
    /// The coding of single predictors, by the name of the column or of the variable (`factor(x)`).
    public var contrasts: [String: FactorContrast]
    /// The order of the levels of columns; columns not named here have theirs in order of Unicode scalars.
    public var levels: [String: [String]]
    /// The reference level of columns: it becomes the first.
    public var references: [String: String]
    /// The column of case weights w: the residual variance of row i is σ²/wᵢ. Nil means 1 for all.
    public var weights: String?
    /// The rows of the frame that may be used, or nil for all; such as those of a larger model that this is compared to.
    public var rows: [Int]?

    /// Treatment contrasts against the first level, and all rows, unless said otherwise.
    public init(
        contrast: FactorContrast = .treatment, contrasts: [String: FactorContrast] = [:],
        levels: [String: [String]] = [:], references: [String: String] = [:], weights: String? = nil, rows: [Int]? = nil
    ) {
        self.contrast = contrast
        self.contrasts = contrasts
        self.levels = levels
        self.references = references
        self.weights = weights
        self.rows = rows
    }
}
