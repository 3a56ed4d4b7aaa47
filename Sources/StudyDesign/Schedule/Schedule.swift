import Datasets

/// The plan of a diary study: its forms with their rules, when it runs, how long an answer is on time, and by which clock
/// and calendar.
public struct Schedule: Sendable, Hashable {
    /// A form and its rule.
    public struct Form: Sendable, Hashable {
        /// The name of the form.
        public var name: String
        /// When it is asked.
        public var rule: ScheduleRule

        /// Creates a form.
        public init(name: String, rule: ScheduleRule) {
            self.name = name
            self.rule = rule
        }
    }

    /// The forms, in the order of the text.
    public var forms: [Form]
    /// When forms run that do not say so themselves.
    public var span: StudySpan?
    /// The seconds within which an answer is on time, for forms that do not say so themselves; nil is without limit.
    public var window: Int?
    /// The clock of the times.
    public var timeZone: CivilTimeZone
    /// The workdays.
    public var calendar: WorkdayCalendar

    /// Creates a schedule.
    public init(
        forms: [Form], span: StudySpan? = nil, window: Int? = nil, timeZone: CivilTimeZone = .utc,
        calendar: WorkdayCalendar = WorkdayCalendar()
    ) {
        self.forms = forms
        self.span = span
        self.window = window
        self.timeZone = timeZone
        self.calendar = calendar
    }

    /// Reads a schedule, a statement on each line; `#` begins a comment and `;` ends a statement as a line does.
    ///
    ///     time zone Asia/Shanghai
    ///     for 5 months from 2020-03
    ///     window 10 minutes
    ///     linkages: first workday of month 09:00
    ///     collaboration: last workday of month 16:00
    ///     performance: last workday of next month 16:00 about previous month
    ///
    /// A rule without a name is the form `diary`. `weekend Friday, Saturday` replaces the calendar's weekend.
    /// - Parameters:
    ///   - text: the statements.
    ///   - calendar: the workdays.
    ///   - timeZone: the clock, unless the text names one.
    ///   - folders: where the time zone database is looked for.
    /// - Throws: ``ScheduleError/syntax(line:column:problem:nearest:)`` with line and column, and the errors of
    ///   ``CivilTimeZone/init(named:folders:)``.
    public init(
        _ text: String, calendar: WorkdayCalendar = WorkdayCalendar(), timeZone: CivilTimeZone = .utc,
        folders: [String] = CivilTimeZone.databaseFolders
    ) throws(ScheduleError) {
        self.init(forms: [], timeZone: timeZone, calendar: calendar)
        var stated = Set<String>()
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = line.prefix { $0 != "#" }
            var column = 0
            for statement in content.split(separator: ";", omittingEmptySubsequences: false) {
                try read(String(statement), line: index + 1, column: column, stated: &stated, folders: folders)
                column += statement.count + 1
            }
        }
        if forms.isEmpty {
            throw .syntax(
                line: 1, column: 1, problem: "there is no form; write, for example, \"diary: every workday 17:00\"",
                nearest: [])
        }
    }

    private mutating func read(
        _ statement: String, line: Int, column: Int, stated: inout Set<String>, folders: [String]
    ) throws(ScheduleError) {
        var tokens = ScheduleToken.tokens(statement)
        for index in tokens.indices { tokens[index].column += column }
        guard let first = tokens.first else { return }
        let end = column + statement.count + 1

        // A colon with a blank behind it ends the name of a form; that of 09:00 has none.
        if let colon = Self.endOfName(statement) {
            let name = statement[..<colon].trimmingBlanks
            let place = column + statement.prefix(while: \.isWhitespace).count + 1
            guard !name.isEmpty else {
                throw .syntax(line: line, column: place, problem: "the name of the form is missing", nearest: [])
            }
            if forms.contains(where: { $0.name == name }) {
                throw .syntax(line: line, column: place, problem: "the form \"\(name)\" is there already", nearest: [])
            }
            let offset = column + statement.distance(from: statement.startIndex, to: colon) + 1
            var parser = ScheduleParser(
                tokens: tokens.filter { $0.column > offset }, line: line, endColumn: end)
            forms.append(Form(name: name, rule: try parser.rule()))
            return
        }

        var parser = ScheduleParser(tokens: tokens, line: line, endColumn: end)
        func once(_ statement: String) throws(ScheduleError) {
            if !stated.insert(statement).inserted {
                throw parser.failure(at: first, "the \(statement) is stated twice")
            }
        }
        switch first.text {
        case "window":
            try once("window")
            window = try parser.window()
            try parser.requireEnd()
        case "for", "from":
            try once("time of the study")
            span = try parser.span()
            try parser.requireEnd()
        case "weekend":
            try once("weekend")
            calendar.weekend = try Self.weekend(&parser)
        case "time", "timezone", "zone":
            try once("time zone")
            let skipped = first.text == "time" && tokens.count > 1 && tokens[1].text == "zone" ? 2 : 1
            guard tokens.count > skipped, first.text != "time" || skipped == 2 else {
                throw parser.failure(
                    at: skipped == 1 && tokens.count > 1 ? tokens[1] : nil,
                    "write \"time zone\" and a name such as Asia/Shanghai")
            }
            // The name in its own letters.
            let start = statement.index(
                statement.startIndex, offsetBy: tokens[skipped].column - column - 1, limitedBy: statement.endIndex)
            timeZone = try CivilTimeZone(
                named: statement[(start ?? statement.endIndex)...].trimmingBlanks, folders: folders)
        default:
            let rules = ["every", "each", "daily", "on", "the", "last", "day"] + ordinalWords
            let isRule = rules.contains(first.text) || first.text.first?.isNumber == true
            if !isRule {
                let nearest = nearestNames(to: first.text, among: ["window", "for", "from", "weekend", "time zone"])
                if let word = nearest.first {
                    throw parser.failure(
                        at: first, "\"\(first.text.prefix(40))\" is not known at the beginning", nearest: [word])
                }
            }
            let rule = try parser.rule()
            if forms.contains(where: { $0.name == "diary" }) {
                throw parser.failure(
                    at: first, "a second form needs a name; write \"evening: \" before its rule, for example")
            }
            forms.append(Form(name: "diary", rule: rule))
        }
    }

    private static func endOfName(_ statement: String) -> String.Index? {
        for colon in statement.indices where statement[colon] == ":" {
            let after = statement.index(after: colon)
            if after == statement.endIndex || statement[after].isWhitespace { return colon }
        }
        return nil
    }

    private static func weekend(_ parser: inout ScheduleParser) throws(ScheduleError) -> Set<Weekday> {
        _ = parser.take("weekend")
        if parser.take("none") {
            try parser.requireEnd()
            return []
        }
        var days: Set<Weekday> = []
        repeat {
            guard let day = parser.weekday() else {
                throw parser.unknown(
                    Weekday.allCases.map { $0.description.lowercased() } + ["none"], "as a day of the weekend")
            }
            days.insert(day)
        } while parser.take(",") || parser.take("and")
        try parser.requireEnd()
        if days.count == 7 { throw parser.failure(at: nil, "no day of the week is worked; leave one out") }
        return days
    }
}

extension StringProtocol {
    fileprivate var trimmingBlanks: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension Schedule: CustomStringConvertible {
    /// The schedule in its language; holidays are not part of it.
    public var description: String {
        var lines = ["time zone \(timeZone)"]
        if let span { lines.append(span.description) }
        if let window { lines.append("window \(durationText(window))") }
        if calendar.weekend != [.saturday, .sunday] {
            let days = calendar.weekend.sorted().map(\.description).joined(separator: ", ")
            lines.append("weekend " + (days.isEmpty ? "none" : days))
        }
        lines += forms.map { "\($0.name): \($0.rule)" }
        return lines.joined(separator: "\n")
    }
}
