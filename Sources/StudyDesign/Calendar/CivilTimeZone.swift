#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A time zone: its offsets from universal time and when they change.
///
/// Named zones are read from the system's time zone database (TZif files, RFC 8536); `+08:00`, `UTC+8` and `Z` need none.
public struct CivilTimeZone: Sendable, Hashable, CustomStringConvertible {
    /// The name, for example `Asia/Shanghai` or `+08:00`.
    public let name: String
    /// The moments at which an offset begins, ascending.
    let transitions: [Int]
    /// The offset in seconds from each transition on.
    let offsets: [Int]
    /// The offset before the first transition.
    let firstOffset: Int
    /// The rule for all moments after the last transition, where the file gives one.
    let rule: ClockRule?

    /// Universal time.
    public static let utc = CivilTimeZone(name: "UTC", transitions: [], offsets: [], firstOffset: 0, rule: nil)

    /// The folders in which the time zone database is looked for.
    public static let databaseFolders = [
        "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/var/db/timezone/zoneinfo", "/etc/zoneinfo",
    ]

    init(name: String, transitions: [Int], offsets: [Int], firstOffset: Int, rule: ClockRule?) {
        self.name = name
        self.transitions = transitions
        self.offsets = offsets
        self.firstOffset = firstOffset
        self.rule = rule
    }

    /// The zone of a name or an offset.
    ///
    /// - Parameters:
    ///   - name: a name of the database (`Asia/Shanghai`, in any case), `UTC`, or an offset (`+08:00`, `UTC+8`).
    ///   - folders: where to look for the database.
    /// - Throws: ``ScheduleError/unknownTimeZone(name:nearest:)``, ``ScheduleError/damagedTimeZone(name:problem:)``.
    public init(named name: String, folders: [String] = databaseFolders) throws(ScheduleError) {
        if let offset = Self.offset(name) {
            self.init(name: name, transitions: [], offsets: [], firstOffset: offset, rule: nil)
            return
        }
        let names = Self.names(folders: folders)
        let spelled = names.first { $0.lowercased() == name.lowercased() } ?? name
        let isPlain =
            spelled.utf8.count <= 64 && !spelled.hasPrefix("/") && !spelled.contains("..")
            && spelled.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_+-/".utf8.contains(byte)
            }
        if isPlain, !spelled.isEmpty {
            for folder in folders {
                if let data = FileManager.default.contents(atPath: folder + "/" + spelled), !data.isEmpty {
                    self = try CivilTimeZone(name: spelled, bytes: [UInt8](data))
                    return
                }
            }
        }
        throw .unknownTimeZone(name: name, nearest: nearestZones(to: name, among: names))
    }

    /// The offset from universal time in seconds at a moment; positive east of Greenwich.
    public func offset(at moment: Timestamp) -> Int {
        let time = moment.secondsSince1970
        guard let last = transitions.last else { return rule?.offset(at: time) ?? firstOffset }
        if time >= last, let rule { return rule.offset(at: time) }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? firstOffset : offsets[low - 1]
    }

    /// The moment of a date and a time on the zone's clock.
    ///
    /// A time that the clock skips is moved forward by the length of the gap, and of a time that occurs twice the first is
    /// taken (RFC 5545, 3.3.5, has the same rule).
    public func timestamp(_ date: CivilDate, _ time: TimeOfDay) -> (Timestamp, ClockChange) {
        let local = date.daysSince1970 * 86_400 + time.seconds
        let before = offset(at: Timestamp(secondsSince1970: local - 86_400))
        let after = offset(at: Timestamp(secondsSince1970: local + 86_400))
        let candidates = [local - before, local - after].filter {
            offset(at: Timestamp(secondsSince1970: $0)) == local - $0
        }
        guard let first = candidates.min(), let last = candidates.max() else {
            return (Timestamp(secondsSince1970: local - before), .movedForward)
        }
        return (Timestamp(secondsSince1970: first), first == last ? .none : .firstOfTwo)
    }

    /// The name.
    public var description: String { name }

    /// The offset that `Z`, `UTC`, `+08:00`, `UTC+8` or `GMT-03:30` writes, in seconds.
    static func offset(_ text: String) -> Int? {
        var rest = Substring(text.uppercased())
        if rest == "Z" { return 0 }
        for prefix in ["UTC", "GMT"] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(3)
            if rest.isEmpty { return 0 }
            break
        }
        guard let sign = rest.first, sign == "+" || sign == "-" || sign == "−" else { return nil }
        guard let size = offsetSize(rest.dropFirst()) else { return nil }
        return sign == "+" ? size : -size
    }

    /// The seconds of `8`, `08`, `0800` or `08:00`, at most 18 hours.
    static func offsetSize(_ text: Substring) -> Int? {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var hours: Int?
        var minutes: Int? = 0
        switch parts.count {
        case 1 where parts[0].count <= 2: hours = digits(parts[0])
        case 1 where parts[0].count == 4:
            hours = digits(parts[0].prefix(2))
            minutes = digits(parts[0].suffix(2))
        case 2 where parts[0].count <= 2 && parts[1].count == 2:
            hours = digits(parts[0])
            minutes = digits(parts[1])
        default: return nil
        }
        guard let hours, let minutes, minutes < 60, hours * 60 + minutes <= 18 * 60 else { return nil }
        return hours * 3600 + minutes * 60
    }

    /// The names of the database, from its table of zones; none if there is no such table.
    private static func names(folders: [String]) -> [String] {
        for folder in folders {
            for table in ["tzdata.zi", "zone1970.tab", "zone.tab"] {
                guard let data = FileManager.default.contents(atPath: folder + "/" + table) else { continue }
                var names: [String] = []
                for line in data.split(separator: UInt8(ascii: "\n")) {
                    let fields = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                    guard fields.count > 1, fields[0].first != UInt8(ascii: "#") else { continue }
                    let field: Data.SubSequence
                    if table == "tzdata.zi" {
                        // Z name … is a zone, L target name a link.
                        let kind = fields[0].first
                        if kind == UInt8(ascii: "Z") {
                            field = fields[1]
                        } else if kind == UInt8(ascii: "L"), fields.count > 2 {
                            field = fields[2]
                        } else {
                            continue
                        }
                    } else {
                        guard fields.count > 2 else { continue }
                        field = fields[2]
                    }
                    names.append(String(decoding: field, as: UTF8.self))
                }
                if !names.isEmpty { return names }
            }
        }
        return []
    }
}
