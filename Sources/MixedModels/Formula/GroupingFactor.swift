/// What stands behind the bar of a random term: one categorical variable, or the cells of several.
struct GroupingFactor: Sendable, Hashable {
    /// As lme4 names it: `g`, `cask:batch`, `c:(b:a)`.
    var name: String
    /// As a formula writes it: like ``name``, but single names in backticks where they need them.
    var text: String
    /// The columns whose combinations are the groups, the first varying slowest.
    var columns: [String]

    private init(name: String? = nil, text: String, columns: [String]) {
        self.name = name ?? text
        self.text = text
        self.columns = columns
    }

    /// The factors of an expression, more than one where groups are nested with `/`; the innermost comes first.
    static func factors(
        _ expression: FormulaExpression, formula: String
    ) throws(FormulaError) -> [GroupingFactor] {
        func refuse(_ text: String) -> FormulaError {
            FormulaError(.groupingFactor(text), formula: formula, column: expression.column)
        }
        switch expression.kind {
        case .name(let name): return [GroupingFactor(name: name, text: expression.description, columns: [name])]
        case .parenthesised(let inner): return try factors(inner, formula: formula)
        case .call(let function, let arguments):
            guard function == "factor" || function == "as.factor", arguments.count == 1,
                case .name(let name)? = arguments.first?.value.stripped.kind
            else {
                throw refuse(
                    "`\(expression)` cannot be a grouping factor: the name of a column stands behind the bar; compute it in the data first"
                )
            }
            return [GroupingFactor(text: expression.description, columns: [name])]
        case .binary(let symbol, let left, let right) where symbol == ":" || symbol == "/":
            let outer = try factors(left, formula: formula)
            let inner = try factors(right, formula: formula)
            guard let first = outer.first, let second = inner.first, inner.count == 1, symbol == "/" || outer.count == 1
            else {
                throw refuse("nested groups are written `a/b/c`, from the largest to the smallest, without parentheses")
            }
            let product = symbol == ":" ? (first, second) : (second, first)
            let columns = product.0.columns + product.1.columns
            guard Set(columns).count == columns.count else {
                throw refuse("`\(expression)` names the same grouping factor twice")
            }
            let isCompound = product.1.columns.count > 1
            let cell = GroupingFactor(
                text: "\(product.0.text):\(isCompound ? "(\(product.1.text))" : product.1.text)", columns: columns)
            return symbol == ":" ? [cell] : [cell] + outer
        case .sum:
            throw refuse(
                "+ has no meaning behind the bar; for crossed groups write one random term each, as `(1 | a) + (1 | b)`"
            )
        case .binary("*", let left, let right):
            throw refuse(
                "* has no meaning behind the bar; write `(1 | \(left)) + (1 | \(right)) + (1 | \(left):\(right))`")
        default:
            throw refuse(
                "`\(expression)` cannot be a grouping factor: behind the bar stands the name of a column, `a:b`, or `a/b`"
            )
        }
    }
}
