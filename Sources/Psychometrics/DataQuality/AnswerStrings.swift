/// Runs of the same answer in the order of the questionnaire.
///
/// A missing answer ends a run and belongs to none.
public struct AnswerStrings: Sendable, Codable, Equatable {
    /// The length of the longest run (Johnson 2005).
    public let longest: Int
    /// The mean length of the runs (Meade & Craig 2012).
    public let average: Double

    /// Counts the runs of one case's answers; nil without any answer.
    public init?(_ answers: [Double]) {
        var lengths: [Int] = [], last = Double.nan
        for answer in answers {
            // A missing answer is unequal to all, itself included.
            if answer == last { lengths[lengths.count - 1] += 1 } else if answer.isFinite { lengths.append(1) }
            last = answer
        }
        guard let longest = lengths.max() else { return nil }
        self.longest = longest
        average = Double(lengths.reduce(0, +)) / Double(lengths.count)
    }
}

/// How much the answers of one case vary among themselves: their standard deviation with divisor k − 1 (Dunn, Heggestad,
/// Shanock & Theilgard 2018). Nil for fewer than two answers.
public func intraIndividualResponseVariability(_ answers: [Double]) -> Double? {
    let given = answers.filter(\.isFinite)
    guard given.count > 1 else { return nil }
    let mean = Moments.mean(given)
    return (given.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(given.count - 1)).squareRoot()
}
