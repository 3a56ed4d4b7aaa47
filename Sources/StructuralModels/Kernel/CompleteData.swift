import LinearAlgebra

/// The answers of the cases that have no missing value in any variable of a model.
public struct CompleteData: Sendable, Hashable {
    /// The names of the variables, one per column.
    public let names: [String]
    /// Cases × variables.
    public let values: Matrix
    /// The number of cases that were left out because a value was missing.
    public let omittedCount: Int

    /// Creates complete data; `values` must have one column per name and no missing value.
    public init(names: [String], values: Matrix, omittedCount: Int = 0) {
        precondition(names.count == values.columns, "each column has a name")
        self.names = names
        self.values = values
        self.omittedCount = omittedCount
    }

    /// The number of cases.
    public var caseCount: Int { values.rows }

    /// The columns of a model's observed variables, products of two variables (`x:z`) computed.
    ///
    /// - Throws: ``StructuralModelError/missingVariable(_:nearest:)``.
    func columns(of names: [String]) throws(StructuralModelError) -> Matrix {
        var number: [String: Int] = [:]
        for (index, name) in self.names.enumerated() { number[name] = index }
        var columns: [[Double]] = []
        for name in names {
            if let index = number[name] {
                columns.append(values.column(index))
                continue
            }
            let factors = name.split(separator: ":").map(String.init)
            guard factors.count == 2, let first = number[factors[0]], let second = number[factors[1]] else {
                throw .missingVariable(name, nearest: nearestName(to: name, among: self.names))
            }
            columns.append(zip(values.column(first), values.column(second)).map { $0 * $1 })
        }
        return Matrix(rows: caseCount, columns: names.count, columnMajor: columns.flatMap { $0 })
    }
}
