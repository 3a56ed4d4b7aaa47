import Probability

/// How a variable that describes the sample is distributed.
public struct SampleVariable: Sendable, Equatable, Codable {
    /// A category with its count.
    public struct Category: Sendable, Equatable, Codable {
        /// The category in words.
        public var label: String
        /// The number of cases.
        public var count: Int

        /// Makes a category.
        public init(label: String, count: Int) {
            self.label = label
            self.count = count
        }
    }

    /// The variable's name.
    public var variable: String
    /// The categories; empty for a variable that is a quantity.
    public var categories: [Category]
    /// The number of cases without a value.
    public var missing: Int
    /// Mean, standard deviation, minimum and maximum of a quantity.
    public var moments: [Double]?

    /// Makes a distribution.
    public init(variable: String, categories: [Category], missing: Int, moments: [Double]? = nil) {
        self.variable = variable
        self.categories = categories
        self.missing = missing
        self.moments = moments
    }

    /// The number of cases with a value.
    public var n: Int { categories.reduce(0) { $0 + $1.count } }
}

extension Table {
    /// The description of a sample: frequency and percentage of each category.
    public static func sample(
        _ variables: [SampleVariable], caseCount: Int, labels: VariableLabels = .none,
        title: RichText = "Description of the Sample"
    ) -> Table {
        var rows: [Row] = []
        for variable in variables {
            if let moments = variable.moments, moments.count == 4 {
                let two = NumberFormat.fixed(2)
                rows.append(
                    Row([
                        .text(labels.text(variable.variable)),
                        .text(
                            "\(emphasis: "M") = \(two.string(moments[0])), \(emphasis: "SD") = \(two.string(moments[1])), range \(two.string(moments[2]))–\(two.string(moments[3]))"
                        ), .integer(caseCount - variable.missing),
                        .number(Double(caseCount - variable.missing) / Double(max(caseCount, 1)), .percent(2)),
                    ]))
                continue
            }
            var entries = variable.categories.map { ($0.label, $0.count) }
            if variable.missing > 0 { entries.append(("Missing", variable.missing)) }
            for (index, entry) in entries.enumerated() {
                rows.append(
                    Row([
                        index == 0 ? .text(labels.text(variable.variable)) : .continued, .text(RichText(entry.0)),
                        .integer(entry.1), .number(Double(entry.1) / Double(max(caseCount, 1)), .percent(2)),
                    ]))
            }
        }
        return Table(
            title: title, columns: [Column("Variable"), Column("Category"), Column("Frequency"), Column("Percent")],
            rows: rows, notes: Notes(general: ["\(emphasis: "N") = \(caseCount)."]))
    }
}
