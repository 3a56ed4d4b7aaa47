import Datasets
import LinearAlgebra
import StructuralModels

extension Dataset {
    /// The cases of complete data as a dataset, for writing to a file.
    ///
    /// - Throws: ``DatasetError/duplicateColumn(name:)`` where two variables have the same name.
    public init(_ data: CompleteData, source: String = "") throws(DatasetError) {
        var columns: [Column] = []
        for (index, name) in data.names.enumerated() {
            columns.append(Column(name: name, numbers: data.values.column(index), measure: .scale))
        }
        try self.init(columns: columns, source: source)
    }
}
