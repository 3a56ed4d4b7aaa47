import CZlib

/// The directory of a zip archive in memory (PKWARE APPNOTE 6.3), enough of it for Office Open XML.
package struct ZipArchive {
    private struct Entry {
        var method: Int
        var checksum: UInt32
        var compressedSize: Int
        var size: Int
        var headerOffset: Int
        var isEncrypted: Bool
    }

    private let bytes: [UInt8]
    private let file: String
    private var entries: [String: Entry] = [:]

    /// Reads the central directory of the archive.
    package init(_ bytes: [UInt8], file: String) throws(DatasetError) {
        self.bytes = bytes
        self.file = file
        let end = try endRecord()
        var offset = end.directoryOffset
        for _ in 0..<end.count {
            guard let signature = u32(offset), signature == 0x0201_4B50, let flags = u16(offset + 8),
                let method = u16(offset + 10), let checksum = u32(offset + 16), let compressed = u32(offset + 20),
                let size = u32(offset + 24), let nameLength = u16(offset + 28), let extraLength = u16(offset + 30),
                let commentLength = u16(offset + 32), let header = u32(offset + 42),
                offset + 46 + nameLength + extraLength + commentLength <= bytes.count
            else { throw damaged("its list of contents is broken") }
            let nameStart = offset + 46
            let name = String(decoding: bytes[nameStart..<(nameStart + nameLength)], as: UTF8.self)
            var entry = Entry(
                method: method, checksum: UInt32(checksum), compressedSize: compressed, size: size,
                headerOffset: header,
                isEncrypted: flags & 1 != 0)
            readExtra(nameStart + nameLength, extraLength, into: &entry)
            entries[name] = entry
            offset = nameStart + nameLength + extraLength + commentLength
        }
    }

    /// Whether the archive has an entry of this name.
    package func contains(_ name: String) -> Bool { entries[name] != nil }

    /// The bytes of the entry `name`, unpacked and checked.
    /// - Parameter limit: the most bytes that it may unpack to, whatever its header says.
    package func contents(of name: String, limit: Int) throws(DatasetError) -> [UInt8] {
        guard let entry = entries[name] else { throw damaged("it has no part \"\(excerpt(name))\"") }
        guard !entry.isEncrypted else {
            throw .malformed(
                file: file, place: FilePlace(), fault: .damaged, problem: "it is protected by a password",
                remedy: "save it without one")
        }
        guard let signature = u32(entry.headerOffset), signature == 0x0403_4B50,
            let nameLength = u16(entry.headerOffset + 26), let extraLength = u16(entry.headerOffset + 28)
        else { throw damaged("the part \"\(excerpt(name))\" is not where it should be") }
        let start = entry.headerOffset + 30 + nameLength + extraLength
        guard entry.compressedSize >= 0, start <= bytes.count, entry.compressedSize <= bytes.count - start else {
            throw damaged("the part \"\(excerpt(name))\" ends too early")
        }
        let packed = bytes[start..<(start + entry.compressedSize)]
        let unpacked: [UInt8]
        switch entry.method {
        case 0: unpacked = Array(packed)
        case 8: unpacked = try inflated(packed, expected: entry.size, limit: limit, name: name)
        default: throw damaged("the part \"\(excerpt(name))\" is compressed in a way that is not supported")
        }
        guard unpacked.count <= limit else { throw .tooLarge(file: file, bytes: unpacked.count, limit: limit) }
        let checksum = unpacked.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
        guard UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
            throw damaged("the checksum of the part \"\(excerpt(name))\" is wrong")
        }
        return unpacked
    }

    private func inflated(
        _ packed: ArraySlice<UInt8>, expected: Int, limit: Int, name: String
    ) throws(DatasetError) -> [UInt8] {
        var stream = z_stream()
        // Negative window bits: deflate without the wrapper of zlib.
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw damaged("there is too little memory to unpack it")
        }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        output.reserveCapacity(max(0, min(expected, limit, 1 << 28, packed.count * 64)))
        let chunk = 1 << 18
        var status = Z_OK
        var consumed = 0
        while status != Z_STREAM_END {
            let piece = [UInt8](unsafeUninitializedCapacity: chunk) { target, count in
                packed.withUnsafeBufferPointer { source in
                    stream.next_in = source.baseAddress.map { UnsafeMutablePointer(mutating: $0 + consumed) }
                    stream.avail_in = UInt32(min(source.count - consumed, 1 << 30))
                    let offered = Int(stream.avail_in)
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(chunk)
                    status = inflate(&stream, Z_NO_FLUSH)
                    consumed += offered - Int(stream.avail_in)
                    count = chunk - Int(stream.avail_out)
                }
            }
            output += piece
            guard output.count <= limit else { throw .tooLarge(file: file, bytes: output.count, limit: limit) }
            guard status == Z_STREAM_END || (status == Z_OK && (!piece.isEmpty || consumed < packed.count)) else {
                throw damaged("the part \"\(excerpt(name))\" cannot be unpacked")
            }
        }
        return output
    }

    /// Finds the end record, which stands before a comment of at most 65 535 bytes.
    private func endRecord() throws(DatasetError) -> (count: Int, directoryOffset: Int) {
        var i = bytes.count - 22
        let first = max(0, bytes.count - 22 - 65_535)
        while i >= first {
            if u32(i) == 0x0605_4B50, let count = u16(i + 10), let offset = u32(i + 16) {
                if offset == 0xFFFF_FFFF || count == 0xFFFF { return try endRecord64(before: i) }
                return (count, offset)
            }
            i -= 1
        }
        throw damaged("its list of contents is missing")
    }

    private func endRecord64(before end: Int) throws(DatasetError) -> (count: Int, directoryOffset: Int) {
        guard u32(end - 20) == 0x0706_4B50, let position = u64(end - 12), u32(position) == 0x0606_4B50,
            let count = u64(position + 32), let offset = u64(position + 48), count <= bytes.count / 46
        else { throw damaged("its list of contents is broken") }
        return (count, offset)
    }

    /// Takes the 64-bit sizes of the extra field 1 in place of those that did not fit.
    private func readExtra(_ start: Int, _ length: Int, into entry: inout Entry) {
        var i = start
        while i + 4 <= start + length, let tag = u16(i), let size = u16(i + 2) {
            if tag == 1 {
                var field = i + 4
                func next() -> Int? {
                    defer { field += 8 }
                    return field + 8 <= i + 4 + size ? u64(field) : nil
                }
                if entry.size == 0xFFFF_FFFF { entry.size = next() ?? -1 }
                if entry.compressedSize == 0xFFFF_FFFF { entry.compressedSize = next() ?? -1 }
                if entry.headerOffset == 0xFFFF_FFFF { entry.headerOffset = next() ?? -1 }
            }
            i += 4 + size
        }
    }

    private func damaged(_ problem: String) -> DatasetError { .damagedWorkbook(file, problem) }

    private func u16(_ offset: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - 2 else { return nil }
        return Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
    }

    private func u32(_ offset: Int) -> Int? {
        guard let low = u16(offset), let high = u16(offset + 2) else { return nil }
        return low | high << 16
    }

    /// A 64-bit number, or nil if it is not a possible offset.
    private func u64(_ offset: Int) -> Int? {
        guard let low = u32(offset), let high = u32(offset + 4), high < 1 << 20 else { return nil }
        return low | high << 32
    }
}

extension DatasetError {
    static func damagedWorkbook(_ file: String, _ problem: String) -> DatasetError {
        .malformed(
            file: file, place: FilePlace(), fault: .damaged, problem: "the workbook is damaged: \(problem)",
            remedy: "open it in Excel and save it again")
    }
}
