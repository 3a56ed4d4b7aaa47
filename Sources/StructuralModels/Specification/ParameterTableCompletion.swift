/// Completes the parameters that a model's text names by those that options add, and numbers the free ones.
struct ParameterTableCompletion {
    private(set) var parameters: [Parameter] = []
    private(set) var freeCount = 0
    let hasMeanStructure: Bool
    private(set) var warnings: [String] = []
    /// For each constraint of effect coding, the rows whose sum it sets, and the sum.
    private(set) var effectCoding: [(rows: [Int], sum: Double)] = []

    private let variables: ModelVariables
    private let options: ModelOptions
    private let syntax: ModelSyntax
    private var known: Set<Parameter.Key> = []

    init(
        _ specified: SpecifiedParameters, _ variables: ModelVariables, _ options: ModelOptions, _ syntax: ModelSyntax
    ) throws(ModelSyntaxError) {
        self.variables = variables
        self.options = options
        self.syntax = syntax
        hasMeanStructure = options.meanStructure == true || specified.rows.contains { $0.op == .intercept }
        guard !specified.rows.isEmpty else { throw ModelSyntaxError(.emptyModel) }
        try checkVariables(specified)
        addSpecified(specified.rows)
        addVariances()
        addCovariances()
        if hasMeanStructure { addIntercepts() }
        for row in parameters.indices { parameters[row].placeLabel = ".p\(row + 1)." }
        try numberFreeParameters(specified.rows)
        noteEffectCoding(specified.rows)
        warnAboutRandomPredictors()
    }

    private func error(_ fault: ModelSyntaxError.Fault, at position: SourcePosition) -> ModelSyntaxError {
        ModelSyntaxError(fault, at: SourceExcerpt(position, in: Array(syntax.text.unicodeScalars)))
    }

    /// The covariances of so many variables still fit into memory with ease.
    private static let mostVariables = 1500

    private func checkVariables(_ specified: SpecifiedParameters) throws(ModelSyntaxError) {
        let count = variables.observed.count + variables.latent.count
        guard count <= Self.mostVariables else {
            throw ModelSyntaxError(.tooManyVariables(count, limit: Self.mostVariables))
        }
        let latent = Set(variables.latent)
        for product in variables.products where latent.contains(product.first) || latent.contains(product.second) {
            throw ModelSyntaxError(
                .notAvailable(
                    "the product \(product.name) of a latent variable cannot be used; latent interactions are not available"
                ))
        }
        var connected: Set<String> = []
        for row in specified.rows where row.op == .regression || (row.op == .measurement && row.lhs != row.rhs) {
            connected.insert(row.lhs)
            connected.insert(row.rhs)
        }
        for row in specified.rows where row.op == .measurement && !connected.contains(row.lhs) {
            throw error(.latentWithoutIndicators(row.lhs), at: row.position)
        }
    }

    // MARK: - Rows

    private mutating func addSpecified(_ rows: [SpecifiedParameter]) {
        var scaled: Set<String> = []
        for row in rows {
            var status: Parameter.Status = row.fixedValue.map { .fixed($0) } ?? .free(0)
            let isFirstIndicator = row.op == .measurement && scaled.insert(row.lhs).inserted
            if options.latentScale == .firstIndicator, isFirstIndicator, row.fixedValue == nil, !row.isFreed {
                status = .fixed(1)
            }
            parameters.append(
                Parameter(
                    lhs: row.lhs, op: row.op, rhs: row.rhs, status: status, isUser: true, position: row.position,
                    label: row.label, startValue: row.startValue, lowerBound: row.lowerBound, upperBound: row.upperBound
                ))
            known.insert(row.key)
        }
    }

    private mutating func add(_ lhs: String, _ op: ModelOperator, _ rhs: String, _ status: Parameter.Status) {
        guard known.insert(Parameter.Key(lhs: lhs, op: op, rhs: rhs)).inserted else { return }
        parameters.append(Parameter(lhs: lhs, op: op, rhs: rhs, status: status, isUser: false))
    }

    private mutating func addVariances() {
        guard options.addsVariances else { return }
        var loadings: [String: Int] = [:]
        var measures: [String: Int] = [:]
        for row in parameters where row.op == .measurement {
            loadings[row.lhs, default: 0] += 1
            measures[row.rhs, default: 0] += 1
        }
        let alone = parameters.lazy.filter { row in
            row.op == .measurement && row.lhs != row.rhs && loadings[row.lhs] == 1 && measures[row.rhs] == 1
        }
        let single = Set(alone.map(\.rhs))
        for name in variables.modelledObserved {
            add(name, .covariance, name, options.fixesSingleIndicators && single.contains(name) ? .fixed(0) : .free(0))
        }
        for name in variables.latent {
            let isSingle = options.fixesSingleIndicators && single.contains(name)
            add(
                name, .covariance, name,
                isSingle ? .fixed(0) : options.latentScale == .unitVariance ? .fixed(1) : .free(0))
        }
    }

    private mutating func addCovariances() {
        if options.addsLatentCovariances {
            let latent = variables.exogenousLatent
            addPairs(latent, firstOrthogonal: options.isOrthogonal ? latent.count : 0)
        }
        if options.addsDependentCovariances {
            addPairs(
                variables.dependentLatent + variables.dependentObserved,
                firstOrthogonal: options.isOrthogonal ? variables.dependentLatent.count : 0)
        }
        let exogenous = variables.exogenousObserved
        let status: Parameter.Status = options.fixesExogenousMoments ? .sampleMoment : .free(0)
        for (index, name) in exogenous.enumerated() {
            for other in exogenous[index...] { add(name, .covariance, other, status) }
        }
    }

    /// Adds the covariances of all pairs; those among the first variables are 0.
    private mutating func addPairs(_ names: [String], firstOrthogonal: Int) {
        for (index, name) in names.enumerated() {
            for other in (index + 1)..<max(names.count, index + 1) {
                add(name, .covariance, names[other], other < firstOrthogonal ? .fixed(0) : .free(0))
            }
        }
    }

    private mutating func addIntercepts() {
        let exogenous = Set(variables.exogenousObserved)
        let observed: Parameter.Status = options.freesObservedIntercepts ? .free(0) : .fixed(0)
        let predictors: Parameter.Status = options.fixesExogenousMoments ? .sampleMoment : observed
        for name in variables.observed { add(name, .intercept, "", exogenous.contains(name) ? predictors : observed) }
        if predictors == .fixed(0), !exogenous.isEmpty {
            warnings.append(
                "the intercepts of \(variables.exogenousObserved.map { "`\($0)`" }.joined(separator: ", ")) are 0, like those "
                    + "of all observed variables of a growth model: where predictors are not centred, fix their moments "
                    + "or free the intercepts with `~ 1`")
        }
        let coded = Set(effectCodedIntercepts().map(\.latent))
        for name in variables.latent {
            add(name, .intercept, "", options.freesLatentIntercepts || coded.contains(name) ? .free(0) : .fixed(0))
        }
    }

    // MARK: - Free parameters

    /// Gives rows with one label, and rows made equal by `equal()`, one free index. Where a row of such a set is fixed, all
    /// are, at the first fixed value.
    private mutating func numberFreeParameters(_ specified: [SpecifiedParameter]) throws(ModelSyntaxError) {
        var set = Array(parameters.indices)
        func root(_ row: Int) -> Int {
            var row = row
            while set[row] != row { row = set[row] }
            return row
        }
        func join(_ a: Int, _ b: Int) {
            let (a, b) = (root(a), root(b))
            set[max(a, b)] = min(a, b)
        }
        var firstWithLabel: [String: Int] = [:]
        for (row, parameter) in parameters.enumerated() where !parameter.label.isEmpty {
            if let first = firstWithLabel[parameter.label] {
                join(first, row)
            } else {
                firstWithLabel[parameter.label] = row
            }
        }
        if specified.contains(where: { $0.equalTo != nil }) {
            let places = rowsByName()
            for (row, parameter) in specified.enumerated() {
                guard let equal = parameter.equalTo else { continue }
                let name = String(equal.name.unicodeScalars.filter { !$0.properties.isWhitespace }.map(Character.init))
                guard let target = places[name] ?? firstWithLabel[name] else {
                    let nearest = nearestName(to: name, among: places.keys.sorted())
                    throw error(.unknownLabel(name, nearest: nearest), at: equal.position)
                }
                if parameters[target].label.isEmpty { parameters[target].label = parameters[target].placeLabel }
                if parameters[row].label.isEmpty { parameters[row].label = parameters[target].label }
                join(target, row)
            }
        }
        var fixedValue: [Int: (value: Double, row: Int)] = [:]
        for (row, parameter) in parameters.enumerated() {
            guard let value = parameter.fixedValue, fixedValue[root(row)] == nil else { continue }
            fixedValue[root(row)] = (value, row)
        }
        var index: [Int: Int] = [:]
        for row in parameters.indices {
            let root = root(row)
            if let (value, source) = fixedValue[root] {
                if parameters[row].status != .fixed(value) {
                    let (here, there) = (parameters[row], parameters[source])
                    warnings.append(
                        "\(here.lhs) \(here.op.rawValue) \(here.rhs) has the value \(value) of \(there.lhs) \(there.op.rawValue) "
                            + "\(there.rhs), with which it is set equal by the label `\(here.label)`")
                    parameters[row].status = .fixed(value)
                }
            } else if parameters[row].status != .sampleMoment {
                let next = index[root] ?? index.count
                index[root] = next
                parameters[row].status = .free(next)
            }
        }
        freeCount = index.count
    }

    private func rowsByName() -> [String: Int] {
        var places: [String: Int] = [:]
        for (row, parameter) in parameters.enumerated() {
            let names = [
                parameter.lhs + parameter.op.rawValue + parameter.rhs,
                parameter.op == .covariance ? parameter.rhs + parameter.op.rawValue + parameter.lhs : nil,
            ]
            for case let name? in names where places[name] == nil { places[name] = row }
        }
        return places
    }

    // MARK: - Effect coding

    /// The latent variables whose indicators' intercepts average 0 with effect coding: those none of whose indicators'
    /// intercepts is fixed. As in lavaan, a first-order factor's intercept counts as fixed unless the text frees it or the
    /// factor stands before the second-order one.
    private func effectCodedIntercepts() -> [(latent: String, indicators: Set<String>)] {
        guard options.latentScale == .effectCoding, hasMeanStructure else { return [] }
        let named = parameters.filter { $0.op == .intercept && $0.isUser }
        let fixedByText = Set(named.filter { $0.fixedValue != nil }.map(\.lhs))
        var fixed = Set(variables.latent).subtracting(named.map(\.lhs)).union(fixedByText)
        var coded: [(latent: String, indicators: Set<String>)] = []
        for (latent, rows) in loadingRows() {
            let indicators = Set(rows.map { parameters[$0].rhs })
            guard indicators.isDisjoint(with: fixed), !indicators.contains(latent) else { continue }
            coded.append((latent, indicators))
            if !fixedByText.contains(latent) { fixed.remove(latent) }
        }
        return coded
    }

    private func loadingRows() -> [(latent: String, rows: [Int])] {
        var rows: [String: [Int]] = [:]
        for (row, parameter) in parameters.enumerated() where parameter.op == .measurement {
            rows[parameter.lhs, default: []].append(row)
        }
        return variables.latent.map { ($0, rows[$0] ?? []) }
    }

    /// A latent variable's loadings average 1 and, with means, its indicators' intercepts average 0 (Little, Slegers & Card,
    /// 2006); not where the text fixes one of them.
    private mutating func noteEffectCoding(_ specified: [SpecifiedParameter]) {
        guard options.latentScale == .effectCoding else { return }
        let fixed = Set(specified.filter { $0.fixedValue != nil }.map(\.key))
        let codedIntercepts = Dictionary(
            effectCodedIntercepts().map { ($0.latent, $0.indicators) }, uniquingKeysWith: { first, _ in first })
        var intercepts: [String: Int] = [:]
        for (row, parameter) in parameters.enumerated() where parameter.op == .intercept {
            intercepts[parameter.lhs] = row
        }
        for (latent, rows) in loadingRows() where !rows.isEmpty {
            if !rows.contains(where: { fixed.contains(parameters[$0].key) }) {
                effectCoding.append((rows, Double(rows.count)))
            }
            if let indicators = codedIntercepts[latent] {
                effectCoding.append((indicators.compactMap { intercepts[$0] }.sorted(), 0))
            }
        }
    }

    private mutating func warnAboutRandomPredictors() {
        guard !variables.randomPredictors.isEmpty, !variables.exogenousObserved.isEmpty else { return }
        warnings.append(
            "the model names moments of \(variables.randomPredictors.joined(separator: ", ")), but not of "
                + "\(variables.exogenousObserved.joined(separator: ", ")): the former are estimated, the latter taken from the "
                + "sample, and covariances between the two are 0; name the moments of all predictors, or of none")
    }
}
