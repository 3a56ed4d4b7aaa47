import LinearAlgebra

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The fit measures of a model under the names of lavaan's `fitMeasures()`, in its order, and those that AMOS prints
/// besides.
public struct FitMeasures: Sendable, Hashable, Codable {
    /// A measure.
    public struct Measure: Sendable, Hashable, Codable {
        /// The name.
        public var name: String
        /// The value; nil where it is not defined.
        public var value: Double?
    }

    /// The measures.
    public private(set) var measures: [Measure]

    /// The measure of a name.
    public subscript(name: String) -> Double? { measures.first { $0.name == name }?.value }

    init(_ measures: [(String, Double?)]) {
        self.measures = measures.map { name, value in
            Measure(name: name, value: value.flatMap { $0.isFinite ? $0 : nil })
        }
    }
}

extension FittedModel {
    /// The test of the baseline: all variances free, all covariances zero but those among exogenous observed variables, be
    /// their moments fixed or estimated.
    public var baselineTest: TestStatistic {
        let s = moments.covariance
        let exogenous = model.table.variables.exogenousObserved.compactMap { moments.names.firstIndex(of: $0) }
        var discrepancy = -sampleLogDeterminant
        for i in 0..<s.rows where !exogenous.contains(i) { discrepancy += log(s[i, i]) }
        if !exogenous.isEmpty {
            discrepancy += (try? Cholesky(s.submatrix(rows: exogenous, columns: exogenous)))?.logDeterminant ?? .nan
        }
        let p = s.rows, x = exogenous.count
        return TestStatistic(
            chiSquare: max(weight * discrepancy, 0), degreesOfFreedom: p * (p - 1) / 2 - x * (x - 1) / 2)
    }

    /// The observed variables whose moments are those of the sample.
    var fixedExogenous: [Int] {
        model.plan.elements.compactMap { element in
            if case .symmetric(let i, let j) = element.path, i == j, element.quantity == .sample { i } else { nil }
        }
    }

    /// log L of the model given exogenous variables: −N/2 [p log 2π + log|Σ| + tr(SΣ⁻¹) + …] less that of the latter.
    public var logLikelihood: Double {
        logLikelihood(discrepancy: discrepancy)
    }

    /// log L of the saturated model.
    public var saturatedLogLikelihood: Double { logLikelihood(discrepancy: 0) }

    private func logLikelihood(discrepancy: Double) -> Double {
        func normal(_ logDeterminant: Double, _ count: Int) -> Double {
            -0.5 * Double(caseCount) * (Double(count) * (log(2 * Double.pi) + 1) + logDeterminant)
        }
        let exogenous = fixedExogenous
        var result = normal(sampleLogDeterminant + discrepancy, moments.names.count)
        if !exogenous.isEmpty {
            let block = moments.covariance.submatrix(rows: exogenous, columns: exogenous)
            result -= normal((try? Cholesky(block))?.logDeterminant ?? .nan, exogenous.count)
        }
        return result
    }

    /// The covariances of the observed variables that the model implies (p × p).
    public var impliedObservedCovariance: Matrix {
        let observed = Array(0..<model.plan.observedCount)
        return impliedCovariance.submatrix(rows: observed, columns: observed)
    }

    /// The part of the squared residuals that lies in the directions of the parameters, ½·gᵀH⁻¹g with g and H the gradient
    /// and expected Hessian of the weighted squares of the residuals: Browne's (1984) residual statistic leaves it out.
    ///
    /// At the maximum of the likelihood it is zero without means and bounds. With means the likelihood compares S + dd′ with
    /// Σ, where d are the mean residuals, and the squared residuals compare S; a bound keeps the gradient from zero, and as
    /// it takes no degree of freedom, what it costs is no part of the statistic either (as in lavaan).
    private func tangentMisfit(_ means: (observed: [Double], implied: [Double])?) -> Double {
        let equalities = ConstraintSet(expressions: model.equalities, parameterCount: parameters.count)
            .jacobian(at: parameters)
        guard !parameters.isEmpty, means != nil || constraintJacobian.count > equalities.count else { return 0 }
        let p = moments.names.count, q = parameters.count
        let d = means.map { zip($0.observed, $0.implied).map { $0 - $1 } } ?? [Double](repeating: 0, count: p)
        let kernel = LikelihoodKernel(plan: model.plan)
        kernel.setSample(
            SampleMoments(
                names: moments.names,
                covariance: Matrix(rows: p, columns: p) { moments.covariance[$0, $1] - d[$0] * d[$1] },
                means: means?.observed, caseCount: moments.caseCount))
        guard kernel.value(parameters) != nil else { return 0 }
        var gradient = [Double](repeating: 0, count: q), hessian = [Double](repeating: 0, count: q * q)
        kernel.derivatives(exact: false, gradient: &gradient, hessian: &hessian)
        let expected = Matrix(rows: q, columns: q) { hessian[max($0, $1) + min($0, $1) * q] }
        let basis = equalities.isEmpty ? nil : OrthogonalBasis(Matrix(equalities)).nullSpace
        let slope = basis.map { $0.transpose * gradient } ?? gradient
        guard let factor = try? Cholesky(basis.map { $0.transposedTimes(expected * $0) } ?? expected) else { return 0 }
        return 0.5 * dot(slope, factor.solve(slope))
    }

    /// All fit measures.
    public func fitMeasures() -> FitMeasures {
        let test = self.test, baseline = baselineTest
        let n = weight, q = parameterCount
        let incremental = IncrementalFit(target: test, baseline: baseline)
        let likelihood = LikelihoodFit(logLikelihood: logLikelihood, parameterCount: q, caseCount: caseCount)
        let rmsea = RootMeanSquareErrorOfApproximation(test: test, caseCount: n)
        let interval = rmsea.interval()
        let p = model.plan.observedCount
        let implied = impliedObservedCovariance
        let means: (observed: [Double], implied: [Double])? =
            if let observed = moments.means, let all = impliedMeans { (observed, Array(all[..<p])) } else { nil }
        let residuals = ResidualFit(
            observed: moments.covariance, implied: implied, observedMeans: means?.observed,
            impliedMeans: means?.implied)
        let gfi = try? GoodnessOfFitIndex(
            observed: moments.covariance, implied: implied, means: means, fixed: fixedExogenous, caseCount: n,
            degreesOfFreedom: test.degreesOfFreedom, tangentMisfit: tangentMisfit(means))
        let rls = gfi?.reweightedStatistic
        let rlsInterval = gfi.flatMap { gfi in rls.map { gfi.rediscoveredInterval($0) } }
        let lrtInterval = gfi?.rediscoveredInterval(test.chiSquare)
        let d = Double(test.degreesOfFreedom)
        return FitMeasures([
            ("npar", Double(q)), ("ntotal", Double(caseCount)), ("fmin", 0.5 * max(discrepancy, 0)),
            ("chisq", test.chiSquare), ("df", d), ("pvalue", test.pValue),
            ("chisq/df", d > 0 ? test.chiSquare / d : nil),
            ("baseline.chisq", baseline.chiSquare), ("baseline.df", Double(baseline.degreesOfFreedom)),
            ("baseline.pvalue", baseline.pValue),
            ("cfi", incremental.cfi), ("tli", incremental.tli), ("nnfi", incremental.tli), ("rfi", incremental.rfi),
            ("nfi", incremental.nfi), ("pnfi", incremental.pnfi), ("pcfi", incremental.pcfi),
            ("ifi", incremental.ifi), ("rni", incremental.rni),
            ("logl", likelihood.logLikelihood), ("unrestricted.logl", saturatedLogLikelihood),
            ("aic", likelihood.aic), ("bic", likelihood.bic), ("bic2", likelihood.adjustedBIC),
            ("rmsea", rmsea.value), ("rmsea.ci.lower", interval.lower), ("rmsea.ci.upper", interval.upper),
            ("rmsea.ci.level", 0.9), ("rmsea.pvalue", rmsea.closeFit()), ("rmsea.close.h0", 0.05),
            ("rmsea.notclose.pvalue", rmsea.notCloseFit()), ("rmsea.notclose.h0", 0.08),
            ("gfi", rls.flatMap { gfi?.rediscovered($0) }), ("gfi.ci.lower", rlsInterval?.lower),
            ("gfi.ci.upper", rlsInterval?.upper), ("gfi.ci.level", 0.9),
            ("gfi_lrt", gfi?.rediscovered(test.chiSquare)), ("gfi_lrt.ci.lower", lrtInterval?.lower),
            ("gfi_lrt.ci.upper", lrtInterval?.upper),
            ("gfi_rls", rls.flatMap { gfi?.rediscovered($0) }), ("gfi_rls.ci.lower", rlsInterval?.lower),
            ("gfi_rls.ci.upper", rlsInterval?.upper),
            ("gfi_lisrel", gfi?.classic), ("agfi_lisrel", gfi?.adjusted), ("agfi", gfi?.adjusted),
            ("pgfi", gfi?.parsimonious),
            ("rmr", residuals.rmr), ("rmr_nomean", residuals.rmrWithoutMeans), ("srmr", residuals.srmr),
            ("srmr_bentler", residuals.srmr), ("srmr_bentler_nomean", residuals.srmrWithoutMeans),
            ("crmr", residuals.crmr), ("crmr_nomean", residuals.crmrWithoutMeans),
            ("srmr_mplus", residuals.srmrMplus), ("srmr_mplus_nomean", residuals.srmrMplusWithoutMeans),
            ("cn_05", criticalN(test, alpha: 0.05, caseCount: n)),
            ("cn_01", criticalN(test, alpha: 0.01, caseCount: n)),
            ("mfi", mcDonaldFitIndex(test, caseCount: n)),
            ("ecvi", expectedCrossValidationIndex(test, parameterCount: q, caseCount: n)),
        ])
    }
}
