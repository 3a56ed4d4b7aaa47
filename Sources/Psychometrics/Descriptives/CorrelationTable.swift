import LinearAlgebra
import Probability

/// How missing values are kept out of a correlation.
public enum MissingTreatment: String, Sendable, Codable {
    /// Only cases complete in all variables enter.
    case listwise
    /// Each correlation takes the cases complete in its two variables.
    case pairwise
}

/// Pearson correlations with their p-values.
///
/// A figure that does not exist (a constant variable, fewer than three cases) is nil.
public struct CorrelationTable: Sendable, Codable, Equatable {
    /// The names of the variables.
    public let variables: [String]
    /// The correlations; one on the diagonal.
    public let correlations: [[Double?]]
    /// The two-sided p-values by t with n − 2 degrees of freedom; zero on the diagonal.
    public let pValues: [[Double?]]
    /// The number of cases behind each correlation.
    public let counts: [[Int]]

    /// Correlates the columns of `data` (rows are cases; NaN is missing).
    /// - Throws: ``PsychometricsError/mismatchedInput(expected:found:)``.
    public init(_ data: Matrix, variables: [String], missing: MissingTreatment = .listwise) throws {
        guard variables.count == data.columns else {
            throw PsychometricsError.mismatchedInput(expected: data.columns, found: variables.count)
        }
        let p = data.columns
        var r = [[Double?]](repeating: Array(repeating: nil, count: p), count: p)
        var counts = [[Int]](repeating: Array(repeating: 0, count: p), count: p)
        let isComplete = !data.storage.contains { !$0.isFinite }
        if missing == .listwise || isComplete {
            let complete = data.completeCases
            let covariances = Moments.centred(complete).data.crossProduct
            for i in 0..<p {
                for j in 0..<p {
                    counts[i][j] = complete.rows
                    r[i][j] = Self.correlation(covariances[i, j], covariances[i, i], covariances[j, j])
                }
            }
        } else {
            let columns = (0..<p).map(data.column)
            for i in 0..<p {
                for j in 0...i {
                    let (value, count) = Self.pairwise(columns[i], columns[j])
                    (r[i][j], r[j][i], counts[i][j], counts[j][i]) = (value, value, count, count)
                }
            }
        }
        for i in 0..<p where r[i][i] != nil { r[i][i] = 1 }
        self.variables = variables
        correlations = r
        self.counts = counts
        var pValues = r
        for i in 0..<p {
            for j in 0..<p where r[i][j] != nil { pValues[i][j] = i == j ? 0 : Self.pValue(r[i][j], n: counts[i][j]) }
        }
        self.pValues = pValues
    }

    /// The two-sided p-value of correlation `r` in `n` cases.
    public static func pValue(_ r: Double?, n: Int) -> Double? {
        guard let r, n > 2 else { return nil }
        guard abs(r) < 1 else { return 0 }
        let df = Double(n - 2)
        return StudentT(degreesOfFreedom: df).twoSided(r * (df / (1 - r * r)).squareRoot())
    }

    /// The correlations as a matrix, or nil when one does not exist.
    public var matrix: Matrix? {
        let values = correlations.map { $0.compactMap { $0 } }
        guard values.allSatisfy({ $0.count == variables.count }) else { return nil }
        return Matrix(values)
    }

    private static func correlation(_ covariance: Double, _ first: Double, _ second: Double) -> Double? {
        guard first > 0, second > 0 else { return nil }
        return min(max(covariance / (first * second).squareRoot(), -1), 1)
    }

    private static func pairwise(_ x: [Double], _ y: [Double]) -> (Double?, Int) {
        var a: [Double] = [], b: [Double] = []
        for i in x.indices where x[i].isFinite && y[i].isFinite {
            a.append(x[i])
            b.append(y[i])
        }
        let meanA = Moments.mean(a), meanB = Moments.mean(b)
        var xx = 0.0, yy = 0.0, xy = 0.0
        for i in a.indices {
            let u = a[i] - meanA, v = b[i] - meanB
            xx += u * u
            yy += v * v
            xy += u * v
        }
        return (correlation(xy, xx, yy), a.count)
    }
}

extension Matrix {
    /// The rows in which every element is finite.
    var completeCases: Matrix {
        let kept = (0..<rows).filter { i in (0..<columns).allSatisfy { self[i, $0].isFinite } }
        return kept.count == rows ? self : submatrix(rows: kept, columns: Array(0..<columns))
    }
}
