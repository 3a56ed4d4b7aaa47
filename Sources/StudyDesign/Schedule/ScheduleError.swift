public import Datasets

/// Why a schedule cannot be read or carried out. The description says what is wrong, where, and what to do.
public enum ScheduleError: Error, Sendable, Hashable {
    /// The text of a schedule cannot be read at a place; line and column count from 1.
    case syntax(line: Int, column: Int, problem: String, nearest: [String])
    /// There is no such time zone.
    case unknownTimeZone(name: String, nearest: [String])
    /// The time zone's file does not keep to its format.
    case damagedTimeZone(name: String, problem: String)
    /// A holiday file that cannot be used; the data row counts from 1.
    case holidays(file: String, row: Int?, problem: String)
    /// A form's schedule does not say from when, or for how long, it runs.
    case noSpan(form: String)
    /// No occasion falls into the time of the study.
    case noOccasions(form: String, from: CivilDate, to: CivilDate)
    /// More random signals were asked for than fit between two times.
    case signalsDoNotFit(form: String, count: Int, minutes: Int, distance: Int)
    /// The schedule has more occasions than can be planned at once.
    case tooManyOccasions(form: String, limit: Int)
    /// An answer that does not fit the plan; the data row counts from 1.
    case answer(row: Int, problem: String, nearest: [String])
    /// The data cannot be used.
    case data(DatasetError)
}

extension ScheduleError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .syntax(let line, let column, let problem, let nearest):
            "schedule, line \(line), column \(column): \(problem)" + suggestion(nearest)
        case .unknownTimeZone(let name, let nearest):
            "the time zone \"\(name.prefix(64))\" is not known on this system"
                + (nearest.isEmpty
                    ? "; write a name such as Asia/Shanghai (package tzdata) or an offset such as +08:00"
                    : suggestion(nearest))
        case .damagedTimeZone(let name, let problem):
            "the file of the time zone \(name) cannot be used: \(problem); reinstall the package tzdata, or write an offset "
                + "such as +08:00"
        case .holidays(let file, let row, let problem):
            "\(file)" + (row.map { ", data row \($0)" } ?? "") + ": \(problem)"
        case .noSpan(let form):
            "the schedule of \(form) does not say when it runs; add, for example, \"for 5 months from 2020-03\""
        case .noOccasions(let form, let from, let to):
            "the schedule of \(form) has no occasion from \(from) to \(to); make the time longer, or change the days"
        case .signalsDoNotFit(let form, let count, let minutes, let distance):
            "the schedule of \(form) asks for \(count) random signals at least \(distance) minutes apart within "
                + "\(minutes) minutes; ask for fewer, allow them closer, or widen the time"
        case .tooManyOccasions(let form, let limit):
            "the schedule of \(form) has more than \(limit) occasions; shorten the study"
        case .answer(let row, let problem, let nearest): "data row \(row): \(problem)" + suggestion(nearest)
        case .data(let error): error.description
        }
    }

    private func suggestion(_ nearest: [String]) -> String {
        guard let last = nearest.last else { return "" }
        let quoted = nearest.dropLast().map { "\"\($0)\"" }.joined(separator: ", ")
        return "; did you mean " + (quoted.isEmpty ? "" : quoted + " or ") + "\"\(last)\"?"
    }
}

/// The zones most like a mistyped one, by the whole name and by the name of the place alone.
func nearestZones(to name: String, among zones: [String]) -> [String] {
    let whole = nearestNames(to: name, among: zones)
    if !whole.isEmpty { return whole }
    func place(_ zone: String) -> String { zone.split(separator: "/").last.map(String.init) ?? zone }
    let alike = nearestNames(to: place(name), among: zones.map(place))
    let same = place(name).lowercased()
    return Array(zones.filter { place($0).lowercased() == same || alike.contains(place($0)) }.prefix(3))
}
