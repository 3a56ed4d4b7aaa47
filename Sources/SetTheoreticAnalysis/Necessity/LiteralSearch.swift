/// The search for minimal conjunctions and disjunctions of literals, level by level; its memberships lie in one buffer
/// and the running minimum and maximum of a prefix serve all combinations that begin with it.
struct LiteralSearch {
    /// What is asked of an expression.
    struct Cuts {
        var inclusion: Double
        var coverage: Double
        /// Relevance of necessity or PRI.
        var third: Double
    }

    struct Literal {
        let condition: Int
        let level: Int
    }

    struct Found {
        let literals: Conjunction
        let depth: Int
        let isDisjunction: Bool
        let membership: [Double]
    }

    private let isNecessity: Bool
    private let cuts: Cuts
    private let extent: SearchExtent
    private let limits: SearchLimits
    private let depth: Int
    private let conditionCount: Int
    private let literals: [Literal]
    /// The first literal of each condition, and one past the last.
    private let firstLiteral: [Int]
    /// Literals × cases.
    private let memberships: [Double]
    private let y: [Double]
    private let sumY: Double

    /// The conjunctions, then the disjunctions, each in order of discovery: by level, the conditions, the levels.
    private(set) var rows: [Found] = []
    private(set) var end = SearchEnd.exhausted

    private var compared = 0
    private var conjunctions: [Found] = []
    private var disjunctions: [Found] = []
    /// Expressions of earlier levels by their last literal: an expression that contains one is not minimal.
    private var conjunctionsEnding: [[Conjunction]]
    private var disjunctionsEnding: [[Conjunction]]
    /// The running minimum and maximum of the prefix at each depth, depth × cases.
    private var least: [Double]
    private var largest: [Double]

    init(
        _ data: CalibratedData, y: [Double], conditions: Conditions, isNecessity: Bool, cuts: Cuts, depth: Int?,
        extent: SearchExtent, limits: SearchLimits
    ) throws(SetTheoryError) {
        var literals: [Literal] = [], first: [Int] = [], memberships: [Double] = []
        for (condition, name) in conditions.names.enumerated() {
            let set = try data.set(name)
            first.append(literals.count)
            for level in 0..<set.levelCount {
                literals.append(Literal(condition: condition, level: level))
                memberships += set.membership(level: level)
            }
        }
        first.append(literals.count)
        self.isNecessity = isNecessity
        // QCA takes √ε off the inclusion cut, and off the coverage cut if there is one.
        self.cuts = Cuts(
            inclusion: cuts.inclusion - TruthTableOptions.tolerance,
            coverage: cuts.coverage > 0 ? cuts.coverage - TruthTableOptions.tolerance : 0, third: cuts.third)
        self.extent = extent
        self.limits = limits
        self.depth = min(depth ?? conditions.count, conditions.count)
        conditionCount = conditions.count
        self.literals = literals
        firstLiteral = first
        self.memberships = memberships
        self.y = y
        sumY = y.reduce(0, +)
        conjunctionsEnding = Array(repeating: [], count: literals.count)
        disjunctionsEnding = conjunctionsEnding
        least = [Double](repeating: 0, count: max(self.depth, 1) * y.count)
        largest = least
        search()
    }

    private mutating func search() {
        for level in 1...depth {
            let before = (conjunctions.count, disjunctions.count)
            let completed = extend(
                Conjunction(), size: 0, to: level, from: 0, isConjunctionAlive: true,
                isDisjunctionAlive: isNecessity)
            if !completed {
                end =
                    compared > limits.comparisons ? .comparisonLimit(level: level) : .rowLimit(level: level)
                break
            }
            let addsNothing = before == (conjunctions.count, disjunctions.count)
            if extent == .asQCA, level > 3, level < depth, addsNothing, before != (0, 0) {
                end = .levelAddedNothing(level)
                break
            }
            for found in conjunctions[before.0...] { conjunctionsEnding[last(found.literals)].append(found.literals) }
            for found in disjunctions[before.1...] { disjunctionsEnding[last(found.literals)].append(found.literals) }
        }
        let found = ordered(conjunctions) + ordered(disjunctions)
        rows = extent == .asQCA ? found.filter { third($0.membership) >= cuts.third } : found
    }

    /// Adds literals of later conditions to a prefix until the combination has a size; false once a limit is reached.
    private mutating func extend(
        _ prefix: Conjunction, size: Int, to level: Int, from condition: Int, isConjunctionAlive: Bool,
        isDisjunctionAlive: Bool
    ) -> Bool {
        let remaining = level - size - 1
        guard condition <= conditionCount - 1 - remaining else { return true }
        for next in condition...(conditionCount - 1 - remaining) {
            for literal in firstLiteral[next]..<firstLiteral[next + 1] {
                var combination = prefix
                combination[next] = literals[literal].level
                let containsConjunction = conjunctionsEnding[literal].contains { $0.covers(combination) }
                var alive =
                    isConjunctionAlive && (isNecessity || !containsConjunction)
                let open =
                    isDisjunctionAlive && !containsConjunction
                    && !disjunctionsEnding[literal].contains { $0.covers(combination) }
                if !alive && !open { continue }
                compared += y.count
                if compared > limits.comparisons { return false }
                let common = advance(size, literal: literal, needsLargest: open)
                // A longer conjunction is smaller: its necessity, or its coverage, can only fall.
                let share = sumY > 0 ? common / sumY : 0
                if isNecessity {
                    if share < cuts.inclusion { alive = false }
                } else if share < cuts.coverage || (common == 0 && cuts.inclusion > 0) {
                    alive = false
                }
                if !alive && !open { continue }
                if remaining > 0 {
                    if !extend(
                        combination, size: size + 1, to: level, from: next + 1, isConjunctionAlive: alive,
                        isDisjunctionAlive: open)
                    {
                        return false
                    }
                } else {
                    examine(combination, size: level, isConjunctionAlive: alive, isDisjunctionAlive: open)
                    if conjunctions.count + disjunctions.count > limits.rows {
                        // The row too many proves that there are more.
                        if conjunctions.last?.literals == combination {
                            conjunctions.removeLast()
                        } else {
                            disjunctions.removeLast()
                        }
                        return false
                    }
                }
            }
        }
        return true
    }

    /// Puts the minimum (and the maximum) of a prefix and a literal at a depth; gives Σ min(x, y) of the conjunction.
    private mutating func advance(_ size: Int, literal: Int, needsLargest: Bool) -> Double {
        let count = y.count, memberships = memberships, y = y
        var common = 0.0
        least.withUnsafeMutableBufferPointer { least in
            for row in 0..<count {
                let value = memberships[literal * count + row]
                let smaller = size == 0 ? value : min(least[(size - 1) * count + row], value)
                least[size * count + row] = smaller
                common += min(smaller, y[row])
            }
        }
        if needsLargest {
            largest.withUnsafeMutableBufferPointer { largest in
                for row in 0..<count {
                    let value = memberships[literal * count + row]
                    largest[size * count + row] = size == 0 ? value : max(largest[(size - 1) * count + row], value)
                }
            }
        }
        return common
    }

    private mutating func examine(
        _ combination: Conjunction, size: Int, isConjunctionAlive: Bool, isDisjunctionAlive: Bool
    ) {
        let range = (size - 1) * y.count..<size * y.count
        if isConjunctionAlive, meetsCuts(least, range) {
            conjunctions.append(
                Found(literals: combination, depth: size, isDisjunction: false, membership: Array(least[range])))
        } else if isDisjunctionAlive, size > 1, meetsCuts(largest, range) {
            disjunctions.append(
                Found(literals: combination, depth: size, isDisjunction: true, membership: Array(largest[range])))
        }
    }

    private func meetsCuts(_ buffer: [Double], _ range: Range<Int>) -> Bool {
        var sumX = 0.0, both = 0.0
        for (x, y) in zip(buffer[range], y) {
            sumX += x
            both += min(x, y)
        }
        let ofX = sumX > 0 ? both / sumX : 0
        let ofY = sumY > 0 ? both / sumY : 0
        guard (isNecessity ? ofY : ofX) >= cuts.inclusion, (isNecessity ? ofX : ofY) >= cuts.coverage else {
            return false
        }
        return extent == .asQCA || third(Array(buffer[range])) >= cuts.third
    }

    /// Relevance of necessity or PRI; zero where it has no meaning.
    private func third(_ x: [Double]) -> Double {
        (isNecessity ? NecessityFit(x, of: y).relevance : SufficiencyFit(x, in: y).pri) ?? 0
    }

    private func last(_ combination: Conjunction) -> Int {
        let condition = 31 - combination.conditions.leadingZeroBitCount
        return firstLiteral[condition] + (combination[condition] ?? 0)
    }

    /// By level, then the conditions in order, then their levels.
    private func ordered(_ found: [Found]) -> [Found] {
        let keys = found.map { found in
            let conditions = (0..<conditionCount).filter { found.literals[$0] != nil }
            return [found.depth] + conditions + conditions.compactMap { found.literals[$0] }
        }
        return found.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { found[$0] }
    }
}
