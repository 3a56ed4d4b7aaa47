public import LinearAlgebra

/// How much each case's answers are like those of the case most like it (Kuriakose & Robbins 2016).
public struct AnswerMatches: Sendable, Codable, Equatable {
    /// The most cases that are compared with each other.
    public static let caseLimit = 5_000

    /// The largest share of answers that a case has in common with another, of the questions that both answered and at least
    /// half of all questions; nil where there is no such case.
    public let shares: [Double?]
    /// The case that shares them, the first of several.
    public let partners: [Int?]
    /// Groups of cases with the same answers to all questions; cases without any answer are left out.
    public let duplicates: [[Int]]

    /// Compares all cases with each other; a case in each row, NaN where missing. Shares are nil for more than
    /// ``caseLimit`` cases.
    public init(_ answers: Matrix) {
        let n = answers.rows, p = answers.columns
        // Answers as small numbers are compared quickly; zero stands for a missing one.
        var codes = [[UInt16]](repeating: [], count: n)
        for j in 0..<p {
            var known: [UInt64: UInt16] = [:]
            for row in 0..<n {
                let value = answers[row, j]
                guard value.isFinite else {
                    codes[row].append(0)
                    continue
                }
                let key = (value + 0).bitPattern
                let code = known[key] ?? UInt16(clamping: known.count + 1)
                known[key] = code
                codes[row].append(code)
            }
        }
        var groups: [[UInt16]: [Int]] = [:], order: [[UInt16]] = []
        for row in 0..<n where codes[row].contains(where: { $0 > 0 }) {
            if groups[codes[row]] == nil { order.append(codes[row]) }
            groups[codes[row], default: []].append(row)
        }
        duplicates = order.compactMap { groups[$0] }.filter { $0.count > 1 }
        var shares = [Double?](repeating: nil, count: n), partners = [Int?](repeating: nil, count: n)
        let least = (p + 1) / 2
        for a in 0..<(n <= Self.caseLimit ? n : 0) {
            for b in (a + 1)..<max(n, a + 1) {
                let (common, same) = codes[a].withUnsafeBufferPointer { first in
                    codes[b].withUnsafeBufferPointer { second in Self.count(first, second) }
                }
                guard common >= least, common > 0 else { continue }
                let share = Double(same) / Double(common)
                if share > shares[a] ?? -1 { (shares[a], partners[a]) = (share, b) }
                if share > shares[b] ?? -1 { (shares[b], partners[b]) = (share, a) }
            }
        }
        self.shares = shares
        self.partners = partners
    }

    /// The number of questions that both answered, and of the same answers among them.
    private static func count(
        _ a: UnsafeBufferPointer<UInt16>, _ b: UnsafeBufferPointer<UInt16>
    ) -> (common: Int, same: Int) {
        var common = 0, same = 0
        for j in a.indices where a[j] != 0 && b[j] != 0 {
            common += 1
            if a[j] == b[j] { same += 1 }
        }
        return (common, same)
    }
}
