/// Resolves the labels of definitions and constraints to parameters and compiles them.
struct ParameterRelationResolver {
    /// All compiled expressions together may have so many steps; beyond that, definitions that build on each other grow
    /// without measure.
    private static let mostSteps = 4_000_000

    private let syntax: ModelSyntax
    private let parameters: [Parameter]
    private var meanings: [String: CompiledExpressionBuilder.Meaning] = [:]
    private var builder = CompiledExpressionBuilder()
    private var stepCount = 0

    init(_ parameters: [Parameter], in syntax: ModelSyntax) {
        self.parameters = parameters
        self.syntax = syntax
    }

    private func error(_ fault: ModelSyntaxError.Fault, at position: SourcePosition) -> ModelSyntaxError {
        ModelSyntaxError(fault, at: SourceExcerpt(position, in: Array(syntax.text.unicodeScalars)))
    }

    mutating func relations(
        _ relations: [ModelRelation], effectCoding: [(rows: [Int], sum: Double)]
    ) throws(ModelSyntaxError) -> [ParameterRelation] {
        if relations.isEmpty && effectCoding.isEmpty { return [] }
        collectLabels()
        let definitions = relations.filter { $0.relation == .definition }
        try declare(definitions)
        for relation in relations {
            try check(relation.right)
            if relation.relation != .definition { try check(relation.left) }
        }
        for index in try evaluationOrder(definitions) {
            let meanings = meanings
            builder.define(definitions[index].left.text.unquoted, definitions[index].right) {
                Self.meaning($0, meanings)
            }
        }
        var result: [ParameterRelation] = []
        for relation in relations {
            if relation.relation == .definition {
                result.append(.definition(try definition(relation)))
            } else {
                result.append(
                    .constraint(try constraint(relation.left, relation.relation, relation.right, at: relation.position))
                )
            }
        }
        for constraint in effectCoding { result.append(.constraint(try effectCodingConstraint(constraint))) }
        return result
    }

    // MARK: - Names

    private mutating func collectLabels() {
        for parameter in parameters {
            let meaning: CompiledExpressionBuilder.Meaning
            switch parameter.status {
            case .free(let index): meaning = .free(index)
            case .fixed(let value): meaning = .fixed(value)
            case .sampleMoment: continue
            }
            meanings[parameter.placeLabel] = meaning
        }
        // Afterwards, so that a user's label wins over a row's own.
        for parameter in parameters where !parameter.label.isEmpty {
            switch parameter.status {
            case .free(let index): meanings[parameter.label] = .free(index)
            case .fixed(let value): meanings[parameter.label] = .fixed(value)
            case .sampleMoment: continue
            }
        }
    }

    private mutating func declare(_ definitions: [ModelRelation]) throws(ModelSyntaxError) {
        for definition in definitions {
            let name = definition.left.text.unquoted
            switch meanings[name] {
            case nil: meanings[name] = .definition(name)
            case .definition: throw error(.nameTaken(name, by: "defined above"), at: definition.position)
            default: throw error(.nameTaken(name, by: "the label of a parameter"), at: definition.position)
            }
        }
    }

    private func check(_ expression: ModelExpression) throws(ModelSyntaxError) {
        for symbol in expression.symbols where meanings[symbol.name] == nil {
            let nearest = nearestName(to: symbol.name, among: meanings.keys.filter { !$0.hasPrefix(".p") }.sorted())
            throw error(.unknownLabel(symbol.name, nearest: nearest), at: symbol.position)
        }
    }

    private static func meaning(
        _ symbol: ModelExpression.Symbol, _ meanings: [String: CompiledExpressionBuilder.Meaning]
    ) -> CompiledExpressionBuilder.Meaning { meanings[symbol.name] ?? .fixed(.nan) }

    // MARK: - Order of evaluation

    /// Indices of the definitions, each after those that it builds on. (A depth-first search without recursion, so that long
    /// chains are safe.)
    private func evaluationOrder(_ definitions: [ModelRelation]) throws(ModelSyntaxError) -> [Int] {
        let names = definitions.map(\.left.text.unquoted)
        let place = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let needs = definitions.map { $0.right.symbols.compactMap { place[$0.name] } }
        enum Visit { case unseen, open, done }
        var visits = [Visit](repeating: .unseen, count: definitions.count)
        var order: [Int] = []
        for start in definitions.indices where visits[start] == .unseen {
            var path: [(definition: Int, next: Int)] = [(start, 0)]
            visits[start] = .open
            while let (current, next) = path.last {
                guard next < needs[current].count else {
                    visits[current] = .done
                    order.append(current)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let needed = needs[current][next]
                switch visits[needed] {
                case .unseen:
                    visits[needed] = .open
                    path.append((needed, 0))
                case .done: continue
                case .open:
                    let first = path.firstIndex { $0.definition == needed } ?? 0
                    let circle = path[first...].map { names[$0.definition] } + [names[needed]]
                    let shown = circle.count <= 8 ? circle : Array(circle.prefix(6)) + ["…", names[needed]]
                    throw error(.cyclicDefinition(shown), at: definitions[needed].position)
                }
            }
        }
        return order
    }

    // MARK: - Compilation

    private mutating func counted(
        _ expression: CompiledExpression, at position: SourcePosition?
    ) throws(ModelSyntaxError) -> CompiledExpression {
        stepCount += expression.steps.count
        guard stepCount <= Self.mostSteps else {
            let fault = ModelSyntaxError.Fault.malformedExpression(
                "the definitions, with all that they build on, are too long; shorten them")
            throw position.map { error(fault, at: $0) } ?? ModelSyntaxError(fault)
        }
        return expression
    }

    private mutating func definition(_ relation: ModelRelation) throws(ModelSyntaxError) -> DefinedParameter {
        let name = relation.left.text.unquoted
        let result = builder.definition(name)
        return DefinedParameter(
            name: name, text: relation.right.text,
            expression: try counted(builder.compiled(result), at: relation.position))
    }

    private mutating func constraint(
        _ left: ModelExpression, _ op: ModelOperator, _ right: ModelExpression, at position: SourcePosition?
    ) throws(ModelSyntaxError) -> ParameterConstraint {
        let meanings = meanings
        let leftResult = builder.add(left) { Self.meaning($0, meanings) }
        let rightResult = builder.add(right) { Self.meaning($0, meanings) }
        let result = builder.difference(leftResult, rightResult)
        let difference = try counted(builder.compiled(result), at: position)
        if difference.parameters.isEmpty, !op.holds(forDifference: difference.value(at: [])) {
            let fault = ModelSyntaxError.Fault.contradictoryConstraint("\(left.text) \(op.rawValue) \(right.text)")
            throw position.map { error(fault, at: $0) } ?? ModelSyntaxError(fault)
        }
        return ParameterConstraint(
            lhs: left.text, op: op, rhs: right.text, difference: difference, isUser: position != nil)
    }

    private mutating func effectCodingConstraint(
        _ coding: (rows: [Int], sum: Double)
    ) throws(ModelSyntaxError) -> ParameterConstraint {
        let labels = coding.rows.map { parameters[$0].placeLabel }
        let left = try Self.expression(labels.first ?? "0")
        let right = try Self.expression(([String(Int(coding.sum))] + labels.dropFirst()).joined(separator: "-"))
        return try constraint(left, .equality, right, at: nil)
    }

    private static func expression(_ text: String) throws(ModelSyntaxError) -> ModelExpression {
        var lexer = ModelLexer(text)
        let tokens = try lexer.tokens()
        return try ModelExpressionParser.parse(
            tokens.dropLast(), followedBy: tokens[tokens.count - 1], in: lexer.scalars)
    }
}

extension ModelOperator {
    /// Whether a constraint between numbers holds, given left minus right side.
    fileprivate func holds(forDifference difference: Double) -> Bool {
        switch self {
        case .equality: abs(difference) < 1e-10
        case .less: difference <= 0
        case .greater: difference >= 0
        default: true
        }
    }
}

extension String {
    /// The text without quotation marks around it.
    fileprivate var unquoted: String {
        count >= 2 && hasPrefix("\"") && hasSuffix("\"") ? String(dropFirst().dropLast()) : self
    }
}
