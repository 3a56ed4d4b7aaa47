public import PublicationAudit
import Reporting

extension AuditFile {
    /// Writes the report of an audit in the formats that the file asks for, each file put in its place only when it is complete.
    ///
    /// - Returns: The paths of what was written; of tables their directory.
    /// - Throws: ``FileError``.
    public func write(_ audit: AuditReport, to directory: String) throws(FileError) -> [String] {
        let document = Document.audit(audit, source: source)
        var files: [(name: String, content: [UInt8])] = []
        for format in report.formats {
            switch format {
            case .html: files.append(("audit.html", Array(HTMLRenderer().render(document).utf8)))
            case .markdown: files.append(("audit.md", Array(MarkdownRenderer().render(document).text.utf8)))
            case .json: files.append(("audit.json", JSON.audit(audit).bytes() + [UInt8(ascii: "\n")]))
            case .csv:
                files += CSVRenderer(figures: .exact).render(document).map {
                    ("tables/" + $0.name, Array($0.content.utf8))
                }
            }
        }
        var written: [String] = []
        for file in files {
            let path = FilePath.resolve(file.name, in: directory)
            let parent = FilePath.directory(of: path)
            try FileAccess.makeDirectory(parent)
            try FileAccess.write(file.content, to: path)
            let shown = file.name.hasPrefix("tables/") ? parent + "/" : path
            if !written.contains(shown) { written.append(shown) }
        }
        return written
    }
}
