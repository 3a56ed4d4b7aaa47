/// What keeps a necessary condition analysis from being carried out.
public enum NecessaryConditionError: Error, Sendable, Hashable {
    /// Condition, outcome and names have different numbers of cases.
    case unequalLengths(condition: String, count: Int, outcome: String, outcomeCount: Int, names: Int)
    /// An infinite value.
    case infiniteValue(variable: String, case: String)
    /// Fewer than three cases with both values.
    case tooFewCases(condition: String, outcome: String, count: Int)
    /// A variable with one value only, so that the scope has no area.
    case constant(variable: String, value: Double)
    /// A given end of the scope that is not a number.
    case invalidScope(String)
    /// A setting outside its range.
    case invalidSetting(name: String, value: String, remedy: String)
    /// A ceiling that was not estimated.
    case missingCeiling(CeilingTechnique, condition: String)
}

extension NecessaryConditionError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .unequalLengths(let condition, let count, let outcome, let outcomeCount, let names):
            "`\(condition)` has \(count) values, `\(outcome)` \(outcomeCount), and there are \(names) cases: "
                + "give each case a value of both"
        case .infiniteValue(let variable, let name): "`\(variable)` is infinite for case `\(name)`: correct the value"
        case .tooFewCases(let condition, let outcome, let count):
            "\(count) cases have both `\(condition)` and `\(outcome)`: a ceiling line needs three at least"
        case .constant(let variable, let value):
            "`\(variable)` is \(value) for every case, so that there is no area in which cases could be absent: "
                + "leave it out, or give its theoretical minimum and maximum as scope"
        case .invalidScope(let text): "the scope \(text) cannot be used: give finite numbers, the minimum first"
        case .invalidSetting(let name, let value, let remedy): "\(name) cannot be \(value): \(remedy)"
        case .missingCeiling(let technique, let condition):
            "the ceiling \(technique) of `\(condition)` was not estimated: name it among the ceilings"
        }
    }
}
