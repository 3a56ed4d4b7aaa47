import ArgumentParser
import Datasets
import Reporting
import Studies

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find every mistake of a study file without running it.")

    @Argument(help: ArgumentHelp("The study file.", valueName: "study.yaml"))
    var study: String

    @OptionGroup var options: OutputOptions

    func run() throws {
        let console = options.console
        let file = try analysing { try StudyFile(path: study) }
        if let path = options.json {
            let problems = file.problems.map { problem -> JSON in
                [
                    "line": .integer(problem.place.line), "column": .integer(problem.place.column),
                    "message": .string(problem.message),
                ]
            }
            let document = JSON.contract(analysis: "check", warnings: [], [("problems", .array(problems))])
            if path == "-" {
                console.print(document.text() + "\n")
            } else {
                try analysing { try FileAccess.write(document.bytes() + [UInt8(ascii: "\n")], to: path) }
            }
        }
        guard file.problems.isEmpty else { throw file.failure }
        if options.json != "-", !options.quiet {
            let study = file.study
            func counted(_ count: Int, _ one: String, _ many: String) -> String {
                "\(count) \(count == 1 ? one : many)"
            }
            let parts = [
                counted(study.analyses.count, "analysis", "analyses"),
                counted(study.hypotheses.count, "hypothesis", "hypotheses"),
                counted(file.data?.imported.report.rowCount ?? 0, "case", "cases"),
            ]
            console.print("\(self.study): no mistakes found (\(parts.joined(separator: ", ")))\n")
        }
    }
}
