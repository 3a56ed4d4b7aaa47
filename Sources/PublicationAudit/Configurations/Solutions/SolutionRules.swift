extension AuditRule {
    /// The order of the figures of one configuration.
    public static let configurationBounds = AuditRule(
        "configuration-bounds", "Coverage and consistency of a configuration",
        basis: "0 ≤ unique coverage ≤ raw coverage ≤ 1 and 0 ≤ consistency ≤ 1 (Ragin, 2006, eq. 1–2)")

    /// PRI against consistency.
    public static let configurationPRI = AuditRule(
        "configuration-pri", "PRI against consistency",
        basis:
            "PRI = (S − c) / (X − c) ≤ S / X = consistency, with c = Σ min(x, y, 1 − y) (Schneider & Wagemann, 2012, p. 242)"
    )

    /// What configurations have in common.
    public static let sharedCoverage = AuditRule(
        "configuration-overlap", "Raw less unique coverage",
        basis:
            "what a configuration shares with others, r − u, is at most the sum of what those share; with two configurations "
            + "r₁ − u₁ = r₂ − u₂ (from Ragin, 2006)")

    /// Coverage of a solution from those of its configurations.
    public static let solutionCoverage = AuditRule(
        "solution-coverage", "Solution coverage from raw and unique coverage",
        basis:
            "r_c + Σ u of the others ≤ R ≤ u_c + Σ r of the others, for every configuration (from Ragin, 2006); with two, equal"
    )

    /// Consistency of a solution from those of its configurations.
    public static let solutionConsistency = AuditRule(
        "solution-consistency", "Solution consistency from the configurations",
        basis:
            "the size R / K and the part outside the outcome R (1/K − 1) of a solution lie between the largest and the sum of "
            + "those of its configurations, r/k and r (1/k − 1) (from Ragin, 2006, eq. 1–2)")

    /// A solution of one configuration.
    public static let singleConfiguration = AuditRule(
        "single-configuration", "A solution of one configuration",
        basis: "raw, unique and solution coverage are the same, and so are the two consistencies")

    /// Exchanged labels.
    public static let solutionLabels = AuditRule(
        "solution-labels", "Labels of the rows",
        basis: "every exchange of the labels is tried; those are named under which all figures agree")

    /// Configurations that contain each other.
    public static let nestedConfigurations = AuditRule(
        "nested-configurations", "A configuration within another",
        basis:
            "a configuration with all conditions of another and more is a subset of it, so that its unique coverage is 0 and its "
            + "raw coverage not larger")

    /// Whole numbers of cases.
    public static let crispCounts = AuditRule(
        "crisp-counts", "Crisp sets: whole numbers of cases",
        basis: "coverage × cases with the outcome, and consistency × cases of the configuration, are whole numbers")

    /// Cut-offs.
    public static let consistencyCuts = AuditRule(
        "consistency-cuts", "Cut-offs of consistency, PRI and cases",
        basis: "the cut-offs that the text states are met, and one of each is stated")

    /// Cut-off of cases.
    public static let frequencyCut = AuditRule(
        "frequency-cut", "Cut-off of cases per row",
        basis:
            "with many cases, rows of one case may be errors of measurement; 1 to 3 % of the cases or more are usual, as long as "
            + "80 % of the cases stay (Ragin, 2008, p. 133; Greckhamer et al., 2018)")

    /// Core and auxiliary conditions.
    public static let coreConditions = AuditRule(
        "core-conditions", "Core and auxiliary conditions",
        basis:
            "the symbols of core and auxiliary conditions differ, and every configuration has a core condition (Fiss, 2011)"
    )

    /// What the text says of the solution.
    public static let solutionText = AuditRule(
        "solution-text", "The solution in the text", basis: "the text repeats the figures of the table")

    /// Coverage of the three solutions.
    public static let solutionOrder = AuditRule(
        "solution-order", "Complex, intermediate and parsimonious solution",
        basis:
            "of the same rows, coverage does not fall from the complex to the intermediate to the parsimonious solution"
    )

    static let solutionRules: [AuditRule] = [
        .configurationBounds, .configurationPRI, .sharedCoverage, .solutionCoverage, .solutionConsistency,
        .singleConfiguration, .solutionLabels, .nestedConfigurations, .crispCounts, .consistencyCuts, .frequencyCut,
        .coreConditions, .solutionText, .solutionOrder,
    ]
}
