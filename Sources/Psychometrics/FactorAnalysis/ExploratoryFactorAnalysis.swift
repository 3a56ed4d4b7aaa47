import LinearAlgebra

/// An exploratory factor analysis of a correlation matrix, or a principal component analysis.
///
/// Factors are ordered by their sum of squared loadings and signed so that the loadings of each sum to a positive number.
public struct ExploratoryFactorAnalysis: Sendable, Codable, Equatable {
    /// The number of cases, when known.
    public let n: Int?
    /// The names of the items, in the order of the rows of ``loadings``.
    public let items: [String]
    /// The method of extraction.
    public let method: ExtractionMethod
    /// The rotation.
    public let rotation: FactorRotation
    /// The loadings Λ (items × factors): the pattern matrix when the factors are correlated.
    public let loadings: Matrix
    /// The correlations Φ of the factors.
    public let factorCorrelations: Matrix
    /// The share of each item's variance that the factors explain.
    public let communalities: [Double]
    /// One less the communality.
    public let uniquenesses: [Double]
    /// The eigenvalues of the correlation matrix, largest first.
    public let eigenvalues: [Double]
    /// The variance that each factor explains, in units of one item: the diagonal of ΦΛᵀΛ.
    public let sumsOfSquares: [Double]
    /// The share of the items' variance that each factor explains.
    public let explainedVariance: [Double]
    /// The measure of sampling adequacy; nil when the correlation matrix is singular.
    public let samplingAdequacy: SamplingAdequacy?
    /// Bartlett's test of sphericity; nil when the correlation matrix is singular or the number of cases unknown.
    public let sphericity: SphericityTest?
    /// The fit of the factor model; nil for principal components.
    public let fit: FactorModelFit?
    /// The number of iterations of the extraction.
    public let iterations: Int
    /// What the reader should know: Heywood cases by name, an iteration that stopped early.
    public let warnings: [String]

    /// Analyses the columns of `data` (complete cases; rows are cases).
    /// - Throws: ``PsychometricsError``.
    public init(
        data: Matrix, items: [String], factors: Int, method: ExtractionMethod = .minimumResiduals,
        rotation: FactorRotation = .oblimin
    ) throws {
        let moments = try Moments(data, names: items)
        try self.init(
            correlations: moments.correlations(), cases: data.rows, items: items, factors: factors, method: method,
            rotation: rotation)
    }

    /// Analyses a correlation matrix.
    /// - Throws: ``PsychometricsError``.
    public init(
        correlations r: Matrix, cases: Int?, items: [String], factors: Int,
        method: ExtractionMethod = .minimumResiduals, rotation: FactorRotation = .oblimin
    ) throws {
        let p = r.rows
        guard items.count == p, r.isSquare else {
            throw PsychometricsError.mismatchedInput(expected: p, found: items.count)
        }
        guard p > 1 else { throw PsychometricsError.tooFewVariables(needed: 2, found: p) }
        for j in 0..<p {
            for i in 0..<p where !r[i, j].isFinite {
                throw PsychometricsError.missingValue(variable: items[j], row: i + 1)
            }
        }
        if let cases, cases < 3 { throw PsychometricsError.tooFewCases(needed: 3, found: cases) }
        let largest = Self.largestFactorCount(variables: p, method: method)
        guard factors > 0, factors <= largest else {
            throw PsychometricsError.tooManyFactors(requested: factors, variables: p, largest: largest)
        }
        var warnings: [String] = []
        let extraction = try FactorExtraction(r, factors: factors, method: method, items: items)
        let rotated = try RotatedFactors(
            extraction.loadings, rotation: rotation, normalizesPromax: method != .principalComponents)
        let ordered = rotated.ordered()
        let lambda = ordered.loadings, phi = ordered.correlations
        if !extraction.converged {
            warnings.append(
                "the communalities were still changing after \(extraction.iterations) iterations of the extraction")
        }
        if !rotated.converged { warnings.append("the rotation did not converge fully") }
        if rotated.startsElsewhere {
            warnings.append(
                "the \(rotation.rawValue) criterion has several optima: a random start led to a better one than the "
                    + "unrotated axes, from which other programs start and may report another pattern")
        }
        if !extraction.heywood.isEmpty {
            let names = extraction.heywood.map { items[$0] }.joined(separator: ", ")
            warnings.append(
                "Heywood case: \(names) has no unique variance left (a communality of about one); "
                    + "take fewer factors or look for nearly identical items")
        }
        let adequacy = try? SamplingAdequacy(correlations: r, items: items)
        if adequacy == nil {
            warnings.append("the correlation matrix is singular: KMO and Bartlett's test do not exist")
        }
        n = cases
        self.items = items
        self.method = method
        self.rotation = rotation
        loadings = lambda
        factorCorrelations = phi
        let structure = lambda * phi
        communalities = (0..<p).map { dot(structure.row($0), lambda.row($0)) }
        uniquenesses = communalities.map { 1 - $0 }
        eigenvalues = try SymmetricEigen(r).values
        sumsOfSquares = (phi * lambda.crossProduct).diagonal
        explainedVariance = sumsOfSquares.map { $0 / Double(p) }
        samplingAdequacy = adequacy
        sphericity = cases.flatMap { try? SphericityTest(correlations: r, cases: $0, items: items) }
        fit = method == .principalComponents ? nil : FactorModelFit(r, loadings: extraction.loadings, cases: cases)
        iterations = extraction.iterations
        self.warnings = warnings
    }

    /// The largest number of factors that can be estimated: as many components as variables, and as many factors as leave
    /// the degrees of freedom at zero or above.
    public static func largestFactorCount(variables p: Int, method: ExtractionMethod) -> Int {
        guard method != .principalComponents, p > 0 else { return p }
        var k = 0
        while k + 1 < p, FactorModelFit.degreesOfFreedom(variables: p, factors: k + 1) >= 0 { k += 1 }
        return k
    }
}
