/// A published table of means, standard deviations and correlations, of one sample or of several one below the other.
public struct PublishedCorrelations: AuditedTable {
    /// Its columns and options.
    public static let kind = TableKind(
        "correlations",
        "means, standard deviations and a triangle of correlations with stars; what stands on the diagonal in parentheses is a "
            + "reliability or AVE, what stands there in brackets an ICC",
        columns: [
            .init(
                "variable", heads: ["", "variables", "construct", "constructs", "factor", "factors", "measure"],
                "the names of the variables"),
            .init("sample", heads: ["level"], "the sample of a block of variables, in its first row or in all"),
            .init("mean", heads: ["m", "means"], "means"),
            .init("sd", heads: ["s.d.", "std. dev.", "standard deviation", "std. deviation"], "standard deviations"),
            .init("alpha", heads: ["α", "cronbach's α", "cronbach's alpha", "cronbach α"], "Cronbach's alpha"),
            .init("ave", heads: ["average variance extracted"], "average variance extracted"),
            .init("vif", heads: ["variance inflation factor"], "variance inflation factors"),
            .init("icc", heads: ["icc(1)", "icc1"], "intraclass correlations"),
        ],
        options: [
            .init("sample", "the sample of the correlations, by name or size; the paper's by default"),
            .init("diagonal", "what stands on the diagonal: `alpha`, `AVE`, `root AVE`, `ICC` or `none` (default)"),
            .init("brackets", "what stands in brackets on the diagonal: `ICC` (default) or `none`"),
            .init(
                "upper",
                "what stands above the diagonal if it is something else than below: the name of another sample, or `other`"
            ),
            .init("vif below", "the bound that the paper says all variance inflation factors stay below"),
            .init("outcome", "the variables that predict nothing, separated by commas, so that they have no VIF"),
        ])

    /// Its cells as they were typed.
    public let source: PastedTable
    /// The correlations, in blocks of one sample each.
    let blocks: [CorrelationBlock]
    let vifBelow: PrintedNumber?
    let outcomes: [String]

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        vifBelow = try table.number(option: "vif below")
        outcomes = table.options["outcome"]?.text.split { ",;".contains($0) }.map { trimmed($0) } ?? []
        blocks = try CorrelationBlock.blocks(of: table)
    }

    /// Checks its figures, within the table and against what the paper says elsewhere.
    public func checks(in paper: Paper) -> [AuditCheck] {
        var checks: [AuditCheck] = []
        for block in blocks {
            checks += block.rangeChecks(in: self)
            checks += block.starChecks(in: self, of: paper)
            checks += block.definitenessChecks(in: self)
            checks += block.inflationChecks(in: self)
            checks += block.discriminantChecks(in: self, of: paper)
            checks += block.repetitionChecks(in: self, of: paper)
        }
        return checks
    }
}
