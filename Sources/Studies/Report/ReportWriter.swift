import Reporting

extension StudyReport {
    /// The files of the report: names relative to its directory, and contents.
    public var files: [(name: String, content: [UInt8])] {
        let document = checkedDocument
        var files: [(name: String, content: [UInt8])] = []
        for format in study.report.formats {
            switch format {
            case .html: files.append(("report.html", Array(HTMLRenderer().render(document).utf8)))
            case .markdown:
                let output = MarkdownRenderer().render(document)
                files.append(("report.md", Array(output.text.utf8)))
                files += output.attachments.map { ($0.name, Array($0.content.utf8)) }
            case .json: files.append(("report.json", json.bytes() + [UInt8(ascii: "\n")]))
            case .csv:
                files += CSVRenderer(figures: .exact).render(document).map {
                    ("tables/" + $0.name, Array($0.content.utf8))
                }
            }
        }
        return files
    }

    /// Writes the files of the report, each put in its place only when it is complete. Numbered tables and figures of an
    /// earlier report in the same directory that this one does not have are removed, so that none is taken for its own.
    ///
    /// - Parameter directory: The directory, made when it is not there.
    /// - Returns: The paths of what was written; of tables their directory, of figures a pattern.
    /// - Throws: ``FileError``.
    @discardableResult
    public func write(to directory: String) throws(FileError) -> [String] {
        var written: [String] = [], made: Set<String> = []
        let files = self.files
        for file in files {
            let path = FilePath.resolve(file.name, in: directory)
            let parent = FilePath.directory(of: path)
            if made.insert(parent).inserted { try FileAccess.makeDirectory(parent) }
            try FileAccess.write(file.content, to: path)
            let isReport = file.name.hasPrefix("report.")
            let shown = isReport ? path : file.name.hasPrefix("tables/") ? parent + "/" : parent + "/figure-*.svg"
            if !written.contains(shown) { written.append(shown) }
        }
        let current = Set(files.map(\.name))
        for name in FileAccess.names(in: directory) where Self.isNumbered(name, "figure-", ".svg") {
            if !current.contains(name) { FileAccess.remove(FilePath.resolve(name, in: directory)) }
        }
        let tables = FilePath.resolve("tables", in: directory)
        for name in FileAccess.names(in: tables) where Self.isNumbered(name, "table-", ".csv") {
            if !current.contains("tables/" + name) { FileAccess.remove(FilePath.resolve(name, in: tables)) }
        }
        return written
    }

    /// Whether a file has a name that the report gives to its numbered parts: `table-3-reliability.csv`.
    private static func isNumbered(_ name: String, _ prefix: String, _ suffix: String) -> Bool {
        guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return false }
        let rest = name.dropFirst(prefix.count)
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        return !digits.isEmpty && rest.dropFirst(digits.count).hasPrefix("-")
    }
}
