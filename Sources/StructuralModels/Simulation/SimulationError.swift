/// Why no data can be drawn from a model and the values of its parameters, in words for the researcher who asked.
public enum SimulationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Values for parameters that the model does not have.
    case unknownParameters([UnknownParameter])
    /// Parameters without a value.
    case missingValues([String], Simulation.Metric)
    /// A value for a parameter that the model fixes at another one.
    case fixedParameter(String, fixed: Double, given: Double)
    /// Two values for parameters that share a label.
    case contradictoryValues(String, Double, Double)
    /// A variance that does not go with standardised variables.
    case contradictoryVariance(String, given: Double, solved: Double)
    /// A value that is not a finite number.
    case notANumber(String)
    /// An entry of a list of values that is not `name = number`.
    case malformedValue(String)
    /// Variances or residual variances below zero.
    case negativeVariances([NegativeVariance])
    /// Covariances that no variables can have.
    case notPositiveDefinite(Indefiniteness)
    /// Paths in a circle that amplify without end.
    case endlessPaths
    /// No residual variances give all variables variance 1.
    case noStandardizedSolution
    /// The values break a constraint of the model.
    case violatedConstraint(String)
    /// Fewer cases than the way of design needs.
    case tooFewCases(Int, minimum: Int)
    /// More cases than fit in memory.
    case tooManyCases(Int)
    /// A mean or standard deviation for a variable that the model does not have.
    case unknownVariable(String, nearest: String?)
    /// A standard deviation that is not above zero.
    case invalidStandardDeviation(String, Double)
    /// An impossible rating scale.
    case invalidAnswerScale(String)
    /// Something that cannot be simulated.
    case notAvailable(String)

    /// A name that no parameter has.
    public struct UnknownParameter: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The parameter that was probably meant.
        public var nearest: String?
    }

    /// A variance below zero.
    public struct NegativeVariance: Sendable, Equatable {
        /// The variable.
        public var variable: String
        /// The variance.
        public var value: Double
        /// Whether it is what the variable's causes leave over.
        public var isResidual: Bool
    }

    /// A sentence or two: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unknownParameters(let unknown):
            "the model has no parameter "
                + unknown.prefix(8).map { "`\($0.name)`" + ($0.nearest.map { " (did you mean `\($0)`?)" } ?? "") }
                .joined(separator: ", ")
                + "; a parameter goes by its label or by its formula, as in `f=~x1`, `y~x`, `x1~~x2`, `y~1`"
        case .missingValues(let names, let metric): Self.missing(names, metric)
        case .fixedParameter(let name, let fixed, let given):
            "the model fixes `\(name)` at \(fixed), but the value given is \(given); write `NA*` before it in the model, or "
                + "leave the value out (a first loading is fixed at 1 to set the scale unless latent variances are)"
        case .contradictoryValues(let name, let first, let second):
            "`\(name)` stands for several places of the model that must be equal, but the values are \(first) and \(second)"
        case .contradictoryVariance(let name, let given, let solved):
            "the variance `\(name)` is given as \(rounded(given)), but with the standardised loadings and paths it is "
                + "\(rounded(solved)): leave it out, or check the loadings and paths that lead to the variable"
        case .notANumber(let name): "the value of `\(name)` is not a finite number"
        case .malformedValue(let entry):
            "`\(entry)` is not a value of a parameter; write name = number, as in `f=~x1 = 0.7`, separated by commas or lines"
        case .negativeVariances(let variances): Self.negative(variances)
        case .notPositiveDefinite(let fault):
            "the values imply a covariance matrix that is not positive definite (smallest eigenvalue of the correlations "
                + "\(rounded(fault.smallestEigenvalue))): no data can have it. The values of "
                + fault.variables.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
                + " contradict one another or leave nothing to chance; lower a covariance or raise a residual variance there"
        case .endlessPaths:
            "the paths form a circle whose total effect has no end; lower one of the paths in it"
        case .noStandardizedSolution:
            "no residual variances give all variables variance 1 with these paths and residual correlations; lower the "
                + "residual correlations, or give unstandardised values with all variances"
        case .violatedConstraint(let text): "the values break the model's constraint `\(text)`"
        case .tooFewCases(let count, let minimum):
            minimum == 1
                ? "\(count) cases cannot be drawn; ask for at least one"
                : "exact moments of \(minimum - 1) variables need at least \(minimum) cases, and \(count) were asked for"
        case .tooManyCases(let count): "\(count) cases are more than fit in memory"
        case .unknownVariable(let name, let nearest):
            "the model has no observed variable `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "")
        case .invalidStandardDeviation(let name, let value):
            "the standard deviation of `\(name)` is \(value); it has to be above zero"
        case .invalidAnswerScale(let fault): "the answer scale cannot be used: \(fault)"
        case .notAvailable(let what): what
        }
    }

    private static func missing(_ names: [String], _ metric: Simulation.Metric) -> String {
        let shown = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
        let more = names.count > 12 ? " and \(names.count - 12) more" : ""
        let hint =
            metric == .raw
            ? "; residual variances can be left out only when the values are standardised"
            : ""
        return "no value is given for \(shown)\(more): write it into the model, as in `f =~ 0.7*x1` or "
            + "`f =~ start(0.7)*x1`, or name it among the values" + hint
    }

    private static func negative(_ variances: [NegativeVariance]) -> String {
        let parts = variances.prefix(8).map {
            "the \($0.isResidual ? "residual variance" : "variance") of `\($0.variable)` would be \(rounded($0.value))"
        }
        return parts.joined(separator: ", ")
            + ": a variance cannot be negative; lower the loadings and paths that lead there, or the correlations among "
            + "its causes"
    }
}
