/// What keeps a set-theoretic analysis from being carried out.
public enum SetTheoryError: Error, Sendable, Hashable {
    /// There is not a single case.
    case noCases
    /// No condition was named.
    case noConditions
    /// More conditions than a configuration can hold.
    case tooManyConditions(Int)
    /// A set that the data do not have.
    case unknownSet(String, known: [String])
    /// A set that is named twice.
    case duplicateSet(String)
    /// The outcome, or a part of it, is also a condition.
    case outcomeAmongConditions(String)
    /// A set with another number of values than there are cases.
    case unequalLengths(set: String, count: Int, cases: Int)
    /// A case without a value.
    case missingMembership(set: String, case: String)
    /// A membership below 0 or above 1, or a negative code.
    case membershipOutOfRange(set: String, case: String, value: Double)
    /// A code too high for a level.
    case tooManyLevels(set: String, case: String, value: Double)
    /// A level without any case, below the highest.
    case emptyLevel(set: String, level: Int, levels: Int)
    /// A condition with the same value in all cases.
    case constantCondition(set: String, value: Double)
    /// A membership of exactly one half where that is refused.
    case halfMembership(set: String, cases: [String])
    /// An expression that cannot be read.
    case malformedExpression(String, position: Int, problem: String)
    /// A level that a set does not have.
    case unknownLevel(set: String, level: Int, levels: Int)
    /// A cut-off or another setting outside its range.
    case invalidSetting(name: String, value: String, remedy: String)
    /// No row of the truth table has enough cases.
    case noRowsLeft(frequencyCut: Int, highest: Int)
    /// No row of the truth table is positive.
    case noPositiveRow(outcome: String, inclusionCut: Double, highest: Double?)
    /// Every row is positive or a remainder: the parsimonious solution is the tautology.
    case noNegativeRow(outcome: String)
    /// Anchors that do not rise or fall.
    case anchorsOutOfOrder(set: String, anchors: [Double], remedy: String)
    /// An analysis that these data do not allow.
    case notApplicable(String)
}

extension SetTheoryError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .noCases: "the data have no cases"
        case .noConditions: "no conditions were named: name at least one"
        case .tooManyConditions(let count):
            "\(count) conditions are more than a configuration can hold (\(Conjunction.conditionLimit)); "
                + "choose those that theory needs"
        case .unknownSet(let name, let known):
            "there is no set `\(name)`; the data have \(known.map { "`\($0)`" }.joined(separator: ", "))"
        case .duplicateSet(let name): "`\(name)` is named twice: name each set once"
        case .outcomeAmongConditions(let name):
            "`\(name)` is both the outcome and a condition: take it out of the conditions"
        case .unequalLengths(let set, let count, let cases):
            "`\(set)` has \(count) values for \(cases) cases"
        case .missingMembership(let set, let name):
            "`\(set)` has no value for case `\(name)`: set-theoretic analysis takes complete cases only; "
                + "find it, or leave such cases out (`--listwise`; in a study file `incomplete cases: drop`)"
        case .membershipOutOfRange(let set, let name, let value):
            "`\(set)` is \(plain(value)) for case `\(name)`: a membership lies between 0 and 1; "
                + "calibrate the variable, for example --calibrate '\(set)=e1,c3,i5'"
        case .tooManyLevels(let set, let name, let value):
            "`\(set)` is \(plain(value)) for case `\(name)`: whole numbers are read as levels of a multi-value set, "
                + "of which there may be \(Conjunction.levelLimit); calibrate the variable, for example "
                + "--calibrate '\(set)=e1,c3,i5'"
        case .emptyLevel(let set, let level, let levels):
            "no case has level \(level) of `\(set)`, whose levels go from 0 to \(levels - 1): "
                + "number the levels without gaps, or calibrate the variable"
        case .constantCondition(let set, let value):
            "`\(set)` is \(plain(value)) for every case: a constant cannot make a difference; leave it out"
        case .halfMembership(let set, let cases):
            "`\(set)` is exactly 0.5 for \(cases.prefix(10).map { "`\($0)`" }.joined(separator: ", "))"
                + (cases.count > 10 ? " and \(cases.count - 10) more" : "")
                + ": such a case belongs to no row; move the crossover, or say how to treat it"
        case .malformedExpression(let text, let position, let problem):
            "the expression `\(text)` cannot be read at character \(position): \(problem)"
        case .unknownLevel(let set, let level, let levels):
            "`\(set)` has the levels 0 to \(levels - 1), not \(level)"
        case .invalidSetting(let name, let value, let remedy): "\(name) cannot be \(value): \(remedy)"
        case .noRowsLeft(let cut, let highest):
            "no row of the truth table has \(cut) cases (the fullest has \(highest)): lower the frequency cut"
        case .noPositiveRow(let outcome, let cut, let highest):
            "no row of the truth table is consistent enough for `\(outcome)` at an inclusion cut of \(plain(cut))"
                + (highest.map { " (the highest inclusion is \(plain(($0 * 1000).rounded(.down) / 1000)))" } ?? "")
                + ": there is nothing to minimise; look at the truth table before lowering the cut"
        case .noNegativeRow(let outcome):
            "no row of the truth table is negative for `\(outcome)`: with the remainders everything is minimised "
                + "away; raise the inclusion cut, use a PRI cut, or report the complex solution only"
        case .anchorsOutOfOrder(let set, let anchors, let remedy):
            "the anchors of `\(set)` (\(anchors.map(plain).joined(separator: ", "))) are out of order: \(remedy)"
        case .notApplicable(let reason): reason
        }
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}
