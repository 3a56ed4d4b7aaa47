import LinearAlgebra
import Probability

/// Likelihood-ratio tests between models of the same response.
public struct ModelComparison: Sendable, Hashable, Codable {
    /// A model and its test against the one above it.
    public struct Row: Sendable, Hashable, Codable {
        /// The model's name.
        public let name: String
        /// Its likelihood and criteria.
        public let criteria: InformationCriteria
        /// The decrease of the deviance; nil in the first row.
        public let chiSquared: Double?
        /// The number of parameters more than in the row above.
        public let degreesOfFreedom: Int?
        /// The p-value by χ²; nil without degrees of freedom.
        public let pValue: Double?
        /// The p-value by the mixture of χ² that holds when a variance is zero under the smaller model (Stram & Lee 1994);
        /// nil unless the two differ by the variance of one random coefficient and its covariances.
        public let mixturePValue: Double?
    }

    /// The models in ascending order of their number of parameters.
    public let rows: [Row]
    /// The criterion that was compared.
    public let criterion: MixedCriterion
    /// Whether REML fits were refitted by ML, as `anova` of lme4 does, because their fixed effects differ.
    public let wasRefitted: Bool

    /// Compares `models`.
    ///
    /// REML criteria of models with different fixed effects are not comparable: such models are refitted by ML, unless
    /// `refitsByML` is false. Models whose fixed effects agree are compared by the criterion they were fitted with.
    /// - Throws: ``MixedModelError/notEstimable(_:)`` for fewer than two models, different rows or responses, and REML fits
    ///   with different fixed effects that may not be refitted.
    public init(_ models: [(name: String, fit: MixedModelFit)], refitsByML: Bool = true) throws {
        guard let first = models.first, models.count > 1 else {
            throw MixedModelError.notEstimable("a comparison needs at least two models")
        }
        for (name, fit) in models.dropFirst() {
            guard fit.design.response.count == first.fit.design.response.count else {
                throw MixedModelError.notEstimable(
                    "the models \(first.name) and \(name) were fitted to \(first.fit.design.rowCount) and "
                        + "\(fit.design.rowCount) rows, and likelihoods of different data cannot be compared: keep the rows "
                        + "that are complete in all variables of both")
            }
            guard
                fit.design.rows == first.fit.design.rows && fit.design.response == first.fit.design.response
                    && fit.design.weights == first.fit.design.weights
            else {
                throw MixedModelError.notEstimable(
                    "the models \(first.name) and \(name) were fitted to different rows, responses or weights, and their "
                        + "likelihoods cannot be compared")
            }
        }
        let sameFixed = models.allSatisfy {
            $0.fit.design.fixed == first.fit.design.fixed && $0.fit.design.offset == first.fit.design.offset
        }
        let hasREML = models.contains { $0.fit.criterion == .reml }
        let mixed = hasREML && models.contains { $0.fit.criterion == .ml }
        var fits = models
        wasRefitted = hasREML && (!sameFixed || mixed)
        if wasRefitted {
            guard refitsByML else {
                throw MixedModelError.notEstimable(
                    "REML criteria cannot be compared between models with different fixed effects: fit the models by ML"
                )
            }
            fits = try models.map { name, fit in
                (name, fit.criterion == .ml ? fit : try fit.refitted(fit.design, criterion: .ml))
            }
        }
        criterion = hasREML && !wasRefitted ? .reml : .ml
        let sorted = fits.enumerated()
            .sorted { ($0.element.fit.parameterCount, $0.offset) < ($1.element.fit.parameterCount, $1.offset) }
            .map(\.element)
        rows = sorted.enumerated().map { index, model in
            let criteria = InformationCriteria(model.fit)
            guard index > 0 else {
                return Row(
                    name: model.name, criteria: criteria, chiSquared: nil, degreesOfFreedom: nil, pValue: nil,
                    mixturePValue: nil)
            }
            let above = sorted[index - 1].fit
            let chiSquared = max(above.deviance - model.fit.deviance, 0)
            let df = model.fit.parameterCount - above.parameterCount
            let mixture = sameFixed && Self.differsByOneCoefficient(above.design.terms, model.fit.design.terms)
            return Row(
                name: model.name, criteria: criteria, chiSquared: chiSquared, degreesOfFreedom: df,
                pValue: df > 0 ? ChiSquared(degreesOfFreedom: Double(df)).upperTail(chiSquared) : nil,
                mixturePValue: mixture ? BoundaryMixture(components: df).pValue(chiSquared) : nil)
        }
    }

    /// Whether `larger` has the terms of `smaller` but for one coefficient more in one of them.
    private static func differsByOneCoefficient(_ smaller: [RandomTerm], _ larger: [RandomTerm]) -> Bool {
        var remaining = smaller
        var grown: [RandomTerm] = []
        for term in larger {
            if let index = remaining.firstIndex(where: { $0.isSame(as: term) }) {
                remaining.remove(at: index)
            } else {
                grown.append(term)
            }
        }
        guard grown.count == 1, let term = grown.first else { return false }
        if remaining.isEmpty { return term.coefficientCount == 1 }
        guard remaining.count == 1, let old = remaining.first, old.groups == term.groups,
            old.coefficientCount + 1 == term.coefficientCount
        else { return false }
        let columns = (0..<term.coefficientCount).map { term.columns.column($0) }
        return (0..<old.coefficientCount).allSatisfy { columns.contains(old.columns.column($0)) }
    }
}

extension RandomTerm {
    /// Whether both terms have the same coefficients and groups.
    fileprivate func isSame(as other: RandomTerm) -> Bool {
        groups == other.groups && columns == other.columns
    }
}

/// The distribution of the likelihood-ratio statistic of one variance and its k − 1 covariances: half χ² with k − 1 and half
/// with k degrees of freedom (Self & Liang 1987, case 6; Stram & Lee 1994, case 3).
struct BoundaryMixture: Sendable {
    /// k.
    let components: Int

    /// The p-value of a statistic; 1 at zero.
    func pValue(_ statistic: Double) -> Double {
        guard statistic > 0 else { return 1 }
        let lower = components > 1 ? ChiSquared(degreesOfFreedom: Double(components - 1)).upperTail(statistic) : 0
        return 0.5 * lower + 0.5 * ChiSquared(degreesOfFreedom: Double(max(components, 1))).upperTail(statistic)
    }
}

extension MixedModelFit {
    /// The fit of a related design, from the same start where the covariance parameters are as many.
    ///
    /// - Throws: ``MixedModelError/notAvailable(_:)`` for a residual structure, whose columns a fit does not keep.
    func refitted(_ design: MixedDesign, criterion: MixedCriterion) throws -> MixedModelFit {
        guard residualStructure == .independent else {
            throw MixedModelError.notAvailable(
                "the model with residuals \(residualStructure) cannot be refitted here: fit it by "
                    + "\(criterion.rawValue) in the first place")
        }
        let isSameSize = design.terms.map(\.coefficientCount) == self.design.terms.map(\.coefficientCount)
        return try MixedModel.fit(design, criterion: criterion, start: isSameSize ? startingTheta : nil)
    }

    /// θ with factors at zero moved off it, where the gradient in θ would vanish.
    var startingTheta: [Double] {
        var start = theta
        var position = 0
        for term in design.terms {
            for (row, column) in lowerTriangle(term.coefficientCount) {
                if row == column, abs(start[position]) < 1e-3 { start[position] = 0.1 }
                position += 1
            }
        }
        return start
    }
}
