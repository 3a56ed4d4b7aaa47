extension Calibration {
    /// Turns raw values into memberships.
    ///
    /// - Parameters:
    ///   - values: The raw values; not a number where one is missing, which stays missing.
    ///   - name: The name of the set.
    ///   - cases: The names of the cases, as many as values; none for "row 1", "row 2" …
    /// - Throws: ``SetTheoryError`` if there are no values, anchors neither rise nor fall, a cut lies outside the
    ///   values, or the indirect method meets a negative value.
    public func calibrate(
        _ values: [Double], name: String, cases: [String] = []
    ) throws(SetTheoryError) -> CalibrationResult {
        let cases = cases.isEmpty ? values.indices.map { "row \($0 + 1)" } : cases
        if cases.count != values.count {
            throw .unequalLengths(set: name, count: values.count, cases: cases.count)
        }
        let (function, anchors, sorted) = try membershipFunction(for: values, name: name)
        let values = values.map { $0.isFinite ? $0 : .nan }
        let exact = values.map { $0.isFinite ? function($0) : .nan }
        var memberships = exact
        if let decimals {
            let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
            memberships = exact.map { ($0 * scale).rounded() / scale }
        }
        func named(_ condition: (Int) -> Bool) -> [String] { values.indices.filter(condition).map { cases[$0] } }
        let fuzzy: Bool = if case .cuts = method { false } else { true }
        let half = named { fuzzy && abs(memberships[$0] - 0.5) < 1e-9 }
        let missing = named { !values[$0].isFinite }

        var notices: [CalibrationNotice] = []
        if !half.isEmpty { notices.append(.halfMemberships(half)) }
        let rounded = named { fuzzy && abs(memberships[$0] - 0.5) < 1e-9 && abs(exact[$0] - 0.5) >= 1e-9 }
        if !rounded.isEmpty { notices.append(.roundedToHalf(rounded)) }
        if !missing.isEmpty { notices.append(.missing(missing)) }
        if anchors.contains(where: { $0.percentile != nil }) { notices.append(.percentileAnchors) }
        let lowest = sorted[0], highest = sorted[sorted.count - 1]
        for anchor in anchors where anchor.value < lowest || anchor.value > highest {
            notices.append(
                .anchorOutsideData(name: anchor.name, value: anchor.value, lowest: lowest, highest: highest))
        }
        if case .indirect(let polynomial) = function {
            if !polynomial.converged { notices.append(.notConverged) }
            let fitted = sorted.map { function($0) }
            if zip(fitted, fitted.dropFirst()).contains(where: { $1 < $0 - 1e-6 }) { notices.append(.notMonotone) }
        }
        let result = CalibrationResult(
            name: name, cases: cases, calibration: self, anchors: anchors, values: values, memberships: memberships,
            halfMemberships: half, missing: missing,
            snapped: named { values[$0].isFinite && function.snaps(values[$0]) }, notices: [])
        if anchors.count == 1 || fuzzy, let share = result.shareInSet, share < 0.2 || share > 0.8 {
            notices.append(.skewed(shareInSet: share))
        }
        if lowest < highest {
            if let share = result.shareAtHighest, share > 0.15 { notices.append(.ceiling(share: share)) }
            if let share = result.shareAtLowest, share > 0.15 { notices.append(.floor(share: share)) }
        }
        return CalibrationResult(
            name: name, cases: cases, calibration: self, anchors: anchors, values: values, memberships: memberships,
            halfMemberships: half, missing: missing, snapped: result.snapped, notices: notices)
    }

    /// Memberships by the indirect method from preliminary memberships that the researcher gave to each case (Ragin 2008,
    /// chapter 5): the predictions of a quasi-binomial regression of these on ln x, √x, x and x², not rounded.
    ///
    /// - Parameters:
    ///   - values: The raw values, none of them negative or missing.
    ///   - preliminary: The preliminary membership of each case, 0 to 1.
    ///   - name: The name of the set, for messages.
    /// - Throws: ``SetTheoryError`` if a value or membership is out of range, or the regression does not converge.
    public static func indirectMemberships(
        of values: [Double], preliminary: [Double], name: String = "the set"
    ) throws(SetTheoryError) -> [Double] {
        if values.isEmpty { throw .noCases }
        if preliminary.count != values.count {
            throw .unequalLengths(set: name, count: preliminary.count, cases: values.count)
        }
        if let row = preliminary.firstIndex(where: { !($0 >= 0 && $0 <= 1) }) {
            throw .membershipOutOfRange(set: name, case: "row \(row + 1)", value: preliminary[row])
        }
        if let value = values.first(where: { !($0 >= 0 && $0.isFinite) }) {
            throw .invalidSetting(
                name: "a raw value of `\(name)`", value: "\(value)",
                remedy:
                    "the indirect method takes logarithms and square roots; add a constant to all values, and leave "
                    + "out cases without a value")
        }
        let polynomial = FractionalPolynomial(values, preliminary)
        if !polynomial.converged { throw .notApplicable("`\(name)`: \(CalibrationNotice.notConverged)") }
        return values.map { polynomial($0) }
    }

    /// The function of a raw value, its anchors as numbers, and the values in order.
    func membershipFunction(
        for values: [Double], name: String
    ) throws(SetTheoryError) -> (MembershipFunction, [CalibrationResult.ResolvedAnchor], [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        guard let lowest = sorted.first, let highest = sorted.last else {
            throw .notApplicable("`\(name)` has no raw value: there is nothing to calibrate")
        }
        if let decimals, !(0...10).contains(decimals) {
            throw .invalidSetting(
                name: "the number of decimals of `\(name)`", value: "\(decimals)", remedy: "choose 1 to 10")
        }
        let resolved = zip(anchors, anchorNames).map { anchor, label in
            let percentile: Double? = if case .percentile(let percentage) = anchor { percentage } else { nil }
            return CalibrationResult.ResolvedAnchor(
                name: label, value: anchor.resolved(in: sorted), percentile: percentile)
        }
        let numbers = resolved.map(\.value)
        let function: MembershipFunction
        switch method {
        case .direct(_, let scale):
            if case .degree(let degree) = scale, !(degree > 0.5 && degree < 1) {
                throw .invalidSetting(
                    name: "the degree of membership at full inclusion", value: "\(degree)",
                    remedy: "it lies between 0.5 and 1; QCA for R takes 0.95")
            }
            function = .logistic(try flank(numbers, name: name), logOdds: scale.logOdds)
        case .power(_, let exponents):
            try check(exponents, name: name)
            function = .power(try flank(numbers, name: name), exponents)
        case .cumulative:
            let flank = try flank(numbers, name: name)
            let between = sorted.filter { $0 >= min(flank.e, flank.i) && $0 <= max(flank.e, flank.i) }
            function = .cumulative(flank, EmpiricalDistribution(sorted: between))
        case .bell(_, _, let exponents):
            try check(exponents, name: name)
            let (first, second) = try flanks(numbers, name: name)
            function = .bell(first, second, exponents)
        case .cuts: function = .levels(try cuts(numbers, name: name, lowest: lowest, highest: highest))
        case .indirect:
            let cuts = try cuts(numbers, name: name, lowest: lowest, highest: highest)
            if let position = values.firstIndex(where: { $0 < 0 }) {
                throw .invalidSetting(
                    name: "a raw value of `\(name)`", value: plainNumber(values[position]),
                    remedy: "the indirect method takes logarithms and square roots; add a constant to all values and "
                        + "cuts, or use the direct method")
            }
            let steps = (0...cuts.count).map { (1000 * Double($0) / Double(cuts.count)).rounded() / 1000 }
            let preliminary = sorted.map { value in steps[cuts.count { value > $0 }] }
            function = .indirect(FractionalPolynomial(sorted, preliminary))
        case .totallyFuzzyRelative(let given):
            function = .relative(lowest: given ?? lowest, EmpiricalDistribution(sorted: sorted))
        }
        return (function, resolved, sorted)
    }

    private func flank(_ numbers: [Double], name: String) throws(SetTheoryError) -> MembershipFunction.Flank {
        let (e, c, i) = (numbers[0], numbers[1], numbers[2])
        guard numbers.allSatisfy(\.isFinite), e < c && c < i || e > c && c > i else {
            throw .anchorsOutOfOrder(
                set: name, anchors: numbers,
                remedy: "full exclusion, crossover and full inclusion must rise (e1,c2,i5) or, for a set that shrinks "
                    + "as values grow, fall (e5,c2,i1), without equal ones" + percentileRemedy)
        }
        return MembershipFunction.Flank(e: e, c: c, i: i)
    }

    private func flanks(
        _ n: [Double], name: String
    ) throws(SetTheoryError) -> (MembershipFunction.Flank, MembershipFunction.Flank) {
        let bell = n[0] < n[1] && n[1] < n[2] && n[2] <= n[3] && n[3] < n[4] && n[4] < n[5]
        let inverted = n[2] < n[1] && n[1] < n[0] && n[0] <= n[5] && n[5] < n[4] && n[4] < n[3]
        guard n.allSatisfy(\.isFinite), bell || inverted else {
            throw .anchorsOutOfOrder(
                set: name, anchors: n,
                remedy: "six anchors rise as raw values do: e1,c2,i3,i4,c5,e6 for a bell, i1,c2,e3,e4,c5,i6 for an "
                    + "inverted bell; only the two in the middle may be equal" + percentileRemedy)
        }
        return (
            MembershipFunction.Flank(e: n[0], c: n[1], i: n[2]), MembershipFunction.Flank(e: n[5], c: n[4], i: n[3])
        )
    }

    private func cuts(
        _ numbers: [Double], name: String, lowest: Double, highest: Double
    ) throws(SetTheoryError) -> [Double] {
        let cuts = numbers.sorted()
        if cuts.isEmpty {
            throw .invalidSetting(
                name: "the cuts of `\(name)`", value: "left out", remedy: "give at least one, as cuts3")
        }
        if cuts.count >= Conjunction.levelLimit {
            throw .invalidSetting(
                name: "the number of cuts of `\(name)`", value: "\(cuts.count)",
                remedy: "a set has at most \(Conjunction.levelLimit) levels")
        }
        if let cut = numbers.first(where: { !($0 >= lowest && $0 <= highest) }) {
            throw .invalidSetting(
                name: "a cut of `\(name)`", value: plainNumber(cut),
                remedy: "the values run from \(shortNumber(lowest)) to \(shortNumber(highest)); choose cuts within")
        }
        guard zip(cuts, cuts.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .anchorsOutOfOrder(
                set: name, anchors: cuts, remedy: "name each cut once" + percentileRemedy)
        }
        return cuts
    }

    private func check(_ exponents: Exponents, name: String) throws(SetTheoryError) {
        for value in [exponents.below, exponents.above] where !(value > 0 && value.isFinite) {
            throw .invalidSetting(
                name: "an exponent of `\(name)`", value: "\(value)", remedy: "exponents are positive; 1 is linear")
        }
    }

    private var percentileRemedy: String {
        anchors.contains { $0.isPercentile }
            ? "; percentiles coincide when many cases have one value: give numbers instead" : ""
    }
}
