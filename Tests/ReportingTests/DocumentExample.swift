@testable import Reporting

/// A report with every kind of block.
enum DocumentExample {
    static func document() throws -> Document {
        let reliability = Table(
            title: "Results of the Reliability Analysis",
            columns: [
                .init("Latent variable"), .init("Dimension"), .init("Item"), .init("CITC"),
                .init("\(emphasis: "α") if item deleted"), .init("Cronbach’s \(emphasis: "α")"),
            ],
            rows: [
                .init([
                    "Inter-organizational learning", "Amount of knowledge exchange", "IL1", .number(0.652, .bounded(3)),
                    .number(0.74, .bounded(3)), .number(0.8, .bounded(3)),
                ]),
                .init([
                    .continued, .continued, "IL2", .number(0.575, .bounded(3)), .number(0.765, .bounded(3)), .continued,
                ]),
                .init([
                    .continued, "Degree of information sharing", "IL6", .number(0.652, .bounded(3)),
                    .number(0.771, .bounded(3)).marked("a"), .number(0.818, .bounded(3)),
                ]),
                .init([
                    .continued, .continued, "IL7", .number(0.58, .bounded(3)), .number(nil, .bounded(3)), .continued,
                ]),
                .init(
                    ["Whole questionnaire", .empty, .empty, .empty, .empty, .number(0.936, .bounded(3))], role: .total),
            ],
            notes: .init(
                general: ["CITC = corrected item–total correlation.", "\(emphasis: "N") = 336."],
                specific: [.init("a", "Above the value of its dimension.")]))
        let paths = Table(
            title: "Path Coefficients",
            spanners: [[.init("Unstandardized", columns: 1..<4), .init("Standardized", columns: 4..<6)]],
            columns: [
                .init("Path"), .init("\(emphasis: "b")"), .init("\(emphasis: "SE")"), .init("\(emphasis: "p")"),
                .init("\(emphasis: "β")"), .init("95% CI"),
            ],
            rows: [
                .heading("Structural model"),
                .init(
                    [
                        "IL → KM", .number(0.5, .fixed(3)), .number(0.069, .fixed(3)), .probability(0.0000001),
                        .estimate(0.638, .bounded(3), p: 0.0000001), .interval(0.531, 0.735, .bounded(2)),
                    ], indentation: 1),
                .init(
                    [
                        "IL → EI", .number(-0.19, .fixed(3)), .number(0.097, .fixed(3)), .probability(0.0498),
                        .estimate(-0.2, .bounded(3), p: 0.0498), .interval(-0.401, -0.003, .bounded(2)),
                    ], indentation: 1),
                .init(
                    [
                        "学习 → EI | <x>", .number(12.19, .fixed(3)), .number(nil, .fixed(3)), .probability(0.2),
                        .estimate(0.02, .bounded(3), p: 0.2), .interval(nil, nil, .bounded(2)),
                    ], indentation: 1),
            ], notes: .init(probability: SignificanceStars.standard.note))
        let hypotheses = Table(
            title: "Hypothesis Tests", columns: [.init("Hypothesis"), .init("Claim"), .init("Result")],
            rows: [
                .init([
                    "H1",
                    "Inter-organizational learning has a positive impact on the knowledge management process, whatever the size of the firm.",
                    "Supported",
                ])
            ])
        return Document(
            title: "Inter-organizational learning & innovation <performance>", subtitle: "Report",
            notes: ["assay 0.1 · data sha-256 0f3a"],
            blocks: [.paragraph("The mean was \(emphasis: "M") = 3.20, \(p: 0.023), see \(code: "IL ~ KM").")],
            sections: [
                .init(
                    "Measurement",
                    blocks: [.table(reliability), .callout(.init(.warning, "Item IL7 has no variance."))],
                    sections: [.init("Items", blocks: [.list(["one", "two"], ordered: false)])]),
                .init(
                    "Structural model",
                    blocks: [
                        .preformatted("IL =~ X11 + X12\nEI ~ IL"), .table(paths),
                        .figure(
                            Figure(
                                title: "Structural Equation Model",
                                drawing: try PathDiagramExamples.structural().drawing(),
                                note: "Standardized estimates. Dashed: not significant.")),
                        .table(hypotheses), .callout(.init(.note, "5,000 bootstrap draws.")),
                    ]),
                .init("Measurement", blocks: [.list(["first", "second"], ordered: true)]),
            ]
        ).numbered()
    }
}
