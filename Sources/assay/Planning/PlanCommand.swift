import ArgumentParser

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plan a study before its data exist: sample size, power, sampling.",
        subcommands: [
            PlanRulesCommand.self, PlanPopulationCommand.self, PlanTestCommand.self, PlanEstimateCommand.self,
            PlanModelFitCommand.self, PlanModelCommand.self, PlanMultilevelCommand.self, AllocateCommand.self,
            DrawCommand.self,
        ])
}
