/// The symbol that a table of configurations prints for a condition.
enum ConditionSymbol: Hashable {
    case present, absent, either

    /// Reads a cell; `nil` for other texts.
    init?(_ cell: String) {
        switch simplified(cell).filter({ $0 != "\u{FE0F}" && $0 != "\u{FE0E}" }) {
        case "●", "•", "⚫", "⬤", "·", "∙", "1", "present", "presence", "yes", "存在", "⚈", "★", "√", "✓": self = .present
        case "⊗", "ⓧ", "Ⓧ", "⨂", "⨷", "◎", "○", "◯", "⭕", "∅", "ø", "Ø", "0", "x", "×", "absent", "absence", "no", "~",
            "⊙",
            "缺失", "△", "☆":
            self = .absent
        case "", "blank", "空白": self = .either
        default: return nil
        }
    }

    /// What stands before the name of the condition in a literal.
    var sign: String? { self == .either ? nil : self == .absent ? "~" : "" }

    /// The conditions of an expression such as `A*~B`; `nil` unless it is a product of at least two.
    static func literals(of expression: String) -> Set<String>? {
        let parts = expression.split { "*·∗&•".contains($0) }.map { trimmed($0) }
        let isProduct = parts.count > 1 && parts.allSatisfy { !$0.isEmpty && !$0.contains { "+()[]= ".contains($0) } }
        return isProduct ? Set(parts) : nil
    }
}
