/// A moment, in whole seconds since 1970-01-01T00:00:00Z without leap seconds.
public struct Timestamp: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The seconds since 1970-01-01T00:00:00Z.
    public var secondsSince1970: Int

    /// The moment so many seconds after 1970-01-01T00:00:00Z.
    public init(secondsSince1970: Int) { self.secondsSince1970 = secondsSince1970 }

    /// The moment so many seconds later.
    public func adding(seconds: Int) -> Timestamp { Timestamp(secondsSince1970: secondsSince1970 + seconds) }

    /// The earlier moment comes first.
    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.secondsSince1970 < b.secondsSince1970 }

    /// The moment in coordinated universal time, `2020-03-02T01:00:00Z`.
    public var description: String { Self.clock(secondsSince1970) + "Z" }

    /// The moment on the clock of a zone, `2020-03-02T09:00:00+08:00`.
    public func text(in zone: CivilTimeZone) -> String {
        let offset = zone.offset(at: self)
        let size = abs(offset)
        let minutes = "\(padded(size / 3600, 2)):\(padded(size / 60 % 60, 2))"
        let seconds = size % 60 == 0 ? "" : ":\(padded(size % 60, 2))"
        return Self.clock(secondsSince1970 + offset) + (offset < 0 ? "-" : "+") + minutes + seconds
    }

    /// The date on the calendar of a zone.
    public func date(in zone: CivilTimeZone) -> CivilDate {
        CivilDate(daysSince1970: floorDivide(secondsSince1970 + zone.offset(at: self), 86_400))
    }

    /// Reads `2020-03-02T09:00` (or `2020/3/2 9:00`), with a blank for the T, with seconds and a fraction (cut off), and an
    /// offset (`Z`, `+08:00`, `+0800`, `+08`). Without an offset the time is on the clock of `zone`.
    /// - Returns: the moment and how the clock of the zone settled it; nil if the text is not of this form.
    public static func reading(_ text: String, in zone: CivilTimeZone) -> (Timestamp, ClockChange)? {
        var text = text
        return text.withUTF8 { bytes in
            var scanner = TimestampScanner(bytes: bytes)
            guard let (date, time) = scanner.dateAndTime(), let offset = scanner.offset(), scanner.isAtEnd else {
                return nil
            }
            guard case .stated(let seconds) = offset else { return zone.timestamp(date, time) }
            return (Timestamp(secondsSince1970: date.daysSince1970 * 86_400 + time.seconds - seconds), .none)
        }
    }

    private static func clock(_ seconds: Int) -> String {
        let days = floorDivide(seconds, 86_400)
        let rest = seconds - days * 86_400
        return "\(CivilDate(daysSince1970: days))T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):"
            + padded(rest % 60, 2)
    }
}

/// Reads a date and time byte by byte: answers come in large files.
private struct TimestampScanner {
    enum Offset {
        case unstated
        case stated(Int)
    }

    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    init(bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        skipBlanks()
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skipBlanks() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    mutating func take(_ characters: Unicode.Scalar...) -> Unicode.Scalar? {
        guard position < bytes.count, let found = characters.first(where: { UInt8(ascii: $0) == bytes[position] })
        else {
            return nil
        }
        position += 1
        return found
    }

    mutating func number(_ width: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while count < width.upperBound, position < bytes.count, bytes[position] &- UInt8(ascii: "0") <= 9 {
            value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
            position += 1
            count += 1
        }
        return width.contains(count) ? value : nil
    }

    mutating func dateAndTime() -> (CivilDate, TimeOfDay)? {
        guard let year = number(4...4), let mark = take("-", "/"), let month = number(1...2), take(mark) != nil,
            let day = number(1...2), let date = CivilDate(year: year, month: month, day: day),
            take("T", "t", " ") != nil
        else { return nil }
        skipBlanks()
        guard let hour = number(1...2), take(":") != nil, let minute = number(2...2) else { return nil }
        var second = 0
        if take(":") != nil {
            guard let value = number(2...2) else { return nil }
            second = value
            if take(".", ",") != nil { guard number(1...9) != nil else { return nil } }
        }
        guard let time = TimeOfDay(hour: hour, minute: minute, second: second) else { return nil }
        return (date, time)
    }

    mutating func offset() -> Offset? {
        skipBlanks()
        var result = Offset.unstated
        if take("Z", "z") != nil {
            result = .stated(0)
        } else if let sign = take("+", "-") {
            guard let hours = number(1...2) else { return nil }
            var minutes = 0
            if take(":") != nil || !isAtEnd && bytes[position] != 0x20 {
                guard let value = number(2...2) else { return nil }
                minutes = value
            }
            guard minutes < 60, hours * 60 + minutes <= 18 * 60 else { return nil }
            result = .stated((sign == "-" ? -1 : 1) * (hours * 3600 + minutes * 60))
        }
        skipBlanks()
        return result
    }
}

/// What a change of the clock did to a local time.
public enum ClockChange: String, Sendable, Hashable, Codable {
    /// The time occurs once on its day.
    case none
    /// The time was skipped in spring; the moment is later by the length of the gap (02:30 becomes 03:30).
    case movedForward = "moved forward"
    /// The time occurs twice in autumn; the moment is the first of the two.
    case firstOfTwo = "first of two"
}

/// The quotient rounded down.
func floorDivide(_ a: Int, _ b: Int) -> Int {
    let quotient = a / b
    return a % b < 0 ? quotient - 1 : quotient
}
