extension AuditRule {
    static let repeatedFigure = AuditRule(
        "repeated-figure", "The same figure printed twice",
        basis: "figures of the same variables in the same sample agree within rounding wherever they are printed")
}

extension CorrelationBlock {
    /// Correlations and descriptive figures against their twins elsewhere in the paper.
    func repetitionChecks(in table: PublishedCorrelations, of paper: Paper) -> [AuditCheck] {
        constructChecks(in: table, of: paper) + twinChecks(in: table, of: paper)
    }

    private func constructChecks(in table: PublishedCorrelations, of paper: Paper) -> [AuditCheck] {
        variables.flatMap { variable -> [AuditCheck] in
            guard let construct = paper.construct(variable.name) else { return [] }
            let pairs = [
                ("mean", variable.mean, construct.mean),
                ("SD", variable.standardDeviation, construct.standardDeviation),
                ("alpha", variable.alpha, construct.alpha), ("AVE", variable.ave, construct.ave),
                ("ICC", variable.icc, construct.icc),
            ]
            return pairs.compactMap { name, here, there in
                guard let here, let there else { return nil }
                let place = PaperPlace(table.name, row: variable.name, column: name)
                return Self.comparison(here, there, at: place, with: "what the paper says of \(construct.names[0])")
            }
        }
    }

    /// Earlier tables with the same two variables in a sample of the same size.
    private func twinChecks(in table: PublishedCorrelations, of paper: Paper) -> [AuditCheck] {
        guard let size = sampleSize(in: paper) else { return [] }
        let earlier = paper.tables(PublishedCorrelations.self).prefix { $0.name != table.name }
        var checks: [AuditCheck] = []
        for other in earlier {
            for block in other.blocks where block.sampleSize(in: paper)?.value == size.value {
                let twins = variables.map { variable in
                    block.variables.firstIndex { paper.areSame($0.name, variable.name) }
                }
                for entry in entries {
                    guard let i = twins[entry.first], let j = twins[entry.second], let twin = block.entry(i, j) else {
                        continue
                    }
                    checks.append(Self.comparison(entry.r, twin.r, at: entry.place, with: other.name))
                }
            }
        }
        return checks
    }

    private static func comparison(
        _ here: PrintedNumber, _ there: PrintedNumber, at place: PaperPlace, with source: String
    ) -> AuditCheck {
        let agree = here.interval.overlaps(there.interval)
        return AuditCheck(
            .repeatedFigure, at: place, printed: here.text, agree ? .consistent : .unusual, attainable: there.text,
            agree
                ? "It agrees with \(source), \(there.text)."
                : "Printed is \(here.text) here and \(there.text) by \(source): one of them may be mistyped, or they are of "
                    + "different respondents or scores, which the paper would have to say.")
    }
}

extension Paper {
    /// Whether two names mean the same variable: the same text, or names of the same construct.
    func areSame(_ first: String, _ second: String) -> Bool {
        if simplified(first) == simplified(second) { return true }
        guard let construct = construct(first) else { return false }
        return construct.names.contains { simplified($0) == simplified(second) }
    }
}
