/// The smallest meaningful piece of a model's text.
struct ModelToken: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// A variable, label or function.
        case name
        /// Text in quotation marks.
        case quotation
        case number(Double)
        case modelOperator(ModelOperator)
        case plus, minus, times, divide, power, question, colon, comma
        case leftParenthesis, rightParenthesis
        case semicolon, newline, end
    }

    let kind: Kind
    /// The name, the quoted text, or the characters as written.
    let text: String
    let position: SourcePosition

    /// Whether a line that ends in this token goes on, and a line that begins with it belongs to the line before.
    var joinsLines: Bool {
        switch kind {
        case .modelOperator, .plus, .minus, .times, .divide, .power, .question, .colon, .comma: true
        default: false
        }
    }
}
