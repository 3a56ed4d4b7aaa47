import CReadStat

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads SPSS, Stata and SAS files by ReadStat, from memory.
enum StatisticalFileReader {
    /// Reads the dataset that `bytes` hold.
    static func read(
        _ bytes: [UInt8], file: String, format: FileFormat, options: ReadingOptions
    ) throws(DatasetError) -> ImportedDataset {
        if let encoding = options.encoding, !isKnownEncoding(encoding) { throw .unknownEncoding(name: encoding) }
        // ReadStat takes no offence at a Stata file that is cut off in its value labels.
        if bytes.starts(with: "<stata_dta>".utf8), !bytes.suffix(64).contains("</stata_dta>".utf8) {
            throw failure(READSTAT_ERROR_READ, file: file, row: 0, encoding: nil, codePage: nil)
        }
        var remarks: [String] = []
        var encoding = options.encoding
        var (sink, status) = parse(bytes, file: file, format: format, encoding: encoding, options: options)
        if encoding == nil, sink.error == nil {
            // ReadStat 1.1.8 gives the Chinese and Korean code pages names that iconv does not know (mended in 1.1.9).
            if status == READSTAT_ERROR_UNSUPPORTED_CHARSET, let known = codePage(of: bytes).flatMap(encodingName) {
                encoding = known
            } else if status == READSTAT_ERROR_CONVERT_BAD_STRING {
                encoding = "GB18030"
                remarks.append(
                    "The text is not in the encoding that the file states and was read as GB18030; "
                        + "if labels look wrong, name the encoding.")
            }
            if let encoding {
                (sink, status) = parse(bytes, file: file, format: format, encoding: encoding, options: options)
            }
        }
        if let error = sink.error { throw error }
        guard status == READSTAT_OK else {
            throw failure(status, file: file, row: sink.rowCount, encoding: encoding, codePage: codePage(of: bytes))
        }
        return try sink.imported(format: format, encoding: encoding, remarks: remarks)
    }

    private static func parse(
        _ bytes: [UInt8], file: String, format: FileFormat, encoding: String?, options: ReadingOptions
    ) -> (sink: VariableSink, status: readstat_error_t) {
        let sink = VariableSink(file: file, textLimit: options.maximumBytes)
        let status = bytes.withUnsafeBytes { buffer -> readstat_error_t in
            guard let parser = readstat_parser_init() else { return READSTAT_ERROR_MALLOC }
            defer { readstat_parser_free(parser) }
            // ReadStat keeps the pointer to the encoding's name for as long as it parses.
            let name = encoding.flatMap { strdup($0) }
            defer { free(name) }
            if let name { readstat_set_file_character_encoding(parser, name) }
            let memory = MemoryFile(buffer)
            memory.attach(to: parser)
            sink.attach(to: parser)
            let context = Unmanaged.passUnretained(sink).toOpaque()
            let status =
                switch format {
                case .dta: readstat_parse_dta(parser, file, context)
                case .por: readstat_parse_por(parser, file, context)
                case .sas7bdat: readstat_parse_sas7bdat(parser, file, context)
                default: readstat_parse_sav(parser, file, context)
                }
            withExtendedLifetime(memory) {}
            return status
        }
        return (sink, status)
    }

    private static func isKnownEncoding(_ name: String) -> Bool {
        guard !name.isEmpty, !name.contains("/"), let converter = iconv_open("UTF-8", name),
            Int(bitPattern: converter) != -1
        else { return false }
        iconv_close(converter)
        return true
    }

    /// The code page that an SPSS system file states in its record 7, subtype 3 (machine integer information).
    static func codePage(of bytes: [UInt8]) -> Int? {
        let searched = min(bytes.count, 64 << 20)
        return bytes.withUnsafeBytes { buffer -> Int? in
            for i in stride(from: 176, through: searched - 48, by: 4) {
                func word(_ offset: Int) -> UInt32 { buffer.loadUnaligned(fromByteOffset: i + offset, as: UInt32.self) }
                let first = word(0)
                guard first == 7 || first.byteSwapped == 7 else { continue }
                let swapped = first != 7
                let words = [4, 8, 12].map { swapped ? word($0).byteSwapped : word($0) }
                guard words == [3, 4, 8] else { continue }
                return Int(Int32(bitPattern: swapped ? word(44).byteSwapped : word(44)))
            }
            return nil
        }
    }

    /// The name under which iconv knows a Windows code page.
    private static func encodingName(_ codePage: Int) -> String? {
        switch codePage {
        case 936, 54936: "GB18030"
        case 949: "CP949"
        case 950: "BIG5"
        case 932: "CP932"
        case 1250...1258, 874: "CP\(codePage)"
        default: nil
        }
    }

    private static func failure(
        _ status: readstat_error_t, file: String, row: Int, encoding: String?, codePage: Int?
    ) -> DatasetError {
        let place = row > 0 ? FilePlace(row: row) : FilePlace()
        let problem: String
        var remedy = "open it in the program that wrote it and save it again"
        switch status {
        case READSTAT_ERROR_UNSUPPORTED_CHARSET:
            problem = "its character set is not known" + (codePage.map { " (code page \($0))" } ?? "")
            remedy = "name the file's encoding, for example GB18030"
        case READSTAT_ERROR_CONVERT_BAD_STRING, READSTAT_ERROR_CONVERT, READSTAT_ERROR_CONVERT_SHORT_STRING,
            READSTAT_ERROR_CONVERT_LONG_STRING:
            return .undecodable(file: file, encoding: encoding ?? "in the encoding that the file states", place: place)
        case READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION:
            problem = "its version of the format is not supported"
            remedy = "save it in a more common version of the format"
        case READSTAT_ERROR_UNSUPPORTED_COMPRESSION:
            problem = "its kind of compression is not supported"
        case READSTAT_ERROR_MALLOC:
            problem = "it asks for more memory than there is, or is damaged"
        case READSTAT_ERROR_READ, READSTAT_ERROR_SEEK:
            problem = "it ends too early"
            remedy = "copy or export it again"
        case READSTAT_ERROR_ROW_COUNT_MISMATCH:
            problem = "it has another number of rows than it states"
            remedy = "copy or export it again"
        case READSTAT_ERROR_COLUMN_COUNT_MISMATCH, READSTAT_ERROR_ROW_WIDTH_MISMATCH:
            problem = "its columns are not those that it states"
        default:
            problem = "it is damaged"
            remedy = "copy or export it again, " + remedy
        }
        return .malformed(file: file, place: place, fault: .damaged, problem: problem, remedy: remedy)
    }
}

/// A file in memory, as ReadStat reads one.
private final class MemoryFile {
    let bytes: UnsafeRawBufferPointer
    var position = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    func attach(to parser: UnsafeMutablePointer<readstat_parser_t>) {
        readstat_set_io_ctx(parser, Unmanaged.passUnretained(self).toOpaque())
        readstat_set_open_handler(parser) { _, _ in 0 }
        readstat_set_close_handler(parser) { _ in 0 }
        readstat_set_update_handler(parser) { _, _, _, _ in READSTAT_OK }
        readstat_set_seek_handler(parser) { offset, whence, context in
            guard let memory = MemoryFile.from(context) else { return -1 }
            let origin =
                switch whence {
                case READSTAT_SEEK_SET: 0
                case READSTAT_SEEK_CUR: memory.position
                default: memory.bytes.count
                }
            let (target, overflow) = origin.addingReportingOverflow(Int(offset))
            guard !overflow, target >= 0, target <= memory.bytes.count else { return -1 }
            memory.position = target
            return off_t(target)
        }
        readstat_set_read_handler(parser) { buffer, count, context in
            guard let memory = MemoryFile.from(context), let buffer else { return -1 }
            let length = min(count, memory.bytes.count - memory.position)
            if length > 0, let base = memory.bytes.baseAddress {
                memcpy(buffer, base + memory.position, length)
                memory.position += length
            }
            return length
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> MemoryFile? {
        context.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
    }
}
