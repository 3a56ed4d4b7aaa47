import Testing

@testable import Probability

@Suite struct RandomStreamTests {
    /// The known-answer vectors of philox4x32 with ten rounds in Random123 (file `kat_vectors`).
    @Test func equalsKnownAnswers() {
        #expect(
            RandomStream.philox(.zero, .zero) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        let ones = UInt32.max
        #expect(
            RandomStream.philox(SIMD4(repeating: ones), SIMD2(repeating: ones))
                == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        #expect(
            RandomStream.philox(
                SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2(0xa409_3822, 0x299f_31d0))
                == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test func dependsOnSeedAndStreamAlone() {
        var first = RandomStream(seed: 17, stream: 3), again = RandomStream(seed: 17, stream: 3)
        var other = RandomStream(seed: 17, stream: 4), seeded = RandomStream(seed: 18, stream: 3)
        let values = (0..<100).map { _ in first.next() }
        #expect(values == (0..<100).map { _ in again.next() })
        #expect(values != (0..<100).map { _ in other.next() })
        #expect(values != (0..<100).map { _ in seeded.next() })
        #expect(Set(values).count == 100)
    }

    @Test func drawsUniformNumbersInsideTheInterval() {
        var stream = RandomStream(seed: 1, stream: 0)
        let draws = (0..<20_000).map { _ in stream.uniform() }
        #expect(draws.allSatisfy { $0 > 0 && $0 < 1 })
        // Four standard errors of the mean, 1/√(12·20000).
        #expect(abs(draws.reduce(0, +) / 20_000 - 0.5) < 4 * 0.002042)
    }

    @Test func drawsNormalNumbers() {
        var stream = RandomStream(seed: 1, stream: 1)
        let draws = (0..<20_000).map { _ in stream.normal() }
        let mean = draws.reduce(0, +) / 20_000
        let square = draws.reduce(0) { $0 + $1 * $1 } / 20_000
        let fourth = draws.reduce(0) { $0 + $1 * $1 * $1 * $1 } / 20_000
        #expect(abs(mean) < 4 * 0.00707)
        #expect(abs(square - 1) < 4 * 0.01)
        #expect(abs(fourth - 3) < 4 * 0.0693)
    }

    @Test(arguments: [2, 3, 7, 336]) func drawsIndicesWithEqualProbability(bound: Int) {
        var stream = RandomStream(seed: 5, stream: UInt64(bound))
        var counts = [Double](repeating: 0, count: bound)
        let draws = 100 * bound
        for _ in 0..<draws { counts[stream.index(below: bound)] += 1 }
        let chiSquared = counts.reduce(0) { $0 + ($1 - 100) * ($1 - 100) / 100 }
        #expect(ChiSquared(degreesOfFreedom: Double(bound - 1)).upperTail(chiSquared) > 1e-4)
        #expect(stream.index(below: 1) == 0)
        #expect(stream.index(below: 0) == 0)
    }

    @Test func shufflesIntoAPermutation() {
        var stream = RandomStream(seed: 5, stream: 9)
        var values = Array(0..<50)
        stream.shuffle(&values)
        #expect(values != Array(0..<50))
        #expect(values.sorted() == Array(0..<50))
        var nothing: [Int] = []
        stream.shuffle(&nothing)
        #expect(nothing.isEmpty)
    }
}

@Suite struct ResamplingTests {
    @Test func weightsCountEveryDraw() {
        var total = [Double](repeating: 0, count: 40)
        for replicate in 0..<500 {
            let weights = Resampling.weights(count: 40, seed: 2, replicate: replicate)
            #expect(weights.reduce(0, +) == 40)
            #expect(weights.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
            for i in 0..<40 { total[i] += weights[i] }
        }
        // 500 ± 4.5 standard deviations of a case's count, √(500·39/40).
        #expect(total.allSatisfy { abs($0 - 500) < 100 })
        #expect(
            Resampling.weights(count: 40, seed: 2, replicate: 7) == Resampling.weights(count: 40, seed: 2, replicate: 7)
        )
        #expect(Resampling.weights(count: 0, seed: 2, replicate: 7).isEmpty)
    }

    @Test func theStreamGoesOnAfterADraw() {
        var stream = RandomStream(seed: 1, stream: 1)
        var first = [Double](repeating: 0, count: 30), second = first
        Resampling.weights(into: &first, using: &stream)
        Resampling.weights(into: &second, using: &stream)
        #expect(first != second)
    }
}
