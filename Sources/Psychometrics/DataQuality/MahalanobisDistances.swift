public import LinearAlgebra
import Probability

/// How far each case lies from the middle of all cases, in the metric of their covariances (Mahalanobis 1936).
public struct MahalanobisDistances: Sendable, Codable, Equatable {
    /// D² of each case: over the items it answered; nil without an answer.
    public let squared: [Double?]
    /// The probability of a larger D² by χ² with as many degrees of freedom as items answered.
    public let pValues: [Double?]
    /// The number of cases with all answers, from which means and covariances are.
    public let completeCases: Int

    /// Measures the distances of all cases from the means of the complete ones.
    ///
    /// - Parameters:
    ///   - data: A case in each row, NaN where missing.
    ///   - names: The names of the columns.
    /// - Throws: ``PsychometricsError`` for too few complete cases, constant items, or items that are linear combinations of
    ///   others.
    public init(_ data: Matrix, names: [String]) throws {
        let p = data.columns
        guard p > 0 else { throw PsychometricsError.tooFewVariables(needed: 1, found: 0) }
        let complete = (0..<data.rows).filter { row in (0..<p).allSatisfy { data[row, $0].isFinite } }
        guard complete.count > p else { throw PsychometricsError.tooFewCases(needed: p + 1, found: complete.count) }
        // Units do not matter, but squares of very large answers would not be finite.
        var data = data
        for j in 0..<p {
            let largest = data.column(j).reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
            guard largest > 0 else { continue }
            for row in 0..<data.rows { data[row, j] /= largest }
        }
        let moments = try Moments(data.submatrix(rows: complete, columns: Array(0..<p)), names: names)
        guard moments.constantVariables.isEmpty else {
            throw PsychometricsError.constantVariables(moments.constantVariables)
        }
        _ = try Self.factor(try moments.correlations(), names)
        let deviations = (0..<p).map { moments.covariances[$0, $0].squareRoot() }
        let correlations = try moments.correlations()
        var factors: [[Int]: Cholesky] = [:]
        var squared: [Double?] = [], pValues: [Double?] = []
        for row in 0..<data.rows {
            let given = (0..<p).filter { data[row, $0].isFinite }
            guard !given.isEmpty else {
                squared.append(nil)
                pValues.append(nil)
                continue
            }
            var factor = factors[given]
            if factor == nil {
                factor = try Self.factor(correlations.submatrix(rows: given, columns: given), names)
                factors[given] = factor
            }
            let scores = given.map { (data[row, $0] - moments.means[$0]) / deviations[$0] }
            let distance = factor.map { dot(scores, $0.solve(scores)) }
            squared.append(distance)
            pValues.append(distance.map { ChiSquared(degreesOfFreedom: Double(given.count)).upperTail(max($0, 0)) })
        }
        self.squared = squared
        self.pValues = pValues
        completeCases = complete.count
    }

    private static func factor(_ correlations: Matrix, _ names: [String]) throws -> Cholesky {
        let singular = PsychometricsError.singularCorrelations(variables: names)
        guard let factor = try? Cholesky(correlations) else { throw singular }
        // A pivot this small is rounding error: the items determine each other.
        for j in 0..<correlations.rows {
            var unit = [Double](repeating: 0, count: correlations.rows)
            unit[j] = 1
            if factor.solve(unit)[j] > 1e10 { throw singular }
        }
        return factor
    }
}
