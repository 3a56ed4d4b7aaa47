import Dispatch
import LinearAlgebra
import Optimization
import Probability
import Synchronization

extension FittedModel {
    /// Refits the model to samples drawn from its data, and keeps every figure that a report shows of each.
    ///
    /// Each draw starts where the casewise scores and the Hessian of the full sample predict its estimates,
    /// θ̂ − H⁻¹ Σ wᵢsᵢ/N for a draw with case weights w, which leaves about two Newton steps.
    /// - Throws: ``StructuralModelError/needsRawData(_:)`` for a model fitted to a covariance matrix.
    public func bootstrap(_ options: BootstrapOptions) throws(StructuralModelError) -> BootstrapResult {
        guard let data else { throw .needsRawData("the bootstrap") }
        let setup = try BootstrapSetup(self, data: data, scheme: options.scheme)
        let count = max(options.draws, 0), width = setup.quantities.count + 1
        let store = DrawStore(draws: count, width: width)
        let next = Atomic<Int>(0), done = Atomic<Int>(0), stopped = Atomic<Bool>(false)
        let threads = max(1, min(options.threads, count))
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            let worker = BootstrapWorker(setup)
            while !stopped.load(ordering: .relaxed) {
                let first = next.wrappingAdd(8, ordering: .relaxed).oldValue
                guard first < count else { break }
                let last = min(first + 8, count)
                for replicate in first..<last {
                    store.status[replicate] = worker.run(
                        seed: options.seed, replicate: replicate, into: store.values + replicate * width)
                }
                let total = done.wrappingAdd(last - first, ordering: .relaxed).newValue
                if let progress = options.progress, !progress(total) { stopped.store(true, ordering: .relaxed) }
            }
        }
        return BootstrapResult(self, setup: setup, store: store, options: options)
    }
}

/// How a draw ended.
enum DrawStatus: UInt8 {
    case notRun, admissible, inadmissible, failed
}

/// The figures of all draws: each worker writes the rows of its own replicates.
final class DrawStore: @unchecked Sendable {
    let draws: Int, width: Int
    let values: UnsafeMutablePointer<Double>
    let status: UnsafeMutablePointer<DrawStatus>

    init(draws: Int, width: Int) {
        self.draws = draws
        self.width = width
        values = .allocate(capacity: max(draws * width, 1))
        values.initialize(repeating: .nan, count: max(draws * width, 1))
        status = .allocate(capacity: max(draws, 1))
        status.initialize(repeating: .notRun, count: max(draws, 1))
    }

    deinit {
        values.deallocate()
        status.deallocate()
    }
}

/// What all draws of a bootstrap share.
struct BootstrapSetup: Sendable {
    let fit: FittedModel
    let quantities: ReportedQuantities
    /// The deviations that are drawn from, a column for each case (p × N).
    let deviations: Matrix
    /// The means that belong to them.
    let means: [Double]
    /// θ̂'s change for one more occurrence of each case: −H⁻¹s/N as columns (q × N).
    let influence: Matrix
    /// For each place, the parameter whose negative value is inadmissible.
    let variances: [Int]

    init(_ fit: FittedModel, data: Matrix, scheme: BootstrapOptions.Scheme) throws(StructuralModelError) {
        self.fit = fit
        quantities = ReportedQuantities(fit.model)
        let p = data.columns, cases = data.rows, plan = fit.model.plan
        let sampleMeans = fit.moments.means ?? [Double](repeating: 0, count: p)
        var deviations = Matrix(rows: p, columns: cases) { data[$1, $0] - sampleMeans[$0] }
        var means = sampleMeans
        if scheme == .bollenStine {
            // Z = X S^{−½} Σ^{½}, with the model's means.
            guard let toIdentity = try? symmetricPower(fit.moments.covariance, -0.5),
                let toModel = try? symmetricPower(fit.impliedObservedCovariance, 0.5)
            else { throw .invalidCovarianceMatrix("it has no square root") }
            deviations = toModel * (toIdentity * deviations)
            if let implied = fit.impliedMeans { means = Array(implied[..<p]) }
        }
        self.deviations = deviations
        self.means = means
        variances = plan.elements.compactMap { element in
            if case .symmetric(let i, let j) = element.path, i == j, case .free(let k) = element.quantity {
                k
            } else {
                nil
            }
        }

        let kernel = LikelihoodKernel(plan: plan), q = plan.parameterCount
        kernel.setSample(fit.moments)
        var gradient = [Double](repeating: 0, count: q), hessian = [Double](repeating: 0, count: q * q)
        guard kernel.value(fit.parameters) != nil, q > 0 else {
            influence = Matrix(rows: q, columns: cases)
            return
        }
        kernel.derivatives(exact: true, gradient: &gradient, hessian: &hessian)
        let fromModel =
            plan.hasMeans && scheme == .ordinary
            ? Matrix(rows: p, columns: cases) { data[$1, $0] - (fit.impliedMeans?[$0] ?? 0) } : deviations
        let scores = kernel.casewiseGradients(deviations: fromModel)
        let matrix = Matrix(rows: q, columns: q) { hessian[max($0, $1) + min($0, $1) * q] }
        // Under constraints, or where the Hessian is not positive definite, draws start at the estimates themselves.
        guard fit.model.isUnconstrained, let factor = try? Cholesky(matrix) else {
            influence = Matrix(rows: q, columns: cases)
            return
        }
        influence = (-1 / Double(cases)) * factor.solve(scores)
    }
}

extension StructuralModel {
    /// Whether the parameters are free of each other: no `==`, `<` or `>` and no bounds.
    var isUnconstrained: Bool { equalities.isEmpty && inequalities.isEmpty }
}

/// Carries out draws one after the other in memory of its own.
private final class BootstrapWorker {
    private let setup: BootstrapSetup
    private let sample: ResampledMoments
    private let kernel: LikelihoodKernel
    private var objective: MaximumLikelihood
    private var workspace: NewtonMinimizer.Workspace
    private var point: [Double]
    private var factor: [Double]
    private let minimizer: NewtonMinimizer

    init(_ setup: BootstrapSetup) {
        self.setup = setup
        let fit = setup.fit, q = fit.parameters.count, p = setup.deviations.rows
        sample = ResampledMoments(
            deviations: setup.deviations, means: setup.means,
            divisorLoss: fit.options.likelihood == .wishart ? 1 : 0)
        kernel = LikelihoodKernel(plan: fit.model.plan)
        objective = MaximumLikelihood(kernel: kernel)
        workspace = NewtonMinimizer.Workspace(count: q)
        point = fit.parameters
        factor = [Double](repeating: 0, count: p * p)
        var minimizer = NewtonMinimizer()
        // The step at whose decrement the search stops is still taken: its error is of the order of the square.
        minimizer.tolerance = 1e-8
        minimizer.chordThreshold = 3e-4
        minimizer.maximumIterations = 100
        self.minimizer = minimizer
    }

    /// Draw `replicate`: all quantities and, last, χ².
    func run(seed: UInt64, replicate: Int, into result: UnsafeMutablePointer<Double>) -> DrawStatus {
        sample.draw(seed: seed, replicate: replicate)
        kernel.setSample(covariance: sample.covariance, means: sample.means)
        guard let value = minimize() else { return .failed }
        setup.quantities.write(point, kernel, to: result)
        let p = setup.deviations.rows
        for k in factor.indices { factor[k] = sample.covariance[k] }
        var logDeterminant = 0.0
        if BLAS.choleskyLower(p, &factor) {
            for i in 0..<p { logDeterminant += 2 * factor[i + i * p].naturalLogarithm }
            result[setup.quantities.count] = setup.fit.weight * (value - logDeterminant - Double(p))
        } else {
            result[setup.quantities.count] = .nan
        }
        return setup.variances.contains { point[$0] < 0 } ? .inadmissible : .admissible
    }

    /// The least discrepancy, with `point` where it is and the kernel evaluated there; nil when the search failed.
    private func minimize() -> Double? {
        let fit = setup.fit
        guard fit.model.isUnconstrained else {
            let solution = fit.estimator.solve(&objective, from: fit.parameters)
            guard solution.report.hasConverged else { return nil }
            point = solution.parameters
            return kernel.value(point)
        }
        predictStart()
        var report = minimizer.minimize(&objective, from: &point, workspace: &workspace)
        if !report.hasConverged {
            for k in point.indices { point[k] = fit.parameters[k] }
            report = minimizer.minimize(&objective, from: &point, workspace: &workspace)
        }
        return report.hasConverged ? report.value : nil
    }

    /// θ̂ + Σ wᵢ·influenceᵢ; the influences sum to zero at the estimates.
    private func predictStart() {
        for k in point.indices { point[k] = setup.fit.parameters[k] }
        guard !point.isEmpty else { return }
        BLAS.gemv(point.count, sample.weights.count, 1, setup.influence.storage, sample.weights, 1, &point)
    }
}
