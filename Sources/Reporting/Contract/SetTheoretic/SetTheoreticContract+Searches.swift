public import SetTheoreticAnalysis

extension JSON {
    /// A search for necessary expressions, with figures under the names of QCA's `superSubset`.
    public static func supersets(_ search: SupersetSearch) -> JSON {
        let options = search.options
        let members: [(String, JSON)] = [
            ("incl.cut", .number(options.inclusionCut)), ("ron.cut", .number(options.relevanceCut)),
            ("cov.cut", .number(options.coverageCut)), ("depth", JSON(options.depth)),
            ("exhaustive", .bool(search.end.isExhaustive)), ("end", .string(search.end.description)),
            (
                "expressions",
                .array(search.rows.map { .object([("expression", .string($0.expression))] + fit($0.fit)) })
            ),
        ]
        return .object(members)
    }

    /// A search for sufficient conjunctions.
    public static func subsets(_ search: SubsetSearch) -> JSON {
        let options = search.options
        let members: [(String, JSON)] = [
            ("incl.cut", .number(options.inclusionCut)), ("pri.cut", .number(options.priCut)),
            ("cov.cut", .number(options.coverageCut)), ("depth", JSON(options.depth)),
            ("exhaustive", .bool(search.end.isExhaustive)), ("end", .string(search.end.description)),
            (
                "expressions",
                .array(search.rows.map { .object([("expression", .string($0.expression))] + fit($0.fit)) })
            ),
        ]
        return .object(members)
    }
}
