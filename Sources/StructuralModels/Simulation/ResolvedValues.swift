/// The value at each place of a model, from a dictionary and from the model's text.
struct ResolvedValues {
    /// The values of the free parameters, by number.
    private(set) var parameters: [Double]
    /// The value at each of the plan's elements; unknown variances of a standardised model are zero.
    private(set) var elements: [Double]
    /// Variances that were given under the standardised metric, by row of the table.
    private var givenVariances: [(row: Int, value: Double)] = []

    init(_ values: [String: Double], model: StructuralModel, metric: Simulation.Metric) throws(SimulationError) {
        let table = model.table
        let rows = Self.rowsByName(table)
        var given: [Int: Double] = [:]
        var unknown: [String] = []
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            guard value.isFinite else { throw .notANumber(name) }
            guard let places = rows[name.withoutSpaces] else {
                unknown.append(name)
                continue
            }
            for row in places { given[row] = value }
        }
        if !unknown.isEmpty {
            let known = table.parameters.map(\.name)
            throw .unknownParameters(
                unknown.map { .init(name: $0, nearest: nearestName(to: $0.withoutSpaces, among: known)) })
        }

        var found = [Double?](repeating: nil, count: table.freeCount)
        for (row, parameter) in table.parameters.enumerated() {
            if metric == .standardized, parameter.isVariance {
                let value = given[row] ?? (parameter.isUser ? parameter.fixedValue ?? parameter.startValue : nil)
                if let value { givenVariances.append((row, value)) }
                continue
            }
            if let fixed = parameter.fixedValue, let value = given[row], abs(fixed - value) > 1e-9 {
                throw .fixedParameter(parameter.name, fixed: fixed, given: value)
            }
            guard let k = parameter.freeIndex, let value = given[row] ?? parameter.startValue else { continue }
            if let other = found[k], abs(other - value) > 1e-9, given[row] != nil {
                throw .contradictoryValues(table.freeNames[k], other, value)
            }
            found[k] = found[k] ?? value
        }
        var missing: [String] = []
        for (k, places) in table.rowsOfFreeParameters.enumerated() where found[k] == nil {
            let solved = places.allSatisfy { row in
                let parameter = table.parameters[row]
                return parameter.op == .intercept || metric == .standardized && parameter.isVariance
            }
            if !solved { missing.append(table.freeNames[k]) }
        }
        if !missing.isEmpty { throw .missingValues(missing, metric) }
        let parameters = found.map { $0 ?? 0 }
        self.parameters = parameters
        elements = table.parameters.map { parameter in
            if metric == .standardized, parameter.isVariance { return 0 }
            return parameter.freeIndex.map { parameters[$0] } ?? parameter.fixedValue ?? 0
        }
    }

    /// - Throws: ``SimulationError/contradictoryVariance(_:given:solved:)`` where a variance that was given is not the one
    ///   that gives all variables variance 1.
    func checkVariances(_ solved: [Double], of model: StructuralModel) throws(SimulationError) {
        for (row, value) in givenVariances {
            guard case .symmetric(let i, _) = model.plan.elements[row].path else { continue }
            if abs(solved[i] - value) > 0.005 {
                throw .contradictoryVariance(model.table.parameters[row].name, given: value, solved: solved[i])
            }
        }
    }

    /// The rows that go by each name: labels, and `lhs op rhs` with covariances both ways round.
    private static func rowsByName(_ table: ParameterTable) -> [String: [Int]] {
        var rows: [String: [Int]] = [:]
        for (row, parameter) in table.parameters.enumerated() {
            var names: Set = [parameter.name, parameter.lhs + parameter.op.rawValue + parameter.rhs]
            if parameter.op == .covariance { names.insert(parameter.rhs + parameter.op.rawValue + parameter.lhs) }
            for name in names { rows[name, default: []].append(row) }
        }
        return rows
    }
}

extension Parameter {
    /// Whether this is the variance, or residual variance, of a variable.
    fileprivate var isVariance: Bool { op == .covariance && lhs == rhs }
}

extension String {
    fileprivate var withoutSpaces: String { filter { !$0.isWhitespace } }
}
