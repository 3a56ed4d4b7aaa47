public import Datasets

/// Why a sample cannot be planned, drawn or weighted. The description says what is wrong, where, and what to do.
public enum SamplingError: Error, Sendable, Hashable {
    /// More units are asked for than there are; `place` names the stratum or unit, and is empty for the whole frame.
    case tooLarge(wanted: Int, available: Int, place: String)
    /// The sample is too small to have the least number in every stratum.
    case tooSmall(wanted: Int, needed: Int, strata: Int)
    /// A stratum that holds no unit.
    case emptyStratum(String)
    /// There are no units at all.
    case noUnits
    /// A name that is given to two strata.
    case repeatedStratum(String)
    /// A figure of a stratum that is not there, or cannot be what it is.
    case stratumFigure(stratum: String, figure: String, value: Double?, remedy: String)
    /// A measure of size that is not above zero; the data row counts from 1.
    case sizeMeasure(variable: String, unit: String, row: Int, value: Double?)
    /// A number of units in a row of the frame that is not a whole number above zero; the data row counts from 1.
    case unitCount(variable: String, row: Int, value: Double?)
    /// An identifier that several rows have; data rows count from 1.
    case repeatedIdentifier(variable: String, value: String, rows: [Int])
    /// A value that is missing; the data row counts from 1.
    case missingValue(variable: String, row: Int)
    /// A variable that must be the same in all rows of a unit, and is not; data rows count from 1.
    case varies(variable: String, unit: String, rows: [Int])
    /// A request that cannot be carried out: what is wrong and what to do.
    case request(String)
    /// The data cannot be used.
    case data(DatasetError)
}

extension SamplingError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .tooLarge(let wanted, let available, let place):
            "\(wanted) units are to be drawn\(place.isEmpty ? "" : " from \(place)"), but there \(available == 1 ? "is" : "are") "
                + "\(available); draw \(available) or fewer"
        case .tooSmall(let wanted, let needed, let strata):
            "a sample of \(wanted) cannot have the least number in each of \(strata) strata; draw \(needed) or more, lower the "
                + "minimum, or merge strata"
        case .emptyStratum(let name):
            "the stratum \(name) has no units; give their number, or leave the stratum out"
        case .noUnits: "the frame has no units to draw from; check the file"
        case .repeatedStratum(let name): "the stratum \(name) is given twice; give it once"
        case .stratumFigure(let stratum, let figure, let value, let remedy):
            "the stratum \(stratum) has " + (value.map { "\(figure) \(short($0))" } ?? "no \(figure)") + "; \(remedy)"
        case .sizeMeasure(let variable, let unit, let row, let value):
            "data row \(row): \(unit) has " + (value.map { "\(variable) \(short($0))" } ?? "no \(variable)")
                + ", so that it could never be drawn with probability proportional to size; give a size above zero, or leave "
                + "the unit out of the frame"
        case .unitCount(let variable, let row, let value):
            "data row \(row): " + (value.map { "\(variable) is \(short($0))" } ?? "\(variable) is missing")
                + ", but must be a whole number of at least 1 to draw from; correct it, or leave the row out of the frame"
        case .repeatedIdentifier(let variable, let value, let rows):
            "\(variable) \(value) stands in data rows \(listed(rows)), but must name one unit; remove the duplicates, or name "
                + "another identifier"
        case .missingValue(let variable, let row):
            "data row \(row): \(variable) is missing; fill it in, or leave the row out of the frame"
        case .varies(let variable, let unit, let rows):
            "\(variable) is not the same in all rows of \(unit) (data rows \(listed(rows))); correct it, or name a variable "
                + "that belongs to the unit"
        case .request(let problem): problem
        case .data(let error): error.description
        }
    }
}

/// A number as researchers write it, without a needless fraction.
func short(_ value: Double) -> String {
    if let whole = Int(exactly: value), abs(value) < 1e15 { return String(whole) }
    return String(value)
}

private func listed(_ rows: [Int]) -> String {
    rows.prefix(5).map(String.init).joined(separator: ", ") + (rows.count > 5 ? ", …" : "")
}
