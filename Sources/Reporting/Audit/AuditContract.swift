public import PublicationAudit

extension JSON {
    /// The document of `assay audit`: how many checks had which answer, every check, and the rules that were applied.
    public static func audit(_ report: AuditReport, warnings: [String] = []) -> JSON {
        .contract(
            analysis: "audit", warnings: warnings,
            [
                ("title", .string(report.title)),
                ("counts", .object(Verdict.allCases.map { ($0.rawValue, .integer(report.count($0))) })),
                ("checks", .array(report.checks.map(check))),
                ("rules", .array(report.rules.map(rule))),
            ])
    }

    private static func check(_ check: AuditCheck) -> JSON {
        [
            "rule": .string(check.rule.id), "table": .string(check.place.table), "row": JSON(check.place.row),
            "column": JSON(check.place.column), "printed": .string(check.printed),
            "verdict": .string(check.verdict.rawValue), "attainable": JSON(check.attainable),
            "explanation": .string(check.explanation),
        ]
    }

    private static func rule(_ rule: AuditRule) -> JSON {
        ["rule": .string(rule.id), "title": .string(rule.title), "basis": .string(rule.basis)]
    }
}
