import LinearAlgebra
import Probability

/// The draws of a bootstrap and what follows from them.
public struct BootstrapResult: Sendable {
    /// How the draws ended.
    public struct Counts: Sendable, Hashable, Codable {
        /// Draws asked for.
        public var requested: Int
        /// Draws whose estimation did not converge; they are left out.
        public var failed: Int
        /// Draws with a negative variance.
        public var inadmissible: Int
        /// Draws that the results rest on.
        public var used: Int
    }

    /// How the draws ended.
    public let counts: Counts
    /// The scheme of the draws.
    public let scheme: BootstrapOptions.Scheme
    /// The seed.
    public let seed: UInt64
    /// χ² of the draws used, in the order of the draws.
    public let chiSquares: [Double]
    /// The Bollen–Stine probability of fit, (1 + draws with a larger χ²)/(1 + draws) (Bollen & Stine 1992; Davison &
    /// Hinkley 1997, eq. 4.11); nil for an ordinary bootstrap.
    public let fitPValue: Double?

    private let model: StructuralModel
    private let quantities: ReportedQuantities
    private let estimates: [Double]
    private let gradients: [[Double]]
    private let influence: Matrix
    /// The draws of each quantity.
    private let draws: [[Double]]

    init(_ fit: FittedModel, setup: BootstrapSetup, store: DrawStore, options: BootstrapOptions) {
        let rows = (0..<store.draws).filter { row in
            switch store.status[row] {
            case .admissible: true
            case .inadmissible: options.inadmissible == .keep
            default: false
            }
        }
        func count(_ status: DrawStatus) -> Int { (0..<store.draws).count { store.status[$0] == status } }
        counts = Counts(
            requested: options.draws, failed: count(.failed), inadmissible: count(.inadmissible), used: rows.count)
        scheme = options.scheme
        seed = options.seed
        quantities = setup.quantities
        model = fit.model
        influence = setup.influence
        draws = (0..<quantities.count).map { column in rows.map { store.values[$0 * store.width + column] } }
        let chiSquares = rows.map { store.values[$0 * store.width + store.width - 1] }
        self.chiSquares = chiSquares
        let observed = fit.test.chiSquare
        fitPValue =
            options.scheme == .bollenStine
            ? Double(1 + chiSquares.count { $0 >= observed }) / Double(1 + chiSquares.count) : nil
        let kernel = fit.evaluatedKernel()
        var values = [Double](repeating: 0, count: quantities.count)
        quantities.write(fit.parameters, kernel, to: &values)
        estimates = values
        gradients = quantities.gradients(fit.parameters, kernel)
    }

    /// What the draws say of one figure.
    public struct Summary: Sendable, Hashable, Codable {
        /// The estimate in the full sample.
        public var estimate: Double
        /// The mean of the draws less the estimate.
        public var bias: Double?
        /// The standard deviation of the draws.
        public var standardError: Double?
        /// The interval's lower bound.
        public var lower: Double?
        /// The interval's upper bound.
        public var upper: Double?
        /// The smallest α whose interval excludes zero.
        public var pValue: Double?
    }

    /// A row of the model's table: the raw and the standardised figure; nil where the value is fixed.
    public struct RowSummary: Sendable, Hashable, Codable {
        /// The figure in the variables' own units.
        public var raw: Summary?
        /// The figure in units of standard deviations.
        public var stdAll: Summary?
    }

    /// The rows of ``FittedModel/estimates(level:)``, in its order.
    public func estimates(_ method: BootstrapMethod, level: Double = 0.95) -> [RowSummary] {
        let m = model.plan.elements.count, d = quantities.definitions.count
        return (0..<m).map { row(raw: $0, standardized: m + $0, method, level) }
            + (0..<d).map {
                row(raw: quantities.definedOffset + $0, standardized: quantities.definedOffset + d + $0, method, level)
            }
    }

    /// The effects of ``FittedModel/effects(level:)``, in its order.
    public func effects(_ method: BootstrapMethod, level: Double = 0.95) -> [RowSummary] {
        let count = quantities.catalogue.entries.count, offset = quantities.effectOffset
        return (0..<count).map { row(raw: offset + $0, standardized: offset + count + $0, method, level) }
    }

    /// The explained variances of ``FittedModel/explainedVariance()``, in its order.
    public func explainedVariance(_ method: BootstrapMethod, level: Double = 0.95) -> [Summary?] {
        quantities.endogenous.indices.map { summary(quantities.rSquaredOffset + $0, method, level) }
    }

    /// The draws of an effect, raw or standardised, by its position in ``effects(_:level:)``: for a histogram.
    public func effectDraws(_ index: Int, standardized: Bool) -> [Double] {
        let count = quantities.catalogue.entries.count
        return draws[quantities.effectOffset + (standardized ? count : 0) + index]
    }

    /// The draws of a row, raw or standardised, by its position in ``estimates(_:level:)``; defined parameters excepted.
    public func parameterDraws(_ index: Int, standardized: Bool) -> [Double] {
        draws[(standardized ? quantities.standardizedOffset : 0) + index]
    }

    private func row(raw: Int, standardized: Int, _ method: BootstrapMethod, _ level: Double) -> RowSummary {
        RowSummary(raw: summary(raw, method, level), stdAll: summary(standardized, method, level))
    }

    private func summary(_ index: Int, _ method: BootstrapMethod, _ level: Double) -> Summary? {
        let estimate = estimates[index]
        guard estimate.isFinite else { return nil }
        let distribution = BootstrapDistribution(draws: draws[index], estimate: estimate)
        // A figure that does not vary is fixed: it has no interval.
        guard distribution.sortedDraws.count > 1, distribution.standardError > 1e-12 * max(1, abs(estimate)) else {
            return nil
        }
        let acceleration = method == .biasCorrectedAccelerated ? self.acceleration(index) : 0
        let interval = distribution.interval(method, level: level, acceleration: acceleration)
        return Summary(
            estimate: estimate, bias: distribution.mean - estimate, standardError: distribution.standardError,
            lower: interval?.lower, upper: interval?.upper,
            pValue: distribution.pValue(method, acceleration: acceleration))
    }

    /// The acceleration from the infinitesimal jackknife: each case's influence on the figure is its gradient times the
    /// case's influence on the parameters, without refitting (Efron 1987, section 6).
    private func acceleration(_ index: Int) -> Double {
        let gradient = gradients[index]
        guard gradient.contains(where: { $0 != 0 }) else { return 0 }
        return BootstrapDistribution.acceleration(
            influences: influence.transposedTimes(Matrix(rows: gradient.count, columns: 1, columnMajor: gradient))
                .storage)
    }
}
