/// What a study says about the variables of its data: scales, response ranges, reversed items, labels, missing codes.
public struct Codebook: Sendable, Hashable, Codable {
    /// A construct that is measured by items, or by other scales (its dimensions).
    public struct Scale: Sendable, Hashable, Codable {
        /// What measures the scale.
        public enum Content: Sendable, Hashable, Codable {
            /// Items of the questionnaire: names, or ranges such as `IL1-IL5`.
            case items([String])
            /// Scales of first order, by name.
            case dimensions([String])
        }

        /// The short name used in models and tables.
        public var name: String
        /// The full name, or nil.
        public var label: String?
        /// Its items or dimensions.
        public var content: Content
        /// The response range of its items if it differs from that of the codebook.
        public var responseRange: ClosedRange<Double>?

        /// Creates a scale.
        public init(
            name: String, label: String? = nil, content: Content, responseRange: ClosedRange<Double>? = nil
        ) {
            self.name = name
            self.label = label
            self.content = content
            self.responseRange = responseRange
        }
    }

    /// The scales, in the order in which tables show them.
    public var scales: [Scale]
    /// The items to be reverse coded: names or ranges.
    public var reversed: [String]
    /// The response range of the items, for example 1…5.
    public var responseRange: ClosedRange<Double>?
    /// The wording of the codes of the response scale, which items without value labels of their own take on.
    public var valueLabels: [ValueLabel]
    /// The wording of single variables, by name.
    public var itemLabels: [String: String]
    /// What is declared missing in every item of a scale.
    public var missing: DeclaredMissing
    /// What is declared missing in single variables (items or not), by name or range.
    public var missingByVariable: [String: DeclaredMissing]

    /// Creates a codebook.
    public init(
        scales: [Scale] = [], reversed: [String] = [], responseRange: ClosedRange<Double>? = nil,
        valueLabels: [ValueLabel] = [], itemLabels: [String: String] = [:], missing: DeclaredMissing = .init(),
        missingByVariable: [String: DeclaredMissing] = [:]
    ) {
        self.scales = scales
        self.reversed = reversed
        self.responseRange = responseRange
        self.valueLabels = valueLabels
        self.itemLabels = itemLabels
        self.missing = missing
        self.missingByVariable = missingByVariable
    }

    /// The scale of this name, or nil.
    public subscript(name: String) -> Scale? { scales.first { $0.name == name } }

    /// The items of a scale in the order of the codebook; of a scale with dimensions, the items of all of them.
    /// - Throws: ``DatasetError/codebook(subject:problem:)`` if the scale or a dimension does not exist, or a scale is
    ///   its own dimension; the errors of ``ItemRange/items(in:)``.
    public func items(of scale: String, in dataset: Dataset) throws(DatasetError) -> [String] {
        try items(of: scale, in: dataset, path: [])
    }

    private func items(of name: String, in dataset: Dataset, path: [String]) throws(DatasetError) -> [String] {
        let scale = try existing(name, wantedBy: path.last)
        if path.contains(name) {
            throw .codebook(
                subject: "scale \(name)",
                problem: "it is its own dimension: \(alternatives(path + [name], conjunction: "→"))")
        }
        var result: [String] = []
        switch scale.content {
        case .items(let names):
            for name in names { result += try ItemRange(name).items(in: dataset) }
        case .dimensions(let names):
            for dimension in names { result += try items(of: dimension, in: dataset, path: path + [name]) }
        }
        guard !result.isEmpty else { throw .codebook(subject: "scale \(name)", problem: "it has no items") }
        var seen: Set<String> = []
        for item in result where !seen.insert(item).inserted {
            throw .codebook(subject: "scale \(name)", problem: "it names the item \(item) twice")
        }
        return result
    }

    private func existing(_ name: String, wantedBy parent: String?) throws(DatasetError) -> Scale {
        guard let scale = self[name] else {
            let nearest = nearestNames(to: name, among: scales.map(\.name))
            throw .codebook(
                subject: parent.map { "dimensions of \($0)" } ?? "scales",
                problem: "there is no scale \"\(name)\""
                    + (nearest.isEmpty ? "" : "; did you mean \(alternatives(nearest))?"))
        }
        return scale
    }
}
