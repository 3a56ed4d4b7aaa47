import CReadStat

/// Collects what ReadStat delivers. C callbacks take no captures, so the sink travels as their context; and Swift
/// errors cannot cross C, so an error is kept here and the parse stopped.
final class VariableSink {
    private let file: String
    private let textLimit: Int
    private(set) var error: DatasetError?
    private(set) var rowCount = 0
    private var variables: [Variable] = []
    private var labelSets: [String: [ValueLabel]] = [:]
    private var cells = 0
    private var textBytes = 0
    private var encoding: String?
    private var label: String?
    private var version = 0
    private var notes: [String] = []
    private var weightName: String?

    private struct Variable {
        var name: String
        var label: String?
        var format: String
        var measure: Measure
        var labelSet: String?
        var declaredMissing: DeclaredMissing
        var isText: Bool
        var numbers: [Double] = []
        var texts: [String?] = []
        var reasons: [Int: MissingReason] = [:]
    }

    init(file: String, textLimit: Int) {
        self.file = file
        self.textLimit = textLimit
    }

    func attach(to parser: UnsafeMutablePointer<readstat_parser_t>) {
        readstat_set_metadata_handler(parser) { metadata, context in
            VariableSink.status(context) { $0.take(metadata: metadata) }
        }
        readstat_set_note_handler(parser) { _, note, context in
            VariableSink.status(context) { sink in
                if let note, sink.notes.count < 10_000 { sink.notes.append(String(cString: note)) }
                return true
            }
        }
        readstat_set_fweight_handler(parser) { variable, context in
            VariableSink.status(context) { sink in
                sink.weightName = variable.flatMap { text(readstat_variable_get_name($0)) }
                return true
            }
        }
        readstat_set_variable_handler(parser) { index, variable, labelSet, context in
            VariableSink.status(context) { sink in
                guard let variable else { return false }
                return sink.take(variable: variable, index: Int(index), labelSet: text(labelSet))
            }
        }
        readstat_set_value_label_handler(parser) { set, value, label, context in
            VariableSink.status(context) { sink in
                guard let set = text(set), let label = text(label) else { return true }
                sink.labelSets[set, default: []].append(ValueLabel(code: code(value), label: label))
                return true
            }
        }
        readstat_set_value_handler(parser) { row, variable, value, context in
            VariableSink.status(context) { sink in
                sink.take(value: value, row: Int(row), index: Int(readstat_variable_get_index(variable)))
            }
        }
        // Without a handler, ReadStat prints its messages.
        readstat_set_error_handler(parser) { _, _ in }
    }

    private static func status(_ context: UnsafeMutableRawPointer?, _ body: (VariableSink) -> Bool) -> Int32 {
        guard let context, body(Unmanaged<VariableSink>.fromOpaque(context).takeUnretainedValue()) else {
            return Int32(READSTAT_HANDLER_ABORT)
        }
        return Int32(READSTAT_HANDLER_OK)
    }

    private func stop(_ error: DatasetError) -> Bool {
        self.error = self.error ?? error
        return false
    }

    private func take(metadata: UnsafeMutablePointer<readstat_metadata_t>?) -> Bool {
        let columns = Int(readstat_get_var_count(metadata))
        let rows = Int(readstat_get_row_count(metadata))
        encoding = text(readstat_get_file_encoding(metadata))
        label = text(readstat_get_file_label(metadata))
        version = Int(readstat_get_file_format_version(metadata))
        if columns > FieldHeader.maximumColumns { return stop(.tooManyColumns(file, line: nil)) }
        if rows > 0, columns > 0, rows > NumericPass.maximumCells / columns {
            return stop(.tooManyCells(file: file, limit: NumericPass.maximumCells))
        }
        return true
    }

    private func take(variable: UnsafeMutablePointer<readstat_variable_t>, index: Int, labelSet: String?) -> Bool {
        guard index == variables.count, index < FieldHeader.maximumColumns else {
            return stop(.tooManyColumns(file, line: nil))
        }
        var declared = DeclaredMissing()
        for i in 0..<max(0, readstat_variable_get_missing_ranges_count(variable)) {
            let low = readstat_variable_get_missing_range_lo(variable, i)
            let high = readstat_variable_get_missing_range_hi(variable, i)
            switch (code(low), code(high)) {
            case (.number(let low), .number(let high)) where low == high:
                declared.codes.append(.number(low))
            case (.number(let low), .number(let high)) where low < high:
                // SPSS writes LOWEST and HIGHEST for open ends.
                let bound = Double.greatestFiniteMagnitude
                declared.ranges.append(max(low, -bound)...min(high, bound))
            case (.text(let low), .text(let high)) where low == high:
                declared.codes.append(.text(low))
            default: break
            }
        }
        let measure: Measure =
            switch readstat_variable_get_measure(variable) {
            case READSTAT_MEASURE_NOMINAL: .nominal
            case READSTAT_MEASURE_ORDINAL: .ordinal
            case READSTAT_MEASURE_SCALE: .scale
            default: .unknown
            }
        variables.append(
            Variable(
                name: text(readstat_variable_get_name(variable)) ?? "V\(index + 1)",
                label: text(readstat_variable_get_label(variable)),
                format: text(readstat_variable_get_format(variable)) ?? "", measure: measure, labelSet: labelSet,
                declaredMissing: declared,
                isText: readstat_variable_get_type_class(variable) == READSTAT_TYPE_CLASS_STRING))
        return true
    }

    private func take(value: readstat_value_t, row: Int, index: Int) -> Bool {
        guard variables.indices.contains(index), row >= 0 else { return false }
        cells += 1
        guard cells <= NumericPass.maximumCells else {
            return stop(.tooManyCells(file: file, limit: NumericPass.maximumCells))
        }
        rowCount = max(rowCount, row + 1)
        if variables[index].isText {
            guard variables[index].texts.count == row else { return false }
            guard readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING,
                let content = readstat_string_value(value), content.pointee != 0
            else {
                variables[index].texts.append(nil)
                return true
            }
            let string = String(cString: content)
            textBytes += string.utf8.count
            guard textBytes <= 4 * max(textLimit, 1 << 20) else {
                return stop(.tooLarge(file: file, bytes: textBytes, limit: 4 * textLimit))
            }
            variables[index].texts.append(string)
        } else {
            guard variables[index].numbers.count == row else { return false }
            if readstat_value_is_tagged_missing(value) != 0 {
                variables[index].reasons[row] = .declared(code(value))
                variables[index].numbers.append(.nan)
            } else if readstat_value_is_system_missing(value) != 0 {
                variables[index].numbers.append(.nan)
            } else {
                variables[index].numbers.append(readstat_double_value(value))
            }
        }
        return true
    }

    /// The dataset collected, once the parse is done.
    func imported(
        format: FileFormat, encoding told: String?, remarks: [String]
    ) throws(DatasetError) -> ImportedDataset {
        var remarks = remarks
        guard rowCount > 0 else {
            throw .malformed(
                file: file, place: FilePlace(), fault: .noDataRows, problem: "the file has no data rows",
                remedy: "export it again with the data")
        }
        var columns: [Column] = []
        for variable in variables {
            let valueLabels = variable.labelSet.flatMap { labelSets[$0] } ?? []
            if variable.isText {
                guard variable.texts.count == rowCount else { throw incomplete(variable.name) }
                let column = Column(
                    name: variable.name, texts: variable.texts, reasons: variable.reasons, label: variable.label,
                    measure: variable.measure, valueLabels: valueLabels, declaredMissing: variable.declaredMissing)
                if column.missingCount < rowCount,
                    column.texts.allSatisfy({ $0.map { decimalNumber($0) != nil } ?? true })
                {
                    remarks.append(
                        "\(variable.name) is a text variable in the file although all its values are numbers.")
                }
                columns.append(column)
                continue
            }
            guard variable.numbers.count == rowCount else { throw incomplete(variable.name) }
            let column = Column(
                name: variable.name, numbers: variable.numbers, reasons: variable.reasons, label: variable.label,
                measure: variable.measure, valueLabels: valueLabels, declaredMissing: variable.declaredMissing)
            guard let kind = DateFormat(variable.format, of: format) else {
                columns.append(column)
                continue
            }
            if let dates = kind.texts(column.numbers) {
                columns.append(
                    Column(
                        name: variable.name, texts: dates, reasons: column.reasons, label: variable.label,
                        measure: variable.measure, valueLabels: valueLabels, declaredMissing: variable.declaredMissing))
                remarks.append("\(variable.name) holds dates and became text (\(kind.pattern)).")
            } else {
                columns.append(column)
                remarks.append("\(variable.name) holds times or periods and stays in the numbers of the file.")
            }
        }
        let unicode = format == .dta && version >= 118
        let used = told ?? encoding ?? (unicode ? "UTF-8" : "windows-1252")
        let hasForeignText = columns.contains { $0.label?.utf8.contains { $0 > 127 } ?? false }
        if told == nil, format == .dta, !unicode, hasForeignText {
            remarks.append(
                "Stata stored text without stating its encoding before version 14; it was read as windows-1252. "
                    + "If labels look wrong, name the encoding, for example GB18030.")
        }
        let dataset = try Dataset(columns: columns, source: file, label: label, notes: notes, weightName: weightName)
        if let weightName {
            remarks.append("The file weights its cases by \(weightName); analyses do not unless asked to.")
        }
        let report = ImportReport(
            file: file, format: format, encoding: used, rowCount: rowCount, columnCount: columns.count, remarks: remarks
        )
        return ImportedDataset(dataset: dataset, report: report)
    }

    private func incomplete(_ name: String) -> DatasetError {
        .malformed(
            file: file, place: FilePlace(columnName: name), fault: .damaged, problem: "the column is incomplete",
            remedy: "copy or export the file again")
    }
}

/// A C string as text, or nil if there is none or it is empty.
private func text(_ string: UnsafePointer<CChar>?) -> String? {
    guard let string, string.pointee != 0 else { return nil }
    return String(cString: string)
}

/// The code that a value of ReadStat stands for.
private func code(_ value: readstat_value_t) -> Code {
    if readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING {
        var string = readstat_string_value(value).map { String(cString: $0) } ?? ""
        while string.hasSuffix(" ") { string.removeLast() }
        return .text(string)
    }
    if readstat_value_is_tagged_missing(value) != 0 {
        let byte = UInt8(bitPattern: readstat_value_tag(value))
        return .tag(String(UnicodeScalar(byte)))
    }
    return .number(readstat_double_value(value))
}
