import LinearAlgebra

/// What a scale would be without the cases that a screening flags.
public struct ScreeningSensitivity: Sendable, Codable, Equatable {
    /// The figures of one selection of cases, among those that answered all items of the scale.
    public struct Figures: Sendable, Codable, Equatable {
        /// The number of cases.
        public let n: Int
        /// The mean of the scale.
        public let mean: Double?
        /// Its standard deviation.
        public let standardDeviation: Double?
        /// Cronbach's alpha; nil for one item.
        public let alpha: Double?

        init(_ data: Matrix, rows: [Int]) {
            let p = data.columns
            let complete = rows.filter { row in (0..<p).allSatisfy { data[row, $0].isFinite } }
            let own = data.submatrix(rows: complete, columns: Array(0..<p))
            let means = (0..<own.rows).map { row in own.row(row).reduce(0, +) / Double(max(p, 1)) }
            n = complete.count
            mean = means.isEmpty ? nil : Moments.mean(means)
            standardDeviation = intraIndividualResponseVariability(means)
            let names = (0..<p).map(String.init)
            alpha =
                p > 1
                ? (try? Moments(own, names: names)).flatMap {
                    CronbachAlpha(covariances: $0.covariances, cases: $0.cases)?.value
                } : nil
        }
    }

    /// The scale.
    public let scale: String
    /// All cases.
    public let all: Figures
    /// Those that no index flags.
    public let withoutFlagged: Figures
    /// Those that at most one index flags.
    public let withoutFlaggedTwice: Figures

    init(scale: String, _ data: Matrix, flagCounts: [Int]) {
        self.scale = scale
        all = Figures(data, rows: Array(flagCounts.indices))
        withoutFlagged = Figures(data, rows: flagCounts.indices.filter { flagCounts[$0] == 0 })
        withoutFlaggedTwice = Figures(data, rows: flagCounts.indices.filter { flagCounts[$0] < 2 })
    }
}
