import Dispatch
import LinearAlgebra
import Probability
import Synchronization

/// How a bootstrap of a mixed model is carried out.
public struct MixedBootstrapOptions: Sendable {
    /// Where the samples come from.
    public enum Scheme: String, Sendable, Hashable, Codable, CaseIterable {
        /// New random effects and residuals from the estimated normal distributions.
        case parametric
        /// Estimated random effects, and level-1 residuals, drawn with replacement, both centred and rescaled to the
        /// estimated covariances, from which shrinkage keeps them (Carpenter, Goldstein & Rasbash 2003).
        case residual
        /// Whole clusters of the highest level drawn with replacement, their rows as they are.
        case cases
    }

    /// Where the samples come from.
    public var scheme: Scheme
    /// The number of draws.
    public var draws: Int
    /// The seed; draw r depends on it and on r alone.
    public var seed: UInt64
    /// The number of threads; results do not depend on it.
    public var threads: Int
    /// Called now and then, from any thread, with the number of draws done; when it gives false, the bootstrap stops.
    public var progress: (@Sendable (Int) -> Bool)?

    /// Options.
    public init(
        scheme: Scheme = .parametric, draws: Int = 1000, seed: UInt64 = 1, threads: Int = 1,
        progress: (@Sendable (Int) -> Bool)? = nil
    ) {
        self.scheme = scheme
        self.draws = draws
        self.seed = seed
        self.threads = threads
        self.progress = progress
    }
}

/// Figures of a fit that a bootstrap keeps besides the parameters, such as an indirect effect.
public struct MixedBootstrapQuantities: Sendable {
    /// Their names.
    public let names: [String]
    /// The figures of a fit, one for each name.
    public let values: @Sendable (MixedModelFit) -> [Double]

    /// Named figures.
    public init(names: [String], values: @escaping @Sendable (MixedModelFit) -> [Double]) {
        self.names = names
        self.values = values
    }
}

/// The draws of a bootstrap of a mixed model: fixed effects, standard deviations and correlations of random effects, σ, and
/// any quantities asked for.
public struct MixedBootstrap: Sendable, Hashable, Codable {
    /// What a bootstrap says of one figure.
    public struct Row: Sendable, Hashable, Codable {
        /// The name, as in ``MixedBootstrap/names``.
        public let name: String
        /// The estimate from the data.
        public let estimate: Double
        /// The mean of the draws less the estimate.
        public let bias: Double
        /// The standard deviation of the draws.
        public let standardError: Double
        /// The lower limit; nil where the method has none.
        public let lower: Double?
        /// The upper limit; nil where the method has none.
        public let upper: Double?
    }

    /// How it was carried out.
    public let scheme: MixedBootstrapOptions.Scheme
    /// The seed.
    public let seed: UInt64
    /// The names of the figures: fixed effects by their names, then `sd … | group`, `cor …, … | group`, `sigma`.
    public let names: [String]
    /// The estimates from the data.
    public let estimates: [Double]
    /// Draws asked for.
    public let requested: Int
    /// Draws whose model could not be fitted; they are left out.
    public let failed: Int
    /// Draws with a variance at zero or a correlation of ±1; they count like any other.
    public let singular: Int
    /// The draws (draws used × figures), in the order of the draws.
    public let draws: Matrix

    /// Draws samples of `fit` and refits the model to each.
    /// - Throws: ``MixedModelError`` for a residual structure, and for resampling clusters where there are fewer than two.
    public init(
        _ fit: MixedModelFit, options: MixedBootstrapOptions = MixedBootstrapOptions(),
        quantities: MixedBootstrapQuantities? = nil
    ) throws {
        guard fit.residualStructure == .independent else {
            throw MixedModelError.notAvailable("the bootstrap: not available for models with a residual structure")
        }
        let source: any ResampledDesign =
            switch options.scheme {
            case .parametric: ParametricResample(fit)
            case .residual: try ResidualResample(fit)
            case .cases: try ClusterResample(fit)
            }
        let count = max(options.draws, 0)
        let start = fit.startingTheta
        let sampled = options.scheme == .parametric && quantities == nil ? SampledRefits(fit) : nil
        let width = fit.reportedParameters.count + (quantities?.names.count ?? 0)
        @Sendable func figures(_ fit: MixedModelFit) -> [Double] {
            fit.reportedParameters + (quantities?.values(fit) ?? [])
        }
        let next = Atomic<Int>(0), done = Atomic<Int>(0), stopped = Atomic<Bool>(false)
        let results = Mutex<[(replicate: Int, values: [Double]?, isSingular: Bool)]>([])
        DispatchQueue.concurrentPerform(iterations: max(1, min(options.threads, count))) { _ in
            var own: [(replicate: Int, values: [Double]?, isSingular: Bool)] = []
            var sampled = sampled
            while !stopped.load(ordering: .relaxed) {
                let replicate = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard replicate < count else { break }
                var stream = RandomStream(seed: options.seed, stream: UInt64(replicate))
                if sampled != nil {
                    let refit = sampled?.next(using: &stream)
                    own.append((replicate, refit?.values, refit?.isSingular ?? false))
                } else if let refit = try? MixedModel.fit(
                    source.draw(using: &stream), criterion: fit.criterion, start: start)
                {
                    let values = figures(refit)
                    let isUsable = values.count == width
                    own.append((replicate, isUsable ? values : nil, !refit.warnings.isEmpty))
                } else {
                    own.append((replicate, nil, false))
                }
                let total = done.wrappingAdd(1, ordering: .relaxed).newValue
                if let progress = options.progress, !progress(total) { stopped.store(true, ordering: .relaxed) }
            }
            results.withLock { $0 += own }
        }
        let sorted = results.withLock { $0.sorted { $0.replicate < $1.replicate } }
        let used = sorted.compactMap(\.values)
        scheme = options.scheme
        seed = options.seed
        names = fit.reportedParameterNames + (quantities?.names ?? [])
        estimates = figures(fit)
        requested = options.draws
        failed = sorted.count - used.count
        singular = sorted.count { $0.values != nil && $0.isSingular }
        draws = Matrix(rows: used.count, columns: width) { used[$0][$1] }
    }

    /// The distribution of one figure.
    public func distribution(_ index: Int) -> BootstrapDistribution {
        guard names.indices.contains(index) else { return BootstrapDistribution(draws: [], estimate: .nan) }
        return BootstrapDistribution(draws: draws.column(index), estimate: estimates[index])
    }

    /// All figures with intervals; the accelerated method is that without acceleration, `BootstrapMethod.biasCorrected`.
    public func rows(method: BootstrapMethod = .percentile, level: Double = 0.95) -> [Row] {
        names.indices.map { index in
            let distribution = distribution(index)
            let interval = distribution.interval(method, level: level)
            return Row(
                name: names[index], estimate: estimates[index], bias: distribution.mean - estimates[index],
                standardError: distribution.standardError, lower: interval?.lower, upper: interval?.upper)
        }
    }
}

extension MixedModelFit {
    /// Fixed effects, standard deviations and correlations (NaN next to a variance of zero) by columns, σ.
    var reportedParameters: [Double] {
        Self.reportedParameters(coefficients, covariances, residualVariance: residualVariance)
    }

    static func reportedParameters(
        _ coefficients: [Double], _ covariances: [Matrix], residualVariance: Double
    ) -> [Double] {
        var values = coefficients
        for covariance in covariances {
            for (row, column) in lowerTriangle(covariance.rows) {
                values.append(
                    row == column
                        ? covariance[row, row].squareRoot()
                        : covariance[row, column] / (covariance[row, row] * covariance[column, column]).squareRoot())
            }
        }
        return values + [residualVariance.squareRoot()]
    }

    /// The names of ``reportedParameters``.
    var reportedParameterNames: [String] {
        var names = design.fixedNames
        for term in design.terms {
            for (row, column) in lowerTriangle(term.coefficientCount) {
                let first = term.coefficientNames[row]
                names.append(
                    row == column
                        ? "sd \(first) | \(term.name)" : "cor \(first), \(term.coefficientNames[column]) | \(term.name)"
                )
            }
        }
        return names + ["sigma"]
    }
}
