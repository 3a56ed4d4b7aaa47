import Reporting
public import StudyDesign

/// The sample that would have found an effect as large as another study estimated it.
public struct EstimatePlan: Sendable {
    /// The estimate.
    public var estimate: Double
    /// Its standard error.
    public var standardError: Double
    /// The cases behind it.
    public var sampleSize: Int
    /// The power wanted.
    public var power = 0.8
    /// The level of significance.
    public var alpha = 0.05
    /// The sides of the test.
    public var sides = 2
    /// From needed to invited.
    public var losses = LossesPlan()

    /// Makes a plan.
    public init(estimate: Double, standardError: Double, sampleSize: Int) {
        (self.estimate, self.standardError, self.sampleSize) = (estimate, standardError, sampleSize)
    }

    /// - Throws: `PowerError`.
    public func result() throws(PowerError) -> PlanningResult {
        let analysis = try EstimatePower(
            estimate: estimate, standardError: standardError, sampleSize: Double(sampleSize), alpha: alpha, sides: sides
        )
        let needed = try analysis.sampleSize(power: power)
        let end = 1.25 * Double(max(needed, sampleSize))
        let points = (1...40).map { end * Double($0) / 40 }
        var result = PlanningResult(
            analysis: "plan estimate", title: "Power to find an effect as large as estimated",
            blocks: [
                .table(
                    Table(
                        title: "Power to Find an Effect as Large as Estimated",
                        columns: [
                            .init("Estimate"), .init("\(emphasis: "SE")"), .init("\(emphasis: "z")"),
                            .init("\(emphasis: "n")"), .init("Power"),
                            .init("\(emphasis: "n") for \(NumberFormat.bounded(2).string(power))"),
                        ],
                        rows: [
                            .init([
                                .number(estimate, .fixed(3)), .number(standardError, .fixed(3)),
                                .number(analysis.z, .fixed(2)), .integer(sampleSize),
                                .number(analysis.power, .bounded(3)), .integer(needed),
                            ])
                        ],
                        notes: .init(general: [
                            "Normal test, \(sides == 2 ? "two" : "one")-sided, α = \(NumberFormat.bounded(3).string(alpha)); the standard error falls with the root of the cases. Cases are those of the level that counts: persons, not days, for what differs between persons.",
                            "Of a study that is done this says no more than its p does (Hoenig & Heisey, 2001), and estimates that were published because they were significant are too large: plan with the smallest effect worth finding.",
                        ]))),
                .figure(
                    .powerCurves(
                        [.init("", x: points, y: points.map { analysis.power(sampleSize: $0) })],
                        title: "Power by Number of Cases", horizontalTitle: "Cases", target: power,
                        marks: [Double(sampleSize)])),
            ],
            members: [
                ("estimate", .number(estimate)), ("se", .number(standardError)), ("z", .number(analysis.z)),
                ("n", .integer(sampleSize)), ("power", .number(analysis.power)), ("power.wanted", .number(power)),
                ("n.needed", .integer(needed)), ("alpha", .number(alpha)), ("sides", .integer(sides)),
            ], methods: .estimate)
        try losses.extend(&result, needed: [("power \(NumberFormat.bounded(2).string(power))", needed)])
        return result
    }
}
