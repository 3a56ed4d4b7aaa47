public import Datasets
import LinearAlgebra
public import Psychometrics
public import Reporting

/// Whether the answers to scales may be aggregated to groups: agreement within groups and reliability of group means.
public struct AgreementAnalysis: Sendable {
    /// The groups.
    public let groups: RowGroups
    /// The agreement on each scale.
    public let agreement: [WithinGroupAgreement]
    /// The intraclass correlations of the scale means, for scales that have them.
    public let reliability: [IntraclassCorrelation]
    /// What the reader should know.
    public let warnings: [String]

    /// Judges the agreement on scales.
    ///
    /// - Parameters:
    ///   - dataset: The data, a row for each member; the means of the scales stand in columns named after them.
    ///   - scales: The scales, by name.
    ///   - codebook: The scales with their items and response ranges.
    ///   - groups: The group of each row.
    ///   - options: The number of response options; nil takes it from the response range.
    ///   - nullDistribution: How members without agreement would answer.
    /// - Throws: `DatasetError`, ``AnalysisError``, `AgreementError`, `PsychometricsError`.
    public init(
        _ dataset: Dataset, scales: [String], codebook: Codebook, groups: RowGroups, options: Int? = nil,
        nullDistribution: NullDistribution = .uniform
    ) throws {
        try groups.verify()
        let rows = groups.rows
        let labels = rows.map { groups.labels[$0] ?? "" }
        var agreement: [WithinGroupAgreement] = [], reliability: [IntraclassCorrelation] = []
        var warnings = groups.warnings
        for scale in scales {
            let items = try codebook.items(of: scale, in: dataset)
            let range = codebook[scale]?.responseRange ?? codebook.responseRange
            let data = try dataset.numericMatrix(items, missing: .keep).matrix
                .submatrix(rows: rows, columns: Array(items.indices))
            agreement.append(
                try WithinGroupAgreement(
                    scale: scale, data: data, items: items, groups: labels,
                    options: options ?? range.map { Int($0.upperBound - $0.lowerBound) + 1 } ?? 5,
                    nullDistribution: nullDistribution))
            let means = try dataset.numericMatrix([scale], missing: .keep).matrix.column(0)
            do {
                reliability.append(
                    try IntraclassCorrelation(variable: scale, values: rows.map { means[$0] }, groups: labels))
            } catch { warnings.append("\(scale): no intraclass correlations: \(error)") }
        }
        self.groups = groups
        self.agreement = agreement
        self.reliability = reliability
        self.warnings = warnings
    }

    /// The document of the contract.
    public var contract: JSON {
        .contract(
            analysis: "agreement", warnings: warnings,
            [
                ("group", JSON(groups.variables)), ("agreement", .array(agreement.map(JSON.agreement))),
                ("clustering", .array(reliability.map(JSON.clustering))),
            ])
    }

    /// The tables for a terminal.
    ///
    /// - Parameter byGroup: Whether the figures of each group are listed.
    public func document(byGroup: Bool = false) -> Document {
        var blocks: [Document.Block] = [.table(.aggregation(agreement, reliability: reliability))]
        if !reliability.isEmpty { blocks.append(.table(.clustering(reliability, group: groups.name))) }
        if byGroup { blocks += agreement.map { .table(.groupAgreement($0, group: groups.name)) } }
        return Document(title: "Agreement within groups", blocks: blocks).numbered()
    }
}
