import Testing

@testable import StudyDesign

@Suite struct CivilTimeZoneTests {
    /// The offsets are those that Python's zoneinfo module gives with the IANA database 2025b.
    @Test func readsOffsets() throws {
        let berlin = try zone("Europe/Berlin")
        func offset(_ text: String) throws -> Int {
            let (moment, _) = try #require(Timestamp.reading(text + "Z", in: .utc))
            return berlin.offset(at: moment)
        }
        #expect(try offset("2021-03-28T00:59:59") == 3600 && offset("2021-03-28T01:00:00") == 7200)
        #expect(try offset("2021-10-31T00:59:59") == 7200 && offset("2021-10-31T01:00:00") == 3600)
        // Long after the last transition of the file, by its rule.
        #expect(try offset("2090-07-01T12:00:00") == 7200 && offset("2090-12-31T23:59:59") == 3600)
        #expect(try offset("1880-01-01T00:00:00") == 3208)
        #expect(try zone("asia/shanghai").offset(at: Timestamp(secondsSince1970: 1_583_110_800)) == 28_800)
        #expect(try zone("Asia/Shanghai").name == "Asia/Shanghai")
    }

    /// The slim file leaves recent years to its rule, the fat one lists them to 2037.
    @Test func theRuleAgreesWithTheTable() throws {
        let slim = try zone("Europe/Berlin")
        let fat = try CivilTimeZone(named: "Europe/Berlin", folders: [fixture("fat")])
        #expect(slim.transitions.count < fat.transitions.count)
        for hours in stride(from: -700_000, to: 596_000, by: 7) {
            let moment = Timestamp(secondsSince1970: hours * 3600 + 1)
            if slim.offset(at: moment) != fat.offset(at: moment) {
                Issue.record("\(moment): \(slim.offset(at: moment)) and \(fat.offset(at: moment))")
                return
            }
        }
    }

    @Test func movesSkippedTimesForwardAndTakesTheFirstOfTwo() throws {
        let berlin = try zone("Europe/Berlin")
        let spring = try berlin.timestamp(date("2021-03-28"), time("02:30"))
        #expect(spring.1 == .movedForward && spring.0.text(in: berlin) == "2021-03-28T03:30:00+02:00")
        let before = try berlin.timestamp(date("2021-03-28"), time("01:59"))
        #expect(before.1 == .none && before.0.description == "2021-03-28T00:59:00Z")
        let after = try berlin.timestamp(date("2021-03-28"), time("03:00"))
        #expect(after.1 == .none && after.0.description == "2021-03-28T01:00:00Z")
        let autumn = try berlin.timestamp(date("2021-10-31"), time("02:30"))
        #expect(autumn.1 == .firstOfTwo && autumn.0.description == "2021-10-31T00:30:00Z")
        let late = try berlin.timestamp(date("2021-10-31"), time("03:00"))
        #expect(late.1 == .none && late.0.description == "2021-10-31T02:00:00Z")
        // Half an hour of daylight saving on the southern half of the globe.
        let island = try zone("Australia/Lord_Howe")
        #expect(try island.timestamp(date("2050-10-02"), time("02:15")).1 == .movedForward)
        #expect(try island.timestamp(date("2050-01-15"), time("12:00")).0.description == "2050-01-15T01:00:00Z")
        #expect(try island.timestamp(date("2050-07-15"), time("12:00")).0.description == "2050-07-15T01:30:00Z")
        // Samoa had no 30 December 2011.
        let samoa = try zone("Pacific/Apia")
        let skipped = try samoa.timestamp(date("2011-12-30"), time("10:00"))
        #expect(skipped.1 == .movedForward && skipped.0.text(in: samoa) == "2011-12-31T10:00:00+14:00")
    }

    /// Whatever the local time, the moment found shows that time on the clock, unless it is skipped.
    @Test func localTimesReadBack() throws {
        var random = SplitMix(state: 3)
        for name in ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Shanghai"] {
            let zone = try zone(name)
            for _ in 0..<2000 {
                let day = CivilDate(daysSince1970: Int.random(in: -20_000...40_000, using: &random))
                let time = try #require(
                    TimeOfDay(hour: .random(in: 0...23, using: &random), minute: .random(in: 0...59, using: &random)))
                let (moment, change) = zone.timestamp(day, time)
                let wanted = "\(day)T\(time):00"
                if change != .movedForward, !moment.text(in: zone).hasPrefix(wanted) {
                    Issue.record("\(name): \(wanted) became \(moment.text(in: zone))")
                }
                if change == .movedForward { #expect(moment.text(in: zone).prefix(19) > wanted) }
            }
        }
    }

    @Test func readsOffsetsWithoutTheDatabase() throws {
        for (text, seconds) in [
            ("+08:00", 28_800), ("UTC+8", 28_800), ("GMT-03:30", -12_600), ("Z", 0), ("utc", 0), ("-0530", -19_800),
        ] {
            #expect(try CivilTimeZone(named: text, folders: []).firstOffset == seconds, "\(text)")
        }
        #expect(throws: ScheduleError.unknownTimeZone(name: "+19:00", nearest: [])) {
            try CivilTimeZone(named: "+19:00", folders: [])
        }
    }

    @Test func namesTheNearestZone() throws {
        #expect(
            scheduleError { try zone("Asia/Shangai") }
                == .unknownTimeZone(name: "Asia/Shangai", nearest: ["Asia/Shanghai"]))
        #expect(scheduleError { try zone("Berlin") } == .unknownTimeZone(name: "Berlin", nearest: ["Europe/Berlin"]))
        #expect(
            scheduleError { try zone("Asia/Shangai") }?.description
                == "the time zone \"Asia/Shangai\" is not known on this system; did you mean \"Asia/Shanghai\"?")
        for name in ["../zoneinfo/Asia/Shanghai", "/etc/passwd", "", "Asia", "zone1970.tab\0"] {
            #expect(scheduleError { try zone(name) } != nil, "\(name)")
        }
    }

    /// Files cut off or changed at random are read or refused, never anything else.
    @Test func survivesDamagedFiles() throws {
        let bytes = try fixtureBytes("zoneinfo/Europe/Berlin")
        #expect(throws: Never.self) { try CivilTimeZone(name: "x", bytes: bytes) }
        for length in 0..<bytes.count {
            #expect(scheduleError { try CivilTimeZone(name: "x", bytes: Array(bytes.prefix(length))) } != nil)
        }
        var random = SplitMix(state: 8)
        for _ in 0..<2000 {
            var damaged = bytes
            for _ in 0..<3 {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let zone = try? CivilTimeZone(name: "x", bytes: damaged) {
                #expect(abs(zone.offset(at: Timestamp(secondsSince1970: 1_600_000_000))) <= 26 * 3600)
            }
        }
    }

    @Test func readsRules() throws {
        let newYork = try #require(ClockRule("EST5EDT,M3.2.0,M11.1.0"))
        // 14 March 2021 at 02:00 EST and 7 November at 02:00 EDT.
        #expect(newYork.offset(at: 1_615_705_199) == -18_000 && newYork.offset(at: 1_615_705_200) == -14_400)
        #expect(newYork.offset(at: 1_636_264_799) == -14_400 && newYork.offset(at: 1_636_264_800) == -18_000)
        #expect(ClockRule("<+0330>-3:30")?.standard == 12_600)
        let days = try #require(ClockRule("AAA-1BBB,J60/0,365/25"))
        #expect(days.saving?.start.days(in: 2020) == CivilDate("2020-03-01")?.daysSince1970)
        #expect(days.saving?.start.days(in: 2021) == CivilDate("2021-03-01")?.daysSince1970)
        for text in [
            "", "AB5", "EST", "EST5EDT", "EST5EDT,M13.1.0,M1.1.0", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1.0x", "<+03",
            "EST99",
        ] {
            #expect(ClockRule(text) == nil, "\(text)")
        }
    }
}

@Suite struct TimestampTests {
    @Test func readsWhatAnswersHold() throws {
        let shanghai = try zone("Asia/Shanghai")
        for text in [
            "2020-03-02T09:04:05", "2020-03-02 09:04:05", "2020-03-02 9:04:05", "2020-03-02T01:04:05Z",
            "2020-03-02T03:04:05+02:00", "2020-03-01T21:04:05-0400", "2020-03-02T01:04:05.987Z",
            " 2020-03-02T09:04:05 ", "2020/3/2 9:04:05",
        ] {
            #expect(Timestamp.reading(text, in: shanghai)?.0.description == "2020-03-02T01:04:05Z", "\(text)")
        }
        #expect(
            Timestamp.reading("2020-03-02T09:04", in: shanghai)?.0.text(in: shanghai) == "2020-03-02T09:04:00+08:00")
        for text in [
            "2020-03-02", "02.03.2020 09:04", "02/03/2020 09:04", "2020-03-02T25:00", "2020-02-30T09:00:00",
            "2020-03-02T09:04:05+99",
            "2020-03-02Tnoonish:00", "2020-03-02T09:04.5",
        ] {
            #expect(Timestamp.reading(text, in: shanghai) == nil, "\(text)")
        }
    }

    /// Whatever a cell holds is read or refused.
    @Test func survivesAnyText() {
        let pieces = [
            "2020", "-", "/", "03", "3", "T", " ", ":", "09", "04", ".", "5", "Z", "+", "08", "é", "99999999999", "\t",
        ]
        var random = SplitMix(state: 6)
        for _ in 0..<20_000 {
            var text = "2020-03-02T09:04:05"
            if Bool.random(using: &random) {
                text = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                    pieces.randomElement(using: &random) ?? ""
                }
                .joined()
            } else {
                text.insert(
                    contentsOf: pieces.randomElement(using: &random) ?? "",
                    at: text.index(text.startIndex, offsetBy: Int.random(in: 0...text.count, using: &random)))
            }
            if let (moment, _) = Timestamp.reading(text, in: .utc) { #expect(moment.description.hasSuffix("Z")) }
        }
    }

    @Test func goesBackBefore1970() {
        #expect(Timestamp(secondsSince1970: -1).description == "1969-12-31T23:59:59Z")
    }
}
