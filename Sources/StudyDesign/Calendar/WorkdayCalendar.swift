import Datasets

/// Which days are worked: the weekend, the holidays, and the days of the weekend that are worked in exchange.
public struct WorkdayCalendar: Sendable, Hashable {
    /// The days of the week that are not worked.
    public var weekend: Set<Weekday>
    /// The days off besides the weekend, with their names.
    public var holidays: [CivilDate: String]
    /// The days that are worked although they fall on a weekend, with their names.
    public var workdays: [CivilDate: String]
    /// The file of the holidays, for messages; empty if there is none.
    public var source: String

    /// Creates a calendar; by default Saturday and Sunday are free and there are no holidays.
    public init(
        weekend: Set<Weekday> = [.saturday, .sunday], holidays: [CivilDate: String] = [:],
        workdays: [CivilDate: String] = [:], source: String = ""
    ) {
        self.weekend = weekend
        self.holidays = holidays
        self.workdays = workdays
        self.source = source
    }

    /// Reads a holiday file: a CSV file with the column `date` (2020-01-01) and, if wanted, `name` and `workday`.
    ///
    /// A row is a day off, or with `yes` (or `1`, `true`, `workday`) in the column `workday` a day that is worked although it
    /// falls on a weekend, as where holidays are made longer by swapping weekends.
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: its name, for messages.
    ///   - weekend: the days of the week that are not worked.
    /// - Throws: ``ScheduleError/holidays(file:row:problem:)`` with the row; ``ScheduleError/data(_:)`` if it is not a CSV
    ///   file.
    public init(
        csv bytes: [UInt8], file: String, weekend: Set<Weekday> = [.saturday, .sunday]
    ) throws(ScheduleError) {
        let table: Dataset
        do {
            table = try Dataset.read(bytes: bytes, file: file, format: .csv).dataset
        } catch {
            throw .data(error)
        }
        func column(_ name: String) -> Column? { table.columns.first { $0.name.lowercased() == name } }
        guard let dates = column("date")?.texts else {
            throw .holidays(
                file: file, row: nil,
                problem: "there is no column \"date\" (the columns are \(table.names.joined(separator: ", ")))")
        }
        if let other = table.names.first(where: { !["date", "name", "workday"].contains($0.lowercased()) }) {
            throw .holidays(file: file, row: nil, problem: "the column \"\(other)\" is none of date, name and workday")
        }
        let names = column("name")?.texts
        let marks = column("workday")?.texts
        self.init(weekend: weekend, source: file)
        for (row, text) in dates.enumerated() {
            guard let text, let date = CivilDate.reading(text) else {
                throw .holidays(
                    file: file, row: row + 1, problem: "\"\((text ?? "").prefix(40))\" is not a date such as 2020-01-01"
                )
            }
            if holidays[date] != nil || workdays[date] != nil {
                throw .holidays(file: file, row: row + 1, problem: "\(date) is listed twice")
            }
            let mark = (marks?[row] ?? "").lowercased()
            let name = names?[row] ?? ""
            if ["1", "yes", "true", "y", "workday"].contains(mark) {
                workdays[date] = name
            } else if ["", "0", "no", "false", "n", "holiday"].contains(mark) {
                holidays[date] = name
            } else {
                throw .holidays(
                    file: file, row: row + 1,
                    problem: "\"\(mark.prefix(40))\" in the column workday is neither yes nor no")
            }
        }
    }

    /// Whether a date is worked.
    public func isWorkday(_ date: CivilDate) -> Bool {
        if workdays[date] != nil { return true }
        return !weekend.contains(date.weekday) && holidays[date] == nil
    }

    /// The workday of a number (from 1, or from −1 backwards) in the month of a date; nil if the month has fewer.
    public func workday(_ number: Int, ofMonthOf date: CivilDate) -> CivilDate? {
        let first = date.startOfMonth
        let worked = (0..<first.daysInMonth).map { first.adding(days: $0) }.filter(isWorkday)
        let index = number > 0 ? number - 1 : worked.count + number
        return worked.indices.contains(index) ? worked[index] : nil
    }

    /// The nearest workday after a date (`step` 1) or before it (`step` −1), the date itself if it is one; nil if there is
    /// none within a year.
    public func workday(from date: CivilDate, step: Int) -> CivilDate? {
        var day = date
        for _ in 0..<366 {
            if isWorkday(day) { return day }
            day = day.adding(days: step)
        }
        return nil
    }

    /// The years in which holidays or exchanged workdays are listed.
    var years: Set<Int> { Set((Array(holidays.keys) + Array(workdays.keys)).map(\.year)) }
}
