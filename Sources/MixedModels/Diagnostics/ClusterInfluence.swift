import LinearAlgebra

/// How much the fixed effects depend on each cluster of the highest level.
///
/// A cluster is left out with the variance components held where they are, which generalised least squares does exactly
/// (Demidenko & Stukel 2005; Pinheiro & Bates 2000 do so for what they call one-step diagnostics).
public struct ClusterInfluence: Sendable, Hashable, Codable {
    /// A cluster.
    public struct Row: Sendable, Hashable, Codable {
        /// Its name: the group of the coarsest factor that it holds.
        public let cluster: String
        /// Its number of rows.
        public let rowCount: Int
        /// Cook's distance (β̂ − β̂₍ⱼ₎)ᵀΦ⁻¹(β̂ − β̂₍ⱼ₎)/p (Cook 1977).
        public let cooksDistance: Double
        /// (β̂ − β̂₍ⱼ₎)/SE₍ⱼ₎ of each fixed effect (Belsley, Kuh & Welsch 1980), SE₍ⱼ₎ without the cluster.
        public let dfbetas: [Double]
        /// β̂₍ⱼ₎, the fixed effects without the cluster.
        public let coefficients: [Double]
    }

    /// The clusters, the most influential first.
    public let rows: [Row]
    /// Clusters without which a fixed effect cannot be estimated; they have no row.
    public let indispensable: [String]

    /// The influences on `fit`.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` where the factors are crossed, and for residual structures.
    public init(_ fit: MixedModelFit) throws {
        let blocks = try ClusterBlocks(fit, purpose: "the influence of clusters")
        guard blocks.count > 1 else {
            throw MixedModelError.notAvailable(
                "the influence of clusters: crossed grouping factors leave no independent clusters to leave out")
        }
        let design = fit.design
        let total: Matrix
        do { total = try Cholesky(fit.coefficientCovariance).inverse } catch {
            throw MixedModelError.notEstimable("the covariance matrix of the fixed effects is singular")
        }
        let marginal = fit.marginalFit
        let coarsest = design.terms.indices.min {
            (design.terms[$0].levels.count, $0) < (design.terms[$1].levels.count, $1)
        }
        var rows: [Row] = [], indispensable: [String] = []
        for block in 0..<blocks.count {
            let members = blocks.rows[block]
            let name = coarsest.flatMap { term in
                blocks.groups[block][term].first.map { design.terms[term].levels[$0] }
            }
            let x = blocks.fixed(block)
            let solved = try blocks.solver(block).solve(x)
            let remaining = total - x.transposedTimes(solved)
            let scale = remaining.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
            let scaled = Matrix(rows: total.rows, columns: total.rows) {
                scale[$0] * remaining[$0, $1] * scale[$1]
            }
            let isDependent = zip(remaining.diagonal, total.diagonal).contains { $0 < 1e-10 * $1 }
            guard !isDependent, let factor = try? Cholesky(scaled), factor.factor.diagonal.allSatisfy({ $0 > 1e-6 })
            else {
                indispensable.append(name ?? "\(block + 1)")
                continue
            }
            let residual = members.map { design.response[$0] - marginal[$0] }
            let score = zip(solved.transpose * residual, scale).map { $0 * $1 }
            let change = zip(factor.solve(score), scale).map { $0 * $1 }
            let inverse = factor.inverse
            rows.append(
                Row(
                    cluster: name ?? "\(block + 1)", rowCount: members.count,
                    cooksDistance: total.quadraticForm(change) / Double(change.count),
                    dfbetas: change.indices.map { change[$0] / (scale[$0] * inverse[$0, $0].squareRoot()) },
                    coefficients: zip(fit.coefficients, change).map { $0 - $1 }))
        }
        self.rows = rows.enumerated()
            .sorted { ($1.element.cooksDistance, $0.offset) < ($0.element.cooksDistance, $1.offset) }
            .map(\.element)
        self.indispensable = indispensable
    }
}
