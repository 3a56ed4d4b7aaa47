/// Why an analysis of items or variables cannot be carried out.
public enum PsychometricsError: Error, Equatable, CustomStringConvertible {
    /// There are fewer complete cases than the analysis needs.
    case tooFewCases(needed: Int, found: Int)
    /// There are fewer variables than the analysis needs.
    case tooFewVariables(needed: Int, found: Int)
    /// There are fewer than two groups.
    case tooFewGroups(found: Int)
    /// The variables have the same value in every case.
    case constantVariables([String])
    /// A value is missing or infinite; `row` counts from 1.
    case missingValue(variable: String, row: Int)
    /// The correlation matrix is singular: the variables are linear combinations of each other.
    case singularCorrelations(variables: [String])
    /// The correlation matrix has a negative eigenvalue, as no data set without missing values gives.
    case indefiniteCorrelations
    /// The factor model with so many factors has more parameters than there are correlations.
    case tooManyFactors(requested: Int, variables: Int, largest: Int)
    /// The iteration did not converge.
    case noConvergence(analysis: String, iterations: Int)
    /// A simulation was asked for without draws, or with a percentile outside the open interval from 0 to 1.
    case invalidSimulation
    /// The items of a scale are counted from zero to one less than the number of items; this number is outside.
    case noSuchItem(Int)
    /// The number of names differs from the number of columns, or of group labels from that of rows.
    case mismatchedInput(expected: Int, found: Int)

    /// A sentence that says what is wrong and what to do about it.
    public var description: String {
        switch self {
        case .tooFewCases(let needed, let found):
            "the analysis needs at least \(needed) complete cases, but there are \(found); "
                + "check for missing values or take fewer variables"
        case .tooFewVariables(let needed, let found):
            "the analysis needs at least \(needed) variables, but there are \(found)"
        case .tooFewGroups(let found):
            "the analysis compares groups and needs at least two of them, but there \(found == 1 ? "is" : "are") \(found)"
        case .constantVariables(let names):
            "\(names.joined(separator: ", ")): the same value in every case, so that correlations do not exist; "
                + "leave such variables out"
        case .missingValue(let variable, let row):
            "\(variable), row \(row): missing or infinite value; leave out incomplete cases first"
        case .singularCorrelations(let names):
            "the correlation matrix is singular: \(names.joined(separator: ", ")) are linear combinations of each "
                + "other (a duplicated item, or a sum together with its parts); leave one of them out"
        case .indefiniteCorrelations:
            "the correlation matrix has a negative eigenvalue, which pairwise deletion of missing values can bring "
                + "about; use listwise deletion"
        case .tooManyFactors(let requested, let variables, let largest):
            "\(requested) factors cannot be estimated from \(variables) variables: at most \(largest) can"
        case .noConvergence(let analysis, let iterations):
            "\(analysis) did not converge in \(iterations) iterations; try fewer factors or another method"
        case .invalidSimulation:
            "a parallel analysis needs at least one draw and a percentile between 0 and 1, such as 0.95"
        case .noSuchItem(let number):
            "a scale names item number \(number), which the correlation matrix does not have"
        case .mismatchedInput(let expected, let found):
            "\(expected) names or labels were expected, one for each column or row, but \(found) were given"
        }
    }
}
