/// The places of a plan as the kernel walks them: all places to fill the matrices, and the free ones as flat arrays of
/// column numbers of U, weights and parameter numbers.
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
    /// Whether ∂²Σ with another parameter can differ from zero: directed paths.
    let bends: [Bool]

    init(plan: ModelPlan) {
        let p = plan.observedCount, m = plan.sources.count
        /// The column of F(I − A)⁻¹ for a variable: a unit vector for an observed leaf, zero for a latent one.
        func bColumn(_ i: Int) -> Int {
            let source = plan.sourceIndex[i]
            if source >= 0 { return p + source }
            return i < p ? i : p + 2 * m
        }
        var kind = [Kind](), parameter = [Int](), u = [Int](), v = [Int](), w = [Double](), b = [Int]()
        var second = [Int](), firstSource = [Int](), secondSource = [Int]()
        for element in plan.elements {
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
        bends = kind.map { $0 == .directed }
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
