public import SetTheoreticAnalysis

extension Solution {
    /// What a reader must know about the models: how many there are, whether all are listed, and whether their number of
    /// terms is proven to be the least.
    ///
    /// - Parameter shown: The number of models that the reader sees; all that are listed when nil.
    public func statement(shown: Int? = nil) -> String {
        let shown = min(shown ?? models.count, models.count)
        let sizes = models.map(\.terms.count)
        guard let least = sizes.min(), let most = sizes.max() else { return "No model was found." }
        var text: String
        if proof.modelCount <= 1, proof.countIsExact {
            text = "One model fits the truth table."
        } else {
            let number = proof.countIsExact ? "\(proof.modelCount)" : "At least \(proof.modelCount)"
            let isPlural = proof.modelCount != 1
            text = "\(number) \(isPlural ? "models fit" : "model fits") the truth table equally well"
            if proof.isExhaustive, shown >= proof.modelCount {
                text += "; \(proof.modelCount == 2 ? "both" : "all") are listed."
            } else {
                text += "; \(shown == 1 ? "only the first is" : "the first \(shown) are") listed."
            }
            if !proof.countIsExact { text += " They were not counted to the end." }
        }
        if least != most {
            text += " The models have \(least) to \(most) terms, none of which can be left out."
        }
        if proof.isMinimumProven {
            text += " That no model has fewer terms is proven."
        } else if proof.lowerBound < least {
            text +=
                " Whether a model with fewer than \(least) terms exists is not settled; none has fewer than "
                + "\(proof.lowerBound)."
        } else {
            text += " That no model has fewer terms was not proven."
        }
        return text
    }
}

extension Solution.Kind {
    /// The name at the start of a sentence.
    var title: String {
        switch self {
        case .complex: "Complex (conservative) solution"
        case .parsimonious: "Parsimonious solution"
        case .intermediate: "Intermediate solution"
        }
    }
}
