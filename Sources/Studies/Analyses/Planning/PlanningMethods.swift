/// What a plan was computed by, as the methods section of a paper says it.
public enum PlanningMethods: Sendable {
    /// Rules of thumb.
    case rules
    /// An estimate for a population.
    case population
    /// A test.
    case test
    /// An effect of another study.
    case estimate
    /// RMSEA.
    case modelFit
    /// Parameters of a structural model, perhaps simulated.
    case model(isSimulated: Bool)
    /// Clustered data, perhaps simulated.
    case multilevel(isSimulated: Bool)

    /// What a methods section says, in sentences.
    var sentences: [String] {
        switch self {
        case .rules:
            ["Rules of thumb for the sample size are given with their sources; they do not take power into account."]
        case .population:
            ["Sample sizes for the population follow Cochran (1977) with the finite-population correction."]
        case .test: ["The power of the tests was computed after Cohen (1988) from non-central distributions."]
        case .estimate:
            [
                "The power to find an effect as large as another study estimated it rests on the ratio of estimate and standard error."
            ]
        case .modelFit: ["The power of the tests of model fit was computed by RMSEA (MacCallum et al., 1996)."]
        case .model(let isSimulated):
            [
                "The power to find parameters of structural models was computed by the non-centrality of the likelihood-ratio test (Satorra & Saris, 1985).",
                isSimulated
                    ? "It was also simulated: samples were drawn from the population and the model fitted to each (Muthén & Muthén, 2002)."
                    : "",
            ].filter { !$0.isEmpty }
        case .multilevel(let isSimulated):
            [
                "The power of effects in clustered data was computed from their expected standard errors (Snijders, 2005).",
                isSimulated ? "It was also simulated by mixed models (REML) fitted to samples of the design." : "",
            ].filter { !$0.isEmpty }
        }
    }

    var references: [Reference] {
        switch self {
        case .rules: [.bentlerChou, .green, .jackson, .kline, .lindeman, .maasHox]
        case .population: [.cochran, .krejcieMorgan, .yamane]
        case .test: [.cohen]
        case .estimate: [.hoenigHeisey]
        case .modelFit: [.macCallum]
        case .model(let isSimulated): [.satorraSaris] + (isSimulated ? [.macKinnon, .muthen] : [])
        case .multilevel: [.eldridge, .kish, .raudenbushLiu, .snijders, .snijdersBosker]
        }
    }

    /// The sources.
    enum Reference: String {
        case bentlerChou =
            "Bentler, P. M., & Chou, C.-P. (1987). Practical issues in structural modeling. Sociological Methods & Research, 16(1), 78–117."
        case cochran = "Cochran, W. G. (1977). Sampling techniques (3rd ed.). Wiley."
        case cohen =
            "Cohen, J. (1988). Statistical power analysis for the behavioral sciences (2nd ed.). Lawrence Erlbaum."
        case eldridge =
            "Eldridge, S. M., Ashby, D., & Kerry, S. (2006). Sample size for cluster randomized trials: Effect of coefficient of variation of cluster size and analysis method. International Journal of Epidemiology, 35(5), 1292–1300."
        case green =
            "Green, S. B. (1991). How many subjects does it take to do a regression analysis? Multivariate Behavioral Research, 26(3), 499–510."
        case hoenigHeisey =
            "Hoenig, J. M., & Heisey, D. M. (2001). The abuse of power: The pervasive fallacy of power calculations for data analysis. The American Statistician, 55(1), 19–24."
        case jackson =
            "Jackson, D. L. (2003). Revisiting sample size and number of parameter estimates: Some support for the N:q hypothesis. Structural Equation Modeling, 10(1), 128–141."
        case kish = "Kish, L. (1965). Survey sampling. Wiley."
        case kline =
            "Kline, R. B. (2016). Principles and practice of structural equation modeling (4th ed.). Guilford Press."
        case krejcieMorgan =
            "Krejcie, R. V., & Morgan, D. W. (1970). Determining sample size for research activities. Educational and Psychological Measurement, 30(3), 607–610."
        case lindeman =
            "Lindeman, R. H., Merenda, P. F., & Gold, R. Z. (1980). Introduction to bivariate and multivariate analysis. Scott, Foresman."
        case maasHox =
            "Maas, C. J. M., & Hox, J. J. (2005). Sufficient sample sizes for multilevel modeling. Methodology, 1(3), 86–92."
        case macCallum =
            "MacCallum, R. C., Browne, M. W., & Sugawara, H. M. (1996). Power analysis and determination of sample size for covariance structure modeling. Psychological Methods, 1(2), 130–149."
        case macKinnon =
            "MacKinnon, D. P., Lockwood, C. M., & Williams, J. (2004). Confidence limits for the indirect effect: Distribution of the product and resampling methods. Multivariate Behavioral Research, 39(1), 99–128."
        case muthen =
            "Muthén, L. K., & Muthén, B. O. (2002). How to use a Monte Carlo study to decide on sample size and determine power. Structural Equation Modeling, 9(4), 599–620."
        case raudenbushLiu =
            "Raudenbush, S. W., & Liu, X. (2000). Statistical power and optimal design for multisite randomized trials. Psychological Methods, 5(2), 199–213."
        case satorraSaris =
            "Satorra, A., & Saris, W. E. (1985). Power of the likelihood ratio test in covariance structure analysis. Psychometrika, 50(1), 83–90."
        case snijders =
            "Snijders, T. A. B. (2005). Power and sample size in multilevel linear models. In B. S. Everitt & D. C. Howell (Eds.), Encyclopedia of statistics in behavioral science (Vol. 3, pp. 1570–1573). Wiley."
        case snijdersBosker =
            "Snijders, T. A. B., & Bosker, R. J. (1993). Standard errors and sample sizes for two-level research. Journal of Educational Statistics, 18(3), 237–259."
        case yamane = "Yamane, T. (1967). Statistics: An introductory analysis (2nd ed.). Harper & Row."
    }
}
