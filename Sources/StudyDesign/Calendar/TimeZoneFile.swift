extension CivilTimeZone {
    /// Reads the bytes of a TZif file (RFC 8536), versions 1 to 4.
    ///
    /// - Throws: ``ScheduleError/damagedTimeZone(name:problem:)`` if the bytes do not keep to the format.
    public init(name: String, bytes: [UInt8]) throws(ScheduleError) {
        var reader = TimeZoneReader(name: name, bytes: bytes)
        let first = try reader.header()
        if first.version == 0 {
            let block = try reader.block(first, wide: false)
            self.init(
                name: name, transitions: block.transitions, offsets: block.offsets, firstOffset: block.first, rule: nil)
            return
        }
        try reader.skip(first.size(wide: false))
        let second = try reader.header()
        let block = try reader.block(second, wide: true)
        self.init(
            name: name, transitions: block.transitions, offsets: block.offsets, firstOffset: block.first,
            rule: try reader.footer())
    }
}

/// Reads a TZif file piece by piece; every piece is checked against the length of the file.
private struct TimeZoneReader {
    struct Header {
        var version: UInt8
        var utc: Int
        var standard: Int
        var leaps: Int
        var times: Int
        var types: Int
        var characters: Int

        func size(wide: Bool) -> Int {
            times * (wide ? 9 : 5) + types * 6 + characters + leaps * (wide ? 12 : 8) + standard + utc
        }
    }

    let name: String
    let bytes: [UInt8]
    var position = 0

    init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
    }

    func damaged(_ problem: String) -> ScheduleError { .damagedTimeZone(name: name, problem: problem) }

    mutating func skip(_ count: Int) throws(ScheduleError) {
        guard count <= bytes.count - position else { throw damaged("it ends too early") }
        position += count
    }

    mutating func integer(_ width: Int) throws(ScheduleError) -> Int {
        let start = position
        try skip(width)
        var value: UInt64 = 0
        for byte in bytes[start..<position] { value = value << 8 | UInt64(byte) }
        return width == 4 ? Int(Int32(truncatingIfNeeded: value)) : Int(Int64(bitPattern: value))
    }

    mutating func header() throws(ScheduleError) -> Header {
        let start = position
        try skip(20)
        guard bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
            throw damaged("it does not begin with \"TZif\"")
        }
        let version = bytes[start + 4]
        var counts: [Int] = []
        for _ in 0..<6 { counts.append(try integer(4)) }
        guard counts.allSatisfy({ (0...100_000).contains($0) }), counts[4] > 0 else {
            throw damaged("its counts are out of range")
        }
        return Header(
            version: version, utc: counts[0], standard: counts[1], leaps: counts[2], times: counts[3], types: counts[4],
            characters: counts[5])
    }

    mutating func block(
        _ header: Header, wide: Bool
    ) throws(ScheduleError) -> (transitions: [Int], offsets: [Int], first: Int) {
        let end = position
        guard header.size(wide: wide) <= bytes.count - end else { throw damaged("it ends too early") }
        var transitions: [Int] = []
        for _ in 0..<header.times { transitions.append(try integer(wide ? 8 : 4)) }
        let indices = bytes[position..<position + header.times].map { Int($0) }
        try skip(header.times)
        var types: [Int] = []
        for _ in 0..<header.types {
            types.append(try integer(4))
            try skip(2)
        }
        try skip(header.size(wide: wide) - (position - end))
        guard types.allSatisfy({ abs($0) <= 26 * 3600 }), indices.allSatisfy({ types.indices.contains($0) }),
            zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 })
        else { throw damaged("its transitions are not in order, or their offsets out of range") }
        return (transitions, indices.map { types[$0] }, types[0])
    }

    mutating func footer() throws(ScheduleError) -> ClockRule? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\n"),
            let end = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "\n"))
        else { throw damaged("its last line is missing") }
        let text = String(decoding: bytes[position + 1..<end], as: UTF8.self)
        if text.isEmpty { return nil }
        guard let rule = ClockRule(text) else { throw damaged("its rule \"\(text.prefix(60))\" cannot be read") }
        return rule
    }
}
