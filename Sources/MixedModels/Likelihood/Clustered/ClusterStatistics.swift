import CClusterKernels
import LinearAlgebra

/// Cross-products of the data of a model whose random coefficients vary between the groups of one factor: all that its
/// likelihood needs of them.
///
/// Group j has A_j = Z_jᵀZ_j and B_j = Z_jᵀ[X y]_j; over all rows there is C = [X y]ᵀ[X y]. The groups are the innermost
/// index, so that each operation of an evaluation is one loop over them. The columns of X and y are first cleared of their
/// regression on the intercept when X has one: sums of squares about the mean keep the digits that raw ones lose.
struct ClusterStatistics: Sendable {
    /// n.
    let rowCount: Int
    /// p.
    let fixedCount: Int
    /// q, over all terms.
    let coefficientCount: Int
    /// J.
    let groupCount: Int
    /// The column of X that the others were cleared of, and the multiples of it that were subtracted from the columns of
    /// [X y] (p + 1).
    let intercept: Int?
    private(set) var shifts: [Double]
    /// The lower triangle of C (p + 1 × p + 1).
    private(set) var total: [Double]
    /// The distance of an entry of the groups to the next one: J or a little more, the places beyond J being zero.
    let stride: Int
    /// A: the entry (a, b), a ≥ b, of group j is at packed(a, b)·stride + j.
    private(set) var within: [Double]
    /// B: the entry (a, c) of group j is at (c·q + a)·stride + j.
    private(set) var cross: [Double]
    /// The groups pooled, where that is possible.
    private(set) var classes: GroupClasses?

    /// The place of the entry (a, b), a ≥ b, in a packed lower triangle by rows.
    @inline(__always) static func packed(_ a: Int, _ b: Int) -> Int { a * (a + 1) / 2 + b }

    private static func padded(_ count: Int) -> Int {
        let lanes = CLUSTER_LANES
        return (count + lanes - 1) / lanes * lanes
    }

    init(design: MixedDesign) {
        rowCount = design.rowCount
        fixedCount = design.fixedCount
        coefficientCount = design.terms.reduce(0) { $0 + $1.coefficientCount }
        groupCount = design.terms[0].levels.count
        stride = Self.padded(groupCount)
        let n = rowCount, p = fixedCount, m = p + 1, q = coefficientCount
        let random = design.terms.count == 1 ? design.terms[0].columns.storage : design.terms.flatMap(\.columns.storage)
        intercept = (0..<p).first { design.fixedNames[$0] == "(Intercept)" }
        shifts = [Double](repeating: 0, count: m)
        total = [Double](repeating: 0, count: m * m)
        within = [Double](repeating: 0, count: q * (q + 1) / 2 * stride)
        cross = [Double](repeating: 0, count: q * m * stride)
        if let intercept {
            Self.regress(design.fixed.storage, design.response, n, p, on: intercept, &shifts)
        }
        let rows = GroupedRows(groups: design.terms[0].groups, count: groupCount)
        let isConstant = (0..<q).map { column in random[(column * n)..<((column + 1) * n)].allSatisfy { $0 == 1 } }

        // As many groups at a time as stay in the nearest cache with all columns.
        var first = 0
        var panel: [Double] = []
        while first < groupCount {
            var end = first + 1
            while end < groupCount, rows.starts[end + 1] - rows.starts[first] <= 320 { end += 1 }
            let size = Self.padded(rows.starts[end] - rows.starts[first])
            if panel.count < size * (m + q) { panel = [Double](repeating: 0, count: size * (m + q)) }
            add(
                rows, first..<end, size, design.fixed.storage, design.response, random, isConstant, panel: &panel)
            first = end
        }
        classes = GroupClasses(statistics: self)
    }

    /// The coefficients of the regressions of the columns of [X y] on one of X.
    private static func regress(
        _ fixed: UnsafePointer<Double>, _ response: UnsafePointer<Double>, _ n: Int, _ p: Int, on column: Int,
        _ coefficients: UnsafeMutablePointer<Double>
    ) {
        let regressor = fixed + column * n
        let square = cluster_inner(n, regressor, regressor)
        for c in 0...p where c != column {
            coefficients[c] = cluster_inner(n, regressor, c < p ? fixed + c * n : response) / square
        }
    }

    /// Adds the rows of some groups, by way of `panel`, a copy of their columns: those of X and y cleared of the
    /// intercept, then those of Z (`size` × p + 1 + q), zero beyond the last row.
    private mutating func add(
        _ rows: GroupedRows, _ groups: Range<Int>, _ size: Int, _ fixed: UnsafePointer<Double>,
        _ response: UnsafePointer<Double>, _ random: UnsafePointer<Double>, _ isConstant: [Bool],
        panel: UnsafeMutablePointer<Double>
    ) {
        let n = rowCount, p = fixedCount, m = p + 1, q = coefficientCount, stride = stride
        let first = rows.starts[groups.lowerBound], count = rows.starts[groups.upperBound] - first
        let offset = rows.order == nil ? first : 0
        let base = intercept.map { fixed + $0 * n + offset }
        for c in 0..<(m + q) {
            let source = (c < p ? fixed + c * n : c == p ? response : random + (c - m) * n) + offset
            let shift = c < m ? shifts[c] : 0
            let target = panel + c * size
            rows.withOrder(from: first) { cluster_gather(count, $0, source, shift, base ?? source, target) }
            (target + count).update(repeating: 0, count: size - count)
        }
        cluster_products(size, 1, panel, m, size, panel, m, size, 1, &total, m)
        let starts = rows.starts[groups.lowerBound...groups.upperBound].map { $0 - first }
        for a in 0..<q {
            let weights = isConstant[a] ? nil : panel + (m + a) * size
            func addSums(_ columns: Int, _ count: Int, to sums: inout [Double], at place: Int, apart distance: Int) {
                sums.withUnsafeMutableBufferPointer { sums in
                    guard let sums = sums.baseAddress else { return }
                    cluster_group_sums(
                        groups.count, starts, weights, panel + columns * size, count, size,
                        sums + place + groups.lowerBound, distance)
                }
            }
            addSums(0, m, to: &cross, at: a * stride, apart: q * stride)
            addSums(m, a + 1, to: &within, at: Self.packed(a, 0) * stride, apart: stride)
        }
    }

    /// The statistics of the residuals of ordinary least squares, for a model without fixed effects.
    var ofResiduals: ClusterStatistics? { ClusterStatistics(residualsOf: self) }

    private init?(residualsOf other: ClusterStatistics) {
        let p = other.fixedCount, m = p + 1, size = other.coefficientCount * other.stride
        var normal = other.total
        guard cluster_cholesky(m, &normal, m) != 0 else { return nil }
        let factor = Matrix(rows: m, columns: m, columnMajor: normal)
        let coefficients = factor.backSubstitution((0..<p).map { factor[p, $0] })
        var cross = Array(other.cross[(p * size)...])
        Self.subtract(coefficients, other.cross, size, &cross)
        rowCount = other.rowCount
        fixedCount = 0
        coefficientCount = other.coefficientCount
        groupCount = other.groupCount
        stride = other.stride
        intercept = nil
        shifts = [0]
        total = [factor[p, p] * factor[p, p]]
        within = other.within
        self.cross = cross
        classes = GroupClasses(statistics: self)
    }

    /// target ← target − Σ coefficients_c·column_c.
    private static func subtract(
        _ coefficients: [Double], _ columns: UnsafePointer<Double>, _ size: Int, _ target: UnsafeMutablePointer<Double>
    ) {
        for (c, coefficient) in coefficients.enumerated() { addScaled(size, -coefficient, columns + c * size, target) }
    }

    // MARK: Another response

    /// Xᵀy and yᵀy (p + 1) of another response, which is not cleared of the intercept.
    mutating func setResponse(products: [Double]) {
        let m = fixedCount + 1
        for (c, product) in products.enumerated() { total[fixedCount + c * m] = product }
        shifts[fixedCount] = 0
    }

    /// Z_jᵀy of another response (q·stride).
    mutating func setResponse(cross response: [Double]) {
        let first = fixedCount * coefficientCount * stride
        for (i, value) in response.enumerated() { cross[first + i] = value }
    }

    /// Σ B_jᵀZ_jᵀy and Σ (Z_jᵀy)² over the groups of a class (p + 1).
    mutating func setResponse(ofClass index: Int, products: [Double]) {
        classes?.setResponse(ofClass: index, products: products)
    }

    // MARK: From the columns cleared of the intercept to those of the design

    /// Coefficients of the columns of X.
    func unshifted(_ coefficients: [Double]) -> [Double] {
        guard let intercept else { return coefficients }
        var result = coefficients
        result[intercept] += shifts[fixedCount]
        for c in coefficients.indices where c != intercept { result[intercept] -= shifts[c] * coefficients[c] }
        return result
    }

    /// A covariance matrix of coefficients.
    func unshifted(_ covariance: Matrix) -> Matrix {
        guard let intercept else { return covariance }
        let weights = (0..<fixedCount).map { $0 == intercept ? 1 : -shifts[$0] }
        return covariance.replacing(intercept, by: weights)
    }

    /// A matrix of the form XᵀMX.
    func reshifted(_ form: Matrix) -> Matrix {
        guard let intercept else { return form }
        // Xᵀ = T·(cleared X)ᵀ with T = I + shifts·eᵀ.
        let column = form.column(intercept), row = form.row(intercept), corner = form[intercept, intercept]
        let shifts = (0..<fixedCount).map { $0 == intercept ? 0 : self.shifts[$0] }
        return Matrix(rows: fixedCount, columns: fixedCount) { i, j in
            let first = shifts[i] * row[j], second = column[i] * shifts[j]
            return form[i, j] + first + second + shifts[i] * corner * shifts[j]
        }
    }
}

extension Matrix {
    /// T·M·Tᵀ of a symmetric M, with T the identity but for the row `index`, which is `weights`.
    fileprivate func replacing(_ index: Int, by weights: [Double]) -> Matrix {
        let combined = self * weights
        let corner = dot(weights, combined)
        return Matrix(rows: rows, columns: columns) { i, j in
            switch (i == index, j == index) {
            case (true, true): corner
            case (true, false): combined[j]
            case (false, true): combined[i]
            case (false, false): self[i, j]
            }
        }
    }
}
