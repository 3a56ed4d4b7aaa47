public import Datasets
import LinearAlgebra
public import Probability
public import StructuralModels

/// A structural equation model and how it is to be fitted.
public struct StructuralAnalysis: Sendable {
    /// The model, in lavaan's syntax.
    public var model: String
    /// What is added to the model's text.
    public var modelOptions: ModelOptions
    /// How it is fitted.
    public var estimation: EstimationOptions

    /// Makes an analysis.
    public init(
        model: String, modelOptions: ModelOptions = .sem, estimation: EstimationOptions = EstimationOptions()
    ) {
        self.model = model
        self.modelOptions = modelOptions
        self.estimation = estimation
    }

    /// Fits the model to the cases that are complete in its variables.
    ///
    /// - Throws: `ModelSyntaxError`, `DatasetError`, `StructuralModelError`.
    public func fit(_ dataset: Dataset) throws -> FittedModel {
        let model = try StructuralModel(model, options: modelOptions)
        try model.table.validate(against: dataset.names)
        return try model.fit(CompleteData(dataset, for: model), options: estimation)
    }

    /// Fits the model to an unbiased covariance matrix.
    ///
    /// - Parameters:
    ///   - table: A square table whose first column `variable` names its rows.
    ///   - caseCount: The number of cases behind it.
    /// - Throws: `ModelSyntaxError`, ``AnalysisError/covarianceTable(_:)``, `StructuralModelError`.
    public func fit(covariances table: Dataset, caseCount: Int) throws -> FittedModel {
        let model = try StructuralModel(model, options: modelOptions)
        return try model.fit(unbiased: SampleMoments(table: table, caseCount: caseCount), options: estimation)
    }
}

extension StructuralAnalysis {
    /// What is resampled and how.
    public struct Resampling: Sendable, Equatable {
        /// The number of draws.
        public var draws: Int
        /// The kind of interval.
        public var interval: BootstrapInterval
        /// The seed: draw r depends on it and on r alone.
        public var seed: UInt64
        /// The number of threads; nil for all cores.
        public var threads: Int?
        /// Whether the model is tested by the bootstrap of Bollen and Stine (1992).
        public var testsModel: Bool

        /// Makes a plan of resampling.
        public init(
            draws: Int, interval: BootstrapInterval = .percentile, seed: UInt64 = 1, threads: Int? = nil,
            testsModel: Bool = false
        ) {
            self.draws = draws
            self.interval = interval
            self.seed = seed
            self.threads = threads
            self.testsModel = testsModel
        }
    }

    /// Fits the model and computes what is reported of it.
    ///
    /// - Parameters:
    ///   - dataset: The raw data, or a covariance table when `covarianceCases` is given.
    ///   - covarianceCases: The number of cases behind a covariance table.
    ///   - resampling: The bootstrap, when there is to be one.
    ///   - progress: Called now and then, from any thread, with the number of draws done and asked for.
    /// - Throws: `ModelSyntaxError`, `DatasetError`, ``AnalysisError``, `StructuralModelError`.
    public func run(
        _ dataset: Dataset, covarianceCases: Int? = nil, resampling: Resampling? = nil,
        progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) throws -> StructuralResult {
        let fitted =
            if let covarianceCases { try fit(covariances: dataset, caseCount: covarianceCases) } else {
                try fit(dataset)
            }
        return try StructuralResult(fitted, resampling: resampling, progress: progress)
    }
}

/// The kinds of bootstrap interval, as options name them.
public enum BootstrapInterval: String, Sendable, Codable, CaseIterable {
    /// The quantiles of the draws.
    case percentile
    /// Bias-corrected (Efron 1981).
    case biasCorrected = "bc"
    /// Bias-corrected and accelerated (Efron 1987).
    case accelerated = "bca"
    /// The estimate and the draws' standard deviation.
    case normal

    /// The method of computation.
    public var method: BootstrapMethod {
        switch self {
        case .percentile: .percentile
        case .biasCorrected: .biasCorrected
        case .accelerated: .biasCorrectedAccelerated
        case .normal: .normal
        }
    }

    /// The interval in words.
    public var title: String {
        switch self {
        case .percentile: "percentile"
        case .biasCorrected: "bias-corrected"
        case .accelerated: "bias-corrected and accelerated"
        case .normal: "normal-theory bootstrap"
        }
    }
}

extension CompleteData {
    /// The cases of a dataset that are complete in the observed variables of a model.
    ///
    /// - Throws: `DatasetError`.
    init(_ dataset: Dataset, for model: StructuralModel) throws {
        let names = Self.names(in: dataset, for: model)
        let table = try dataset.numericMatrix(names)
        self.init(names: names, values: table.matrix, omittedCount: dataset.rowCount - table.matrix.rows)
    }

    /// The columns that a model needs: its observed variables, with the factors of products.
    fileprivate static func names(in dataset: Dataset, for model: StructuralModel) -> [String] {
        let products = Dictionary(
            model.table.variables.products.map { ($0.name, [$0.first, $0.second]) }, uniquingKeysWith: { a, _ in a })
        var names: [String] = []
        for name in model.observedVariables.flatMap({ dataset.contains($0) ? [$0] : products[$0] ?? [$0] })
        where !names.contains(name) {
            names.append(name)
        }
        return names
    }
}

extension FittedModel {
    /// The factor scores as columns beside the data that the model was fitted to, one row for each of theirs; missing where
    /// a case was left out.
    ///
    /// - Throws: `StructuralModelError` for a model fitted to a covariance matrix or without such scores, `DatasetError`.
    public func scores(for dataset: Dataset, method: FactorScores.Method) throws -> Dataset {
        let result = try factorScores(method)
        let rows = try dataset.numericMatrix(CompleteData.names(in: dataset, for: model)).rowIndices
        let columns = result.latentVariables.enumerated().map { index, name in
            var numbers = [Double](repeating: .nan, count: dataset.rowCount)
            for (row, value) in zip(rows, result.scores.column(index)) { numbers[row] = value }
            return Column(name: name, numbers: numbers, measure: .scale)
        }
        return try Dataset(columns: columns, source: dataset.source)
    }
}

extension SampleMoments {
    /// The moments that a square table of covariances gives.
    init(table: Dataset, caseCount: Int) throws {
        guard let first = table.columns.first, !first.isNumeric || first.name == "variable" else {
            throw AnalysisError.covarianceTable("its first column must be `variable` and name the rows")
        }
        let names = Array(table.names.dropFirst())
        let rows = first.texts.map { $0 ?? "" }
        guard rows == names else {
            let fault = zip(rows, names).enumerated().first { $1.0 != $1.1 }
            throw AnalysisError.covarianceTable(
                fault.map {
                    "row \($0.offset + 1) is `\($0.element.0)` but column \($0.offset + 1) is `\($0.element.1)`"
                }
                    ?? "it has \(rows.count) rows and \(names.count) columns")
        }
        var values = try table.numericMatrix(names, missing: .keep).matrix
        let p = names.count
        // A triangle is enough: the other one may be left empty.
        for i in 0..<p {
            for j in 0..<i {
                switch (values[i, j].isNaN, values[j, i].isNaN) {
                case (true, true):
                    throw AnalysisError.covarianceTable("the covariance of `\(names[i])` and `\(names[j])` is missing")
                case (true, false): values[i, j] = values[j, i]
                case (false, true): values[j, i] = values[i, j]
                case (false, false):
                    let scale = max(abs(values[i, j]), abs(values[j, i]))
                    guard abs(values[i, j] - values[j, i]) <= 1e-6 * scale else {
                        throw AnalysisError.covarianceTable(
                            "it is not symmetric: `\(names[i])` with `\(names[j])` is \(values[i, j]) and \(values[j, i])"
                        )
                    }
                }
            }
            guard values[i, i] > 0 else {
                throw AnalysisError.covarianceTable("the variance of `\(names[i])` is not positive")
            }
        }
        self.init(names: names, covariance: values.symmetrized, means: nil, caseCount: caseCount)
    }
}
