import ArgumentParser
import Reporting

/// The program. Arguments in, documents out; nothing is computed here.
@main
struct Assay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay", abstract: "Statistics for questionnaire studies, from the data file to the report.",
        discussion: """
            Start with `assay init DATA`, which drafts a study file, and `assay run STUDY`, which writes the report.
            Every command exits with 0 when done, 1 when the analysis could not be carried out, 2 on wrong usage.
            """,
        version: AssayVersion.current,
        subcommands: [
            RunCommand.self, CheckCommand.self, InitCommand.self, DescribeCommand.self, ReliabilityCommand.self,
            ValidityCommand.self, MethodBiasCommand.self,
            FactorAnalysisCommand.self, StructuralModelCommand.self, MixedModelCommand.self, MultilevelCommand.self,
            AgreementCommand.self, AttritionCommand.self, ConfigurationalCommand.self, ScheduleCommand.self,
            MatchCommand.self, ReshapeCommand.self,
            SimulateCommand.self, PlanCommand.self, ScreenCommand.self, AuditCommand.self,
        ])

    static func main() {
        let console = Console()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as CommandFailure {
            console.fail(failure)
        } catch {
            if exitCode(for: error) == .success {
                console.print(fullMessage(for: error) + "\n")
                return
            }
            // The first line of the parser's message says what is wrong, the others how to use the command.
            let lines = fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false)
            if lines.count > 1 { console.printError(lines.dropFirst().joined(separator: "\n") + "\n") }
            console.fail(.usage(message(for: error)))
        }
    }
}
