public import SetTheoreticAnalysis

extension Table {
    /// Whether set relations hold in every cluster and unit of a panel: consistency over all cases, in each cluster, and how
    /// far the clusters and the units are from each other.
    ///
    /// - Parameters:
    ///   - diagnostics: The relations, all of the same clusters and units.
    ///   - outcome: The outcome.
    ///   - cluster: The variable of the clusters.
    ///   - unit: The variable of the units; nil without units.
    ///   - labels: The words for the outcome, clusters and units.
    ///   - columnLimit: The most clusters that have columns of their own; the range stands for more.
    public static func clusterDiagnostics(
        _ diagnostics: [ClusterDiagnostics], outcome: String, cluster: String, unit: String? = nil,
        labels: VariableLabels = .none, columnLimit: Int = 8
    ) -> Table {
        let format = NumberFormat.bounded(3)
        let clusters = diagnostics.first?.between ?? []
        let isWide = clusters.count > columnLimit
        let hasUnits = unit != nil && diagnostics.contains { !$0.within.isEmpty }
        let limit = diagnostics.first?.relation == .necessity ? 0.9 : 0.75
        var columns = [Column("Set"), Column("Pooled")]
        columns += isWide ? [Column("Lowest"), Column("Highest")] : clusters.map { Column(RichText($0.label)) }
        columns.append(Column("Distance"))
        if hasUnits { columns += [Column("Distance"), Column("Below \(limit, .bounded(2))")] }
        let rows = diagnostics.map { own in
            var cells: [Cell] = [
                .text(RichText(own.name, style: .code)), .number(own.pooled.consistency, format),
            ]
            if isWide {
                let values = own.between.compactMap(\.consistency)
                cells += [.number(values.min(), format), .number(values.max(), format)]
            } else {
                cells += own.between.map { .number($0.consistency, format) }
            }
            cells.append(.number(own.betweenDistance?.adjusted, format))
            if hasUnits {
                cells += [
                    .number(own.withinDistance?.adjusted, format), .integer(own.units(below: limit).count),
                ]
            }
            return Row(cells)
        }
        let betweenEnd = 2 + (isWide ? 2 : clusters.count) + 1
        var spanners = [Spanner("Between: \(labels.text(cluster))", columns: 2..<betweenEnd)]
        if let unit, hasUnits {
            spanners.append(Spanner("Within: \(labels.text(unit))", columns: betweenEnd..<(betweenEnd + 2)))
        }
        let relation = diagnostics.first?.relation == .necessity ? "Necessity" : "Sufficiency"
        var general: [RichText] = [
            "Consistencies over all cases, and in each of the \(clusters.count) clusters. Distance: of the groups' shares in the sum of consistencies from equal shares, divided by that of random shares (Garcia-Castro & Ariño, 2016); 0 if all are equally consistent."
        ]
        if let first = diagnostics.first, hasUnits {
            general.append(
                "Within: over the \(first.within.count) units; the last column has the number of units whose consistency is lower."
            )
        }
        return Table(
            title: hasUnits
                ? "\(relation) for \(OutcomeSolution.title(outcome, labels)) by \(labels.text(cluster)) and \(labels.text(unit ?? ""))"
                : "\(relation) for \(OutcomeSolution.title(outcome, labels)) by \(labels.text(cluster))",
            spanners: [spanners], columns: columns, rows: rows, notes: Notes(general: general))
    }
}
