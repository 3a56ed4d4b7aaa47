import PublicationAudit

/// How often checks alarm on correct papers, and how many planted slips they find.
struct Tally {
    struct Count {
        var checks = 0, alarms = 0, touched = 0, found = 0
    }

    var papers = 0
    var rules: [AuditRule: Count] = [:]
    var slips: [Slip: (planted: Int, found: Int)] = [:]
    var kinds: [String: (planted: Int, found: Int)] = [:]
    /// The first false alarms, to be looked at.
    var examples: [String] = []

    /// Counts the checks of a correct paper.
    mutating func add(_ report: AuditReport, of number: Int) {
        papers += 1
        for check in report.checks where check.verdict != .missing && check.verdict != .notCheckable {
            rules[check.rule, default: Count()].checks += 1
            guard check.verdict.isFinding else { continue }
            rules[check.rule, default: Count()].alarms += 1
            if examples.count < 40 {
                examples.append(
                    "paper \(number), \(check.place): \(check.rule.id): \(check.printed): \(check.explanation)")
            }
        }
    }

    /// Compares the checks of a paper with a slip with those of the same paper without it: a rule is touched if it says anything else.
    mutating func add(_ slip: Slip, kind: String, before: AuditReport, after: AuditReport) {
        let known = Set(before.checks)
        let changed = after.checks.filter { !known.contains($0) && $0.verdict != .missing }
        var found: Set<AuditRule> = []
        for rule in Set(changed.map(\.rule)) {
            rules[rule, default: Count()].touched += 1
            if changed.contains(where: { $0.rule == rule && $0.verdict.isFinding }) {
                rules[rule, default: Count()].found += 1
                found.insert(rule)
            }
        }
        let isFound = found.isEmpty ? 0 : 1
        slips[slip, default: (0, 0)].planted += 1
        slips[slip, default: (0, 0)].found += isFound
        kinds[kind, default: (0, 0)].planted += 1
        kinds[kind, default: (0, 0)].found += isFound
    }

    /// The tables of the documentation, as Markdown.
    var markdown: String {
        func percent(_ part: Int, _ whole: Int) -> String {
            guard whole > 0 else { return "–" }
            let tenths = (1000 * part + whole / 2) / whole
            return "\(tenths / 10).\(tenths % 10) %"
        }
        let total = rules.values.reduce(into: Count()) {
            $0.checks += $1.checks; $0.alarms += $1.alarms
        }
        var text =
            "\(papers) correct papers, \(total.checks) checks, \(total.alarms) false alarms (\(percent(total.alarms, total.checks))).\n\n"
        text +=
            "| Rule | Checks | False alarms | Slips in its figures | Found by it |\n| :--- | ---: | ---: | ---: | ---: |\n"
        for rule in AuditRule.all {
            guard let count = rules[rule] else { continue }
            text +=
                "| \(rule.title) (`\(rule.id)`) | \(count.checks) | \(count.alarms) | \(count.touched) | \(percent(count.found, count.touched)) |\n"
        }
        text += "\n| Slip | Planted | Found |\n| :--- | ---: | ---: |\n"
        for slip in Slip.allCases {
            let count = slips[slip] ?? (0, 0)
            text += "| \(slip.rawValue) | \(count.planted) | \(percent(count.found, count.planted)) |\n"
        }
        text += "\n| Kind of table | Slips planted | Found |\n| :--- | ---: | ---: |\n"
        for (kind, count) in kinds.sorted(by: { $0.key < $1.key }) {
            text += "| \(kind) | \(count.planted) | \(percent(count.found, count.planted)) |\n"
        }
        return text
    }
}
