/// Walks through delimited text field by field (RFC 4180), counting lines.
///
/// The bytes must outlive the scanner and be valid UTF-8.
struct FieldScanner {
    /// What follows a field.
    enum Ending {
        case field
        case record
    }

    /// A fault of quoting, on the scanner's line.
    enum Fault: Error {
        case strayQuote
        case textAfterQuote
        case unterminatedQuote
        case nulByte
    }

    let base: UnsafePointer<UInt8>
    let count: Int
    let delimiter: UInt8
    /// The offset of the next byte.
    var position = 0
    /// The line of the next byte, from 1.
    var line = 1

    /// The last field scanned, without its quotes.
    private(set) var start = 0
    private(set) var end = 0
    /// Whether the last field holds doubled quotes.
    private(set) var hasDoubledQuotes = false

    init(_ bytes: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>, delimiter: UInt8) {
        self.base = base
        count = bytes.count
        self.delimiter = delimiter
    }

    /// Whether all bytes have been scanned.
    var isAtEnd: Bool { position >= count }

    /// Whether the next byte ends a line.
    var isAtLineEnd: Bool { position < count && (base[position] == 0x0A || base[position] == 0x0D) }

    /// Steps over a line end (LF, CR LF or CR).
    @inline(__always)
    mutating func skipLineEnd() {
        if base[position] == 0x0D, position + 1 < count, base[position + 1] == 0x0A { position += 1 }
        position += 1
        line += 1
    }

    /// Steps over what ends the field that stops at `position`.
    @inline(__always)
    mutating func skipEnding() -> Ending {
        guard position < count else { return .record }
        if base[position] == delimiter {
            position += 1
            return .field
        }
        skipLineEnd()
        return .record
    }

    /// Scans a field and what ends it.
    mutating func next() throws(Fault) -> Ending {
        hasDoubledQuotes = false
        if position < count, base[position] == 0x22 { return try nextQuoted() }
        start = position
        while position < count {
            let byte = base[position]
            if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
            if byte == 0x22 { throw .strayQuote }
            if byte == 0 { throw .nulByte }
            position += 1
        }
        end = position
        return skipEnding()
    }

    private mutating func nextQuoted() throws(Fault) -> Ending {
        let openingLine = line
        position += 1
        start = position
        while true {
            guard position < count else {
                line = openingLine
                throw .unterminatedQuote
            }
            let byte = base[position]
            if byte == 0x22 {
                if position + 1 < count, base[position + 1] == 0x22 {
                    hasDoubledQuotes = true
                    position += 2
                    continue
                }
                break
            }
            if byte == 0 { throw .nulByte }
            if byte == 0x0A || (byte == 0x0D && !(position + 1 < count && base[position + 1] == 0x0A)) { line += 1 }
            position += 1
        }
        end = position
        position += 1
        guard position >= count || base[position] == delimiter || isAtLineEnd else { throw .textAfterQuote }
        return skipEnding()
    }

    /// The bytes of the last field; doubled quotes are still doubled.
    var field: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base + start, count: end - start) }

    /// The last field as text, blanks around it kept.
    var text: String {
        guard hasDoubledQuotes else { return String(decoding: field, as: UTF8.self) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(field.count)
        var i = 0
        while i < field.count {
            bytes.append(field[i])
            i += field[i] == 0x22 ? 2 : 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
