import Optimization

/// Why a structural model could not be estimated, in words for the researcher who asked for it.
public enum StructuralModelError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A variable of the model is not in the data.
    case missingVariable(String, nearest: String?)
    /// Too few cases for any covariance.
    case tooFewCases(Int)
    /// A variable takes one value only.
    case constantVariable(String)
    /// Two variables are perfectly correlated.
    case duplicateVariables(String, String)
    /// The covariance matrix of the sample is singular or indefinite.
    case singularSample(SingularSample)
    /// A covariance matrix that was given is not square, not symmetric, lacks a variable or has an impossible element.
    case invalidCovarianceMatrix(String)
    /// There are more free parameters than moments.
    case tooManyParameters(parameters: Int, moments: Int)
    /// The information matrix is singular.
    case notIdentified([FlatDirection])
    /// The search for the estimates did not end at a minimum.
    case didNotConverge(NonConvergence)
    /// The analysis needs the raw data, which a covariance matrix does not give.
    case needsRawData(String)
    /// Constraints, bounds among them, that cannot be met together.
    case infeasibleConstraints([String])
    /// Something that this version does not offer yet.
    case notAvailable(String)

    /// What is known of a singular covariance matrix.
    public struct SingularSample: Sendable, Equatable {
        /// The number of cases.
        public var caseCount: Int
        /// The number of variables.
        public var variableCount: Int
        /// Variables that are a linear combination of one another, largest weight first.
        public var dependentVariables: [String]
    }

    /// Parameters that can be changed together without changing the likelihood.
    public struct FlatDirection: Sendable, Equatable {
        /// The names of the parameters, largest weight first.
        public var parameters: [String]
    }

    /// What is known of a search that failed.
    public struct NonConvergence: Sendable, Equatable {
        /// How the search ended.
        public var report: ConvergenceReport
        /// The parameter with the steepest gradient in units of its curvature.
        public var parameter: String
        /// That gradient: how many standard errors away a step along this parameter alone would go.
        public var scaledGradient: Double
    }

    /// A sentence or two: what is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .missingVariable(let name, let nearest):
            "the model's variable `\(name)` is not in the data"
                + (nearest.map { "; did you mean `\($0)`?" }
                    ?? "; check its spelling or define it in the model with `=~`")
        case .tooFewCases(let count):
            "\(count) complete case\(count == 1 ? "" : "s") cannot give a covariance matrix; at least 3 are needed, and "
                + "far more for stable estimates: check the missing values of the model's variables"
        case .constantVariable(let name):
            "the variable `\(name)` has the same value in all cases; it carries no information: take it out of the model"
        case .duplicateVariables(let first, let second):
            "the variables `\(first)` and `\(second)` are perfectly correlated; take one of them out of the model"
        case .singularSample(let sample): sample.description
        case .invalidCovarianceMatrix(let fault): "the covariance matrix cannot be used: \(fault)"
        case .tooManyParameters(let parameters, let moments):
            "the model has \(parameters) free parameters but the data give only \(moments) variances, covariances and "
                + "means: it is not identified; fix or equate parameters, or take paths out"
        case .notIdentified(let directions): Self.text(directions)
        case .didNotConverge(let failure): failure.description
        case .needsRawData(let what): "\(what) needs the raw data; a covariance matrix is not enough"
        case .infeasibleConstraints(let texts):
            "no parameters satisfy the constraint\(texts.count == 1 ? "" : "s") "
                + texts.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
                + (texts.count == 1 ? " together with the other constraints and bounds" : " together")
                + ": take one of them out"
        case .notAvailable(let what): what
        }
    }

    private static func text(_ directions: [FlatDirection]) -> String {
        let parts = directions.prefix(3).map { direction -> String in
            let names = direction.parameters.map { "`\($0)`" }
            switch names.count {
            case 0: return "the parameters cannot be told apart"
            case 1: return "the parameter \(names[0]) cannot be determined from the data"
            default:
                return
                    "the parameters \(names.dropLast().joined(separator: ", ")) and \(names[names.count - 1]) cannot "
                    + "be told apart"
            }
        }
        return "the model is not identified: " + parts.joined(separator: "; ")
            + (directions.count > 3 ? "; and \(directions.count - 3) more such directions" : "")
            + ". Fix one of them, set two equal, or add indicators"
    }
}

extension StructuralModelError.SingularSample: CustomStringConvertible {
    /// What is singular, and why if that can be told.
    public var description: String {
        if caseCount <= variableCount {
            return "\(caseCount) complete cases cannot determine the covariances of \(variableCount) variables: the "
                + "sample covariance matrix is singular; collect more cases or use fewer variables"
        }
        let names = dependentVariables.map { "`\($0)`" }.joined(separator: ", ")
        return
            "the sample covariance matrix is singular: the variables \(names) are a linear combination of one another "
            + "(a total and its parts?); take one of them out of the model"
    }
}

extension StructuralModelError.NonConvergence: CustomStringConvertible {
    /// How the search ended, and what to try.
    public var description: String {
        let steps = "\(report.iterations) step\(report.iterations == 1 ? "" : "s")"
        switch report.outcome {
        case .undefinedStart:
            return "no admissible starting values were found: the model's fixed values or `start()` values imply a "
                + "covariance matrix that is not positive definite; check them, `\(parameter)` first"
        default:
            return "the estimation did not converge after \(steps); the parameter furthest from its optimum is "
                + "`\(parameter)`. The model may be empirically under-identified, or a variance tends to a negative "
                + "value: simplify the model, give `start()` values or a bound such as `lower(0)*`"
        }
    }
}
