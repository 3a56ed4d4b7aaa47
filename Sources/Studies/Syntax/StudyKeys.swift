import Datasets

/// The entries of a map by their keys, which are checked against those that may stand there.
///
/// Keys are compared without regard to case, and `-` and `_` count as blanks.
struct StudyKeys {
    private var entries: [String: StudyNode.Entry] = [:]
    let place: StudyPlace

    /// Sorts the entries of a map.
    ///
    /// - Parameters:
    ///   - entries: The entries.
    ///   - known: The keys that may stand there.
    ///   - what: What the map describes, for messages.
    ///   - problems: Where unknown and repeated keys are noted.
    init(
        _ entries: [StudyNode.Entry], at place: StudyPlace, known: [String], of what: String,
        problems: inout [StudyProblem]
    ) {
        self.place = place
        for entry in entries {
            let name = Self.normalized(entry.key.value)
            guard known.contains(name) else {
                let nearest = nearestNames(to: name, among: known).first
                problems.append(
                    StudyProblem(
                        "\(what) has no key `\(entry.key.value)`"
                            + (nearest.map { "; did you mean `\($0)`?" } ?? "; it takes \(Self.listed(known))"),
                        at: entry.key.place))
                continue
            }
            guard self.entries[name] == nil else {
                problems.append(StudyProblem("`\(name)` is given twice; keep one of them", at: entry.key.place))
                continue
            }
            self.entries[name] = entry
        }
    }

    /// The value of a key; nil when it is not there or empty.
    subscript(name: String) -> StudyNode? {
        guard let entry = entries[name], !entry.value.isEmpty else { return nil }
        return entry.value
    }

    /// Where a key stands, when it does.
    func place(of name: String) -> StudyPlace? { entries[name]?.key.place }

    /// A key as it is compared.
    static func normalized(_ key: String) -> String {
        key.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" }.joined(separator: " ")
    }

    static func listed(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
