public import Datasets
import LinearAlgebra
public import Psychometrics
public import Reporting

/// An exploratory factor analysis of items of a dataset, on the cases that answered all of them.
public struct FactorAnalysis: Sendable, Equatable, Codable {
    /// The analysis.
    public let result: ExploratoryFactorAnalysis
    /// What the reader should know.
    public let warnings: [String]

    /// Analyses items of a dataset.
    ///
    /// - Throws: `DatasetError`, ``AnalysisError``, `PsychometricsError`.
    public init(
        _ dataset: Dataset, items: [String], factors: Int, method: ExtractionMethod, rotation: FactorRotation
    ) throws {
        if let twice = AnalysisError.repeated(items) { throw AnalysisError.namedTwice(twice) }
        let table = try dataset.numericMatrix(items)
        guard table.matrix.rows > 0 else { throw AnalysisError.noCompleteCases(variables: items) }
        result = try ExploratoryFactorAnalysis(
            data: table.matrix, items: items, factors: factors, method: method, rotation: rotation)
        let lost = dataset.rowCount - table.matrix.rows
        warnings =
            (lost > 0 ? ["\(lost) of \(dataset.rowCount) cases left out, as they lack an answer"] : [])
            + result.warnings
    }

    /// The document of the contract.
    public var contract: JSON { .contract(analysis: "efa", warnings: warnings, JSON.factorAnalysis(result)) }
}
