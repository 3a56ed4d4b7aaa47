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

    /// Reads `2020-03-02T09:00`, with a blank for the T, with seconds and a fraction (which is cut off), and with an
    /// offset (`Z`, `+08:00`, `+0800`, `+08`). Without an offset the time is on the clock of `zone`.
    /// - Returns: the moment and how the clock of the zone settled it; nil if the text is not of this form.
    public static func reading(_ text: String, in zone: CivilTimeZone) -> (Timestamp, ClockChange)? {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        guard text.utf8.count <= 40, text.utf8.count >= 15, let date = CivilDate(String(text.prefix(10))) else {
            return nil
        }
        text = text.dropFirst(10)
        guard let mark = text.first, mark == "T" || mark == "t" || mark == " " else { return nil }
        text = text.dropFirst()
        var offset: Int?
        if let last = text.last, last == "Z" || last == "z" {
            offset = 0
            text = text.dropLast()
        } else if let sign = text.lastIndex(where: { $0 == "+" || $0 == "-" }) {
            guard let size = CivilTimeZone.offsetSize(text[text.index(after: sign)...]) else { return nil }
            offset = text[sign] == "-" ? -size : size
            text = text[..<sign]
        }
        if let point = text.lastIndex(of: ".") {
            guard digits(text[text.index(after: point)...].utf8.prefix(9)) != nil, text[..<point].utf8.count == 8 else {
                return nil
            }
            text = text[..<point]
        }
        while text.last == " " { text.removeLast() }
        guard let time = TimeOfDay(text) else { return nil }
        if let offset {
            return (Timestamp(secondsSince1970: date.daysSince1970 * 86_400 + time.seconds - offset), .none)
        }
        return zone.timestamp(date, time)
    }

    private static func clock(_ seconds: Int) -> String {
        let days = floorDivide(seconds, 86_400)
        let rest = seconds - days * 86_400
        return "\(CivilDate(daysSince1970: days))T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):"
            + padded(rest % 60, 2)
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
