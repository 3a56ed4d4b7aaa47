/// The answers of all checks of a paper, in the order of its tables.
public struct AuditReport: Sendable, Hashable, Codable {
    /// The title of the paper.
    public let title: String
    /// The checks.
    public let checks: [AuditCheck]

    /// A report.
    public init(title: String, checks: [AuditCheck]) {
        self.title = title
        self.checks = checks
    }

    /// The checks that a reader should look at.
    public var findings: [AuditCheck] { checks.filter(\.verdict.isFinding) }

    /// How many checks had an answer.
    public func count(_ verdict: Verdict) -> Int { checks.count { $0.verdict == verdict } }
}
