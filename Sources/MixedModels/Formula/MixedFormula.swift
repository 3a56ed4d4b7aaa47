/// The formula of a linear mixed model in the language of R's lme4 (Bates, Mächler, Bolker & Walker 2015, section 2.1).
///
/// `y ~ x * z + (1 + x | team) + (1 | firm/unit)`: the response, the fixed terms with the operators of Wilkinson & Rogers
/// (1973) `+ - : * / ^ %in%`, and random terms in parentheses; `||` leaves out the covariances. Functions are `I()` for
/// arithmetic, logarithms, `exp`, `sqrt`, `abs`, trigonometric functions, `scale`, `center`, `poly`, `factor`, `C`,
/// `relevel` and `offset`. Names are those of columns, in backticks where they have spaces. Inside functions `pi` is π.
///
/// Some things that R accepts in silence are refused, since nobody means them: `x^2` outside `I()`, `x:1`, the removal
/// of a term that is not there, the response as its own predictor, and two random terms with the same coefficient.
public struct MixedFormula: Sendable, Hashable, CustomStringConvertible {
    /// The formula as it was written, without spaces around it.
    public let text: String
    /// The response as R writes it: `y`, `log(y)`.
    public let responseName: String
    let response: FormulaVariable
    let fixed: FormulaTerms
    private let fixedText: String
    /// The random terms in the order of the formula, nested groups and `||` written out.
    public let randomTerms: [RandomTermFormula]

    /// Reads a formula; throws what is wrong with it and where.
    public init(parsing formula: String) throws(FormulaError) {
        let sides = try FormulaParser.sides(of: formula)
        let functions = FormulaFunctions(formula: formula)
        func refuse(_ fault: FormulaError.Fault, _ expression: FormulaExpression) -> FormulaError {
            FormulaError(fault, formula: formula, column: expression.column)
        }

        let left = sides.response
        if left.containsBar { throw refuse(.response("random terms stand on the right of ~"), left) }
        switch left.kind {
        case .name: response = try functions.variable(left)
        case .call("cbind", _), .call("c", _):
            throw refuse(.response("a linear mixed model has one response; fit one model for each"), left)
        default:
            response = FormulaVariable(label: "\(left)", value: .numeric(try functions.numeric(left)))
            guard !response.columns.isEmpty else {
                throw refuse(.response("the response `\(left)` is no variable of the data"), left)
            }
        }
        responseName = response.label

        var fixedAddends: [FormulaExpression.Addend] = []
        var bars: [FormulaExpression] = []
        if case .bar = sides.predictors.kind {
            throw refuse(.bareRandomTerm(remedy: Self.remedy(responseName, sides.predictors)), sides.predictors)
        }
        try Self.separate(sides.predictors, formula: formula, into: &fixedAddends, bars: &bars)
        let terms = try TermExpansion.terms(of: fixedAddends, formula: formula)
        let name = responseName
        if terms.terms.joined().contains(where: { terms.variables[$0].label == name }) {
            throw refuse(.responseAsPredictor(name), sides.predictors)
        }
        fixed = terms
        fixedText = fixedAddends.isEmpty ? "1" : FormulaExpression.text(of: fixedAddends)

        var random: [RandomTermFormula] = []
        for bar in bars {
            for term in try Self.randomTerms(of: bar, formula: formula) {
                let earlier = random.filter { $0.grouping == term.grouping }
                for name in term.coefficientTermNames {
                    guard let same = earlier.first(where: { $0.coefficientTermNames.contains(name) }) else { continue }
                    let remedy =
                        name == "(Intercept)" ? "; write (0 + … | \(term.factor)) where the intercept is not meant" : ""
                    throw refuse(
                        .randomTerm("\(name) varies over `\(term.factor)` in both \(same) and \(term)\(remedy)"), bar)
                }
                random.append(term)
            }
        }
        randomTerms = random
        text = String(Self.trimmed(formula))
    }

    private init(
        response: FormulaVariable, fixed: FormulaTerms, fixedText: String? = nil, randomTerms: [RandomTermFormula]
    ) {
        responseName = response.label
        self.response = response
        self.fixed = fixed
        self.randomTerms = randomTerms
        self.fixedText = fixedText ?? fixed.text(withIntercept: false)
        text = Self.text(response, self.fixedText, randomTerms)
    }

    /// The formula in R's spacing, its random terms written out; reading it gives an equal formula.
    public var description: String { Self.text(response, fixedText, randomTerms) }

    /// Formulas are equal when they have the same response and the same terms in the same order, however written.
    public static func == (left: MixedFormula, right: MixedFormula) -> Bool { left.key == right.key }

    /// Hashes the response and the terms.
    public func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private var key: String {
        responseName + " ~ " + ([fixed.key] + randomTerms.map(\.key)).joined(separator: " + ")
    }

    /// The names of the fixed terms in R's order, `(Intercept)` first where there is one.
    public var fixedTermNames: [String] { fixed.names }

    /// Whether the fixed terms include the intercept.
    public var hasIntercept: Bool { fixed.hasIntercept }

    /// The columns of the data that the formula uses, each once: of the response, the fixed terms, the random terms.
    public var variables: [String] {
        unique(
            response.columns + fixed.columns
                + randomTerms.flatMap { $0.terms.columns + $0.grouping.columns })
    }

    /// The names of the grouping factors, each once, in the order of the formula.
    public var groupingFactors: [String] { unique(randomTerms.map(\.factor)) }

    /// The formula without one of its random terms, counted from 0 in the order of ``randomTerms``.
    public func removing(randomTermAt index: Int) -> MixedFormula {
        var remaining = randomTerms
        if remaining.indices.contains(index) { remaining.remove(at: index) }
        return MixedFormula(response: response, fixed: fixed, fixedText: fixedText, randomTerms: remaining)
    }

    /// The model without predictors: the same response and offset, its mean, and a random intercept of each grouping
    /// factor.
    public var nullModel: MixedFormula {
        var seen: Set<String> = []
        let intercepts = randomTerms.filter { seen.insert($0.factor).inserted }.map {
            RandomTermFormula(terms: FormulaTerms(), grouping: $0.grouping)
        }
        return MixedFormula(
            response: response, fixed: FormulaTerms(offsets: fixed.offsets), randomTerms: intercepts)
    }

    /// The model with the same random terms and only the first `count` fixed terms, the intercept not counted.
    public func keeping(fixedTerms count: Int) -> MixedFormula {
        var fixed = fixed
        fixed.terms = Array(fixed.terms.prefix(max(0, count)))
        return MixedFormula(response: response, fixed: fixed, randomTerms: randomTerms)
    }

    private static func text(_ response: FormulaVariable, _ fixed: String, _ random: [RandomTermFormula]) -> String {
        "\(response.label) ~ " + ([fixed] + random.map(\.description)).joined(separator: " + ")
    }

    // MARK: - Reading

    /// Sorts the addends of a sum into fixed terms and bars.
    private static func separate(
        _ expression: FormulaExpression, formula: String, into fixed: inout [FormulaExpression.Addend],
        bars: inout [FormulaExpression]
    ) throws(FormulaError) {
        func refuse(_ fault: FormulaError.Fault, _ expression: FormulaExpression) -> FormulaError {
            FormulaError(fault, formula: formula, column: expression.column)
        }
        var addends = [FormulaExpression.Addend(isSubtracted: false, expression: expression)]
        if case .sum(let parts) = expression.kind { addends = parts }
        for addend in addends {
            guard addend.expression.containsBar else {
                fixed.append(addend)
                continue
            }
            switch addend.expression.kind {
            case .parenthesised(let inner):
                guard !addend.isSubtracted else {
                    throw refuse(
                        .misplacedRandomTerm("a random term is added with +; leave it out instead of subtracting it"),
                        addend.expression)
                }
                if case .bar = inner.kind {
                    bars.append(inner)
                } else {
                    try separate(inner, formula: formula, into: &fixed, bars: &bars)
                }
            default:
                throw refuse(
                    .misplacedRandomTerm(
                        "the random term in `\(addend.expression)` is part of a product or a function; random terms are added with +, as in `y ~ x + (1 | group)`"
                    ), addend.expression)
            }
        }
    }

    /// The random terms of a bar, in lme4's order.
    private static func randomTerms(
        of bar: FormulaExpression, formula: String
    ) throws(FormulaError) -> [RandomTermFormula] {
        guard case .bar(let left, let uncorrelated, let right) = bar.kind else { return [] }
        var addends = [FormulaExpression.Addend(isSubtracted: false, expression: left)]
        if case .sum(let parts) = left.kind { addends = parts }
        let terms = try TermExpansion.terms(of: addends, formula: formula)
        if let offset = terms.offsets.first {
            throw FormulaError(
                .randomTerm("\(offset.label) stands inside a random term; an offset is a fixed term"),
                formula: formula, column: bar.column)
        }
        guard terms.hasIntercept || !terms.terms.isEmpty else {
            throw FormulaError(
                .randomTerm("the random term has no coefficients; write (1 | \(right)) for a random intercept"),
                formula: formula, column: bar.column)
        }
        let factors = try GroupingFactor.factors(right, formula: formula)
        var parts = [terms]
        if uncorrelated {
            parts = (terms.hasIntercept ? [FormulaTerms()] : []) + terms.terms.map(terms.isolating)
        }
        return parts.flatMap { part in factors.map { RandomTermFormula(terms: part, grouping: $0) } }
    }

    /// What was probably meant by `y ~ x + 1 | g`.
    private static func remedy(_ response: String, _ bar: FormulaExpression) -> String {
        guard case .bar(let left, let uncorrelated, let right) = bar.kind else { return "(1 | group)" }
        var before: [FormulaExpression.Addend] = []
        var inside = [FormulaExpression.Addend(isSubtracted: false, expression: left)]
        if case .sum(let parts) = left.kind {
            let split =
                parts.lastIndex { addend in
                    if case .number = addend.expression.kind { return true }
                    return false
                } ?? parts.count - 1
            before = Array(parts[..<split])
            inside = Array(parts[split...])
        }
        var group = right
        var after: [FormulaExpression.Addend] = []
        if case .sum(let parts) = right.kind, let first = parts.first {
            group = first.expression
            after = Array(parts.dropFirst())
        }
        let term = "(\(FormulaExpression.text(of: inside)) \(uncorrelated ? "||" : "|") \(group))"
        return "\(response) ~ \(before.isEmpty ? "" : FormulaExpression.text(of: before) + " + ")\(term)"
            + (after.isEmpty ? "" : " + " + FormulaExpression.text(of: after))
    }

    private static func trimmed(_ text: String) -> Substring {
        let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? text.endIndex
        return start < end ? text[start..<end] : ""
    }
}
