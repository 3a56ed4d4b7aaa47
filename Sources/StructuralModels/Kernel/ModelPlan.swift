/// A covariance and mean structure in reticular form (McArdle & McDonald 1984), compiled for the kernel.
///
/// The t variables are the p observed ones first, then the latent ones. Directed paths form A (t × t, row: effect,
/// column: cause), symmetric ones S, intercepts m: Σ = F(I − A)⁻¹S(I − A)⁻ᵀFᵀ and μ = F(I − A)⁻¹m.
public struct ModelPlan: Sendable {
    /// A place in the matrices A, S or m.
    public enum Path: Sendable, Hashable {
        /// The element of A for the effect of `from` on `to`.
        case directed(to: Int, from: Int)
        /// The two elements of S, or the one on its diagonal.
        case symmetric(Int, Int)
        /// The element of m.
        case intercept(Int)
    }

    /// Where the value at a place comes from.
    public enum Quantity: Sendable, Hashable {
        /// The free parameter of this number, counted from zero.
        case free(Int)
        /// A constant.
        case fixed(Double)
        /// The sample moment of the observed variables concerned (exogenous covariates under fixed x).
        case sample
    }

    /// A place that is not a structural zero, and its value.
    public struct Element: Sendable, Hashable {
        /// The place.
        public var path: Path
        /// The value.
        public var quantity: Quantity

        /// Creates an element.
        public init(_ path: Path, _ quantity: Quantity) {
            self.path = path
            self.quantity = quantity
        }
    }

    /// The names of all variables, observed ones first.
    public let variables: [String]
    /// The number p of observed variables.
    public let observedCount: Int
    /// The number q of free parameters.
    public let parameterCount: Int
    /// All places that are not structural zeros.
    public let elements: [Element]
    /// Whether the means are modelled.
    public let hasMeans: Bool

    /// For each variable its number among those that something is directed from, or −1 for a leaf.
    let sourceIndex: [Int]
    /// The variables that something is directed from.
    let sources: [Int]
    /// The sources' own directed elements in an order in which each cause precedes its effects; nil when the paths
    /// form a cycle.
    let sourceOrder: [Int]?

    /// Compiles a structure.
    public init(
        variables: [String], observedCount: Int, parameterCount: Int, elements: [Element], hasMeans: Bool
    ) {
        self.variables = variables
        self.observedCount = observedCount
        self.parameterCount = parameterCount
        self.elements = elements
        self.hasMeans = hasMeans

        var isSource = [Bool](repeating: false, count: variables.count)
        var causes = [[Int]](repeating: [], count: variables.count)
        for case .directed(let to, let from) in elements.map(\.path) {
            isSource[from] = true
            causes[to].append(from)
        }
        let sources = variables.indices.filter { isSource[$0] }
        var sourceIndex = [Int](repeating: -1, count: variables.count)
        for (number, variable) in sources.enumerated() { sourceIndex[variable] = number }
        self.sources = sources
        self.sourceIndex = sourceIndex
        sourceOrder = Self.topologicalOrder(of: sources, causes: causes)
    }

    /// Kahn's algorithm (1962) over the sources; nil when there is a cycle.
    private static func topologicalOrder(of sources: [Int], causes: [[Int]]) -> [Int]? {
        var waiting = [Int: Int]()
        var effects = [Int: [Int]]()
        for variable in sources {
            waiting[variable] = causes[variable].count
            for cause in causes[variable] { effects[cause, default: []].append(variable) }
        }
        var order = [Int]()
        var ready = sources.filter { waiting[$0] == 0 }
        while let next = ready.popLast() {
            order.append(next)
            for effect in effects[next] ?? [] {
                waiting[effect, default: 0] -= 1
                if waiting[effect] == 0 { ready.append(effect) }
            }
        }
        return order.count == sources.count ? order : nil
    }

    /// The same structure with `candidates` as further free parameters, numbered from ``parameterCount`` on.
    ///
    /// A candidate that stands at the place of a fixed element replaces it.
    func adding(candidates: [Path]) -> ModelPlan {
        var elements = elements
        var position = [Path: Int]()
        for (index, element) in elements.enumerated() { position[element.path.canonical] = index }
        for (offset, path) in candidates.enumerated() {
            let element = Element(path, .free(parameterCount + offset))
            if let index = position[path.canonical] {
                elements[index] = element
            } else {
                elements.append(element)
            }
        }
        return ModelPlan(
            variables: variables, observedCount: observedCount, parameterCount: parameterCount + candidates.count,
            elements: elements, hasMeans: hasMeans)
    }

    /// The same structure with the sample's moments of exogenous variables as further free parameters.
    var withFreeExogenousMoments: ModelPlan {
        var count = parameterCount
        let elements = elements.map { element -> Element in
            guard element.quantity == .sample else { return element }
            count += 1
            return Element(element.path, .free(count - 1))
        }
        return ModelPlan(
            variables: variables, observedCount: observedCount, parameterCount: count, elements: elements,
            hasMeans: hasMeans)
    }
}

extension ModelPlan.Path {
    /// The same place with the two ends of a symmetric path in ascending order.
    var canonical: ModelPlan.Path {
        if case .symmetric(let a, let b) = self, a > b { return .symmetric(b, a) }
        return self
    }
}
