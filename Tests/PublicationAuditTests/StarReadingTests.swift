import PublicationAudit
import Testing

@Suite struct StarReadingTests {
    private func cell(_ estimate: String, _ error: String, _ marks: String) throws -> StarredEstimate {
        StarredEstimate(
            at: PaperPlace("Table 3"), estimate: try PrintedNumber(estimate), standardError: try PrintedNumber(error),
            marks: marks)
    }

    /// t from 1.07 to 1.15 at most: p = .25 to .28.
    @Test func aStarOnAnEstimateOfItsStandardErrorIsNotAttainable() throws {
        let checks = starChecks(
            [try cell("0.031", "0.028", "*"), try cell("0.266", "0.033", "***")], legend: .usual, tails: nil)
        #expect(checks.map(\.verdict) == [.notAttainable, .consistent])
        #expect(checks[0].explanation.contains("p = .252 to .285"))
    }

    @Test func oneTailIsAcceptedIfItExplainsTheWholeTable() throws {
        let cells = [try cell("0.061", "0.036", "*"), try cell("0.20", "0.05", "***"), try cell("0.05", "0.05", "")]
        #expect(starChecks(cells, legend: .usual, tails: nil).allSatisfy { $0.verdict == .consistent })
        #expect(starChecks(cells, legend: .usual, tails: 2)[0].verdict == .notAttainable)
        let mixed = cells + [try cell("0.060", "0.034", "")]
        #expect(
            starChecks(mixed, legend: .usual, tails: nil).map(\.verdict) == [
                .notAttainable, .consistent, .consistent, .consistent,
            ])
    }

    @Test func roundingDecidesNothing() throws {
        // 1.96 lies within what 0.098/0.050 may be.
        #expect(starChecks([try cell("0.098", "0.050", "*")], legend: .usual, tails: 2)[0].verdict == .consistent)
        #expect(starChecks([try cell("0.098", "0.050", "")], legend: .usual, tails: 2).isEmpty)
    }
}
