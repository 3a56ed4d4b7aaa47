/// A published table of direct, indirect and total effects with their intervals.
public struct PublishedEffects: AuditedTable {
    /// Its columns and options.
    public static let kind = TableKind(
        "effects",
        "mediation: a row per path (`X->M->Y`) with direct, indirect and total effect in columns, or a row per effect whose name says "
            + "which it is; intervals in brackets or in columns",
        columns: [
            .init("path", heads: ["", "paths", "effect", "effects"], "the names of the rows"),
            .init("a", heads: ["path a"], "effect on the mediator"),
            .init("b", heads: ["path b"], "effect of the mediator on the outcome"),
            .init("direct", heads: ["direct effect", "direct effects", "c′"], "direct effects"),
            .init(
                "indirect", heads: ["indirect effect", "indirect effects", "a×b", "ab", "mediating effect"],
                "indirect effects"),
            .init("total", heads: ["total effect", "total effects", "c"], "total effects"),
            .init(
                "estimate", heads: ["est.", "coefficient", "coeff", "effect size", "β", "point estimate"], "estimates"),
            .init("se", heads: ["s.e.", "boot se", "standard error"], "standard errors"),
            .init("ci", heads: ["95% ci", "confidence interval", "95% confidence interval"], "intervals"),
            .init(
                "lower", heads: ["llci", "bootllci", "lower ci", "ll", "ci lower", "2.5%"], "lower ends of intervals"),
            .init(
                "upper", heads: ["ulci", "bootulci", "upper ci", "ul", "ci upper", "97.5%"], "upper ends of intervals"),
        ],
        options: [
            .init("level", "the level of the intervals in per cent; 95 by default"),
            .init("sample", "the sample of the rows of the data, by name or size"),
            .init(
                "models", "the table of regression or mixed models that the effects come from; the first one by default"
            ),
            .init("correlations", "`no` if the effects are not to be compared with the printed correlations"),
        ])

    /// A path with the figures that are printed of it.
    struct Path: Sendable {
        let label: String
        let figures: [String: PrintedEffect]

        /// The variables along it.
        var variables: [String] {
            let text = ["→", "—>", "–>", "=>"].reduce(label) { $0.components(around: $1).joined(separator: "->") }
            return text.components(around: "->").map { trimmed($0) }
        }
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    let paths: [Path]
    let level: Double

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        level = try confidenceLevel(of: table)
        let names = try table.column("path", of: Self.kind) ?? 0
        let estimate = try table.column("estimate", of: Self.kind)
        var paths: [Path] = []
        for row in table.text.rows {
            let label = table.string(row, names)
            var figures: [String: PrintedEffect] = [:]
            for column in ["a", "b", "direct", "indirect", "total"] {
                guard let cell = try table.cell(row, try table.column(column, of: Self.kind)) else { continue }
                figures[column] = PrintedEffect(cell, at: PaperPlace(table.name, row: label, column: column))
            }
            if let effect = try PrintedEffect(table, row, kind: Self.kind, estimate: estimate, label: label) {
                let kind = simplified(label)
                let name = kind.contains("indirect") ? "indirect" : kind.contains("direct") ? "direct" : "total"
                figures[kind.contains("total") && name == "indirect" ? "total indirect" : name] = effect
            }
            paths.append(Path(label: label, figures: figures))
        }
        if estimate != nil, let first = paths.first {
            // One row per effect: together they are one path, if no effect occurs twice.
            let all = paths.flatMap { Array($0.figures) }
            if Set(all.map(\.key)).count == all.count {
                paths = [Path(label: first.label, figures: Dictionary(all) { first, _ in first })]
            }
        }
        self.paths = paths
    }

    /// Checks its figures, within the table and against what the paper says elsewhere.
    public func checks(in paper: Paper) -> [AuditCheck] {
        var checks = paths.flatMap(decompositionChecks)
        for path in paths {
            for figure in path.figures.sorted(by: { $0.key < $1.key }) {
                checks += figure.value.checks(
                    level: level, paper, isNormal: !figure.key.contains("indirect"), usesStars: source.text.hasStars)
            }
        }
        checks += modelComparisonChecks(in: paper)
        checks += singleLevelChecks(in: paper)
        return checks
    }
}

/// The level of the intervals of a table, 0.95 if it does not say.
func confidenceLevel(of table: PastedTable) throws(AuditFault) -> Double {
    guard let level = try table.number(option: "level") else { return 0.95 }
    let share = level.value > 1 ? level.value / 100 : level.value
    guard share > 0.5, share < 1 else {
        throw .option(
            table.name, line: table.options["level"]?.line ?? table.line, option: "level",
            "`\(level.text)` is no confidence level; write a percentage such as 95")
    }
    return share
}
