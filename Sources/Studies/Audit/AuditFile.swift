public import PublicationAudit
import Reporting

/// An audit file that was read together with the tables and texts that it names, and every mistake found on the way.
public struct AuditFile: Sendable {
    /// The path of the audit file.
    public let path: String
    /// What the paper states, as far as the file can be read.
    public let paper: Paper
    /// Where the tables were taken from: an address, a citation.
    public let source: String
    /// What is written, and where.
    public let report: ReportPlan
    /// The mistakes.
    public let problems: [StudyProblem]

    /// Reads an audit file, or a paper whose running text alone is to be checked: any file that does not end in `.yaml` or `.yml`.
    ///
    /// - Throws: ``FileError`` when the file itself cannot be read; every other fault is among the problems.
    public init(path: String) throws(FileError) {
        if path == "-" || [".yaml", ".yml"].contains(where: path.lowercased().hasSuffix) {
            let text = try FileAccess.text(at: path)
            self.init(text, path: path)
        } else {
            let text = try RunningText(file: path)
            self.init(path: path, paper: Paper(title: text.name, runningText: [text]))
        }
    }

    private init(path: String, paper: Paper) {
        self.path = path
        self.paper = paper
        source = ""
        report = Self.usualReport
        problems = []
    }

    /// What is written unless the file says otherwise. A file per table does not help to read checks.
    static let usualReport = ReportPlan(formats: [.html, .markdown, .json])

    /// Reads the text of an audit file; tables and texts in files of their own are looked for beside `path`.
    public init(_ text: String, path: String) {
        self.path = path
        var decoder = StudyDecoder(lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
        do {
            let root = try StudyNode.read(text)
            let content = decoder.audit(root, directory: FilePath.directory(of: path))
            (paper, source, report) = (content.paper, content.source, content.report)
            problems = StudyProblems(decoder.problems).problems
        } catch {
            (paper, source, report) = (Paper(), "", Self.usualReport)
            problems = error.problems
        }
    }

    /// The mistakes, one per line: `file:line:column: message`.
    public var problemText: String { problems.map { $0.text(file: path) }.joined(separator: "\n") }

    /// The directory of the report, as seen from where the program runs: named after the file unless the file names one.
    public var reportDirectory: String {
        let name = FilePath.name(of: path)
        let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        let directory = report.directory == ReportPlan().directory ? "\(stem)-audit" : report.directory
        return FilePath.resolve(directory, in: FilePath.directory(of: path))
    }
}
