import Optimization

/// The maximum-likelihood discrepancy of a structure and a sample as an objective for the minimisers.
struct MaximumLikelihood: Objective {
    let kernel: LikelihoodKernel

    init(plan: ModelPlan, moments: SampleMoments) {
        kernel = LikelihoodKernel(plan: plan)
        kernel.setSample(moments)
    }

    init(kernel: LikelihoodKernel) { self.kernel = kernel }

    func value(at point: [Double]) -> Double? { kernel.value(point) }

    func settle(at point: [Double]) -> Bool { kernel.settle(point) }

    func gradient(at point: [Double], into gradient: inout [Double]) { kernel.gradient(into: &gradient) }

    func derivatives(at point: [Double], curvature: Curvature, gradient: inout [Double], hessian: inout [Double]) {
        kernel.derivatives(exact: curvature == .exact, gradient: &gradient, hessian: &hessian)
    }
}
