import StructuralModels

let data = LearningStudy.data()
let model = try StructuralModel(LearningStudy.model)
let fit = try model.fit(data)
print(
    "60 items: q = \(fit.parameters.count), χ² = \(fit.test.chiSquare), df = \(fit.test.degreesOfFreedom), iterations = \(fit.convergence.iterations), expected steps \(fit.convergence.expectedSteps)"
)
print("parse", try medianMilliseconds(runs: 11) { _ = try StructuralModel(LearningStudy.model) })
print("fit only", try medianMilliseconds(runs: 11) { _ = try model.fit(data) })
print("estimates", medianMilliseconds(runs: 11) { _ = fit.estimates() })
print("fit measures", medianMilliseconds(runs: 11) { _ = fit.fitMeasures() })
print("effects", medianMilliseconds(runs: 11) { _ = fit.effects() })
print("modification indices", medianMilliseconds(runs: 11) { _ = fit.modificationIndices() })
let draws = 1000
let time = try medianMilliseconds(runs: 3) { _ = try fit.bootstrap(BootstrapOptions(draws: draws)) }
let result = try fit.bootstrap(BootstrapOptions(draws: draws))
print("bootstrap draw", time / Double(draws), result.counts)
