import LinearAlgebra

/// How the variance of the response divides between the levels of a model with random intercepts.
public struct VariancePartition: Sendable, Hashable, Codable {
    /// A level above the first.
    public struct Level: Sendable, Hashable, Codable {
        /// The grouping factor.
        public let group: String
        /// The variance of its intercepts.
        public let variance: Double
        /// Its share of the total variance: ICC at this level (Davis & Scott 1995; Hox 2010, equation 2.16).
        public let share: Double
        /// The correlation of two rows of the same group: for a group nested in larger ones theirs is included (Siddiqui,
        /// Hedeker, Flay & Hu 1996; Hox 2010, equation 2.18).
        public let correlation: Double
        /// The number of groups.
        public let groupCount: Int
        /// The mean number of rows in a group.
        public let meanGroupSize: Double
        /// Kish's design effect 1 + (mean group size − 1)·correlation.
        public let designEffect: Double
    }

    /// The levels, those with more groups first.
    public let levels: [Level]
    /// The residual variance.
    public let residualVariance: Double
    /// Its share of the total.
    public let residualShare: Double

    /// The partition for `fit`, conditional on its fixed effects.
    /// - Throws: ``MixedModelError/notAvailable(_:)`` when a term is anything but a random intercept.
    public init(_ fit: MixedModelFit) throws {
        let design = fit.design
        guard !design.terms.isEmpty else {
            throw MixedModelError.notAvailable("an intraclass correlation needs a grouping factor")
        }
        for term in design.terms where term.coefficientCount != 1 || term.columns.storage.contains(where: { $0 != 1 }) {
            throw MixedModelError.notAvailable(
                "the intraclass correlation is defined for random intercepts; (… | \(term.factor)) has a random slope, "
                    + "with which it depends on the predictors: fit the model without it first")
        }
        let variances = fit.covariances.map { $0[0, 0] }
        let total = variances.reduce(fit.residualVariance, +)
        levels = design.terms.indices.map { index in
            let term = design.terms[index]
            // Groups that contain this one add to the correlation of its rows.
            let containing = design.terms.indices.filter { $0 == index || term.isNested(in: design.terms[$0]) }
            let correlation = containing.reduce(0) { $0 + variances[$1] } / total
            let count = term.occupiedLevelCount
            let size = Double(design.rowCount) / Double(count)
            return Level(
                group: term.name, variance: variances[index], share: variances[index] / total, correlation: correlation,
                groupCount: count, meanGroupSize: size, designEffect: 1 + (size - 1) * correlation)
        }
        residualVariance = fit.residualVariance
        residualShare = fit.residualVariance / total
    }
}

extension RandomTerm {
    /// Whether each group of this term lies in a single group of `other`, which is coarser.
    func isNested(in other: RandomTerm) -> Bool {
        var parent = [Int](repeating: -1, count: levels.count)
        for (group, outer) in zip(groups, other.groups) {
            if parent[group] < 0 { parent[group] = outer }
            if parent[group] != outer { return false }
        }
        return Set(parent.filter { $0 >= 0 }).count < occupiedLevelCount
    }
}
