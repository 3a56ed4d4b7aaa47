/// y ← y + a·x.
@inline(__always) func addScaled(
    _ count: Int, _ a: Double, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>
) {
    for i in 0..<count { y[i] += a * x[i] }
}
