/// A coefficient that a text reports with its standard error or interval.
struct ReportedCoefficient: Hashable {
    /// The estimate.
    let estimate: PrintedNumber
    /// Its standard error.
    var standardError: PrintedNumber?
    /// t or z, with the degrees of freedom if they are printed.
    var ratio: PrintedNumber?
    /// The confidence interval of 95 %.
    var interval: [PrintedNumber] = []
    /// p.
    var probability: ReportedTest.Probability?
    /// Whether it is a standardized coefficient, whose printed standard error is often that of the other one.
    let isStandardized: Bool
    /// Where it stands.
    var range: Range<Int>
}

extension TextScanner {
    /// A coefficient with at least one figure to check it against, if one begins here: `b = .34, SE = .12, p = .004`.
    mutating func coefficient() -> ReportedCoefficient? {
        let start = place
        guard isAtWordStart else { return nil }
        let standardized = skip(names: ["β", "beta", "Beta"])
        guard standardized || coefficientName() else {
            place = start
            return nil
        }
        guard relation() == "=", let estimate = number() else {
            place = start
            return nil
        }
        var found = ReportedCoefficient(estimate: estimate, isStandardized: standardized, range: start..<place)
        for _ in 0..<8 where place - start < 240 {
            let before = place
            if sign() == ")" || sign() == "]" { place += 1 }
            skipBlank()
            if sign() == "," || sign() == ";" || sign() == "(" || sign() == "[" { place += 1 }
            skipBlank()
            let part = place
            if found.probability == nil, let probability = probability() {
                found.probability = probability
            } else if found.ratio == nil, skip(names: ["t", "z", "Z"]) {
                if sign() == "(" { while let sign = sign(), sign != ")", place - part < 20 { place += 1 } }
                if sign() == ")" { place += 1 }
                guard relation() == "=", let ratio = number() else {
                    place = before
                    break
                }
                found.ratio = ratio
            } else if let named = self.part() {
                if ["se", "stderror", "stderr", "standarderror"].contains(named.name), found.standardError == nil {
                    found.standardError = named.numbers.first
                } else if named.name.contains("95"), named.name.contains("ci"), named.numbers.count == 2 {
                    found.interval = named.numbers
                }
            } else {
                place = before
                break
            }
            found.range = start..<place
        }
        place = found.range.upperBound
        guard found.standardError != nil && (found.ratio != nil || found.probability != nil) || !found.interval.isEmpty
        else {
            place = start
            return nil
        }
        return found
    }

    private mutating func coefficientName() -> Bool {
        if skip(names: ["b", "B", "coefficient", "coef", "estimate", "Estimate", "est", "effect"]) { return true }
        let start = place
        if skip("γ") || skip("gamma") {
            for _ in 0..<2 where sign()?.isFigure == true { place += 1 }
            if sign()?.isWordPart != true { return true }
        }
        place = start
        return false
    }
}
