/// Cases with their memberships in sets: the data of a set-theoretic analysis.
public struct CalibratedData: Sendable, Hashable {
    /// The names of the cases.
    public let cases: [String]
    /// The sets, each with a value for every case.
    public let sets: [CalibratedSet]

    /// Puts sets together.
    ///
    /// - Throws: ``SetTheoryError`` if there is no case, two sets have one name, or a set has another number of cases.
    public init(cases: [String], sets: [CalibratedSet]) throws(SetTheoryError) {
        if cases.isEmpty { throw .noCases }
        var names = Set<String>()
        for set in sets {
            if !names.insert(set.name).inserted { throw .duplicateSet(set.name) }
            if set.values.count != cases.count {
                throw .unequalLengths(set: set.name, count: set.values.count, cases: cases.count)
            }
        }
        self.cases = cases
        self.sets = sets
    }

    /// The set of a name.
    public subscript(name: String) -> CalibratedSet? { sets.first { $0.name == name } }

    /// The set of a name.
    ///
    /// - Throws: ``SetTheoryError/unknownSet(_:known:)``.
    public func set(_ name: String) throws(SetTheoryError) -> CalibratedSet {
        guard let set = self[name] else { throw .unknownSet(name, known: sets.map(\.name)) }
        return set
    }

    /// The same sets of some cases, in the order of their positions; a position may come more than once.
    ///
    /// Kinds and levels stay what they are, even when a level has no case left.
    public func selecting(_ positions: [Int]) -> CalibratedData {
        CalibratedData(
            unchecked: positions.map { cases[$0] },
            sets: sets.map { set in
                CalibratedSet(unchecked: set.name, kind: set.kind, values: positions.map { set.values[$0] })
            })
    }

    /// The data with a set put in the place of the one of its name, or added at the end.
    ///
    /// - Throws: ``SetTheoryError/unequalLengths(set:count:cases:)``.
    public func setting(_ set: CalibratedSet) throws(SetTheoryError) -> CalibratedData {
        if set.values.count != cases.count {
            throw .unequalLengths(set: set.name, count: set.values.count, cases: cases.count)
        }
        var sets = sets
        if let position = sets.firstIndex(where: { $0.name == set.name }) {
            sets[position] = set
        } else {
            sets.append(set)
        }
        return CalibratedData(unchecked: cases, sets: sets)
    }

    private init(unchecked cases: [String], sets: [CalibratedSet]) {
        self.cases = cases
        self.sets = sets
    }
}

extension CalibratedSet {
    init(unchecked name: String, kind: Kind, values: [Double]) {
        self.name = name
        self.kind = kind
        self.values = values
    }
}
