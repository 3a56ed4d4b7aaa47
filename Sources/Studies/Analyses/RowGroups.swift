public import Datasets

/// The group of each row of a dataset, named by one variable, or by several where identifiers repeat in higher units.
public struct RowGroups: Sendable, Equatable {
    /// The variables that name the groups, from the highest unit down.
    public let variables: [String]
    /// The group of each row: its identifiers joined by `:`, or nil where one is missing.
    public let labels: [String?]

    /// Groups the rows of a dataset.
    ///
    /// - Throws: `DatasetError` with the nearest names for a variable that is not there.
    public init(_ dataset: Dataset, by variables: [String]) throws(DatasetError) {
        self.variables = variables
        var columns: [[String?]] = []
        for name in variables { columns.append(try dataset.column(name).texts) }
        labels = (0..<dataset.rowCount).map { row in
            let parts = columns.compactMap { $0[row] }
            return parts.count == columns.count ? parts.joined(separator: ":") : nil
        }
    }

    /// The variable of the lowest units.
    public var name: String { variables.last ?? "" }

    /// The rows that belong to a group.
    var rows: [Int] { labels.indices.filter { labels[$0] != nil } }

    /// Verifies that there is something to compare: two groups or more, and one of them with two rows or more.
    func verify() throws(AnalysisError) {
        let found = Set(labels.compactMap { $0 })
        let variable = variables.joined(separator: ", ")
        guard let first = found.first else {
            throw .unsuitable("\(variable) has no value in any row, so that there are no groups; name another variable")
        }
        guard found.count > 1 else {
            throw .unsuitable(
                "\(variable) has the value \(first.prefix(40)) in all rows, but groups are compared, which takes two or more; "
                    + "name another variable")
        }
        guard found.count < rows.count else {
            throw .unsuitable(
                "\(variable) has another value in each of the \(rows.count) rows, so that nothing varies within groups; name "
                    + "the variable of the groups")
        }
    }

    /// What is lost where rows belong to no group, in words.
    var warnings: [String] {
        let lost = labels.count - rows.count
        guard lost > 0 else { return [] }
        return ["\(lost) of \(labels.count) rows left out, as they lack \(variables.joined(separator: ", "))"]
    }
}
