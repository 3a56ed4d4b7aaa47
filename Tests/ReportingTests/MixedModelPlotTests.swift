import Testing

@testable import Reporting

@Suite struct MixedModelPlotTests {
    @Test func residualPlotSortsAndAveragesItsPoints() {
        let plot = ResidualPlot(
            fitted: [3, .nan, 1, 2] + (0..<20).map { Double($0) + 10 },
            residuals: [0.3, 9, 0.1, 0.2] + [Double](repeating: -1, count: 20))
        #expect(Array(plot.fitted.prefix(3)) == [1, 2, 3])
        #expect(Array(plot.residuals.prefix(3)) == [0.1, 0.2, 0.3])
        #expect(plot.fitted.count == 23)
        let means = plot.binMeans
        #expect(means.count == 2)
        // The means of the stretches, weighted by their sizes 11 and 12, give the mean of all residuals.
        let total = 11 * means[0].y + 12 * means[1].y
        #expect(abs(total - (0.6 - 20)) < 1e-12)
    }

    @Test func ofManyPointsEverySoManyIsDrawn() {
        let values = (0..<9000).map { Double($0) }
        let drawing = ResidualPlot(fitted: values, residuals: values).drawing()
        let marks = drawing.elements.filter { if case .ellipse = $0 { true } else { false } }
        #expect(marks.count <= ResidualPlot.pointLimit && marks.count > 1000)
    }

    @Test func linesRunOverTheirOwnStretch() {
        let line = GroupLinesPlot.Line(x: -1...3, intercept: 2, slope: 0.5)
        #expect(line.y == [1.5, 3.5])
    }

    @Test func emptyPlotsAreDrawn() {
        for drawing in [
            CaterpillarPlot(groups: []).drawing(), ResidualPlot(fitted: [], residuals: []).drawing(),
            GroupLinesPlot(groups: [], average: .init(x: 0...1, intercept: .nan, slope: 0)).drawing(),
        ] {
            #expect(WellFormedness.problem(in: drawing.svgFile()) == nil)
        }
    }

    @Test func figuresInParenthesesKeepTheirDigits() {
        let paired = Cell.paired(-0.2661, .fixed(3), p: 0.0004, with: 0.0334, .fixed(3))
        #expect(paired.value(minus: .hyphen) + paired.stars == "-0.266*** (0.033)")
        let below = Cell.parenthesised(0.0334, .fixed(3))
        #expect(below.value(minus: .hyphen) + below.stars == "(0.033)")
        #expect(paired.isNumeric && below.isNumeric)
        #expect(Cell.parenthesised(nil, .fixed(3)).value(minus: .hyphen) == "")
        let table = Table(
            title: "T", columns: [Table.Column(""), Table.Column("M1")],
            rows: [Table.Row(["b", paired]), Table.Row([.continued, below])])
        let exact = CSVRenderer(figures: .exact).render(table)
        #expect(exact.contains("-0.2661 (0.0334)") && exact.contains("\r\nb,0.0334"))
    }
}
