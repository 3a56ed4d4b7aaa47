public import Reporting
public import StudyDesign

/// A sample shared out to strata, with what precision it promises.
public struct AllocationStudy: Sendable {
    /// The allocation.
    public let allocation: StratumAllocation
    /// Its precision.
    public let precision: ExpectedPrecision

    /// Shares a sample out.
    ///
    /// - Throws: `SamplingError`.
    public init(
        _ n: Int, to strata: [SamplingStratum], by rule: AllocationRule = .proportional, minimum: Int = 1
    ) throws(SamplingError) {
        allocation = try StratumAllocation(n, to: strata, by: rule, minimum: minimum)
        precision = ExpectedPrecision(allocation)
    }

    /// What the reader should know.
    public var warnings: [String] {
        var warnings: [String] = []
        let whole = allocation.rows.filter { $0.n == $0.stratum.size }.map(\.stratum.name)
        if !whole.isEmpty, whole.count < allocation.rows.count {
            warnings.append(
                "taken whole, as the rule asks for all their units or more: \(whole.joined(separator: ", "))")
        }
        let single = allocation.rows.filter { $0.n == 1 && $0.stratum.size > 1 }.map(\.stratum.name)
        if !single.isEmpty {
            warnings.append(
                "one unit only, so that the variance within cannot be estimated: \(single.joined(separator: ", ")); "
                    + "a minimum of 2 avoids this")
        }
        return warnings
    }

    /// The figures under the names of the contract.
    var members: [(String, JSON)] {
        [
            ("rule", .string(allocation.rule.rawValue)), ("n", .integer(allocation.n)),
            ("population", .integer(allocation.population)), ("minimum", .integer(allocation.minimum)),
            ("cost", JSON(allocation.cost)),
            (
                "strata",
                .array(
                    allocation.rows.map { row in
                        [
                            "stratum": .string(row.stratum.name), "size": .integer(row.stratum.size),
                            "sd": JSON(row.stratum.standardDeviation), "mean": JSON(row.stratum.mean),
                            "cost": JSON(row.stratum.cost), "share": JSON(row.share), "n": .integer(row.n),
                            "fraction": JSON(row.fraction), "weight": JSON(row.weight),
                        ]
                    })
            ),
            (
                "precision",
                [
                    "se": JSON(precision.standardError), "se.proportional": JSON(precision.proportionalStandardError),
                    "se.neyman": JSON(precision.neymanStandardError), "se.simple": JSON(precision.simpleStandardError),
                    "deff": JSON(precision.designEffect), "deff.weights": JSON(precision.weightingEffect),
                    "n.effective": JSON(precision.effectiveSize),
                    "se.proportion": JSON(precision.proportionStandardError),
                ]
            ),
        ]
    }

    /// The document of the contract.
    public var contract: JSON { .contract(analysis: "allocation", warnings: warnings, members) }

    /// What is shown: the allocation, its precision, and the figure.
    public var blocks: [Document.Block] {
        let text: RichText =
            "A sample of \(allocation.n) from \(allocation.population) units, shared out to \(allocation.rows.count) strata by \(allocation.rule.rawValue) allocation."
        let chart = BarChart(
            groups: [.init(bars: allocation.rows.map { .init($0.stratum.name, count: $0.n) })], title: "Allocation",
            axisTitle: "Units to be drawn")
        return [
            .paragraph(text), .table(.allocation(allocation)), .table(.precision(precision, n: allocation.n)),
            .figure(
                Figure(
                    title: "Allocation of the Sample to Strata", drawing: chart.drawing(),
                    note: "Number of units to be drawn and share of the sample.")),
        ]
    }

    /// The tables for a terminal.
    public var document: Document {
        Document(title: "Allocation of a sample", blocks: blocks.withoutFigures).numbered()
    }
}

extension [Document.Block] {
    /// The blocks that a terminal can show.
    var withoutFigures: [Document.Block] { filter { if case .figure = $0 { false } else { true } } }
}
