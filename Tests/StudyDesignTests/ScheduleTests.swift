import Testing

@testable import StudyDesign

@Suite struct ScheduleTests {
    static let seed = """
        # A diary of inter-organizational linkages
        time zone Asia/Shanghai
        for 5 months from 2020-03
        window 10 minutes

        linkages: first workday of month 09:00
        collaboration: last workday of month 16:00
        performance: last workday of next month 16:00 about previous month
        """

    @Test func readsTheWholePlan() throws {
        let schedule = try Schedule(Self.seed, folders: zoneFolders)
        #expect(schedule.forms.map(\.name) == ["linkages", "collaboration", "performance"])
        #expect(schedule.timeZone.name == "Asia/Shanghai" && schedule.window == 600)
        #expect(schedule.span == StudySpan(start: try date("2020-03-01"), end: .after(5, .months)))
        #expect(
            try schedule.forms[2].rule
                == ScheduleRule(
                    days: .monthly(.workday(-1), month: 1, otherwise: nil), times: .fixed([time("16:00")]),
                    subject: .previousMonth))
        #expect(try Schedule(schedule.description, folders: zoneFolders) == schedule)
        let oneLine = Self.seed.split(separator: "\n").dropFirst().joined(separator: "; ")
        #expect(try Schedule(oneLine, folders: zoneFolders) == schedule)
        #expect(try Schedule(Self.seed.replacing("\n", with: "\r\n"), folders: zoneFolders) == schedule)
    }

    @Test(arguments: [
        ("first workday of month 09:00", "first workday of month 09:00"),
        ("on the 1st working day of each month at 9am", "first workday of month 09:00"),
        (
            "last workday of the next month 4 pm about the previous month",
            "last workday of next month 16:00 about previous month"
        ),
        ("every day at 08:00, 13:00 and 20:00", "every day 08:00, 13:00, 20:00"),
        ("daily 20:00, 08:00", "every day 08:00, 20:00"),
        ("every workday 09:00-21:00 5 times random", "every workday 09:00-21:00 5 times random"),
        (
            "every workday between 9:00 and 21:00 5 times a day at random in blocks at least 30 minutes apart",
            "every workday 09:00-21:00 5 times random in blocks at least 30 minutes apart"
        ),
        ("every day 9am-5pm 3 times random", "every day 09:00-17:00 3 times random"),
        ("every day 09:00 – 21:00 4 times randomly", "every day 09:00-21:00 4 times random"),
        ("every Friday 17:00", "every Friday 17:00"),
        ("every mon, wed and Friday noon about this week", "every Monday, Wednesday, Friday 12:00 about same week"),
        ("every other day 18:00 about yesterday", "every 2 days 18:00 about previous day"),
        ("day 15 of month 12:00 or next workday", "day 15 of month or next workday 12:00"),
        ("15th day of month or previous workday 12:00", "day 15 of month or previous workday 12:00"),
        ("every other Friday 17:00", "every 2 weeks on Friday 17:00"),
        ("every 3 weeks on Mon and Thu 17:00", "every 3 weeks on Monday, Thursday 17:00"),
        ("last day of month 23:59:30", "last day of month 23:59:30"),
        ("third Monday of month 10:00", "third Monday of month 10:00"),
        (
            "every workday 17:00 about previous workday window 1 hour 30 minutes for 10 workdays from 2020-03-02",
            "every workday 17:00 about previous workday window 90 minutes for 10 workdays from 2020-03-02"
        ),
        ("every day 12 am from 2020-03 to 2020-07", "every day 00:00 from 2020-03-01 to 2020-07-31"),
    ])
    func readsRules(text: String, canonical: String) throws {
        let rule = try ScheduleRule(text)
        #expect(rule.description == canonical)
        #expect(try ScheduleRule(canonical) == rule)
    }

    @Test(arguments: [
        ("first wrkday of month 09:00", 7, "\"wrkday\" is not known after \"first\"; did you mean \"workday\"?"),
        ("evry workday 09:00", 1, "\"evry\" is not known at the beginning; did you mean \"every\"?"),
        ("every Fridya 17:00", 7, "\"fridya\" is not known after \"every\"; did you mean \"friday\"?"),
        ("last workday of mnth 16:00", 17, "\"mnth\" is not known after \"of\"; did you mean \"month\"?"),
        (
            "last workday month 16:00", 14,
            "\"month\" is not known after the day, as in \"first workday of month\"; write one of: of"
        ),
        ("every workday 25:00", 15, "\"25:00\" is not a time; write it as 09:00"),
        ("every workday", 14, "a time such as 09:00 is missing"),
        ("every day 21:00-09:00 5 times random", 17, "09:00 is not later than 21:00"),
        (
            "every day 09:00-21:00", 22,
            "it is not said how often to ask between 09:00 and 21:00; write \"5 times random\""
        ),
        ("every day 09:00-21:00 5 times rndom", 31, "\"rndom\" is not known after \"times\"; did you mean \"random\"?"),
        ("every day 09:00 abuot previous day", 17, "\"abuot\" is not known after the time; did you mean \"about\"?"),
        (
            "every day 09:00 about previous mont", 32,
            "\"mont\" is not known after \"previous\"; did you mean \"month\"?"
        ),
        ("every day 09:00 window 10 minuts", 27, "\"minuts\" is not known after the number; did you mean \"minutes\"?"),
        ("every day 09:00 window 10", 26, "the unit is missing; write \"10 minutes\""),
        (
            "every day 09:00 for 5 monhts from 2020-03", 23,
            "\"monhts\" is not known after the number; did you mean \"months\"?"
        ),
        ("every day 09:00 for 5 months from March", 35, "\"march\" is not a date; write 2020-03 or 2020-03-02"),
        ("every day 09:00 from 2020-07 to 2020-03", 22, "the study would end before it begins"),
        ("every day 09:00, 09:00", 18, "09:00 is named twice"),
        ("sixth Monday of month 10:00", 7, "a month has at most 5 such days, so it has no 6th"),
        ("day 32 of month 10:00", 5, "the number of the day must be from 1 to 31, not \"32\""),
        ("every day 09:00 about same day about same week", 32, "\"about\" is stated twice"),
        ("every day 09:00 or next workday", 17, "\"or\" belongs to a day of the month, once"),
        ("every day 09:00 for 99999 days", 21, "the length must be from 1 to 10000, not \"99999\""),
        ("every day 09:00 for 2 days from 0020-03-01", 33, "the year must be from 1900 to 2199, not 20"),
    ])
    func explainsMistakes(text: String, column: Int, problem: String) {
        #expect(
            scheduleError { try ScheduleRule(text) }?.description == "schedule, line 1, column \(column): \(problem)")
    }

    @Test func explainsMistakesInTheirLine() {
        func message(_ text: String) -> String? {
            scheduleError { try Schedule(text, folders: zoneFolders) }?.description
        }
        #expect(
            message("window 10 minutes\nmorning: every workday 9:00\nevening: evry workday 17:00")
                == "schedule, line 3, column 10: \"evry\" is not known at the beginning; did you mean \"every\"?")
        #expect(
            message("window 10 minutes; noon: every wrkday 12:00")
                == "schedule, line 1, column 32: \"wrkday\" is not known after \"every\"; did you mean \"workday\"?")
        #expect(
            message("a: every day 09:00\na: every day 10:00")
                == "schedule, line 2, column 1: the form \"a\" is there already")
        #expect(
            message("window 10 minutes\nwindow 5 minutes") == "schedule, line 2, column 1: the window is stated twice")
        #expect(
            message("windw 10 minutes")
                == "schedule, line 1, column 1: \"windw\" is not known at the beginning; did you mean \"window\"?")
        #expect(message("every day 09:00\nevery day 10:00")?.contains("a second form needs a name") == true)
        #expect(message("time zone Asia/Shangai\nevery day 9:00")?.contains("did you mean \"Asia/Shanghai\"?") == true)
        #expect(
            message("time zone") == "schedule, line 1, column 10: write \"time zone\" and a name such as Asia/Shanghai")
        #expect(message("weekend Friday, Sturday\nevery day 9:00")?.contains("did you mean \"saturday\"?") == true)
        #expect(message("# nothing")?.contains("there is no form") == true)
        #expect(message(": every day 09:00")?.contains("the name of the form is missing") == true)
        #expect(message("window 10 minutes from 2020-03")?.contains("\"from\" is not expected here") == true)
    }

    /// Texts made of the words of the language, and of anything, are read or refused; what is read reads back the same.
    @Test func survivesAnyText() throws {
        let words = [
            "every", "day", "workday", "first", "last", "of", "month", "next", "previous", "or", "and", ",", "-",
            "09:00",
            "21:00", "9am", "pm", "5", "times", "random", "in", "blocks", "at", "least", "10", "minutes", "apart",
            "about",
            "same", "week", "window", "for", "from", "2020-03", "2020-03-02", "to", "monday", "friday", "31", "a:", ":",
            "#",
            ";", "\n", "time", "zone", "Asia/Shanghai", "weekend", "none", "é", "999999999999", "3rd", "0th", "the",
            "on",
        ]
        var random = SplitMix(state: 21)
        for _ in 0..<3000 {
            let count = Int.random(in: 1...12, using: &random)
            let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            guard let schedule = try? Schedule(text, folders: zoneFolders) else { continue }
            #expect(try Schedule(schedule.description, folders: zoneFolders) == schedule, "\(text)")
            _ = try? schedule.plan()
        }
        // Rules put together at random.
        for _ in 0..<1000 {
            let days = [
                "every day", "every workday", "first workday of month", "last Friday of next month",
                "day 31 of month or next workday", "every 3 days",
            ]
            let times = [
                "09:00", "at 8:00, 20:00", "09:00-10:00 3 times random",
                "9am-5pm 4 times random in blocks at least 7 minutes apart",
            ]
            let clauses = [
                "", "about previous month", "for 3 weeks from 2020-02-20",
                "from 2020-01 to 2020-02-29",
            ]
            let text = [days, times, clauses, ["", "window 40 seconds"]].map { $0.randomElement(using: &random) ?? "" }
                .joined(separator: " ")
            let rule = try ScheduleRule(text)
            #expect(try ScheduleRule(rule.description) == rule, "\(text)")
            let schedule = Schedule(forms: [Schedule.Form(name: "x", rule: rule)])
            if let plan = try? schedule.plan(), let days = rule.span?.days() {
                // A day that another stands in for may lie behind the end.
                let last = days.upperBound.adding(days: 40)
                #expect(plan.occasions.allSatisfy { days.lowerBound <= $0.planned.date(in: .utc) }, "\(text)")
                #expect(plan.occasions.allSatisfy { $0.planned.date(in: .utc) <= last }, "\(text)")
            }
        }
    }
}
