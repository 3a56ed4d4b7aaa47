extension JSON {
    /// A document of the command-line contract: version, command and warnings around the figures of one analysis.
    ///
    /// - Parameters:
    ///   - analysis: The name of the command.
    ///   - warnings: What the reader should know, in words.
    ///   - members: The figures, in the order of the contract.
    public static func contract(analysis: String, warnings: [String], _ members: [(String, JSON)]) -> JSON {
        .object(
            [
                ("assay", .string(AssayVersion.current)), ("analysis", .string(analysis)),
                ("warnings", JSON(warnings)),
            ] + members)
    }

    /// Rows of figures of which some may not exist.
    static func rows(_ rows: [[Double?]]) -> JSON { .array(rows.map { .array($0.map { JSON($0) }) }) }
}
