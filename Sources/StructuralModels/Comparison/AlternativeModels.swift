import LinearAlgebra

/// The hypothesised measurement model beside coarser ones, as discriminant-validity tables of papers print them.
public struct AlternativeModels: Sendable {
    /// A model of the table.
    public struct Alternative: Sendable {
        /// What the model is: `5 factors (hypothesised)`, `4 factors: IL + KM`, `1 factor`.
        public var name: String
        /// The fit, or why there is none.
        public var fit: Result<FittedModel, StructuralModelError>
        /// The comparison with the hypothesised model; nil for that model itself.
        public var comparison: ModelComparison?
    }

    /// The models, the hypothesised one first, the one-factor model last.
    public let alternatives: [Alternative]

    /// Fits the measurement model, the second-order model if there is one, and models in which the two constructs with the
    /// highest correlation are made one, step by step, down to a single factor.
    ///
    /// - Throws: the error of the hypothesised model.
    public init(
        _ measurement: MeasurementModel, data: CompleteData, options: EstimationOptions = EstimationOptions()
    ) throws {
        var current = MeasurementModel(constructs: measurement.constructs)
        let hypothesised = try StructuralModel(current.syntax).fit(data, options: options)
        func compare(_ fit: Result<FittedModel, StructuralModelError>) -> ModelComparison? {
            guard case .success(let fit) = fit else { return nil }
            return try? ModelComparison(restricted: fit, general: hypothesised)
        }
        let count = current.constructs.count
        var result = [
            Alternative(
                name: count == 1 ? "1 factor (hypothesised)" : "\(count) factors (hypothesised)",
                fit: .success(hypothesised), comparison: nil)
        ]
        if !measurement.secondOrder.isEmpty {
            let fit = Self.fit(measurement, data, options)
            result.append(Alternative(name: "second-order factors", fit: fit, comparison: compare(fit)))
        }
        var last = hypothesised
        while current.constructs.count > 1 {
            let (first, second) = Self.mostCorrelated(last, current)
            let merged = [current.constructs[first].name, current.constructs[second].name]
            current = current.merging(first, second)
            let fit = Self.fit(current, data, options)
            let number = current.constructs.count
            result.append(
                Alternative(
                    name: number == 1
                        ? "1 factor" : "\(number) factors: \(merged.map(Self.display).joined(separator: " + "))",
                    fit: fit, comparison: compare(fit)))
            if case .success(let fitted) = fit { last = fitted }
        }
        alternatives = result
    }

    private static func fit(
        _ measurement: MeasurementModel, _ data: CompleteData, _ options: EstimationOptions
    ) -> Result<FittedModel, StructuralModelError> {
        do {
            return .success(try StructuralModel(measurement.syntax).fit(data, options: options))
        } catch let error as StructuralModelError {
            return .failure(error)
        } catch {
            return .failure(.notAvailable("\(error)"))
        }
    }

    private static func display(_ name: String) -> String { name.replacing("_", with: " + ") }

    /// The pair of constructs with the largest absolute correlation in the latest model that was estimated; where that one
    /// is coarser than needed, the first two.
    private static func mostCorrelated(_ fit: FittedModel, _ measurement: MeasurementModel) -> (Int, Int) {
        var numbers: [Int?] = []
        for construct in measurement.constructs {
            numbers.append(fit.model.plan.variables.firstIndex(of: construct.name))
        }
        var best = (0, 1), largest = -1.0
        for second in measurement.constructs.indices {
            for first in 0..<second {
                guard let i = numbers[first], let j = numbers[second] else { continue }
                let variances = fit.impliedCovariance[i, i] * fit.impliedCovariance[j, j]
                let r = abs(fit.impliedCovariance[i, j]) / variances.squareRoot()
                if r > largest { (best, largest) = ((first, second), r) }
            }
        }
        return best
    }
}
