import Datasets

/// A word, number, time or mark of a schedule, with the column (from 1) at which it begins.
struct ScheduleToken: Sendable, Hashable {
    var text: String
    var column: Int

    /// Splits a line at blanks and commas; a dash splits only what holds a time, so dates stay whole.
    static func tokens(_ line: String) -> [ScheduleToken] {
        var tokens: [ScheduleToken] = []
        var word = ""
        var start = 0
        func close(_ tokens: inout [ScheduleToken]) {
            if !word.isEmpty { tokens.append(ScheduleToken(text: word, column: start)) }
            word = ""
        }
        for (index, character) in line.lowercased().enumerated() {
            let isTime = word.contains(":") || word.hasSuffix("am") || word.hasSuffix("pm")
            let isRangeDash = (character == "-" && isTime) || character == "–" || character == "—"
            if character.isWhitespace {
                close(&tokens)
            } else if character == "," || isRangeDash || (character == "-" && word.isEmpty) {
                close(&tokens)
                tokens.append(ScheduleToken(text: character == "," ? "," : "-", column: index + 1))
            } else {
                if word.isEmpty { start = index + 1 }
                word.append(character)
            }
        }
        close(&tokens)
        return tokens
    }
}

/// Reads the schedule language by recursive descent over the tokens of one line.
///
///     rule    = days times {about | window | span}
///     days    = "every" ("day" | "workday" | N "days" | [N "weeks" "on"] weekday {("," | "and") weekday})
///             | ["on"] ["the"] (ordinal ("workday" | "day" | weekday) | "day" N) "of" [month] ["or" ("next" | "previous") "workday"]
///     times   = ["at"] time {("," | "and") time}
///             | ["between" | "from"] time ("-" | "to" | "and") time N ["times"] "random" ["in" "blocks"] ["at" "least" duration "apart"]
///     about   = "about" ("same" | "previous") ("day" | "workday" | "week" | "month")
///     window  = "window" duration
///     span    = "for" N ("days" | "workdays" | "weeks" | "months") ["from" date] | "from" date "to" date
struct ScheduleParser {
    private let tokens: [ScheduleToken]
    private let line: Int
    private let endColumn: Int
    private var position = 0

    /// The largest count that a schedule may state.
    static let limit = 10_000

    init(_ text: String, line: Int) {
        self.init(tokens: ScheduleToken.tokens(text), line: line, endColumn: text.count + 1)
    }

    init(tokens: [ScheduleToken], line: Int, endColumn: Int) {
        self.tokens = tokens
        self.line = line
        self.endColumn = endColumn
    }

    // MARK: Rules

    mutating func rule() throws(ScheduleError) -> ScheduleRule {
        let days = try days()
        var result = ScheduleRule(days: days, times: try times())
        while let token = next {
            switch token.text {
            case "about" where result.subject == nil: result.subject = try subject()
            case "window" where result.window == nil: result.window = try window()
            case "for", "from":
                guard result.span == nil else { throw failure(at: token, "the time of the form is stated twice") }
                result.span = try span()
            case "about", "window": throw failure(at: token, "\"\(token.text)\" is stated twice")
            case "or":
                guard case .monthly(let day, let month, nil) = result.days else {
                    throw failure(at: token, "\"or\" belongs to a day of the month, once")
                }
                result.days = .monthly(day, month: month, otherwise: try otherwise())
            default: throw unknown(["about", "window", "for", "from", "or"], "after the time")
            }
        }
        return result
    }

    mutating func requireEnd() throws(ScheduleError) {
        if let token = next { throw failure(at: token, "\"\(token.text)\" is not expected here; the line is complete") }
    }

    // MARK: Days

    private mutating func days() throws(ScheduleError) -> ScheduleRule.Days {
        if take("every") || take("each") { return try everyDay() }
        if take("daily") { return .days(every: 1) }
        _ = take("on")
        _ = take("the")
        let day: ScheduleRule.MonthDay
        if take("day") {
            day = .day(try number("the number of the day", 1...31))
        } else if let number = ordinal() {
            if takeWorkday() {
                day = .workday(number)
            } else if take("day") {
                day = .day(number)
            } else if let weekday = weekday() {
                day = .weekday(weekday, number)
            } else {
                throw unknown(["workday", "day"] + Self.weekdayNames, "after \"\(previous)\"")
            }
            try verify(day)
        } else {
            throw unknown(
                ["every", "first", "second", "third", "fourth", "last", "day", "daily"], "at the beginning")
        }
        try expect("of", among: ["of"], "after the day, as in \"first workday of month\"")
        _ = take("the") || take("each") || take("every")
        var month = 0
        if take("next") {
            month = 1
        } else if take("previous") || take("last") {
            month = -1
        } else {
            _ = take("this") || take("same")
        }
        try expect("month", among: ["month", "next", "previous", "this"], "after \"of\"")
        return .monthly(day, month: month, otherwise: next?.text == "or" ? try otherwise() : nil)
    }

    private mutating func otherwise() throws(ScheduleError) -> Int {
        position += 1
        let isNext = take("next")
        guard isNext || take("previous") else { throw unknown(["next", "previous"], "after \"or\"") }
        guard takeWorkday() else { throw unknown(["workday"], "after \"\(previous)\"") }
        return isNext ? 1 : -1
    }

    private func verify(_ day: ScheduleRule.MonthDay) throws(ScheduleError) {
        let (number, most) =
            switch day {
            case .workday(let number): (number, 23)
            case .day(let number): (number, 31)
            case .weekday(_, let number): (number, 5)
            }
        if number > most {
            throw failure(before: position, "a month has at most \(most) such days, so it has no \(number)th")
        }
    }

    private mutating func everyDay() throws(ScheduleError) -> ScheduleRule.Days {
        if takeWorkday() { return .workdays }
        if take("day") { return .days(every: 1) }
        if take("other") || take("second") || take("2nd") {
            if take("day") { return .days(every: 2) }
            guard let days = try weekdays() else { throw unknown(["day"] + Self.weekdayNames, "after \"\(previous)\"") }
            return .weekdays(days, every: 2)
        }
        if let token = next, digits(token.text.utf8) != nil {
            let step = try number("the number of days or weeks", 1...366)
            if take("days") || take("day") { return .days(every: step) }
            guard take("weeks") || take("week") else { throw unknown(["days", "weeks"], "after the number") }
            try expect("on", among: ["on"], "after \"weeks\", as in \"every 2 weeks on Friday\"")
            guard let days = try weekdays() else { throw unknown(Self.weekdayNames, "after \"on\"") }
            return .weekdays(days, every: step)
        }
        guard let days = try weekdays() else {
            throw unknown(["day", "workday", "other"] + Self.weekdayNames, "after \"every\"")
        }
        return .weekdays(days, every: 1)
    }

    /// One or more days of the week; nil if the next word is none.
    private mutating func weekdays() throws(ScheduleError) -> Set<Weekday>? {
        guard let first = weekday() else { return nil }
        var days: Set<Weekday> = [first]
        while let separator = next, separator.text == "," || separator.text == "and" {
            position += 1
            if separator.text == ",", next?.text == "and" { position += 1 }
            guard let day = weekday() else { throw unknown(Self.weekdayNames, "after \"\(previous)\"") }
            days.insert(day)
        }
        return days
    }

    private static let weekdayNames = Weekday.allCases.map { $0.description.lowercased() }

    mutating func weekday() -> Weekday? {
        guard let text = next?.text else { return nil }
        let found = Weekday.allCases.first { day in
            let name = day.description.lowercased()
            return text == name || text == name + "s" || text == name.prefix(3)
        }
        if found != nil { position += 1 }
        return found
    }

    private mutating func ordinal() -> Int? {
        guard let text = next?.text else { return nil }
        var value: Int?
        if text == "last" {
            value = -1
        } else if let index = ordinalWords.firstIndex(of: text) {
            value = index + 1
        } else if ["st", "nd", "rd", "th"].contains(where: text.hasSuffix), let number = digits(text.utf8.dropLast(2)),
            number >= 1
        {
            value = number
        }
        if value != nil { position += 1 }
        return value
    }

    private mutating func takeWorkday() -> Bool {
        if take("workday") { return true }
        guard let text = next?.text, ["working", "work", "business"].contains(text),
            tokens.indices.contains(position + 1),
            tokens[position + 1].text == "day"
        else { return false }
        position += 2
        return true
    }

    // MARK: Times

    private mutating func times() throws(ScheduleError) -> ScheduleRule.Times {
        let isRange = take("between") || take("from")
        if !isRange { _ = take("at") }
        let first = try time()
        if isRange || next?.text == "-" || next?.text == "to" {
            guard take("-") || take("to") || take("and") else { throw unknown(["to", "and"], "after \(first)") }
            let token = next
            let last = try time()
            guard first < last else {
                throw failure(at: token, "\(last) is not later than \(first)")
            }
            return try randomTimes(from: first, to: last)
        }
        var times = [first]
        while let separator = next, separator.text == "," || separator.text == "and" {
            position += 1
            if separator.text == ",", next?.text == "and" { position += 1 }
            let token = next
            let other = try time()
            if times.contains(other) { throw failure(at: token, "\(other) is named twice") }
            times.append(other)
        }
        return .fixed(times.sorted())
    }

    private mutating func randomTimes(
        from first: TimeOfDay, to last: TimeOfDay
    ) throws(ScheduleError) -> ScheduleRule.Times {
        guard let token = next, digits(token.text.utf8) != nil else {
            throw failure(
                at: next, "it is not said how often to ask between \(first) and \(last); write \"5 times random\"")
        }
        let count = try number("the number of signals", 1...200)
        let wasRandom = take("random")
        guard take("times") || take("time") || take("signals") || take("signal") else {
            throw unknown(["times"], "after the number")
        }
        if take("a") || take("per") { try expect("day", among: ["day"], "after \"\(previous)\"") }
        if !wasRandom {
            if take("at") {
                try expect("random", among: ["random"], "after \"at\"")
            } else if !take("randomly") {
                try expect("random", among: ["random"], "after \"times\"")
            }
        }
        let inBlocks = take("in")
        if inBlocks { try expect("blocks", among: ["blocks"], "after \"in\"") }
        var apart: Int?
        if take("at") {
            try expect("least", among: ["least"], "after \"at\"")
            let token = next
            let seconds = try duration()
            try expect("apart", among: ["apart"], "after the distance")
            guard seconds % 60 == 0 else { throw failure(at: token, "the distance of signals is in whole minutes") }
            apart = seconds / 60
        }
        return .random(count: count, from: first, to: last, apart: apart, inBlocks: inBlocks)
    }

    private mutating func time() throws(ScheduleError) -> TimeOfDay {
        guard let token = next else { throw failure(at: nil, "a time such as 09:00 is missing") }
        var text = token.text
        var half: String?
        for suffix in ["am", "pm"] where text.hasSuffix(suffix) && text.count > 2 {
            half = suffix
            text.removeLast(2)
        }
        position += 1
        if half == nil, let word = next?.text, word == "am" || word == "pm" {
            half = word
            position += 1
        }
        if text == "noon", half == nil, let noon = TimeOfDay(hour: 12) { return noon }
        if let half {
            var time = TimeOfDay(text)
            if time == nil, let hour = digits(text.utf8) { time = TimeOfDay(hour: hour) }
            if let time, (3600..<13 * 3600).contains(time.seconds) {
                let seconds = time.seconds % (12 * 3600) + (half == "pm" ? 12 * 3600 : 0)
                if let result = TimeOfDay(hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60) {
                    return result
                }
            }
        } else if let time = TimeOfDay(text) {
            return time
        }
        throw failure(at: token, "\"\(token.text.prefix(40))\" is not a time; write it as 09:00")
    }

    // MARK: Clauses

    private mutating func subject() throws(ScheduleError) -> ScheduleRule.Subject {
        position += 1
        if take("today") { return .sameDay }
        if take("yesterday") { return .previousDay }
        _ = take("the")
        let isPrevious = take("previous") || take("last")
        if !isPrevious {
            guard take("same") || take("this") else {
                throw unknown(["previous", "same", "this", "today", "yesterday"], "after \"about\"")
            }
        }
        if isPrevious, takeWorkday() { return .previousWorkday }
        if take("day") { return isPrevious ? .previousDay : .sameDay }
        if take("week") { return isPrevious ? .previousWeek : .sameWeek }
        if take("month") { return isPrevious ? .previousMonth : .sameMonth }
        throw unknown(["day", "week", "month"] + (isPrevious ? ["workday"] : []), "after \"\(previous)\"")
    }

    mutating func window() throws(ScheduleError) -> Int {
        position += 1
        _ = take("of")
        return try duration()
    }

    /// Seconds.
    private mutating func duration() throws(ScheduleError) -> Int {
        var total = 0
        repeat {
            let count = try number("the length", 1...Self.limit)
            guard let unit = next?.text else {
                throw failure(at: nil, "the unit is missing; write \"\(count) minutes\"")
            }
            let units: [(names: [String], seconds: Int)] = [
                (["minutes", "minute", "min", "mins"], 60), (["hours", "hour", "h"], 3600), (["days", "day"], 86_400),
                (["seconds", "second", "s"], 1),
            ]
            guard let seconds = units.first(where: { $0.names.contains(unit) })?.seconds else {
                throw unknown(["minutes", "hours", "days", "seconds"], "after the number")
            }
            position += 1
            total += count * seconds
        } while next.map { digits($0.text.utf8) != nil } ?? false
        return total
    }

    mutating func span() throws(ScheduleError) -> StudySpan {
        if take("from") {
            let first = next
            let (start, _) = try date()
            guard take("to") || take("until") else { throw unknown(["to"], "after the date") }
            let (end, isMonth) = try date()
            let last = isMonth ? end.adding(months: 1).adding(days: -1) : end
            guard start <= last else { throw failure(at: first, "the study would end before it begins") }
            return StudySpan(start: start, end: .on(last))
        }
        position += 1
        let count = try number("the length", 1...Self.limit)
        let word = next?.text ?? ""
        guard let unit = StudySpan.Unit.allCases.first(where: { $0.rawValue == word || $0.rawValue == word + "s" })
        else {
            throw unknown(StudySpan.Unit.allCases.map(\.rawValue), "after the number")
        }
        let token = next
        position += 1
        if unit == .months, count > 1200 { throw failure(at: token, "a study cannot run for \(count) months") }
        var start: CivilDate?
        if take("from") || take("starting") { start = try date().date }
        return StudySpan(start: start, end: .after(count, unit))
    }

    /// A date, and whether it is a month.
    private mutating func date() throws(ScheduleError) -> (date: CivilDate, isMonth: Bool) {
        guard let token = next else { throw failure(at: nil, "a date such as 2020-03 or 2020-03-02 is missing") }
        position += 1
        let isMonth = token.text.utf8.count == 7
        if let date = CivilDate(isMonth ? token.text + "-01" : token.text) {
            guard (1900...2199).contains(date.year) else {
                throw failure(at: token, "the year must be from 1900 to 2199, not \(date.year)")
            }
            return (date, isMonth)
        }
        throw failure(at: token, "\"\(token.text.prefix(40))\" is not a date; write 2020-03 or 2020-03-02")
    }

    // MARK: Tokens

    var next: ScheduleToken? { tokens.indices.contains(position) ? tokens[position] : nil }

    private var previous: String { position > 0 && position <= tokens.count ? tokens[position - 1].text : "" }

    mutating func take(_ word: String) -> Bool {
        guard next?.text == word else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ word: String, among words: [String], _ place: String) throws(ScheduleError) {
        guard take(word) else { throw unknown(words, place) }
    }

    private mutating func number(_ what: String, _ range: ClosedRange<Int>) throws(ScheduleError) -> Int {
        guard let token = next else { throw failure(at: nil, "\(what) is missing") }
        guard let value = digits(token.text.utf8), range.contains(value) else {
            throw failure(
                at: token,
                "\(what) must be from \(range.lowerBound) to \(range.upperBound), not \"\(token.text.prefix(40))\"")
        }
        position += 1
        return value
    }

    func failure(at token: ScheduleToken?, _ problem: String, nearest: [String] = []) -> ScheduleError {
        .syntax(line: line, column: token?.column ?? endColumn, problem: problem, nearest: nearest)
    }

    private func failure(before position: Int, _ problem: String) -> ScheduleError {
        failure(at: tokens.indices.contains(position - 1) ? tokens[position - 1] : nil, problem)
    }

    /// The error for a word that is none of those expected, with the nearest of them.
    func unknown(_ words: [String], _ place: String) -> ScheduleError {
        let list = words.prefix(8).joined(separator: ", ") + (words.count > 8 ? ", …" : "")
        guard let token = next else {
            return failure(at: nil, "the text ends \(place); one of these is missing: \(list)")
        }
        let nearest = Array(nearestNames(to: token.text, among: words).prefix(1))
        return failure(
            at: token,
            "\"\(token.text.prefix(40))\" is not known \(place)" + (nearest.isEmpty ? "; write one of: \(list)" : ""),
            nearest: nearest)
    }
}
