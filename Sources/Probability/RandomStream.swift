/// A stream of random numbers that depends on a seed and the number of the stream alone.
///
/// The generator is counter-based, Philox 4×32 with ten rounds (Salmon, Moraes, Dror & Shaw 2011, "Parallel random
/// numbers: as easy as 1, 2, 3"): the seed is its key, stream and block number its counter. Replicate r of a bootstrap
/// takes stream r, so its draw is the same on any number of threads and in any order. A stream has 2⁶⁴ blocks of four
/// words of 32 bits.
public struct RandomStream: RandomNumberGenerator, Sendable {
    @usableFromInline let key: SIMD2<UInt32>
    @usableFromInline let stream: SIMD2<UInt32>
    @usableFromInline var block: UInt64 = 0
    @usableFromInline var words = SIMD4<UInt32>()
    @usableFromInline var position = 4

    /// Creates stream number `stream` of the family that `seed` names.
    public init(seed: UInt64, stream: UInt64) {
        key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        self.stream = SIMD2(UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32))
    }

    /// Philox 4×32-10: the four words at `counter` under `key`.
    @inlinable
    static func philox(_ counter: SIMD4<UInt32>, _ key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3]
        var k0 = key[0], k1 = key[1]
        for _ in 0..<10 {
            let p0 = UInt64(0xD251_1F53) &* UInt64(c0)
            let p1 = UInt64(0xCD9E_8D57) &* UInt64(c2)
            c0 = UInt32(truncatingIfNeeded: p1 >> 32) ^ c1 ^ k0
            c2 = UInt32(truncatingIfNeeded: p0 >> 32) ^ c3 ^ k1
            c1 = UInt32(truncatingIfNeeded: p1)
            c3 = UInt32(truncatingIfNeeded: p0)
            k0 &+= 0x9E37_79B9
            k1 &+= 0xBB67_AE85
        }
        return SIMD4(c0, c1, c2, c3)
    }

    /// The next 32 random bits.
    @inlinable
    public mutating func nextWord() -> UInt32 {
        if position == 4 {
            let counter = SIMD4(
                UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), stream[0], stream[1])
            words = Self.philox(counter, key)
            block &+= 1
            position = 0
        }
        let word = words[position]
        position &+= 1
        return word
    }

    /// The next 64 random bits.
    @inlinable
    public mutating func next() -> UInt64 {
        let low = UInt64(nextWord())
        return low | UInt64(nextWord()) << 32
    }

    /// A number from the uniform distribution on the open interval (0, 1): an odd multiple of 2⁻⁵³.
    @inlinable
    public mutating func uniform() -> Double {
        (Double(next() >> 12) + 0.5) * 0x1p-52
    }

    /// A number from the standard normal distribution: the quantile of one uniform number, so that every normal number
    /// takes the same count of draws.
    public mutating func normal() -> Double { Normal.standardQuantile(uniform()) }

    /// A whole number from 0 to `bound` − 1, each with the same probability; zero when `bound` is below 2.
    ///
    /// Lemire (2019, ACM TOMACS 29, "Fast random integer generation in an interval").
    @inlinable
    public mutating func index(below bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        guard let bound32 = UInt32(exactly: bound) else { return Int(next(upperBound: UInt64(bound))) }
        var product = UInt64(nextWord()) &* UInt64(bound32)
        if UInt32(truncatingIfNeeded: product) < bound32 {
            let threshold = (0 &- bound32) % bound32
            while UInt32(truncatingIfNeeded: product) < threshold {
                product = UInt64(nextWord()) &* UInt64(bound32)
            }
        }
        return Int(product >> 32)
    }

    /// Puts the elements of `buffer` in random order, every order with the same probability (Fisher–Yates).
    @inlinable
    public mutating func shuffle<Element>(_ buffer: inout [Element]) {
        var last = buffer.count - 1
        while last > 0 {
            buffer.swapAt(last, index(below: last + 1))
            last -= 1
        }
    }
}
