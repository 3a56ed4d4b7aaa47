import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A quasi-binomial regression of memberships on ln x, √x, x and x² with logit link, by iteratively reweighted least
/// squares (McCullagh & Nelder 1989, section 2.5).
///
/// Starting values, stopping rule and the treatment of columns that are linear combinations of others are those of R's
/// `glm`, so that its figures are met.
struct FractionalPolynomial: Sendable, Hashable {
    /// The coefficients of 1, ln x, √x, x and x²; 0 where a term follows from those before it.
    let coefficients: [Double]
    /// Whether the deviance came to rest.
    let converged: Bool

    /// Fits memberships from 0 to 1 to values that are not negative.
    init(_ x: [Double], _ y: [Double]) {
        let terms = x.map(Self.terms)
        let columns = (0..<5).map { column in terms.map { $0[column] } }
        var eta = y.map { value in
            let start = (value + 0.5) / 2
            return log(start / (1 - start))
        }
        var deviance = Self.deviance(y, eta.map(Self.mean)), coefficients = [Double](repeating: 0, count: 5)
        var converged = false
        for _ in 0..<25 where !converged {
            var roots: [Double] = [], working: [Double] = []
            for (eta, y) in zip(eta, y) {
                let mean = Self.mean(eta)
                let slope = abs(eta) > 30 ? Double.ulpOfOne : exp(eta) / ((1 + exp(eta)) * (1 + exp(eta)))
                roots.append((slope * slope / (mean * (1 - mean))).squareRoot())
                working.append(eta + (y - mean) / slope)
            }
            coefficients = weightedLeastSquares(columns, working, roots)
            eta = terms.map { dot($0, coefficients) }
            let next = Self.deviance(y, eta.map(Self.mean))
            converged = abs(next - deviance) / (abs(next) + 0.1) < 1e-8
            deviance = next
        }
        self.coefficients = coefficients
        self.converged = converged
    }

    /// The membership at a value.
    func callAsFunction(_ x: Double) -> Double { Self.mean(dot(Self.terms(x), coefficients)) }

    private static func terms(_ x: Double) -> [Double] {
        // ln 0 does not exist; QCA for R puts 0.00001 in place of 0.
        let x = x == 0 ? 1e-5 : x
        return [1, log(x), x.squareRoot(), x, x * x]
    }

    /// The inverse logit, kept away from 0 and 1.
    private static func mean(_ eta: Double) -> Double {
        let odds = eta < -30 ? Double.ulpOfOne : eta > 30 ? 1 / Double.ulpOfOne : exp(eta)
        return odds / (1 + odds)
    }

    /// Twice the log-likelihood lost against memberships that are met exactly.
    private static func deviance(_ y: [Double], _ mean: [Double]) -> Double {
        var sum = 0.0
        for (y, mean) in zip(y, mean) {
            if y > 0 { sum += y * log(y / mean) }
            if y < 1 { sum += (1 - y) * log((1 - y) / (1 - mean)) }
        }
        return 2 * sum
    }
}

/// The coefficients that minimise Σ (root · (z - Σ b·column))², by Gram–Schmidt orthogonalisation carried out twice.
///
/// A column of which less than 1e-11 is left after those before it gets the coefficient 0.
private func weightedLeastSquares(_ columns: [[Double]], _ z: [Double], _ roots: [Double]) -> [Double] {
    var basis: [[Double]] = [], kept: [Int] = [], triangle: [[Double]] = [], projections: [Double] = []
    let target = zip(z, roots).map { $0 * $1 }
    for (position, column) in columns.enumerated() {
        var rest = zip(column, roots).map { $0 * $1 }
        let length = dot(rest, rest).squareRoot()
        var above = [Double](repeating: 0, count: basis.count)
        for _ in 0..<2 {
            for (k, direction) in basis.enumerated() {
                let part = dot(direction, rest)
                above[k] += part
                for row in rest.indices { rest[row] -= part * direction[row] }
            }
        }
        let remaining = dot(rest, rest).squareRoot()
        guard remaining > 1e-11 * length, remaining.isFinite else { continue }
        basis.append(rest.map { $0 / remaining })
        kept.append(position)
        triangle.append(above + [remaining])
    }
    var rest = target
    for direction in basis {
        let part = dot(direction, rest)
        projections.append(part)
        for row in rest.indices { rest[row] -= part * direction[row] }
    }
    var coefficients = [Double](repeating: 0, count: columns.count)
    for k in kept.indices.reversed() {
        var value = projections[k]
        for later in (k + 1)..<max(k + 1, kept.count) { value -= triangle[later][k] * coefficients[kept[later]] }
        coefficients[kept[k]] = value / triangle[k][k]
    }
    return coefficients
}
