public import SetTheoreticAnalysis

/// What is wanted of a qualitative comparative analysis beyond truth table and solutions.
public struct SupplementarySettings: Sendable, Hashable {
    /// The search for necessary conjunctions and disjunctions; nil for none.
    public var necessitySearch: SupersetSearch.Options?
    /// The search for sufficient conjunctions; nil for none.
    public var sufficiencySearch: SubsetSearch.Options?
    /// Necessary condition analysis; nil for none.
    public var ceilings: CeilingSettings?
    /// The solution whose model is examined; nil for the intermediate one, or where there is none the parsimonious, or the
    /// complex one.
    public var kind: Solution.Kind?
    /// The number of its model, from 1.
    public var model = 1
    /// Whether cases are selected.
    public var selectsCases = false
    /// Whether the ranges of cuts and anchors are looked for in which the solution stays the same.
    public var examinesSensitivity = false
    /// The number of bootstrap draws of cases, with leaving out each case; nil for neither.
    public var stabilityDraws: Int?
    /// Alternative cuts and calibrations: `incl=.75;n=2;A=e1,c2,i4`.
    public var alternatives: [String] = []
    /// A theory that the model is held against: `A*~B + C`.
    public var theory: String?
    /// The variable that names the cluster of each case: month, industry.
    public var cluster: String?
    /// The variable that names the unit of each case: person, firm.
    public var unit: String?
    /// Causal chains; nil for none.
    public var chain: ChainSettings?
    /// Whether inclusion cuts are suggested.
    public var suggestsInclusionCuts = false
    /// Whether simplifying assumptions are listed.
    public var listsCounterfactuals = false
    /// The seed of random numbers.
    public var seed: UInt64 = 1
    /// The number of threads; results do not depend on it.
    public var threads = 1

    /// Nothing is wanted.
    public init() {}

    /// Whether nothing is wanted.
    public var isEmpty: Bool {
        var settings = self, none = SupplementarySettings()
        // What only says how things are done asks for nothing.
        (none.kind, none.model, none.seed, none.threads) = (kind, model, seed, threads)
        settings.unit = cluster == nil ? nil : unit
        return settings == none
    }
}

/// How a necessary condition analysis of the conditions is carried out.
public struct CeilingSettings: Sendable, Hashable {
    /// Whether the raw values of calibrated sets are analysed instead of memberships.
    public var usesRawValues = false
    /// The ceilings, the corner and the test.
    public var options = NecessaryConditionOptions()
    /// Whether the corner was chosen; otherwise it follows from the outcome.
    public var choosesCorner = false

    /// Ceilings of memberships.
    public init() {}
}

/// How causal chains are looked for.
public struct ChainSettings: Sendable, Hashable {
    /// The consistency of models; nil for the defaults of cna (1) and QCA (0).
    public var consistency: Double?
    /// The coverage of models; nil for the defaults of cna and QCA, 1.
    public var coverage: Double?
    /// What may cause what: `A,B<C`.
    public var ordering: String?
    /// Whether sets of one tier cannot cause each other.
    public var isStrict = false

    /// The defaults.
    public init() {}
}
