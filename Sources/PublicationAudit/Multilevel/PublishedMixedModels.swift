/// A published table of mixed (multilevel) models side by side: coefficients with standard errors, variance components, pseudo-R².
public struct PublishedMixedModels: AuditedTable {
    /// Its columns and options.
    public static let kind = TableKind(
        "mixed models",
        "multilevel models in columns: coefficients with standard errors in parentheses (or in a row of their own below) and stars; "
            + "below them variance components, pseudo-R², χ² of the intercept variance, deviance, ICC",
        columns: [
            .init("term", heads: ["", "variable", "variables", "predictor", "predictors"], "the names of the rows")
        ],
        options: [
            .init("outcome", "the outcome, by a name of its construct"),
            .init("level 1", "the sample of the rows of the data, such as occasions; the largest by default"),
            .init("level 2", "the sample of the groups, such as persons; the largest of the others by default"),
            .init("method", "`REML` or `ML`, if the paper says so"),
            .init("df", "degrees of freedom of the t tests, if the paper says so"),
        ]
            + MixedModelRow.allCases.map {
                .init($0.rawValue, "the name of the row with the \($0.meaning), if it is not recognised")
            })

    /// One column of the table.
    struct Model: Sendable {
        let name: String
        var coefficients: [Coefficient] = []
        var components: [MixedModelRow: PrintedNumber] = [:]

        /// Whether a slope varies between groups, with which the variance between groups depends on where the predictor is zero.
        var hasRandomSlope = false

        /// The names of its terms without the intercept, simplified.
        var terms: Set<String> { Set(coefficients.map(\.key)).subtracting(["intercept", "constant"]) }
    }

    /// A coefficient of a model.
    struct Coefficient: Sendable {
        let term: String
        /// The term, simplified.
        let key: String
        let estimate: PrintedNumber
        var standardError: PrintedNumber?
        let marks: String
    }

    /// Its cells as they were typed.
    public let source: PastedTable
    let models: [Model]
    let outcome: String?
    let method: String?
    let degreesOfFreedom: PrintedNumber?

    /// Reads the cells.
    ///
    /// - Throws: ``AuditFault`` with the line of what cannot be read.
    public init(_ table: PastedTable) throws(AuditFault) {
        source = table
        outcome = table.options["outcome"]?.text
        method = try table.word(option: "method", of: ["REML", "ML"])
        degreesOfFreedom = try table.number(option: "df")
        let names = try table.column("term", of: Self.kind) ?? 0
        let columns = table.text.columns.indices.filter { $0 != names }
        var models = columns.map { Model(name: table.text.columns[$0]) }
        for row in table.text.rows {
            let label = table.string(row, names)
            let component =
                MixedModelRow.allCases.first { table.options[$0.rawValue].map(\.text) == label }
                ?? MixedModelRow(label: label)
            let key = simplified(label)
            for (place, column) in columns.enumerated() {
                guard let cell = try table.cell(row, column) else { continue }
                if let component {
                    models[place].components[component] = cell.figure
                } else if let estimate = cell.figure {
                    models[place].coefficients.append(
                        Coefficient(
                            term: label, key: key, estimate: estimate, standardError: cell.inParentheses,
                            marks: cell.marks))
                } else if let error = cell.inParentheses, let last = models[place].coefficients.indices.last,
                    label.isEmpty || models[place].coefficients[last].key == key
                {
                    models[place].coefficients[last].standardError = error
                }
            }
        }
        // Where coefficients have standard errors, a row without is something else, such as the variance of a slope.
        if models.contains(where: { $0.coefficients.contains { $0.standardError != nil } }) {
            for place in models.indices {
                models[place].hasRandomSlope = models[place].coefficients.contains {
                    $0.standardError == nil && ($0.key.contains("slope") || $0.key.hasPrefix("τ1"))
                }
                models[place].coefficients.removeAll { $0.standardError == nil }
            }
        }
        self.models = models
    }

    /// Checks its figures, within the table and against what the paper says elsewhere.
    public func checks(in paper: Paper) -> [AuditCheck] {
        var checks = starChecks(in: paper)
        checks += componentTestChecks(in: paper)
        checks += intraclassChecks(in: paper)
        checks += explainedVarianceChecks(in: paper)
        checks += standardErrorChecks(in: paper)
        checks += devianceChecks()
        return checks
    }

    /// The sizes of level 1 and level 2, as far as the paper says.
    func levels(in paper: Paper) -> (rows: Double, groups: [Sample])? {
        let known = paper.samples.filter { $0.size.isWhole && $0.size.value > 1 }
        let named = source.options["level 1"].flatMap { paper.sampleSize($0.text)?.value }
        guard let rows = named ?? known.map(\.size.value).max() else { return nil }
        let smaller = known.filter { $0.size.value < rows }.sorted { $0.size.value > $1.size.value }
        guard let option = source.options["level 2"]?.text else { return (rows, smaller) }
        return (rows, paper.sampleSize(option).map { [Sample(option, size: $0)] } ?? [])
    }

    /// Whether a term varies within groups (a factor of it was measured at level 1), as far as the constructs say; `nil` if they do not.
    func isLevelOne(_ term: String, rows: Double, in paper: Paper) -> Bool? {
        let known = factors(of: term).map { factor in
            paper.construct(factor)?.sample.flatMap { paper.sampleSize($0)?.value == rows }
        }
        if known.contains(true) { return true }
        return known.contains(nil) ? nil : false
    }
}

/// The factors of a product term: `W × M`, `W*M`, `W:M`, `W x M`.
func factors(of term: String) -> [String] {
    var text = term
    for sign in ["×", ":", "·", " x ", " X "] { text = text.components(around: sign).joined(separator: "*") }
    return text.split(separator: "*").map { trimmed($0) }
}

/// A row of a table of mixed models that is no coefficient.
public enum MixedModelRow: String, Sendable, Hashable, CaseIterable {
    /// Variance between groups, τ₀₀.
    case between
    /// Variance within groups, σ².
    case within
    /// Pseudo-R² of level 1.
    case rSquaredLevel1 = "r2 level 1"
    /// Pseudo-R² of level 2.
    case rSquaredLevel2 = "r2 level 2"
    /// R² of the fixed part.
    case marginal = "marginal r2"
    /// R² of the fixed and the random part.
    case conditional = "conditional r2"
    /// χ² of the variance between groups.
    case chiSquare = "chi2"
    /// −2 log likelihood.
    case deviance
    /// Intraclass correlation.
    case icc
    /// A count, a criterion or a test that no rule reads.
    case other

    /// What it holds.
    var meaning: String {
        switch self {
        case .between: "variance between groups (τ00)"
        case .within: "variance within groups (σ²)"
        case .rSquaredLevel1: "pseudo-R² of level 1"
        case .rSquaredLevel2: "pseudo-R² of level 2"
        case .marginal: "R² of the fixed part"
        case .conditional: "R² of the fixed and the random part"
        case .chiSquare: "χ² of the variance between groups"
        case .deviance: "deviance (−2 log likelihood)"
        case .icc: "intraclass correlation"
        case .other: "figures that are no coefficients and not checked"
        }
    }

    /// Recognises the name that a paper gives a row.
    init?(label: String) {
        let text = String(
            simplified(label).filter { !"=".contains($0) }.map { $0 == "²" ? "2" : $0 == "₀" ? "0" : $0 })
        let names: [(MixedModelRow, [String])] = [
            (
                .between,
                [
                    "betweengroupvariance", "betweenvariance", "τ00", "tau00", "τ", "interceptvariance",
                    "level2variance",
                    "betweenpersonvariance", "varianceintercept", "level2interceptvariance", "betweengroupvarianceτ00",
                ]
            ),
            (
                .within,
                [
                    "withingroupvariance", "withinvariance", "residualvariance", "residual", "σ2", "sigma2",
                    "level1variance",
                    "withinpersonvariance", "level1residualvariance", "withingroupvarianceσ2",
                ]
            ),
            (.chiSquare, ["x2", "χ2", "chi2", "chisquare", "χ2τ00"]),
            (.deviance, ["deviance", "2loglikelihood", "2ll", "2loglikelihooddeviance", "−2loglikelihood"]),
            (.icc, ["icc", "icc1", "intraclasscorrelation"]),
            (
                .other,
                [
                    "n", "observations", "groups", "aic", "bic", "r2", "adjustedr2", "df", "f", "loglikelihood",
                    "numberofobservations", "numberofgroups", "δdeviance", "δχ2",
                ]
            ),
        ]
        if let row = names.first(where: { $0.1.contains(text) })?.0 {
            self = row
            return
        }
        guard text.contains("r2") || text.contains("rsquared") else { return nil }
        if text.contains("marginal") {
            self = .marginal
        } else if text.contains("conditional") {
            self = .conditional
        } else if text.hasSuffix("level1") || text.hasSuffix("l1") || text.contains("within") {
            self = .rSquaredLevel1
        } else if text.hasSuffix("level2") || text.hasSuffix("l2") || text.contains("between") {
            self = .rSquaredLevel2
        } else if text.contains("pseudo") {
            self = .rSquaredLevel1
        } else {
            return nil
        }
    }
}
