import Datasets
import Testing

@testable import StudyDesign

@Suite struct AnswerMatchingTests {
    func plan() throws -> (OccasionPlan, CivilTimeZone) {
        let schedule = try Schedule(ScheduleTests.seed, calendar: china(), folders: zoneFolders)
        return (try schedule.plan(), schedule.timeZone)
    }

    func data() throws -> Dataset {
        let rows: [(Double, String, String?, Double)] = [
            (1, "linkages", "2020-03-02T09:04:00", 3),  // on time
            (1, "linkages", "2020-04-01T09:25:30", 4),  // 15.5 minutes late
            (1, "linkages", "2020-05-06T08:58:00", 2),  // early
            (1, "collaboration", "2020-03-31T16:01:00", .nan),  // incomplete
            (1, "collaboration", "2020-03-31T16:07:00", 5),  // kept: the first complete one
            (1, "collaboration", "2020-03-31T16:08:00", 5),
            (2, "linkages", "2020-03-01T09:00:00", 1),  // before the plan begins
            (2, "linkages", nil, 1),
            (2, "performance", "2020-08-31T08:10:00Z", 6),  // 16:10 in China: the last moment
        ]
        return try Dataset(columns: [
            Column(name: "leader", numbers: rows.map(\.0)), Column(name: "form", texts: rows.map(\.1)),
            Column(name: "answered", texts: rows.map(\.2)), Column(name: "q1", numbers: rows.map(\.3)),
        ])
    }

    let rules = MatchingRules(
        person: ["leader"], time: "answered", form: "form", answers: ["q1"], early: 300, late: 3600)

    @Test func assignsEachAnswer() throws {
        let (plan, zone) = try plan()
        let result = try plan.matching(data(), rules, zone: zone)
        #expect(
            result.matches.map(\.status) == [
                .onTime, .late, .early, .duplicate, .onTime, .duplicate, .outside, .untimed, .onTime,
            ])
        #expect(result.matches.map(\.occasion) == [1, 2, 3, 1, 1, 1, nil, nil, 5])
        #expect(result.dataset.names.suffix(6) == ["occasion", "period", "planned", "latency", "late_by", "status"])
        #expect(result.dataset["latency"]?.numbers.prefix(5) == [4, 25.5, -2, 1, 7])
        #expect(result.dataset["late_by"]?.numbers[1] == 15.5)
        #expect(result.dataset["period"]?.texts[8] == "2020-07")
        #expect(result.dataset["planned"]?.texts[8] == "2020-08-31T16:00:00+08:00")
        #expect(
            result.remarks == [
                "1 answer is outside the plan: data row 7 (the first is of linkages, 2020-03-01T09:00:00+08:00)",
                "1 answer is without a time: data row 8",
            ])
        #expect(result.count(.duplicate) == 2)
    }

    /// Predictors, mediator and outcome are asked by three forms at three times and stand in one row of their occasion.
    @Test func putsTheFormsOfAnOccasionSideBySide() throws {
        let (plan, zone) = try plan()
        let answers = try Dataset(columns: [
            Column(name: "leader", numbers: [1, 1, 1, 1, 1]),
            Column(
                name: "form", texts: ["linkages", "collaboration", "linkages", "performance", "collaboration"]),
            Column(
                name: "answered",
                texts: [
                    "2020-03-02T09:04:00", "2020-03-31T16:02:00", "2020-04-01T09:05:00", "2020-04-30T16:03:00",
                    "2020-04-30T16:09:00",
                ]),
            Column(name: "X", numbers: [3, .nan, 4, .nan, .nan]), Column(name: "M", numbers: [.nan, 2, .nan, .nan, 5]),
            Column(name: "Y", numbers: [.nan, .nan, .nan, 1, .nan]),
        ])
        let rules = MatchingRules(person: ["leader"], time: "answered", form: "form")
        let table = try plan.matching(answers, rules, zone: zone).byOccasion(["X", "M", "Y"], rules)
        #expect(table.names == ["leader", "occasion", "X", "M", "Y"] && table["occasion"]?.numbers == [1, 2])
        #expect(table["X"]?.numbers == [3, 4] && table["M"]?.numbers == [2, 5])
        // The performance asked at the end of April is that of March.
        #expect(table["Y"]?.numbers[0] == 1 && table["Y"]?.isMissing(at: 1) == true)
    }

    @Test func reportsOnEachForm() throws {
        let (plan, zone) = try plan()
        let result = try plan.matching(data(), rules, zone: zone, enrolled: ["3", "1"])
        #expect(result.forms.map(\.form) == ["linkages", "collaboration", "performance"])
        let linkages = result.forms[0]
        #expect(linkages.counts == [.onTime: 1, .late: 1, .early: 1, .outside: 1, .untimed: 1])
        #expect(linkages.compliance.persons.map(\.unit) == ["3", "1", "2"])
        #expect(linkages.compliance.persons.map(\.filled) == [0, 3, 0] && linkages.compliance.overall.planned == 15)
        #expect(linkages.compliance.courses.map(\.pattern) == [.none, .droppedOut, .none])
        #expect(linkages.latency.count == 3 && linkages.latency.median == 4)
        var strict = rules
        strict.countsLate = false
        #expect(try plan.matching(data(), strict, zone: zone).forms[0].compliance.overall.filled == 2)
    }

    /// Without a limit an answer is late until the next occasion; without a window it is always on time.
    @Test func limitsOfLateness() throws {
        let (plan, zone) = try plan()
        var open = rules
        open.late = nil
        open.early = 0
        let result = try plan.matching(data(), open, zone: zone)
        // Five weeks late for the second occasion, of which another answer is kept already.
        #expect(result.matches[2].status == .duplicate && result.matches[2].occasion == 2)
        #expect(result.matches[6].status == .outside)
        let unlimited = try Schedule("every day 9:00 for 2 days from 2020-03-01").plan()
        let answers = try Dataset(columns: [
            Column(name: "p", numbers: [1, 1, 1, 1]),
            // The last is four days after the last occasion: longer than from one occasion to the next.
            Column(name: "t", numbers: [1_583_053_199, 1_583_053_200, 1_583_200_000, 1_583_500_000]),
        ])
        let matched = try unlimited.matching(answers, MatchingRules(person: ["p"], time: "t"), zone: .utc)
        #expect(matched.matches.map(\.status) == [.outside, .onTime, .onTime, .outside])
        #expect(matched.matches.map(\.occasion) == [nil, 1, 2, nil])
    }

    @Test func namesTheRowThatIsWrong() throws {
        let (plan, zone) = try plan()
        func message(_ change: Column, _ rules: MatchingRules? = nil) -> String? {
            scheduleError { try plan.matching(data().setting(change), rules ?? self.rules, zone: zone) }?.description
        }
        var texts = try data().column("form").texts
        texts[4] = "colaboration"
        #expect(
            message(Column(name: "form", texts: texts))
                == "data row 5: the plan has no form \"colaboration\"; its forms are collaboration, linkages, performance;"
                + " did you mean \"collaboration\"?")
        texts = try data().column("answered").texts
        texts[1] = "yesterday"
        #expect(
            message(Column(name: "answered", texts: texts))
                == "data row 2: answered \"yesterday\" is not a time; write 2020-03-02T09:04:00")
        #expect(
            message(Column(name: "leader", numbers: [1, 1, .nan, 1, 1, 1, 2, 2, 2])) == "data row 3: leader is missing")
        #expect(
            message(Column(name: "status", numbers: [Double](repeating: 1, count: 9)))?.contains("\"status\"") == true)
        #expect(
            message(
                Column(name: "x", numbers: [Double](repeating: 1, count: 9)),
                MatchingRules(person: ["leader"], time: "answerd", form: "form"))?.contains("did you mean \"answered\"")
                == true)
        #expect(
            message(
                Column(name: "x", numbers: [Double](repeating: 1, count: 9)),
                MatchingRules(person: ["leader"], time: "answered"))?.contains("the plan has the forms") == true)
        #expect(
            message(Column(name: "answered", numbers: [Double](repeating: 1.58e12, count: 9)))?.contains("milliseconds")
                == true)
    }

    @Test func verifiesOccasionsThatTheDataCount() throws {
        let (plan, _) = try plan()
        let data = try Dataset(columns: [Column(name: "month", numbers: [1, 5, .nan, 7])])
        #expect(
            scheduleError { try plan.verifyOccasions(of: data, occasion: "month", form: "linkages") }?.description
                == "data row 4: month 7 is outside the plan, whose occasions of linkages are 1 to 5; correct it, or extend the "
                + "schedule")
        try plan.verifyOccasions(of: data.selectingRows([0, 1, 2]), occasion: "month")
    }

    /// Answers given at random moments of the windows all find their occasion, in any order of the rows.
    @Test func everyTimelyAnswerFindsItsOccasion() throws {
        let schedule = try Schedule(
            "time zone Europe/Berlin; window 15 minutes; every day 09:00-21:00 6 times random; for 3 weeks from 2021-10-20",
            folders: zoneFolders)
        let names = (1...20).map(String.init)
        let plan = try schedule.plan(persons: names)
        var random = SplitMix(state: 13)
        var rows: [(person: String, time: String, number: Int)] = []
        for name in names {
            for occasion in plan.occasions(of: name) where Int.random(in: 0..<4, using: &random) > 0 {
                let answered = occasion.planned.adding(seconds: .random(in: 0...900, using: &random))
                rows.append((name, answered.text(in: schedule.timeZone), occasion.number))
            }
        }
        rows.shuffle(using: &random)
        let data = try Dataset(columns: [
            Column(name: "p", texts: rows.map(\.person)), Column(name: "t", texts: rows.map(\.time)),
        ])
        let result = try plan.matching(data, MatchingRules(person: ["p"], time: "t"), zone: schedule.timeZone)
        #expect(result.count(.onTime) == rows.count && result.matches.map(\.occasion) == rows.map(\.number))
        #expect(result.forms[0].compliance.overall.filled == rows.count)
        #expect(result.forms[0].compliance.overall.planned == 20 * 21 * 6)
        #expect(result.forms[0].compliance.missed.count == 20 * 21 * 6 - rows.count)
    }

    @Test func refusesPersonsWithoutSignals() throws {
        let schedule = try Schedule("every day 09:00-21:00 2 times random for 2 days from 2021-10-30")
        let data = try Dataset(columns: [
            Column(name: "p", texts: ["anna", "anne"]),
            Column(name: "t", texts: ["2021-10-30T12:05", "2021-10-30T12:05"]),
        ])
        let plan = try schedule.plan(persons: ["anna"])
        let rules = MatchingRules(person: ["p"], time: "t")
        #expect(
            scheduleError { try plan.matching(data, rules, zone: .utc) }?.description
                == "data row 2: no signals were drawn for p anne; did you mean \"anna\"?")
        #expect(
            scheduleError { try plan.matching(data.selectingRows([0]), rules, zone: .utc, enrolled: ["otto"]) } != nil)
        #expect(try schedule.plan().matching(data, rules, zone: .utc).matches.count == 2)
    }

    @Test func remarksOnTimesThatOccurTwice() throws {
        let schedule = try Schedule(
            "time zone Europe/Berlin\nevery day 02:00 for 2 days from 2021-10-30", folders: zoneFolders)
        let data = try Dataset(columns: [
            Column(name: "p", numbers: [1, 1]), Column(name: "t", texts: ["2021-10-30T02:05", "2021-10-31T02:05"]),
        ])
        let result = try schedule.plan().matching(
            data, MatchingRules(person: ["p"], time: "t"), zone: schedule.timeZone)
        #expect(
            result.remarks == [
                "1 time of t falls into an hour that the clock repeats, and the first is taken: data row 2"
            ])
    }
}
