/// A rule of thumb for the size of a sample: quick, widely quoted, and blind to effects, power and the design.
public struct RuleOfThumb: Sendable, Hashable {
    /// The rule.
    public let name: String
    /// The rule with the study's figures in it.
    public let arithmetic: String
    /// The cases it asks for.
    public let sampleSize: Int
    /// Who proposed it.
    public let source: String
    /// What it takes no account of.
    public let ignores: String

    /// What rules of thumb ask of a study; nil where it does not apply.
    public struct Features: Sendable, Hashable {
        /// Indicators (observed variables) of a structural model.
        public var indicators: Int?
        /// Free parameters q of a structural model.
        public var freeParameters: Int?
        /// Items of an exploratory factor analysis.
        public var items: Int?
        /// Predictors m of a regression.
        public var predictors: Int?
        /// Whether cases are clustered: persons in teams, days in persons.
        public var isMultilevel: Bool

        /// Creates features.
        public init(
            indicators: Int? = nil, freeParameters: Int? = nil, items: Int? = nil, predictors: Int? = nil,
            isMultilevel: Bool = false
        ) {
            (self.indicators, self.freeParameters, self.items) = (indicators, freeParameters, items)
            (self.predictors, self.isMultilevel) = (predictors, isMultilevel)
        }
    }

    /// The rules that apply to a study.
    ///
    /// - Throws: ``PowerError`` for counts below one, or where nothing is given.
    public static func rules(for features: Features) throws(PowerError) -> [RuleOfThumb] {
        let counts = [
            (features.indicators, "the number of indicators"),
            (features.freeParameters, "the number of free parameters"),
            (features.items, "the number of items"), (features.predictors, "the number of predictors"),
        ]
        for case (let count?, let what) in counts {
            try PowerError.verify(count: Double(count), what, from: 1, through: 1_000_000)
        }
        var rules: [RuleOfThumb] = []
        func add(_ name: String, _ arithmetic: String, _ size: Int, _ source: String, _ ignores: String) {
            rules.append(
                RuleOfThumb(name: name, arithmetic: arithmetic, sampleSize: size, source: source, ignores: ignores))
        }
        let model = "size of loadings, indicators per factor, effects, power, missing values"
        if let p = features.indicators {
            add("10 per indicator", "10 × \(p)", 10 * p, "Nunnally (1978)", model)
            add("20 per indicator", "20 × \(p)", 20 * p, "Lindeman, Merenda & Gold (1980)", model)
        }
        if let q = features.freeParameters {
            add("5 per free parameter", "5 × \(q)", 5 * q, "Bentler & Chou (1987), normal data", model)
            add("10 per free parameter", "10 × \(q)", 10 * q, "Bentler & Chou (1987), other data", model)
            add("20 per free parameter (N:q)", "20 × \(q)", 20 * q, "Jackson (2003)", model)
        }
        if features.indicators != nil || features.freeParameters != nil {
            add("N ≥ 200", "200", 200, "Boomsma (1985); Kline (2016)", "everything about the model")
        }
        if let items = features.items {
            let ignores = "communalities and the number of items per factor, which decide (MacCallum et al. 1999)"
            add("5 per item", "5 × \(items)", 5 * items, "Gorsuch (1983)", ignores)
            add("10 per item", "10 × \(items)", 10 * items, "Everitt (1975)", ignores)
        }
        if let m = features.predictors {
            let ignores = "the size of the effect (a medium one is taken for granted)"
            add("50 + 8m for R²", "50 + 8 × \(m)", 50 + 8 * m, "Green (1991)", ignores)
            add("104 + m for coefficients", "104 + \(m)", 104 + m, "Green (1991)", ignores)
        }
        if features.isMultilevel {
            let ignores = "the intraclass correlation, effects and power at either level"
            add("30 groups of 30", "30 × 30", 900, "Kreft (1996)", ignores)
            add("50 groups of 20, for cross-level effects", "50 × 20", 1000, "Hox (1998)", ignores)
            add("100 groups of 10, for variances", "100 × 10", 1000, "Hox (1998)", ignores)
            add(
                "50 groups at least", "50 groups of 5 or more", 250, "Maas & Hox (2005)",
                ignores + "; it keeps the standard errors of level 2 right, no more")
        }
        guard !rules.isEmpty else {
            throw .request(
                "no rule of thumb applies: name the number of indicators, free parameters, items or predictors, or say that "
                    + "the design is multilevel")
        }
        return rules
    }
}
