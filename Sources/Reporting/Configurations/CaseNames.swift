/// Names of cases in notes and cells.
enum CaseNames {
    /// The names of the cases at positions, in their order, with the number of those beyond a limit.
    static func list(_ positions: [Int], of cases: [String], limit: Int, separator: String = ", ") -> String {
        let names = positions.map { cases.indices.contains($0) ? cases[$0] : "\($0 + 1)" }
        let shown = names.prefix(max(1, limit)).joined(separator: separator)
        let rest = names.count - max(1, limit)
        return rest > 0 ? "\(shown) and \(rest) more" : shown
    }
}
