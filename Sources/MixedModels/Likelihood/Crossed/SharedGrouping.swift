/// Random terms that share one partition of the rows: their coefficients make one block per group, whose relative
/// covariance factor is block-diagonal.
struct SharedGrouping: Sendable {
    /// The terms, indices into ``MixedDesign/terms``, and where each one's coefficients begin in the block.
    var terms: [(index: Int, offset: Int)]
    /// The size q of a block.
    var blockSize: Int
    /// The number of groups.
    let groupCount: Int
    /// Where the factor's Λ (q × q) begins among those of all factors.
    var lambdaStart = 0

    /// The grouping factors of the terms, in the order of their first term.
    static func factors(of terms: [RandomTerm]) -> [SharedGrouping] {
        var result: [SharedGrouping] = []
        for (index, term) in terms.enumerated() {
            let same = result.firstIndex {
                $0.groupCount == term.levels.count && terms[$0.terms[0].index].groups == term.groups
            }
            if let same {
                result[same].terms.append((index, result[same].blockSize))
                result[same].blockSize += term.coefficientCount
            } else {
                result.append(
                    SharedGrouping(
                        terms: [(index, 0)], blockSize: term.coefficientCount, groupCount: term.levels.count))
            }
        }
        var start = 0
        for index in result.indices {
            result[index].lambdaStart = start
            start += result[index].blockSize * result[index].blockSize
        }
        return result
    }
}
