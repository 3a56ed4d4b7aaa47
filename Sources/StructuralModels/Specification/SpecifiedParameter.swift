/// What the model's text says about one parameter, the modifiers of all its mentions in one formula taken together.
struct SpecifiedParameter: Sendable {
    var lhs: String
    let op: ModelOperator
    var rhs: String
    let position: SourcePosition
    var fixedValue: Double?
    /// `NA*`: not to be fixed by an option.
    var isFreed = false
    var label = ""
    /// The name or label of the parameter that this one equals.
    var equalTo: (name: String, position: SourcePosition)?
    var startValue: Double?
    var lowerBound = -Double.infinity
    var upperBound = Double.infinity

    var key: Parameter.Key { Parameter.Key(lhs: lhs, op: op, rhs: rhs) }
}

/// The formulas of a model as a list of parameters.
struct SpecifiedParameters {
    private(set) var rows: [SpecifiedParameter] = []
    private(set) var products: [ModelVariables.Product] = []
    private(set) var relations: [ModelRelation] = []
    private(set) var warnings: [String] = []
    private let syntax: ModelSyntax
    private var known: Set<Parameter.Key> = []

    init(_ syntax: ModelSyntax) throws(ModelSyntaxError) {
        self.syntax = syntax
        for statement in syntax.statements {
            switch statement {
            case .relation(let relation): relations.append(relation)
            case .block(let block):
                throw error(
                    .notAvailable(
                        "models with a block for each \(block.kind.rawValue) are not available yet; remove `\(block.kind.rawValue): "
                            + "\(block.value)` and write the model of one group"), at: block.position)
            case .formula(let formula): try add(formula)
            }
        }
    }

    private func error(_ fault: ModelSyntaxError.Fault, at position: SourcePosition) -> ModelSyntaxError {
        ModelSyntaxError(fault, at: SourceExcerpt(position, in: Array(syntax.text.unicodeScalars)))
    }

    private mutating func add(_ formula: ModelFormula) throws(ModelSyntaxError) {
        switch formula.relation {
        case .measurement, .regression, .covariance: break
        case .composite:
            throw error(.notAvailable("composites (`<~`) are not available yet; use `=~`"), at: formula.position)
        case .threshold, .thresholdRegression, .scaling:
            throw error(
                .notAvailable(
                    "ordinal variables (`\(formula.relation.rawValue)`) are not available yet; remove this line"),
                at: formula.position)
        default: throw error(.missingOperator, at: formula.position)
        }
        let first = rows.count
        var own: [Parameter.Key: Int] = [:]
        for left in formula.left {
            guard let lhs = left.name else { throw error(.missing("a variable"), at: left.position) }
            if let block = left.modifiers.first {
                throw error(
                    .notAvailable("blocks of exploratory factors, efa(), are not available yet"), at: block.position)
            }
            if case .product = left.subject, formula.relation != .covariance {
                throw error(
                    .malformedTerm("a product cannot stand on the left of `\(formula.relation.rawValue)`"),
                    at: left.position)
            }
            noteProduct(left)
            for term in formula.right {
                noteProduct(term)
                var row = try self.row(lhs, formula, term)
                if let place = own[row.key] {
                    row = rows[place]
                } else if known.contains(row.key) {
                    warnings.append(
                        "line \(term.position.line): \(row.lhs) \(formula.relation.rawValue) \(term.name ?? "1") is already in "
                            + "the model; this one is ignored")
                    continue
                } else {
                    own[row.key] = rows.count
                    rows.append(row)
                }
                for modifier in term.modifiers { try apply(modifier, to: &row) }
                guard row.lowerBound <= row.upperBound else {
                    throw error(
                        .contradictoryBounds(
                            variable: "\(row.lhs)\(row.op.rawValue)\(row.rhs)", lower: row.lowerBound,
                            upper: row.upperBound),
                        at: term.position)
                }
                if let place = own[row.key] { rows[place] = row }
            }
        }
        for row in rows[first...] { known.insert(row.key) }
    }

    private mutating func noteProduct(_ term: ModelTerm) {
        guard case .product(let first, let second) = term.subject, let name = term.name else { return }
        products.append(ModelVariables.Product(name: name, first: first, second: second))
    }

    private func row(
        _ lhs: String, _ formula: ModelFormula, _ term: ModelTerm
    ) throws(ModelSyntaxError) -> SpecifiedParameter {
        guard let rhs = term.name else {
            if formula.relation == .measurement {
                // lavaan's phantom latent variable: a loading of 0 on itself.
                return SpecifiedParameter(lhs: lhs, op: .measurement, rhs: lhs, position: term.position, fixedValue: 0)
            }
            return SpecifiedParameter(
                lhs: lhs, op: .intercept, rhs: "", position: term.position,
                fixedValue: term.subject == .constant(0) ? 0 : nil)
        }
        if rhs == lhs, formula.relation == .regression { throw error(.regressedOnItself(lhs), at: term.position) }
        if rhs == lhs, formula.relation == .measurement { throw error(.measuredByItself(lhs), at: term.position) }
        return SpecifiedParameter(lhs: lhs, op: formula.relation, rhs: rhs, position: term.position)
    }

    private func apply(_ modifier: ModelModifier, to row: inout SpecifiedParameter) throws(ModelSyntaxError) {
        guard modifier.values.count == 1, let value = modifier.values.first else {
            throw error(.wrongNumberOfValues(found: modifier.values.count, groups: 1), at: modifier.position)
        }
        switch (modifier.kind, value) {
        case (.randomSlope, _):
            throw error(.notAvailable("random slopes, rv(), are not available yet"), at: modifier.position)
        case (.exploratoryBlock, _):
            throw error(
                .notAvailable("blocks of exploratory factors, efa(), are not available yet"), at: modifier.position)
        case (.value, .number(let x)), (.fixed, .number(let x)):
            row.fixedValue = x
            row.isFreed = false
        case (.value, .notAvailable):
            row.fixedValue = nil
            row.isFreed = true
        case (.value, .name(let label)), (.label, .name(let label)): row.label = label
        case (.start, .number(let x)): row.startValue = x
        case (.equal, .name(let name)): row.equalTo = (name, modifier.position)
        case (.lower, .number(let x)): row.lowerBound = x
        case (.upper, .number(let x)): row.upperBound = x
        default: break
        }
    }

    /// Puts the sides of covariances in the order of the model's variables, latent before observed ones, as lavaan does.
    mutating func orderCovariances(by variables: ModelVariables) {
        let order = Dictionary(
            (variables.latent + variables.observed).enumerated().map { ($1, $0) },
            uniquingKeysWith: { first, _ in first })
        for index in rows.indices where rows[index].op == .covariance {
            guard let left = order[rows[index].lhs], let right = order[rows[index].rhs], right < left else { continue }
            (rows[index].lhs, rows[index].rhs) = (rows[index].rhs, rows[index].lhs)
        }
    }
}
