/// The places of a plan as the kernel walks them: all places to fill the matrices, and the free ones as flat arrays of
/// column numbers of U, weights and parameter numbers; directed paths come first.
struct FreeParts {
    enum Kind { case directed, symmetric, intercept }

    /// Every place that is not a structural zero.
    let places: [ModelPlan.Element]
    /// The number of places that hold a free parameter (one parameter may hold several).
    let count: Int
    let kind: [Kind]
    /// The parameter at each place.
    let parameter: [Int]
    /// The columns u and v of U, and the weight w, of dΣ = w(u vᵀ + v uᵀ).
    let u: [Int], v: [Int]
    let w: [Double]
    /// The column b of the effect (directed), of the first end (symmetric) or of the variable (intercept).
    let b: [Int]
    /// The cause (directed) or second end (symmetric) as a variable, and the ends' numbers among the sources, −1 for
    /// a leaf.
    let second: [Int], firstSource: [Int], secondSource: [Int]
    /// The number of directed paths, which come first: only with one of them can ∂²Σ differ from zero.
    let directedCount: Int
    /// The number of places whose ∂²Σ with a directed path can differ from zero: directed paths and (co)variances that
    /// reach a source; these come before the rest.
    let bendCount: Int
    /// The last places, when they are variances of leaves whose columns of U and parameter numbers both run on without a
    /// gap, as residual variances of items do: their part of the Hessian is a product element by element.
    let variances: Range<Int>
    /// Whether a parameter holds several places.
    let sharesParameters: Bool

    /// The variables that nothing is directed from.
    let leaves: [Int]
    /// The places of directed paths to leaves, each once: the leaf, the cause's number among the sources, the cause.
    let leafPaths: [(leaf: Int, cause: Int, source: Int)]
    /// Whether a leaf's disturbance covaries with a source's.
    let joinsLeavesAndSources: Bool

    init(plan: ModelPlan) {
        leaves = plan.variables.indices.filter { plan.sourceIndex[$0] < 0 }
        var leafPaths: [(leaf: Int, cause: Int, source: Int)] = []
        var joins = false
        var seen: Set<ModelPlan.Path> = []
        for element in plan.elements where seen.insert(element.path.canonical).inserted {
            switch element.path {
            case .directed(let to, let from) where plan.sourceIndex[to] < 0:
                leafPaths.append((to, plan.sourceIndex[from], from))
            case .symmetric(let i, let j): joins = joins || (plan.sourceIndex[i] < 0) != (plan.sourceIndex[j] < 0)
            default: break
            }
        }
        self.leafPaths = leafPaths
        joinsLeavesAndSources = joins
        let p = plan.observedCount, m = plan.sources.count
        /// The column of F(I − A)⁻¹ for a variable: a unit vector for an observed leaf, zero for a latent one.
        func bColumn(_ i: Int) -> Int {
            let source = plan.sourceIndex[i]
            if source >= 0 { return p + source }
            return i < p ? i : p + 2 * m
        }
        var kind = [Kind](), parameter = [Int](), u = [Int](), v = [Int](), w = [Double](), b = [Int]()
        var second = [Int](), firstSource = [Int](), secondSource = [Int]()
        func reachesSource(_ path: ModelPlan.Path) -> Bool {
            if case .symmetric(let i, let j) = path {
                plan.sourceIndex[i] >= 0 || plan.sourceIndex[j] >= 0
            } else {
                false
            }
        }
        let others = plan.elements.filter { !$0.path.isDirected }
        let ordered =
            plan.elements.filter(\.path.isDirected) + others.filter { reachesSource($0.path) }
            + others.filter { !reachesSource($0.path) && !$0.path.isVariance }
            + others.filter { !reachesSource($0.path) && $0.path.isVariance }
        for element in ordered {
            guard case .free(let index) = element.quantity else { continue }
            parameter.append(index)
            switch element.path {
            case .directed(let to, let from):
                kind.append(.directed)
                u.append(bColumn(to))
                v.append(p + m + plan.sourceIndex[from])
                w.append(1)
                b.append(bColumn(to))
                second.append(from)
                firstSource.append(plan.sourceIndex[to])
                secondSource.append(plan.sourceIndex[from])
            case .symmetric(let i, let j):
                kind.append(.symmetric)
                u.append(bColumn(i))
                v.append(bColumn(j))
                w.append(i == j ? 0.5 : 1)
                b.append(bColumn(i))
                second.append(j)
                firstSource.append(plan.sourceIndex[i])
                secondSource.append(plan.sourceIndex[j])
            case .intercept(let i):
                kind.append(.intercept)
                u.append(p + 2 * m)
                v.append(p + 2 * m)
                w.append(0)
                b.append(bColumn(i))
                second.append(i)
                firstSource.append(plan.sourceIndex[i])
                secondSource.append(plan.sourceIndex[i])
            }
        }
        places = plan.elements
        count = kind.count
        directedCount = kind.count { $0 == .directed }
        bendCount = kind.indices.count {
            kind[$0] == .directed || kind[$0] == .symmetric && (firstSource[$0] >= 0 || secondSource[$0] >= 0)
        }
        sharesParameters = Set(parameter).count < parameter.count
        var start = kind.count
        while start > 0, kind[start - 1] == .symmetric, u[start - 1] == v[start - 1], firstSource[start - 1] < 0,
            start == kind.count
                || u[start - 1] + 1 == u[start] && parameter[start - 1] + 1 == parameter[start]
        {
            start -= 1
        }
        variances = start..<kind.count
        self.kind = kind
        self.parameter = parameter
        self.u = u
        self.v = v
        self.w = w
        self.b = b
        self.second = second
        self.firstSource = firstSource
        self.secondSource = secondSource
    }
}

extension ModelPlan.Path {
    /// Whether this is an element on the diagonal of S.
    var isVariance: Bool { if case .symmetric(let i, let j) = self { i == j } else { false } }

    /// Whether this is an element of A.
    var isDirected: Bool { if case .directed = self { true } else { false } }
}
