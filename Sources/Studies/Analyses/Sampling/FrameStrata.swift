public import Datasets
import LinearAlgebra
public import StudyDesign

/// Strata from data files.
public enum FrameStrata {
    /// The strata of a table that has a row for each: `stratum`, `size`, and where known `sd`, `mean` and `cost`.
    ///
    /// - Throws: `DatasetError`, `SamplingError`.
    public static func table(_ table: Dataset) throws -> [SamplingStratum] {
        let names = try table.column("stratum").texts, sizes = try numbers("size", of: table)
        let optional = try ["sd", "mean", "cost"].map { table.contains($0) ? try numbers($0, of: table) : nil }
        return try names.indices.map { row in
            guard let name = names[row] else { throw SamplingError.missingValue(variable: "stratum", row: row + 1) }
            guard let size = Int(exactly: sizes[row]) else {
                throw SamplingError.stratumFigure(
                    stratum: name, figure: "size", value: sizes[row].isFinite ? sizes[row] : nil,
                    remedy: "give a whole number of units")
            }
            func figure(_ index: Int) -> Double? { optional[index].flatMap { $0[row].isFinite ? $0[row] : nil } }
            return SamplingStratum(
                name, size: size, standardDeviation: figure(0), mean: figure(1), cost: figure(2))
        }
    }

    /// The strata of a frame that has a row for each unit, with means and standard deviations of one of its variables.
    ///
    /// - Throws: `DatasetError`, `SamplingError`, ``AnalysisError``.
    public static func frame(_ frame: Dataset, by variables: [String], of quantity: String? = nil) throws
        -> [SamplingStratum]
    {
        guard frame.rowCount > 0 else { throw SamplingError.noUnits }
        let columns = try variables.map { try frame.column($0).texts }
        let values = try quantity.map { try numbers($0, of: frame) }
        var order: [String] = [], rows: [String: [Int]] = [:]
        for row in 0..<frame.rowCount {
            var parts: [String] = []
            for (column, name) in zip(columns, variables) {
                guard let text = column[row] else { throw SamplingError.missingValue(variable: name, row: row + 1) }
                parts.append(text)
            }
            let stratum = parts.joined(separator: " × ")
            if rows[stratum] == nil { order.append(stratum) }
            rows[stratum, default: []].append(row)
        }
        return try order.map { name in
            let own = rows[name] ?? []
            var stratum = SamplingStratum(name, size: own.count)
            if let values, let quantity {
                if let row = own.first(where: { !values[$0].isFinite }) {
                    throw SamplingError.missingValue(variable: quantity, row: row + 1)
                }
                let mean = own.reduce(0.0) { $0 + values[$1] } / Double(own.count)
                let squares = own.reduce(0.0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
                stratum.mean = mean
                stratum.standardDeviation = own.count > 1 ? (squares / Double(own.count - 1)).squareRoot() : 0
            }
            return stratum
        }
    }

    private static func numbers(_ name: String, of data: Dataset) throws -> [Double] {
        let table = try data.numericMatrix([name], missing: .keep)
        return table.matrix.column(0)
    }
}
