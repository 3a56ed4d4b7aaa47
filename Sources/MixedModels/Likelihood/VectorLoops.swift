#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// Loops over the groups of a model, written so that the compiler turns them into vector instructions.

/// y ← y + a·x.
@inline(__always) func addScaled(
    _ count: Int, _ a: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
    for i in 0..<count { y[i] += a * x[i] }
}

/// y ← a·x.
@inline(__always) func scale(
    _ count: Int, _ a: Double, _ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>
) {
    for i in 0..<count { y[i] = a * x[i] }
}

/// z ← w − x·y.
@inline(__always) func subtractProduct(
    _ count: Int, from w: UnsafePointer<Double>, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>,
    into z: UnsafeMutablePointer<Double>
) {
    for i in 0..<count { z[i] = w[i] - x[i] * y[i] }
}

/// z ← x·y.
@inline(__always) func product(
    _ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, into z: UnsafeMutablePointer<Double>
) {
    for i in 0..<count { z[i] = x[i] * y[i] }
}

/// z ← z + x·y.
@inline(__always) func addProduct(
    _ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>
) {
    for i in 0..<count { z[i] += x[i] * y[i] }
}

/// z ← z − x·y.
@inline(__always) func subtractProduct(
    _ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ z: UnsafeMutablePointer<Double>
) {
    for i in 0..<count { z[i] -= x[i] * y[i] }
}

/// x ← x·y.
@inline(__always) func multiply(_ count: Int, _ x: UnsafeMutablePointer<Double>, _ y: UnsafePointer<Double>) {
    for i in 0..<count { x[i] *= y[i] }
}

/// Σ x.
@inline(__always) func total(_ count: Int, _ x: UnsafePointer<Double>) -> Double {
    var partial = SIMD4<Double>.zero
    var i = 0
    while i + 4 <= count {
        partial += UnsafeRawPointer(x + i).loadUnaligned(as: SIMD4<Double>.self)
        i += 4
    }
    var sum = partial.sum()
    while i < count {
        sum += x[i]
        i += 1
    }
    return sum
}

/// Σ x·y.
@inline(__always) func inner(_ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
    var partial = SIMD4<Double>.zero
    var i = 0
    while i + 4 <= count {
        let a = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD4<Double>.self)
        let b = UnsafeRawPointer(y + i).loadUnaligned(as: SIMD4<Double>.self)
        partial += a * b
        i += 4
    }
    var sum = partial.sum()
    while i < count {
        sum += x[i] * y[i]
        i += 1
    }
    return sum
}

/// x ← 1/√x, and Σ log √x; nil where an x is not positive. Logarithms are taken of products.
func inverseRootsAndLogarithms(_ count: Int, _ x: UnsafeMutablePointer<Double>) -> Double? {
    var sum = 0.0, product = 1.0
    var smallest = Double.infinity
    for i in 0..<count { smallest = min(smallest, x[i]) }
    guard smallest > 0 else { return nil }
    for i in 0..<count {
        product *= x[i]
        // Far from overflow even if the next factor is the largest that a sum of squares of data has.
        if product > 1e100 || product < 1e-100 {
            sum += log(product)
            product = 1
        }
    }
    for i in 0..<count { x[i] = 1 / x[i].squareRoot() }
    sum = 0.5 * (sum + log(product))
    return sum.isFinite ? sum : nil
}
