/// What is wrong with a model, where, and what to do about it.
public struct ModelSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Fault: Sendable, Equatable {
        /// The text holds characters that look like an operator but are none.
        case notAnOperator(String, suggestion: String?)
        /// A character that model syntax does not use.
        case unexpectedCharacter(String, advice: String)
        /// A quoted name has no closing quotation mark on its line.
        case unterminatedQuotation
        /// A number is malformed, too large, or runs into a name.
        case malformedNumber(String)
        /// Parentheses do not match, or are nested too deeply.
        case parentheses(String)
        /// A statement has no operator.
        case missingOperator
        /// A statement has more than one operator.
        case secondOperator(String)
        /// A name or an expression is missing.
        case missing(String)
        /// A term of a formula cannot be read.
        case malformedTerm(String)
        /// The part before `*` or `?` cannot be read.
        case malformedModifier(String)
        /// An expression of `:=`, `==`, `<` or `>` cannot be read.
        case malformedExpression(String)
        /// A function that expressions do not know.
        case unknownFunction(String, nearest: String?)
        /// The syntax is right, but what it asks for cannot be estimated yet.
        case notAvailable(String)
        /// A vector of modifiers does not have one element per group.
        case wrongNumberOfValues(found: Int, groups: Int)
        /// A variable is regressed on itself.
        case regressedOnItself(String)
        /// A latent variable is its own indicator.
        case measuredByItself(String)
        /// A latent variable has neither indicators nor paths.
        case latentWithoutIndicators(String)
        /// A label or name in an expression or in `equal()` is not in the model.
        case unknownLabel(String, nearest: String?)
        /// A defined parameter depends on itself.
        case cyclicDefinition([String])
        /// A name is defined twice, or is a label already.
        case nameTaken(String, by: String)
        /// A lower bound lies above the upper bound.
        case contradictoryBounds(variable: String, lower: Double, upper: Double)
        /// A constraint between fixed parameters or numbers does not hold.
        case contradictoryConstraint(String)
        /// The model has more variables than a table of their moments can hold.
        case tooManyVariables(Int, limit: Int)
        /// The model has no variables.
        case emptyModel
        /// The model names a variable that the data do not have.
        case unknownVariables([String], nearest: [String?])
        /// A latent variable has the name of a column of the data.
        case latentNamedLikeColumn(String)
    }

    /// What is wrong.
    public let fault: Fault
    /// Where it is wrong; nil where the fault belongs to no single place.
    public let excerpt: SourceExcerpt?

    init(_ fault: Fault, at excerpt: SourceExcerpt? = nil) {
        self.fault = fault
        self.excerpt = excerpt
    }

    /// The message on one line: place, fault and advice.
    public var summary: String {
        guard let excerpt else { return fault.message }
        return "line \(excerpt.position.line), column \(excerpt.position.column): \(fault.message)"
    }

    /// The message with the text of the line and a caret under the place.
    public var description: String {
        guard let excerpt else { return summary }
        return "\(summary)\n    \(excerpt.text)\n    \(excerpt.caret)"
    }
}

extension ModelSyntaxError.Fault {
    /// What is wrong and what to do, without the place.
    public var message: String {
        switch self {
        case .notAnOperator(let text, let suggestion):
            return "`\(text)` is not an operator" + (suggestion.map { "; did you mean `\($0)`?" } ?? "")
        case .unexpectedCharacter(let text, let advice): return "unexpected character `\(text)`; \(advice)"
        case .unterminatedQuotation: return "the quotation mark is not closed on this line; add `\"`"
        case .malformedNumber(let text):
            return "`\(text)` is not a number; a name that begins with a digit needs quotation marks: \"\(text)\""
        case .parentheses(let text), .malformedTerm(let text), .malformedModifier(let text),
            .malformedExpression(let text), .notAvailable(let text):
            return text
        case .missingOperator:
            return
                "no operator in this statement; write for example `f =~ x1 + x2`, `y ~ x`, `x ~~ y`, `y ~ 1` or `ab := a*b`"
        case .secondOperator(let text):
            return "a second operator, `\(text)`, in one statement; begin a new line (or put `;`) before its left side"
        case .missing(let what): return "\(what) is missing here"
        case .unknownFunction(let name, let nearest):
            return "`\(name)` is not a known function" + Self.suggest(nearest)
                + "; known are \(ElementaryFunction.allCases.map(\.rawValue).joined(separator: ", ")), min, max and pow"
        case .wrongNumberOfValues(let found, let groups):
            return "the vector has \(found) values, but the model has \(groups) group\(groups == 1 ? "" : "s"); "
                + "give one value per group"
        case .regressedOnItself(let name):
            return
                "`\(name)` is regressed on itself; remove it from one side (a variance is written `\(name) ~~ \(name)`)"
        case .measuredByItself(let name): return "the latent variable `\(name)` cannot be its own indicator; remove it"
        case .latentWithoutIndicators(let name):
            return "the latent variable `\(name)` has neither indicators nor paths; add `\(name) =~ …` or remove it"
        case .unknownLabel(let name, let nearest):
            return "no parameter has the label `\(name)`" + Self.suggest(nearest)
        case .cyclicDefinition(let names):
            return "the definitions depend on each other in a circle: \(names.joined(separator: " → "))"
        case .nameTaken(let name, let owner): return "`\(name)` is already \(owner); choose another name"
        case .contradictoryBounds(let variable, let lower, let upper):
            return "the lower bound \(lower) of \(variable) lies above its upper bound \(upper)"
        case .contradictoryConstraint(let text):
            return
                "`\(text)` names no free parameter and does not hold; free a parameter with `NA*`, or remove the line"
        case .tooManyVariables(let count, let limit):
            return "the model has \(count) variables; at most \(limit) can be used"
        case .emptyModel:
            return "the model has no variables; write at least one formula, for example `f =~ x1 + x2 + x3`"
        case .unknownVariables(let names, let nearest):
            let list = zip(names, nearest).map { name, near in
                "`\(name)`" + (near.map { " (did you mean `\($0)`?)" } ?? "")
            }
            return "the data have no variable named \(list.joined(separator: ", "))"
        case .latentNamedLikeColumn(let name):
            return "`\(name)` is a latent variable of the model, but the data have a column of that name; "
                + "rename the latent variable"
        }
    }

    private static func suggest(_ name: String?) -> String { name.map { "; did you mean `\($0)`?" } ?? "" }
}
