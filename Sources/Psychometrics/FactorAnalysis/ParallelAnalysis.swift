import LinearAlgebra
import Probability

/// Horn's parallel analysis: the eigenvalues of the data against those of data without common factors (Horn 1965).
public struct ParallelAnalysis: Sendable, Codable, Equatable {
    /// Which eigenvalues are compared.
    public enum Variant: String, Sendable, Codable {
        /// Those of the correlation matrix.
        case components
        /// Those of the correlation matrix with squared multiple correlations on its diagonal (Humphreys & Montanelli
        /// 1975).
        case commonFactors
    }

    /// Where the comparison data come from.
    public enum Generator: String, Sendable, Codable {
        /// Independent normal variables.
        case normal
        /// The data with each column in random order of its own (Buja & Eyuboglu 1992), which keeps the distributions.
        case permutation
    }

    /// The eigenvalues of the data, largest first.
    public let eigenvalues: [Double]
    /// The mean eigenvalues of the comparison data.
    public let meanEigenvalues: [Double]
    /// The percentile of the comparison data's eigenvalues that the data have to exceed.
    public let thresholds: [Double]
    /// The number of leading eigenvalues above their threshold.
    public let suggestedFactors: Int
    /// The number of comparison data sets.
    public let draws: Int

    /// Analyses the columns of `data` (complete cases; rows are cases).
    ///
    /// Data set number r is drawn from stream r of `seed`, so that the result depends on nothing else.
    /// - Throws: ``PsychometricsError``.
    public init(
        _ data: Matrix, items: [String], variant: Variant = .components, generator: Generator = .normal,
        draws: Int = 500, percentile: Double = 0.95, seed: UInt64 = 1
    ) throws {
        let p = data.columns
        let observed = try Self.eigenvalues(Moments(data, names: items).correlations(), variant)
        guard draws > 0, percentile > 0, percentile < 1 else { throw PsychometricsError.invalidSimulation }
        guard data.rows > p else { throw PsychometricsError.tooFewCases(needed: p + 1, found: data.rows) }
        var simulated = [[Double]](repeating: [], count: p)
        for draw in 0..<draws {
            let values = try Self.comparison(data, variant, generator, seed: seed, draw: draw)
            for (j, value) in values.enumerated() { simulated[j].append(value) }
        }
        eigenvalues = observed
        meanEigenvalues = simulated.map(Moments.mean)
        let limits = simulated.map { Quantiles.type7($0.sorted(), percentile) }
        thresholds = limits
        suggestedFactors = (0..<p).first { observed[$0] <= limits[$0] } ?? p
        self.draws = draws
    }

    /// The eigenvalues of comparison data set number `draw`.
    private static func comparison(
        _ data: Matrix, _ variant: Variant, _ generator: Generator, seed: UInt64, draw: Int
    ) throws -> [Double] {
        var stream = RandomStream(seed: seed, stream: UInt64(draw))
        let sample: Matrix
        switch generator {
        case .normal:
            sample = Matrix(rows: data.rows, columns: data.columns) { _, _ in stream.normal() }
        case .permutation:
            sample = Matrix(
                rows: data.rows, columns: data.columns,
                columnMajor: (0..<data.columns).flatMap { j in
                    var column = data.column(j)
                    stream.shuffle(&column)
                    return column
                })
        }
        return try eigenvalues(Moments.correlations(of: Moments.centred(sample).data.crossProduct), variant)
    }

    private static func eigenvalues(_ correlations: Matrix, _ variant: Variant) throws -> [Double] {
        guard variant == .commonFactors else { return try SymmetricEigen(correlations).values }
        var reduced = correlations
        for (i, value) in FactorExtraction.squaredMultipleCorrelations(correlations).enumerated() {
            reduced[i, i] = value
        }
        return try SymmetricEigen(reduced).values
    }
}
