import ArgumentParser
import Datasets
import Studies

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Draft a study file from a data file.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The study file to write, or - for standard output.", valueName: "file"))
    var output = "study.yaml"

    @Flag(help: "Write over a file that is there.")
    var force = false

    @Flag(help: "No warnings.")
    var quiet = false

    func run() throws {
        let console = Console(isQuiet: quiet)
        if output != "-", !force, FileAccess.exists(output) {
            throw CommandFailure.analysis("\(output) is there already; choose another --output, or give --force")
        }
        try analysing {
            let imported = try Dataset.read(path: data)
            console.warn(imported.report.warnings)
            let text = StudyDraft(imported.dataset, dataPath: StudyDraft.path(of: data, from: output)).text
            if output == "-" {
                console.print(text)
            } else {
                try FileAccess.write(Array(text.utf8), to: output)
                if !quiet { console.print("wrote \(output); check it, then: assay run \(output)\n") }
            }
        }
    }
}
