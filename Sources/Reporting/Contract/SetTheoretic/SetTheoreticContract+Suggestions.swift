public import SetTheoreticAnalysis

extension JSON {
    /// Cuts suggested for one variable.
    public static func suggestedCuts(_ suggestions: [SuggestedCuts]) -> JSON {
        .array(
            suggestions.map {
                .object([
                    ("method", .string($0.method.rawValue)), ("cuts", JSON($0.cuts)),
                    ("group_sizes", .array($0.groupSizes.map { .integer($0) })),
                    ("suggestion", .bool($0.isSuggestion)),
                ])
            })
    }

    /// Inclusion cuts suggested from gaps.
    public static func suggestedInclusionCuts(_ suggestions: SuggestedInclusionCuts) -> JSON {
        .object([
            ("suggestion", .bool(suggestions.isSuggestion)),
            (
                "gaps",
                .array(
                    suggestions.gaps.map {
                        .object([
                            ("incl.cut", .number($0.cut)), ("lower", .number($0.lower)), ("upper", .number($0.upper)),
                            ("width", .number($0.width)), ("rows", .integer($0.rowsAbove)),
                            ("n", .integer($0.casesAbove)), ("lowest.pri", JSON($0.lowestPRI)),
                        ])
                    })
            ),
        ])
    }
}
