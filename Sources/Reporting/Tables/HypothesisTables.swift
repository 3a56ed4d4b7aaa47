import Probability
public import StructuralModels

/// What became of a hypothesis.
public struct HypothesisVerdict: Sendable, Equatable, Codable {
    /// The ways a test can end.
    public enum Outcome: String, Sendable, Codable {
        /// The figure differs from zero in the direction that was expected.
        case supported
        /// The figure does not differ from zero.
        case notSupported = "not supported"
        /// The figure differs from zero in the other direction.
        case contradicted
        /// There is no figure, for example as the model could not be estimated.
        case untested = "not tested"

        /// The word of the table.
        public var title: String {
            switch self {
            case .supported: "Supported"
            case .notSupported: "Not supported"
            case .contradicted: "Contradicted"
            case .untested: "Not tested"
            }
        }
    }

    /// The short name, such as H1.
    public var name: String
    /// The claim in words.
    public var claim: String
    /// What was tested: `IL → KM`.
    public var test: String
    /// The expectation: positive, negative or nonzero.
    public var expectation: String
    /// The level of significance.
    public var alpha: Double
    /// The model that was asked.
    public var model: String?
    /// The estimate with its standard error.
    public var estimate: Inference?
    /// The standardised estimate.
    public var standardized: Double?
    /// What the bootstrap says, when the verdict rests on it.
    public var bootstrap: BootstrapResult.Summary?
    /// The verdict.
    public var outcome: Outcome
    /// The path that was tested, from cause to outcome, for the figure; empty for other tests.
    public var chain: [String]

    /// Makes a verdict.
    public init(
        name: String, claim: String, test: String, expectation: String, alpha: Double, model: String?,
        estimate: Inference?, standardized: Double?, bootstrap: BootstrapResult.Summary?, outcome: Outcome,
        chain: [String]
    ) {
        self.name = name
        self.claim = claim
        self.test = test
        self.expectation = expectation
        self.alpha = alpha
        self.model = model
        self.estimate = estimate
        self.standardized = standardized
        self.bootstrap = bootstrap
        self.outcome = outcome
        self.chain = chain
    }

    /// The probability on which the verdict rests.
    public var pValue: Double? { bootstrap == nil ? estimate?.pValue : bootstrap?.pValue }
}

extension Table {
    /// The paths of a structural model and the loadings of the constructs that they join, in the layout of AMOS users; of a
    /// model without paths, all loadings.
    public static func paths(
        _ rows: [ParameterEstimate], title: RichText = "Path Coefficients", alpha: Double = 0.05
    ) -> Table {
        let joined = Set(rows.filter { $0.op == "~" }.flatMap { [$0.lhs, $0.rhs] })
        return paths(
            regressions: rows.filter { $0.op == "~" },
            loadings: rows.filter { $0.op == "=~" && (joined.isEmpty || joined.contains($0.lhs)) }, title, alpha)
    }

    /// The loadings that ``paths(_:title:alpha:)`` leaves out: those of constructs below the ones that paths join; nil when
    /// there are none.
    public static func lowerOrderLoadings(
        _ rows: [ParameterEstimate], title: RichText = "Loadings of the Items", alpha: Double = 0.05
    ) -> Table? {
        let joined = Set(rows.filter { $0.op == "~" }.flatMap { [$0.lhs, $0.rhs] })
        let loadings = rows.filter { $0.op == "=~" && !joined.isEmpty && !joined.contains($0.lhs) }
        return loadings.isEmpty ? nil : paths(regressions: [], loadings: loadings, title, alpha)
    }

    private static func paths(
        regressions: [ParameterEstimate], loadings: [ParameterEstimate], _ title: RichText, _ alpha: Double
    ) -> Table {
        func row(_ outcome: String, _ cause: String, _ row: ParameterEstimate) -> Row {
            let isFree = row.isEstimated
            let isSignificant = row.raw.pValue.map { $0 < alpha }
            return Row([
                .text(RichText(outcome)), "←", .text(RichText(cause)), .number(row.raw.estimate, .fixed(3)),
                isFree ? .number(row.raw.standardError, .fixed(3)) : "", isFree ? .number(row.raw.z, .fixed(3)) : "",
                isFree ? .probability(row.raw.pValue) : "",
                .estimate(row.stdAll?.estimate, .bounded(3), p: isFree ? row.raw.pValue : nil),
                isFree ? .text(isSignificant.map { $0 ? "significant" : "not significant" } ?? "") : "",
            ])
        }
        let body = regressions.map { row($0.lhs, $0.rhs, $0) } + loadings.map { row($0.rhs, $0.lhs, $0) }
        return Table(
            title: title,
            columns: [
                Column("To"), Column("", alignment: .center), Column("From"), Column("Estimate"), Column("S.E."),
                Column("C.R."), Column("\(emphasis: "p")"), Column("Std."), Column("Result"),
            ], rows: body,
            notes: Notes(
                general: [
                    "C.R. = critical ratio (estimate over standard error). Loadings without standard error are fixed. Maximum likelihood; standard errors from the expected information. Significance at α = \(NumberFormat.bounded(alpha < 0.01 ? 3 : 2).string(alpha))."
                ], probability: SignificanceStars.standard.note))
    }

    /// The hypotheses with their figures and verdicts.
    public static func hypotheses(_ verdicts: [HypothesisVerdict], title: RichText = "Tests of the Hypotheses") -> Table
    {
        let hasBootstrap = verdicts.contains { $0.bootstrap != nil }
        let hasStandardized = verdicts.contains { $0.standardized != nil || $0.estimate == nil }
        let rows = verdicts.map { verdict in
            let level: (Double?, Double?) =
                verdict.bootstrap.map { ($0.lower, $0.upper) } ?? (verdict.estimate?.lower, verdict.estimate?.upper)
            var estimate = Cell.number(verdict.estimate?.estimate, .fixed(3))
            if verdict.bootstrap != nil { estimate = estimate.marked("a") }
            let standardized = hasStandardized ? [Cell.number(verdict.standardized, .bounded(3))] : []
            return Row(
                [
                    .text(RichText(verdict.name)),
                    .text(RichText(verdict.claim)), .text(RichText(verdict.test)), estimate,
                    .interval(level.0, level.1, .fixed(3)), .probability(verdict.pValue),
                ] + standardized + [
                    Cell(.text(RichText(verdict.outcome.title)), isStrong: verdict.outcome == .supported)
                ])
        }
        let alphas = Set(verdicts.map(\.alpha)).sorted()
        let levels = alphas.map { NumberFormat.bounded($0 < 0.01 ? 3 : 2).string($0) }.joined(separator: ", ")
        return Table(
            title: title,
            columns: [
                Column("H"), Column("Claim"), Column("Test"), Column("Estimate"), Column("95% CI"),
                Column("\(emphasis: "p")"),
            ] + (hasStandardized ? [Column("Std.")] : []) + [Column("Verdict")], rows: rows,
            notes: Notes(
                general: [
                    "A hypothesis counts as supported when the two-sided \(emphasis: "p") is below α (\(levels)) and the estimate has the expected sign."
                ],
                specific: hasBootstrap
                    ? [.init("a", "Interval and \(emphasis: "p") are those of the bootstrap.")] : []))
    }
}
