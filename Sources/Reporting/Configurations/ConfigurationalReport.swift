public import SetTheoreticAnalysis

/// What a qualitative comparative analysis has found for one outcome.
public struct ConfigurationalFindings: Sendable {
    /// The necessity of single conditions.
    public var necessity: NecessityTable?
    /// The truth table.
    public var table: TruthTable
    /// The solutions; nil if there are none.
    public var solutions: StandardAnalysis?
    /// Why there are no solutions.
    public var problem: String?

    /// Puts findings together.
    public init(
        necessity: NecessityTable?, table: TruthTable, solutions: StandardAnalysis?, problem: String? = nil
    ) {
        self.necessity = necessity
        self.table = table
        self.solutions = solutions
        self.problem = problem
    }
}

extension Document {
    /// The sections of a qualitative comparative analysis: calibration, necessity, truth tables, solutions, and the table
    /// of configurations.
    ///
    /// - Parameters:
    ///   - findings: What was found for the outcome and, where it was asked for, for its negation.
    ///   - calibrations: How variables were calibrated.
    ///   - labels: The words for conditions and outcomes.
    ///   - hasFigures: Whether there are figures: calibration curves, Venn diagrams, XY plots, the configuration chart.
    public static func configurationalSections(
        _ findings: [ConfigurationalFindings], calibrations: [CalibrationResult] = [], labels: VariableLabels = .none,
        hasFigures: Bool = true
    ) -> [Section] {
        var sections: [Section] = []
        if !calibrations.isEmpty {
            let plots = hasFigures ? calibrations.compactMap { CalibrationPlot($0, labels: labels)?.figure() } : []
            sections.append(
                Section(
                    "Calibration",
                    blocks: [.table(.calibration(calibrations, labels: labels))]
                        + plots.map { .figure($0) }))
        }
        if let necessity = findings.first?.necessity {
            let negation = findings.dropFirst().first?.necessity
            sections.append(
                Section("Necessity", blocks: [.table(.necessity(necessity, negation: negation, labels: labels))]))
        }
        sections.append(
            Section(
                "Truth tables",
                blocks: findings.flatMap { truthTableBlocks($0, labels: labels, hasFigures: hasFigures) }))
        sections.append(
            Section(
                "Solutions", blocks: findings.flatMap { solutionBlocks($0, labels: labels, hasFigures: hasFigures) }))
        let outcomes = findings.compactMap { $0.solutions.flatMap { OutcomeSolution($0) } }
        if let first = findings.first(where: { $0.solutions != nil }), !outcomes.isEmpty {
            var blocks: [Block] = [
                .table(
                    .configurations(
                        outcomes, conditions: first.table.conditions, cases: first.table.data.cases,
                        options: first.table.options, labels: labels, caseLimit: hasManyCases(first.table) ? 0 : 30))
            ]
            if hasFigures {
                let chart = ConfigurationChart(outcomes, conditions: first.table.conditions, labels: labels)
                blocks.append(.figure(chart.figure()))
            }
            sections.append(Section("Configurations", blocks: blocks))
        }
        return sections
    }

    /// Whether the names of cases tell a reader nothing any more.
    private static func hasManyCases(_ table: TruthTable) -> Bool { table.data.cases.count > 100 }

    private static func truthTableBlocks(
        _ findings: ConfigurationalFindings, labels: VariableLabels, hasFigures: Bool
    ) -> [Block] {
        var blocks: [Block] = [
            .table(
                .truthTable(findings.table, labels: labels, caseLimit: hasManyCases(findings.table) ? 4 : 12))
        ]
        guard hasFigures else { return blocks }
        if let obstacle = VennDiagram.obstacle(findings.table.conditions) {
            blocks.append(.paragraph(RichText(obstacle)))
        } else {
            let terms = findings.solutions.flatMap { OutcomeSolution($0)?.solution.models.first?.terms } ?? []
            if let diagram = VennDiagram(findings.table, solution: terms, labels: labels) {
                blocks.append(.figure(diagram.figure()))
            }
        }
        return blocks
    }

    private static func solutionBlocks(
        _ findings: ConfigurationalFindings, labels: VariableLabels, hasFigures: Bool
    ) -> [Block] {
        let table = findings.table, outcome = table.outcome.description
        guard let analysis = findings.solutions else {
            let name = OutcomeSolution.title(outcome, labels)
            return [.paragraph("No solution for \(name). \(RichText(sentence: findings.problem ?? ""))")]
        }
        var blocks: [Block] = []
        for kind in Solution.Kind.allCases {
            guard let solution = analysis[kind] else { continue }
            blocks.append(
                .table(
                    .solution(
                        solution, outcome: outcome, conditions: table.conditions, cases: table.data.cases,
                        labels: labels, caseLimit: hasManyCases(table) ? 4 : 12)))
        }
        if hasFigures, let solution = OutcomeSolution(analysis)?.solution, let model = solution.models.first,
            let figure = plot(model, of: solution, in: table, labels: labels)
        {
            blocks.append(.figure(figure))
        }
        return blocks
    }

    /// The XY plot of a model.
    private static func plot(
        _ model: Solution.Model, of solution: Solution, in table: TruthTable, labels: VariableLabels
    ) -> Figure? {
        let levels = table.conditions.names.enumerated().map { condition, name in
            (0..<table.conditions.levelCounts[condition]).map { level in
                table.data[name]?.membership(level: level) ?? [Double](repeating: 0, count: table.data.cases.count)
            }
        }
        let memberships = table.data.cases.indices.map { row in
            model.terms.map { term in
                levels.indices.compactMap { condition in term[condition].map { levels[condition][$0][row] } }.min() ?? 1
            }.max() ?? 0
        }
        guard
            let plane = try? MembershipPlane(
                xName: solution.kind.title, yName: OutcomeSolution.title(table.outcome.description, labels).plainText,
                names: table.data.cases, x: memberships, y: table.outcomeMembership)
        else { return nil }
        return MembershipPlot(plane).figure()
    }
}
