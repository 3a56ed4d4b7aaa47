import SetTheoreticAnalysis

/// Published data that several suites of necessity use.
enum NecessityFixtures {
    /// Lipset's data as fuzzy sets, `LF` of the R package QCA 3.23 (Rihoux & Ragin 2009).
    static func lipset() throws -> CalibratedData {
        let cases = ["AU", "BE", "CZ", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "NL", "PL", "PT", "RO", "ES"]
        return try CalibratedData(
            cases: cases + ["SE", "UK"],
            sets: [
                set(
                    "DEV",
                    [0.81, 0.99, 0.58, 0.16, 0.58, 0.98, 0.89, 0.04, 0.07, 0.72, 0.34, 0.98, 0.02, 0.01, 0.01, 0.03]
                        + [0.95, 0.98]),
                set(
                    "URB",
                    [0.12, 0.89, 0.98, 0.07, 0.03, 0.03, 0.79, 0.09, 0.16, 0.05, 0.1, 1, 0.17, 0.02, 0.03, 0.3]
                        + [0.13, 0.99]),
                set(
                    "LIT",
                    [0.99, 0.98, 0.98, 0.98, 0.99, 0.99, 0.99, 0.13, 0.88, 0.98, 0.41, 0.99, 0.59, 0.01, 0.17, 0.09]
                        + [0.99, 0.99]),
                set(
                    "IND",
                    [0.73, 1, 0.9, 0.01, 0.08, 0.81, 0.96, 0.36, 0.07, 0.01, 0.47, 0.94, 0, 0.11, 0, 0.21, 0.67, 1]),
                set(
                    "STB",
                    [0.43, 0.98, 0.91, 0.91, 0.58, 0.95, 0.31, 0.43, 0.13, 0.95, 0.58, 0.99, 0, 0.01, 0.84, 0.2]
                        + [0.91, 0.98]),
                set(
                    "SURV",
                    [0.05, 0.95, 0.89, 0.12, 0.77, 0.95, 0.05, 0.06, 0.42, 0.92, 0.05, 0.95, 0.12, 0.05, 0.21, 0.06]
                        + [0.95, 0.95]),
            ])
    }

    static let lipsetConditions = ["DEV", "URB", "LIT", "IND", "STB"]

    /// Job security regulations, `HarKem` of QCA 3.23 without PBI: multi-value conditions and a crisp outcome PB.
    static func regulations() throws -> CalibratedData {
        let columns = [
            "C": "012101101101110001220122012112022100102022221222",
            "F": "220221122222122222022212211120201211011202211210",
            "T": "110222222221222222222222211120112122022212222220",
            "R": "200111202121112211101210111010101120011202212111",
            "V": "100010000011000010000010000100001010000011010111",
            "PB": "110111111111111111111101111110111111111101111100",
        ]
        let sets = try ["C", "F", "T", "R", "V", "PB"].map { name in
            try set(name, (columns[name] ?? "").compactMap { $0.wholeNumberValue.map(Double.init) })
        }
        return try CalibratedData(cases: (1...48).map { "canton \($0)" }, sets: sets)
    }

    /// Random fuzzy, crisp or multi-value sets C0, C1 … and Y.
    static func random(
        _ stream: inout Generator, cases: Int, conditions: Int, levels: Int?
    ) throws -> CalibratedData {
        var sets: [CalibratedSet] = []
        for condition in 0...conditions {
            let values = (0..<cases).map { row -> Double in
                guard let levels else { return Double(1 + stream.below(99)) / 100 }
                let count = condition == conditions ? 2 : levels
                // Every level has a case.
                return row < count ? Double(row) : Double(stream.below(count))
            }
            sets.append(try set(condition == conditions ? "Y" : "C\(condition)", values))
        }
        return try CalibratedData(cases: (0..<cases).map { "case \($0)" }, sets: sets)
    }

    /// A linear congruential generator, enough for test data.
    struct Generator {
        var state: UInt64

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }

        mutating func uniform() -> Double { Double(below(1 << 30)) / Double(1 << 30) }
    }

    static func set(_ name: String, _ values: [Double]) throws -> CalibratedSet {
        try CalibratedSet(name: name, values: values)
    }

    /// Whether figures agree to a number of digits.
    static func agree(_ a: [Double?], _ b: [Double?], within tolerance: Double = 1e-9) -> Bool {
        a.count == b.count
            && zip(a, b).allSatisfy { a, b in
                guard let a, let b else { return a == nil && b == nil }
                return abs(a - b) <= tolerance * max(1, abs(b))
            }
    }
}
