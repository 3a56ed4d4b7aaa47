/// Which constructs a measurement model puts on one factor: `(X1+X2, M, W+Z, Y)`.
public struct FactorSpecification: Sendable, Hashable {
    /// The constructs of each factor.
    public let factors: [Set<String>]

    /// Reads a specification: factors separated by commas or semicolons, merged constructs by `+` or `&`; `nil` if a construct occurs
    /// twice or is empty.
    public init?(_ text: some StringProtocol) {
        let inner = String(text).filter { !"()[]".contains($0) }
        let factors = inner.split(omittingEmptySubsequences: false) { ",;，；".contains($0) }
            .map { $0.split(omittingEmptySubsequences: false) { "+&＋".contains($0) }.map { trimmed($0) } }
        let names = factors.flatMap { $0 }
        guard !names.contains(""), Set(names).count == names.count else { return nil }
        self.factors = factors.map { Set($0) }
    }

    /// The constructs of all factors.
    public var constructs: Set<String> { factors.reduce(into: []) { $0.formUnion($1) } }

    /// Whether it is the other model with some factors merged, so that it is nested in it.
    public func merges(_ other: FactorSpecification) -> Bool {
        constructs == other.constructs && factors.count < other.factors.count
            && other.factors.allSatisfy { finer in factors.contains { finer.isSubset(of: $0) } }
    }

    /// The model of some of the constructs only, as a level on which the others do not vary.
    func restricted(to kept: Set<String>) -> [Set<String>] {
        factors.map { $0.intersection(kept) }.filter { !$0.isEmpty }
    }
}

/// How many factors the name of a model says that it has: `Six-factor model`, `5-factor`, `Single factor`.
func factorCount(named name: String) -> Int? {
    let text = name.lowercased()
    // A second-order or method factor adds other parameters than correlations of factors.
    let others = ["method", "cmv", "ulmc", "second", "higher", "hierarch", "bifactor", "bi-factor", "+"]
    guard !others.contains(where: { text.contains($0) }), let before = text.components(around: "factor").first,
        before.count < text.count,
        let end = before.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).last
    else { return nil }
    let words: [(String, Int)] = [
        ("single", 1), ("one", 1), ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7),
        ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11), ("twelve", 12),
    ]
    if let digits = Int(String(end)) { return digits > 0 ? digits : nil }
    return words.first { end == $0.0 }?.1
}
