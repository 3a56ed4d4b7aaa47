#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Text as UTF-8, with the name of the encoding it came in.
package struct DecodedText {
    /// The text as valid UTF-8, without a byte order mark.
    package var bytes: [UInt8]
    /// The encoding as found or as told.
    var encoding: String
    /// What to tell the researcher about the choice of encoding, if it was a guess.
    var remark: String?

    /// Decodes the bytes of a text file: by `encoding` if it is given, else by a byte order mark, else as UTF-8, else
    /// as GB18030 or windows-1252, whichever the bytes look like.
    ///
    /// In Chinese text of the GB family nearly all bytes beyond ASCII come in pairs of which both are 0xA1 or more; in
    /// western text they stand alone among letters.
    package init(_ raw: [UInt8], encoding: String?, file: String) throws(DatasetError) {
        remark = nil
        if let encoding {
            let upper = encoding.uppercased()
            self.encoding = encoding
            if upper == "UTF-8" || upper == "UTF8" {
                bytes = raw.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(raw.dropFirst(3)) : raw
                if let offset = firstInvalidUTF8(bytes) {
                    throw .undecodable(
                        file: file, encoding: encoding, place: FilePlace(line: line(of: offset, in: bytes)))
                }
            } else {
                bytes = try transcoded(raw, from: encoding, file: file)
                if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            }
        } else if raw.starts(with: [0xEF, 0xBB, 0xBF]) {
            bytes = Array(raw.dropFirst(3))
            self.encoding = "UTF-8"
            if let offset = firstInvalidUTF8(bytes) {
                throw .undecodable(file: file, encoding: "UTF-8", place: FilePlace(line: line(of: offset, in: bytes)))
            }
        } else if raw.starts(with: [0xFF, 0xFE]) || raw.starts(with: [0xFE, 0xFF]) {
            self.encoding = raw[0] == 0xFF ? "UTF-16LE" : "UTF-16BE"
            bytes = try transcoded(Array(raw.dropFirst(2)), from: self.encoding, file: file)
        } else if firstInvalidUTF8(raw) == nil {
            bytes = raw
            self.encoding = "UTF-8"
        } else {
            let guess = looksLikeChinese(raw) ? "GB18030" : "windows-1252"
            do {
                bytes = try transcoded(raw, from: guess, file: file)
                self.encoding = guess
            } catch {
                bytes = try transcoded(raw, from: guess == "GB18030" ? "windows-1252" : "GB18030", file: file)
                self.encoding = guess == "GB18030" ? "windows-1252" : "GB18030"
            }
            remark =
                "The text is not UTF-8 and was read as \(self.encoding); if labels look wrong, name the encoding."
        }
    }
}

/// The bytes of `text` in the encoding `from`, as UTF-8.
func transcoded(_ text: [UInt8], from: String, file: String) throws(DatasetError) -> [UInt8] {
    // A slash would let suffixes such as //IGNORE through, which drop characters without a word.
    guard !from.isEmpty, !from.contains("/"), let converter = Iconv(from: from) else {
        throw .unknownEncoding(name: from)
    }
    defer { converter.close() }
    var output: [UInt8] = []
    output.reserveCapacity(text.count + text.count / 2)
    var offset = 0
    while offset < text.count {
        let piece = converter.step(text, from: &offset, into: &output)
        if !piece {
            let place = FilePlace(line: output.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) })
            throw .undecodable(file: file, encoding: from, place: place)
        }
    }
    return output
}

/// A conversion to UTF-8 by the system's iconv.
private struct Iconv {
    private let descriptor: iconv_t

    init?(from: String) {
        guard let descriptor = iconv_open("UTF-8", from), Int(bitPattern: descriptor) != -1 else { return nil }
        self.descriptor = descriptor
    }

    func close() { iconv_close(descriptor) }

    /// Converts as much as fits in one buffer; false if the text is not valid in its encoding.
    func step(_ text: [UInt8], from offset: inout Int, into output: inout [UInt8]) -> Bool {
        let capacity = 1 << 16
        let start = offset
        var consumed = 0
        var code: Int32 = 0
        let piece = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            text.withUnsafeBytes { source in
                guard let base = source.baseAddress, let target = buffer.baseAddress else { return }
                var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
                    mutating: (base + start).assumingMemoryBound(to: CChar.self))
                var inputLeft = source.count - start
                let before = inputLeft
                target.withMemoryRebound(to: CChar.self, capacity: capacity) { chars in
                    var destination: UnsafeMutablePointer<CChar>? = chars
                    var room = capacity
                    if iconv(descriptor, &input, &inputLeft, &destination, &room) == -1 { code = errno }
                    count = capacity - room
                }
                consumed = before - inputLeft
            }
        }
        output += piece
        offset += consumed
        return code == 0 || (code == E2BIG && (consumed > 0 || !piece.isEmpty))
    }
}

/// Whether the bytes beyond ASCII come mostly in pairs of bytes of 0xA1 or more.
private func looksLikeChinese(_ bytes: [UInt8]) -> Bool {
    var pairs = 0
    var others = 0
    var i = 0
    while i < bytes.count {
        guard bytes[i] >= 0x80 else {
            i += 1
            continue
        }
        if bytes[i] >= 0xA1, i + 1 < bytes.count, bytes[i + 1] >= 0xA1 {
            pairs += 1
            i += 2
        } else {
            others += 1
            i += 1
        }
    }
    return pairs > others
}

/// The line, from 1, on which the byte at `offset` stands.
func line(of offset: Int, in bytes: [UInt8]) -> Int {
    bytes[..<offset].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
}

/// The offset of the first byte that is not part of valid UTF-8 (Unicode 15, table 3-7), or nil.
func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer -> Int? in
        let count = buffer.count
        var i = 0
        while i < count {
            // Eight ASCII bytes at a time.
            while i + 8 <= count, buffer.loadUnaligned(fromByteOffset: i, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                i += 8
            }
            guard i < count else { break }
            let byte = buffer[i]
            if byte < 0x80 {
                i += 1
                continue
            }
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch byte {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: length = 3
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: length = 4
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: return i
            }
            guard i + length <= count, second.contains(buffer[i + 1]) else { return i }
            for k in 2..<max(length, 2) where buffer[i + k] & 0xC0 != 0x80 { return i }
            i += length
        }
        return nil
    }
}
