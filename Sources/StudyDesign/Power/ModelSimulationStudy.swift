import LinearAlgebra
import Probability
import StructuralModels

/// A Monte Carlo study of a structural model (Muthén & Muthén 2002): samples are drawn from the population, the model is fitted
/// to each by maximum likelihood, and power, bias and coverage are counted.
///
/// Samples are drawn as covariance matrices and means, which for normal data without missing values is the same.
public struct ModelSimulationStudy: Sendable, Hashable {
    /// An indirect effect, the product of paths along a chain, under three tests.
    public struct IndirectEffect: Sendable, Hashable {
        /// The variables from cause to effect.
        public let chain: [String]
        /// Estimates, with Sobel's (1982) standard error; power and coverage are those of its z test and interval.
        public let sobel: SimulatedEstimate
        /// The share of replicates in which every path of the chain is significant (joint significance, MacKinnon et al. 2002).
        public let jointPower: SimulatedShare
        /// The share of replicates whose Monte Carlo interval (MacKinnon, Lockwood & Williams 2004) excludes zero.
        public let intervalPower: SimulatedShare
        /// The share of Monte Carlo intervals that hold the true value.
        public let intervalCoverage: SimulatedShare

        /// The chain with arrows.
        public var text: String { chain.joined(separator: " → ") }
    }

    /// The number of cases of each sample.
    public let sampleSize: Int
    /// The samples drawn.
    public let replicates: Int
    /// Samples to which the model could not be fitted; they are left out.
    public let failed: Int
    /// Samples with a negative variance among the estimates; they count.
    public let inadmissible: Int
    /// Every parameter that is estimated, then what the model defines (`:=`).
    public let parameters: [SimulatedEstimate]
    /// How many of ``parameters`` are estimated; the others are defined.
    public let freeCount: Int
    /// The indirect effects.
    public let indirectEffects: [IndirectEffect]
    /// The share of samples in which the χ² test rejects the model: α where the model is true and the sample large.
    public let modelRejection: SimulatedShare?
    /// The level of significance; intervals have the level 1 − α.
    public let alpha: Double

    /// Draws and fits.
    ///
    /// - Parameters:
    ///   - population: population and model.
    ///   - sampleSize: the number of cases.
    ///   - chains: the chains of indirect effects, each from cause to outcome; nil for all of the model.
    ///   - alpha: the level of significance.
    ///   - options: replicates, seed, threads.
    /// - Throws: ``PowerError`` for impossible figures, chains without a path, and a model that no sample could be fitted to.
    public init(
        _ population: ModelPopulation, sampleSize: Int, chains: [[String]]? = nil, alpha: Double = 0.05,
        options: SimulationOptions = SimulationOptions()
    ) throws(PowerError) {
        try options.verify()
        try PowerError.verify(probability: alpha, "alpha", example: 0.05)
        let variables = population.model.observedVariables.count
        guard sampleSize > variables, sampleSize <= 10_000_000 else {
            throw .outOfRange(
                "the sample", Double(sampleSize),
                "a model of \(variables) observed variables needs more cases than variables (and at most ten million)")
        }
        guard let sampling = try? WishartSampling(covariance: population.covariance, means: population.means) else {
            throw .request("the population's covariance matrix is not positive definite; lower a loading or path")
        }
        let found = chains ?? population.fit.effects().filter { $0.kind == .specificIndirect }.map(\.chain)
        var paths: [[Int]] = []
        for chain in found {
            guard chain.count > 2 else {
                throw .request("an indirect effect runs through at least three variables, as in A -> B -> C")
            }
            paths.append(
                try zip(chain, chain.dropFirst()).map { cause, outcome throws(PowerError) in
                    try population.parameter(named: "\(outcome)~\(cause)")
                })
        }
        let replicate = ModelReplicate(
            population: population, sampling: sampling, sampleSize: sampleSize, paths: paths, alpha: alpha)
        let seed = options.seed
        let all = options.run { replicate.run(seed: seed, number: $0) }
        let used = all.compactMap { $0 }
        guard !used.isEmpty else {
            throw .unattainable(
                "the model could not be fitted to any of \(options.replicates) samples of \(sampleSize) cases; take more "
                    + "cases or fewer parameters")
        }
        self.sampleSize = sampleSize
        self.alpha = alpha
        replicates = options.replicates
        failed = all.count - used.count
        inadmissible = used.count { $0.isInadmissible }
        let critical = Normal.standard.upperQuantile(alpha / 2)
        func summary(_ name: String, _ truth: Double, _ figure: (ModelReplicate.Outcome) -> (Double, Double))
            -> SimulatedEstimate
        {
            let pairs = used.map(figure)
            return SimulatedEstimate(
                name: name, trueValue: truth, estimates: pairs.map(\.0), standardErrors: pairs.map(\.1),
                covered: pairs.map { abs($0.0 - truth) <= critical * $0.1 },
                significant: pairs.map { abs($0.0) > critical * $0.1 })
        }
        let truth = population.fit.parameters, definitions = population.model.table.definitions
        let names = population.names + definitions.map(\.name)
        let values = truth + definitions.map { $0.expression.value(at: truth) }
        freeCount = truth.count
        parameters = names.indices.map { k in
            summary(names[k], values[k]) { ($0.estimates[k], $0.standardErrors[k]) }
        }
        indirectEffects = found.indices.map { k in
            let value = paths[k].reduce(1) { $0 * truth[$1] }
            return IndirectEffect(
                chain: found[k],
                sobel: summary(found[k].joined(separator: " → "), value) {
                    ($0.indirect[k].estimate, $0.indirect[k].standardError)
                },
                jointPower: SimulatedShare(used.count { $0.indirect[k].isJointlySignificant }, of: used.count),
                intervalPower: SimulatedShare(
                    used.count { $0.indirect[k].lower > 0 || $0.indirect[k].upper < 0 }, of: used.count),
                intervalCoverage: SimulatedShare(
                    used.count { $0.indirect[k].lower <= value && value <= $0.indirect[k].upper }, of: used.count))
        }
        let tests = used.compactMap(\.pValue)
        modelRejection = tests.isEmpty ? nil : SimulatedShare(tests.count { $0 < alpha }, of: tests.count)
    }

}

/// One sample, drawn and fitted.
private struct ModelReplicate: Sendable {
    let population: ModelPopulation
    let sampling: WishartSampling
    let sampleSize: Int
    /// The parameters along each chain.
    let paths: [[Int]]
    let alpha: Double

    struct Indirect: Sendable {
        var estimate, standardError, lower, upper: Double
        var isJointlySignificant: Bool
    }

    struct Outcome: Sendable {
        var estimates: [Double], standardErrors: [Double]
        var indirect: [Indirect]
        var pValue: Double?
        var isInadmissible: Bool
    }

    static let intervalDraws = 1000

    /// Nil where the model cannot be fitted.
    func run(seed: UInt64, number: Int) -> Outcome? {
        var stream = RandomStream(seed: seed, stream: UInt64(number))
        let (covariance, means) = sampling.draw(cases: sampleSize, using: &stream)
        let model = population.model
        let moments = SampleMoments(
            names: model.observedVariables, covariance: covariance, means: model.plan.hasMeans ? means : nil,
            caseCount: sampleSize)
        guard let fit = try? model.fit(unbiased: moments) else { return nil }
        var estimates = fit.parameters
        var errors = fit.parameterCovariance.diagonal.map { $0.squareRoot() }
        for definition in model.table.definitions {
            estimates.append(definition.expression.value(at: fit.parameters))
            var gradient = [Double](repeating: 0, count: fit.parameters.count)
            definition.expression.addGradient(at: fit.parameters, to: &gradient)
            errors.append(standardError(gradient, fit))
        }
        guard estimates.allSatisfy(\.isFinite), errors.allSatisfy(\.isFinite) else { return nil }
        let critical = Normal.standard.upperQuantile(alpha / 2)
        let indirect = paths.map { path -> Indirect in
            let product = path.reduce(1) { $0 * fit.parameters[$1] }
            var gradient = [Double](repeating: 0, count: fit.parameters.count)
            for position in path.indices {
                gradient[path[position]] += path.indices.reduce(1) {
                    $1 == position ? $0 : $0 * fit.parameters[path[$1]]
                }
            }
            let limits = interval(path, fit, &stream)
            return Indirect(
                estimate: product, standardError: standardError(gradient, fit), lower: limits.lower,
                upper: limits.upper,
                isJointlySignificant: path.allSatisfy { abs(fit.parameters[$0]) > critical * errors[$0] })
        }
        return Outcome(
            estimates: estimates, standardErrors: errors, indirect: indirect, pValue: fit.test.pValue,
            isInadmissible: population.variances.contains { fit.parameters[$0] < 0 })
    }

    /// √(gᵀVg), the delta method.
    private func standardError(_ gradient: [Double], _ fit: FittedModel) -> Double {
        var sum = 0.0
        for i in gradient.indices where gradient[i] != 0 {
            for j in gradient.indices { sum += gradient[i] * gradient[j] * fit.parameterCovariance[i, j] }
        }
        return max(sum, 0).squareRoot()
    }

    /// The quantiles of products of paths drawn from the normal distribution of their estimates.
    private func interval(_ path: [Int], _ fit: FittedModel, _ stream: inout RandomStream) -> (
        lower: Double, upper: Double
    ) {
        let covariance = fit.parameterCovariance.submatrix(rows: path, columns: path)
        guard let factor = try? Cholesky(covariance).factor else { return (-.infinity, .infinity) }
        var products = (0..<Self.intervalDraws).map { _ in
            let normal = path.map { _ in stream.normal() }
            var product = 1.0
            for i in path.indices {
                product *= (0...i).reduce(fit.parameters[path[i]]) { $0 + factor[i, $1] * normal[$1] }
            }
            return product
        }
        products.sort()
        return (
            Quantiles.type7(products, alpha / 2), Quantiles.type7(products, 1 - alpha / 2)
        )
    }
}
