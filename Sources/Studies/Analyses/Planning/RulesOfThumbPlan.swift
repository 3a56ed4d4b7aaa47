import Reporting
public import StudyDesign

/// Rules of thumb for a study.
public struct RulesOfThumbPlan: Sendable {
    /// What the rules ask of the study.
    public var features: RuleOfThumb.Features
    /// From needed to invited.
    public var losses = LossesPlan()

    /// Makes a plan.
    public init(features: RuleOfThumb.Features) { self.features = features }

    /// - Throws: `PowerError`.
    public func result() throws(PowerError) -> PlanningResult {
        let rules = try RuleOfThumb.rules(for: features)
        let rows = rules.map { rule in
            Table.Row([
                .text(RichText(rule.name)), .text(RichText(rule.arithmetic)), .integer(rule.sampleSize),
                .text(RichText(rule.source)), .text(RichText(rule.ignores)),
            ])
        }
        let json = rules.map { rule -> JSON in
            [
                "rule": .string(rule.name), "arithmetic": .string(rule.arithmetic), "n": .integer(rule.sampleSize),
                "source": .string(rule.source), "ignores": .string(rule.ignores),
            ]
        }
        var result = PlanningResult(
            analysis: "plan rules", title: "Sample size: rules of thumb",
            blocks: [
                .table(
                    Table(
                        title: "Rules of Thumb for the Sample Size",
                        columns: [
                            .init("Rule"), .init("Arithmetic"), .init("\(emphasis: "N")"),
                            .init("Source", alignment: .leading),
                            .init("Takes no account of", alignment: .leading),
                        ], rows: rows,
                        notes: .init(general: [
                            "Rules of thumb say nothing about power. Compare them with the power of the model's fit, of its paths, or of the test that decides."
                        ])))
            ], members: [("rules", .array(json))],
            methods: .rules)
        try losses.extend(&result, needed: rules.map { ($0.name, $0.sampleSize) })
        return result
    }
}
