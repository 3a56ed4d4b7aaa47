/// Writes a parameter table as model syntax.
public struct ModelSyntaxWriter: Sendable {
    /// Which rows are written.
    public enum Scope: Sendable, Hashable {
        /// Those that the user's text names, in the text's order.
        case userRows
        /// All rows but the sample's moments of exogenous variables, so that ``ModelOptions/asWritten`` reads the same model.
        case allRows
    }

    private let scope: Scope

    /// Creates a writer of the given rows.
    public init(_ scope: Scope = .userRows) { self.scope = scope }

    /// The text: a line for each left side and operator, with modifiers before the variables, then definitions and
    /// constraints.
    public func text(of table: ParameterTable) -> String {
        var lines: [String] = []
        var current: (lhs: String, op: ModelOperator)?
        for parameter in table.parameters where includes(parameter) {
            let terms = self.terms(parameter)
            if let line = current, line.lhs == parameter.lhs, line.op == parameter.op, !lines.isEmpty {
                lines[lines.count - 1] += " + " + terms
            } else {
                let op = parameter.op == .intercept ? "~" : parameter.op.rawValue
                lines.append("\(Self.quoted(parameter.lhs)) \(op) \(terms)")
                current = (parameter.lhs, parameter.op)
            }
        }
        for relation in table.relations {
            if case .constraint(let constraint) = relation, !constraint.isUser, scope == .userRows { continue }
            lines.append("\(Self.quotedLeft(relation)) \(relation.op.rawValue) \(relation.rhs)")
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func includes(_ parameter: Parameter) -> Bool {
        switch scope {
        case .userRows: parameter.isUser
        case .allRows: !parameter.isExogenous
        }
    }

    private static func quotedLeft(_ relation: ParameterRelation) -> String {
        if case .definition(let definition) = relation { quoted(definition.name) } else { relation.lhs }
    }

    private func terms(_ parameter: Parameter) -> String {
        let isPhantom = parameter.op == .measurement && parameter.lhs == parameter.rhs
        if isPhantom { return "0" }
        let variable = parameter.op == .intercept ? "1" : Self.quoted(parameter.rhs)
        var modifiers: [String] = []
        if !parameter.label.isEmpty {
            modifiers.append(Self.isName(parameter.label) ? parameter.label : "label(\"\(parameter.label)\")")
        }
        switch parameter.status {
        case .fixed(let value): modifiers.append(Self.number(value))
        case .free:
            if let start = parameter.startValue { modifiers.append("start(\(Self.number(start)))") }
            if parameter.lowerBound > -.infinity { modifiers.append("lower(\(Self.number(parameter.lowerBound)))") }
            if parameter.upperBound < .infinity { modifiers.append("upper(\(Self.number(parameter.upperBound)))") }
        case .sampleMoment: break
        }
        return modifiers.isEmpty ? variable : modifiers.map { "\($0)*\(variable)" }.joined(separator: " + ")
    }

    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        return value.isInfinite ? (value < 0 ? "-Inf" : "Inf") : String(value)
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.startsName, text != "NA", text != "Inf" else { return false }
        return text.unicodeScalars.allSatisfy(\.continuesName)
    }

    /// A name as the lexer reads it back; the parts of a product one by one.
    private static func quoted(_ name: String) -> String {
        if isName(name) { return name }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, parts.allSatisfy(isName) { return name }
        return "\"\(name)\""
    }
}
