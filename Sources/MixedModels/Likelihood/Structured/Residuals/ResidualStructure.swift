/// How the level-1 residuals of a linear mixed model vary and correlate (Pinheiro & Bates 2000, chapter 5):
/// cov ε = σ²·D·C·D with D the ratios of the standard deviations and C the correlations within clusters.
///
/// It is written `ar1(month | leader)`, `ar1h(month | leader)`, `cs(leader)`, `csh(month | leader)`, `diag(month)`,
/// `un(month | leader)`, or `ar1(month | leader) + diag(sex)` for variances that differ by something else than the
/// occasion. Columns that identify a cluster together are joined by a colon: `ar1(month | firm:leader)`.
public struct ResidualStructure: Sendable, Hashable, CustomStringConvertible {
    /// How residuals of one cluster correlate. Those of different clusters never do.
    public enum Correlation: Sendable, Hashable {
        /// They do not.
        case none
        /// ρ^|t − s| between the occasions t and s: AR(1) where the occasions are whole numbers, its continuous form
        /// with 0 < ρ < 1 otherwise (nlme's corAR1 and corCAR1).
        case autoregressive(occasion: String, within: [String])
        /// ρ between any two (nlme's corCompSymm).
        case compoundSymmetric(within: [String])
        /// Any covariance matrix of the occasions (`UN` of SPSS and SAS; nlme's corSymm with varIdent).
        case unstructured(occasion: String, within: [String])
    }

    /// The correlations.
    public var correlation: Correlation
    /// The column whose values have variances of their own (nlme's varIdent); nil where the variance is the same. An
    /// unstructured covariance matrix has its own variances and takes none.
    public var variancesBy: String?

    /// A structure from its parts.
    public init(correlation: Correlation, variancesBy: String? = nil) {
        self.correlation = correlation
        self.variancesBy = variancesBy
    }

    /// σ²I.
    public static let independent = ResidualStructure(correlation: .none)

    /// AR(1) over the occasions of a cluster.
    public static func autoregressive(_ occasion: String, within cluster: String...) -> ResidualStructure {
        ResidualStructure(correlation: .autoregressive(occasion: occasion, within: cluster))
    }

    /// AR(1) with a variance per occasion (ARH1 of SPSS and SAS).
    public static func heterogeneousAutoregressive(_ occasion: String, within cluster: String...) -> ResidualStructure {
        ResidualStructure(
            correlation: .autoregressive(occasion: occasion, within: cluster), variancesBy: occasion)
    }

    /// One correlation between any two residuals of a cluster.
    public static func compoundSymmetric(within cluster: String...) -> ResidualStructure {
        ResidualStructure(correlation: .compoundSymmetric(within: cluster))
    }

    /// One correlation, and a variance per occasion (CSH of SPSS and SAS).
    public static func heterogeneousCompoundSymmetric(
        _ occasion: String, within cluster: String...
    ) -> ResidualStructure {
        ResidualStructure(correlation: .compoundSymmetric(within: cluster), variancesBy: occasion)
    }

    /// Independent residuals with a variance per value of a column.
    public static func diagonal(_ column: String) -> ResidualStructure {
        ResidualStructure(correlation: .none, variancesBy: column)
    }

    /// Any covariance matrix of the occasions.
    public static func unstructured(_ occasion: String, within cluster: String...) -> ResidualStructure {
        ResidualStructure(correlation: .unstructured(occasion: occasion, within: cluster))
    }

    /// Whether residuals of different rows may correlate.
    public var isCorrelated: Bool { correlation != .none }

    /// The columns that must be known in every row, each once, in the order of the text.
    public var columnNames: [String] {
        var names: [String] =
            switch correlation {
            case .none: []
            case .autoregressive(let occasion, let cluster), .unstructured(let occasion, let cluster):
                [occasion] + cluster
            case .compoundSymmetric(let cluster): cluster
            }
        if let variancesBy { names.append(variancesBy) }
        var seen = Set<String>()
        return names.filter { seen.insert($0).inserted }
    }

    /// The text that ``init(parsing:)`` reads.
    public var description: String {
        func joined(_ cluster: [String]) -> String { cluster.map(Self.quoted).joined(separator: ":") }
        var parts: [String] = []
        var variances = variancesBy
        switch correlation {
        case .none: break
        case .autoregressive(let occasion, let cluster):
            let isHeterogeneous = variances == occasion
            parts.append("ar1\(isHeterogeneous ? "h" : "")(\(Self.quoted(occasion)) | \(joined(cluster)))")
            if isHeterogeneous { variances = nil }
        case .compoundSymmetric(let cluster):
            if let column = variances {
                parts.append("csh(\(Self.quoted(column)) | \(joined(cluster)))")
                variances = nil
            } else {
                parts.append("cs(\(joined(cluster)))")
            }
        case .unstructured(let occasion, let cluster):
            parts.append("un(\(Self.quoted(occasion)) | \(joined(cluster)))")
        }
        if let variances { parts.append("diag(\(Self.quoted(variances)))") }
        return parts.isEmpty ? "independent" : parts.joined(separator: " + ")
    }

    private static func quoted(_ name: String) -> String {
        let isPlain = !name.isEmpty && name.unicodeScalars.allSatisfy(ResidualStructureScanner.isPlain)
        return isPlain ? name : "`\(name)`"
    }
}
