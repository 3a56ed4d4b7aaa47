/// What is wrong with a formula, where, and what to do about it.
public struct FormulaError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Fault: Sendable, Equatable {
        /// A character that formulas do not use, or that only looks like one they use.
        case unexpectedCharacter(String, advice: String)
        /// A quoted text or name has no closing mark.
        case unterminated(String)
        /// A number is malformed or runs into a name.
        case malformedNumber(String)
        /// Parentheses do not match.
        case parentheses(String)
        /// Something is missing, such as an operand.
        case missing(String, found: String)
        /// Something stands where the formula should end or go on otherwise.
        case unexpected(String, advice: String)
        /// The formula is longer, deeper, or makes more terms than any model can have.
        case tooLarge(String)
        /// The formula has no `~`, or more than one, or nothing before it.
        case response(String)
        /// The response is a predictor as well.
        case responseAsPredictor(String)
        /// A random term without its parentheses.
        case bareRandomTerm(remedy: String)
        /// A random term inside a product, a function, another random term, or after a minus sign.
        case misplacedRandomTerm(String)
        /// A random term that has no coefficients, or the same as another.
        case randomTerm(String)
        /// What stands behind the bar is not a grouping factor.
        case groupingFactor(String)
        /// Something that is not a term of a model.
        case notATerm(String, advice: String)
        /// A term is removed that the formula does not have.
        case nothingToRemove(String, terms: [String])
        /// A function that formulas do not know.
        case unknownFunction(String, nearest: String?)
        /// A function is called with arguments that it does not take.
        case call(String, advice: String)
    }

    /// What is wrong.
    public let fault: Fault
    /// The formula.
    public let formula: String
    /// The character of the formula where it is wrong, counted from 1; nil where it is the whole.
    public let column: Int?

    init(_ fault: Fault, formula: String, column: Int?) {
        self.fault = fault
        self.formula = formula
        self.column = column
    }

    /// What is wrong, where, and what to do.
    public var description: String {
        let short = formula.count > 200 ? formula.prefix(200) + "…" : Substring(formula)
        guard let column else { return "formula `\(short)`: \(problem)" }
        return "formula `\(short)`, character \(column): \(problem)"
    }

    private var problem: String {
        switch fault {
        case .unexpectedCharacter(let character, let advice): "unexpected `\(character)`: \(advice)"
        case .unterminated(let mark): "the text that begins with \(mark) has no closing \(mark)"
        case .malformedNumber(let text):
            "`\(text)` is neither a number nor a name; put names that begin with a digit in backticks, as `` `\(text)` ``"
        case .parentheses(let text): text
        case .missing(let what, let found): "\(what) is missing before \(found)"
        case .unexpected(let what, let advice): "unexpected \(what): \(advice)"
        case .tooLarge(let text), .response(let text), .randomTerm(let text), .groupingFactor(let text): text
        case .responseAsPredictor(let name):
            "the response `\(name)` is a predictor as well; leave it out on the right of ~"
        case .bareRandomTerm(let remedy):
            "a random term stands in parentheses, since | takes in everything before it; write `\(remedy)`"
        case .misplacedRandomTerm(let text): text
        case .notATerm(let text, let advice): "`\(text)` is not a term: \(advice)"
        case .nothingToRemove(let term, let terms):
            "`\(term)` cannot be removed: the terms before it are \(list(terms)). For a difference of two variables write I(a - b)"
        case .unknownFunction(let name, let nearest):
            "there is no function `\(name)`"
                + (nearest.map { "; did you mean `\($0)`?" }
                    ?? ". There are \(FormulaFunctions.names.joined(separator: ", "))")
        case .call(let call, let advice): "`\(call)`: \(advice)"
        }
    }

    private func list(_ names: [String]) -> String {
        if names.isEmpty { return "none" }
        return names.prefix(12).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 12 ? ", …" : "")
    }
}
