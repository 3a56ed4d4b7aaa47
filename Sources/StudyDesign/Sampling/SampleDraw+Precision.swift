public import Datasets

extension SampleDraw {
    /// The number of units drawn.
    public var n: Int { selected.count }

    /// The sum of the design weights, which estimates the number of units in the frame.
    public var weightSum: Double { selected.reduce(0) { $0 + $1.weight } }

    /// Kish's effect of unequal weights, 1 + cv².
    public var weightingEffect: Double { KishDesignEffect.weighting(selected.map(\.weight)) ?? 1 }

    /// The effect of drawing several units of one cluster, at an intraclass correlation from 0 to below 1; 1 without clusters.
    public func clusterEffect(_ correlation: Double) -> Double {
        (try? ClusterDesignEffect(sizes: clusterSizes, intraclassCorrelation: correlation))?.value ?? 1
    }

    /// The size of a simple random sample of the same precision at an intraclass correlation (Kish 1987: n over the product of
    /// the effects of weights and clusters).
    public func effectiveSize(_ correlation: Double) -> Double {
        Double(n) / (weightingEffect * clusterEffect(correlation))
    }

    /// The standard error of a proportion of one half, with the correction for a finite population where units are drawn one
    /// by one.
    public func proportionStandardError(_ correlation: Double) -> Double {
        let finite = clusterSizes.isEmpty && population > 0 ? 1 - Double(n) / Double(population) : 1
        return (0.25 / effectiveSize(correlation) * max(finite, 0)).squareRoot()
    }

    /// The sample as data: the rows of the frame with the number of the unit where it was drawn by number, its stratum, the
    /// probability of being drawn at each stage and in all, and the design weight.
    ///
    /// - Throws: ``SamplingError/data(_:)`` when the frame has variables of these names.
    public func dataset() throws(SamplingError) -> Dataset {
        var added: [Column] = []
        if selected.contains(where: { $0.number != nil }) {
            added.append(
                Column(
                    name: "sample.\(stages.last?.stage.unitName ?? "unit")",
                    numbers: selected.map { Double($0.number ?? 0) }))
        }
        if selected.contains(where: { !$0.stratum.isEmpty }) {
            added.append(Column(name: "sample.stratum", texts: selected.map(\.stratum)))
        }
        if stages.count > 1 {
            for index in stages.indices {
                added.append(
                    Column(
                        name: "sample.probability.\(index + 1)", numbers: selected.map { $0.stageProbabilities[index] },
                        label: "Probability of being drawn as \(stages[index].stage.unitName)"))
            }
        }
        added.append(
            Column(
                name: "sample.probability", numbers: selected.map(\.probability), label: "Probability of being drawn"))
        added.append(Column(name: "sample.weight", numbers: selected.map(\.weight), label: "Design weight"))
        let rows = frame.dataset.selectingRows(selected.map(\.row))
        do throws(DatasetError) {
            return try Dataset(columns: rows.columns + added, source: frame.dataset.source)
        } catch { throw .data(error) }
    }
}
