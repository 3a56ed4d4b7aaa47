public import Datasets
public import Reporting
public import StudyDesign

/// A sample drawn from a frame, for a report.
public struct SampleDrawStudy: Sendable {
    /// The sample.
    public let draw: SampleDraw
    /// The intraclass correlations at which its precision is shown.
    public let correlations: [Double]

    /// Draws a sample.
    ///
    /// - Parameters:
    ///   - frame: The list to draw from.
    ///   - identifier: The variable that identifies its rows; nil for none.
    ///   - stages: The stages.
    ///   - correlation: The intraclass correlation at which precision is shown; nil for a few usual ones.
    ///   - seed: The seed.
    /// - Throws: `SamplingError`.
    public init(
        _ frame: Dataset, identifier: String?, stages: [SamplingStage], correlation: Double? = nil, seed: UInt64
    ) throws(SamplingError) {
        if let correlation, !(0..<1).contains(correlation) {
            throw .request(
                "the intraclass correlation is \(correlation), but must lie between 0 and below 1, for example 0.1")
        }
        draw = try SampleDraw(SamplingFrame(frame, identifier: identifier), stages: stages, seed: seed)
        correlations = correlation.map { [$0] } ?? (draw.clusterSizes.isEmpty ? [0] : [0, 0.05, 0.1, 0.2])
    }

    /// What the reader should know.
    public var warnings: [String] { draw.warnings }

    /// The figures under the names of the contract.
    var members: [(String, JSON)] {
        let names = draw.frame.identifier.flatMap { draw.frame.dataset[$0]?.texts }
        return [
            ("seed", .integer(Int(clamping: draw.seed))), ("n", .integer(draw.n)),
            ("population", .integer(draw.population)), ("weight.sum", JSON(draw.weightSum)),
            ("deff.weights", JSON(draw.weightingEffect)),
            (
                "precision",
                .array(
                    correlations.map { correlation in
                        [
                            "icc": JSON(correlation), "deff.clusters": JSON(draw.clusterEffect(correlation)),
                            "n.effective": JSON(draw.effectiveSize(correlation)),
                            "se.proportion": JSON(draw.proportionStandardError(correlation)),
                        ]
                    })
            ),
            (
                "stages",
                .array(
                    draw.stages.map { stage in
                        [
                            "unit": .string(stage.stage.unitName), "method": .string(stage.stage.selection.rawValue),
                            "strata": JSON(stage.stage.strata), "available": .integer(stage.available),
                            "drawn": .integer(stage.drawn),
                            "groups": .array(
                                stage.groups.map { group in
                                    [
                                        "group": .string(group.name), "available": .integer(group.available),
                                        "drawn": .integer(group.drawn),
                                        "probability.min": JSON(group.lowestProbability),
                                        "probability.max": JSON(group.highestProbability),
                                        "certain": .integer(group.certain),
                                    ]
                                }),
                        ]
                    })
            ),
            (
                "sample",
                .array(
                    draw.selected.map { unit in
                        [
                            "row": .integer(unit.row + 1), "id": JSON(names?[unit.row]), "number": JSON(unit.number),
                            "stratum": unit.stratum.isEmpty ? .null : .string(unit.stratum),
                            "probability": JSON(unit.probability), "weight": JSON(unit.weight),
                        ]
                    })
            ),
        ]
    }

    /// The document of the contract.
    public var contract: JSON { .contract(analysis: "sampling", warnings: warnings, members) }

    /// What is shown: the plan, its strata, the precision, the figure, and the first units of the sample.
    public func blocks(limit: Int = 2000) -> [Document.Block] {
        let sum = NumberFormat.fixed(0).string(draw.weightSum)
        var blocks: [Document.Block] = [
            .paragraph(
                "\(draw.n) of \(draw.population) units were drawn in \(draw.stages.count) stage\(draw.stages.count == 1 ? "" : "s") with seed \(String(draw.seed)). Their design weights sum to \(sum)."
            ), .table(.stages(draw)),
        ]
        let stratified = draw.stages.filter { (2...40).contains($0.groups.count) }
        blocks += stratified.map { .table(.groups($0)) }
        blocks.append(.table(.precision(draw, correlations: correlations)))
        if let stage = stratified.last {
            let chart = BarChart(
                groups: [.init(bars: stage.groups.map { .init($0.name, count: $0.drawn) })], title: "Sample",
                axisTitle: "Units drawn (\(stage.stage.unitName))")
            blocks.append(
                .figure(
                    Figure(
                        title: "Units Drawn: \(stage.stage.unitName)", drawing: chart.drawing(),
                        note: "Number of units drawn and share of the sample.")))
        }
        blocks.append(.table(.sample(draw, limit: limit)))
        return blocks + warnings.map { .callout(.init(.note, RichText(sentence: $0))) }
    }

    /// The tables for a terminal.
    public var document: Document {
        Document(title: "Sample", blocks: blocks(limit: 20).withoutFigures).numbered()
    }
}
