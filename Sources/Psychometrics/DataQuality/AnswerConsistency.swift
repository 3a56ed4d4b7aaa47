public import LinearAlgebra

/// How far a case's answers agree with each other where those of all cases do.
public enum AnswerConsistency {
    /// The even–odd consistency of each case (Jackson 1976; Johnson 2005): the correlation over scales of the mean of the odd
    /// items with that of the even items, corrected by the formula of Spearman and Brown, 2r/(1 + r), and never below −1.
    ///
    /// Nil where it is undefined: fewer than three scales with an answer in both halves, or no variation.
    /// - Parameters:
    ///   - answers: The answers, all keyed in the direction of their scale; a case in each row, NaN where missing.
    ///   - scales: The columns of each scale in the order of the questionnaire.
    public static func evenOdd(_ answers: Matrix, scales: [[Int]]) -> [Double?] {
        (0..<answers.rows).map { row in
            var odd: [Double] = [], even: [Double] = []
            for scale in scales {
                let halves = [0, 1].map { half in
                    mean(scale.indices.filter { $0 % 2 == half }.map { answers[row, scale[$0]] })
                }
                guard let first = halves[0], let second = halves[1] else { continue }
                odd.append(first)
                even.append(second)
            }
            guard odd.count > 2, let r = correlation(odd, even) else { return nil }
            return max(2 * r / (1 + r), -1)
        }
    }

    /// The correlation over pairs of items of each case's answers to them (Meade & Craig 2012); nil for fewer than three pairs
    /// that the case answered, or no variation.
    public static func pairs(_ answers: Matrix, _ pairs: [ItemPair]) -> [Double?] {
        (0..<answers.rows).map { row in
            var first: [Double] = [], second: [Double] = []
            for pair in pairs where answers[row, pair.first].isFinite && answers[row, pair.second].isFinite {
                first.append(answers[row, pair.first])
                second.append(answers[row, pair.second])
            }
            return first.count > 2 ? correlation(second, first) : nil
        }
    }

    /// Two items whose answers go together over cases.
    public struct ItemPair: Sendable, Codable, Equatable {
        /// The column of the item that comes first.
        public let first: Int
        /// The column of the other item.
        public let second: Int
        /// Their correlation over the cases that answered both.
        public let correlation: Double
    }

    /// The pairs of items whose correlation is above `bound` (psychometric synonyms), or below −`bound` (antonyms).
    public static func itemPairs(_ answers: Matrix, bound: Double, areAntonyms: Bool = false) -> [ItemPair] {
        let columns = (0..<answers.columns).map { answers.column($0) }
        var result: [ItemPair] = []
        for first in columns.indices {
            for second in columns.indices.dropFirst(first + 1) {
                let rows = columns[first].indices.filter { columns[first][$0].isFinite && columns[second][$0].isFinite }
                guard rows.count > 2,
                    let r = correlation(rows.map { columns[first][$0] }, rows.map { columns[second][$0] }),
                    areAntonyms ? r < -bound : r > bound
                else { continue }
                result.append(ItemPair(first: first, second: second, correlation: r))
            }
        }
        return result
    }

    private static func mean(_ values: [Double]) -> Double? {
        let given = values.filter(\.isFinite)
        return given.isEmpty ? nil : Moments.mean(given)
    }

    /// Pearson's correlation; nil where a side does not vary.
    static func correlation(_ a: [Double], _ b: [Double]) -> Double? {
        let x = Moments.mean(a), y = Moments.mean(b)
        var xx = 0.0, yy = 0.0, xy = 0.0
        for (u, v) in zip(a, b) {
            xx += (u - x) * (u - x)
            yy += (v - y) * (v - y)
            xy += (u - x) * (v - y)
        }
        // Means of equal answers may differ in the last bit.
        let least = 1e-20 * max(1, x * x, y * y)
        guard xx > least, yy > least else { return nil }
        return min(max(xy / (xx * yy).squareRoot(), -1), 1)
    }
}
