/// How the levels of a categorical predictor are coded as columns of a design, by the names and codes of R.
public enum FactorContrast: String, Sendable, Hashable, Codable, CaseIterable {
    /// Dummy variables: each level against the first (`contr.treatment`).
    case treatment
    /// Effect codes: each level but the last against the mean of all (`contr.sum`).
    case sum
    /// Each level against the mean of those before it (`contr.helmert`).
    case helmert
    /// Orthogonal polynomials over equally spaced levels (`contr.poly`).
    case polynomial
    /// Dummy variables: each level against the last (`contr.SAS`).
    case sas

    /// The contrast of R's name, with or without `contr.`.
    init?(named name: String) {
        let short = name.hasPrefix("contr.") ? String(name.dropFirst(6)) : name
        switch short {
        case "treatment": self = .treatment
        case "sum": self = .sum
        case "helmert": self = .helmert
        case "poly": self = .polynomial
        case "SAS": self = .sas
        default: return nil
        }
    }

    /// The names of the contrasts as `C()` takes them.
    static let names = ["treatment", "sum", "helmert", "poly", "SAS"]
}
