import LinearAlgebra

/// What a formula makes of data: the response and the design matrices of
/// y = Xβ + Σ_f Z_f b_f + ε over the complete rows (Bates, Mächler, Bolker & Walker 2015, section 2).
public struct MixedDesign: Sendable {
    /// The name of the response, as written in the formula.
    public var responseName: String
    /// y (n), offsets not subtracted.
    public var response: [Double]
    /// X (n × p), of full column rank.
    public var fixed: Matrix
    /// The names of the columns of X, as R names them.
    public var fixedNames: [String]
    /// The terms of the formula that the columns of X belong to: `(Intercept)`, `x`, `x:z`.
    public var fixedTerms: [String]
    /// The index in ``fixedTerms`` of each column of X.
    public var fixedAssignment: [Int]
    /// The random terms, those with more groups first as lme4 sorts them: among equals in the order of the formula, or
    /// in reverse where the formula is not in order already.
    public var terms: [RandomTerm]
    /// Case weights w (n): the residual variance of row i is σ²/wᵢ. Nil means 1 for all.
    public var weights: [Double]?
    /// Known part of the expectation (n), or nil.
    public var offset: [Double]?
    /// The rows of the frame that are complete, ascending (n).
    public var rows: [Int]
    /// The number of rows of the frame, incomplete ones included.
    public var frameRowCount: Int
    /// What a reader should know about the data, in words; never a reason to refuse them.
    public var warnings: [String] = []

    /// A design from its parts.
    public init(
        responseName: String, response: [Double], fixed: Matrix, fixedNames: [String], fixedTerms: [String],
        fixedAssignment: [Int], terms: [RandomTerm], weights: [Double]? = nil, offset: [Double]? = nil,
        rows: [Int]? = nil, frameRowCount: Int? = nil
    ) {
        self.responseName = responseName
        self.response = response
        self.fixed = fixed
        self.fixedNames = fixedNames
        self.fixedTerms = fixedTerms
        self.fixedAssignment = fixedAssignment
        self.terms = terms
        self.weights = weights
        self.offset = offset
        self.rows = rows ?? Array(response.indices)
        self.frameRowCount = frameRowCount ?? response.count
    }

    /// n.
    public var rowCount: Int { response.count }
    /// p.
    public var fixedCount: Int { fixed.columns }
}

/// One random term `(coefficients | group)`: correlated coefficients that vary between the groups of one factor.
public struct RandomTerm: Sendable {
    /// The grouping factor as lme4 names it: `Subject`, `cask:batch`.
    public var factor: String
    /// The name of the term: that of the factor, with `.1`, `.2` … where the factor has several terms.
    public var name: String
    /// The names of the q coefficients: `(Intercept)`, `Days`.
    public var coefficientNames: [String]
    /// The raw columns of the term (n × q): row i holds zᵢ.
    public var columns: Matrix
    /// The group of each row, an index into ``levels`` (n).
    public var groups: [Int]
    /// The names of the groups.
    public var levels: [String]

    /// A term from its parts.
    public init(
        factor: String, name: String? = nil, coefficientNames: [String], columns: Matrix, groups: [Int],
        levels: [String]
    ) {
        self.factor = factor
        self.name = name ?? factor
        self.coefficientNames = coefficientNames
        self.columns = columns
        self.groups = groups
        self.levels = levels
    }

    /// q.
    public var coefficientCount: Int { coefficientNames.count }
    /// The number of free entries of the term's covariance matrix, q(q + 1)/2.
    public var parameterCount: Int { coefficientCount * (coefficientCount + 1) / 2 }
}
