import LinearAlgebra
import Probability
public import Psychometrics

extension Table {
    /// The loadings of an exploratory factor analysis; those of at least .40 in bold.
    public static func loadings(
        _ analysis: ExploratoryFactorAnalysis, labels: VariableLabels = .none
    ) -> Table {
        let k = analysis.loadings.columns
        let letter = analysis.method == .principalComponents ? "C" : "F"
        var columns = [Column("Item")]
        for j in 0..<k { columns.append(Column("\(letter)\(j + 1)")) }
        columns.append(Column("\(emphasis: "h")\(super: "2")"))
        var rows = analysis.items.enumerated().map { i, item in
            Row(
                [.text(labels.text(item))]
                    + (0..<k).map { j in
                        let value = analysis.loadings[i, j]
                        return Cell(.number(value, .bounded(2)), isStrong: abs(value) >= 0.4)
                    } + [.number(analysis.communalities[i], .bounded(2))])
        }
        rows.append(
            Row(
                ["Sum of squared loadings"] + analysis.sumsOfSquares.map { .number($0, .fixed(2)) } + [.empty],
                role: .total))
        rows.append(Row(["Share of variance"] + analysis.explainedVariance.map { .number($0, .percent(1)) } + [.empty]))
        var general: [RichText] = [
            "Extraction: \(analysis.method.title); rotation: \(analysis.rotation.rawValue)\(analysis.n.map { "; N = \($0)" } ?? ""). Loadings of at least .40 in bold."
        ]
        if let adequacy = analysis.samplingAdequacy {
            general.append("Kaiser–Meyer–Olkin measure = \(adequacy.overall, .bounded(3)).")
        }
        if let test = analysis.sphericity {
            general.append(
                "Bartlett's test: χ²(\(test.degreesOfFreedom)) = \(test.chiSquared, .fixed(2)), \(p: test.pValue).")
        }
        if k > 1, analysis.rotation == .promax || analysis.rotation == .oblimin {
            let correlations = (0..<k).flatMap { i in (0..<i).map { j in (j, i) } }.map { j, i in
                "\(letter)\(j + 1)–\(letter)\(i + 1) \(NumberFormat.bounded(2).string(analysis.factorCorrelations[i, j]))"
            }
            general.append("Factor correlations: \(correlations.joined(separator: ", ")).")
        }
        return Table(
            title: analysis.method == .principalComponents ? "Component Loadings" : "Factor Loadings", columns: columns,
            rows: rows, notes: Notes(general: general))
    }

    /// Eigenvalues of the data against those of random data.
    public static func parallelAnalysis(_ analysis: ParallelAnalysis, percentile: Double = 0.95) -> Table {
        let shown = min(analysis.eigenvalues.count, max(analysis.suggestedFactors + 3, 6))
        return Table(
            title: "Parallel Analysis",
            columns: [
                Column("Component"), Column("Eigenvalue"), Column("Random data: mean"),
                Column("Random data: threshold"),
            ],
            rows: (0..<shown).map { i in
                Row([
                    .integer(i + 1),
                    Cell(.number(analysis.eigenvalues[i], .fixed(3)), isStrong: i < analysis.suggestedFactors),
                    .number(analysis.meanEigenvalues[i], .fixed(3)), .number(analysis.thresholds[i], .fixed(3)),
                ])
            },
            notes: Notes(general: [
                "Horn (1965); \(analysis.draws) random data sets; the threshold is their \(percentile * 100, .fixed(0))th percentile. Suggested number of components: \(analysis.suggestedFactors)."
            ]))
    }
}

extension ExtractionMethod {
    /// The method in words.
    public var title: String {
        switch self {
        case .maximumLikelihood: "maximum likelihood"
        case .principalAxis: "principal axis"
        case .minimumResiduals: "minimum residuals"
        case .principalComponents: "principal components"
        }
    }
}
