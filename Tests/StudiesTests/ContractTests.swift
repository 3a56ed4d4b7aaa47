import Datasets
import Psychometrics
import Reporting
import StructuralModels
import Testing

@testable import Studies

/// The documents that scripts rely on: every field there, in the field's own names, missing figures null.
@Suite struct ContractTests {
    private let data: Dataset

    init() throws { data = try Dataset.read(path: TestFiles.path("political_democracy.csv")).dataset }

    private func rows(_ json: JSON?) -> [JSON] { if case .array(let rows)? = json { rows } else { [] } }

    private func names(_ json: JSON?) -> [String] {
        if case .object(let members)? = json { members.map(\.0) } else { [] }
    }

    @Test func structuralModel() throws {
        let result = try StructuralAnalysis(model: "f =~ x1 + x2 + x3\ny1 ~ f\ny5 ~ y1 + f\nc := 2").run(data)
        let document = result.contract(modificationIndices: true, residuals: true)
        #expect(
            names(document) == [
                "assay", "analysis", "warnings", "converged", "iterations", "nobs", "ngroups", "fit", "estimates",
                "rsquare", "effects", "modindices", "residuals",
            ])
        for row in rows(document["estimates"]) {
            #expect(
                names(row) == [
                    "lhs", "op", "rhs", "block", "label", "est", "se", "z", "pvalue", "ci.lower", "ci.upper", "std.lv",
                    "std.all", "std.nox", "std.all.se", "std.all.pvalue", "std.all.ci.lower", "std.all.ci.upper",
                ])
        }
        // A fixed loading has no test.
        let marker = try #require(rows(document["estimates"]).first)
        #expect(marker["est"] == .number(1))
        #expect(marker["se"] == .number(0))
        #expect(marker["z"] == .null)
        #expect(marker["pvalue"] == .null)
        #expect(names(document["fit"]).prefix(6) == ["npar", "ntotal", "fmin", "chisq", "df", "pvalue"])
        #expect(rows(document["effects"]).count == 7)
        #expect(names(rows(document["modindices"]).first).prefix(5) == ["lhs", "op", "rhs", "mi", "epc"])
    }

    @Test func descriptives() throws {
        let document = try DescriptiveAnalysis(data, variables: ["x1", "y1"]).contract
        #expect(
            names(document) == [
                "assay", "analysis", "warnings", "n", "variables", "correlations", "correlation.pvalues", "mardia",
            ])
        #expect(
            names(rows(document["variables"]).first) == [
                "variable", "n", "missing", "mean", "sd", "min", "max", "median", "skew", "kurtosis", "vif",
            ])
        // One variable has no collinearity; the field is there.
        let single = try DescriptiveAnalysis(data, variables: ["x1"]).contract
        #expect(rows(single["variables"]).first?["vif"] == .null)
    }

    @Test func reliabilityAndFactors() throws {
        let analysis = try ReliabilityAnalysis(data, scales: [.init(name: "dem", items: ["y1", "y2", "y3", "y4"])])
        let scale = rows(analysis.contract["scales"]).first
        #expect(
            names(scale) == [
                "name", "n", "alpha", "alpha.ci.lower", "alpha.ci.upper", "alpha.std", "omega", "mean.interitem.r",
                "composite.reliability", "ave", "items",
            ])
        #expect(
            names(rows(scale?["items"]).first) == ["item", "mean", "sd", "citc", "alpha.if.dropped", "loading.std"])
        // psych 2.2.9, alpha(): raw_alpha 0.858794526213.
        guard case .number(let alpha)? = scale?["alpha"] else {
            Issue.record("no alpha")
            return
        }
        #expect(abs(alpha - 0.858794526213) < 1e-10)
        let factors = try FactorAnalysis(
            data, items: ["y1", "y2", "y3", "y4"], factors: 1, method: .minimumResiduals, rotation: .none)
        for name in [
            "n", "items", "loadings", "communalities", "eigenvalues", "kmo", "bartlett", "factor.correlations",
        ] {
            #expect(names(factors.contract).contains(name))
        }
    }

    @Test func aVariableNamedTwiceIsRefused() {
        #expect(throws: AnalysisError.namedTwice("x1")) { try DescriptiveAnalysis(data, variables: ["x1", "x1"]) }
        #expect(throws: AnalysisError.namedTwice("x1")) {
            try ReliabilityAnalysis(data, scales: [.init(name: "s", items: ["x1", "x1"])])
        }
    }
}
