/// A dense matrix of double-precision numbers, stored column by column as BLAS and LAPACK expect.
public struct Matrix: Sendable, Hashable, Codable {
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int
    /// The elements in column-major order: element (i, j) is at `i + j * rows`.
    public var storage: [Double]

    /// Creates a matrix of `rows` × `columns` whose elements all have the value `value`.
    public init(rows: Int, columns: Int, repeating value: Double = 0) {
        self.rows = rows
        self.columns = columns
        storage = [Double](repeating: value, count: rows * columns)
    }

    /// Creates a matrix from its elements in column-major order; `columnMajor.count` must be `rows * columns`.
    public init(rows: Int, columns: Int, columnMajor: [Double]) {
        precondition(
            columnMajor.count == rows * columns, "a \(rows) × \(columns) matrix has \(rows * columns) elements")
        self.rows = rows
        self.columns = columns
        storage = columnMajor
    }

    /// Creates a matrix from its rows, all of which must have the same length.
    public init(_ rowArrays: [[Double]]) {
        let columnCount = rowArrays.first?.count ?? 0
        self.init(rows: rowArrays.count, columns: columnCount)
        for (i, row) in rowArrays.enumerated() {
            precondition(row.count == columnCount, "every row of a matrix has the same length")
            for (j, value) in row.enumerated() { storage[i + j * rows] = value }
        }
    }

    /// Creates a matrix by evaluating `element` at each (row, column).
    public init(rows: Int, columns: Int, element: (Int, Int) -> Double) {
        self.init(rows: rows, columns: columns)
        for j in 0..<columns { for i in 0..<rows { storage[i + j * rows] = element(i, j) } }
    }

    /// The identity matrix of order `order`.
    public static func identity(_ order: Int) -> Matrix {
        Matrix.diagonal([Double](repeating: 1, count: order))
    }

    /// The diagonal matrix with `values` on its diagonal.
    public static func diagonal(_ values: [Double]) -> Matrix {
        var result = Matrix(rows: values.count, columns: values.count)
        for (i, value) in values.enumerated() { result[i, i] = value }
        return result
    }

    /// The element in row `i` and column `j`, both counted from zero.
    @inlinable
    public subscript(i: Int, j: Int) -> Double {
        get { storage[i + j * rows] }
        set { storage[i + j * rows] = newValue }
    }

    /// Whether the matrix has as many rows as columns.
    public var isSquare: Bool { rows == columns }

    /// The elements of row `i`.
    public func row(_ i: Int) -> [Double] { (0..<columns).map { self[i, $0] } }

    /// The elements of column `j`.
    public func column(_ j: Int) -> [Double] { Array(storage[(j * rows)..<((j + 1) * rows)]) }

    /// The elements on the diagonal.
    public var diagonal: [Double] { (0..<min(rows, columns)).map { self[$0, $0] } }

    /// The sum of the elements on the diagonal.
    public var trace: Double { diagonal.reduce(0, +) }

    /// The matrix with rows and columns exchanged.
    public var transpose: Matrix { Matrix(rows: columns, columns: rows) { self[$1, $0] } }

    /// The rows as arrays, for printing and encoding.
    public var rowArrays: [[Double]] { (0..<rows).map(row) }

    /// The matrix made of the given rows and columns, in the order given.
    public func submatrix(rows rowIndices: [Int], columns columnIndices: [Int]) -> Matrix {
        Matrix(rows: rowIndices.count, columns: columnIndices.count) { self[rowIndices[$0], columnIndices[$1]] }
    }

    /// The matrix with `transform` applied to every element.
    public func map(_ transform: (Double) -> Double) -> Matrix {
        Matrix(rows: rows, columns: columns, columnMajor: storage.map(transform))
    }

    /// The largest absolute value of an element, or zero for an empty matrix.
    public var maximumMagnitude: Double { storage.reduce(0) { max($0, abs($1)) } }

    /// Half the sum of the matrix and its transpose.
    public var symmetrized: Matrix { Matrix(rows: rows, columns: columns) { 0.5 * (self[$0, $1] + self[$1, $0]) } }
}
