extension JSON {
    /// How the text of a JSON value is laid out.
    public enum Layout: Sendable {
        /// On one line, without spaces.
        case compact
        /// Indented by two spaces; lists of numbers and texts stay on one line.
        case pretty
    }

    /// The JSON text of the value, without a newline at its end.
    public func text(_ layout: Layout = .pretty) -> String {
        String(decoding: bytes(layout), as: UTF8.self)
    }

    /// The JSON text of the value in UTF-8.
    public func bytes(_ layout: Layout = .pretty) -> [UInt8] {
        var writer = JSONWriter(pretty: layout == .pretty)
        writer.write(self, depth: 0)
        return writer.bytes
    }
}

private struct JSONWriter {
    let pretty: Bool
    var bytes: [UInt8] = []

    init(pretty: Bool) { self.pretty = pretty }

    mutating func write(_ value: JSON, depth: Int) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .integer(let value): bytes.append(contentsOf: String(value).utf8)
        case .number(let value): write(value)
        case .string(let value): write(value)
        case .array(let elements): write(elements, depth: depth)
        case .object(let members): write(members, depth: depth)
        }
    }

    private mutating func write(_ value: Double) {
        // Swift's description is the shortest text that reads back as the same double.
        bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    }

    private mutating func write(_ elements: [JSON], depth: Int) {
        let broken = pretty && elements.contains(where: \.isContainer)
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            if index > 0 {
                bytes.append(UInt8(ascii: ","))
                if pretty && !broken { bytes.append(UInt8(ascii: " ")) }
            }
            if broken { startLine(depth: depth + 1) }
            write(element, depth: depth + 1)
        }
        if broken { startLine(depth: depth) }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ members: [(String, JSON)], depth: Int) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in members.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            if pretty { startLine(depth: depth + 1) }
            write(member.0)
            bytes.append(UInt8(ascii: ":"))
            if pretty { bytes.append(UInt8(ascii: " ")) }
            write(member.1, depth: depth + 1)
        }
        if pretty && !members.isEmpty { startLine(depth: depth) }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
            case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
            case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
            case 0..<0x20, 0x7F:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: (digits.utf8.count == 1 ? #"\u000"# : #"\u00"#).utf8)
                bytes.append(contentsOf: digits.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func startLine(depth: Int) {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
    }
}

extension JSON {
    fileprivate var isContainer: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
