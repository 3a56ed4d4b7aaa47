import Datasets
public import LinearAlgebra
public import StructuralModels

/// A population with known moments, and the structural model that a study will fit to samples from it.
public struct ModelPopulation: Sendable {
    /// The model that is fitted.
    public let model: StructuralModel
    /// Its text.
    public let text: String
    /// The population's covariance matrix of the model's observed variables.
    public let covariance: Matrix
    /// The population's means of them.
    public let means: [Double]
    /// The model fitted to the population itself: its estimates are the true values of the parameters as the model has them.
    public let fit: FittedModel

    /// Gives a population to a model.
    ///
    /// Values come from `population` where it is given, a model text with numbers in it as lavaan's `simulateData()` takes it;
    /// else from the model's own text (`start(0.3)*x`) and `values`.
    /// - Parameters:
    ///   - text: the model that is fitted, in lavaan's syntax; a number in front of a variable fixes the parameter there.
    ///   - values: values of parameters by name (`y~x`, `f=~x1`) or label.
    ///   - metric: whether values are raw or standardised.
    ///   - population: the model that generates the data, where it is another one.
    ///   - options: what is added to the text of the fitted model.
    /// - Throws: `ModelSyntaxError`, `SimulationError`, ``PowerError``.
    public init(
        _ text: String, values: [String: Double] = [:], metric: Simulation.Metric = .raw, population: String? = nil,
        options: ModelOptions = .sem
    ) throws {
        let model = try StructuralModel(text, options: options)
        guard !model.parameterNames.isEmpty else {
            throw PowerError.request(
                "the model leaves no parameter free, so that there is nothing to find; take the numbers out of it and give "
                    + "them as the population")
        }
        let simulation = try Simulation(population ?? text, values: values, metric: metric)
        var selection: [Int] = []
        for name in model.observedVariables {
            guard let index = simulation.names.firstIndex(of: name) else {
                let nearest = nearestNames(to: name, among: simulation.names).first
                throw PowerError.request(
                    "the population has no observed variable `\(name)`, which the model needs"
                        + (nearest.map { "; did you mean `\($0)`?" } ?? ""))
            }
            selection.append(index)
        }
        self.model = model
        self.text = text
        covariance = simulation.covariance.submatrix(rows: selection, columns: selection)
        means = selection.map { simulation.means[$0] }
        fit = try Self.fit(model, covariance, means)
    }

    /// The model fitted to the population's moments as if to the unbiased moments of a million cases.
    static func fit(_ model: StructuralModel, _ covariance: Matrix, _ means: [Double]) throws -> FittedModel {
        try model.fit(
            unbiased: SampleMoments(
                names: model.observedVariables, covariance: covariance, means: model.plan.hasMeans ? means : nil,
                caseCount: 1_000_000), options: EstimationOptions(likelihood: .wishart))
    }

    /// RMSEA of the model in the population: zero where the model is true.
    public var rmsea: Double {
        let df = fit.test.degreesOfFreedom
        return df > 0 && fit.discrepancy > 1e-10 ? (fit.discrepancy / Double(df)).squareRoot() : 0
    }

    /// The free parameter of a name, such as `y~x` or its label, by its number.
    ///
    /// - Throws: ``PowerError`` with the nearest right name.
    public func parameter(named name: String) throws(PowerError) -> Int {
        let key = String(name.filter { !$0.isWhitespace })
        for parameter in model.table.parameters {
            let names = [
                parameter.label, parameter.lhs + parameter.op.rawValue + parameter.rhs,
                parameter.op == .covariance ? parameter.rhs + parameter.op.rawValue + parameter.lhs : "",
            ]
            guard names.contains(key) else { continue }
            guard let index = parameter.freeIndex else {
                throw .request(
                    "`\(name)` is not estimated: the model fixes it"
                        + (parameter.fixedValue.map { " at \($0)" } ?? "") + ", so that it has no power")
            }
            return index
        }
        let known = model.parameterNames
        let nearest = nearestNames(to: key, among: known).first ?? known.first
        throw .request(
            "the model has no parameter `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
                + " A parameter goes by its label or by its formula, as in `y~x`, `f=~x1`, `x1~~x2`")
    }

    /// The free parameters as formulas, `y~x`; one that fills several places goes by its label.
    public var names: [String] {
        model.table.rowsOfFreeParameters.map { rows in
            guard let row = rows.first else { return "" }
            let parameter = model.table.parameters[row]
            return rows.count > 1 && !parameter.label.isEmpty
                ? parameter.label : parameter.lhs + parameter.op.rawValue + parameter.rhs
        }
    }

    /// The numbers of the free parameters that are variances.
    var variances: [Int] {
        model.table.parameters.compactMap { $0.op == .covariance && $0.lhs == $0.rhs ? $0.freeIndex : nil }
    }

    /// The free parameters that a study is after where it does not say, by number: the paths; without any, the covariances
    /// between latent variables; without those, the loadings.
    public var usualParameters: [Int] {
        func indices(_ isMeant: (Parameter) -> Bool) -> [Int] {
            var seen: Set<Int> = []
            return model.table.parameters.compactMap { parameter in
                guard let index = parameter.freeIndex, isMeant(parameter), seen.insert(index).inserted else {
                    return nil
                }
                return index
            }
        }
        let latent = Set(model.latentVariables)
        for found in [
            indices { $0.op == .regression },
            indices { $0.op == .covariance && $0.lhs != $0.rhs && latent.contains($0.lhs) },
            indices { $0.op == .measurement },
        ] where !found.isEmpty { return found }
        return Array(0..<model.table.freeCount)
    }
}
