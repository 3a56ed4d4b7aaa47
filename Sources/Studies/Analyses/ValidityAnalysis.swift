import Datasets
import LinearAlgebra
import Psychometrics
public import StructuralModels

/// Convergent and discriminant validity of the constructs of a study.
public struct ValidityAnalysis: Sendable {
    /// A measurement model and the constructs that it shows.
    public struct Part: Sendable {
        /// The construct with dimensions that the model is about; nil for the constructs without dimensions together.
        public var construct: String?
        /// Whether the dimensions are correlated factors, as two of them do not identify a second-order factor.
        public var isCorrelated: Bool
        /// The model.
        public var model: FittedModel
        /// Loadings, composite reliability and AVE.
        public var validity: [ConstructValidity]
    }

    /// The measurement models, one for each construct with dimensions.
    public let parts: [Part]
    /// The model of all constructs; nil when it could not be estimated or there is one construct only.
    public let joint: FittedModel?
    /// The Fornell–Larcker criterion in the joint model.
    public let discriminant: DiscriminantValidity?
    /// The heterotrait–monotrait ratios.
    public let ratios: HeterotraitMonotraitTable?
    /// The number of draws of their intervals.
    public let draws: Int
    /// What the reader should know.
    public let warnings: [String]

    /// Analyses the constructs.
    ///
    /// - Parameters:
    ///   - names: The constructs: scales of items, or of dimensions.
    ///   - codebook: The codebook, with the dataset's items.
    ///   - dataset: The data with a column for each scale mean.
    /// - Throws: ``AnalysisError``, `DatasetError`.
    init(_ names: [String], codebook: StudyCodebook, dataset: Dataset, seed: UInt64, draws: Int = 1000) throws {
        var warnings: [String] = []
        let constructs = try names.map { try Construct($0, codebook, dataset) }
        var parts: [Part] = []
        func fit(_ syntax: String) throws -> FittedModel {
            let model = try StructuralModel(syntax)
            let latent = Set(model.latentVariables)
            let visible = try dataset.selecting(dataset.names.filter { !latent.contains($0) })
            return try model.fit(CompleteData(visible, for: model))
        }
        func add(_ construct: String?, _ model: MeasurementModel, isCorrelated: Bool) {
            do {
                let fitted = try fit(model.syntax)
                parts.append(
                    Part(
                        construct: construct, isCorrelated: isCorrelated, model: fitted,
                        validity: fitted.convergentValidity()))
                warnings += fitted.warnings.map { "\(construct ?? "measurement model"): \($0)" }
            } catch {
                warnings.append("\(construct ?? "measurement model"): \(error)")
            }
        }
        for construct in constructs where !construct.dimensions.isEmpty {
            let isCorrelated = construct.dimensions.count < 3
            add(
                construct.name,
                MeasurementModel(
                    constructs: construct.dimensions,
                    secondOrder: isCorrelated
                        ? [] : [.init(name: construct.name, indicators: construct.dimensions.map(\.name))]),
                isCorrelated: isCorrelated)
        }
        let simple = constructs.filter(\.dimensions.isEmpty)
        if !simple.isEmpty {
            add(
                nil, MeasurementModel(constructs: simple.map { .init(name: $0.name, indicators: $0.items) }),
                isCorrelated: true)
        }

        var joint: FittedModel?
        if constructs.count > 1 {
            let model = MeasurementModel(
                constructs: constructs.flatMap { construct in
                    construct.dimensions.isEmpty
                        ? [.init(name: construct.name, indicators: construct.items)] : construct.dimensions
                },
                secondOrder: constructs.filter { !$0.dimensions.isEmpty }.map {
                    .init(name: $0.name, indicators: $0.dimensions.map(\.name))
                })
            do {
                let fitted =
                    if simple.count == constructs.count, let part = parts.first { part.model } else {
                        try fit(model.syntax)
                    }
                joint = fitted
                if simple.count < constructs.count {
                    warnings += fitted.warnings.map { "all constructs together: \($0)" }
                }
            } catch { warnings.append("all constructs together: \(error)") }
        }
        self.joint = joint
        discriminant = joint?.discriminantValidity(of: names)

        // Constructs with dimensions enter with the means of these as their indicators.
        let measured = constructs.map { construct in
            MeasurementModel.Construct(
                name: construct.name,
                indicators: construct.dimensions.isEmpty ? construct.items : construct.dimensions.map(\.name))
        }
        var ratios: HeterotraitMonotraitTable?
        if constructs.count > 1 {
            do {
                var columns: [String] = []
                for name in measured.flatMap(\.indicators) where !columns.contains(name) { columns.append(name) }
                let table = try dataset.numericMatrix(columns)
                ratios = try HeterotraitMonotraitTable(
                    measured,
                    data: CompleteData(
                        names: columns, values: table.matrix, omittedCount: dataset.rowCount - table.matrix.rows),
                    draws: draws, seed: seed)
            } catch { warnings.append("heterotrait–monotrait ratios: \(error)") }
        }
        self.ratios = ratios
        self.parts = parts
        self.draws = draws
        var seen: Set<String> = []
        self.warnings = warnings.filter { seen.insert($0).inserted }
        if parts.isEmpty { throw AnalysisError.tooFewConstructs(warnings.first ?? "there are no constructs") }
    }

    /// A construct with its items, by dimension if it has any.
    struct Construct {
        let name: String
        let items: [String]
        let dimensions: [MeasurementModel.Construct]

        init(_ name: String, _ codebook: StudyCodebook, _ dataset: Dataset) throws {
            self.name = name
            items = try codebook.codebook.items(of: name, in: dataset)
            dimensions = try codebook.dimensions(of: name).map {
                .init(name: $0, indicators: try codebook.codebook.items(of: $0, in: dataset))
            }
        }
    }
}
