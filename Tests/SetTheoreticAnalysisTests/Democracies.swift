@testable import SetTheoreticAnalysis

/// Lipset's 18 interwar democracies: raw values and fuzzy sets as in the data LR and LF of the R package QCA 3.23.
enum Democracies {
    static let cases = [
        "AU", "BE", "CZ", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "NL", "PL", "PT", "RO", "ES", "SE", "UK",
    ]
    static let conditions = ["DEV", "URB", "LIT", "IND", "STB"]
    static let raw: [String: [Double]] = [
        "DEV": [
            720, 1098, 586, 468, 590, 983, 795, 390, 424, 662, 517, 1008, 350, 320, 331, 367, 897, 1038,
        ],
        "URB": [
            33.4, 60.5, 69, 28.5, 22, 21.2, 56.5, 31.1, 36.3, 25, 31.4, 78.8, 37, 15.3, 21.9, 43, 34, 74,
        ],
        "LIT": [
            98, 94.4, 95.9, 95, 99.1, 96.2, 98, 59.2, 85, 95, 72.1, 99.9, 76.9, 38, 61.8, 55.6, 99.9, 99.9,
        ],
        "IND": [
            33.4, 48.9, 37.4, 14, 22, 34.8, 40.4, 28.1, 21.6, 14.5, 29.6, 39.3, 11.2, 23.1, 12.2, 25.5, 32.3, 49.9,
        ],
        "STB": [10, 4, 6, 6, 9, 5, 11, 10, 13, 5, 9, 2, 21, 19, 7, 12, 6, 4],
        "SURV": [-9, 10, 7, -6, 4, 10, -9, -8, -1, 8, -9, 10, -6, -9, -4, -8, 10, 10],
    ]
    static let fuzzy: [String: [Double]] = [
        "DEV": [
            0.81, 0.99, 0.58, 0.16, 0.58, 0.98, 0.89, 0.04, 0.07, 0.72, 0.34, 0.98, 0.02, 0.01, 0.01, 0.03, 0.95, 0.98,
        ],
        "URB": [
            0.12, 0.89, 0.98, 0.07, 0.03, 0.03, 0.79, 0.09, 0.16, 0.05, 0.1, 1, 0.17, 0.02, 0.03, 0.3, 0.13, 0.99,
        ],
        "LIT": [
            0.99, 0.98, 0.98, 0.98, 0.99, 0.99, 0.99, 0.13, 0.88, 0.98, 0.41, 0.99, 0.59, 0.01, 0.17, 0.09, 0.99, 0.99,
        ],
        "IND": [
            0.73, 1, 0.9, 0.01, 0.08, 0.81, 0.96, 0.36, 0.07, 0.01, 0.47, 0.94, 0, 0.11, 0, 0.21, 0.67, 1,
        ],
        "STB": [
            0.43, 0.98, 0.91, 0.91, 0.58, 0.95, 0.31, 0.43, 0.13, 0.95, 0.58, 0.99, 0, 0.01, 0.84, 0.2, 0.91, 0.98,
        ],
        "SURV": [
            0.05, 0.95, 0.89, 0.12, 0.77, 0.95, 0.05, 0.06, 0.42, 0.92, 0.05, 0.95, 0.12, 0.05, 0.21, 0.06, 0.95, 0.95,
        ],
    ]

    static func data() throws -> CalibratedData {
        try CalibratedData(
            cases: cases,
            sets: (conditions + ["SURV"]).map { try CalibratedSet(name: $0, values: fuzzy[$0] ?? [], cases: cases) })
    }

    static func analysis(
        _ data: CalibratedData? = nil, options: TruthTableOptions = .init(inclusionCut: 0.75),
        kinds: Set<Solution.Kind> = [.parsimonious]
    ) throws -> StandardAnalysis {
        try StandardAnalysis(
            try TruthTable(
                try data ?? Democracies.data(), outcome: .set("SURV", levels: nil), conditions: conditions,
                options: options), options: .init(kinds: kinds))
    }
}
