import CReadStat

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension Dataset {
    /// The dataset as an SPSS system file (.sav) with labels, value labels, missing values and measures.
    ///
    /// The same dataset gives the same bytes: the file's date is fixed at 1970-01-01 (UTC). Declared-missing cells keep
    /// their codes. Tagged missing values of Stata and SAS become system-missing, as SPSS has none.
    /// - Throws: ``DatasetError/unwritable(file:problem:)`` if a name or a declaration of missing values is not one
    ///   that SPSS allows, or a text is longer than 32 767 bytes.
    public func systemFile() throws(DatasetError) -> [UInt8] {
        try systemFile(named: source.isEmpty ? "the SPSS file" : source)
    }

    /// Writes the dataset as an SPSS system file; see ``systemFile()``. The file takes its place only when it is
    /// complete.
    /// - Throws: ``DatasetError/unwritable(file:problem:)``.
    public func writeSAV(to path: String) throws(DatasetError) {
        let bytes = try systemFile(named: fileName(ofPath: path))
        let file = try AtomicFile(path: path)
        try file.write(bytes)
        try file.finish()
    }

    private func systemFile(named file: String) throws(DatasetError) -> [UInt8] {
        guard let writer = readstat_writer_init() else {
            throw .unwritable(file: file, problem: "there is too little memory")
        }
        defer { readstat_writer_free(writer) }
        let output = ByteSink()
        readstat_set_data_writer(writer) { data, count, context in
            guard let data, let context else { return -1 }
            Unmanaged<ByteSink>.fromOpaque(context).takeUnretainedValue()
                .bytes.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
            return count
        }
        readstat_writer_set_error_handler(writer) { _, _ in }
        readstat_writer_set_file_timestamp(writer, 0)
        if let label { readstat_writer_set_file_label(writer, Self.shortened(label, bytes: 64)) }
        for note in notes { for line in Self.lines(note, bytes: 80) { readstat_add_note(writer, line) } }

        var variables: [UnsafeMutablePointer<readstat_variable_t>] = []
        variables.reserveCapacity(columns.count)
        for (position, column) in columns.enumerated() {
            variables.append(try Self.add(column, position: position, to: writer, keeping: output, file: file))
        }
        if let weightName, let position = position(of: weightName), columns[position].isNumeric {
            readstat_writer_set_fweight_variable(writer, variables[position])
        }
        try withExtendedLifetime(output) { () throws(DatasetError) in
            let context = Unmanaged.passUnretained(output).toOpaque()
            try Self.check(readstat_begin_writing_sav(writer, context, rowCount), file: file, variable: nil)
            for (position, variable) in variables.enumerated() {
                try Self.check(
                    readstat_validate_variable(writer, variable), file: file, variable: columns[position].name)
            }
            for row in 0..<rowCount {
                try Self.check(readstat_begin_row(writer), file: file, variable: nil)
                for (position, variable) in variables.enumerated() {
                    let status = Self.insert(columns[position], row: row, as: variable, into: writer)
                    try Self.check(status, file: file, variable: columns[position].name)
                }
                try Self.check(readstat_end_row(writer), file: file, variable: nil)
            }
            try Self.check(readstat_end_writing(writer), file: file, variable: nil)
        }
        return output.bytes
    }

    private static func add(
        _ column: Column, position: Int, to writer: UnsafeMutablePointer<readstat_writer_t>, keeping output: ByteSink,
        file: String
    ) throws(DatasetError) -> UnsafeMutablePointer<readstat_variable_t> {
        let type = column.isNumeric ? READSTAT_TYPE_DOUBLE : READSTAT_TYPE_STRING
        var width = 0
        var format = "F8.2"
        switch column.values {
        case .numeric(let numbers, _):
            if numbers.allSatisfy({ $0.isNaN || $0 == $0.rounded() }) { format = "F8.0" }
        case .text(let texts, let reasons):
            width = 1
            for text in texts { width = max(width, text?.utf8.count ?? 0) }
            for case .declared(.text(let code)) in reasons.values { width = max(width, code.utf8.count) }
            guard width <= 32_767 else {
                throw .unwritable(
                    file: file, problem: "a text of \(column.name) is longer than SPSS allows (32 767 bytes)")
            }
            format = "A\(width)"
        }
        guard let variable = readstat_add_variable(writer, column.name, type, width) else {
            throw .unwritable(file: file, problem: "there is too little memory")
        }
        readstat_variable_set_format(variable, format)
        if let label = column.label { readstat_variable_set_label(variable, shortened(label, bytes: 255)) }
        let measure =
            switch column.measure {
            case .nominal: READSTAT_MEASURE_NOMINAL
            case .ordinal: READSTAT_MEASURE_ORDINAL
            case .scale: READSTAT_MEASURE_SCALE
            case .unknown: READSTAT_MEASURE_UNKNOWN
            }
        readstat_variable_set_measure(variable, measure)
        try addLabels(of: column, position: position, to: variable, writer: writer, type: type)
        try declareMissing(of: column, for: variable, keeping: output, file: file)
        return variable
    }

    private static func addLabels(
        of column: Column, position: Int, to variable: UnsafeMutablePointer<readstat_variable_t>,
        writer: UnsafeMutablePointer<readstat_writer_t>, type: readstat_type_t
    ) throws(DatasetError) {
        let labels = column.valueLabels.filter { entry in
            switch entry.code {
            case .number: column.isNumeric
            case .text: !column.isNumeric
            case .tag: false
            }
        }
        guard !labels.isEmpty, let set = readstat_add_label_set(writer, type, "labels\(position)") else { return }
        for entry in labels {
            let label = shortened(entry.label, bytes: 120)
            switch entry.code {
            case .number(let code): readstat_label_double_value(set, code, label)
            case .text(let code): readstat_label_string_value(set, code, label)
            case .tag: break
            }
        }
        readstat_variable_set_label_set(variable, set)
    }

    private static func declareMissing(
        of column: Column, for variable: UnsafeMutablePointer<readstat_variable_t>, keeping output: ByteSink,
        file: String
    ) throws(DatasetError) {
        let declared = column.declaredMissing
        var numbers: [Double] = []
        var texts: [String] = []
        for code in declared.codes {
            if case .number(let value) = code { numbers.append(value) }
            if case .text(let value) = code { texts.append(value) }
        }
        if column.isNumeric {
            guard declared.ranges.isEmpty ? numbers.count <= 3 : declared.ranges.count == 1 && numbers.count <= 1 else {
                throw .unwritable(
                    file: file,
                    problem: "SPSS allows \(column.name) three missing codes, or one range and one code, and not more")
            }
            for range in declared.ranges {
                let bound = Double.greatestFiniteMagnitude
                readstat_variable_add_missing_double_range(
                    variable, range.lowerBound == -bound ? -.infinity : range.lowerBound,
                    range.upperBound == bound ? .infinity : range.upperBound)
            }
            for value in numbers { readstat_variable_add_missing_double_value(variable, value) }
        } else {
            guard texts.count <= 3 else {
                throw .unwritable(file: file, problem: "SPSS allows \(column.name) three missing codes and not more")
            }
            for value in texts {
                guard value.utf8.count <= 8 else {
                    throw .unwritable(
                        file: file,
                        problem: "SPSS allows missing codes of at most 8 bytes; \(column.name) has a longer one")
                }
                readstat_variable_add_missing_string_value(variable, output.keep(value))
            }
        }
    }

    private static func insert(
        _ column: Column, row: Int, as variable: UnsafeMutablePointer<readstat_variable_t>,
        into writer: UnsafeMutablePointer<readstat_writer_t>
    ) -> readstat_error_t {
        switch column.values {
        case .numeric(let numbers, let reasons):
            if !numbers[row].isNaN { return readstat_insert_double_value(writer, variable, numbers[row]) }
            if case .declared(.number(let code))? = reasons[row], column.declaredMissing.contains(code) {
                return readstat_insert_double_value(writer, variable, code)
            }
            return readstat_insert_missing_value(writer, variable)
        case .text(let texts, let reasons):
            if let text = texts[row] { return readstat_insert_string_value(writer, variable, text) }
            if case .declared(.text(let code))? = reasons[row], column.declaredMissing.contains(code) {
                return readstat_insert_string_value(writer, variable, code)
            }
            return readstat_insert_string_value(writer, variable, "")
        }
    }

    private static func check(_ status: readstat_error_t, file: String, variable: String?) throws(DatasetError) {
        guard status != READSTAT_OK else { return }
        let subject = variable.map { "variable \"\(excerpt($0))\": " } ?? ""
        let problem: String
        switch status {
        case READSTAT_ERROR_NAME_BEGINS_WITH_ILLEGAL_CHARACTER:
            problem = "an SPSS name begins with a letter or @; rename it"
        case READSTAT_ERROR_NAME_CONTAINS_ILLEGAL_CHARACTER:
            problem = "an SPSS name has letters, digits, points and underscores only; rename it"
        case READSTAT_ERROR_NAME_IS_RESERVED_WORD: problem = "SPSS reserves this name; rename it"
        case READSTAT_ERROR_NAME_IS_TOO_LONG: problem = "an SPSS name has at most 64 bytes; shorten it"
        case READSTAT_ERROR_NAME_IS_ZERO_LENGTH: problem = "it has no name"
        default:
            // The message of READSTAT_OK is NULL, but that of an error never is.
            problem = readstat_error_message(status).map { String(cString: $0) } ?? "error \(status.rawValue)"
        }
        throw .unwritable(file: file, problem: subject + problem)
    }

    /// The start of `text` that fits in so many bytes of UTF-8, whole characters only.
    private static func shortened(_ text: String, bytes limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var result = ""
        var count = 0
        for character in text {
            count += character.utf8.count
            if count > limit { break }
            result.append(character)
        }
        return result
    }

    /// `text` cut into lines that fit in so many bytes of UTF-8.
    private static func lines(_ text: String, bytes limit: Int) -> [String] {
        text.split(separator: "\n").flatMap { line -> [String] in
            var rest = Substring(line)
            var result: [String] = []
            while !rest.isEmpty {
                let piece = shortened(String(rest), bytes: limit)
                if piece.isEmpty { break }
                result.append(piece)
                rest = rest.dropFirst(piece.count)
            }
            return result
        }
    }
}

/// Collects the bytes of a file, and keeps texts to which ReadStat holds pointers until it is written.
private final class ByteSink {
    var bytes: [UInt8] = []
    private var texts: [UnsafeMutablePointer<CChar>] = []

    func keep(_ text: String) -> UnsafePointer<CChar>? {
        guard let copy = strdup(text) else { return nil }
        texts.append(copy)
        return UnsafePointer(copy)
    }

    deinit { for text in texts { free(text) } }
}
