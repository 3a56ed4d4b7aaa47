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
    /// B: the entry (a, c) of group j is at (a·(p + 1) + c)·J + j.
    let cross: [Double]

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
        let data = [Double](unsafeUninitializedCapacity: n * m) { buffer, size in
            design.fixed.storage.withUnsafeBufferPointer { source in
                for c in 0..<p { Self.copy(source.baseAddress! + c * n, n, order, buffer.baseAddress! + c * n) }
            }
            design.response.withUnsafeBufferPointer { source in
                Self.copy(source.baseAddress!, n, order, buffer.baseAddress! + p * n)
            }
            if let intercept {
                let one = UnsafePointer(buffer.baseAddress! + intercept * n)
                let square = Self.sum(one, one, n)
                for c in 0..<m where c != intercept {
                    let column = buffer.baseAddress! + c * n
                    let shift = Self.sum(one, column, n) / square
                    shifts[c] = shift
                    for i in 0..<n { column[i] -= shift * one[i] }
                }
            }
            size = n * m
        }
        var columns: [[Double]] = []
        for term in design.terms {
            for k in 0..<term.coefficientCount {
                columns.append(
                    [Double](unsafeUninitializedCapacity: n) { buffer, size in
                        term.columns.storage.withUnsafeBufferPointer {
                            Self.copy($0.baseAddress! + k * n, n, order, buffer.baseAddress!)
                        }
                        size = n
                    })
            }
        }
        data.withUnsafeBufferPointer { data in
            total.withUnsafeMutableBufferPointer { total in
                BLAS.syrkLower(transposesA: true, m, n, 1, data.baseAddress!, n, 0, total.baseAddress!, m)
                for j in 0..<m {
                    for i in 0..<j { total[i + j * m] = total[j + i * m] }
                }
            }
            for a in 0..<q {
                let isConstant = columns[a].allSatisfy { $0 == 1 }
                columns[a].withUnsafeBufferPointer { z in
                    for b in 0...a {
                        columns[b].withUnsafeBufferPointer { other in
                            Self.groupSums(
                                isConstant ? nil : z.baseAddress!, other.baseAddress!, starts, &within,
                                at: Self.packed(a, b) * count)
                        }
                    }
                    for c in 0..<m {
                        Self.groupSums(
                            isConstant ? nil : z.baseAddress!, data.baseAddress! + c * n, starts, &cross,
                            at: (a * m + c) * count)
                    }
                }
            }
        }
        self.intercept = intercept
        self.shifts = shifts
        self.total = total
        self.within = within
        self.cross = cross
    }

    private static func copy(
        _ source: UnsafePointer<Double>, _ n: Int, _ order: [Int], _ target: UnsafeMutablePointer<Double>
    ) {
        if order.isEmpty {
            target.update(from: source, count: n)
        } else {
            for i in 0..<n { target[i] = source[order[i]] }
        }
    }

    /// Σ xᵢyᵢ, in eight partial sums.
    private static func sum(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ n: Int) -> Double {
        var partial = SIMD8<Double>.zero
        var i = 0
        while i + 8 <= n {
            let a = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Double>.self)
            let b = UnsafeRawPointer(y + i).loadUnaligned(as: SIMD8<Double>.self)
            partial += a * b
            i += 8
        }
        var sum = partial.sum()
        while i < n {
            sum += x[i] * y[i]
            i += 1
        }
        return sum
    }

    /// The sums of z·x, or of x alone when z is nil, over the rows of each group.
    private static func groupSums(
        _ z: UnsafePointer<Double>?, _ x: UnsafePointer<Double>, _ starts: [Int], _ target: inout [Double],
        at offset: Int
    ) {
        target.withUnsafeMutableBufferPointer { target in
            starts.withUnsafeBufferPointer { starts in
                let sums = target.baseAddress! + offset
                for j in 0..<(starts.count - 1) {
                    var sum = 0.0
                    if let z {
                        for i in starts[j]..<starts[j + 1] { sum += z[i] * x[i] }
                    } else {
                        for i in starts[j]..<starts[j + 1] { sum += x[i] }
                    }
                    sums[j] = sum
                }
            }
        }
    }
}
