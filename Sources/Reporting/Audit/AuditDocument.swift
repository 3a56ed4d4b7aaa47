public import PublicationAudit

extension Document {
    /// The report of an audit: what it found, table by table, what could not be checked, everything that was checked, and the rules.
    ///
    /// - Parameters:
    ///   - report: The checks.
    ///   - source: Where the tables were taken from.
    public static func audit(_ report: AuditReport, source: String = "") -> Document {
        var notes: [RichText] = ["Assay \(AssayVersion.current)"]
        if !source.isEmpty { notes.insert("Tables from: \(source)", at: 0) }
        let title: RichText = report.title.isEmpty ? "Audit" : "Audit: \(report.title)"
        var sections = [findings(report)]
        let missing = report.checks.filter { $0.verdict == .missing }
        if !missing.isEmpty {
            sections.append(
                Section(
                    "Not reported", blocks: [.list(missing.map { RichText(sentence: $0.explanation) }, ordered: false)])
            )
        }
        let open = report.checks.filter { $0.verdict == .notCheckable }
        if !open.isEmpty {
            sections.append(
                Section(
                    "What could not be checked",
                    blocks: [.table(.auditChecks(open, title: "Not Checkable", namesTables: true))]))
        }
        sections.append(
            Section(
                "Everything that was checked",
                blocks: report.tables.map { name in
                    .table(
                        .auditChecks(
                            report.checks.filter { $0.place.table == name }, title: RichText("Checks of \(name)")))
                }))
        sections.append(
            Section("Rules", blocks: [.table(.auditRules(report))]))
        return Document(
            title: title, notes: notes,
            blocks: [.paragraph(summary(report)), .paragraph(reading), .table(.auditCounts(report))], sections: sections
        )
    }

    /// What a command prints: the counts and the findings.
    public static func auditSummary(_ report: AuditReport) -> Document {
        let title: RichText = report.title.isEmpty ? "Audit" : "Audit: \(report.title)"
        let missing = report.checks.filter { $0.verdict == .missing }
        var blocks: [Block] = [.paragraph(summary(report))]
        let marked = report.marked
        if !marked.isEmpty {
            blocks.append(.list(marked.map { sentence($0, place: $0.place.description) }, ordered: true))
        }
        if !missing.isEmpty {
            blocks.append(.paragraph("Not reported:"))
            blocks.append(.list(missing.map { RichText(sentence: $0.explanation) }, ordered: false))
        }
        return Document(title: title, blocks: blocks)
    }

    private static func summary(_ report: AuditReport) -> RichText {
        func words(_ verdict: Verdict, _ one: String, _ many: String) -> String {
            let count = report.count(verdict)
            return "\(count) \(count == 1 ? one : many)"
        }
        var parts = [
            words(.consistent, "is consistent", "are consistent"),
            words(.notAttainable, "is not attainable", "are not attainable"),
        ]
        if report.count(.unusual) > 0 {
            parts.append(words(.unusual, "is possible but unusual", "are possible but unusual"))
        }
        if report.count(.notCheckable) > 0 {
            parts.append(words(.notCheckable, "cannot be checked", "cannot be checked"))
        }
        let checked = report.checks.count - report.count(.missing)
        guard checked > 0 else { return "Nothing was found that can be checked." }
        var text = RichText(
            "Of \(checked) check\(checked == 1 ? "" : "s"), \(parts.dropLast().joined(separator: ", ")) and \(parts[parts.count - 1])."
        )
        let missing = report.count(.missing)
        if missing > 0 {
            text.append(
                missing == 1
                    ? " One thing that is usually reported is missing."
                    : " \(missing) things that are usually reported are missing.")
        }
        return text
    }

    private static let reading: RichText =
        "A printed figure stands for every value that rounds to it. A figure is called consistent if some such values fit together, and not attainable if none do: then at least one of the figures involved is not what was computed. Which one, and why, the arithmetic alone cannot say; slips of typing, of rounding and of the row are far more common than any other cause."

    /// - Parameter place: where the figure stands, in words; `nil` if what stands above says it.
    private static func sentence(_ check: AuditCheck, place: String?) -> RichText {
        var text: RichText = place.map { "\(strong: $0): \(check.printed)" } ?? RichText(check.printed)
        if check.verdict == .notAttainable, let attainable = check.attainable {
            text.append(" (attainable: \(attainable))")
        }
        text.append(". ")
        text.append(RichText(sentence: check.explanation))
        return text
    }

    private static func findings(_ report: AuditReport) -> Section {
        let marked = report.marked
        guard !marked.isEmpty else {
            return Section("Findings", blocks: [.paragraph("No printed figure contradicts another.")])
        }
        let names = report.tables.filter { name in marked.contains { $0.place.table == name } }
        return Section(
            "Findings",
            sections: names.map { name in
                Section(
                    RichText(name.prefix(1).uppercased() + name.dropFirst()),
                    blocks: [
                        .list(
                            marked.filter { $0.place.table == name }.map { sentence($0, place: $0.place.withinTable) },
                            ordered: false)
                    ])
            })
    }
}
