public import Datasets
public import Reporting
public import SetTheoreticAnalysis

/// A qualitative comparative analysis from data to solutions, of an outcome and of its negation.
public struct ConfigurationalAnalysis: Sendable, Hashable {
    /// What was found for one outcome.
    public struct Outcome: Sendable, Hashable {
        /// The outcome.
        public let outcome: SetExpression
        /// Necessity of single conditions.
        public let necessity: NecessityTable
        /// The truth table.
        public let table: TruthTable
        /// The solutions; nil if there are none.
        public let solutions: StandardAnalysis?
        /// Why there are no solutions.
        public let problem: String?
    }

    /// What was asked.
    public let settings: ConfigurationalSettings
    /// The cases and their sets.
    public let cases: CalibratedCases
    /// What was found for the outcome.
    public let outcome: Outcome
    /// What was found for the negation of the outcome, where it was asked for.
    public let negation: Outcome?
    /// The remainders that would have been assumed for both the outcome and its negation, and were excluded.
    public let contradictoryAssumptions: [Conjunction]
    /// What the reader should know.
    public let warnings: [String]

    /// Carries out the analysis.
    ///
    /// - Parameters:
    ///   - dataset: The data, a row for each case.
    ///   - settings: What is asked.
    ///   - progress: Told what is being minimized.
    /// - Throws: `DatasetError`, `SetTheoryError`, ``AnalysisError``.
    public init(
        _ dataset: Dataset, settings: ConfigurationalSettings, progress: (String) -> Void = { _ in }
    ) throws {
        var settings = settings
        settings.table.negativeRows.formUnion(settings.excluded.compactMap { Int($0) })
        let known = dataset.names
        let expression = try SetExpression(parsing: settings.outcome, known: known)
        if let name = settings.conditions.first(where: expression.setNames.contains) {
            throw SetTheoryError.outcomeAmongConditions(name)
        }
        if let name = AnalysisError.repeated(settings.conditions) { throw AnalysisError.namedTwice(name) }
        let cases = try CalibratedCases(
            dataset, sets: settings.conditions + expression.setNames, settings: settings)
        let outcomes = [expression] + (settings.analysesNegation ? [expression.complement] : [])
        var tables: [TruthTable] = []
        for outcome in outcomes {
            tables.append(
                try TruthTable(
                    cases.data, outcome: outcome, conditions: settings.conditions, options: settings.table))
        }
        let conditions = tables[0].conditions
        let expectations = try settings.expectations.map {
            try DirectionalExpectations(parsing: $0, conditions: conditions)
        }
        let negationExpectations =
            try settings.negationExpectations.map { try DirectionalExpectations(parsing: $0, conditions: conditions) }
            ?? expectations?.mirrored(conditions)
        let excluded = try settings.excludedConjunctions(tables[0])
        func options(_ more: [Conjunction] = [], ofNegation: Bool = false) -> StandardAnalysis.Options {
            .init(
                kinds: settings.kinds, expectations: ofNegation ? negationExpectations : expectations,
                excluded: excluded + more,
                includesContradictions: settings.includesContradictions, models: settings.models,
                limits: settings.limits)
        }
        var contradictory: [Conjunction] = []
        if settings.excludesContradictoryAssumptions {
            contradictory = try Self.contradictoryAssumptions(
                cases.data, expression: expression, settings: settings, options: options())
        }
        var found: [Outcome] = []
        for (position, table) in tables.enumerated() {
            let necessity = try NecessityTable(
                cases.data, outcome: outcomes[position], conditions: settings.conditions, cuts: settings.necessityCuts)
            var solutions: StandardAnalysis?, problem: String?
            do throws(SetTheoryError) {
                solutions = try StandardAnalysis(
                    table, options: options(contradictory, ofNegation: position > 0), progress: progress)
            } catch {
                if position == 0 { throw error }
                problem = error.description
            }
            found.append(
                Outcome(
                    outcome: outcomes[position], necessity: necessity, table: table, solutions: solutions,
                    problem: problem))
        }
        var warnings = cases.warnings
        for warning in tables[0].warnings where !warnings.contains(warning) { warnings.append(warning) }
        self.settings = settings
        self.cases = cases
        outcome = found[0]
        negation = found.count > 1 ? found[1] : nil
        contradictoryAssumptions = contradictory
        if let problem = negation?.problem { warnings.append("the negated outcome has no solution: \(problem)") }
        self.warnings = warnings
    }

    /// The remainders that some parsimonious model of the outcome and some of its negation both assume.
    private static func contradictoryAssumptions(
        _ data: CalibratedData, expression: SetExpression, settings: ConfigurationalSettings,
        options: StandardAnalysis.Options
    ) throws -> [Conjunction] {
        var options = options
        options.kinds = [.parsimonious]
        var shared: Set<Conjunction>?
        for outcome in [expression, expression.complement] {
            let table = try TruthTable(
                data, outcome: outcome, conditions: settings.conditions, options: settings.table)
            let solution = try StandardAnalysis(table, options: options).parsimonious
            var assumed = Set<Conjunction>()
            for model in solution?.models ?? [] {
                assumed.formUnion(table.simplifyingAssumptions(of: model.terms).map { $0.configuration })
            }
            shared = shared.map { $0.intersection(assumed) } ?? assumed
        }
        return (shared ?? []).sorted { $0.code < $1.code }
    }

    /// The document of the contract.
    public func contract(includesRemainders: Bool = false) -> JSON {
        var members: [(String, JSON)] = [
            ("outcome", .string(outcome.outcome.description)), ("conditions", JSON(settings.conditions)),
            ("cases", JSON(cases.data.cases)),
            ("calibrated", .object(cases.data.sets.map { ($0.name, JSON($0.values)) })),
            ("conventions", conventions),
        ]
        members += Self.members(outcome, includesRemainders: includesRemainders)
        if let negation {
            var negated: [(String, JSON)] = [("outcome", .string(negation.outcome.description))]
            negated += Self.members(negation, includesRemainders: includesRemainders)
            negated.append(("problem", JSON(negation.problem)))
            members.append(("negation", .object(negated)))
        }
        return .contract(analysis: "qca", warnings: warnings, members)
    }

    private static func members(_ outcome: Outcome, includesRemainders: Bool) -> [(String, JSON)] {
        [
            ("truth_table", .truthTable(outcome.table, includesRemainders: includesRemainders)),
            ("necessity", .necessity(outcome.necessity.rows)),
            ("solutions", outcome.solutions.map { .solutions($0) } ?? .object([])),
        ]
    }

    private var conventions: JSON {
        let table = settings.table, conditions = outcome.table.conditions
        let cuts = [table.inclusionCut] + (table.contradictionCut.map { [$0] } ?? [])
        let excluded = outcome.solutions?.options.excluded ?? []
        let members: [(String, JSON)] = [
            ("incl.cut", JSON(cuts)), ("n.cut", .integer(table.frequencyCut)), ("pri.cut", .number(table.priCut)),
            ("half.membership", .string(table.halfMembership.rawValue)),
            ("dir.exp", JSON(outcome.solutions?.options.expectations?.description(conditions))),
            (
                "dir.exp.negation",
                JSON(negation?.solutions?.options.expectations?.description(conditions))
            ),
            ("exclude", JSON(excluded.map { conditions.expression($0) })),
            ("row.dom", .bool(settings.models.rowDominance)), ("all.sol", .bool(settings.models.allIrredundant)),
            ("calibration", JSON(cases.calibrations.map(\.sentence))),
            ("intermediate", "minimal models of the positive rows and the easy counterfactuals of each CiPj"),
        ]
        return .object(members)
    }
}

extension ConfigurationalSettings {
    /// The excluded remainders as conjunctions over the conditions.
    func excludedConjunctions(_ table: TruthTable) throws -> [Conjunction] {
        var result: [Conjunction] = []
        for text in excluded {
            if let number = Int(text) {
                guard let count = table.fullRowCount, (1...count).contains(number) else {
                    throw SetTheoryError.invalidSetting(
                        name: "the excluded row", value: text,
                        remedy: "the truth table has the rows 1 to \(table.fullRowCount.map(String.init) ?? "many")")
                }
                result.append(table.configuration(number: number))
            } else {
                let expression = try SetExpression(parsing: text, known: table.conditions.names)
                result += try SumOfProducts(expression, over: table.conditions).terms
            }
        }
        return result
    }
}
