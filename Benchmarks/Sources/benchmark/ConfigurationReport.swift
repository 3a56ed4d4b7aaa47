import Reporting
import SetTheoreticAnalysis

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension Report {
    /// Prime implicants and models of simulated truth tables, each from the definition of its table.
    mutating func addConfigurations() throws {
        let large = try Configurations(.crisp, conditions: 20, cases: 200)
        add(
            "20 conditions, 200 crisp cases: \(large.primes().terms.count) prime implicants",
            medianMilliseconds(runs: 5) { _ = large.primes() }, bound: 50)
        let largeFuzzy = try Configurations(.fuzzy, conditions: 20, cases: 200)
        add(
            "20 conditions, 200 fuzzy cases: \(largeFuzzy.primes().terms.count) prime implicants",
            medianMilliseconds(runs: 5) { _ = largeFuzzy.primes() }, bound: 50)
        for seed in [1, 2, 3] as [UInt64] {
            let example = try Configurations(.fuzzy, conditions: 16, cases: 200, seed: seed)
            let models = example.models(all: false)
            add(
                "16 conditions, 200 fuzzy cases: \(models.models[0].count) terms, "
                    + (models.proof.isMinimumProven ? "proven" : "not proven"),
                medianMilliseconds(runs: 5) { _ = example.models(all: false) }, bound: 50)
        }
        let many = try Configurations(.crisp, conditions: 8, cases: 200, seed: Self.manyModelsSeed)
        add(
            "8 conditions, 200 crisp cases: all \(many.models(all: true).proof.modelCount) models",
            medianMilliseconds(runs: 5) { _ = many.models(all: true) }, bound: 300)
        for kind in Configurations.Kind.allCases {
            for seed in [1, 2, 3] as [UInt64] {
                let wide = try Configurations(kind, conditions: 25, cases: 50, seed: seed)
                let proof = wide.models(all: true).proof
                // The bound is meant for as many models as anybody reads.
                add(
                    "25 conditions, 50 \(kind.rawValue) cases: all \(proof.modelCount) models",
                    medianMilliseconds(runs: 3) { _ = wide.models(all: true) },
                    bound: proof.modelCount < 10_000 ? 100 : nil)
            }
        }
        for kind in Configurations.Kind.allCases {
            for (conditions, cases) in Self.peerSizes {
                let example = try Configurations(kind, conditions: conditions, cases: cases)
                add(
                    "\(conditions) conditions, \(cases) \(kind.rawValue) cases: table and a model",
                    try medianMilliseconds(runs: 5) {
                        _ = try Configurations(kind, conditions: conditions, cases: cases).models(all: false)
                    }, peer: "qca-\(kind.rawValue)-\(conditions)-\(cases)")
                let size = peer["qca-\(kind.rawValue)-\(conditions)-\(cases).size"]
                if let size, Int(size) != example.models(all: false).models[0].count {
                    print("  QCA's model has \(Int(size)) terms")
                }
            }
        }
    }

    /// A table with tens of thousands of models.
    private static let manyModelsSeed: UInt64 = 45
    /// What QCA minimizes in seconds.
    static let peerSizes = [(5, 200), (8, 200), (10, 200), (12, 50)]

    /// How the time of all prime implicants, and of a proven smallest model, grows: a table and a figure.
    static func growth(to path: String?) throws {
        var lines: [LinePlot.Series] = []
        print("\nMilliseconds of processor time: all prime implicants / a smallest model, proven where without *")
        for cases in [50, 100, 200, 400] {
            for kind in Configurations.Kind.allCases {
                var x: [Double] = [], y: [Double] = [], cells: [String] = []
                for conditions in [6, 8, 10, 12, 14, 16, 18, 20] {
                    let example = try Configurations(kind, conditions: conditions, cases: cases)
                    let primes = medianMilliseconds(runs: 1) { _ = example.primes() }
                    let start = threadSeconds()
                    let proof = example.models(all: false, effort: 1_000_000_000).proof
                    let model = 1000 * (threadSeconds() - start)
                    cells.append(
                        "\(conditions): \(digits(primes))/\(digits(model))\(proof.isMinimumProven ? "" : "*")")
                    x.append(Double(conditions))
                    y.append(log10(primes))
                }
                print("\(cases) \(kind.rawValue) cases  " + cells.joined(separator: "  "))
                if kind == .crisp { lines.append(.init("\(cases) cases", x: x, y: y)) }
            }
        }
        guard let path else { return }
        let plot = LinePlot(
            series: lines, title: "Time of all prime implicants, crisp cases", horizontalTitle: "Conditions",
            verticalTitle: "log10 of milliseconds")
        try Peer.write(plot.drawing().svgFile(), to: path)
    }
}
