/// Pulls tags and texts out of XML, byte by byte, as far as workbooks use it: elements, attributes, character data,
/// CDATA, entities. Namespaces are dropped (`x:row` is `row`); comments, processing instructions and the document type
/// are stepped over. Nothing is expanded but the five named entities and character references.
package struct MarkupScanner {
    package enum Event {
        /// A start tag; an empty element gives a start and then an end.
        case start
        case end
        case text
        case finished
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var emptyElement = false
    private var nameRange = 0..<0
    private var contentRange = 0..<0
    private var isLiteral = false

    package init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    }

    /// Goes to the next tag or text.
    package mutating func next() -> Event {
        if emptyElement {
            emptyElement = false
            return .end
        }
        while position < bytes.count {
            if bytes[position] != 0x3C {
                let start = position
                position = find(0x3C, from: position) ?? bytes.count
                contentRange = start..<position
                isLiteral = false
                return .text
            }
            guard position + 1 < bytes.count else { break }
            switch bytes[position + 1] {
            case UInt8(ascii: "?"):
                position = (find("?>", from: position + 2) ?? bytes.count)
            case UInt8(ascii: "!"):
                if matches("<![CDATA[", at: position) {
                    let start = position + 9
                    if let end = find("]]>", from: start) {
                        contentRange = start..<(end - 3)
                        position = end
                    } else {
                        contentRange = start..<bytes.count
                        position = bytes.count
                    }
                    isLiteral = true
                    return .text
                } else if matches("<!--", at: position) {
                    position = find("-->", from: position + 4) ?? bytes.count
                } else {
                    position = (find(0x3E, from: position) ?? bytes.count - 1) + 1
                }
            case UInt8(ascii: "/"):
                setName(from: position + 2)
                position = (find(0x3E, from: position) ?? bytes.count - 1) + 1
                return .end
            default:
                setName(from: position + 1)
                let end = endOfTag(from: nameRange.upperBound)
                emptyElement = end > 0 && end <= bytes.count - 1 && bytes[end - 1] == UInt8(ascii: "/")
                contentRange = nameRange.upperBound..<max(nameRange.upperBound, end)
                position = min(end + 1, bytes.count)
                return .start
            }
        }
        return .finished
    }

    /// Whether the current tag is called `name`, whatever its namespace.
    package func isNamed(_ name: StaticString) -> Bool {
        guard name.utf8CodeUnitCount == nameRange.count else { return false }
        for i in 0..<nameRange.count where bytes[nameRange.lowerBound + i] != name.utf8Start[i] { return false }
        return true
    }

    /// The value of an attribute of the current start tag, or nil. A name without prefix matches with any prefix.
    func attribute(_ name: StaticString) -> String? {
        attributeRange(name).map { decoded($0) }
    }

    /// The bytes of the value of an attribute of the current start tag, undecoded.
    func attributeBytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
        attributeRange(name).map { UnsafeBufferPointer(rebasing: bytes[$0]) }
    }

    private func attributeRange(_ name: StaticString) -> Range<Int>? {
        var i = contentRange.lowerBound
        let end = contentRange.upperBound
        while i < end {
            while i < end, isSpace(bytes[i]) { i += 1 }
            var nameStart = i
            while i < end, bytes[i] != UInt8(ascii: "="), !isSpace(bytes[i]) {
                if bytes[i] == UInt8(ascii: ":") { nameStart = i + 1 }
                i += 1
            }
            let nameEnd = i
            while i < end, isSpace(bytes[i]) { i += 1 }
            guard i < end, bytes[i] == UInt8(ascii: "=") else { return nil }
            i += 1
            while i < end, isSpace(bytes[i]) { i += 1 }
            guard i < end, bytes[i] == 0x22 || bytes[i] == 0x27 else { return nil }
            let quote = bytes[i]
            let valueStart = i + 1
            i = valueStart
            while i < end, bytes[i] != quote { i += 1 }
            guard i < end else { return nil }
            if nameEnd - nameStart == name.utf8CodeUnitCount,
                (0..<(nameEnd - nameStart)).allSatisfy({ bytes[nameStart + $0] == name.utf8Start[$0] })
            {
                return valueStart..<i
            }
            i += 1
        }
        return nil
    }

    /// The current text, decoded.
    package var text: String {
        isLiteral ? String(decoding: bytes[contentRange], as: UTF8.self) : decoded(contentRange)
    }

    /// The bytes of the current text, undecoded.
    var textBytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[contentRange]) }

    private func decoded(_ range: Range<Int>) -> String {
        guard bytes[range].contains(UInt8(ascii: "&")) else { return String(decoding: bytes[range], as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var i = range.lowerBound
        while i < range.upperBound {
            guard bytes[i] == UInt8(ascii: "&"),
                let end = bytes[i..<min(i + 12, range.upperBound)].firstIndex(of: UInt8(ascii: ";")),
                let character = entity(String(decoding: bytes[(i + 1)..<end], as: UTF8.self))
            else {
                result.append(bytes[i])
                i += 1
                continue
            }
            result.append(contentsOf: String(character).utf8)
            i = end + 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private func entity(_ name: String) -> Character? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let value = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(UnicodeScalar.init).map(Character.init)
        }
    }

    private mutating func setName(from start: Int) {
        var i = min(start, bytes.count)
        var first = i
        while i < bytes.count, !isSpace(bytes[i]), bytes[i] != 0x3E, bytes[i] != UInt8(ascii: "/") {
            if bytes[i] == UInt8(ascii: ":") { first = i + 1 }
            i += 1
        }
        nameRange = min(first, i)..<i
    }

    /// The offset of the `>` that ends a start tag; one inside an attribute's quotes does not.
    private func endOfTag(from start: Int) -> Int {
        var i = start
        var quote: UInt8 = 0
        while i < bytes.count {
            let byte = bytes[i]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == 0x22 || byte == 0x27 {
                quote = byte
            } else if byte == 0x3E {
                return i
            }
            i += 1
        }
        return bytes.count
    }

    private func find(_ byte: UInt8, from start: Int) -> Int? {
        var i = start
        while i < bytes.count {
            if bytes[i] == byte { return i }
            i += 1
        }
        return nil
    }

    /// The offset after the first occurrence of `mark`.
    private func find(_ mark: StaticString, from start: Int) -> Int? {
        var i = start
        while i + mark.utf8CodeUnitCount <= bytes.count {
            if matches(mark, at: i) { return i + mark.utf8CodeUnitCount }
            i += 1
        }
        return nil
    }

    private func matches(_ mark: StaticString, at start: Int) -> Bool {
        guard start >= 0, start + mark.utf8CodeUnitCount <= bytes.count else { return false }
        for i in 0..<mark.utf8CodeUnitCount where bytes[start + i] != mark.utf8Start[i] { return false }
        return true
    }
}

@inline(__always)
private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
