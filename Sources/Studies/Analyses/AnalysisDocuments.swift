import Datasets
import Optimization
import Psychometrics
public import Reporting
import StructuralModels

extension DescriptiveAnalysis {
    /// The tables for a terminal.
    public var document: Document {
        var blocks: [Document.Block] = [.table(.descriptives(variables, varianceInflation: varianceInflation))]
        if variables.count > 1 { blocks.append(.table(.correlations(correlations))) }
        if let mardia { blocks.append(.table(.mardia(mardia))) }
        if let group { blocks.append(.table(.intraclassCorrelations(intraclassCorrelations, group: group))) }
        return Document(title: "Descriptive statistics", blocks: blocks).numbered()
    }
}

extension ReliabilityAnalysis {
    /// The tables for a terminal.
    public var document: Document {
        let blocks: [Document.Block] =
            [.table(.scaleSummary(scales, overall: overallAlpha?.value))] + scales.map { .table(.items($0)) }
        return Document(title: "Reliability", blocks: blocks).numbered()
    }
}

extension FactorAnalysis {
    /// The tables for a terminal.
    public var document: Document {
        Document(title: "Exploratory factor analysis", blocks: [.table(.loadings(result))]).numbered()
    }
}

extension StructuralResult {
    /// The effects, where there are indirect ones or a bootstrap, and what the bootstrap says of the parameters.
    func effectTables(_ labels: VariableLabels = .none) -> [Table] {
        let name = bootstrap.map {
            "\($0.interval.title), \($0.result.counts.used) of \($0.result.counts.requested) draws used"
        }
        var tables: [Table] = []
        if effects.contains(where: { $0.kind == .specificIndirect || $0.kind == .direct && bootstrap != nil }) {
            tables.append(.effects(effects, bootstrap: bootstrap?.effects, intervalName: name, labels: labels))
        }
        if let bootstrap, let table = Table.bootstrap(estimates, bootstrap.estimates, intervalName: name ?? "") {
            tables.append(table)
        }
        return tables
    }

    /// The tables for a terminal.
    public func document(modificationIndices: Bool = false) -> Document {
        var blocks: [Document.Block] = [
            .paragraph(
                "Maximum likelihood (\(model.options.likelihood.rawValue)), N = \(model.caseCount), \(model.parameterCount) free parameters, converged after \(model.convergence.iterations) iterations."
            ),
            .table(.fit(fit)),
        ]
        for kind in Table.ParameterKind.allCases {
            if let table = Table.estimates(estimates, kind: kind) { blocks.append(.table(table)) }
        }
        let shares = RSquared.values(estimates)
        if !shares.isEmpty { blocks.append(.table(.rSquared(shares))) }
        blocks += effectTables().map { .table($0) }
        if modificationIndices { blocks.append(.table(.modificationIndices(model.modificationIndices()))) }
        return Document(title: "Structural equation model", blocks: blocks).numbered()
    }
}

extension ImportReport {
    /// What a researcher should know of how the data were read.
    public var warnings: [String] {
        var warnings = remarks
        var columns: [String] = []
        for cell in blockingCells where !columns.contains(cell.column) { columns.append(cell.column) }
        for column in columns {
            let cells = blockingCells.filter { $0.column == column }
            let shown = cells.prefix(3).map { "data row \($0.row) is \"\($0.content)\"" }.joined(separator: "; ")
            warnings.append(
                "\(column), cells that are not numbers: \(shown)\(cells.count > 3 ? "; …" : "")"
            )
        }
        return warnings
    }
}
