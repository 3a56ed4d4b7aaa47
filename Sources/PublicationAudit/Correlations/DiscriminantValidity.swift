import Probability

extension AuditRule {
    static let fornellLarcker = AuditRule(
        "fornell-larcker", "√AVE against correlations",
        basis: "the square root of a construct's AVE is larger than its correlations (Fornell & Larcker, 1981)")
}

extension CorrelationBlock {
    /// The square root of AVE of a variable, from the table or from what the paper says of the construct.
    private func rootAVE(_ i: Int, in paper: Paper) -> Interval? {
        if let root = variables[i].rootAVE { return root.interval }
        let ave = variables[i].ave ?? paper.construct(variables[i].name)?.ave
        return ave?.interval.squareRoot
    }

    /// The criterion of Fornell and Larcker, one check per variable with an AVE.
    func discriminantChecks(in table: PublishedCorrelations, of paper: Paper) -> [AuditCheck] {
        guard !isOther else { return [] }
        return variables.indices.compactMap { i in
            guard let root = rootAVE(i, in: paper) else { return nil }
            let own = entries.filter { $0.first == i || $0.second == i }
            guard let largest = own.max(by: { abs($0.r.value) < abs($1.r.value) }) else { return nil }
            let holds = root.upper > largest.r.interval.magnitude.lower
            let other = variables[largest.first == i ? largest.second : largest.first].name
            return AuditCheck(
                .fornellLarcker, at: PaperPlace(table.name, row: variables[i].name), printed: "r = \(largest.r.text)",
                holds ? .consistent : .unusual, attainable: "below \(spanText(root, decimals: 3))",
                "The square root of the AVE is \(spanText(root, decimals: 3)), the largest correlation \(largest.r.text) "
                    + "(with \(other))"
                    + (holds ? "." : ": by this criterion the two constructs are not told apart."))
        }
    }
}
