import SetTheoreticAnalysis

/// Individualism, risk taking and innovation performance of 28 countries, `nca.example` of the R package NCA 5.0.1
/// (Dul 2016).
enum InnovationData {
    static let countries = """
        Australia,Austria,Belgium,Canada,Czech Rep,Denmark,Finland,France,Germany,Greece,Hungary,Ireland,Italy,Japan,
        Mexico,Netherlands,New Zealand,Norway,Poland,Portugal,Slovak Rep,South Korea
        Spain,Sweden,Switzerland,Turkey,UK,USA
        """.split(whereSeparator: { $0 == "," || $0 == "\n" }).map(String.init)
    static let individualism: [Double] = [
        90, 55, 75, 80, 58, 74, 63, 71, 67, 35, 80, 70, 76, 46, 30, 80, 79, 69, 60, 27, 52, 18, 51, 71, 68, 37, 89, 91,
    ]
    static let riskTaking: [Double] = [
        84, 65, 41, 87, 61, 112, 76, 49, 70, 23, 53, 100, 60, 43, 53, 82, 86, 85, 42, 31, 84, 50, 49, 106, 77, 50, 100,
        89,
    ]
    static let performance: [Double] = [
        50.9, 52.4, 75.1, 81.4, 14.5, 116.3, 173.1, 77.6, 109.5, 12.0, 5.4, 62.3, 19.7, 171.6, 1.2, 68.7, 14.9, 75.1,
        3.5, 11.1, 3.5, 42.3, 17.3, 184.9, 149.7, 1.4, 79.4, 214.4,
    ]

    static func individualism(
        _ options: NecessaryConditionOptions = NecessaryConditionOptions()
    ) throws -> NecessaryConditionAnalysis {
        try NecessaryConditionAnalysis(
            x: individualism, y: performance, condition: "Individualism", outcome: "Innovation performance",
            names: countries, options: options)
    }

    static func riskTaking(
        _ options: NecessaryConditionOptions = NecessaryConditionOptions()
    ) throws -> NecessaryConditionAnalysis {
        try NecessaryConditionAnalysis(
            x: riskTaking, y: performance, condition: "Risk taking", outcome: "Innovation performance",
            names: countries, options: options)
    }
}
