public import Datasets
import LinearAlgebra
import MixedModels
public import Psychometrics
public import Reporting

/// Table 1 of a multilevel study with what it rests on: each variable described and correlated at its own level, the
/// clustering of the variables of level 1, and the reliability of their scales at both levels.
public struct MultilevelAnalysis: Sendable {
    /// The groups.
    public let groups: RowGroups
    /// What stands on the diagonal.
    public let diagonal: MultilevelDescriptivesPlan.Diagonal
    /// Which correlations of level 1 the table shows.
    public let correlations: MultilevelDescriptivesPlan.Correlations
    /// The table.
    public let descriptives: MultilevelDescriptives
    /// The intraclass correlations of the variables of level 1 by the analysis of variance.
    public let clustering: [IntraclassCorrelation]
    /// Alpha within and between groups of the scales of level 1.
    public let reliability: [MultilevelAlpha]
    /// What the reader should know.
    public let warnings: [String]

    /// Describes variables and scales at their levels.
    ///
    /// The share of variance within groups is that of the random-intercept model without predictors by REML, where it can be
    /// fitted. Reliability on the diagonal is that of the rows, and of the groups for a scale of level 2.
    ///
    /// - Parameters:
    ///   - dataset: The data in long form; the means of scales stand in columns named after them.
    ///   - names: The variables and scales.
    ///   - groups: The group of each row.
    ///   - codebook: The scales with their items.
    ///   - levelTwo: Variables that must not vary within groups, which is verified; the others are of level 2 if they do not.
    ///   - diagonal: What stands on the diagonal for scales.
    ///   - correlations: Which correlations of level 1 the table shows.
    /// - Throws: `DatasetError`, ``AnalysisError``, `MultilevelError`, `PsychometricsError`.
    public init(
        _ dataset: Dataset, variables names: [String], groups: RowGroups, codebook: Codebook = Codebook(),
        levelTwo: [String] = [], diagonal: MultilevelDescriptivesPlan.Diagonal = .alpha,
        correlations: MultilevelDescriptivesPlan.Correlations = .withinAndBetween
    ) throws {
        if let twice = AnalysisError.repeated(names) { throw AnalysisError.namedTwice(twice) }
        guard names.count <= DescriptiveAnalysis.variableLimit else {
            throw AnalysisError.tooManyVariables(names.count, limit: DescriptiveAnalysis.variableLimit)
        }
        try groups.verify()
        let rows = groups.rows
        let table = try dataset.numericMatrix(names, missing: .keep).matrix
            .submatrix(rows: rows, columns: Array(names.indices))
        let labels = rows.map { groups.labels[$0] ?? "" }
        let varying = names.indices.map { Self.varies(table.column($0), within: labels) }
        var components: [String: LevelVariances] = [:]
        for (j, name) in names.enumerated() where varying[j] {
            if let own = Self.variances(table.column(j), labels) { components[name] = own }
        }
        var declared: [String]?
        if !levelTwo.isEmpty {
            declared = names.indices.filter { !varying[$0] || levelTwo.contains(names[$0]) }.map { names[$0] }
        }
        var figures: [String: Double] = [:], reliability: [MultilevelAlpha] = []
        for (j, name) in names.enumerated() where codebook[name] != nil {
            guard let items = try? codebook.items(of: name, in: dataset), items.count > 1 else { continue }
            let answers = dataset.selectingRows(varying[j] ? rows : Self.firstComplete(items, dataset, rows, labels))
            if diagonal != .none,
                let own = try? ReliabilityAnalysis(answers, scales: [.init(name: name, items: items)])
            {
                figures[name] =
                    diagonal == .alpha ? own.overallAlpha?.value : own.scales.first?.averageVarianceExtracted
            }
            if varying[j], let data = try? answers.numericMatrix(items, missing: .keep).matrix,
                let own = try? MultilevelAlpha(scale: name, data: data, items: items, groups: labels)
            {
                reliability.append(own)
            }
        }
        descriptives = try MultilevelDescriptives(
            table, variables: names, groups: labels, levelTwo: declared, components: components, diagonal: figures)
        clustering = descriptives.levelOne.compactMap { variable in
            names.firstIndex(of: variable.name).flatMap {
                try? IntraclassCorrelation(variable: variable.name, values: table.column($0), groups: labels)
            }
        }
        self.groups = groups
        self.diagonal = diagonal
        self.correlations = correlations
        self.reliability = reliability
        warnings = groups.warnings + descriptives.warnings
    }

    /// The variances of the random-intercept model without predictors by REML; nil where it cannot be fitted.
    private static func variances(_ values: [Double], _ groups: [String]) -> LevelVariances? {
        let frame = ModelFrame([("y", .numeric(values)), ("g", .categorical(groups))], rowCount: values.count)
        guard let formula = try? MixedFormula(parsing: "y ~ 1 + (1 | g)"),
            let design = try? MixedDesign(formula, frame), let fit = try? MixedModel.fit(design)
        else { return nil }
        return LevelVariances(within: fit.residualVariance, between: fit.covariances[0][0, 0])
    }

    private static func varies(_ values: [Double], within groups: [String]) -> Bool {
        var first: [String: Double] = [:]
        for (value, group) in zip(values, groups) where value.isFinite {
            if let known = first[group] {
                if known != value { return true }
            } else {
                first[group] = value
            }
        }
        return false
    }

    /// The first row of each group with all items, of a scale that is one of groups: rows that repeat it count once.
    private static func firstComplete(
        _ items: [String], _ dataset: Dataset, _ rows: [Int], _ labels: [String]
    ) -> [Int] {
        let columns = items.compactMap { dataset[$0]?.numbers }
        var seen: Set<String> = [], result: [Int] = []
        for (row, label) in zip(rows, labels) where !seen.contains(label) {
            guard columns.allSatisfy({ $0[row].isFinite }) else { continue }
            seen.insert(label)
            result.append(row)
        }
        return result
    }

    /// The document of the contract.
    public var contract: JSON {
        let settings: [(String, JSON)] = [
            ("group", JSON(groups.variables)), ("diagonal", .string(diagonal.rawValue)),
        ]
        let members: [(String, JSON)] = [
            ("clustering", .array(clustering.map(JSON.clustering))),
            ("reliability", .array(reliability.map(JSON.multilevelReliability))),
        ]
        return .contract(
            analysis: "multilevel", warnings: warnings,
            settings + JSON.multilevelDescriptives(descriptives) + members)
    }

    /// The tables for a terminal.
    public var document: Document {
        var blocks: [Document.Block] = [
            .table(
                .multilevelDescriptives(
                    descriptives, levelTwoTitle: "Level 2, \(groups.name)", levelOneTitle: "Level 1",
                    diagonal: diagonal == .ave ? "average variance extracted" : "Cronbach's α",
                    levelOneCorrelations: correlations == .pooled ? .pooled : .withinAndBetween))
        ]
        if !clustering.isEmpty { blocks.append(.table(.clustering(clustering, group: groups.name))) }
        if !reliability.isEmpty { blocks.append(.table(.multilevelReliability(reliability, group: groups.name))) }
        return Document(title: "Descriptive statistics at each level", blocks: blocks).numbered()
    }
}
