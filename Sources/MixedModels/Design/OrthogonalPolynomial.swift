/// The orthonormal polynomials of degree 1 to `degree` over the values, those missing (NaN) left out: R's `poly`.
///
/// By the three-term recurrence of Forsythe (1957), p₊ = (x − α)p − βp₋, then orthogonalised once more; the sign is
/// that of the highest power.
func orthogonalPolynomials(_ values: [Double], degree: Int) -> [[Double]] {
    let present = values.indices.filter { !values[$0].isNaN }
    let x = present.map { values[$0] }
    guard !x.isEmpty else { return (0..<degree).map { _ in values } }
    let mean = x.reduce(0, +) / Double(x.count)
    let centered = x.map { $0 - mean }
    let scale = centered.reduce(0) { max($0, $1.magnitude) }
    let t = scale > 0 ? centered.map { $0 / scale } : centered

    func product(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    var basis = [[Double](repeating: 1 / Double(t.count).squareRoot(), count: t.count)]
    for _ in 0..<degree {
        let last = basis[basis.count - 1]
        var next = zip(t, last).map { $0 * $1 }
        for _ in 0..<2 {
            for earlier in basis.reversed() {
                let part = product(next, earlier)
                for index in next.indices { next[index] -= part * earlier[index] }
            }
        }
        let length = product(next, next).squareRoot()
        basis.append(length > 0 ? next.map { $0 / length } : next)
    }
    return basis.dropFirst().map { polynomial in
        var column = [Double](repeating: .nan, count: values.count)
        for (index, row) in present.enumerated() { column[row] = polynomial[index] }
        return column
    }
}
