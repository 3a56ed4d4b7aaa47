/// When one form of a diary study is asked: the days, the times, and what it is about.
///
/// The text that ``description`` writes reads back as the same rule.
public struct ScheduleRule: Sendable, Hashable {
    /// Which days.
    public enum Days: Sendable, Hashable {
        /// A day of each month, of the month before or of the next one (`month` −1 or 1); if it is not a workday, the next
        /// workday (`otherwise` 1) or the one before (−1) instead, or the day itself (nil).
        case monthly(MonthDay, month: Int, otherwise: Int?)
        /// Every day, or every n-th day of the study.
        case days(every: Int)
        /// Every workday.
        case workdays
        /// On these days of every week, or of every n-th, the first being that in which the study begins.
        case weekdays(Set<Weekday>, every: Int)
    }

    /// A day of the month. Ordinals count from 1, and −1 is the last.
    public enum MonthDay: Sendable, Hashable {
        /// The n-th workday.
        case workday(Int)
        /// The n-th day.
        case day(Int)
        /// The n-th Monday, Tuesday, ….
        case weekday(Weekday, Int)
    }

    /// At which times of the day.
    public enum Times: Sendable, Hashable {
        /// Fixed times, ascending.
        case fixed([TimeOfDay])
        /// Random moments between two times, in whole minutes (signal-contingent sampling); `inBlocks` draws one from each
        /// of as many equal blocks. `apart` is the least distance in minutes, or nil for the length of the window.
        case random(count: Int, from: TimeOfDay, to: TimeOfDay, apart: Int?, inBlocks: Bool)
    }

    /// The period that the questions are about, relative to the day on which they are asked.
    public enum Subject: String, Sendable, Hashable, Codable, CaseIterable {
        /// The day itself.
        case sameDay = "same day"
        /// The day before.
        case previousDay = "previous day"
        /// The last workday before the day.
        case previousWorkday = "previous workday"
        /// The week (Monday to Sunday) of the day.
        case sameWeek = "same week"
        /// The week before.
        case previousWeek = "previous week"
        /// The month of the day.
        case sameMonth = "same month"
        /// The month before.
        case previousMonth = "previous month"
    }

    /// The days.
    public var days: Days
    /// The times.
    public var times: Times
    /// What the form is about; nil is the month of a monthly form, and the day of every other.
    public var subject: Subject?
    /// The seconds within which an answer is on time; nil leaves it to the schedule.
    public var window: Int?
    /// When the form runs; nil leaves it to the schedule.
    public var span: StudySpan?

    /// Creates a rule.
    public init(days: Days, times: Times, subject: Subject? = nil, window: Int? = nil, span: StudySpan? = nil) {
        self.days = days
        self.times = times
        self.subject = subject
        self.window = window
        self.span = span
    }

    /// Reads a rule such as `last workday of next month 16:00 about previous month`.
    /// - Throws: ``ScheduleError/syntax(line:column:problem:nearest:)`` with the column.
    public init(_ text: String) throws(ScheduleError) {
        var parser = ScheduleParser(text, line: 1)
        self = try parser.rule()
    }
}

/// How long a study or a form runs.
public struct StudySpan: Sendable, Hashable {
    /// A length in units of the calendar.
    public enum Unit: String, Sendable, Hashable, Codable, CaseIterable {
        /// Days.
        case days
        /// Workdays.
        case workdays
        /// Weeks.
        case weeks
        /// Months.
        case months
    }

    /// How it ends.
    public enum End: Sendable, Hashable {
        /// After so many units.
        case after(Int, Unit)
        /// On this date, which still belongs to it.
        case on(CivilDate)
    }

    /// The first day, or nil if it is left open.
    public var start: CivilDate?
    /// The end.
    public var end: End

    /// Creates a span.
    public init(start: CivilDate?, end: End) {
        self.start = start
        self.end = end
    }

    /// The first day and the last; nil if there is no start, the end lies before it, or the length
    /// is not from 1 to 10 000.
    public func days(_ calendar: WorkdayCalendar = WorkdayCalendar()) -> ClosedRange<CivilDate>? {
        guard let start else { return nil }
        if case .after(let count, _) = end, !(1...ScheduleParser.limit).contains(count) { return nil }
        let last: CivilDate
        switch end {
        case .on(let date): last = date
        case .after(let count, .days): last = start.adding(days: count - 1)
        case .after(let count, .weeks): last = start.adding(days: 7 * count - 1)
        case .after(let count, .months): last = start.adding(months: count).adding(days: -1)
        case .after(let count, .workdays):
            var day = start.adding(days: -1)
            for _ in 0..<count {
                guard let next = calendar.workday(from: day.adding(days: 1), step: 1) else { return nil }
                day = next
            }
            last = day
        }
        return start <= last ? start...last : nil
    }
}
