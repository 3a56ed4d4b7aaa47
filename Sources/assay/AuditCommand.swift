import ArgumentParser
import PublicationAudit
import Reporting
import Studies

struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check the printed tables and tests of a paper against each other.",
        discussion: """
            An audit file holds the tables of a paper as they are printed, and what its text says of them. Every figure is read as the
            values that round to it. Documentation/audit-file.md describes the file; `assay audit --kinds` lists the tables and columns.
            Of any other file (.docx, .html, .md, .txt) the running text alone is read, for the tests that it reports.
            """)

    @Argument(help: ArgumentHelp("The audit file, or the text of a paper.", valueName: "paper.yaml"))
    var paper: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Where the report goes (default: beside the audit file).", valueName: "directory"))
    var output: String?

    @Flag(help: "List the kinds of table, their columns and options, and the rules.")
    var kinds = false

    @OptionGroup var options: OutputOptions

    func validate() throws {
        guard kinds != (paper != nil) else {
            throw ValidationError(kinds ? "--kinds takes no file" : "name the audit file, or ask for --kinds")
        }
    }

    func run() throws {
        guard let paper else {
            options.console.print(PlainTextRenderer().render(.auditKinds))
            return
        }
        let console = options.console
        let file = try analysing {
            let file = try AuditFile(path: paper)
            guard file.problems.isEmpty else { throw file.failure }
            return file
        }
        let report = file.paper.audit()
        let directory = output ?? file.reportDirectory
        let written = try analysing { try file.write(report, to: directory) }
        if options.json == "-" {
            console.print(JSON.audit(report).text() + "\n")
            return
        }
        if let path = options.json {
            try analysing { try FileAccess.write(JSON.audit(report).bytes() + [UInt8(ascii: "\n")], to: path) }
        }
        if !options.quiet {
            console.print(PlainTextRenderer().render(.auditSummary(report)))
            for path in written { console.print("wrote \(path)\n") }
        }
    }
}
