import LinearAlgebra
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The ways to rotate loadings.
public enum FactorRotation: String, Sendable, Codable, CaseIterable {
    /// No rotation.
    case none
    /// Varimax with Kaiser's normalisation (Kaiser 1958), as `varimax` of R.
    case varimax
    /// Promax with power 4 (Hendrickson & White 1964): of Kaiser-normalised loadings for factors, as
    /// `fa(rotate = "promax")` of psych, and of the varimax loadings themselves for components, as its `principal`.
    case promax
    /// Direct oblimin with γ = 0, which is direct quartimin (Jennrich & Sampson 1966), without normalisation, as in
    /// GPArotation.
    case oblimin
}

/// Loadings after rotation with the correlations of the factors.
struct RotatedFactors {
    let loadings: Matrix
    let correlations: Matrix
    let converged: Bool
    /// Whether a random start led to a better optimum than the unrotated axes, from which other programs start.
    let startsElsewhere: Bool

    /// The number of random starts beside the given one; streams of a fixed seed make them the same every time.
    static let randomStarts = 8

    /// `normalizesPromax` tells whether promax works on Kaiser-normalised loadings, or normalises for varimax alone.
    init(_ loadings: Matrix, rotation: FactorRotation, normalizesPromax: Bool = true) throws {
        let k = loadings.columns
        guard k > 1, rotation != .none else {
            self.init(loadings: loadings, correlations: .identity(k), converged: true)
            return
        }
        switch rotation {
        case .none: self.init(loadings: loadings, correlations: .identity(k), converged: true)
        case .varimax: self = try Self.varimax(loadings)
        case .promax: self = try Self.promax(loadings, normalizing: normalizesPromax)
        case .oblimin: self = try Self.oblimin(loadings)
        }
    }

    private init(loadings: Matrix, correlations: Matrix, converged: Bool, startsElsewhere: Bool = false) {
        self.loadings = loadings
        self.correlations = correlations
        self.converged = converged
        self.startsElsewhere = startsElsewhere
    }

    /// Orders columns by their sum of squared loadings and signs them to sum to a positive number.
    func ordered() -> RotatedFactors {
        let k = loadings.columns
        let columns = (0..<k).map(loadings.column)
        let squares = columns.map { dot($0, $0) }
        let order = (0..<k).sorted { squares[$0] == squares[$1] ? $0 < $1 : squares[$0] > squares[$1] }
        let signs = order.map { columns[$0].reduce(0, +) < 0 ? -1.0 : 1 }
        return RotatedFactors(
            loadings: Matrix(rows: loadings.rows, columns: k) { signs[$1] * loadings[$0, order[$1]] },
            correlations: Matrix(rows: k, columns: k) { a, b in
                a == b ? 1 : signs[a] * signs[b] * correlations[order[a], order[b]]
            },
            converged: converged, startsElsewhere: startsElsewhere)
    }

    /// The starts of a rotation: the identity, then random orthogonal matrices.
    private static func starts(_ k: Int) -> [Matrix] {
        [.identity(k)]
            + (0..<randomStarts).map { number in
                var stream = RandomStream(seed: 0, stream: UInt64(number))
                return orthogonalized(Matrix(rows: k, columns: k) { _, _ in stream.normal() })
            }
    }

    /// Gram–Schmidt, twice for orthogonality to rounding.
    private static func orthogonalized(_ matrix: Matrix) -> Matrix {
        var columns = (0..<matrix.columns).map(matrix.column)
        for j in columns.indices {
            for _ in 0..<2 {
                for l in 0..<j {
                    let overlap = dot(columns[j], columns[l])
                    for i in columns[j].indices { columns[j][i] -= overlap * columns[l][i] }
                }
            }
            let length = dot(columns[j], columns[j]).squareRoot()
            columns[j] = columns[j].map { $0 / length }
        }
        return Matrix(rows: matrix.rows, columns: matrix.columns, columnMajor: columns.flatMap { $0 })
    }

    // MARK: Varimax

    private static func communalityRoots(_ loadings: Matrix) -> [Double] {
        (0..<loadings.rows).map { dot(loadings.row($0), loadings.row($0)).squareRoot() }
    }

    private static func normalized(_ loadings: Matrix, _ roots: [Double]) -> Matrix {
        Matrix(rows: loadings.rows, columns: loadings.columns) { i, j in
            roots[i] > 0 ? loadings[i, j] / roots[i] : 0
        }
    }

    private static func varimax(_ loadings: Matrix) throws -> RotatedFactors {
        let roots = communalityRoots(loadings)
        let (rotated, converged, elsewhere) = try rawVarimax(normalized(loadings, roots))
        return RotatedFactors(
            loadings: Matrix(rows: rotated.rows, columns: rotated.columns) { rotated[$0, $1] * roots[$0] },
            correlations: .identity(rotated.columns), converged: converged, startsElsewhere: elsewhere)
    }

    /// The orthogonal rotation that maximises the sum of the variances of squared loadings.
    ///
    /// From the given axes the figures are those of R, stopping rule included. Random starts then look for a better
    /// optimum, to full precision; one that is really better, and not the same to within that rule, replaces it.
    private static func rawVarimax(_ loadings: Matrix) throws -> (Matrix, converged: Bool, startsElsewhere: Bool) {
        var (best, bestConverged) = try polarVarimax(loadings)
        var startsElsewhere = false
        var bestCriterion = varimaxCriterion(best)
        for start in starts(loadings.columns).dropFirst() {
            let (rotated, converged) = planarVarimax(loadings * start)
            let criterion = varimaxCriterion(rotated)
            if criterion > bestCriterion * (1 + 1e-4) {
                (best, bestCriterion, bestConverged) = (rotated, criterion, converged)
                startsElsewhere = true
            }
        }
        return (best, bestConverged, startsElsewhere)
    }

    /// Varimax by polar decompositions of the criterion's gradient (Horst 1965; Sherin 1966), until the trace of the
    /// symmetric factor grows by less than one part in 10⁵, the rule of `varimax` of R.
    private static func polarVarimax(_ loadings: Matrix) throws -> (Matrix, Bool) {
        let p = loadings.rows, k = loadings.columns
        var rotated = loadings, trace = 0.0
        for _ in 0..<1000 {
            let squares = (0..<k).map { dot(rotated.column($0), rotated.column($0)) / Double(p) }
            let slope = Matrix(rows: p, columns: k) { i, j in
                rotated[i, j] * (rotated[i, j] * rotated[i, j] - squares[j])
            }
            let decomposition = try SingularValues(loadings.transposedTimes(slope))
            rotated = loadings * (decomposition.left * decomposition.rightTransposed)
            let next = decomposition.values.reduce(0, +)
            if next < trace * (1 + 1e-5) { return (rotated, true) }
            trace = next
        }
        return (rotated, false)
    }

    private static func varimaxCriterion(_ loadings: Matrix) -> Double {
        var total = 0.0
        let p = Double(loadings.rows)
        for j in 0..<loadings.columns {
            var squares = 0.0, fourths = 0.0
            for value in loadings.column(j) {
                squares += value * value
                fourths += value * value * value * value
            }
            total += fourths - squares * squares / p
        }
        return total
    }

    private static func planarVarimax(_ start: Matrix) -> (Matrix, Bool) {
        let p = start.rows, k = start.columns
        var columns = (0..<k).map(start.column)
        for _ in 0..<1000 {
            var largest = 0.0
            for a in 0..<(k - 1) {
                for b in (a + 1)..<k {
                    var u1 = 0.0, v1 = 0.0, uv = 0.0, difference = 0.0
                    for i in 0..<p {
                        let x = columns[a][i], y = columns[b][i]
                        let u = x * x - y * y, v = 2 * x * y
                        u1 += u
                        v1 += v
                        uv += u * v
                        difference += u * u - v * v
                    }
                    let numerator = 2 * (uv - u1 * v1 / Double(p))
                    let denominator = difference - (u1 * u1 - v1 * v1) / Double(p)
                    let angle = 0.25 * atan2(numerator, denominator)
                    guard abs(angle) > 1e-12 else { continue }
                    largest = max(largest, abs(angle))
                    let c = cos(angle), s = sin(angle)
                    for i in 0..<p {
                        let x = columns[a][i], y = columns[b][i]
                        columns[a][i] = c * x + s * y
                        columns[b][i] = c * y - s * x
                    }
                }
            }
            if largest < 1e-10 {
                return (Matrix(rows: p, columns: k, columnMajor: columns.flatMap { $0 }), true)
            }
        }
        return (Matrix(rows: p, columns: k, columnMajor: columns.flatMap { $0 }), false)
    }

    // MARK: Promax

    private static func promax(_ loadings: Matrix, normalizing: Bool) throws -> RotatedFactors {
        let roots = communalityRoots(loadings)
        let (normal, converged, elsewhere) = try rawVarimax(normalized(loadings, roots))
        let x =
            normalizing ? normal : Matrix(rows: normal.rows, columns: normal.columns) { normal[$0, $1] * roots[$0] }
        let target = x.map { $0 * abs($0) * abs($0) * abs($0) }
        let transformation = try Cholesky(x.crossProduct).solve(x.transposedTimes(target))
        // Columns are scaled so that the factors have unit variance: Φ = U⁻¹U⁻ᵀ.
        let scales = try Cholesky(transformation.crossProduct).inverse.diagonal.map { $0.squareRoot() }
        let k = x.columns
        let scaled = Matrix(rows: k, columns: k) { transformation[$0, $1] * scales[$1] }
        let rotated = x * scaled
        let inverse = try LU(scaled).inverse
        return RotatedFactors(
            loadings: Matrix(rows: x.rows, columns: k) { rotated[$0, $1] * (normalizing ? roots[$0] : 1) },
            correlations: inverse.timesTransposed(inverse), converged: converged, startsElsewhere: elsewhere)
    }

    // MARK: Oblimin

    /// Direct quartimin by gradient projection (Jennrich 2002), from several starts; the best is kept.
    private static func oblimin(_ loadings: Matrix) throws -> RotatedFactors {
        var best = try gradientProjection(loadings, .identity(loadings.columns), tolerance: 1e-9)
        var startsElsewhere = false
        for start in starts(loadings.columns).dropFirst() {
            // A coarse search first: most random starts lead to the optimum already known.
            guard let coarse = try? gradientProjection(loadings, start, tolerance: 1e-4),
                coarse.criterion < best.criterion * (1 - 1e-4),
                let fine = try? gradientProjection(loadings, coarse.transformation, tolerance: 1e-9)
            else { continue }
            best = fine
            startsElsewhere = true
        }
        return RotatedFactors(
            loadings: best.loadings, correlations: best.transformation.transposedTimes(best.transformation),
            converged: best.converged, startsElsewhere: startsElsewhere)
    }

    /// The quartimin criterion ¼ΣΣ over j ≠ l of λᵢⱼ²λᵢₗ² with its gradient.
    private static func quartimin(_ loadings: Matrix) -> (value: Double, gradient: Matrix) {
        let p = loadings.rows, k = loadings.columns
        var gradient = loadings, value = 0.0
        for i in 0..<p {
            var sum = 0.0
            for j in 0..<k { sum += loadings[i, j] * loadings[i, j] }
            for j in 0..<k {
                let square = loadings[i, j] * loadings[i, j]
                value += 0.25 * square * (sum - square)
                gradient[i, j] = loadings[i, j] * (sum - square)
            }
        }
        return (value, gradient)
    }

    private static func gradientProjection(
        _ a: Matrix, _ start: Matrix, tolerance: Double
    ) throws -> (criterion: Double, loadings: Matrix, transformation: Matrix, converged: Bool) {
        let k = a.columns, limit = 2000
        var t = start
        var inverse = try LU(t).inverse
        var loadings = a.timesTransposed(inverse)
        var (value, slope) = quartimin(loadings)
        var step = 1.0, converged = false
        for _ in 0..<limit {
            // ∂f/∂T = −(Lᵀ (∂f/∂L) T⁻¹)ᵀ, projected on the manifold of columns of unit length.
            let product = loadings.transposedTimes(slope) * inverse
            let gradient = product.transpose.map { -$0 }
            let overlaps = (0..<k).map { dot(t.column($0), gradient.column($0)) }
            let projected = Matrix(rows: k, columns: k) { gradient[$0, $1] - t[$0, $1] * overlaps[$1] }
            let length = dot(projected.storage, projected.storage).squareRoot()
            if length < tolerance {
                converged = true
                break
            }
            step *= 2
            var moved = false
            for _ in 0..<30 {
                var trial = Matrix(rows: k, columns: k) { t[$0, $1] - step * projected[$0, $1] }
                for j in 0..<k {
                    let norm = dot(trial.column(j), trial.column(j)).squareRoot()
                    for i in 0..<k { trial[i, j] /= norm }
                }
                if let trialInverse = try? LU(trial).inverse {
                    let trialLoadings = a.timesTransposed(trialInverse)
                    let (trialValue, trialSlope) = quartimin(trialLoadings)
                    if trialValue < value - 0.5 * length * length * step {
                        (t, inverse, loadings, value, slope) =
                            (trial, trialInverse, trialLoadings, trialValue, trialSlope)
                        moved = true
                        break
                    }
                }
                step /= 2
            }
            if !moved {
                converged = length < 1e-5
                break
            }
        }
        return (value, loadings, t, converged)
    }
}
