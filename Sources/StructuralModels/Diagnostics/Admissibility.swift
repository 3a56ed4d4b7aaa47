import LinearAlgebra
import Probability

/// Estimates that no population could have: negative variances, correlations beyond one, covariance matrices of latent
/// variables or residuals that are not positive definite.
struct Admissibility {
    /// One sentence for each fault, by name.
    let warnings: [String]

    init(_ fit: FittedModel) {
        let plan = fit.model.plan, kernel = fit.evaluatedKernel()
        var result: [String] = []
        let critical = Normal.standard.upperQuantile(0.025)
        for (parameter, element) in zip(fit.model.table.parameters, plan.elements) {
            guard case .symmetric(let i, let j) = element.path, i == j, case .free(let k) = element.quantity else {
                continue
            }
            let estimate = fit.parameters[k]
            guard estimate < 0 else { continue }
            let error = max(fit.parameterCovariance[k, k], 0).squareRoot()
            let lower = estimate - critical * error, upper = estimate + critical * error
            let reading =
                upper > 0
                ? "the interval contains admissible values, so this can be sampling error"
                : "the interval excludes zero, so the model is probably misspecified"
            result.append(
                "the \(plan.causeless(i) ? "variance" : "residual variance") of `\(parameter.lhs)` is negative "
                    + "(\(rounded(estimate)), 95% CI \(rounded(lower)) to \(rounded(upper))): a Heywood case; \(reading). "
                    + "Look for an indicator that fits badly, too few indicators or cases, or bound it with "
                    + "`\(parameter.lhs) ~~ lower(0)*\(parameter.lhs)`")
        }
        result += Self.latentWarnings(plan, kernel)
        result += Self.residualWarnings(plan, kernel)
        warnings = result
    }

    /// Correlations of latent variables beyond one, or a combination of them with a negative variance.
    private static func latentWarnings(_ plan: ModelPlan, _ kernel: LikelihoodKernel) -> [String] {
        let latent = Array(plan.observedCount..<plan.variables.count)
        guard latent.count > 1 else { return [] }
        let covariance = kernel.impliedMoments().covariance.submatrix(rows: latent, columns: latent)
        return indefiniteness(covariance, names: latent.map { plan.variables[$0] }, of: "latent variables")
    }

    /// Residual correlations beyond one.
    private static func residualWarnings(_ plan: ModelPlan, _ kernel: LikelihoodKernel) -> [String] {
        let s = kernel.disturbanceCovariances()
        let involved = (0..<plan.observedCount).filter { i in
            (0..<plan.observedCount).contains { $0 != i && s[i, $0] != 0 }
        }
        guard involved.count > 1, involved.allSatisfy({ s[$0, $0] > 0 }) else { return [] }
        return indefiniteness(
            s.submatrix(rows: involved, columns: involved), names: involved.map { plan.variables[$0] },
            of: "residuals of")
    }

    private static func indefiniteness(_ covariance: Matrix, names: [String], of what: String) -> [String] {
        let variances = covariance.diagonal
        guard variances.allSatisfy({ $0 > 0 }) else { return [] }
        var pairs: [String] = []
        for j in names.indices {
            for i in 0..<j {
                let r = covariance[i, j] / (variances[i] * variances[j]).squareRoot()
                if abs(r) > 1 {
                    pairs.append(
                        "the correlation of the \(what) `\(names[i])` and `\(names[j])` is estimated as \(rounded(r)), "
                            + "beyond one: the covariance matrix is not positive definite; the two may be one and the "
                            + "same, or the model misspecified")
                }
            }
        }
        if !pairs.isEmpty { return pairs }
        let deviations = variances.map { $0.squareRoot() }
        let r = Matrix(rows: names.count, columns: names.count) {
            covariance[$0, $1] / (deviations[$0] * deviations[$1])
        }
        guard let eigen = try? SymmetricEigen(r), let smallest = eigen.values.last, smallest < -1e-8 else { return [] }
        let weights = eigen.vectors.column(names.count - 1)
        let largest = weights.reduce(0) { max($0, abs($1)) }
        let involved = weights.indices.filter { abs(weights[$0]) > 0.3 * largest }.map { "`\(names[$0])`" }
        return [
            "the covariance matrix of the \(what) \(involved.joined(separator: ", ")) is not positive definite, although "
                + "no single correlation is beyond one: these estimates contradict one another"
        ]
    }
}

extension ModelPlan {
    /// Whether nothing is directed at variable `i`.
    func causeless(_ i: Int) -> Bool {
        !elements.contains { if case .directed(to: i, from: _) = $0.path { true } else { false } }
    }
}

/// A number for a message, to three decimals.
func rounded(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "\(value)" }
    let scaled = (value * 1000).rounded()
    let whole = Int(abs(scaled)) / 1000, rest = Int(abs(scaled)) % 1000
    let digits = "\(rest)"
    return (scaled < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: 3 - digits.count) + digits
}
