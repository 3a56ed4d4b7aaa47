/// A Boolean expression over sets: `A*~B + C[1,2]*(D + ~E)`.
public indirect enum SetExpression: Sendable, Hashable {
    /// Membership in a set, or in any of some levels of a multi-value set.
    case set(String, levels: [Int]?)
    /// The complement, 1 - x.
    case not(SetExpression)
    /// The conjunction: the smallest membership.
    case and([SetExpression])
    /// The disjunction: the largest membership.
    case or([SetExpression])

    /// Whether some set is named with its levels: `A[1]`.
    var namesLevels: Bool {
        switch self {
        case .set(_, let levels): levels != nil
        case .not(let inner): inner.namesLevels
        case .and(let parts), .or(let parts): parts.contains { $0.namesLevels }
        }
    }

    /// The names of the sets, in order of appearance.
    public var setNames: [String] {
        var names: [String] = []
        func collect(_ expression: SetExpression) {
            switch expression {
            case .set(let name, _): if !names.contains(name) { names.append(name) }
            case .not(let inner): collect(inner)
            case .and(let parts), .or(let parts): parts.forEach(collect)
            }
        }
        collect(self)
        return names
    }
}

extension SetExpression: CustomStringConvertible {
    /// The expression as it is written: `A*~B + C[1]`.
    public var description: String { notation }
}

extension CalibratedData {
    /// The membership of each case in an expression.
    ///
    /// - Throws: ``SetTheoryError`` if a set or a level does not exist.
    public func membership(in expression: SetExpression) throws(SetTheoryError) -> [Double] {
        switch expression {
        case .set(let name, let levels):
            let set = try set(name)
            guard let levels else {
                if set.levelCount > 2 {
                    throw .invalidSetting(
                        name: "the literal `\(name)`", value: "used without a level",
                        remedy: "the set has \(set.levelCount) levels; write `\(name)[1]`")
                }
                return set.membership(level: 1)
            }
            var result = [Double](repeating: 0, count: cases.count)
            for level in levels {
                guard (0..<set.levelCount).contains(level) else {
                    throw .unknownLevel(set: name, level: level, levels: set.levelCount)
                }
                let membership = set.membership(level: level)
                for row in result.indices { result[row] = max(result[row], membership[row]) }
            }
            return result
        case .not(let inner): return try membership(in: inner).map { 1 - $0 }
        case .and(let parts):
            var result = [Double](repeating: 1, count: cases.count)
            for part in parts {
                let membership = try membership(in: part)
                for row in result.indices { result[row] = min(result[row], membership[row]) }
            }
            return result
        case .or(let parts):
            var result = [Double](repeating: 0, count: cases.count)
            for part in parts {
                let membership = try membership(in: part)
                for row in result.indices { result[row] = max(result[row], membership[row]) }
            }
            return result
        }
    }
}
