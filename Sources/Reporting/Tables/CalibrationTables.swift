/// How a variable was turned into a set, for a report.
public struct CalibrationRow: Sendable, Hashable {
    /// A threshold and what it stands for.
    public struct Anchor: Sendable, Hashable {
        /// What it stands for: "full non-membership", "crossover".
        public var name: String
        /// The value of the variable.
        public var value: Double

        /// Makes an anchor.
        public init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// The variable.
    public var variable: String
    /// The set, where it has another name.
    public var set: String
    /// The method and its convention: "direct, log-odds of 3 (fsQCA)".
    public var method: String
    /// The anchors, from full non-membership to full membership.
    public var anchors: [Anchor]
    /// Where the anchors come from: "theory", "suggested from gaps in the data"; empty if not said.
    public var source: String
    /// The memberships.
    public var memberships: [Double]
    /// The names of the cases with a membership of exactly one half.
    public var halfCases: [String]

    /// Describes a calibration.
    public init(
        variable: String, set: String? = nil, method: String, anchors: [Anchor], source: String = "",
        memberships: [Double], halfCases: [String] = []
    ) {
        self.variable = variable
        self.set = set ?? variable
        self.method = method
        self.anchors = anchors
        self.source = source
        self.memberships = memberships
        self.halfCases = halfCases
    }

    /// The share of cases with a membership above one half: a set is skewed if it is near 0 or 1.
    public var shareAboveHalf: Double? {
        let finite = memberships.filter(\.isFinite)
        return finite.isEmpty ? nil : Double(finite.count { $0 > 0.5 }) / Double(finite.count)
    }
}

extension Table {
    /// How variables were turned into sets: method, anchors, skewness and cases at exactly one half.
    ///
    /// - Parameters:
    ///   - rows: The calibrations.
    ///   - labels: The words for variables.
    ///   - skewCut: The share of cases above one half below which, or above 1 minus which, a set is marked as skewed.
    ///   - caseLimit: The most cases at one half that are named for a set.
    public static func calibration(
        _ rows: [CalibrationRow], labels: VariableLabels = .none, skewCut: Double = 0.2, caseLimit: Int = 20
    ) -> Table {
        // Three anchors of one kind stand in columns of their own, as most studies have them.
        let names = rows.first?.anchors.map(\.name) ?? []
        let isUniform = !names.isEmpty && names.count <= 6 && rows.allSatisfy { $0.anchors.map(\.name) == names }
        var hasSkew = false
        let hasSource = rows.contains { !$0.source.isEmpty }
        let hasHalf = rows.contains { !$0.halfCases.isEmpty }
        let decimals = min(4, rows.flatMap(\.anchors).map { decimalsNeeded($0.value) }.max() ?? 0)
        let body = rows.map { row in
            var cells: [Cell] = [.text(labels.text(row.variable)), .text(RichText(row.method))]
            if isUniform {
                cells += row.anchors.map { .number($0.value, .fixed(decimals)) }
            } else {
                let list = row.anchors.map {
                    "\($0.name) \(NumberFormat.fixed(decimalsNeeded($0.value)).string($0.value))"
                }
                cells.append(.text(RichText(list.joined(separator: ", "))))
            }
            if hasSource { cells.append(.text(RichText(row.source))) }
            let share = row.shareAboveHalf
            let isSkewed = share.map { $0 < skewCut || $0 > 1 - skewCut } ?? false
            hasSkew = hasSkew || isSkewed
            let cell = Cell.number(share, .percent(0))
            cells += [
                .integer(row.memberships.count(where: \.isFinite)), isSkewed ? cell.marked("a") : cell,
            ]
            if hasHalf { cells.append(.integer(row.halfCases.count)) }
            return Row(cells)
        }
        let anchors = isUniform ? names.map { Column(RichText($0)) } : [Column("Anchors")]
        var general: [RichText] = []
        let renamed = rows.filter { $0.set != $0.variable }
        if !renamed.isEmpty {
            let list = renamed.map { "\($0.variable) as \($0.set)" }.joined(separator: ", ")
            general.append("Sets with another name: \(list).")
        }
        for row in rows where !row.halfCases.isEmpty {
            let list = CaseNames.list(Array(row.halfCases.indices), of: row.halfCases, limit: caseLimit)
            general.append("\(labels.text(row.variable)) is exactly .5 for \(list).")
        }
        return Table(
            title: "Calibration of the sets",
            spanners: isUniform && names.count > 1 ? [[Spanner("Anchors", columns: 2..<(2 + names.count))]] : [],
            columns: [Column("Variable"), Column("Method")] + anchors + (hasSource ? [Column("Source")] : [])
                + [Column("\(emphasis: "N")"), Column("> .5")] + (hasHalf ? [Column("= .5")] : []),
            rows: body,
            notes: Notes(
                general: ["> .5: share of cases that are more in than out."] + general,
                specific: hasSkew
                    ? [
                        Notes.Specific(
                            "a",
                            "Skewed: less than \(skewCut, .percent(0)) of the cases are on one side, which makes consistency easy to reach and paradoxical results likely."
                        )
                    ] : []))
    }

    /// The decimals that show a value as it was typed, four at most.
    private static func decimalsNeeded(_ value: Double) -> Int {
        var scale = 1.0
        for decimals in 0..<4 {
            let scaled = value * scale
            if !scaled.isFinite || abs(scaled - scaled.rounded()) < 1e-9 * max(1, abs(scaled)) { return decimals }
            scale *= 10
        }
        return 4
    }
}
