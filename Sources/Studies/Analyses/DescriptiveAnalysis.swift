public import Datasets
import LinearAlgebra
public import Psychometrics
public import Reporting

/// Distribution, collinearity and correlations of numeric variables, and their share between groups.
public struct DescriptiveAnalysis: Sendable, Equatable, Codable {
    /// The most variables whose correlations are computed: time and memory grow with the square and more.
    public static let variableLimit = 1000

    /// The number of cases that enter the correlations when all variables must be there; else the number of rows.
    public let n: Int
    /// The distribution of each variable.
    public let variables: [VariableDescriptives]
    /// The variance inflation factor of each variable given all others; nil when it does not exist.
    public let varianceInflation: [Double?]
    /// The correlations.
    public let correlations: CorrelationTable
    /// Mardia's test; nil when the covariance matrix is singular.
    public let mardia: MardiaTest?
    /// The variable that forms the groups.
    public let group: String?
    /// The intraclass correlations of each variable by group.
    public let intraclassCorrelations: [IntraclassCorrelation]
    /// The correlations within and between groups.
    public let groupCorrelations: WithinBetweenCorrelations?
    /// The correlations within and between groups with their tests and numbers, of the cases that have both variables.
    public let multilevelCorrelations: MultilevelCorrelations?
    /// What the reader should know.
    public let warnings: [String]

    /// Describes variables of a dataset.
    ///
    /// - Parameters:
    ///   - dataset: The data.
    ///   - names: The variables, at most ``variableLimit``; nil takes all numeric ones but the group.
    ///   - group: The variable that forms groups of cases.
    ///   - missing: Whether a case must be complete in all variables.
    /// - Throws: `DatasetError`, ``AnalysisError``, `PsychometricsError`.
    public init(
        _ dataset: Dataset, variables names: [String]? = nil, group: String? = nil,
        missing: Psychometrics.MissingTreatment = .pairwise
    ) throws {
        var warnings: [String] = []
        if let group { _ = try dataset.column(group) }
        let chosen = names ?? dataset.columns.filter { $0.isNumeric && $0.name != group }.map(\.name)
        guard !chosen.isEmpty else { throw AnalysisError.noNumericVariables(dataset.source) }
        guard chosen.count <= Self.variableLimit else {
            throw AnalysisError.tooManyVariables(chosen.count, limit: Self.variableLimit)
        }
        if let twice = AnalysisError.repeated(chosen) { throw AnalysisError.namedTwice(twice) }
        if names == nil {
            let texts = dataset.columns.filter { !$0.isNumeric && $0.name != group }.map(\.name)
            if !texts.isEmpty { warnings.append("left out, as they hold text: \(texts.joined(separator: ", "))") }
        }
        var table = try dataset.numericMatrix(chosen, missing: .keep)
        // Cases without a group belong nowhere.
        let groups = try group.map { try dataset.column($0).texts }
        var rows = Array(0..<table.matrix.rows)
        if let groups { rows = rows.filter { groups[$0] != nil } }
        let complete = rows.filter { row in (0..<chosen.count).allSatisfy { !table.matrix[row, $0].isNaN } }
        let kept = missing == .listwise ? complete : rows
        if kept.count < dataset.rowCount {
            let lost = dataset.rowCount - kept.count
            warnings.append("\(lost) of \(dataset.rowCount) cases left out, as they lack a value")
        }
        let all = Array(0..<chosen.count)
        let completeMatrix = table.matrix.submatrix(rows: complete, columns: all)
        table.matrix = table.matrix.submatrix(rows: kept, columns: all)

        n = kept.count
        variables = zip(chosen, all).map { VariableDescriptives(variable: $0, values: table.matrix.column($1)) }
        correlations = try CorrelationTable(table.matrix, variables: chosen, missing: missing)
        var inflation = [Double?](repeating: nil, count: chosen.count)
        if chosen.count > 1 {
            do {
                let own = try CorrelationTable(completeMatrix, variables: chosen)
                if let matrix = own.matrix {
                    inflation = try VarianceInflation.factors(correlations: matrix, variables: chosen).map { $0 }
                }
            } catch { warnings.append("no variance inflation factors: \(error)") }
        }
        varianceInflation = inflation
        do {
            mardia = try MardiaTest(completeMatrix, variables: chosen)
        } catch {
            mardia = nil
            warnings.append("no test of multivariate normality: \(error)")
        }
        self.group = group
        if let groups {
            intraclassCorrelations = try zip(chosen, all).map { name, j in
                try IntraclassCorrelation(
                    variable: name, values: table.matrix.column(j), groups: kept.map { groups[$0] ?? "" })
            }
            groupCorrelations = try WithinBetweenCorrelations(
                completeMatrix, variables: chosen, groups: complete.map { groups[$0] ?? "" })
            multilevelCorrelations = try MultilevelCorrelations(
                table.matrix, variables: chosen, groups: kept.map { groups[$0] ?? "" })
        } else {
            intraclassCorrelations = []
            groupCorrelations = nil
            multilevelCorrelations = nil
        }
        for row in variables where row.standardDeviation == 0 {
            warnings.append("\(row.variable) has the same value in all cases")
        }
        self.warnings = warnings
    }

    /// The document of the contract.
    public var contract: JSON {
        let rows = zip(variables, varianceInflation).map { JSON.descriptives($0, varianceInflation: $1) }
        var members: [(String, JSON)] = [("n", .integer(n)), ("variables", .array(rows))]
        members += JSON.correlations(correlations)
        members.append(("mardia", JSON.mardia(mardia)))
        if group != nil {
            members += JSON.groups(intraclassCorrelations, groupCorrelations)
            members.append(JSON.multilevel(clustering: intraclassCorrelations, correlations: multilevelCorrelations))
        }
        return .contract(analysis: "describe", warnings: warnings, members)
    }
}
