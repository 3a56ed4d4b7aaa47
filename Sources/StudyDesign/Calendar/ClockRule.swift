/// The rule of daylight saving for all years to come, as the TZ variable of POSIX writes it with the extensions of RFC 8536,
/// 3.3.1: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ClockRule: Sendable, Hashable {
    /// A day of each year on which the clock changes.
    enum Day: Sendable, Hashable {
        /// `M3.5.0`: weekday d (0 is Sunday) of week w (5 is the last) of month m.
        case weekday(month: Int, week: Int, day: Int)
        /// `J60`: day 1 to 365, 29 February never counted.
        case withoutLeapDay(Int)
        /// `59`: day 0 to 365, 29 February counted.
        case ofYear(Int)

        /// Days since 1970-01-01 in a year.
        func days(in year: Int) -> Int {
            let newYear = CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? 0
            switch self {
            case .weekday(let month, let week, let day):
                guard let first = CivilDate(year: year, month: month, day: 1) else { return newYear }
                let ahead = (day - first.weekday.rawValue % 7 + 7) % 7
                var date = ahead + (week - 1) * 7
                while date >= first.daysInMonth { date -= 7 }
                return first.daysSince1970 + date
            case .withoutLeapDay(let day):
                return newYear + day - 1 + (CivilDate.isLeap(year) && day >= 60 ? 1 : 0)
            case .ofYear(let day): return newYear + day
            }
        }
    }

    /// Daylight saving: its offset, and the days and local seconds at which it begins and ends.
    struct Saving: Sendable, Hashable {
        var offset: Int
        var start: Day
        var startTime: Int
        var end: Day
        var endTime: Int
    }

    /// The offset of standard time in seconds, positive east of Greenwich.
    var standard: Int
    /// Daylight saving, or nil.
    var saving: Saving?

    /// Reads a rule; nil if it is not of the format.
    init?(_ text: String) {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard text.utf8.count <= 100, scanner.name(), let offset = scanner.time(limit: 25) else { return nil }
        standard = -offset
        if scanner.isAtEnd { return }
        guard scanner.name() else { return nil }
        var savingOffset = standard + 3600
        if !scanner.isAtEnd, scanner.next != UInt8(ascii: ",") {
            guard let offset = scanner.time(limit: 25) else { return nil }
            savingOffset = -offset
        }
        guard scanner.take(","), let (start, startTime) = scanner.change(), scanner.take(","),
            let (end, endTime) = scanner.change(), scanner.isAtEnd
        else { return nil }
        saving = Saving(offset: savingOffset, start: start, startTime: startTime, end: end, endTime: endTime)
    }

    /// The offset at a moment.
    func offset(at time: Int) -> Int {
        guard let saving else { return standard }
        let year = CivilDate(daysSince1970: floorDivide(time + standard, 86_400)).year
        let start = saving.start.days(in: year) * 86_400 + saving.startTime - standard
        let end = saving.end.days(in: year) * 86_400 + saving.endTime - saving.offset
        let isSaving = start < end ? time >= start && time < end : time >= start || time < end
        return isSaving ? saving.offset : standard
    }

    private struct Scanner {
        var bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position >= bytes.count }
        var next: UInt8? { isAtEnd ? nil : bytes[position] }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            position += 1
            return true
        }

        mutating func name() -> Bool {
            if take("<") {
                guard let end = bytes[position...].firstIndex(of: UInt8(ascii: ">")) else { return false }
                position = end + 1
                return true
            }
            let start = position
            while let byte = next, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) { position += 1 }
            return position - start >= 3
        }

        mutating func number(limit: Int) -> Int? {
            let start = position
            while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
            guard let value = digits(bytes[start..<position]), value <= limit else { return nil }
            return value
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        mutating func time(limit: Int) -> Int? {
            var sign = 1
            if take("-") { sign = -1 } else { _ = take("+") }
            guard let hours = number(limit: limit) else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] {
                guard take(":") else { break }
                guard let part = number(limit: 59) else { return nil }
                seconds += part * unit
            }
            return sign * seconds
        }

        mutating func change() -> (Day, Int)? {
            let day: Day
            if take("M") {
                guard let month = number(limit: 12), month >= 1, take("."), let week = number(limit: 5), week >= 1,
                    take("."), let weekday = number(limit: 6)
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else if take("J") {
                guard let number = number(limit: 365), number >= 1 else { return nil }
                day = .withoutLeapDay(number)
            } else {
                guard let number = number(limit: 365) else { return nil }
                day = .ofYear(number)
            }
            guard take("/") else { return (day, 7200) }
            guard let time = time(limit: 167) else { return nil }
            return (day, time)
        }
    }
}
