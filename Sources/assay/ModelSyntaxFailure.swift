import StructuralModels

extension CommandFailure {
    /// A mistake in a model's text, with the place in its file and the line.
    static func syntax(_ error: ModelSyntaxError, path: String) -> CommandFailure {
        let name = path == "-" ? "standard input" : path
        guard let excerpt = error.excerpt else { return .analysis("\(name): \(error.fault.message)") }
        return .reported(
            details: "    \(excerpt.text)\n    \(excerpt.caret)",
            summary: "\(name):\(excerpt.position.line):\(excerpt.position.column): \(error.fault.message)")
    }
}
