import ArgumentParser
import Reporting
import Studies

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Carry out a study file and write its report.")

    @Argument(help: ArgumentHelp("The study file.", valueName: "study.yaml"))
    var study: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("Where the report goes (default: the study file's directory).", valueName: "directory"))
    var output: String?

    @OptionGroup var options: OutputOptions

    func run() throws {
        let console = options.console
        let report: StudyReport
        let directory: String
        var written: [String] = []
        (report, directory) = try analysing {
            console.progress("reading \(study)")
            var file = try StudyFile(path: study)
            if let seed = options.seed { file.study.seed = seed }
            guard file.problems.isEmpty, let data = file.data else {
                console.progress("")
                throw file.failure
            }
            let report = try file.study.run(
                data.imported, hash: data.hash, threads: options.threads, progress: { console.progress($0) })
            return (report, output ?? file.reportDirectory)
        }
        console.progress("writing the report")
        written = try analysing { try report.write(to: directory) }
        console.progress("")
        for entry in report.diagnostics { console.warn(entry.warnings.map { "\(entry.subject): \($0)" }) }
        if options.json == "-" {
            console.print(report.json.text() + "\n")
        } else {
            if let path = options.json {
                try analysing { try FileAccess.write(report.json.bytes() + [UInt8(ascii: "\n")], to: path) }
            }
            if !options.quiet { for path in written { console.print("wrote \(path)\n") } }
        }
        if let failure = report.failures.first {
            let others = report.failures.count - 1
            throw CommandFailure.analysis(
                "\(failure.analysis) could not be carried out: \(failure.reason)"
                    + (others > 0 ? "; \(others) more under Diagnostics in the report" : ""))
        }
    }
}

extension StudyFile {
    /// The mistakes as the end of a command.
    var failure: CommandFailure { .mistakes(problemText, count: problems.count, path: path) }
}

extension AuditFile {
    /// The mistakes as the end of a command.
    var failure: CommandFailure { .mistakes(problemText, count: problems.count, path: path) }
}

extension CommandFailure {
    /// The mistakes in a file that was written by hand.
    static func mistakes(_ text: String, count: Int, path: String) -> CommandFailure {
        .reported(
            details: text,
            summary:
                "\(path) has \(count) mistake\(count == 1 ? "" : "s"); mend \(count == 1 ? "it" : "them") and run again"
        )
    }
}
