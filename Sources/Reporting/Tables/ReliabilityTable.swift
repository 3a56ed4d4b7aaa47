import Probability
public import Psychometrics

extension Table {
    /// A construct and the scales that measure it, as a reliability table groups them.
    public struct ScaleGroup: Sendable {
        /// The construct; nil for scales that belong to none.
        public var construct: String?
        /// Its scales.
        public var scales: [ScaleReliability]

        /// Makes a group.
        public init(construct: String?, scales: [ScaleReliability]) {
            self.construct = construct
            self.scales = scales
        }
    }

    /// The item analysis of a questionnaire: corrected item–total correlation, alpha without the item, alpha of the scale.
    public static func reliability(
        _ groups: [ScaleGroup], overall: Double?, labels: VariableLabels = .none,
        title: RichText = "Reliability of the Scales"
    ) -> Table {
        let hasConstructs = groups.contains { $0.construct != nil }
        var columns: [Column] = hasConstructs ? [Column("Construct")] : []
        columns += [
            Column(hasConstructs ? "Dimension" : "Scale"), Column("Item"), Column("\(emphasis: "M")"),
            Column("\(emphasis: "SD")"), Column("CITC"), Column("α if item deleted"), Column("α"), Column("95% CI"),
            Column("ω"),
        ]
        var rows: [Row] = []
        for group in groups {
            var isFirstOfConstruct = true
            for scale in group.scales {
                for (index, item) in scale.items.enumerated() {
                    var cells: [Cell] = []
                    if hasConstructs {
                        cells.append(
                            isFirstOfConstruct ? .text(group.construct.map { labels.text($0) } ?? "") : .continued)
                        isFirstOfConstruct = false
                    }
                    let isFirst = index == 0
                    cells += [
                        isFirst ? .text(labels.text(scale.name)) : .continued, .text(RichText(item.item)),
                        .number(item.mean, .fixed(2)), .number(item.standardDeviation, .fixed(2)),
                        .number(item.correctedItemTotal, .bounded(3)), .number(item.alphaIfDropped, .bounded(3)),
                    ]
                    if isFirst {
                        let interval = scale.alpha?.interval
                        cells += [
                            .number(scale.alpha?.value, .bounded(3)),
                            .interval(interval?.first, interval?.last, .bounded(2)), .number(scale.omega, .bounded(3)),
                        ]
                    } else {
                        cells += [.continued, .continued, .continued]
                    }
                    rows.append(Row(cells))
                }
            }
        }
        if let overall {
            var cells = [Cell](repeating: .empty, count: columns.count)
            cells[0] = "All items"
            cells[columns.count - 3] = .number(overall, .bounded(3))
            rows.append(Row(cells, role: .total))
        }
        return Table(
            title: title, columns: columns, rows: rows,
            notes: Notes(general: [
                "CITC = corrected item–total correlation. α = Cronbach's alpha with the confidence interval of Feldt (1965); ω = McDonald's omega of the one-factor maximum-likelihood solution (McDonald, 1999). Reversed items entered reversed."
            ]))
    }

    /// One row per scale: number of items, alpha, omega, composite reliability, AVE.
    public static func scaleSummary(
        _ scales: [ScaleReliability], overall: Double? = nil, labels: VariableLabels = .none,
        title: RichText = "Reliability of the Scales"
    ) -> Table {
        var rows = scales.map { scale in
            Row([
                .text(labels.text(scale.name)), .integer(scale.items.count), .integer(scale.n),
                .number(scale.alpha?.value, .bounded(3)),
                .interval(scale.alpha?.interval?.first, scale.alpha?.interval?.last, .bounded(2)),
                .number(scale.standardizedAlpha, .bounded(3)), .number(scale.omega, .bounded(3)),
                .number(scale.meanInterItemCorrelation, .bounded(3)), .number(scale.compositeReliability, .bounded(3)),
                .number(scale.averageVarianceExtracted, .bounded(3)),
            ])
        }
        if let overall, scales.count > 1 {
            rows.append(Row(["All items", "", "", .number(overall, .bounded(3))], role: .total))
        }
        return Table(
            title: title,
            columns: [
                Column("Scale"), Column("Items"), Column("\(emphasis: "n")"), Column("α"), Column("95% CI"),
                Column("α std."), Column("ω"), Column("Mean \(emphasis: "r")"), Column("CR"), Column("AVE"),
            ], rows: rows,
            notes: Notes(general: [
                "α = Cronbach's alpha with the confidence interval of Feldt (1965); ω = McDonald's omega; CR = composite reliability and AVE = average variance extracted (Fornell & Larcker, 1981), all three from the one-factor maximum-likelihood solution."
            ]))
    }

    /// The items of one scale.
    public static func items(_ scale: ScaleReliability, labels: VariableLabels = .none) -> Table {
        Table(
            title: "Items of \(labels.text(scale.name))",
            columns: [
                Column("Item"), Column("\(emphasis: "M")"), Column("\(emphasis: "SD")"), Column("CITC"),
                Column("α if item deleted"), Column("Loading"),
            ],
            rows: scale.items.map { item in
                Row([
                    .text(labels.text(item.item)), .number(item.mean, .fixed(2)),
                    .number(item.standardDeviation, .fixed(2)), .number(item.correctedItemTotal, .bounded(3)),
                    .number(item.alphaIfDropped, .bounded(3)), .number(item.standardizedLoading, .bounded(3)),
                ])
            },
            notes: Notes(general: [
                "CITC = corrected item–total correlation; loadings are standardised (one-factor maximum likelihood)."
            ]))
    }
}
