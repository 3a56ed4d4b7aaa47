@testable import Reporting

/// One picture of every kind of plot.
enum PlotExamples {
    /// Deterministic values that look like draws from a bell-shaped distribution.
    static func draws(_ count: Int) -> [Double] {
        var state: UInt64 = 42
        return (0..<count).map { _ in
            var sum = 0.0
            for _ in 0..<12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                sum += Double(state >> 40) / Double(1 << 24)
            }
            return 0.24 + 0.06 * (sum - 6)
        }
    }

    static func all() -> [(name: String, drawing: Drawing)] {
        let names = ["Amount of knowledge exchange", "信息共享程度", "Management support", "X14", "KM", "IC", "EI"]
        let matrix = names.indices.map { row in
            names.indices.map { column in
                row == column ? 1 : (row + column) % 5 == 0 ? -0.31 : 0.1 * Double((row * column) % 9)
            }
        }
        let sorted = draws(200).sorted()
        let middle = QuantilePlot.plottingPositions(count: 200).map { 4.2 * ($0 - 0.5) + 3 * ($0 - 0.5) * ($0 - 0.5) }
        let effects = sorted.enumerated().map { index, value in
            CaterpillarPlot.Group("g\(index)", estimate: value - 0.24, lower: value - 0.3, upper: value - 0.18)
        }
        let lines = (0..<40).map { index in
            GroupLinesPlot.Line(x: -2...2, intercept: sorted[index * 5], slope: sorted[(index * 37) % 200] - 0.2)
        }
        return [
            ("caterpillar", CaterpillarPlot(groups: effects, title: "Intercept by leader").drawing()),
            ("residuals", ResidualPlot(fitted: draws(600), residuals: draws(600).reversed()).drawing()),
            ("lines", GroupLinesPlot(groups: lines, average: lines[20], horizontalTitle: "协同创新").drawing()),
            ("heatmap", CorrelationHeatMap(labels: names, correlations: matrix).drawing()),
            (
                "scree",
                ScreePlot(
                    eigenvalues: [6.1, 2.2, 1.4, 0.9, 0.7, 0.6, 0.5, 0.45, 0.4, 0.38, 0.3, 0.2],
                    randomMeans: (0..<12).map { 1.5 - 0.09 * Double($0) },
                    randomPercentiles: (0..<12).map { 1.62 - 0.095 * Double($0) }
                ).drawing()
            ),
            (
                "histogram",
                Histogram(
                    values: draws(5000), estimate: 0.2406, interval: 0.121...0.358, horizontalTitle: "IL → KM → EI"
                )
                .drawing()
            ),
            (
                "bars",
                BarChart(groups: [
                    .init(
                        "Establishment time of enterprise",
                        bars: [
                            .init("Less than 3 years", count: 80), .init("4-6 years", count: 87),
                            .init("7-10 years", count: 100), .init("More than 10 years", count: 69),
                        ]),
                    .init(
                        "Enterprise scale",
                        bars: [
                            .init("Small enterprise (50-100 people)", count: 183),
                            .init("Medium-sized enterprise (100-500 people) 中型企业", count: 153),
                        ]),
                ]).drawing()
            ),
            (
                "forest",
                ForestPlot(effects: [
                    .init("IL → KM → EI", estimate: 0.24, lower: 0.12, upper: 0.36),
                    .init("IL → IC → EI", estimate: 0.087, lower: 0.02, upper: 0.17),
                    .init("Direct effect of IL on EI, with all covariates", estimate: 0.19, lower: -0.01, upper: 0.38),
                    .init("Total effect", estimate: 0.52, lower: 0.4, upper: 0.65),
                ]).drawing()
            ),
            (
                "slopes",
                LinePlot(
                    series: [
                        .init("Low support (−1 SD)", x: [-1, 1], y: [3.2, 3.4]),
                        .init("High support (+1 SD)", x: [-1, 1], y: [3.1, 4.2]),
                    ], title: "Simple slopes", horizontalTitle: "Autonomy (SD)", verticalTitle: "Engagement"
                ).drawing()
            ),
            (
                "region",
                LinePlot(
                    series: [
                        .init(
                            x: (0...40).map { Double($0) / 10 - 2 }, y: (0...40).map { 0.01 * Double($0) - 0.1 },
                            lower: (0...40).map { 0.006 * Double($0) - 0.2 },
                            upper: (0...40).map { 0.016 * Double($0) + 0.02 })
                    ], references: [0], borders: [1.3], title: "Region of significance",
                    horizontalTitle: "Support", verticalTitle: "Slope of autonomy"
                ).drawing()
            ),
            ("quantiles", QuantilePlot(theoretical: middle, sample: sorted).drawing()),
        ]
    }
}
