import Testing

@testable import StudyDesign

@Suite struct CivilDateTests {
    /// A cycle of 400 years, day by day: each date follows the one before and reads back.
    @Test func datesFollowEachOther() throws {
        var expected = (year: 1900, month: 1, day: 1)
        let first = try date("1900-01-01").daysSince1970
        #expect(first == -25567)
        for offset in 0..<146_097 {
            let found = CivilDate(daysSince1970: first + offset)
            guard found.components == expected,
                CivilDate(year: expected.year, month: expected.month, day: expected.day) == found
            else {
                Issue.record("\(found) is not \(expected)")
                return
            }
            expected.day += 1
            if CivilDate(year: expected.year, month: expected.month, day: expected.day) == nil {
                expected.day = 1
                expected.month += 1
            }
            if expected.month > 12 {
                expected.month = 1
                expected.year += 1
            }
        }
        #expect(expected == (2300, 1, 1))
    }

    @Test func knowsWeekdaysAndWeeks() throws {
        #expect(try date("1970-01-01").weekday == .thursday && date("1969-12-31").weekday == .wednesday)
        #expect(try date("2020-02-29").weekday == .saturday && date("2021-03-28").weekday == .sunday)
        // The examples of ISO 8601: weeks belong to the year of their Thursday.
        #expect(try date("2005-01-01").isoWeek == (2004, 53) && date("2007-12-31").isoWeek == (2008, 1))
        #expect(try date("2020-03-02").isoWeek == (2020, 10))
        #expect(try Period(.week, containing: date("2021-01-03")).description == "2020-W53")
    }

    @Test func addsMonthsWithinTheMonth() throws {
        #expect(try date("2020-01-31").adding(months: 1) == date("2020-02-29"))
        #expect(try date("2020-02-29").adding(months: 12) == date("2021-02-28"))
        #expect(try date("2020-03-31").adding(months: -13) == date("2019-02-28"))
        #expect(try date("9999-12-01").adding(months: 1) > date("9999-12-31"))
    }

    @Test func refusesDatesThatDoNotExist() {
        for text in [
            "2021-02-29", "1900-02-29", "2020-13-01", "2020-00-10", "2020-04-31", "2020-4-01", "20-04-2020", "",
            "2020/03/01", "٢٠٢٠-٠٣-٠٢",
        ] {
            #expect(CivilDate(text) == nil, "\(text)")
        }
        #expect(CivilDate("2000-02-29") != nil && CivilDate("2020-02-29")?.description == "2020-02-29")
        for text in ["24:01", "9:5", "1200", "12:60", "-1:00", "12:00:61", ":30", "ab:cd"] {
            #expect(TimeOfDay(text) == nil, "\(text)")
        }
        #expect(TimeOfDay("24:00")?.seconds == 86_400 && TimeOfDay("9:05:07")?.description == "09:05:07")
    }
}
