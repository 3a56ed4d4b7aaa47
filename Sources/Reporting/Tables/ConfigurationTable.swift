public import SetTheoreticAnalysis

extension Table {
    /// Configurations as journals print them (Ragin & Fiss, 2008; Fiss, 2011): a column for each configuration, a row for
    /// each condition, with large symbols for core and small ones for peripheral conditions, and the fit below.
    ///
    /// Equal models stand side by side, and so do outcomes, usually one and its negation.
    ///
    /// - Parameters:
    ///   - solutions: The solution of each outcome.
    ///   - conditions: The conditions.
    ///   - cases: The names of the cases.
    ///   - options: The cut-offs of the truth tables, for the note.
    ///   - labels: The words for conditions and outcomes.
    ///   - modelLimit: The most models of an outcome that are shown; the note says how many there are.
    ///   - caseLimit: The most cases of a configuration that the note names; 0 for no names.
    ///   - title: The title; made from the outcomes when nil.
    public static func configurations(
        _ solutions: [OutcomeSolution], conditions: Conditions, cases: [String], options: TruthTableOptions? = nil,
        labels: VariableLabels = .none, modelLimit: Int = 4, caseLimit: Int = 30, title: RichText? = nil
    ) -> Table {
        let layout = ConfigurationLayout(solutions, modelLimit: max(1, modelLimit), labels: labels)
        var rows = conditions.names.indices.map { condition in
            Row(
                [.text(labels.text(conditions.names[condition]))]
                    + layout.columns.map { column in
                        layout.cell(column, condition: condition, levels: conditions.levelCounts[condition])
                    })
        }
        rows += layout.measures()
        let outcomes = solutions.map { $0.title(labels).plainText }.joined(separator: " and ")
        return Table(
            title: title ?? "Configurations for \(outcomes)", spanners: layout.spanners,
            columns: [Column("Condition")]
                + layout.columns.map { Column(RichText($0.configuration.label), alignment: .center) },
            rows: rows,
            notes: Notes(
                general: layout.notes(conditions, cases: cases, options: options, caseLimit: caseLimit),
                specific: layout.hasDisputedCore
                    ? [
                        Notes.Specific(
                            "a", "Core with some of the parsimonious models that fit equally well, but not with all.")
                    ] : []))
    }
}

/// Which configurations stand in which column.
private struct ConfigurationLayout {
    struct Column {
        var configuration: ConfigurationModel.Configuration
        var solution: Int
        var model: Int
    }

    let solutions: [OutcomeSolution]
    let models: [[ConfigurationModel]]
    let labels: VariableLabels
    let columns: [Column]

    init(_ solutions: [OutcomeSolution], modelLimit: Int, labels: VariableLabels) {
        self.solutions = solutions
        self.labels = labels
        models = solutions.map { $0.models(limit: modelLimit) }
        columns = models.enumerated().flatMap { solution, models in
            models.enumerated().flatMap { model, content in
                content.configurations.map { Column(configuration: $0, solution: solution, model: model) }
            }
        }
    }

    var hasDisputedCore: Bool { columns.contains { $0.configuration.disputed.count > 0 } }

    private var hasSeveralModels: Bool { models.contains { $0.count > 1 } }

    func cell(_ column: Column, condition: Int, levels: Int) -> Cell {
        let cell = Cell.text(column.configuration.symbol(condition, levels: levels).richText)
        return column.configuration.disputed[condition] == nil ? cell : cell.marked("a")
    }

    /// The outcomes over their models, and the models over their configurations.
    var spanners: [[Table.Spanner]] {
        var outcomes: [Table.Spanner] = [], numbers: [Table.Spanner] = []
        var start = 1
        for (solution, models) in models.enumerated() {
            let first = start
            for (index, model) in models.enumerated() {
                let end = start + model.configurations.count
                numbers.append(Table.Spanner(models.count > 1 ? "Model \(index + 1)" : "Model", columns: start..<end))
                start = end
            }
            outcomes.append(Table.Spanner(solutions[solution].title(labels), columns: first..<start))
        }
        return (solutions.count > 1 ? [outcomes] : []) + (hasSeveralModels ? [numbers] : [])
    }

    /// The rows below the conditions: the fit of each configuration, and of each model in its first column.
    func measures() -> [Table.Row] {
        let format = NumberFormat.bounded(3)
        func row(_ title: RichText, role: Table.Row.Role = .body, _ cell: (SolutionFit.Term) -> Cell) -> Table.Row {
            Table.Row([.text(title)] + columns.map { cell($0.configuration.fit) }, role: role)
        }
        func total(
            _ title: RichText, role: Table.Row.Role = .body, _ value: (SufficiencyFit) -> Double?
        ) -> Table.Row {
            var cells: [Cell] = [.text(title)]
            for models in models {
                for model in models {
                    guard !model.configurations.isEmpty else { continue }
                    cells.append(.number(value(model.fit), format))
                    cells += model.configurations.dropFirst().map { _ in Cell.empty }
                }
            }
            return Table.Row(cells, role: role)
        }
        return [
            row("Consistency", role: .total) { .number($0.sufficiency.inclusion, format) },
            row("PRI") { .number($0.sufficiency.pri, format) },
            row("Raw coverage") { .number($0.sufficiency.coverage, format) },
            row("Unique coverage") { .number($0.uniqueCoverage, format) },
            row("Cases") { .integer($0.cases.count) },
            total("Solution consistency", role: .total) { $0.inclusion },
            total("Solution PRI") { $0.pri },
            total("Solution coverage") { $0.coverage },
        ]
    }

    func notes(
        _ conditions: Conditions, cases: [String], options: TruthTableOptions?, caseLimit: Int
    ) -> [RichText] {
        var notes = [symbolNote(conditions)]
        if columns.contains(where: { $0.configuration.label.last?.isLetter == true }) {
            notes.append("Configurations with the same number have the same core conditions.")
        }
        for position in solutions.indices { notes += solutionNotes(position, conditions) }
        if columns.contains(where: { $0.configuration.fit.uniqueCoverage == nil }) {
            notes.append("–: a configuration that stands alone has no unique coverage.")
        }
        if let options { notes.append(RichText(options.rowsNote)) }
        if caseLimit > 0 { notes += caseNotes(cases, limit: caseLimit) }
        return notes
    }

    private func symbolNote(_ conditions: Conditions) -> RichText {
        let isCrisp = conditions.levelCounts.contains { $0 <= 2 }
        let hasCore = models.joined().contains { !$0.parsimoniousModels.isEmpty }
        func symbol(_ symbol: ConfigurationSymbol) -> RichText { symbol.richText }
        var parts: [RichText] = []
        if hasCore {
            if isCrisp {
                parts += [
                    "\(symbol(.present(isCore: true)))\u{A0}core condition present",
                    "\(symbol(.absent(isCore: true)))\u{A0}core condition absent",
                    "\(symbol(.present(isCore: false)))\u{A0}peripheral condition present",
                    "\(symbol(.absent(isCore: false)))\u{A0}peripheral condition absent",
                ]
            }
            if conditions.isMultiValue {
                parts += [
                    "\(symbol(.level(1, isCore: true)))\u{A0}core condition at level 1",
                    "\(symbol(.level(1, isCore: false)))\u{A0}peripheral condition at level 1",
                ]
            }
        } else {
            if isCrisp {
                parts += [
                    "\(symbol(.present(isCore: true)))\u{A0}condition present",
                    "\(symbol(.absent(isCore: true)))\u{A0}condition absent",
                ]
            }
            if conditions.isMultiValue { parts.append("\(symbol(.level(1, isCore: true)))\u{A0}condition at level 1") }
        }
        var note = RichText()
        for part in parts { note.append(part + ", ") }
        note.append("blank: the condition does not matter.")
        if !hasCore { note.append(" Core and peripheral conditions are not told apart.") }
        return note
    }

    /// Which solution it is, what the core is taken from, and how many models there are.
    private func solutionNotes(_ position: Int, _ conditions: Conditions) -> [RichText] {
        let solution = solutions[position]
        let prefix = solutions.count > 1 ? "\(solution.title(labels).plainText): " : ""
        var notes: [RichText] = [
            "\(prefix)\(solution.solution.kind.title). \(solution.solution.statement(shown: models[position].count))"
        ]
        guard let parsimonious = solution.parsimonious else { return notes }
        for (index, model) in models[position].enumerated() {
            guard let source = model.parsimoniousModels.first else { continue }
            let terms = conditions.expression(parsimonious.models[source - 1].terms)
            let whose = models[position].count > 1 ? "Core of model \(index + 1)" : "Core conditions"
            let which =
                parsimonious.models.count > 1
                ? "model \(source) of \(parsimonious.models.count) of the parsimonious solution"
                : "the parsimonious solution"
            notes.append("\(whose): those of the terms of \(which), \(terms), that cover the configuration.")
            if model.parsimoniousModels.count > 1 {
                let others = model.parsimoniousModels.dropFirst().map(String.init).joined(separator: ", ")
                notes.append("The core could as well be taken from parsimonious model \(others).")
            }
            let without = model.configurations.filter { $0.core.count == 0 }.map(\.label)
            if !without.isEmpty {
                notes.append(
                    "No term of it covers configuration \(without.joined(separator: ", ")), which has no core.")
            }
        }
        return notes
    }

    private func caseNotes(_ cases: [String], limit: Int) -> [RichText] {
        let lists = columns.map { column in
            let names = CaseNames.list(column.configuration.fit.cases, of: cases, limit: limit)
            return "\(name(column)): \(column.configuration.fit.cases.isEmpty ? "none" : names)"
        }
        return lists.isEmpty ? [] : ["Cases with a membership above .5 in \(lists.joined(separator: "; "))."]
    }

    /// The label with what tells it from those of other models and outcomes.
    private func name(_ column: Column) -> String {
        var name = column.configuration.label
        if models[column.solution].count > 1 { name += " of model \(column.model + 1)" }
        if solutions.count > 1 { name += " (\(solutions[column.solution].title(labels).plainText))" }
        return name
    }
}

extension TruthTableOptions {
    /// The cut-offs in words.
    var rowsNote: String {
        let format = NumberFormat.bounded(2)
        var conditions = ["consistency of at least \(shortest(inclusionCut))"]
        if priCut > 0 { conditions.append("PRI of at least \(shortest(priCut))") }
        conditions.append(frequencyCut == 1 ? "at least one case" : "at least \(frequencyCut) cases")
        var text = "Positive rows of the truth table: " + conditions.joined(separator: ", ") + "."
        if let contradictionCut {
            text +=
                " Contradictions: consistency from \(shortest(contradictionCut)) to below \(shortest(inclusionCut))."
        }
        func shortest(_ value: Double) -> String {
            let text = format.string(value)
            // A cut of .875 must not be printed as .88.
            return abs(value - (value * 100).rounded() / 100) < 1e-9 ? text : NumberFormat.bounded(4).string(value)
        }
        return text
    }
}
