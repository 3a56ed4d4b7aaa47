import Foundation
import Testing

@testable import StudyDesign

/// The path of a file among the fixtures.
func fixture(_ name: String) -> String {
    Bundle.module.bundleURL.appendingPathComponent("Files").appendingPathComponent(name).path
}

/// The bytes of a file among the fixtures.
func fixtureBytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture(name))))
}

let zoneFolders = [fixture("zoneinfo")]

func zone(_ name: String) throws -> CivilTimeZone { try CivilTimeZone(named: name, folders: zoneFolders) }

func china() throws -> WorkdayCalendar {
    try WorkdayCalendar(csv: fixtureBytes("china-2020.csv"), file: "china-2020.csv")
}

func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

func time(_ text: String) throws -> TimeOfDay { try #require(TimeOfDay(text)) }

/// The error that `body` throws, or nil.
func scheduleError(_ body: () throws -> some Any) -> ScheduleError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? ScheduleError
    }
}

/// A repeatable stream of numbers (splitmix64; Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
