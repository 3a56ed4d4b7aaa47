import LinearAlgebra
import Probability

/// What HLM prints about the random effects of a two-level model: the χ² test of each variance and the reliability of each
/// coefficient.
public struct HLMVarianceTests: Sendable, Hashable, Codable {
    /// A random coefficient.
    public struct Row: Sendable, Hashable, Codable {
        /// The coefficient, as in ``RandomTerm/coefficientNames``.
        public let coefficient: String
        /// Its standard deviation between groups.
        public let standardDeviation: Double
        /// τ_qq, its variance between groups.
        public let variance: Double
        /// Σ_j (β̂_qj − Σ_s γ̂_qs·W_sj)²/V̂_qqj, β̂_qj being the least-squares estimate within group j
        /// (Raudenbush & Bryk 2002, equation 3.103).
        public let chiSquared: Double
        /// Groups used − level-2 predictors − 1.
        public let degreesOfFreedom: Int
        /// Its p-value; NaN without degrees of freedom.
        public let pValue: Double
        /// The mean over groups of τ_qq/(τ_qq + V̂_qqj) (Raudenbush & Bryk 2002, equation 3.59).
        public let reliability: Double
    }

    /// A row for each random coefficient.
    public let rows: [Row]
    /// The groups with enough data for least squares of their own, on which χ² and reliability rest.
    public let groupsUsed: Int
    /// All groups.
    public let groupCount: Int

    /// The tests for `fit`.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` for models with more than one grouping factor, case weights or a
    ///   residual structure, and when no group has enough rows.
    public init(_ fit: MixedModelFit) throws {
        let within = try WithinGroupRegressions(fit, purpose: "HLM's chi-square test of variances")
        let equations = CoefficientEquations(fit.design)
        let names = fit.design.terms.flatMap(\.coefficientNames)
        let variances = fit.covariances.flatMap(\.diagonal)
        let used = within.groups.compactMap { $0 }
        guard !used.isEmpty else {
            throw MixedModelError.notAvailable(
                "HLM's chi-square test: no group has enough rows for a regression of its own")
        }
        var position = 0
        var predictors: [Int] = []
        for term in fit.design.terms.indices {
            for k in 0..<fit.design.terms[term].coefficientCount {
                let equation = equations.equations.first { $0.term == term && $0.coefficient == k }
                predictors.append(equation?.columns.count ?? 0)
                position += 1
            }
        }
        rows = names.indices.map { q in
            var chiSquared = 0.0, reliability = 0.0
            for group in used {
                let error = fit.residualVariance * group.inverseCrossProduct[q, q]
                chiSquared += group.deviations[q] * group.deviations[q] / error
                reliability += variances[q] / (variances[q] + error)
            }
            let df = used.count - predictors[q]
            return Row(
                coefficient: names[q], standardDeviation: variances[q].squareRoot(), variance: variances[q],
                chiSquared: chiSquared, degreesOfFreedom: df,
                pValue: df > 0 ? ChiSquared(degreesOfFreedom: Double(df)).upperTail(chiSquared) : .nan,
                reliability: reliability / Double(used.count))
        }
        groupsUsed = used.count
        groupCount = within.groups.count
    }
}

/// Least squares within each group of a two-level model.
struct WithinGroupRegressions: Sendable {
    struct Group: Sendable {
        /// (Z_jᵀZ_j)⁻¹Z_jᵀ(y_j − X_jβ̂): the least-squares coefficients less what the level-2 equations predict.
        let deviations: [Double]
        /// (Z_jᵀZ_j)⁻¹.
        let inverseCrossProduct: Matrix
        /// The residual sum of squares of y_j − X_jβ̂ about Z_j·deviations.
        let residualSumOfSquares: Double
        /// n_j.
        let rowCount: Int
    }

    /// Each group that occurs; nil where Z_j has not full rank.
    let groups: [Group?]

    init(_ fit: MixedModelFit, purpose: String) throws {
        let design = fit.design
        guard let first = design.terms.first, design.terms.allSatisfy({ $0.groups == first.groups }) else {
            throw MixedModelError.notAvailable("\(purpose): available for two-level models with one grouping factor")
        }
        guard design.weights == nil else {
            throw MixedModelError.notAvailable("\(purpose): not available with case weights")
        }
        let blocks = try ClusterBlocks(fit, purpose: purpose)
        let marginal = fit.marginalFit
        groups = (0..<blocks.count).map { block in
            let z = blocks.rawRandom(block)
            let residual = blocks.rows[block].map { design.response[$0] - marginal[$0] }
            guard z.rows >= z.columns else { return nil }
            let cross = z.crossProduct
            let scale = cross.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
            let scaled = Matrix(rows: cross.rows, columns: cross.rows) { scale[$0] * cross[$0, $1] * scale[$1] }
            guard let factor = try? Cholesky(scaled), factor.factor.diagonal.allSatisfy({ $0 > 1e-6 }) else {
                return nil
            }
            let scaledInverse = factor.inverse
            let inverse = Matrix(rows: cross.rows, columns: cross.rows) {
                scale[$0] * scaledInverse[$0, $1] * scale[$1]
            }
            let deviations = inverse * (z.transpose * residual)
            let fitted = z * deviations
            let squares = zip(residual, fitted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
            return Group(
                deviations: deviations, inverseCrossProduct: inverse, residualSumOfSquares: squares, rowCount: z.rows)
        }
    }
}
