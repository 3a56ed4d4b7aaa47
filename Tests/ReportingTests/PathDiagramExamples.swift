@testable import Reporting

/// The kinds of model that a path diagram must be able to show.
enum PathDiagramExamples {
    typealias Node = PathDiagram.Node
    typealias Path = PathDiagram.Path
    typealias Covariance = PathDiagram.Covariance

    /// Four latent variables with their hypotheses only.
    static func conceptual() throws -> PathDiagram {
        try PathDiagram(
            title: "Relationship model",
            nodes: [
                Node("IL", label: "Inter-organizational Learning", kind: .observed),
                Node("KM", label: "Knowledge Management Process", kind: .observed),
                Node("IC", label: "Innovation Capabilities of Knowledge workers", kind: .observed),
                Node("EI", label: "Enterprise Innovation Performance", kind: .observed),
            ],
            paths: [
                Path("IL", "KM", label: "H1 (+)"), Path("IL", "IC", label: "H2 (+)"), Path("IL", "EI", label: "H3 (+)"),
                Path("KM", "EI", label: "H4 (+)"), Path("IC", "EI", label: "H5 (+)"),
            ])
    }

    /// A full structural equation model with 12 indicators.
    static func structural(
        highlighted: Int? = nil, direction: PathDiagram.Direction = .leftToRight, fontSize: Double = 13,
        longLabels: Bool = false
    ) throws -> PathDiagram {
        let names =
            longLabels
            ? [
                "IL": "Inter-organizational Learning", "KM": "Knowledge Management Process",
                "IC": "创新能力（知识型员工）", "EI": "Enterprise Innovation Performance",
            ] : [:]
        let indicators: [(String, String, String)] = [
            ("IL", "X11", "0.72***"), ("IL", "X12", "0.76***"), ("IL", "X13", "0.84***"), ("IL", "X14", "0.81***"),
            ("KM", "M11", "0.90***"), ("KM", "M12", "0.64***"), ("KM", "M13", "0.68***"),
            ("IC", "M21", "0.88***"), ("IC", "M22", "0.83***"), ("IC", "M23", "0.82***"),
            ("EI", "Y11", "0.65***"), ("EI", "Y12", "0.82***"),
        ]
        let squared = ["KM": 0.41, "IC": 0.18, "EI": 0.37]
        var nodes = ["IL", "KM", "IC", "EI"].map {
            Node($0, label: names[$0], kind: .latent, rSquared: squared[$0])
        }
        nodes += indicators.map { Node($0.1, kind: .observed) }
        var paths = [
            Path("IL", "KM", label: "0.64***"), Path("IL", "IC", label: "0.43***"), Path("IL", "EI", label: "0.20*"),
            Path("KM", "EI", label: "0.38***"), Path("IC", "EI", label: "0.20**"),
        ]
        if let highlighted {
            for index in paths.indices { paths[index].emphasis = index == highlighted ? .highlighted : .muted }
        }
        paths += indicators.map { Path($0.0, $0.1, label: $0.2) }
        return try PathDiagram(
            title: "Structural equation model", nodes: nodes, paths: paths, direction: direction, fontSize: fontSize
        ).addingErrors()
    }

    /// A confirmatory factor analysis with all factor covariances.
    static func measurement(factors: Int, items: (Int) -> Int) throws -> PathDiagram {
        var nodes: [Node] = []
        var paths: [Path] = []
        var covariances: [Covariance] = []
        var item = 0
        for factor in 0..<factors {
            nodes.append(Node("F\(factor + 1)", kind: .latent))
            for _ in 0..<items(factor) {
                item += 1
                nodes.append(Node("x\(item)", kind: .observed))
                paths.append(Path("F\(factor + 1)", "x\(item)", label: "0.\(50 + (item * 37) % 49)***"))
            }
            for other in 0..<factor {
                covariances.append(
                    Covariance(
                        "F\(other + 1)", "F\(factor + 1)", label: "0.\(10 + (factor * 17 + other * 29) % 70)**",
                        isSignificant: (factor + other) % 5 != 0))
            }
        }
        return try PathDiagram(title: "Measurement model", nodes: nodes, paths: paths, covariances: covariances)
            .addingErrors()
    }

    /// Four first-order factors under one second-order factor.
    static func secondOrder() throws -> PathDiagram {
        var nodes = [Node("IL", label: "Learning", kind: .latent)]
        var paths: [Path] = []
        for factor in 1...4 {
            nodes.append(Node("X1\(factor)", kind: .latent))
            paths.append(Path("IL", "X1\(factor)", kind: .loading, label: "0.7\(factor)***"))
            for item in 1...5 {
                let name = "IL\((factor - 1) * 5 + item)"
                nodes.append(Node(name, kind: .observed))
                paths.append(Path("X1\(factor)", name, label: "0.\(60 + factor * 5 + item)***"))
            }
        }
        return try PathDiagram(title: "Second-order model", nodes: nodes, paths: paths).addingErrors()
    }

    /// A general factor and three group factors.
    static func bifactor() throws -> PathDiagram {
        var nodes = [Node("g", label: "General", kind: .latent)]
        var paths: [Path] = []
        for factor in 1...3 {
            nodes.append(Node("S\(factor)", label: "Group \(factor)", kind: .latent))
            for item in 1...3 {
                let name = "y\((factor - 1) * 3 + item)"
                nodes.append(Node(name, kind: .observed))
                paths.append(Path("g", name, label: ".\(50 + factor * 6 + item)"))
                paths.append(Path("S\(factor)", name, label: ".\(30 + factor * 4 + item)"))
            }
        }
        return try PathDiagram(title: "Bifactor model", nodes: nodes, paths: paths).addingErrors()
    }

    /// Observed variables only: two causes, two mediators in a row, a moderator product, one outcome.
    static func observedPaths() throws -> PathDiagram {
        try PathDiagram(
            title: "Path model",
            nodes: [
                Node("autonomy", label: "Job autonomy", kind: .observed),
                Node("support", label: "Supervisor support", kind: .observed),
                Node("tenure", label: "Tenure", kind: .observed),
                Node("engagement", label: "Work engagement", kind: .observed, rSquared: 0.31),
                Node("learning", label: "Learning behaviour", kind: .observed, rSquared: 0.22),
                Node("performance", label: "Performance", kind: .observed, rSquared: 0.44),
            ],
            paths: [
                Path("autonomy", "engagement", label: "0.35***"), Path("support", "engagement", label: "0.28***"),
                Path("engagement", "learning", label: "0.41***"), Path("autonomy", "learning", label: "0.12*"),
                Path("learning", "performance", label: "0.33***"), Path("engagement", "performance", label: "0.21**"),
                Path("tenure", "performance", label: "0.04", isSignificant: false),
                Path("support", "performance", label: "0.09", isSignificant: false),
            ],
            covariances: [
                Covariance("autonomy", "support", label: "0.42***"),
                Covariance("support", "tenure", label: "−0.03", isSignificant: false),
                Covariance("autonomy", "tenure", label: "0.11*"),
            ]
        ).addingErrors()
    }

    /// Three correlated causes, two mediators with a residual covariance, one outcome, all latent.
    static func correlatedCauses() throws -> PathDiagram {
        var nodes: [Node] = []
        var paths: [Path] = []
        for (index, name) in ["A", "B", "C", "M", "N", "Y"].enumerated() {
            nodes.append(Node(name, kind: .latent))
            for item in 1...3 {
                nodes.append(Node("\(name.lowercased())\(item)", kind: .observed))
                paths.append(Path(name, "\(name.lowercased())\(item)", label: "0.\(70 + index * 3 + item)***"))
            }
        }
        for cause in ["A", "B", "C"] {
            for mediator in ["M", "N"] { paths.append(Path(cause, mediator, label: "0.21**")) }
        }
        paths += [Path("M", "Y", label: "0.33***"), Path("N", "Y", label: "0.25***"), Path("B", "Y", label: "0.10")]
        return try PathDiagram(
            title: "Two mediators", nodes: nodes, paths: paths,
            covariances: [
                Covariance("A", "B", label: "0.40***"), Covariance("B", "C", label: "0.35***"),
                Covariance("A", "C", label: "0.22**"), Covariance("a1", "a2", label: "0.15*"),
                Covariance("M", "N", label: "0.18**"),
            ]
        ).addingErrors()
    }

    /// Cause, mediator, outcome: the triangle of every textbook.
    static func triangle(direction: PathDiagram.Direction = .leftToRight) throws -> PathDiagram {
        try PathDiagram(
            title: "Mediation", nodes: ["X", "M", "Y"].map { Node($0, kind: .observed) },
            paths: [
                Path("X", "M", label: "a = 0.42***"), Path("M", "Y", label: "b = 0.35***"),
                Path("X", "Y", label: "c′ = 0.08", isSignificant: false),
            ],
            direction: direction)
    }

    /// Intercept and slope load on the same occasions.
    static func growth() throws -> PathDiagram {
        let occasions = (1...4).map { "t\($0)" }
        return try PathDiagram(
            title: "Growth model",
            nodes: [Node("i", label: "Intercept", kind: .latent), Node("s", label: "Slope", kind: .latent)]
                + occasions.map { Node($0, kind: .observed) },
            paths: occasions.map { Path("i", $0, label: "1") }
                + occasions.enumerated().map { Path("s", $1, label: "\($0)") },
            covariances: [Covariance("i", "s", label: "0.31*")]
        ).addingErrors()
    }

    /// Three mediators side by side and a covariate with a single observed variable.
    static func parallelMediators() throws -> PathDiagram {
        var nodes: [Node] = []
        var paths: [Path] = []
        for name in ["X", "M1", "M2", "M3", "Y"] {
            nodes.append(Node(name, kind: .latent))
            for item in ["a", "b", "c", "d"] {
                nodes.append(Node(name + item, kind: .observed))
                paths.append(Path(name, name + item, label: "0.81***"))
            }
        }
        nodes.append(Node("age", label: "Age", kind: .observed))
        paths.append(Path("age", "Y", label: "0.02", isSignificant: false))
        for mediator in ["M1", "M2", "M3"] {
            paths += [Path("X", mediator, label: "0.42***"), Path(mediator, "Y", label: "0.31***")]
        }
        paths.append(Path("X", "Y", label: "0.11*"))
        return try PathDiagram(title: "Three mediators", nodes: nodes, paths: paths).addingErrors()
    }

    /// A chain of latent variables with all shortcuts, second-order cause, cross-loading included.
    static func chain() throws -> PathDiagram {
        var nodes = [Node("G", label: "Organizational learning", kind: .latent)]
        var paths: [Path] = []
        for dimension in ["G1", "G2", "G3"] {
            nodes.append(Node(dimension, kind: .latent))
            paths.append(Path("G", dimension, kind: .loading, label: "0.77***"))
            for item in 1...3 {
                nodes.append(Node("\(dimension)\(item)", kind: .observed))
                paths.append(Path(dimension, "\(dimension)\(item)", label: "0.70***"))
            }
        }
        for (name, count) in [("M", 3), ("N", 3), ("Y", 4)] {
            nodes.append(Node(name, kind: .latent, rSquared: 0.3))
            for item in 1...count {
                nodes.append(Node("\(name.lowercased())\(item)", kind: .observed))
                paths.append(Path(name, "\(name.lowercased())\(item)", label: "0.80***"))
            }
        }
        paths.append(Path("N", "m3", label: "0.21*"))
        paths += [
            Path("G", "M", label: "0.51***"), Path("M", "N", label: "0.44***"), Path("N", "Y", label: "0.39***"),
            Path("G", "N", label: "0.20**"), Path("M", "Y", label: "0.18*"), Path("G", "Y", label: "0.07"),
        ]
        return try PathDiagram(title: "Chain of mediators", nodes: nodes, paths: paths).addingErrors()
    }

    /// Many correlated causes of two outcomes.
    static func regression() throws -> PathDiagram {
        let causes = (1...5).map { "x\($0)" }
        return try PathDiagram(
            title: "Regression",
            nodes: causes.map { Node($0, label: "Predictor \($0)", kind: .observed) }
                + [
                    Node("y1", label: "Outcome one", kind: .observed),
                    Node("y2", label: "Outcome two", kind: .observed),
                ],
            paths: causes.map { Path($0, "y1", label: "0.2\($0.last ?? "0")**") }
                + causes.dropLast(2).map { Path($0, "y2", label: "0.3\($0.last ?? "0")**") },
            covariances: [Covariance("x1", "x2", label: "0.33*"), Covariance("y1", "y2", label: "0.12*")]
        ).addingErrors()
    }

    /// Everything points to everything else.
    static func cyclic() throws -> PathDiagram {
        let names = ["A", "B", "C", "D"]
        return try PathDiagram(
            title: "Circle", nodes: names.map { Node($0, kind: .latent) },
            paths: names.flatMap { from in
                names.filter { $0 != from }.map { Path(from, $0, label: "\(from)\($0)") }
            }, covariances: [Covariance("A", "A")])
    }

    static func all() throws -> [(name: String, diagram: PathDiagram)] {
        [
            ("conceptual", try conceptual()), ("structural", try structural()),
            ("structural-highlighted", try structural(highlighted: 0)),
            ("structural-down", try structural(direction: .topToBottom)),
            ("structural-long", try structural(fontSize: 16, longLabels: true)),
            ("cfa", try measurement(factors: 3) { _ in 3 }), ("second-order", try secondOrder()),
            ("bifactor", try bifactor()), ("observed", try observedPaths()), ("correlated", try correlatedCauses()),
            ("triangle", try triangle()), ("triangle-down", try triangle(direction: .topToBottom)),
            ("growth", try growth()), ("cyclic", try cyclic()),
            ("parallel", try parallelMediators()), ("chain", try chain()), ("regression", try regression()),
            ("chain-down", try PathDiagram(chain(), direction: .topToBottom)),
            ("large", try measurement(factors: 16) { $0 < 12 ? 4 : 3 }),
        ]
    }
}

extension PathDiagram {
    /// The diagram running in another direction.
    init(_ diagram: PathDiagram, direction: Direction) {
        self = diagram
        self.direction = direction
    }
}
