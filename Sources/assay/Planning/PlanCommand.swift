import ArgumentParser

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plan a study before its data exist: sample size, power, sampling.",
        subcommands: [AllocateCommand.self, DrawCommand.self, ResponseCommand.self])
}
