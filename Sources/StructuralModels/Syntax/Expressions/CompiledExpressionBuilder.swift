/// Turns expressions over labels into steps over free parameters: labels resolved, constant parts evaluated, other
/// definitions worked in once each.
struct CompiledExpressionBuilder {
    private var steps: [CompiledExpression.Step] = []
    /// The step that holds each free parameter.
    private var parameterSteps: [Int: Int] = [:]
    /// The step that holds each definition worked in so far.
    private var definitionSteps: [String: Int] = [:]

    /// What a label stands for.
    enum Meaning {
        case free(Int)
        case fixed(Double)
        /// A defined parameter, which must have been added before.
        case definition(String)
    }

    /// Adds an expression and returns the step with its result.
    mutating func add(_ expression: ModelExpression, _ meaning: (ModelExpression.Symbol) -> Meaning) -> Int {
        var place: [Int] = []
        place.reserveCapacity(expression.steps.count)
        for step in expression.steps {
            switch step {
            case .constant(let number): place.append(push(.constant(number)))
            case .symbol(let index):
                switch meaning(expression.symbols[index]) {
                case .fixed(let number): place.append(push(.constant(number)))
                case .free(let parameter): place.append(self.parameter(parameter))
                case .definition(let name): place.append(definitionSteps[name] ?? push(.constant(.nan)))
                }
            case .negate(let a): place.append(negate(place[a]))
            case .function(let function, let a):
                if let x = constant(place[a]) {
                    place.append(push(.constant(function.value(x))))
                } else {
                    place.append(push(.function(function, place[a])))
                }
            case .binary(let operation, let a, let b): place.append(combine(operation, place[a], place[b]))
            }
        }
        return place.last ?? push(.constant(.nan))
    }

    /// Adds a definition that other expressions may name.
    mutating func define(_ name: String, _ expression: ModelExpression, _ meaning: (ModelExpression.Symbol) -> Meaning)
    {
        definitionSteps[name] = add(expression, meaning)
    }

    /// The step with the value of a definition added before.
    mutating func definition(_ name: String) -> Int { definitionSteps[name] ?? push(.constant(.nan)) }

    mutating func difference(_ a: Int, _ b: Int) -> Int { combine(.subtract, a, b) }

    /// The compiled expression whose result is a step; steps that it does not need are left out.
    func compiled(_ result: Int) -> CompiledExpression {
        var reached: Set<Int> = [result]
        var open = [result]
        while let index = open.popLast() {
            switch steps[index] {
            case .constant, .parameter: break
            case .negate(let a), .function(_, let a), .fixedPower(let a, _):
                if reached.insert(a).inserted { open.append(a) }
            case .binary(_, let a, let b):
                if reached.insert(a).inserted { open.append(a) }
                if reached.insert(b).inserted { open.append(b) }
            }
        }
        // Operands come before the steps that use them, so ascending order is an order of evaluation.
        let needed = reached.sorted()
        let used = needed.compactMap { if case .parameter(let index) = steps[$0] { index } else { nil } }
        let parameters = Set(used).sorted()
        let local = Dictionary(uniqueKeysWithValues: parameters.enumerated().map { ($1, $0) })
        var place: [Int: Int] = [:]
        var kept: [CompiledExpression.Step] = []
        for i in needed {
            place[i] = kept.count
            switch steps[i] {
            case .constant(let number): kept.append(.constant(number))
            case .parameter(let index): kept.append(.parameter(local[index, default: 0]))
            case .negate(let a): kept.append(.negate(place[a, default: 0]))
            case .function(let function, let a): kept.append(.function(function, place[a, default: 0]))
            case .fixedPower(let a, let exponent): kept.append(.fixedPower(place[a, default: 0], exponent))
            case .binary(let operation, let a, let b):
                kept.append(.binary(operation, place[a, default: 0], place[b, default: 0]))
            }
        }
        return CompiledExpression(steps: kept, parameters: parameters)
    }

    private mutating func push(_ step: CompiledExpression.Step) -> Int {
        steps.append(step)
        return steps.count - 1
    }

    private func constant(_ index: Int) -> Double? {
        if case .constant(let number) = steps[index] { number } else { nil }
    }

    private mutating func parameter(_ index: Int) -> Int {
        if let step = parameterSteps[index] { return step }
        let step = push(.parameter(index))
        parameterSteps[index] = step
        return step
    }

    private mutating func negate(_ a: Int) -> Int {
        if let x = constant(a) { return push(.constant(-x)) }
        return push(.negate(a))
    }

    private mutating func combine(_ operation: ModelExpression.Operation, _ a: Int, _ b: Int) -> Int {
        switch (constant(a), constant(b)) {
        case (let x?, let y?): push(.constant(operation.value(x, y)))
        case (nil, let y?) where operation == .power: push(.fixedPower(a, y))
        default: push(.binary(operation, a, b))
        }
    }
}
