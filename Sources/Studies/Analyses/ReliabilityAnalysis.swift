public import Datasets
import LinearAlgebra
public import Psychometrics
public import Reporting

/// The item analysis of the scales of a questionnaire, each on the cases that answered all its items.
public struct ReliabilityAnalysis: Sendable, Equatable, Codable {
    /// The scales in the order given.
    public let scales: [ScaleReliability]
    /// Cronbach's alpha of all items together, on the cases that answered all of them; nil when it does not exist.
    public let overallAlpha: CronbachAlpha?
    /// What the reader should know.
    public let warnings: [String]

    /// A scale: its name and its items.
    public struct Scale: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The items.
        public var items: [String]

        /// Makes a scale.
        public init(name: String, items: [String]) {
            self.name = name
            self.items = items
        }
    }

    /// Analyses scales of a dataset, reversed items already reversed.
    ///
    /// - Throws: `DatasetError`, ``AnalysisError``, `PsychometricsError`.
    public init(_ dataset: Dataset, scales: [Scale]) throws {
        var warnings: [String] = []
        var results: [ScaleReliability] = []
        for scale in scales {
            if let twice = AnalysisError.repeated(scale.items) { throw AnalysisError.namedTwice(twice) }
            let table = try dataset.numericMatrix(scale.items)
            guard table.matrix.rows > 0 else { throw AnalysisError.noCompleteCases(variables: scale.items) }
            let result = try ScaleReliability(name: scale.name, data: table.matrix, items: scale.items)
            if result.n < dataset.rowCount {
                warnings.append(
                    "\(scale.name): \(dataset.rowCount - result.n) of \(dataset.rowCount) cases left out, as they lack an "
                        + "answer")
            }
            warnings += result.warnings.map { "\(scale.name): \($0)" }
            results.append(result)
        }
        var seen: Set<String> = []
        let items = scales.flatMap(\.items).filter { seen.insert($0).inserted }
        let table = try dataset.numericMatrix(items)
        overallAlpha = CronbachAlpha(
            covariances: Self.covariances(table.matrix), cases: table.matrix.rows)
        self.scales = results
        self.warnings = warnings
    }

    private static func covariances(_ data: Matrix) -> Matrix {
        guard data.rows > 1 else { return Matrix(rows: data.columns, columns: data.columns) }
        var centred = data
        for j in 0..<data.columns {
            let mean = data.column(j).reduce(0, +) / Double(data.rows)
            for i in 0..<data.rows { centred[i, j] -= mean }
        }
        return (1 / Double(data.rows - 1)) * centred.crossProduct
    }

    /// The document of the contract.
    public var contract: JSON {
        .contract(
            analysis: "reliability", warnings: warnings,
            JSON.reliability(scales, overallAlpha: overallAlpha?.value))
    }
}
