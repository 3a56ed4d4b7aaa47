import PublicationAudit

extension AuditReport {
    /// The tables and parts of the text that were checked, in the order of the checks.
    var tables: [String] {
        var seen: Set<String> = []
        return checks.filter { $0.verdict != .missing }.map(\.place.table).filter { seen.insert($0).inserted }
    }

    /// The figures that a reader should look at.
    var marked: [AuditCheck] { checks.filter { $0.verdict == .notAttainable || $0.verdict == .unusual } }

    /// The rules that were applied, in the order of their first use.
    var rules: [AuditRule] {
        var seen: Set<AuditRule> = []
        return checks.map(\.rule).filter { seen.insert($0).inserted }
    }
}

extension PaperPlace {
    /// Row and column; `nil` for the table as a whole.
    var withinTable: String? {
        let parts = [row, column].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Verdict {
    /// The verdict in words.
    var words: String {
        switch self {
        case .consistent: "consistent"
        case .notAttainable: "not attainable"
        case .unusual: "unusual"
        case .missing: "missing"
        case .notCheckable: "not checkable"
        }
    }
}

extension Table {
    /// Checks, one per row, with their answers.
    ///
    /// - Parameter namesTables: Whether the checks are of several tables, so that each row says which.
    static func auditChecks(_ checks: [AuditCheck], title: RichText, namesTables: Bool = false) -> Table {
        Table(
            title: title,
            columns: [
                Column("Place"), Column("Rule"), Column("Printed", alignment: .leading), Column("Answer"),
                Column("Arithmetic"),
            ],
            rows: checks.map { check in
                let place = namesTables ? check.place.description : check.place.withinTable ?? check.place.table
                let answer: Cell = .text(
                    RichText(check.verdict.words, style: check.verdict.isFinding ? .strong : .plain))
                return Row([
                    .text(RichText(place)), .text(RichText(check.rule.title)),
                    .text(RichText(check.printed)), answer, .text(RichText(sentence: check.explanation)),
                ])
            })
    }

    /// How many checks of each table had which answer.
    static func auditCounts(_ report: AuditReport) -> Table {
        let verdicts: [Verdict] = [.consistent, .notAttainable, .unusual, .notCheckable]
        func row(_ name: String, _ checks: [AuditCheck]) -> [Cell] {
            [.text(RichText(name))] + verdicts.map { verdict in .integer(checks.count { $0.verdict == verdict }) }
        }
        let rows = report.tables.map { name in Row(row(name, report.checks.filter { $0.place.table == name })) }
        return Table(
            title: "Checks by Table",
            columns: [Column("Part of the paper")]
                + ["Consistent", "Not attainable", "Unusual", "Not checkable"].map { Column(RichText($0)) },
            rows: rows + [Row(row("All", report.checks), role: .total)])
    }

    /// The rules that were applied, with their formulas and how often each was.
    static func auditRules(_ report: AuditReport) -> Table {
        Table(
            title: "Rules Applied",
            columns: [Column("Rule"), Column("Basis"), Column("Checks"), Column("Findings")],
            rows: report.rules.map { rule in
                let checks = report.checks.filter { $0.rule == rule }
                return Row([
                    .text(RichText(rule.title)), .text(RichText(sentence: rule.basis)), .integer(checks.count),
                    .integer(checks.count { $0.verdict.isFinding }),
                ])
            })
    }
}
