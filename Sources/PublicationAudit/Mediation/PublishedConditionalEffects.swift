/// A published table of effects at low and high values of one or two moderators.
public struct PublishedConditionalEffects: AuditedTable {
    /// Its columns and options.
    public static let kind = TableKind(
        "conditional effects",
        "effects (simple slopes, conditional indirect effects) at −1 SD, the mean and +1 SD of one or two moderators, with intervals",
        columns: [
            .init(
                "predictor", heads: ["independent variable", "iv", "path"],
                "whose effect it is; where empty that of the row above"),
            .init(
                "moderator 1", heads: ["moderator", "w", "level"], isRequired: true,
                "value of the moderator: `-1 SD`, `mean`, `+1 SD`"),
            .init("moderator 2", heads: ["second moderator", "z"], "value of the second moderator"),
            .init(
                "effect", heads: ["estimate", "effect size", "slope", "simple slope", "b", "est."], isRequired: true,
                "the effects"),
            .init("se", heads: ["s.e.", "standard error", "boot se"], "standard errors"),
            .init("ci", heads: ["95% ci", "confidence interval", "confidence interval (95%)"], "intervals"),
            .init("lower", heads: ["llci", "bootllci", "ll"], "lower ends of intervals"),
            .init("upper", heads: ["ulci", "bootulci", "ul"], "upper ends of intervals"),
        ],
        options: [
            .init("label", "what the paper calls them: `slope` (default) or `indirect`"),
            .init(
                "slope of", "the variable whose slope the moderators change (the mediator, in a moderated mediation)"),
            .init("moderators", "the moderators, by names of their constructs, separated by a comma"),
            .init("models", "the table of mixed models that the slopes come from; the first one by default"),
            .init("level", "the level of the intervals in per cent; 95 by default"),
            .init("differ", "two conditions that the text says differ: `(+1, +1) (+1, -1)`"),
        ])

    /// An effect at a value of each moderator, in standard deviations.
    struct Condition: Sendable {
        let predictor: String
        let values: [Double]
        let effect: PrintedEffect
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    let conditions: [Condition]
    let level: Double
    let isIndirect: Bool
    let slopeOf: String?
    let moderators: [String]
    let differing: [[Double]]

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        level = try confidenceLevel(of: table)
        isIndirect = try table.word(option: "label", of: ["slope", "indirect"]) == "indirect"
        slopeOf = table.options["slope of"]?.text
        moderators = table.options["moderators"]?.text.split { ",;".contains($0) }.map { trimmed($0) } ?? []
        let kind = Self.kind
        let predictor = try table.column("predictor", of: kind)
        let columns = [try table.column("moderator 1", of: kind), try table.column("moderator 2", of: kind)].compactMap
        { $0 }
        var conditions: [Condition] = []
        for row in table.text.rows {
            let named = table.string(row, predictor)
            let name = named.isEmpty ? conditions.last?.predictor ?? "" : named
            let texts = columns.map { table.string(row, $0) }
            let label = ([name] + texts).filter { !$0.isEmpty }.joined(separator: " ")
            let effect = try PrintedEffect(
                table, row, kind: kind, estimate: try table.column("effect", of: kind), label: label)
            guard let effect else { continue }
            var values: [Double] = []
            for (text, column) in zip(texts, columns) {
                guard let value = standardDeviations(text) else {
                    throw .content(
                        table.name, line: row.line,
                        "`\(text)` below `\(table.text.columns[column])` is no value of a moderator; write `-1 SD`, `mean` or `+1 SD`"
                    )
                }
                values.append(value)
            }
            conditions.append(Condition(predictor: name, values: values, effect: effect))
        }
        self.conditions = conditions
        differing =
            try table.options["differ"].map { option throws(AuditFault) in
                try Self.differing(option, in: table, count: columns.count)
            } ?? []
    }

    private static func differing(
        _ option: PastedTable.OptionText, in table: PastedTable, count: Int
    ) throws(AuditFault) -> [[Double]] {
        let groups = option.text.split(separator: ")").map { group in
            group.filter { $0 != "(" }.split { ",;".contains($0) }.map { standardDeviations(String($0)) }
        }.filter { !$0.isEmpty }
        let values = groups.map { $0.compactMap { $0 } }
        guard values.count == 2, values.allSatisfy({ $0.count == count }) else {
            throw .option(
                table.name, line: option.line, option: "differ",
                "write two conditions with a value for each moderator, such as `(+1, +1) (+1, -1)`")
        }
        return values
    }

    /// Checks its figures, within the table and against what the paper says elsewhere.
    public func checks(in paper: Paper) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        for condition in conditions {
            checks += condition.effect.checks(
                level: level, paper, isNormal: !isIndirect, usesStars: source.text.hasStars)
        }
        var predictors: [String] = []
        for condition in conditions where !predictors.contains(condition.predictor) {
            predictors.append(condition.predictor)
        }
        for predictor in predictors {
            let own = conditions.filter { $0.predictor == predictor }
            checks += slopeChecks(own, predictor: predictor, in: paper) + differenceChecks(own)
        }
        return checks
    }
}

/// A value of a moderator in standard deviations: `-1 S.D.`, `M + 1SD`, `mean`, `low`, `High`, `-`; `nil` if it is none.
public func standardDeviations(_ text: some StringProtocol) -> Double? {
    let plain = text.lowercased().filter { !$0.isWhitespace && !"()[]".contains($0) }
    let sign: Double = plain.contains { "-−–".contains($0) } || plain.contains("low") ? -1 : 1
    let digits = plain.drop { !"0123456789".contains($0) }.prefix { "0123456789.".contains($0) }
    let number = digits.last == "." ? digits.dropLast() : digits
    if let value = Double(String(number)) { return sign * value }
    if sign < 0 || plain.contains("+") || plain.contains("high") { return sign }
    return ["mean", "m", "average", "medium", "middle"].contains(plain) ? 0 : nil
}
