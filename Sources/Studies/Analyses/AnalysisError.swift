/// Why an analysis cannot be carried out, beyond what its library says.
public enum AnalysisError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No variable of the data holds numbers.
    case noNumericVariables(String)
    /// There are more variables than a table of correlations can hold.
    case tooManyVariables(Int, limit: Int)
    /// A variable is named twice.
    case namedTwice(String)
    /// No case is complete.
    case noCompleteCases(variables: [String])
    /// A table of covariances is not what it should be.
    case covarianceTable(String)
    /// No draw of a bootstrap converged.
    case bootstrapFailed(draws: Int)
    /// An analysis needs scales or constructs that the codebook does not have.
    case tooFewConstructs(String)
    /// The data do not have what an analysis was asked for.
    case unsuitable(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .noNumericVariables(let source):
            "no variable of \(source.isEmpty ? "the data" : source) holds numbers; check the delimiter and the decimal mark"
        case .tooManyVariables(let count, let limit):
            "\(count) variables are too many for a table of correlations, which takes \(limit); name the ones you want "
                + "(`--variables`, or a list under `describe`)"
        case .namedTwice(let name): "`\(name)` is named twice; name it once"
        case .noCompleteCases(let variables):
            "no case has a value in all of \(variables.prefix(5).joined(separator: ", "))"
                + (variables.count > 5 ? " …" : "") + "; check the missing values of these variables"
        case .covarianceTable(let problem):
            "the covariance matrix cannot be used: \(problem)"
        case .bootstrapFailed(let draws):
            "none of the \(draws) bootstrap draws converged; the model is too much for the data: simplify it"
        case .tooFewConstructs(let what), .unsuitable(let what): what
        }
    }

    /// The first name that occurs twice.
    static func repeated(_ names: [String]) -> String? {
        var seen: Set<String> = []
        return names.first { !seen.insert($0).inserted }
    }
}
