import LinearAlgebra
import Probability

/// The estimated random effects of one term with their conditional covariance matrices.
public struct EmpiricalBayes: Sendable, Hashable, Codable {
    /// The term, as ``RandomTerm/name``.
    public let term: String
    /// The names of the q coefficients.
    public let coefficientNames: [String]
    /// The names of the groups.
    public let levels: [String]
    /// b̂ (groups × q).
    public let effects: Matrix
    /// cov(b | y) of each group for known β, σ²Λ(ΛᵀZᵀWZΛ + I)⁻¹Λᵀ (q × q each): lme4's `condVar`.
    public let conditionalCovariances: [Matrix]

    /// The conditional standard deviations (groups × q).
    public var standardDeviations: Matrix {
        Matrix(rows: levels.count, columns: coefficientNames.count) {
            max(conditionalCovariances[$0][$1, $1], 0).squareRoot()
        }
    }

    /// The random effects of `fit`, term by term.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` for a residual structure, or crossed factors with more than some
    ///   thousand groups.
    public static func terms(of fit: MixedModelFit) throws -> [EmpiricalBayes] {
        let design = fit.design
        let blocks = try ClusterBlocks(fit, purpose: "conditional variances of random effects")
        var covariances = zip(design.terms, fit.covariances).map { term, covariance in
            [Matrix](repeating: covariance, count: term.levels.count)
        }
        for block in 0..<blocks.count {
            let solver = try blocks.solver(block)
            let inverse = solver.inner.inverse
            var first = 0
            for (term, random) in design.terms.enumerated() {
                let q = random.coefficientCount
                for group in blocks.groups[block][term] {
                    let range = Array(first..<(first + q))
                    let part = inverse.submatrix(rows: range, columns: range)
                    let factor = fit.factors[term]
                    covariances[term][group] = fit.residualVariance * (factor * part).timesTransposed(factor)
                    first += q
                }
            }
        }
        return design.terms.indices.map { index in
            EmpiricalBayes(
                term: design.terms[index].name, coefficientNames: design.terms[index].coefficientNames,
                levels: design.terms[index].levels, effects: fit.randomEffects[index],
                conditionalCovariances: covariances[index])
        }
    }

    /// A group in a caterpillar plot.
    public struct Interval: Sendable, Hashable, Codable {
        /// The group.
        public let level: String
        /// b̂.
        public let estimate: Double
        /// The conditional standard deviation.
        public let standardDeviation: Double
        /// The lower limit.
        public let lower: Double
        /// The upper limit.
        public let upper: Double
    }

    /// The effects of a coefficient in ascending order with normal intervals: the data of a caterpillar plot.
    ///
    /// For a level of 0.95 each interval covers its effect; to compare two groups by overlap take ±1.39 standard deviations,
    /// level 0.8355 (Goldstein & Healy 1995). Empty for a coefficient that does not exist.
    public func caterpillar(coefficient: Int = 0, level: Double = 0.95) -> [Interval] {
        guard coefficientNames.indices.contains(coefficient), level > 0, level < 1 else { return [] }
        let quantile = Normal.standard.upperQuantile((1 - level) / 2)
        let deviations = standardDeviations
        return levels.indices
            .sorted { (effects[$0, coefficient], $0) < (effects[$1, coefficient], $1) }
            .map { group in
                let estimate = effects[group, coefficient], deviation = deviations[group, coefficient]
                return Interval(
                    level: levels[group], estimate: estimate, standardDeviation: deviation,
                    lower: estimate - quantile * deviation, upper: estimate + quantile * deviation)
            }
    }
}
