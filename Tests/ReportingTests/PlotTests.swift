import Testing

@testable import Reporting

@Suite struct PlotTests {
    @Test func writesReadableTextInsideThePage() {
        for (name, drawing) in PlotExamples.all() {
            let page = Rectangle(minX: 0, minY: 0, maxX: drawing.width, maxY: drawing.height)
            let labels = drawing.labels
            for (index, label) in labels.enumerated() {
                #expect(label.fontSize >= 11, "\(name)")
                #expect(page.contains(label.bounds), "\(name): \(label.text)")
                let covered = labels.dropFirst(index + 1).filter { label.bounds.overlaps($0.bounds) }
                #expect(covered.isEmpty, "\(name): \(label.text)")
            }
            #expect(WellFormedness.problem(in: drawing.svgFile()) == nil, "\(name)")
            #expect(!drawing.title.isEmpty && !drawing.summary.isEmpty, "\(name)")
        }
    }

    @Test func isDeterministic() {
        for (first, second) in zip(PlotExamples.all(), PlotExamples.all()) {
            #expect(first.drawing.svg() == second.drawing.svg())
        }
    }

    @Test(arguments: [
        ([0.0, 6.1], [0.0, 2, 4, 6, 8], 0), ([0.12, 0.36], [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4], 2),
        ([-3, 3], [-4, -2, 0, 2, 4], 0), ([5, 5], [4.4, 4.6, 4.8, 5, 5.2, 5.4, 5.6], 1),
    ])
    func choosesRoundTicks(values: [Double], ticks: [Double], decimals: Int) {
        let axis = Axis(holding: values)
        #expect(axis.ticks.count == ticks.count)
        for (tick, expected) in zip(axis.ticks, ticks) { #expect(abs(tick - expected) < 1e-9, "\(axis.ticks)") }
        #expect(axis.decimals == decimals)
    }

    @Test func holdsEveryValue() {
        for values in [[1e-9, 2e-9], [-1e12, 1e12], [0.3], [], [.nan, .infinity], [-0.1, 0.1], [1e-300, 2e-300]] {
            let axis = Axis(holding: values)
            #expect(axis.lower < axis.upper)
            for value in values where value.isFinite { #expect(axis.lower <= value && value <= axis.upper) }
        }
    }

    @Test func countsEveryDraw() {
        let draws = PlotExamples.draws(5000).sorted()
        let (edges, counts) = Histogram.bins(draws)
        #expect(counts.reduce(0, +) == 5000)
        #expect(edges.count == counts.count + 1)
        for index in counts.indices.dropLast() {
            #expect(counts[index] == draws.count { edges[index] <= $0 && $0 < edges[index + 1] })
        }
        #expect(Histogram.bins([]).counts == [0])
        #expect(Histogram.bins([2, 2, 2]).counts == [3])
    }

    @Test func survivesEmptyInput() {
        let drawings = [
            CorrelationHeatMap(labels: [], correlations: []).drawing(),
            CorrelationHeatMap(labels: ["a", "b"], correlations: [[1]]).drawing(), ScreePlot(eigenvalues: []).drawing(),
            ScreePlot(eigenvalues: [.nan, 1], randomMeans: [1]).drawing(),
            Histogram(values: [], estimate: .nan).drawing(), BarChart(groups: []).drawing(),
            BarChart(groups: [.init(bars: [.init("none", count: 0)])]).drawing(), ForestPlot(effects: []).drawing(),
            ForestPlot(effects: [.init("a", estimate: .nan, lower: .nan, upper: .infinity)]).drawing(),
            QuantilePlot(theoretical: [], sample: []).drawing(), QuantilePlot(theoretical: [0], sample: [1]).drawing(),
        ]
        for drawing in drawings { #expect(WellFormedness.problem(in: drawing.svg()) == nil) }
    }

    @Test func keepsLongWordsInsideThePage() {
        let long = "A name that is far too long for any legend, as names of scales in questionnaires often are"
        let line = LinePlot.Series(long, x: [0, 1], y: [0, 1])
        let drawings = [
            LinePlot(series: [line, line, line], title: long, horizontalTitle: long, verticalTitle: long).drawing(),
            ForestPlot(effects: [.init(long, estimate: 0.1, lower: 0, upper: 0.2)]).drawing(),
            BarChart(groups: [.init(long + long, bars: [.init(long, count: 3)])]).drawing(),
            CorrelationHeatMap(labels: [long, long], correlations: [[1, 0.2], [0.2, 1]]).drawing(),
        ]
        for drawing in drawings {
            let page = Rectangle(minX: 0, minY: 0, maxX: drawing.width, maxY: drawing.height)
            for label in drawing.labels { #expect(page.contains(label.bounds), "\(label.text)") }
        }
    }

    /// Colours on both sides get darker with the size of the correlation, so a grey print still shows it.
    @Test func darkensWithStrength() {
        for sign in [-1.0, 1.0] {
            let luminances = (0...10).map { CorrelationHeatMap.color(sign * Double($0) / 10).luminance }
            #expect(luminances == luminances.sorted(by: >))
        }
    }
}

@Suite struct TextMetricsTests {
    @Test func measuresText() {
        // Helvetica: a 556, space 278, W 944 thousandths, plus the allowance.
        #expect(abs(TextMetrics.width("a W", fontSize: 10) - 1.778 * 10 * 1.15) < 1e-9)
        #expect(abs(TextMetrics.width("学习", fontSize: 10) - 23) < 1e-9)
        #expect(TextMetrics.terminalColumns("学习ab\u{301}") == 6)
    }

    @Test func breaksLines() {
        #expect(
            TextMetrics.lines("Inter-organizational learning", fontSize: 12, maxWidth: 100) == [
                "Inter-", "organizational", "learning",
            ])
        #expect(TextMetrics.lines("知识管理过程", fontSize: 10, maxWidth: 35) == ["知识管", "理过程"])
        #expect(TextMetrics.lines("", fontSize: 10, maxWidth: 35) == [""])
        #expect(TextMetrics.lines("one\ntwo", fontSize: 10, maxWidth: 100) == ["one", "two"])
    }

    @Test func escapesXML() {
        #expect(XML.text("a < b & c > \"d\"\u{0}") == "a &lt; b &amp; c &gt; \"d\"\u{FFFD}")
        #expect(XML.attribute("\"\n") == "&quot;&#10;")
    }

    @Test func writesCoordinates() {
        #expect(
            [1, 1.5, -0.004, 2.349, -3.05, .nan, .infinity].map(Drawing.number) == [
                "1", "1.5", "0", "2.35", "-3.05", "0", "0",
            ])
    }
}
