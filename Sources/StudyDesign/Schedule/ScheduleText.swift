extension ScheduleRule: CustomStringConvertible {
    /// The rule in the schedule language.
    public var description: String {
        var parts = [days.description, times.description]
        if let subject { parts.append("about \(subject.rawValue)") }
        if let window { parts.append("window \(durationText(window))") }
        if let span { parts.append(span.description) }
        return parts.joined(separator: " ")
    }
}

extension ScheduleRule.Days: CustomStringConvertible {
    /// The days in the schedule language.
    public var description: String {
        switch self {
        case .monthly(let day, let month, let otherwise):
            let of =
                switch month {
                case ..<0: "of previous month"
                case 0: "of month"
                default: "of next month"
                }
            let instead = otherwise.map { $0 < 0 ? " or previous workday" : " or next workday" } ?? ""
            return "\(day) \(of)\(instead)"
        case .days(1): return "every day"
        case .days(let step): return "every \(step) days"
        case .workdays: return "every workday"
        case .weekdays(let days, let step):
            let names = days.sorted().map(\.description).joined(separator: ", ")
            return step == 1 ? "every \(names)" : "every \(step) weeks on \(names)"
        }
    }
}

extension ScheduleRule.MonthDay: CustomStringConvertible {
    /// The day in the schedule language.
    public var description: String {
        switch self {
        case .workday(let number): "\(ordinal(number)) workday"
        case .day(-1): "last day"
        case .day(let number): "day \(number)"
        case .weekday(let day, let number): "\(ordinal(number)) \(day)"
        }
    }
}

extension ScheduleRule.Times: CustomStringConvertible {
    /// The times in the schedule language.
    public var description: String {
        switch self {
        case .fixed(let times): return times.map(\.description).joined(separator: ", ")
        case .random(let count, let from, let to, let apart, let inBlocks):
            return "\(from)-\(to) \(count) times random" + (inBlocks ? " in blocks" : "")
                + (apart.map { " at least \(durationText($0 * 60)) apart" } ?? "")
        }
    }
}

extension StudySpan: CustomStringConvertible {
    /// The span in the schedule language.
    public var description: String {
        switch end {
        case .on(let date): "from \(start?.description ?? "?") to \(date)"
        case .after(let count, let unit):
            "for \(count) \(unit.rawValue)" + (start.map { " from \($0)" } ?? "")
        }
    }
}

/// The words for ordinals, as far as they are written out.
let ordinalWords = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
]

private func ordinal(_ number: Int) -> String {
    if number < 0 { return "last" }
    return number <= ordinalWords.count ? ordinalWords[number - 1] : "\(number)th"
}

/// A number of seconds in the largest unit that divides it.
func durationText(_ seconds: Int) -> String {
    let (count, unit) =
        if seconds % 86_400 == 0 {
            (seconds / 86_400, "day")
        } else if seconds % 3600 == 0 {
            (seconds / 3600, "hour")
        } else if seconds % 60 == 0 {
            (seconds / 60, "minute")
        } else {
            (seconds, "second")
        }
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
}
