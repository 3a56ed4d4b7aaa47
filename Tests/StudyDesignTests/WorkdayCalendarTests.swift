import Testing

@testable import StudyDesign

@Suite struct WorkdayCalendarTests {
    /// The year 2020 in China by its holiday notice (see Files/README.md).
    @Test func knowsExchangedWeekends() throws {
        let calendar = try china()
        // Saturday 1 February is worked, and so is Sunday 26 April; Wednesday 1 January and Friday 1 May are not.
        #expect(try calendar.isWorkday(date("2020-02-01")) && calendar.isWorkday(date("2020-04-26")))
        #expect(try !calendar.isWorkday(date("2020-01-01")) && !calendar.isWorkday(date("2020-05-01")))
        #expect(try calendar.workday(1, ofMonthOf: date("2020-02-15")) == date("2020-02-01"))
        #expect(try calendar.workday(1, ofMonthOf: date("2020-05-15")) == date("2020-05-06"))
        #expect(try calendar.workday(1, ofMonthOf: date("2020-10-15")) == date("2020-10-09"))
        #expect(try calendar.workday(-1, ofMonthOf: date("2020-05-01")) == date("2020-05-29"))
        #expect(try calendar.workday(24, ofMonthOf: date("2020-05-01")) == nil)
        // 262 days from Monday to Friday, 18 of them holidays, and 7 exchanged ones: 251 workdays.
        let days = try (0..<366).map { try date("2020-01-01").adding(days: $0) }
        #expect(days.filter(calendar.isWorkday).count == 251)
    }

    @Test func withoutAFileOnlyWeekendsAreFree() throws {
        let calendar = WorkdayCalendar()
        #expect(try calendar.workday(1, ofMonthOf: date("2020-03-20")) == date("2020-03-02"))
        #expect(try calendar.workday(-1, ofMonthOf: date("2020-02-01")) == date("2020-02-28"))
        let gulf = WorkdayCalendar(weekend: [.friday, .saturday])
        #expect(try gulf.workday(1, ofMonthOf: date("2020-03-20")) == date("2020-03-01"))
        #expect(try calendar.workday(from: date("2020-03-07"), step: -1) == date("2020-03-06"))
        #expect(try WorkdayCalendar(weekend: Set(Weekday.allCases)).workday(from: date("2020-03-07"), step: 1) == nil)
    }

    @Test func explainsWhatIsWrongWithAFile() throws {
        func problem(_ text: String) -> String? {
            scheduleError { try WorkdayCalendar(csv: Array(text.utf8), file: "h.csv") }?.description
        }
        #expect(problem("day,name\n2020-01-01,x\n") == "h.csv: there is no column \"date\" (the columns are day, name)")
        #expect(
            problem("date,name\n2020-01-01,x\n1.5.2020,y\n")
                == "h.csv, data row 2: \"1.5.2020\" is not a date such as 2020-01-01")
        #expect(problem("date\n2020-01-01\n2020-01-01\n") == "h.csv, data row 2: 2020-01-01 is listed twice")
        #expect(
            problem("date,workday\n2020-01-01,maybe\n")
                == "h.csv, data row 1: \"maybe\" in the column workday is neither yes nor no")
        #expect(
            problem("date,holiday\n2020-01-01,x\n") == "h.csv: the column \"holiday\" is none of date, name and workday"
        )
        #expect(problem("") != nil)
        #expect(problem("date\n2020-01-01\n") == nil)
    }
}
