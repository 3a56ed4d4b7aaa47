/// A formula or a part of it as it was written, before its operators get the meaning they have in models.
struct FormulaExpression: Sendable {
    indirect enum Kind: Sendable {
        case number(Double)
        case text(String)
        case name(String)
        case call(String, [Argument])
        case prefixed(String, FormulaExpression)
        case binary(String, FormulaExpression, FormulaExpression)
        /// Addends, each with whether it is subtracted; more than one.
        case sum([Addend])
        case parenthesised(FormulaExpression)
        /// `left | right` or `left || right`.
        case bar(FormulaExpression, uncorrelated: Bool, FormulaExpression)
    }

    struct Argument: Sendable {
        var name: String?
        var value: FormulaExpression
    }

    struct Addend: Sendable {
        var isSubtracted: Bool
        var expression: FormulaExpression
    }

    var kind: Kind
    /// Where it begins, counted from 1.
    var column: Int
    /// The height of the tree.
    var depth: Int

    init(_ kind: Kind, column: Int) {
        self.kind = kind
        self.column = column
        let below =
            switch kind {
            case .number, .text, .name: 0
            case .call(_, let arguments): arguments.map(\.value.depth).max() ?? 0
            case .prefixed(_, let operand), .parenthesised(let operand): operand.depth
            case .binary(_, let left, let right), .bar(let left, _, let right): max(left.depth, right.depth)
            case .sum(let addends): addends.map(\.expression.depth).max() ?? 0
            }
        depth = below + 1
    }

    /// Without enclosing parentheses.
    var stripped: FormulaExpression {
        var result = self
        while case .parenthesised(let inner) = result.kind { result = inner }
        return result
    }

    /// Whether there is a bar in it.
    var containsBar: Bool {
        switch kind {
        case .number, .text, .name: false
        case .call(_, let arguments): arguments.contains { $0.value.containsBar }
        case .prefixed(_, let operand), .parenthesised(let operand): operand.containsBar
        case .binary(_, let left, let right): left.containsBar || right.containsBar
        case .sum(let addends): addends.contains { $0.expression.containsBar }
        case .bar: true
        }
    }
}

extension FormulaExpression: CustomStringConvertible {
    /// The expression with R's spacing, as R names terms and coefficients.
    var description: String {
        switch kind {
        case .number(let value): numberText(value)
        case .text(let text): "\"\(text)\""
        case .name(let name): Self.quoted(name)
        case .call(let function, let arguments):
            "\(function)(\(arguments.map { ($0.name.map { "\($0) = " } ?? "") + $0.value.description }.joined(separator: ", ")))"
        case .prefixed(let sign, let operand): sign + operand.description
        case .binary(let symbol, let left, let right):
            ["^", ":", "/", "%%"].contains(symbol)
                ? "\(left)\(symbol)\(right)" : "\(left) \(symbol) \(right)"
        case .sum(let addends):
            Self.text(of: addends)
        case .parenthesised(let inner): "(\(inner))"
        case .bar(let left, let uncorrelated, let right): "\(left) \(uncorrelated ? "||" : "|") \(right)"
        }
    }

    /// A sum as R writes it.
    static func text(of addends: [Addend]) -> String {
        addends.enumerated().map { index, addend in
            let sign = index == 0 ? (addend.isSubtracted ? "-" : "") : addend.isSubtracted ? " - " : " + "
            return sign + addend.expression.description
        }.joined()
    }

    /// The name, in backticks where R needs them.
    static func quoted(_ name: String) -> String {
        guard let first = name.first, first.isLetter || first == "." || first == "_",
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }),
            !(first == "." && name.dropFirst().first?.isNumber == true)
        else { return "`\(name)`" }
        return name
    }
}
