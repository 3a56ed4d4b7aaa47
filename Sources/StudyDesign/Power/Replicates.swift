import Dispatch
import Synchronization

/// How a Monte Carlo study is carried out.
public struct SimulationOptions: Sendable {
    /// The number of samples drawn.
    public var replicates: Int
    /// The seed; replicate r depends on it and on r alone.
    public var seed: UInt64
    /// The number of threads; results do not depend on it.
    public var threads: Int
    /// Called now and then, from any thread, with the number of replicates done.
    public var progress: (@Sendable (Int) -> Void)?

    /// Creates options.
    public init(
        replicates: Int = 1000, seed: UInt64 = 1, threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
    ) {
        (self.replicates, self.seed, self.threads, self.progress) = (replicates, seed, threads, progress)
    }

    /// Refuses a number of replicates that says nothing or never ends.
    func verify() throws(PowerError) {
        try PowerError.verify(count: Double(replicates), "the number of replicates", from: 10, through: 1_000_000)
    }

    /// Carries out `body` for each replicate, on several threads; the results are in the order of the replicates.
    func run<Result: Sendable>(_ body: @Sendable (_ replicate: Int) -> Result) -> [Result] {
        let next = Atomic<Int>(0), done = Atomic<Int>(0)
        let results = Mutex<[(replicate: Int, result: Result)]>([])
        DispatchQueue.concurrentPerform(iterations: max(1, min(threads, replicates))) { _ in
            var own: [(replicate: Int, result: Result)] = []
            while true {
                let replicate = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard replicate < replicates else { break }
                own.append((replicate, body(replicate)))
                let total = done.wrappingAdd(1, ordering: .relaxed).newValue
                if total % 16 == 0 { progress?(total) }
            }
            results.withLock { $0 += own }
        }
        return results.withLock { $0.sorted { $0.replicate < $1.replicate }.map(\.result) }
    }
}

/// A share of replicates with its Monte Carlo standard error √(p(1 − p)/R) (Morris, White & Crowther 2019, table 6).
public struct SimulatedShare: Sendable, Hashable {
    /// The share.
    public let value: Double
    /// Its Monte Carlo standard error.
    public let standardError: Double

    init(_ hits: Int, of total: Int) {
        value = total > 0 ? Double(hits) / Double(total) : .nan
        standardError = total > 0 ? (value * (1 - value) / Double(total)).squareRoot() : .nan
    }
}

/// What the estimates of a parameter did over the replicates.
public struct SimulatedEstimate: Sendable, Hashable {
    /// The parameter.
    public let name: String
    /// The true value.
    public let trueValue: Double
    /// The mean of the estimates.
    public let mean: Double
    /// The standard deviation of the estimates.
    public let standardDeviation: Double
    /// The mean of the standard errors.
    public let meanStandardError: Double
    /// The share of intervals that hold the true value.
    public let coverage: SimulatedShare
    /// The share of significant estimates.
    public let power: SimulatedShare

    /// The mean less the true value.
    public var bias: Double { mean - trueValue }
    /// The Monte Carlo standard error of the bias, SD/√R.
    public let biasStandardError: Double

    init(
        name: String, trueValue: Double, estimates: [Double], standardErrors: [Double], covered: [Bool],
        significant: [Bool]
    ) {
        let count = Double(estimates.count)
        let mean = estimates.reduce(0, +) / count
        let squares = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        (self.name, self.trueValue, self.mean) = (name, trueValue, mean)
        standardDeviation = (squares / max(count - 1, 1)).squareRoot()
        biasStandardError = standardDeviation / count.squareRoot()
        meanStandardError = standardErrors.reduce(0, +) / count
        coverage = SimulatedShare(covered.count { $0 }, of: covered.count)
        power = SimulatedShare(significant.count { $0 }, of: significant.count)
    }
}
