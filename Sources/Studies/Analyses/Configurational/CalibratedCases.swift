public import Datasets
public import SetTheoreticAnalysis

/// The cases of a dataset with the sets of an analysis, calibrated as it asks.
public struct CalibratedCases: Sendable, Hashable {
    /// The cases and sets.
    public let data: CalibratedData
    /// How variables were calibrated.
    public let calibrations: [CalibrationResult]
    /// The raw values of the calibrated variables, for the cases that are analysed.
    public let rows: [Int]
    /// What the reader should know.
    public let warnings: [String]

    /// Takes the sets from a dataset.
    ///
    /// - Parameters:
    ///   - dataset: The data, a row for each case. A column of numbers holds memberships or levels unless it is
    ///     calibrated; `-` or `dc` says that a condition does not apply to a case.
    ///   - names: The sets.
    ///   - settings: The calibrations, the variable that names the cases, and what to do with incomplete ones.
    /// - Throws: `DatasetError`, `SetTheoryError`, ``AnalysisError``.
    public init(_ dataset: Dataset, sets names: [String], settings: ConfigurationalSettings) throws {
        var warnings: [String] = []
        var calibrations: [String: Calibration] = [:]
        for text in settings.calibrations {
            let (name, calibration) = try Calibration.assignment(parsing: text, scale: settings.scale)
            if calibrations.updateValue(calibration, forKey: name) != nil { throw AnalysisError.namedTwice(name) }
            if !names.contains(name) {
                _ = try dataset.column(name)
                warnings.append("`\(name)` is calibrated but neither the outcome nor a condition")
            }
        }
        var columns: [(name: String, values: [Double])] = []
        for name in names { columns.append((name, try Self.values(of: dataset.column(name)))) }
        let labels = try Self.labels(dataset, column: settings.caseColumn)
        var kept = Array(0..<dataset.rowCount)
        let incomplete = kept.filter { row in columns.contains { $0.values[row].isNaN } }
        if !incomplete.isEmpty, settings.dropsIncompleteCases {
            kept.removeAll { row in columns.contains { $0.values[row].isNaN } }
            warnings.append(
                "\(incomplete.count) of \(dataset.rowCount) cases have no value in some set and are left out")
        }
        if kept.isEmpty { throw AnalysisError.noCompleteCases(variables: names) }
        let cases = kept.map { labels[$0] }
        var sets: [CalibratedSet] = [], results: [CalibrationResult] = []
        for (name, values) in columns {
            let values = kept.map { values[$0] }
            if let calibration = calibrations[name] {
                let result = try calibration.calibrate(values, name: name, cases: cases)
                for notice in result.notices {
                    if case .halfMemberships = notice { continue }
                    warnings.append("`\(name)`: \(notice)")
                }
                results.append(result)
                sets.append(try result.calibratedSet())
            } else {
                sets.append(try CalibratedSet(name: name, values: values, cases: cases))
            }
        }
        data = try CalibratedData(cases: cases, sets: sets)
        self.calibrations = results
        rows = kept
        self.warnings = warnings
    }

    /// Numbers of a column, with "does not apply" where a text says so.
    static func values(of column: Column) throws -> [Double] {
        if column.isNumeric { return column.numbers }
        return try column.texts.enumerated().map { row, text in
            guard let text else { return .nan }
            if text == "-" || text == "dc" { return CalibratedSet.notApplicable }
            guard let value = Double(text) else {
                throw AnalysisError.unsuitable(
                    "`\(column.name)` is '\(text.prefix(40))' in row \(row + 1), which is neither a membership nor a level; "
                        + "give numbers, or - where the condition does not apply")
            }
            return value
        }
    }

    /// The names of cases in a column; their numbers without one.
    static func labels(_ dataset: Dataset, column name: String?) throws -> [String] {
        guard let name else { return (0..<dataset.rowCount).map { "\($0 + 1)" } }
        let column = try dataset.column(name)
        if column.isNumeric {
            return column.numbers.map { $0.isNaN ? "" : $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int($0))" : "\($0)" }
        }
        return column.texts.map { $0 ?? "" }
    }
}
