/// Draws of cases for bootstrap and permutation, written into memory of the caller.
public enum Resampling {
    /// Fills `weights` with how often each of its cases occurs in an ordinary bootstrap sample: as many cases, drawn with
    /// replacement. The weights are whole and sum to their count. Nothing is allocated.
    public static func weights(into weights: UnsafeMutableBufferPointer<Double>, using stream: inout RandomStream) {
        weights.update(repeating: 0)
        // A local copy keeps the generator in registers.
        var generator = stream
        let count = weights.count
        for _ in 0..<count { weights[generator.index(below: count)] += 1 }
        stream = generator
    }

    /// Fills `weights` as ``weights(into:using:)-(UnsafeMutableBufferPointer<Double>,_)`` does.
    public static func weights(into weights: inout [Double], using stream: inout RandomStream) {
        weights.withUnsafeMutableBufferPointer { Self.weights(into: $0, using: &stream) }
    }

    /// Fills `indices` with cases drawn with replacement from `count` cases numbered from zero.
    public static func indices(
        into indices: UnsafeMutableBufferPointer<Int>, of count: Int, using stream: inout RandomStream
    ) {
        var generator = stream
        for i in indices.indices { indices[i] = generator.index(below: count) }
        stream = generator
    }

    /// The bootstrap weights of replicate `replicate` under `seed`, for `count` cases.
    public static func weights(count: Int, seed: UInt64, replicate: Int) -> [Double] {
        var stream = RandomStream(seed: seed, stream: UInt64(replicate))
        var result = [Double](repeating: 0, count: max(count, 0))
        weights(into: &result, using: &stream)
        return result
    }
}
