public import SetTheoreticAnalysis

extension Table {
    /// A relation pooled, between clusters and within units, with its distances (Garcia-Castro & Ariño, 2016).
    ///
    /// - Parameters:
    ///   - diagnostics: The expressions, all of one relation and the same clusters.
    ///   - outcome: The outcome.
    ///   - labels: The words for the outcome.
    ///   - clusterLimit: The most clusters that have a column of their own.
    public static func clusters(
        _ diagnostics: [ClusterDiagnostics], outcome: String, labels: VariableLabels = .none, clusterLimit: Int = 8
    ) -> Table {
        let format = NumberFormat.bounded(3), first = diagnostics.first
        let clusters = first?.between ?? [], shown = clusters.count <= clusterLimit ? clusters : []
        let hasUnits = !(first?.within.isEmpty ?? true)
        let isNecessity = first?.relation == .necessity
        let rows = diagnostics.map { one in
            var cells: [Cell] = [
                .text(RichText(one.name, style: .code)), .number(one.pooled.consistency, format),
                .number(one.pooled.coverage, format),
            ]
            cells += shown.indices.map { position in
                .number(one.between.indices.contains(position) ? one.between[position].consistency : nil, format)
            }
            cells += [.number(one.betweenDistance?.value, format), .number(one.betweenDistance?.adjusted, format)]
            if hasUnits {
                cells += [
                    .number(one.withinDistance?.value, format), .number(one.withinDistance?.adjusted, format),
                    .number(one.within.compactMap(\.consistency).min(), format),
                ]
            }
            return Row(cells)
        }
        let relation = isNecessity ? "Necessity of conditions for" : "Sufficiency of the solution for"
        let distances = 3 + shown.count
        var general: [RichText] = [
            "Distances between the consistencies of clusters (dBP)\(hasUnits ? " and of units (dWP)" : ""): 0 if all are equal (Garcia-Castro & Ariño, 2016); adj.: in units of shares spread at random, by which clusters and units can be compared."
        ]
        if shown.isEmpty { general.append("\(clusters.count) clusters.") }
        if hasUnits { general.append("\(first?.within.count ?? 0) units; Min.: the lowest consistency of a unit.") }
        let undefined = diagnostics.contains { ($0.betweenDistance?.undefinedCount ?? 0) > 0 }
        if undefined { general.append("–: no case of the cluster has any membership, which counts as consistent.") }
        return Table(
            title: "\(relation) \(OutcomeSolution.title(outcome, labels)) in clusters",
            spanners: [
                [Spanner("Pooled", columns: 1..<3)]
                    + (shown.isEmpty ? [] : [Spanner("Consistency between", columns: 3..<distances)])
                    + [Spanner("dBP", columns: distances..<distances + 2)]
                    + (hasUnits ? [Spanner("dWP", columns: distances + 2..<distances + 5)] : [])
            ],
            columns: [Column("Expression"), Column("Consistency"), Column("Coverage")]
                + shown.map { Column(RichText($0.label)) } + [Column("Value"), Column("Adj.")]
                + (hasUnits ? [Column("Value"), Column("Adj."), Column("Min.")] : []), rows: rows,
            notes: Notes(general: general))
    }

    /// The units in which a relation holds least.
    public static func unitConsistencies(_ diagnostics: ClusterDiagnostics, rowLimit: Int = 20) -> Table {
        let format = NumberFormat.bounded(3)
        let sorted = diagnostics.within.enumerated().sorted {
            ($0.element.consistency ?? 1, $0.offset) < ($1.element.consistency ?? 1, $1.offset)
        }.map(\.element)
        let shown = sorted.prefix(max(1, rowLimit))
        return Table(
            title: "Consistency of \(RichText(diagnostics.name, style: .code)) within units",
            columns: [
                Column("Unit"), Column("\(emphasis: "n")"), Column("Consistency"), Column("Coverage"),
            ],
            rows: shown.map {
                Row([
                    .text(RichText($0.label)), .integer($0.count), .number($0.consistency, format),
                    .number($0.coverage, format),
                ])
            },
            notes: Notes(
                general: shown.count < sorted.count
                    ? ["The \(shown.count) least consistent of \(sorted.count) units."] : []))
    }
}
