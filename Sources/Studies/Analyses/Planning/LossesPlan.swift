import Reporting
import StudyDesign

/// From the cases that are needed to those that are invited.
public struct LossesPlan: Sendable {
    /// A share that is added, as in "an increase of 40 %"; nil for none.
    public var supplement: Double?
    /// The share of those invited who answer.
    public var responseRate: Double?
    /// The share of the answers that cannot be used.
    public var invalidShare: Double?
    /// The share that each wave after the first loses.
    public var attrition: Double?
    /// The number of waves.
    public var waves: Int?

    /// Nothing is lost.
    public init() {}

    /// Whether nothing is asked for.
    public var isEmpty: Bool {
        supplement == nil && responseRate == nil && invalidShare == nil && attrition == nil && waves == nil
    }

    /// What is lost.
    ///
    /// - Throws: `PowerError`.
    func losses() throws(PowerError) -> ExpectedLosses {
        try ExpectedLosses(
            responseRate: responseRate ?? 1, invalidShare: invalidShare ?? 0, attritionPerWave: attrition ?? 0,
            waves: waves ?? 1)
    }

    /// Adds what has to be invited for each of the sample sizes found.
    ///
    /// - Throws: `PowerError`.
    func extend(_ result: inout PlanningResult, needed: [(name: String, cases: Int)]) throws(PowerError) {
        guard !isEmpty else { return }
        let losses = try losses()
        let hasLosses = responseRate != nil || invalidShare != nil || attrition != nil
        var columns: [Table.Column] = [.init("For"), .init("Needed")]
        if let supplement { columns.append(.init("Needed + \(percentage(supplement))")) }
        if hasLosses { columns.append(.init("Invite")) }
        var rows: [Table.Row] = [], json: [JSON] = []
        var seen: Set<Int> = []
        for (name, cases) in needed where seen.insert(cases).inserted {
            var cells: [Cell] = [.text(RichText(name)), .integer(cases)]
            var members: [(String, JSON)] = [("for", .string(name)), ("n", .integer(cases))]
            if let supplement {
                let total = try ExpectedLosses.supplemented(cases, by: supplement)
                cells.append(.integer(total))
                members.append(("n.supplemented", .integer(total)))
            }
            if hasLosses {
                cells.append(.integer(losses.invitations(for: cases)))
                members.append(("n.invited", .integer(losses.invitations(for: cases))))
            }
            rows.append(.init(cells))
            json.append(.object(members))
        }
        var notes: [RichText] = []
        if hasLosses {
            var parts: [String] = []
            if let responseRate { parts.append("\(percentage(responseRate)) answer") }
            if let invalidShare { parts.append("\(percentage(invalidShare)) of the answers are invalid") }
            if let attrition {
                parts.append("each of \(losses.waves - 1) later waves loses \(percentage(attrition))")
            }
            notes.append(
                RichText(
                    "Invite: needed divided by the share that is left, \(percentage(losses.retained)) (\(parts.joined(separator: "; ")))."
                ))
        }
        if let supplement {
            let covered = ExpectedLosses.coveredResponseRate(supplement: supplement)
            let text =
                "A supplement of \(percentage(supplement)) covers a loss of \(percentage(1 - covered)), that is a response rate "
                + "of \(percentage(covered)), not of \(percentage(max(1 - supplement, 0)))"
            notes.append(
                RichText(
                    text + "; for an expected rate r, needed/r have to be invited."))
            if hasLosses, losses.retained < covered - 1e-9 {
                result.warnings.append(
                    "a supplement of \(percentage(supplement)) does not make up for a loss of \(percentage(1 - losses.retained)): "
                        + "invite needed / \(percentage(losses.retained)) instead")
            }
        }
        result.blocks.append(
            .table(
                Table(
                    title: "From the Sample Needed to the Sample Invited", columns: columns, rows: rows,
                    notes: .init(general: notes))))
        result.members.append(("invitations", .array(json)))
    }
}
