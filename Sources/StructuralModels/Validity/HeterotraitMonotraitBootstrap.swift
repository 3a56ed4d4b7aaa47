import LinearAlgebra
import Probability
import Psychometrics

/// HTMT ratios with bootstrap intervals.
public struct HeterotraitMonotraitTable: Sendable, Hashable, Codable {
    /// A pair of constructs.
    public struct Pair: Sendable, Hashable, Codable {
        /// The first construct.
        public var first: String
        /// The second construct.
        public var second: String
        /// The ratio; nil where it does not exist.
        public var ratio: Double?
        /// The interval's lower bound; nil without a bootstrap.
        public var lower: Double?
        /// The interval's upper bound; discriminant validity is supported when it is below one (Henseler et al. 2015).
        public var upper: Double?
    }

    /// The constructs.
    public var constructs: [String]
    /// Which mean the ratio takes.
    public var mean: HeterotraitMonotrait.Mean
    /// All pairs, row by row below the diagonal.
    public var pairs: [Pair]

    /// Computes the ratios of constructs, and percentile intervals from samples of the cases.
    ///
    /// - Parameters:
    ///   - constructs: each with its items, columns of `data`. For second-order constructs give their dimensions' scale
    ///     means as columns.
    ///   - data: the cases.
    ///   - mean: which mean of the correlations the ratio takes.
    ///   - draws: the number of bootstrap samples; none for ratios alone.
    ///   - level: the confidence level of the intervals; 0.90 for the one-sided 5% test against one.
    ///   - seed: the seed of the samples.
    /// - Throws: ``StructuralModelError`` for items that are not in the data, `PsychometricsError` otherwise.
    public init(
        _ constructs: [MeasurementModel.Construct], data: CompleteData, mean: HeterotraitMonotrait.Mean = .arithmetic,
        draws: Int = 0, level: Double = 0.90, seed: UInt64 = 1
    ) throws {
        var items: [String] = []
        for item in constructs.flatMap(\.indicators) where !items.contains(item) { items.append(item) }
        let columns = try data.columns(of: items)
        let moments = SampleMoments(data: columns, names: items, divisor: .caseCount)
        _ = try SampleScreening.checkVariances(moments)
        let members = constructs.map { $0.indicators.compactMap { items.firstIndex(of: $0) } }
        func ratios(_ covariance: Matrix) throws -> [[Double?]] {
            let deviations = covariance.diagonal.map { $0.squareRoot() }
            let r = Matrix(rows: items.count, columns: items.count) {
                covariance[$0, $1] / (deviations[$0] * deviations[$1])
            }
            return try HeterotraitMonotrait(
                correlations: r, scales: constructs.map(\.name), members: members, mean: mean
            ).ratios
        }
        let observed = try ratios(moments.covariance)
        var samples: [[[Double?]]] = []
        if draws > 0 {
            let means = moments.means ?? []
            let sample = ResampledMoments(
                deviations: Matrix(rows: items.count, columns: data.caseCount) { columns[$1, $0] - means[$0] },
                means: means, divisorLoss: 0)
            for replicate in 0..<draws {
                sample.draw(seed: seed, replicate: replicate)
                let covariance = Matrix(rows: items.count, columns: items.count, columnMajor: sample.covariance)
                if covariance.diagonal.allSatisfy({ $0 > 0 }) { samples.append(try ratios(covariance)) }
            }
        }
        self.constructs = constructs.map(\.name)
        self.mean = mean
        var pairs: [Pair] = []
        for b in constructs.indices {
            for a in 0..<b {
                var pair = Pair(first: constructs[a].name, second: constructs[b].name, ratio: observed[a][b])
                if let ratio = observed[a][b], !samples.isEmpty {
                    let distribution = BootstrapDistribution(draws: samples.compactMap { $0[a][b] }, estimate: ratio)
                    let interval = distribution.interval(.percentile, level: level)
                    pair.lower = interval?.lower
                    pair.upper = interval?.upper
                }
                pairs.append(pair)
            }
        }
        self.pairs = pairs
    }
}
