import Probability
public import StructuralModels

/// A rule of thumb for a fit measure, with who proposed it.
public struct FitCriterion: Sendable {
    /// The measure, as lavaan names it.
    public let measure: String
    /// The measure as tables print it.
    public let title: RichText
    /// How it is written.
    public let format: NumberFormat
    /// The rule, as tables print it; empty without one.
    public let rule: String
    /// Whether a value meets the rule; nil without one.
    public let isMet: (@Sendable (Double) -> Bool)?
    /// Who proposed the rule.
    public let source: String

    /// The measures that journals ask for, with the rules most cited.
    public static let standard: [FitCriterion] = [
        FitCriterion("chisq", "χ²", .fixed(2)),
        FitCriterion("df", "\(emphasis: "df")", .integer),
        FitCriterion("pvalue", "\(emphasis: "p")", .probability),
        FitCriterion("chisq/df", "χ²/\(emphasis: "df")", .fixed(2), "< 3", "Kline (2016)") { $0 < 3 },
        FitCriterion("cfi", "CFI", .bounded(3), "≥ .95", "Hu & Bentler (1999)") { $0 >= 0.95 },
        FitCriterion("tli", "TLI", .bounded(3), "≥ .95", "Hu & Bentler (1999)") { $0 >= 0.95 },
        FitCriterion("ifi", "IFI", .bounded(3), "≥ .90", "Bollen (1989)") { $0 >= 0.9 },
        FitCriterion("nfi", "NFI", .bounded(3), "≥ .90", "Bentler & Bonett (1980)") { $0 >= 0.9 },
        FitCriterion("gfi_lisrel", "GFI", .bounded(3), "≥ .90", "Jöreskog & Sörbom (1984)") { $0 >= 0.9 },
        FitCriterion("agfi_lisrel", "AGFI", .bounded(3), "≥ .80", "Jöreskog & Sörbom (1984)") { $0 >= 0.8 },
        FitCriterion("pnfi", "PNFI", .bounded(3), "> .50", "Mulaik et al. (1989)") { $0 > 0.5 },
        FitCriterion("pcfi", "PCFI", .bounded(3), "> .50", "Mulaik et al. (1989)") { $0 > 0.5 },
        FitCriterion("rmsea", "RMSEA", .bounded(3), "≤ .06", "Hu & Bentler (1999)") { $0 <= 0.06 },
        FitCriterion("srmr", "SRMR", .bounded(3), "≤ .08", "Hu & Bentler (1999)") { $0 <= 0.08 },
        FitCriterion("aic", "AIC", .fixed(1)),
        FitCriterion("bic", "BIC", .fixed(1)),
    ]

    init(
        _ measure: String, _ title: RichText, _ format: NumberFormat, _ rule: String = "", _ source: String = "",
        isMet: (@Sendable (Double) -> Bool)? = nil
    ) {
        self.measure = measure
        self.title = title
        self.format = format
        self.rule = rule
        self.source = source
        self.isMet = isMet
    }
}

extension Table {
    /// The fit of one model against the usual cut-offs, each with its source.
    public static func fit(_ measures: FitMeasures, title: RichText = "Fit of the Model") -> Table {
        var rows: [Row] = []
        for criterion in FitCriterion.standard {
            guard let value = measures[criterion.measure] else { continue }
            var cells: [Cell] = [.text(criterion.title), .number(value, criterion.format)]
            cells += [
                .text(RichText(criterion.rule)), .text(RichText(criterion.source)),
                .text(criterion.isMet.map { $0(value) ? "met" : "not met" } ?? ""),
            ]
            rows.append(Row(cells))
            if criterion.measure == "rmsea" {
                rows.append(
                    Row(
                        [
                            "90% CI",
                            .interval(measures["rmsea.ci.lower"], measures["rmsea.ci.upper"], .bounded(3)), "", "", "",
                        ], indentation: 1))
                rows.append(
                    Row(
                        [
                            .text("\(emphasis: "p") (RMSEA ≤ .05)"), .probability(measures["rmsea.pvalue"]), "", "", "",
                        ], indentation: 1))
            }
        }
        return Table(
            title: title,
            columns: [Column("Measure"), Column("Value"), Column("Cut-off"), Column("Source"), Column("Result")],
            rows: rows,
            notes: Notes(general: [
                "Cut-offs are rules of thumb; they depend on the model and the sample (Marsh et al., 2004). GFI and AGFI are those of LISREL and AMOS."
            ]))
    }

    /// A model in a comparison.
    public struct ComparedModel: Sendable {
        /// The model's name.
        public var name: RichText
        /// Its fit measures.
        public var fit: FitMeasures
        /// The name of the model that it is compared with, and the test of the difference.
        public var difference: (chiSquare: Double, degreesOfFreedom: Int, pValue: Double?)?

        /// Makes a row.
        public init(
            name: RichText, fit: FitMeasures,
            difference: (chiSquare: Double, degreesOfFreedom: Int, pValue: Double?)? = nil
        ) {
            self.name = name
            self.fit = fit
            self.difference = difference
        }
    }

    /// Alternative models side by side, with their χ² differences from the first one.
    public static func comparison(_ models: [ComparedModel], title: RichText, note: RichText? = nil) -> Table {
        let hasDifference = models.contains { $0.difference != nil }
        var columns = [
            Column("Model"), Column("χ²"), Column("\(emphasis: "df")"), Column("χ²/\(emphasis: "df")"), Column("CFI"),
            Column("TLI"), Column("RMSEA"), Column("SRMR"), Column("AIC"), Column("BIC"),
        ]
        if hasDifference { columns += [Column("Δχ²"), Column("Δ\(emphasis: "df")"), Column("\(emphasis: "p")")] }
        let rows = models.map { model in
            var cells: [Cell] = [
                .text(model.name), .number(model.fit["chisq"], .fixed(2)), .number(model.fit["df"], .integer),
                .number(model.fit["chisq/df"], .fixed(2)), .number(model.fit["cfi"], .bounded(3)),
                .number(model.fit["tli"], .bounded(3)), .number(model.fit["rmsea"], .bounded(3)),
                .number(model.fit["srmr"], .bounded(3)), .number(model.fit["aic"], .fixed(1)),
                .number(model.fit["bic"], .fixed(1)),
            ]
            if hasDifference {
                cells +=
                    model.difference.map {
                        [.number($0.chiSquare, .fixed(2)), .integer($0.degreesOfFreedom), .probability($0.pValue)]
                    } ?? [.empty, .empty, .empty]
            }
            return Row(cells)
        }
        var general: [RichText] = []
        let sizes = Set(models.compactMap { $0.fit["ntotal"] })
        if sizes.count == 1, let size = sizes.first { general.append("\(emphasis: "N") = \(size, .integer).") }
        if hasDifference { general.append("Differences are from the first model (likelihood-ratio test).") }
        if let note { general.append(note) }
        return Table(title: title, columns: columns, rows: rows, notes: Notes(general: general))
    }
}
