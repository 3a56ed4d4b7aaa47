import Dispatch
import Probability
import Synchronization

/// How probable an effect size of a necessary condition is if condition and outcome are unrelated.
///
/// The approximate permutation test of Dul, van der Laan & Kuik (2020, "A statistical significance test for necessary
/// condition analysis", Organizational Research Methods 23, 385-395): outcomes are shuffled over the cases.
public struct NecessityTest: Sendable, Hashable {
    /// The probability of an effect size at least as large as the observed one.
    ///
    /// Random permutations count the observed order as one more, (c + 1) / (n + 1); with every order enumerated it is
    /// c / n exactly.
    public let p: Double
    /// Half the width of the confidence interval of the p value that comes from drawing permutations, normal
    /// approximation; 0 where every order was enumerated.
    public let accuracy: Double
    /// The effect size that chance reaches with the probability of the significance level only.
    public let threshold: Double
    /// The number of permutations.
    public let permutations: Int
    /// Whether every order was enumerated, so that p is exact.
    public let isExact: Bool
}

extension NecessityTest {
    /// Tests the effect sizes of several ceilings with the same permutations.
    ///
    /// The order of the cases by x is fixed, so that a permutation costs one pass over the shuffled outcomes.
    /// Permutation r comes from stream r of the seed alone; outcomes are drawn from the left until the highest is met,
    /// behind which nothing changes the ceiling. When there are no more different orders of the cases than wanted
    /// permutations (up to seven cases with 10,000), all are enumerated instead.
    static func tests(
        _ plane: CeilingPlane, techniques: [CeilingTechnique], observed: [Double?],
        options: NecessaryConditionOptions
    ) -> [NecessityTest?] {
        let count = plane.y.count
        var orders = 1
        for factor in 1...count where orders <= options.permutations { orders *= factor }
        let isExact = orders <= options.permutations
        let total = isExact ? orders : options.permutations
        let area = plane.area
        let effects = Mutex([[Double]](repeating: [Double](repeating: .nan, count: total), count: techniques.count))
        let next = Atomic<Int>(0)
        let block = 64
        DispatchQueue.concurrentPerform(iterations: max(1, min(options.threads, total / block))) { _ in
            var outcomes = plane.y, peers: [CeilingPlane.Peer] = []
            while true {
                let start = next.wrappingAdd(block, ordering: .relaxed).oldValue
                guard start < total else { break }
                let replicates = start..<min(start + block, total)
                var own = techniques.map { _ in [Double]() }
                for replicate in replicates {
                    outcomes.withUnsafeMutableBufferPointer { outcomes in
                        plane.y.withUnsafeBufferPointer { _ = outcomes.update(fromContentsOf: $0) }
                        if isExact {
                            Self.arrange(outcomes, number: replicate)
                            plane.peers(outcomes, into: &peers)
                        } else {
                            // Fisher-Yates from the front, as far as the outcomes are looked at.
                            var stream = RandomStream(seed: options.seed, stream: UInt64(replicate))
                            plane.peers(outcomes, into: &peers) { place in
                                outcomes.swapAt(place, place + stream.index(below: count - place))
                            }
                        }
                    }
                    for (technique, name) in techniques.enumerated() {
                        let zone = CeilingShape(name, plane, peers: peers).zone
                        own[technique].append(zone.map { $0 / area } ?? .nan)
                    }
                }
                effects.withLock { effects in
                    for technique in own.indices {
                        effects[technique].replaceSubrange(replicates, with: own[technique])
                    }
                }
            }
        }
        let draws = effects.withLock { $0 }
        return techniques.indices.map { technique in
            guard let observed = observed[technique] else { return nil }
            let sorted = draws[technique].filter { !$0.isNaN }.sorted()
            // The same area added up in another order counts as equal.
            let reached = sorted.count { $0 >= observed - 1e-10 }
            let p = isExact ? Double(reached) / Double(sorted.count) : Double(reached + 1) / Double(sorted.count + 1)
            let z = Normal.standard.quantile(0.5 + 0.5 * options.confidence)
            return NecessityTest(
                p: p, accuracy: isExact ? 0 : z * (p * (1 - p) / Double(total)).squareRoot(),
                threshold: Quantiles.type7(sorted, 1 - options.significance), permutations: total, isExact: isExact)
        }
    }

    /// Brings values into the order of a number in the factorial system (Lehmer code).
    private static func arrange(_ values: UnsafeMutableBufferPointer<Double>, number: Int) {
        var rest = number
        for place in values.indices {
            let left = values.count - place
            values.swapAt(place, place + rest % left)
            rest /= left
        }
    }
}
