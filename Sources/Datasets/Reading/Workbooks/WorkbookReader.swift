/// Reads a sheet of an Office Open XML workbook (ECMA-376, part 1, §18).
struct WorkbookReader {
    private let file: String
    private let options: ReadingOptions
    private let archive: ZipArchive
    /// What one part may unpack to.
    private let limit: Int

    private struct Sheet {
        var name: String
        var relation: String
        var isHidden: Bool
    }

    /// Reads the dataset that the workbook holds.
    static func read(_ bytes: [UInt8], file: String, options: ReadingOptions) throws(DatasetError) -> ImportedDataset {
        let reader = WorkbookReader(
            file: file, options: options, archive: try ZipArchive(bytes, file: file),
            limit: options.maximumBytes.multipliedReportingOverflow(by: 4).overflow ? .max : options.maximumBytes * 4)
        return try reader.dataset()
    }

    private func dataset() throws(DatasetError) -> ImportedDataset {
        guard let workbook = try relations(of: "").first(where: { $0.type.hasSuffix("/officeDocument") })?.target,
            archive.contains(workbook)
        else { throw .damagedWorkbook(file, "it is a zip archive, but not a workbook") }
        let book = try readWorkbook(workbook)
        let relations = try relations(of: workbook)
        func path(_ sheet: Sheet) -> String? {
            relations.first { $0.id == sheet.relation && $0.type.hasSuffix("/worksheet") }?.target
        }
        let sheets = book.sheets.filter { path($0) != nil }
        let chosen: Sheet?
        if let name = options.sheet {
            chosen = sheets.first { $0.name == name }
            if chosen == nil { throw .noSuchSheet(file: file, name: name, sheets: sheets.map(\.name)) }
        } else {
            chosen = sheets.first { !$0.isHidden } ?? sheets.first
        }
        guard let sheet = chosen, let part = path(sheet) else { throw .damagedWorkbook(file, "it has no sheet") }

        var strings: [String] = []
        if let target = relations.first(where: { $0.type.hasSuffix("/sharedStrings") })?.target,
            archive.contains(target)
        {
            strings = try readSharedStrings(target)
        }
        var styles: [NumberFormat?] = []
        if let target = relations.first(where: { $0.type.hasSuffix("/styles") })?.target, archive.contains(target) {
            styles = try readStyles(target)
        }
        let content = try archive.contents(of: part, limit: limit)
        var scanner = SheetScanner(
            file: file, strings: strings, styles: styles, startsIn1904: book.startsIn1904,
            missing: MissingStrings(options.missingStrings))
        try content.withUnsafeBufferPointer { bytes throws(DatasetError) in try scanner.scan(bytes) }
        var remarks: [String] = []
        if sheets.count > 1, options.sheet == nil {
            let others = sheets.map(\.name).filter { $0 != sheet.name }
            remarks.append(
                "The sheet \"\(sheet.name)\" was read; left aside: \(alternatives(others, conjunction: "and")).")
        }
        return try scanner.imported(sheet: sheet.name, remarks: remarks)
    }

    // MARK: Parts

    /// The relations of the part at `path` (of the archive itself for the empty path), with absolute targets.
    private func relations(of path: String) throws(DatasetError) -> [(id: String, type: String, target: String)] {
        let components = path.split(separator: "/").map(String.init)
        let directory = Array(components.dropLast())
        let name = (directory + ["_rels", (components.last ?? "") + ".rels"]).joined(separator: "/")
        guard archive.contains(name) else { return [] }
        let content = try archive.contents(of: name, limit: limit)
        return content.withUnsafeBufferPointer { bytes in
            var result: [(id: String, type: String, target: String)] = []
            var markup = MarkupScanner(bytes)
            while true {
                switch markup.next() {
                case .finished: return result
                case .start where markup.isNamed("Relationship"):
                    guard let id = markup.attribute("Id"), let type = markup.attribute("Type"),
                        let target = markup.attribute("Target")
                    else { continue }
                    result.append((id, type, resolved(target, from: directory)))
                default: continue
                }
            }
        }
    }

    private func resolved(_ target: String, from directory: [String]) -> String {
        var components = target.hasPrefix("/") ? [] : directory
        for component in target.split(separator: "/") {
            if component == ".." {
                if !components.isEmpty { components.removeLast() }
            } else if component != "." {
                components.append(String(component))
            }
        }
        return components.joined(separator: "/")
    }

    private func readWorkbook(_ path: String) throws(DatasetError) -> (sheets: [Sheet], startsIn1904: Bool) {
        let content = try archive.contents(of: path, limit: limit)
        return content.withUnsafeBufferPointer { bytes in
            var sheets: [Sheet] = []
            var startsIn1904 = false
            var markup = MarkupScanner(bytes)
            while true {
                switch markup.next() {
                case .finished: return (sheets, startsIn1904)
                case .start where markup.isNamed("sheet"):
                    guard let name = markup.attribute("name"), let relation = markup.attribute("id") else { continue }
                    let state = markup.attribute("state") ?? "visible"
                    sheets.append(Sheet(name: name, relation: relation, isHidden: state != "visible"))
                case .start where markup.isNamed("workbookPr"):
                    let value = markup.attribute("date1904")
                    startsIn1904 = value == "1" || value == "true"
                default: continue
                }
            }
        }
    }

    private func readSharedStrings(_ path: String) throws(DatasetError) -> [String] {
        let content = try archive.contents(of: path, limit: limit)
        return content.withUnsafeBufferPointer { bytes in
            var strings: [String] = []
            var collector = TextCollector()
            var markup = MarkupScanner(bytes)
            while true {
                let event = markup.next()
                if event == .finished { return strings }
                if event == .start, markup.isNamed("si") {
                    collector = TextCollector()
                } else if event == .end, markup.isNamed("si") {
                    strings.append(collector.text)
                } else {
                    collector.take(event, markup)
                }
            }
        }
    }

    /// For each cell style, how it shows dates, or nil if it shows none.
    private func readStyles(_ path: String) throws(DatasetError) -> [NumberFormat?] {
        let content = try archive.contents(of: path, limit: limit)
        return content.withUnsafeBufferPointer { bytes in
            var codes: [Int: String] = [:]
            var styles: [NumberFormat?] = []
            var isInCellStyles = false
            var markup = MarkupScanner(bytes)
            while true {
                switch markup.next() {
                case .finished: return styles
                case .start where markup.isNamed("numFmt"):
                    if let id = markup.attribute("numFmtId").flatMap({ Int($0) }),
                        let code = markup.attribute("formatCode")
                    {
                        codes[id] = code
                    }
                case .start where markup.isNamed("cellXfs"): isInCellStyles = true
                case .end where markup.isNamed("cellXfs"): isInCellStyles = false
                case .start where isInCellStyles && markup.isNamed("xf"):
                    let id = markup.attribute("numFmtId").flatMap { Int($0) } ?? 0
                    styles.append(NumberFormat(id: id, code: codes[id]))
                default: continue
                }
            }
        }
    }
}

/// Joins the text runs of a string of a workbook; phonetic guides are left out.
struct TextCollector {
    private(set) var text = ""
    private var isInText = false
    private var isInGuide = false

    /// Takes an event; the texts between `t` tags are joined.
    mutating func take(_ event: MarkupScanner.Event, _ markup: MarkupScanner) {
        switch event {
        case .start:
            if markup.isNamed("t") { isInText = true } else if markup.isNamed("rPh") { isInGuide = true }
        case .end:
            if markup.isNamed("t") { isInText = false } else if markup.isNamed("rPh") { isInGuide = false }
        case .text: if isInText, !isInGuide { text += unescaped(markup.text) }
        case .finished: break
        }
    }

    /// Workbooks write characters that XML cannot hold as `_x000D_` (ECMA-376, part 1, §22.9.2.19).
    private func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var i = 0
        while i < bytes.count {
            if i + 7 <= bytes.count, bytes[i] == UInt8(ascii: "_"), bytes[i + 1] == UInt8(ascii: "x"),
                bytes[i + 6] == UInt8(ascii: "_"),
                let value = UInt32(String(decoding: bytes[(i + 2)..<(i + 6)], as: UTF8.self), radix: 16),
                let scalar = UnicodeScalar(value)
            {
                result.append(contentsOf: String(Character(scalar)).utf8)
                i += 7
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// How a cell style shows dates and times.
struct NumberFormat {
    let hasDate: Bool
    let hasTime: Bool

    /// The format of the built-in number `id` or of a format code; nil if it shows neither dates nor times.
    init?(id: Int, code: String?) {
        if let code {
            var letters = ""
            var isQuoted = false
            var isEscaped = false
            var bracket: String?
            // Only the section for positive numbers counts; colours and conditions stand in brackets, and [h] is
            // elapsed time.
            for character in code.lowercased() {
                if isEscaped {
                    isEscaped = false
                } else if isQuoted {
                    if character == "\"" { isQuoted = false }
                } else if let content = bracket {
                    if character == "]" {
                        if ["h", "hh", "m", "mm", "s", "ss"].contains(content) { letters += content }
                        bracket = nil
                    } else {
                        bracket = content + String(character)
                    }
                } else if character == "\"" {
                    isQuoted = true
                } else if character == "\\" || character == "_" || character == "*" {
                    isEscaped = true
                } else if character == "[" {
                    bracket = ""
                } else if character == ";" {
                    break
                } else {
                    letters.append(character)
                }
            }
            if letters == "general" { return nil }
            hasTime = letters.contains("h") || letters.contains("s")
            hasDate = letters.contains("y") || letters.contains("d") || (letters.contains("m") && !hasTime)
        } else {
            switch id {
            case 14...17, 27...31, 34...36, 50...58: (hasDate, hasTime) = (true, false)
            case 18...21, 32, 33, 45...47: (hasDate, hasTime) = (false, true)
            case 22: (hasDate, hasTime) = (true, true)
            default: return nil
            }
        }
        if !hasDate && !hasTime { return nil }
    }

    /// The date that a serial number stands for, in ISO 8601; nil if it is out of range.
    func text(_ serial: Double, startsIn1904: Bool) -> String? {
        guard serial >= 0, serial < 2_958_466 else { return nil }
        // Rounded to the second first, so that 23:59:59.9999 does not lose its day.
        let seconds = Int((serial * 86_400).rounded())
        let (days, time) = seconds.quotientAndRemainder(dividingBy: 86_400)
        if !hasDate { return days == 0 ? isoTime(seconds: time) : nil }
        // The 1900 system counts a 29 February 1900 that never was as day 60.
        let epoch = startsIn1904 ? -24_107 : (days < 60 ? -25_568 : -25_569)
        let date = isoDate(daysFrom1970: days + epoch)
        return hasTime ? date + "T" + isoTime(seconds: time) : date
    }
}
