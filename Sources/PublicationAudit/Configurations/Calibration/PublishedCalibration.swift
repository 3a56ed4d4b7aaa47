/// The anchors of the calibration of a QCA, one row for each set.
public struct PublishedCalibration: AuditedTable {
    /// What such a table holds.
    public static let kind = TableKind(
        "calibration", "the anchors of each set of a QCA: full membership, crossover, full non-membership",
        columns: [
            .init(
                "set", heads: ["sets", "condition", "conditions", "variable", "variables", "construct"],
                "the set; else the first column"),
            .init(
                "full membership",
                heads: [
                    "fully in", "full in", "fully affiliated", "fully affiliated(0.95)", "full affiliation",
                    "complete membership", "upper anchor",
                    "full membership(95%)", "full membership(0.95)", "fully in (0.95)", "0.95", "95%", "95",
                    "inclusion", "completely affiliated",
                ], isRequired: true, "the value of full membership"),
            .init(
                "crossover",
                heads: [
                    "crossover point", "cross-over point", "cross-over", "median", "median(0.5)", "0.5", "0.50", "50%",
                    "50", "intersection",
                    "intersection point", "crossover point (0.5)", "crossover point (50%)", "crossover(0.5)",
                ], isRequired: true, "the value of a membership of one half"),
            .init(
                "full non-membership",
                heads: [
                    "fully out", "full out", "not affiliated at all", "not affiliated at all(0.05)",
                    "complete non-membership", "lower anchor",
                    "non-membership", "full non-membership(5%)", "full non-membership(0.05)", "fully out (0.05)",
                    "0.05", "5%", "5", "exclusion",
                    "completely unaffiliated", "full nonmembership",
                ], isRequired: true, "the value of full non-membership"),
            .init("mean", heads: ["m"], "the mean of the raw values; else that of the construct of this name"),
            .init(
                "SD", heads: ["standard deviation", "std. deviation"],
                "their standard deviation; else that of the construct"),
        ],
        options: [
            .init("percentiles", "which percentiles the anchors are, if the paper says so: `95; 50; 5`"),
            .init("scale", "the lowest and highest possible raw value: `1; 7`"),
        ])

    /// The cells as they were typed.
    public let source: PastedTable
    /// The sets.
    let sets: [Anchors]
    /// Whether the heads carry 0.95 and 0.05.
    let isLabelledAsPercentiles: Bool
    /// The percentiles that the paper states, from the highest.
    let percentiles: [Double]?
    /// The ends of the scale.
    let scale: [PrintedNumber]

    /// The anchors of a set.
    struct Anchors: Hashable {
        let name: String
        let full: PrintedNumber
        let crossover: PrintedNumber
        let out: PrintedNumber
        let mean: PrintedNumber?
        let deviation: PrintedNumber?
    }

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` for a missing column or figure, and options that are no figures.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        let kind = Self.kind
        let full = try table.column("full membership", of: kind), crossover = try table.column("crossover", of: kind)
        let out = try table.column("full non-membership", of: kind)
        let name = try table.column("set", of: kind) ?? 0
        let mean = try table.column("mean", of: kind), deviation = try table.column("SD", of: kind)
        var sets: [Anchors] = []
        for row in table.text.rows {
            let figures = [try table.number(row, full), try table.number(row, crossover), try table.number(row, out)]
            if figures.allSatisfy({ $0 == nil }) { continue }
            guard let high = figures[0], let middle = figures[1], let low = figures[2] else {
                throw .content(
                    table.name, line: row.line,
                    "the row `\(table.string(row, name))` has not all three anchors; two anchors make no direct calibration"
                )
            }
            sets.append(
                Anchors(
                    name: table.string(row, name), full: high, crossover: middle, out: low,
                    mean: try table.number(row, mean),
                    deviation: try table.number(row, deviation)))
        }
        self.sets = sets
        let heads = [full, out].compactMap { $0.map { table.text.columns[$0] } }
        isLabelledAsPercentiles = heads.count == 2 && heads[0].contains("95") && heads[1].contains("5")
        let stated = try table.numbers(option: "percentiles")
        guard stated.isEmpty || stated.count == 3 else {
            throw .option(
                table.name, line: table.options["percentiles"]?.line ?? table.line, option: "percentiles",
                "there are \(stated.count); write three, from full membership down: `95; 50; 5`")
        }
        let shares = stated.map { $0.isPercentage || $0.value <= 1 ? 100 * $0.value : $0.value }.sorted(by: >)
        guard shares.allSatisfy({ $0 >= 0 && $0 <= 100 }) else {
            throw .option(
                table.name, line: table.options["percentiles"]?.line ?? table.line, option: "percentiles",
                "percentiles lie between 0 and 100")
        }
        percentiles = shares.isEmpty ? nil : shares
        scale = try table.numbers(option: "scale").sorted { $0.value < $1.value }
        guard scale.isEmpty || scale.count == 2 else {
            throw .option(
                table.name, line: table.options["scale"]?.line ?? table.line, option: "scale",
                "write its two ends: `1; 7`")
        }
    }

    /// Checks the order of the anchors, the scale, and the mean and standard deviation.
    public func checks(in paper: Paper) -> [AuditCheck] {
        sets.flatMap { orderChecks($0) + scaleChecks($0) + distributionChecks($0, paper) } + extremesCheck()
    }
}
