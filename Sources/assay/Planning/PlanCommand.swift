import ArgumentParser

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Plan a study before its data exist: sample size, power, sampling.",
        discussion: """
            A `plan:` section of a study file, which needs no data, makes a report of the same figures with power curves.
            """,
        subcommands: [
            RulesOfThumbCommand.self, PopulationCommand.self, TestPowerCommand.self, EstimatePowerCommand.self,
            ModelFitPowerCommand.self, ModelPowerCommand.self, MultilevelPowerCommand.self, AllocateCommand.self,
            DrawCommand.self, ResponseCommand.self,
        ])
}
