import Datasets
public import PublicationAudit

extension RunningText {
    /// The most bytes of a paper that are read.
    private static let maximumBytes = 64 << 20

    /// Reads the text of a paper from a file.
    ///
    /// - Throws: ``FileError``, with what to do, as ``init(contentsOf:bytes:)``.
    public init(file path: String) throws(FileError) {
        try self.init(contentsOf: path, bytes: try FileAccess.bytes(at: path, limit: Self.maximumBytes))
    }

    /// Takes the text from the bytes of a file: Word (.docx), HTML, Markdown or plain text, told apart by their first bytes and, for text,
    /// by the ending of the name.
    ///
    /// The lines of a Word document are its paragraphs; those of other files are the lines of the file.
    ///
    /// - Throws: ``FileError/unreadable(_:_:)`` for PDF, older Word files and others that hold no text, with how to get the text.
    public init(contentsOf path: String, bytes: [UInt8]) throws(FileError) {
        let name = FilePath.name(of: path)
        if bytes.starts(with: "%PDF".utf8) {
            throw .unreadable(
                path,
                "it is a PDF, which holds places of signs rather than text; save it as text, such as with "
                    + "`pdftotext -layout \(name) paper.txt`, and name that file")
        }
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw .unreadable(path, "it is an older Word document; save it as .docx or as plain text")
        }
        if bytes.starts(with: "{\\rtf".utf8) {
            throw .unreadable(path, "it is a rich text file; save it as .docx or as plain text")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self.init(name: name, text: try Self.document(bytes, path))
            return
        }
        do throws(DatasetError) {
            let decoded = try DecodedText(bytes, encoding: nil, file: path)
            guard !decoded.bytes.contains(0) else {
                throw .unreadable(file: path, problem: "it holds no text; save the paper as plain text, HTML or .docx")
            }
            let text = String(decoding: decoded.bytes, as: UTF8.self)
            let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
            let opening = text.prefix(400).lowercased()
            if ["html", "htm", "xhtml"].contains(ending) || opening.contains("<!doctype html")
                || opening.contains("<html")
            {
                self.init(name: name, text: HyperText.text(text))
            } else {
                self.init(name: name, text: ["md", "markdown"].contains(ending) ? HyperText.decoded(text) : text)
            }
        } catch {
            throw Self.fault(error, path)
        }
    }

    private static func fault(_ error: DatasetError, _ path: String) -> FileError {
        if case .unreadable(_, let problem) = error { return .unreadable(path, problem) }
        return .unreadable(path, "\(error)")
    }

    /// The paragraphs of a Word document, and its footnotes and endnotes, as Office Open XML holds them (ECMA-376, part 1, 17.3).
    private static func document(_ bytes: [UInt8], _ path: String) throws(FileError) -> String {
        do throws(DatasetError) {
            let archive = try ZipArchive(bytes, file: path)
            guard archive.contains("word/document.xml") else {
                throw .unreadable(
                    file: path,
                    problem: "it is an archive without a Word document; save the paper as .docx or as plain text")
            }
            var text = ""
            for part in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"] where archive.contains(part) {
                text += paragraphs(try archive.contents(of: part, limit: maximumBytes))
            }
            return text
        } catch {
            throw fault(error, path)
        }
    }

    /// The texts of the runs and equations; what was deleted under revision is left out.
    private static func paragraphs(_ markup: [UInt8]) -> String {
        markup.withUnsafeBufferPointer { buffer in
            var scanner = MarkupScanner(buffer)
            var text = "", isText = false
            while true {
                switch scanner.next() {
                case .finished: return text
                case .start:
                    isText = scanner.isNamed("t")
                    if scanner.isNamed("tab") { text += "\t" }
                    if scanner.isNamed("br") || scanner.isNamed("cr") { text += " " }
                    if scanner.isNamed("noBreakHyphen") { text += "-" }
                case .end:
                    isText = false
                    if scanner.isNamed("p") { text += "\n" }
                    if scanner.isNamed("tc") { text += "\t" }
                case .text: if isText { text += scanner.text }
                }
            }
        }
    }
}
