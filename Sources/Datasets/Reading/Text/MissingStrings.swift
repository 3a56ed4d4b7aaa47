/// The fields of a text file or sheet that mean "missing".
struct MissingStrings {
    private let entries: [(bytes: [UInt8], reason: MissingReason)]
    /// Whether one of them could be read as a number.
    let mayBeNumbers: Bool

    init(_ strings: [String]) {
        entries = strings.filter { !$0.isEmpty }.map { string in
            let code = decimalNumber(string).map(Code.number) ?? .text(string)
            return (Array(string.utf8), string == "NA" ? .system : .declared(code))
        }
        mayBeNumbers = entries.contains { entry in
            if case .declared(.number) = entry.reason { return true }
            return false
        }
    }

    /// Why `field` is missing, or nil if it holds a value; blanks around it are ignored.
    func reason(_ field: UnsafeBufferPointer<UInt8>) -> MissingReason? {
        var start = 0
        var end = field.count
        while start < end, isBlank(field[start]) { start += 1 }
        while end > start, isBlank(field[end - 1]) { end -= 1 }
        if start == end { return .system }
        entries: for entry in entries where entry.bytes.count == end - start {
            for i in 0..<entry.bytes.count where entry.bytes[i] != field[start + i] { continue entries }
            return entry.reason
        }
        return nil
    }

    /// Why `text` is missing, or nil if it holds a value.
    func reason(_ text: String) -> MissingReason? {
        var text = text
        return text.withUTF8 { reason($0) }
    }
}
