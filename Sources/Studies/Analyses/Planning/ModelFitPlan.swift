import Reporting
public import StudyDesign

/// The power of the tests of a structural model's fit.
public struct ModelFitPlan: Sendable {
    /// The degrees of freedom of the model.
    public var degreesOfFreedom: Int
    /// Sample sizes whose power is asked for.
    public var sampleSizes: [Int] = []
    /// The power wanted.
    public var power = 0.8
    /// The level of significance.
    public var alpha = 0.05
    /// RMSEA under the null hypothesis and under the alternative, in place of the usual ones.
    public var hypotheses: (null: Double, alternative: Double)?
    /// From needed to invited.
    public var losses = LossesPlan()

    /// Makes a plan.
    public init(degreesOfFreedom: Int) { self.degreesOfFreedom = degreesOfFreedom }

    /// - Throws: `PowerError`.
    public func result() throws(PowerError) -> PlanningResult {
        var tests: [(name: String, power: ModelFitPower)] = []
        if let hypotheses {
            tests = [
                (
                    "Own",
                    try ModelFitPower(
                        nullRMSEA: hypotheses.null, alternativeRMSEA: hypotheses.alternative,
                        degreesOfFreedom: degreesOfFreedom, alpha: alpha)
                )
            ]
        } else {
            for test in ModelFitPower.Usual.allCases {
                tests.append((test.title, try ModelFitPower(test, degreesOfFreedom: degreesOfFreedom, alpha: alpha)))
            }
        }
        for n in sampleSizes where n < 2 {
            throw .outOfRange("the sample", Double(n), "it must be at least 2")
        }
        var rows: [Table.Row] = [], json: [JSON] = [], needed: [(name: String, cases: Int)] = []
        for (name, test) in tests {
            let n = try test.minimumSampleSize(power: power)
            needed.append((name, n))
            rows.append(
                .init(
                    [
                        .text(RichText(name)), .number(test.nullRMSEA, .bounded(2)),
                        .number(test.alternativeRMSEA, .bounded(2)), .integer(n),
                    ] + sampleSizes.map { .number(test.power(sampleSize: $0), .bounded(3)) }))
            json.append([
                "test": .string(name), "rmsea.null": .number(test.nullRMSEA),
                "rmsea.alternative": .number(test.alternativeRMSEA), "n": .integer(n),
                "power": .array(
                    sampleSizes.map { ["n": .integer($0), "power": .number(test.power(sampleSize: $0))] }),
            ])
        }
        let end = max(1.3 * Double(needed.map(\.cases).max() ?? 100), 1.1 * Double(sampleSizes.max() ?? 0))
        let points = (1...40).map { max(2, Int(end) * $0 / 40) }
        let word = NumberFormat.bounded(2).string(power)
        var result = PlanningResult(
            analysis: "plan rmsea", title: "Power of the tests of model fit",
            blocks: [
                .table(
                    Table(
                        title: "Power of the Tests of Model Fit by RMSEA",
                        spanners: sampleSizes.isEmpty
                            ? [] : [[.init("Power with \(emphasis: "N") =", columns: 4..<(4 + sampleSizes.count))]],
                        columns: [
                            .init("Test"), .init("H\(sub: "0")"), .init("True"), .init("\(emphasis: "N") for \(word)"),
                        ] + sampleSizes.map { .init(RichText(String($0))) },
                        rows: rows,
                        notes: .init(general: [
                            "\(degreesOfFreedom) degrees of freedom, α = \(NumberFormat.bounded(3).string(alpha)), λ = (\(emphasis: "N") − 1)·df·RMSEA² (MacCallum, Browne & Sugawara, 1996). Close fit: to reject a model whose misfit is not small; not-close fit: to show that the misfit of a good model is small; exact fit: to reject a model that is nearly right.",
                            "This is the power of the test of the whole model, not that of its paths.",
                        ]))),
                .figure(
                    .powerCurves(
                        tests.map { name, test in
                            .init(name, x: points.map(Double.init), y: points.map { test.power(sampleSize: $0) })
                        }, title: "Power of the Tests of Model Fit", horizontalTitle: "Sample size", target: power,
                        marks: sampleSizes.map(Double.init))),
            ],
            members: [
                ("df", .integer(degreesOfFreedom)), ("alpha", .number(alpha)), ("power", .number(power)),
                ("tests", .array(json)),
            ], methods: .modelFit)
        try losses.extend(&result, needed: needed)
        return result
    }
}
