import ArgumentParser
import Datasets
import Studies
import StudyDesign

/// The schedule of a command, with its calendar and clock.
struct ScheduleOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A CSV file with the columns date, name and workday.", valueName: "file"))
    var holidays: String?

    @Option(
        help: ArgumentHelp(
            "The clock, unless the schedule names one: Asia/Shanghai, +08:00 (default: UTC).", valueName: "name"))
    var timeZone: String?

    /// Reads the schedule in a file; a mistake is named by file, line and column.
    func schedule(path: String) throws -> Schedule {
        var calendar = WorkdayCalendar()
        if let holidays {
            calendar = try WorkdayCalendar(
                csv: try FileAccess.bytes(at: holidays, limit: 10_000_000),
                file: holidays.split(separator: "/").last.map(String.init) ?? holidays)
        }
        let zone = try timeZone.map { try CivilTimeZone(named: $0) } ?? .utc
        let text = try FileAccess.text(at: path)
        let name = path == "-" ? "standard input" : path
        do {
            return try Schedule(text, calendar: calendar, timeZone: zone)
        } catch let error {
            guard case .syntax(let line, let column, _, _) = error else { throw error }
            let words = "schedule, line \(line), column \(column): "
            let message = error.description
            throw CommandFailure.analysis(
                "\(name):\(line):\(column): "
                    + (message.hasPrefix(words) ? String(message.dropFirst(words.count)) : message))
        }
    }
}
