import LinearAlgebra
import MixedModels
import Probability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A Monte Carlo study of effects in clustered data: samples are drawn from the design, and the mixed model
/// `y ~ x * w + (1 + x | cluster)`, without the random slope where slopes do not differ, is fitted to each by REML.
///
/// x is centred at the means of the clusters as answered. Tests are t tests with the degrees of freedom of ``MultilevelPower``.
public struct MultilevelSimulationStudy: Sendable, Hashable {
    /// The effects in the population.
    public struct Effects: Sendable, Hashable {
        /// γ₁₀, of level 1.
        public var within: Double
        /// γ₀₁, of level 2.
        public var between: Double
        /// γ₁₁, cross-level.
        public var crossLevel: Double

        /// Creates effects.
        public init(within: Double = 0, between: Double = 0, crossLevel: Double = 0) {
            (self.within, self.between, self.crossLevel) = (within, between, crossLevel)
        }
    }

    /// The design.
    public let design: MultilevelDesign
    /// The samples drawn.
    public let replicates: Int
    /// Samples to which the model could not be fitted; they are left out.
    public let failed: Int
    /// Samples with a variance estimated as zero; they count.
    public let singular: Int
    /// What the estimates did, by level.
    public let effects: [MultilevelPower.Level: SimulatedEstimate]

    /// Draws and fits.
    ///
    /// - Throws: ``PowerError`` for impossible figures, and where the model could not be fitted to any sample.
    public init(
        _ design: MultilevelDesign, effects: Effects, alpha: Double = 0.05,
        options: SimulationOptions = SimulationOptions()
    ) throws(PowerError) {
        try options.verify()
        try PowerError.verify(probability: alpha, "alpha", example: 0.05)
        for value in [effects.within, effects.between, effects.crossLevel] where !value.isFinite {
            throw .outOfRange("an effect", value, "it must be a finite number")
        }
        guard design.clusters >= 4, design.expectedSize > 1.5 else {
            throw .request(
                "a simulation needs at least 4 clusters and more than 1.5 expected cases in each; there are "
                    + "\(design.clusters) clusters of \(design.expectedSize)")
        }
        guard design.cases <= 10_000_000 else {
            throw .outOfRange("the number of cases", design.cases, "a simulation takes at most ten million")
        }
        let sample = MultilevelSample(design: design, effects: effects)
        let seed = options.seed
        let all = options.run { sample.fit(seed: seed, number: $0) }
        let used = all.compactMap { $0 }
        guard !used.isEmpty else {
            throw .unattainable(
                "the model could not be fitted to any of \(options.replicates) samples; take more clusters")
        }
        self.design = design
        replicates = options.replicates
        failed = all.count - used.count
        singular = used.count { $0.isSingular }
        let truth = [effects.within, effects.between, effects.crossLevel]
        var result: [MultilevelPower.Level: SimulatedEstimate] = [:]
        for (k, level) in [MultilevelPower.Level.within, .between, .crossLevel].enumerated() {
            let critical = used.map { StudentT(degreesOfFreedom: $0.degreesOfFreedom[k]).upperQuantile(alpha / 2) }
            let figures = used.map { (estimate: $0.estimates[k], error: $0.standardErrors[k]) }
            result[level] = SimulatedEstimate(
                name: level.rawValue, trueValue: truth[k], estimates: figures.map(\.estimate),
                standardErrors: figures.map(\.error),
                covered: zip(figures, critical).map { abs($0.estimate - truth[k]) <= $1 * $0.error },
                significant: zip(figures, critical).map { abs($0.estimate) > $1 * $0.error })
        }
        self.effects = result
    }
}

/// One sample, drawn and fitted.
private struct MultilevelSample: Sendable {
    let design: MultilevelDesign
    let effects: MultilevelSimulationStudy.Effects

    struct Outcome: Sendable {
        var estimates: [Double], standardErrors: [Double], degreesOfFreedom: [Double]
        var isSingular: Bool
    }

    /// Nil where the model cannot be fitted.
    func fit(seed: UInt64, number: Int) -> Outcome? {
        var stream = RandomStream(seed: seed, stream: UInt64(number))
        let drawn = draw(&stream)
        guard let fit = try? MixedModel.fit(drawn) else { return nil }
        let clusters = Double(drawn.terms[0].levels.count), cases = Double(drawn.rowCount)
        let estimates = Array(fit.coefficients[1...])
        let errors = (1...3).map { fit.coefficientCovariance[$0, $0].squareRoot() }
        guard (estimates + errors).allSatisfy(\.isFinite) else { return nil }
        let slope = design.slopeVariance > 0 ? clusters - 1 : cases - clusters - 1
        return Outcome(
            estimates: estimates, standardErrors: errors,
            degreesOfFreedom: [max(slope, 1), clusters - 2, clusters - 2],
            isSingular: !fit.warnings.isEmpty)
    }

    /// y = γ₁₀x + γ₀₁w + γ₁₁xw + u₀ + u₁x + e.
    private func draw(_ stream: inout RandomStream) -> MixedDesign {
        var response: [Double] = [], x: [Double] = [], w: [Double] = [], groups: [Int] = []
        let between = design.interceptVariance.squareRoot(), slope = design.slopeVariance.squareRoot()
        let within = design.residualVariance.squareRoot()
        var cluster = 0
        for _ in 0..<design.clusters {
            let property = design.level2StandardDeviation * stream.normal()
            let intercept = between * stream.normal(), difference = slope * stream.normal()
            let own = predictor(&stream)
            guard !own.isEmpty else { continue }
            for value in own {
                let mean = (effects.within + effects.crossLevel * property + difference) * value
                response.append(mean + effects.between * property + intercept + within * stream.normal())
                x.append(value)
                w.append(property)
                groups.append(cluster)
            }
            cluster += 1
        }
        let n = response.count
        var fixed = Matrix(rows: n, columns: 4)
        let hasSlopes = design.slopeVariance > 0
        var columns = Matrix(rows: n, columns: hasSlopes ? 2 : 1)
        for i in 0..<n {
            (fixed[i, 0], fixed[i, 1], fixed[i, 2], fixed[i, 3]) = (1, x[i], w[i], x[i] * w[i])
            columns[i, 0] = 1
            if hasSlopes { columns[i, 1] = x[i] }
        }
        let names = ["(Intercept)", "x", "w", "x:w"]
        return MixedDesign(
            responseName: "y", response: response, fixed: fixed, fixedNames: names, fixedTerms: names,
            fixedAssignment: [0, 1, 2, 3],
            terms: [
                RandomTerm(
                    factor: "cluster", coefficientNames: hasSlopes ? ["(Intercept)", "x"] : ["(Intercept)"],
                    columns: columns, groups: groups, levels: (0..<cluster).map(String.init))
            ])
    }

    /// The predictor of level 1 at the occasions of a cluster that are answered, centred.
    private func predictor(_ stream: inout RandomStream) -> [Double] {
        var planned = design.plannedSize
        if design.variationOfSizes > 0 {
            // Log-normal sizes with this mean and coefficient of variation.
            let square = log(1 + design.variationOfSizes * design.variationOfSizes)
            let size = Double(planned) * exp(square.squareRoot() * stream.normal() - 0.5 * square)
            planned = max(1, Int(min(size, 1e6).rounded()))
        }
        var values: [Double] = []
        for occasion in 0..<planned {
            let isAnswered = design.compliance >= 1 || stream.uniform() < design.compliance
            let value: Double
            switch design.level1Predictor {
            case .variable(let deviation): value = deviation * stream.normal()
            case .time: value = Double(occasion)
            }
            if isAnswered { values.append(value) }
        }
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        return values.map { $0 - mean }
    }
}
