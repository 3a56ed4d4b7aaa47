/// The parameters of a model, those that its text names and those that options add, in the order of lavaan's parameter table:
/// the text's rows first, then variances, covariances of latent variables, covariances of dependent variables, moments of
/// exogenous variables and intercepts; below them definitions and constraints.
public struct ParameterTable: Sendable, Equatable {
    /// The parameters.
    public let parameters: [Parameter]
    /// Definitions and constraints in the order of the text, then the constraints of effect coding.
    public let relations: [ParameterRelation]
    /// The variables by their part in the model.
    public let variables: ModelVariables
    /// The number of free parameters; rows that share a label count once. (lavaan's `npar` is this number less the number of
    /// independent equality constraints in ``constraints``.)
    public let freeCount: Int
    /// Whether means and intercepts are part of the model.
    public let hasMeanStructure: Bool
    /// The options that the table was built with.
    public let options: ModelOptions
    /// What the user should know, such as lines that were ignored.
    public let warnings: [String]

    /// Builds the table of a model.
    ///
    /// - Throws: ``ModelSyntaxError`` where the text asks for something impossible or not available yet.
    public init(_ syntax: ModelSyntax, options: ModelOptions = .sem) throws(ModelSyntaxError) {
        var specified = try SpecifiedParameters(syntax)
        var variables = ModelVariables(specified.rows, products: specified.products)
        if !options.fixesExogenousMoments { variables.randomPredictors = [] }
        specified.orderCovariances(by: variables)
        let completion = try ParameterTableCompletion(specified, variables, options, syntax)
        parameters = completion.parameters
        freeCount = completion.freeCount
        hasMeanStructure = completion.hasMeanStructure
        self.variables = variables
        self.options = options
        warnings = specified.warnings + completion.warnings
        var resolver = ParameterRelationResolver(parameters, in: syntax)
        relations = try resolver.relations(specified.relations, effectCoding: completion.effectCoding)
    }

    /// Builds the table of a model from its text.
    ///
    /// - Throws: ``ModelSyntaxError`` with the place of the fault.
    public init(_ text: String, options: ModelOptions = .sem) throws(ModelSyntaxError) {
        try self.init(ModelSyntax(text), options: options)
    }

    /// The definitions, in the order of the text.
    public var definitions: [DefinedParameter] {
        relations.compactMap { if case .definition(let definition) = $0 { definition } else { nil } }
    }

    /// The constraints. Equality by a shared label is not among them: such rows have the same free index.
    public var constraints: [ParameterConstraint] {
        relations.compactMap { if case .constraint(let constraint) = $0 { constraint } else { nil } }
    }

    /// For each free parameter, the rows that it fills.
    public var rowsOfFreeParameters: [[Int]] {
        var rows = [[Int]](repeating: [], count: freeCount)
        for (row, parameter) in parameters.enumerated() {
            if let index = parameter.freeIndex { rows[index].append(row) }
        }
        return rows
    }

    /// For each free parameter, its name: the label, or that of its first row.
    public var freeNames: [String] { rowsOfFreeParameters.map { $0.first.map { parameters[$0].name } ?? "" } }

    /// For each free parameter, where the user wants estimation to start.
    public var startValues: [Double?] {
        rowsOfFreeParameters.map { rows in rows.lazy.compactMap { parameters[$0].startValue }.first }
    }

    /// For each free parameter, the tightest bounds that its rows have.
    public var bounds: [(lower: Double, upper: Double)] {
        rowsOfFreeParameters.map { rows in
            (
                rows.map { parameters[$0].lowerBound }.max() ?? -.infinity,
                rows.map { parameters[$0].upperBound }.min() ?? .infinity
            )
        }
    }

    /// For each latent variable that has one, the row of its marker: the first loading that is fixed at 1.
    public var markerRows: [String: Int] {
        var markers: [String: Int] = [:]
        for (row, parameter) in parameters.enumerated()
        where parameter.op == .measurement && parameter.fixedValue == 1 && markers[parameter.lhs] == nil {
            markers[parameter.lhs] = row
        }
        return markers
    }

    /// Checks the model against the names of the data's columns.
    ///
    /// - Throws: ``ModelSyntaxError`` naming every observed variable that the data lack, with the nearest name, or a latent
    ///   variable that has the name of a column.
    public func validate(against columnNames: [String]) throws(ModelSyntaxError) {
        let columns = Set(columnNames)
        if let latent = variables.latent.first(where: { columns.contains($0) }) {
            throw ModelSyntaxError(.latentNamedLikeColumn(latent))
        }
        let factors = Dictionary(
            variables.products.map { ($0.name, [$0.first, $0.second]) }, uniquingKeysWith: { first, _ in first })
        var missing: [String] = []
        for name in variables.observed where !columns.contains(name) {
            for needed in factors[name] ?? [name] where !columns.contains(needed) && !missing.contains(needed) {
                missing.append(needed)
            }
        }
        if !missing.isEmpty {
            let nearest = missing.prefix(20).map { nearestName(to: $0, among: columnNames) }
            throw ModelSyntaxError(.unknownVariables(Array(missing.prefix(20)), nearest: nearest))
        }
    }
}
