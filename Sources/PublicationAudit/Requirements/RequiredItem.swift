/// Something that a kind of study must report.
public struct RequiredItem: Sendable, Hashable {
    /// Its name, as an audit file lists it under `also reported`: `CFI`.
    public let name: String
    /// What to add where it is missing.
    public let remedy: String
    /// The designs that ask for it.
    public let designs: [ReportedDesign]
    /// Heads of columns or names of rows that show it.
    let signs: [String]
    /// Kinds of tables that show it.
    let kinds: [String]

    init(_ name: String, _ designs: [ReportedDesign], signs: [String] = [], kinds: [String] = [], remedy: String) {
        self.name = name
        self.designs = designs
        self.signs = signs
        self.kinds = kinds
        self.remedy = remedy
    }

    /// Every item.
    public static let all: [RequiredItem] = measurement + structure + regressions + multilevel + configurations

    private static let models: [ReportedDesign] = [.cfa, .sem]

    private static let measurement = [
        RequiredItem(
            "reliability", [.scales, .cfa],
            signs: ["alpha", "cronbach's α", "cronbach's alpha", "omega", "CR", "composite reliability"],
            kinds: ["reliability"], remedy: "give alpha or omega of every scale, with its number of items"),
        RequiredItem(
            "standardised loadings", [.cfa], signs: ["std", "loading", "factor loading", "λ"], kinds: ["loadings"],
            remedy: "give the standardised loading of every item with its standard error"),
        RequiredItem(
            "discriminant validity", models, signs: ["HTMT", "Fornell-Larcker", "discriminant validity", "√AVE"],
            remedy:
                "give the correlations of the factors beside √AVE (Fornell & Larcker, 1981), or HTMT with intervals (Henseler et al., 2015)"
        ),
        RequiredItem(
            "chi-square", models, signs: ["χ²", "χ2", "chi-square", "chisq", "χ²/df", "χ2/df", "cmin", "cmin/df"],
            remedy: "give χ² with its degrees of freedom and p"),
        RequiredItem(
            "degrees of freedom", models, signs: ["df", "degrees of freedom", "d.f.", "χ² (df)"],
            remedy: "give the degrees of freedom, from which readers count the free parameters"),
        RequiredItem("CFI", models, signs: ["CFI"], remedy: "give the comparative fit index (Bentler, 1990)"),
        RequiredItem("TLI", models, signs: ["TLI", "NNFI"], remedy: "give the Tucker-Lewis index"),
        RequiredItem("RMSEA", models, signs: ["RMSEA"], remedy: "give RMSEA with its 90 % interval"),
        RequiredItem(
            "SRMR", models, signs: ["SRMR"], remedy: "give the standardised root mean square residual"),
    ]

    private static let structure = [
        RequiredItem(
            "structural paths", [.sem], kinds: ["paths"],
            remedy: "give estimate, standard error, p and standardised estimate of every path"),
        RequiredItem(
            "R²", [.sem, .regression], signs: ["R²", "R2", "R-squared", "R square", "adjusted R²"],
            remedy: "give the explained variance of every outcome"),
        RequiredItem(
            "indirect effect with interval", [.mediation],
            signs: ["indirect", "indirect effect", "mediation effect", "mediating effect"],
            kinds: ["effects"],
            remedy:
                "test the indirect effect itself: its estimate with a bootstrap or Monte Carlo interval, its draws and level, beside direct and total effect"
        ),
        RequiredItem(
            "interaction term", [.moderation], signs: ["interaction", "interaction term"],
            kinds: ["conditional effects"],
            remedy:
                "test the product of predictor and moderator, and give the effect of the predictor at named values of the moderator"
        ),
    ]

    private static let regressions = [
        RequiredItem(
            "standard errors", [.regression, .multilevel], signs: ["S.E.", "SE", "standard error"],
            kinds: ["mixed models", "paths"],
            remedy: "give the standard error or interval of every coefficient")
    ]

    private static let multilevel = [
        RequiredItem(
            "ICC", [.multilevel, .diary],
            signs: ["ICC", "ICC(1)", "ICC1", "intraclass correlation", "within-person variance"],
            remedy:
                "give the intraclass correlation of every variable measured at the lower level, or the variances of the null model"
        ),
        RequiredItem(
            "centring", [.multilevel, .diary], signs: ["centring", "centering"],
            remedy: "say of every predictor whether it is centred at the group mean, the grand mean, or not at all"),
        RequiredItem(
            "estimator", [.multilevel, .cfa, .sem], signs: ["estimator", "REML", "ML", "MLR"],
            remedy: "name the estimator and how missing data were treated"),
        RequiredItem(
            "variance components", [.multilevel],
            signs: ["τ00", "τ²", "σ²", "variance component", "variance components", "residual variance"],
            kinds: ["mixed models"],
            remedy: "give the variances of the random effects and of the residual"),
        RequiredItem(
            "compliance", [.diary], signs: ["compliance", "response rate", "completed", "valid diaries"],
            remedy: "give how many occasions were planned and answered, and the spread over persons"),
    ]

    private static let configurations = [
        RequiredItem(
            "calibration anchors", [.qca],
            signs: ["full non-membership", "crossover", "crossover point", "full membership", "fully in"],
            kinds: ["calibration"],
            remedy: "give the three anchors of every condition and of the outcome, with their reasons"),
        RequiredItem(
            "necessity", [.qca], signs: ["necessity", "consistency of necessity", "RoN"], kinds: ["necessity"],
            remedy:
                "give consistency and coverage of the necessity of every condition and its negation, for outcome and negated outcome"
        ),
        RequiredItem(
            "truth table", [.qca], signs: ["truth table"], kinds: ["truth table"],
            remedy:
                "give the truth table with the number of cases, consistency and PRI of every row, and the thresholds used"
        ),
        RequiredItem(
            "PRI", [.qca], signs: ["PRI", "PRI consistency"],
            remedy:
                "give the proportional reduction in inconsistency, which shows rows that speak for outcome and negation alike"
        ),
        RequiredItem(
            "negated outcome", [.qca], signs: ["negated outcome", "absence of outcome"],
            remedy: "give the solution for the negated outcome"),
    ]
}
