import Datasets
import Probability
import Testing

@testable import StudyDesign

@Suite struct PlanningTests {
    func occasions(_ text: String, calendar: WorkdayCalendar = WorkdayCalendar()) throws -> [PlannedOccasion] {
        try Schedule(text, calendar: calendar, folders: zoneFolders).plan().occasions
    }

    func local(_ text: String, calendar: WorkdayCalendar = WorkdayCalendar()) throws -> [String] {
        try occasions(text, calendar: calendar).map { String($0.local.prefix(16)) }
    }

    /// The diary of five months from March 2020 in China: dates worked out by hand from the holiday notice.
    @Test func plansTheDiaryOfFiveMonths() throws {
        let schedule = try Schedule(ScheduleTests.seed, calendar: china(), folders: zoneFolders)
        let plan = try schedule.plan()
        func of(_ form: String) -> [PlannedOccasion] { plan.occasions.filter { $0.form == form } }
        #expect(plan.occasions.count == 15 && plan.remarks.isEmpty)
        #expect(
            of("linkages").map(\.local) == [
                "2020-03-02T09:00:00+08:00", "2020-04-01T09:00:00+08:00", "2020-05-06T09:00:00+08:00",
                "2020-06-01T09:00:00+08:00", "2020-07-01T09:00:00+08:00",
            ])
        #expect(
            of("collaboration").map(\.local) == [
                "2020-03-31T16:00:00+08:00", "2020-04-30T16:00:00+08:00", "2020-05-29T16:00:00+08:00",
                "2020-06-30T16:00:00+08:00", "2020-07-31T16:00:00+08:00",
            ])
        #expect(
            of("performance").map(\.local) == [
                "2020-04-30T16:00:00+08:00", "2020-05-29T16:00:00+08:00", "2020-06-30T16:00:00+08:00",
                "2020-07-31T16:00:00+08:00", "2020-08-31T16:00:00+08:00",
            ])
        // All three are about the same five months under the same numbers.
        for form in ["linkages", "collaboration", "performance"] {
            #expect(of(form).map(\.period.description) == ["2020-03", "2020-04", "2020-05", "2020-06", "2020-07"])
            #expect(of(form).map(\.number) == [1, 2, 3, 4, 5])
        }
        #expect(of("linkages")[0].planned.description == "2020-03-02T01:00:00Z")
        #expect(of("linkages")[0].localWindowEnd == "2020-03-02T09:10:00+08:00")
        #expect(zip(plan.occasions, plan.occasions.dropFirst()).allSatisfy { $0.planned <= $1.planned })

        let table = try plan.dataset()
        #expect(table.names == ["occasion", "form", "period", "signal", "planned", "window_end", "planned_utc"])
        #expect(table.rowCount == 15 && table["form"]?.texts[0] == "linkages")
        #expect(table["planned_utc"]?.numbers[0] == 1_583_110_800)
    }

    @Test func remarksOnYearsWithoutHolidays() throws {
        let schedule = try Schedule("every Friday 17:00 from 2020-12 to 2021-01", calendar: china())
        #expect(try schedule.plan().remarks == ["china-2020.csv lists no holiday in 2021"])
    }

    @Test func knowsLeapDaysAndOrdinals() throws {
        #expect(
            try local("last day of month 12:00 for 2 months from 2020-02") == ["2020-02-29T12:00", "2020-03-31T12:00"])
        #expect(try local("last day of month 12:00 from 2021-02 to 2021-02") == ["2021-02-28T12:00"])
        #expect(try local("every day 12:00 from 2020-02-28 to 2020-03-01").count == 3)
        #expect(
            try local("third Monday of month 10:00 for 2 months from 2020-02") == [
                "2020-02-17T10:00", "2020-03-16T10:00",
            ])
        #expect(try local("last Friday of month 10:00 for 1 month from 2020-02") == ["2020-02-28T10:00"])
        // 15 February 2020 was a Saturday.
        #expect(try local("day 15 of month 12:00 or next workday for 1 month from 2020-02") == ["2020-02-17T12:00"])
        #expect(try local("day 15 of month 12:00 or previous workday for 1 month from 2020-02") == ["2020-02-14T12:00"])
        // 31 October 2020 was a Saturday; the workday that stands in lies in November, and the form is still about October.
        let october = try occasions("day 31 of month or next workday 12:00 for 1 month from 2020-10")
        #expect(october[0].local.hasPrefix("2020-11-02") && october[0].period.description == "2020-10")
    }

    @Test func leavesOutDaysThatAMonthDoesNotHave() throws {
        let plan = try Schedule("fifth Monday of month 10:00 for 3 months from 2020-02").plan()
        #expect(plan.occasions.map(\.number) == [2])
        #expect(plan.occasions[0].local.hasPrefix("2020-03-30"))
        #expect(plan.remarks.first == "diary: 2020-02 has no fifth Monday, so occasion 1 is left out")
    }

    @Test func countsPartOfAMonthIfTheDayLiesInTheStudy() throws {
        let days = try local("first workday of month 09:00 from 2020-03-10 to 2020-05-15")
        #expect(days == ["2020-04-01T09:00", "2020-05-01T09:00"])
        #expect(try occasions("last workday of month 09:00 from 2020-03-10 to 2020-05-15").map(\.number) == [1, 2])
    }

    @Test func plansDaysAndWeeks() throws {
        #expect(
            try local("every workday 17:00 for 6 days from 2020-03-05") == [
                "2020-03-05T17:00", "2020-03-06T17:00", "2020-03-09T17:00", "2020-03-10T17:00",
            ])
        #expect(try local("every workday 17:00 for 3 workdays from 2020-03-07").last == "2020-03-11T17:00")
        let twice = try occasions("every other day at 20:00, 08:00 for 4 days from 2020-03-01 about previous day")
        #expect(twice.map(\.number) == [1, 2, 3, 4] && twice.map(\.signal) == [1, 2, 1, 2])
        #expect(twice.map(\.period.description) == ["2020-02-29", "2020-02-29", "2020-03-02", "2020-03-02"])
        let weeks = try occasions("every Friday 17:00 about same week for 2 weeks from 2020-03-02")
        #expect(weeks.map(\.period.description) == ["2020-W10", "2020-W11"])
        // Every second Friday, counted from the week in which the study begins.
        #expect(
            try local("every other Friday 17:00 for 4 weeks from 2020-03-07") == [
                "2020-03-20T17:00", "2020-04-03T17:00",
            ])
        // The workday before Monday 6 January 2020 in China is Friday the third; 1 January was free.
        let before = try occasions(
            "every workday 9:00 about previous workday from 2020-01-02 to 2020-01-06", calendar: china())
        #expect(before.map(\.period.description) == ["2019-12-31", "2020-01-02", "2020-01-03"])
    }

    @Test func saysWhatTheClockDid() throws {
        let spring = try Schedule(
            "time zone Europe/Berlin\nevery day 02:30 from 2021-03-27 to 2021-03-29", folders: zoneFolders
        ).plan()
        #expect(
            spring.occasions.map(\.local) == [
                "2021-03-27T02:30:00+01:00", "2021-03-28T03:30:00+02:00", "2021-03-29T02:30:00+02:00",
            ])
        #expect(spring.occasions.map(\.clockChange) == [.none, .movedForward, .none])
        #expect(
            spring.remarks == [
                "diary: the clock changes on 2021-03-28; the time that was skipped is moved to 2021-03-28T03:30:00+02:00"
            ])
        let autumn = try Schedule(
            "time zone Europe/Berlin\nevery day 02:30 from 2021-10-30 to 2021-11-01", folders: zoneFolders
        ).plan().occasions
        #expect(autumn.map(\.clockChange) == [.none, .firstOfTwo, .none])
        #expect(
            autumn.map(\.planned.description) == [
                "2021-10-30T00:30:00Z", "2021-10-31T00:30:00Z", "2021-11-01T01:30:00Z",
            ])
        // A window is time that passes: an hour from 02:30 ends at 02:30 again.
        let window = try Schedule(
            "time zone Europe/Berlin\nwindow 1 hour\nevery day 02:30 from 2021-10-31 to 2021-10-31",
            folders: zoneFolders
        ).plan().occasions
        #expect(window[0].localWindowEnd == "2021-10-31T02:30:00+01:00")
    }

    @Test func drawsSignalsWithinTheirTime() throws {
        let text =
            "time zone Europe/Berlin; window 10 minutes; every workday 09:00-21:00 5 times random at least 45 minutes apart; for 8 weeks from 2021-03-01"
        let schedule = try Schedule(text, folders: zoneFolders)
        let plan = try schedule.plan(persons: ["a", "b"], seed: 7)
        let own = plan.occasions(of: "a")
        #expect(own.count == 5 * 40 && own != plan.occasions(of: "b"))
        for (index, occasion) in own.enumerated() {
            let clock = occasion.local.dropFirst(11).prefix(5)
            #expect(clock >= "09:00" && clock < "21:00" && occasion.number == index + 1)
            if index % 5 > 0 {
                #expect(occasion.planned.secondsSince1970 - own[index - 1].planned.secondsSince1970 >= 45 * 60)
            }
        }
        #expect(try schedule.plan(persons: ["b", "a"], seed: 7).occasions(of: "a") == own)
        #expect(try schedule.plan(persons: ["a"], seed: 8).occasions(of: "a") != own)
        // A longer study begins with the same signals.
        let longer = try Schedule(text.replacing("8 weeks", with: "9 weeks"), folders: zoneFolders).plan(
            persons: ["a"], seed: 7)
        #expect(Array(longer.occasions(of: "a").prefix(own.count)) == own)
    }

    /// Every set of minutes that keeps the distance is drawn alike: of 3 minutes in 8 at least 2 apart there are 20.
    @Test func signalsAreDrawnEvenly() throws {
        let draw = SignalDraw(count: 3, minutes: 8, distance: 2)
        var counts: [[Int]: Int] = [:]
        for day in 0..<20_000 {
            var random = RandomStream(seed: 3, stream: UInt64(day))
            counts[draw.anywhere(&random), default: 0] += 1
        }
        #expect(counts.count == 20)
        // χ² with 19 degrees of freedom exceeds 43.8 with probability .001.
        let statistic = counts.values.reduce(0.0) { $0 + (Double($1) - 1000) * (Double($1) - 1000) / 1000 }
        #expect(statistic < 43.8)
    }

    @Test func signalsOfAnyShapeKeepTheirBounds() {
        var generator = SplitMix(state: 4)
        for seed in 0..<3000 {
            let draw = SignalDraw(
                count: .random(in: 1...12, using: &generator), minutes: .random(in: 1...90, using: &generator),
                distance: .random(in: 1...20, using: &generator))
            for inBlocks in [false, true] where draw.fits(inBlocks: inBlocks) {
                var stream = RandomStream(seed: UInt64(seed), stream: 1)
                let minutes = inBlocks ? draw.inBlocks(&stream) : draw.anywhere(&stream)
                #expect(minutes.count == draw.count && minutes.allSatisfy { (0..<draw.minutes).contains($0) })
                #expect(zip(minutes, minutes.dropFirst()).allSatisfy { $1 - $0 >= draw.distance })
                if inBlocks {
                    for (block, minute) in minutes.enumerated() {
                        let range = block * draw.minutes / draw.count..<(block + 1) * draw.minutes / draw.count
                        #expect(range.contains(minute))
                    }
                }
            }
        }
        #expect(!SignalDraw(count: 3, minutes: 4, distance: 2).fits(inBlocks: false))
        #expect(SignalDraw(count: 3, minutes: 5, distance: 2).fits(inBlocks: false))
    }

    @Test func refusesWhatCannotBePlanned() throws {
        #expect(scheduleError { try occasions("every day 09:00") } == .noSpan(form: "diary"))
        #expect(
            try scheduleError { try occasions("every Monday 09:00 from 2020-03-03 to 2020-03-08") }
                == .noOccasions(form: "diary", from: date("2020-03-03"), to: date("2020-03-08")))
        #expect(
            scheduleError {
                try occasions("every day 09:00-10:00 10 times random at least 10 minutes apart for 2 days from 2020-03")
            }
                == .signalsDoNotFit(form: "diary", count: 10, minutes: 60, distance: 10))
        #expect(
            scheduleError { try occasions("every day 00:00-24:00 200 times random for 1000 days from 2020-03") }
                == .tooManyOccasions(form: "diary", limit: 100_000))
        #expect(
            scheduleError { try occasions("every day 09:00 from 1900-01 to 2199-12") }
                == .tooManyOccasions(form: "diary", limit: 100_000))
    }

    @Test func remarksOnWindowsThatOverlap() throws {
        let plan = try Schedule("window 2 hours\nevery day 9:00, 10:00 for 2 days from 2020-03-01").plan()
        #expect(
            plan.remarks.count == 1
                && plan.remarks[0].contains("2 times an occasion is due before the window of 2 hours"))
    }
}
