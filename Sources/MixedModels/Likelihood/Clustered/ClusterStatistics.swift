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
    let shifts: [Double]
    /// C (p + 1 × p + 1).
    let total: [Double]
    /// A: the entry (a, b), a ≥ b, of group j is at (packed(a, b))·J + j.
    let within: [Double]
    /// B: the entry (a, c) of group j is at (c·q + a)·J + j.
    let cross: [Double]
    /// The groups pooled, where that is possible.
    let classes: GroupClasses?

    /// The place of the entry (a, b), a ≥ b, in a packed lower triangle by rows.
    @inline(__always) static func packed(_ a: Int, _ b: Int) -> Int { a * (a + 1) / 2 + b }

    init(design: MixedDesign) {
        let n = design.rowCount, p = design.fixedCount, m = p + 1
        let q = design.terms.reduce(0) { $0 + $1.coefficientCount }
        let groups = design.terms[0].groups, count = design.terms[0].levels.count
        rowCount = n
        fixedCount = p
        coefficientCount = q
        groupCount = count

        // Rows in the order of their groups, unless they are.
        var starts = [Int](repeating: 0, count: count + 1)
        var isSorted = true
        var previous = 0
        for g in groups {
            starts[g + 1] += 1
            if g < previous { isSorted = false }
            previous = g
        }
        for g in 0..<count { starts[g + 1] += starts[g] }
        var order: [Int] = []
        if !isSorted {
            order = [Int](repeating: 0, count: n)
            var next = starts
            for row in 0..<n {
                order[next[groups[row]]] = row
                next[groups[row]] += 1
            }
        }

        let intercept = (0..<p).first { design.fixedNames[$0] == "(Intercept)" }
        var shifts = [Double](repeating: 0, count: m)
        var total = [Double](repeating: 0, count: m * m)
        var within = [Double](repeating: 0, count: q * (q + 1) / 2 * count)
        var cross = [Double](repeating: 0, count: q * m * count)
        var data = [Double](repeating: 0, count: n * m)
        for c in 0..<p { Self.copy(design.fixed.storage, at: c * n, n, order, to: &data, at: c * n) }
        Self.copy(design.response, at: 0, n, order, to: &data, at: p * n)
        if let intercept {
            let square = Self.sum(data, intercept * n, intercept * n, n)
            for c in 0..<m where c != intercept {
                shifts[c] = Self.sum(data, intercept * n, c * n, n) / square
                Self.subtract(shifts[c], intercept * n, from: c * n, n, &data)
            }
        }
        BLAS.syrkLower(transposesA: true, m, n, 1, data, n, 0, &total, m)
        for j in 0..<m {
            for i in 0..<j { total[i + j * m] = total[j + i * m] }
        }
        var columns: [[Double]] = []
        for term in design.terms {
            for k in 0..<term.coefficientCount {
                var column = [Double](repeating: 0, count: n)
                Self.copy(term.columns.storage, at: k * n, n, order, to: &column, at: 0)
                columns.append(column)
            }
        }
        for a in 0..<q {
            let isConstant = columns[a].allSatisfy { $0 == 1 }
            for b in 0...a {
                if isConstant {
                    Self.groupSums(columns[b], 0, starts, count, &within, Self.packed(a, b) * count)
                } else {
                    Self.groupProducts(columns[a], columns[b], 0, starts, count, &within, Self.packed(a, b) * count)
                }
            }
            for c in 0..<m {
                if isConstant {
                    Self.groupSums(data, c * n, starts, count, &cross, (c * q + a) * count)
                } else {
                    Self.groupProducts(columns[a], data, c * n, starts, count, &cross, (c * q + a) * count)
                }
            }
        }
        self.intercept = intercept
        self.shifts = shifts
        self.total = total
        self.within = within
        self.cross = cross
        classes = GroupClasses(
            groupCount: count, coefficientCount: q, width: m, within: within, cross: cross)
    }

    /// The statistics of the residuals of ordinary least squares, for a model without fixed effects.
    var ofResiduals: ClusterStatistics? { ClusterStatistics(residualsOf: self) }

    private init?(residualsOf other: ClusterStatistics) {
        let p = other.fixedCount, m = p + 1, size = other.coefficientCount * other.groupCount
        var normal = other.total
        guard BLAS.choleskyLower(m, &normal) else { return nil }
        let factor = Matrix(rows: m, columns: m, columnMajor: normal)
        let coefficients = factor.backSubstitution((0..<p).map { factor[p, $0] })
        var cross = Array(other.cross[(p * size)...])
        for c in 0..<p {
            for i in 0..<size { cross[i] -= coefficients[c] * other.cross[c * size + i] }
        }
        rowCount = other.rowCount
        fixedCount = 0
        coefficientCount = other.coefficientCount
        groupCount = other.groupCount
        intercept = nil
        shifts = [0]
        total = [factor[p, p] * factor[p, p]]
        within = other.within
        self.cross = cross
        classes = GroupClasses(
            groupCount: groupCount, coefficientCount: coefficientCount, width: 1, within: within, cross: cross)
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

    private static func copy(
        _ source: UnsafePointer<Double>, at first: Int, _ n: Int, _ order: [Int],
        to target: UnsafeMutablePointer<Double>, at offset: Int
    ) {
        if order.isEmpty {
            (target + offset).update(from: source + first, count: n)
        } else {
            for i in 0..<n { target[offset + i] = source[first + order[i]] }
        }
    }

    /// The inner product of two columns of `data`.
    private static func sum(_ data: UnsafePointer<Double>, _ first: Int, _ second: Int, _ n: Int) -> Double {
        inner(n, data + first, data + second)
    }

    private static func subtract(
        _ multiple: Double, _ source: Int, from target: Int, _ n: Int, _ data: UnsafeMutablePointer<Double>
    ) {
        addScaled(n, -multiple, data + source, data + target)
    }

    /// The sums of x over the rows of each group.
    private static func groupSums(
        _ x: UnsafePointer<Double>, _ first: Int, _ starts: UnsafePointer<Int>, _ count: Int,
        _ sums: UnsafeMutablePointer<Double>, _ offset: Int
    ) {
        let x = x + first, sums = sums + offset
        for j in 0..<count {
            var sum = 0.0
            for i in starts[j]..<starts[j + 1] { sum += x[i] }
            sums[j] = sum
        }
    }

    /// The sums of z·x over the rows of each group.
    private static func groupProducts(
        _ z: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ first: Int, _ starts: UnsafePointer<Int>,
        _ count: Int,
        _ sums: UnsafeMutablePointer<Double>, _ offset: Int
    ) {
        let x = x + first, sums = sums + offset
        for j in 0..<count {
            var sum = 0.0
            for i in starts[j]..<starts[j + 1] { sum += z[i] * x[i] }
            sums[j] = sum
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
