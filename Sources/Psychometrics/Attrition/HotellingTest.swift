import LinearAlgebra
import Probability

/// Hotelling's T² (1931): whether two groups differ in the means of several variables at once.
public struct HotellingTest: Sendable, Codable, Equatable {
    /// The names of the variables.
    public let variables: [String]
    /// The number of complete cases of the first group.
    public let first: Int
    /// The number of complete cases of the second group.
    public let second: Int
    /// T² = n₁n₂/(n₁ + n₂)·D².
    public let tSquared: Double
    /// Mahalanobis' distance of the means, D, with the pooled covariance matrix.
    public let distance: Double
    /// F = (n − p − 1)/((n − 2)p)·T².
    public let f: Double
    /// p and n − p − 1.
    public let degreesOfFreedom: [Int]
    /// The p-value of F.
    public let pValue: Double

    /// Compares two groups of cases (rows; the same columns); cases with a missing value (NaN) are left out.
    /// - Throws: ``PsychometricsError`` for too few cases and for variables that are constant or depend on each other.
    public init(_ first: Matrix, _ second: Matrix, variables: [String]) throws {
        guard variables.count == first.columns, variables.count == second.columns else {
            throw PsychometricsError.mismatchedInput(expected: first.columns, found: variables.count)
        }
        let p = variables.count
        guard p > 0 else { throw PsychometricsError.tooFewVariables(needed: 1, found: 0) }
        let a = first.completeCases, b = second.completeCases, n = a.rows + b.rows
        guard a.rows > 0, b.rows > 0, n > p + 1 else {
            throw PsychometricsError.tooFewCases(needed: p + 2, found: a.rows > 0 && b.rows > 0 ? n : 0)
        }
        let centredA = Moments.centred(a), centredB = Moments.centred(b)
        let covariances = (centredA.data.crossProduct + centredB.data.crossProduct).map { $0 / Double(n - 2) }
        let constant = (0..<p).filter { !(covariances[$0, $0] > 0) }
        guard constant.isEmpty else { throw PsychometricsError.constantVariables(constant.map { variables[$0] }) }
        let inverse = try inverse(ofCorrelations: Moments.correlations(of: covariances), names: variables).inverse
        let standardized = (0..<p).map {
            (centredA.means[$0] - centredB.means[$0]) / covariances[$0, $0].squareRoot()
        }
        let squaredDistance = max(inverse.quadraticForm(standardized), 0)
        let statistic = Double(a.rows) * Double(b.rows) / Double(n) * squaredDistance
        self.variables = variables
        self.first = a.rows
        self.second = b.rows
        tSquared = statistic
        distance = squaredDistance.squareRoot()
        f = Double(n - p - 1) / (Double(n - 2) * Double(p)) * statistic
        degreesOfFreedom = [p, n - p - 1]
        pValue = FisherF(Double(p), Double(n - p - 1)).upperTail(f)
    }
}
