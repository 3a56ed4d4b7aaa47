/// How far a level of a condition is necessary for a level of an outcome: necessary condition analysis of raw or
/// calibrated values.
///
/// Dul (2016, "Necessary condition analysis (NCA): Logic and methodology of 'necessary but not sufficient' causality",
/// Organizational Research Methods 19, 10-52); figures are those of the R package NCA 5.0.1, except that
/// * inefficiencies are given for every rising ceiling, where NCA gives none below a slope of 0.001,
/// * values count as equal up to 1e-10 of their range, where NCA takes a millionth of the smaller one, and
/// * CE-VRS is concave also with several cases at one place, which keep NCA from taking points off the line.
public struct NecessaryConditionAnalysis: Sendable, Hashable {
    /// The name of the condition.
    public let condition: String
    /// The name of the outcome.
    public let outcome: String
    /// The options.
    public let options: NecessaryConditionOptions
    /// The names of the cases that have both values.
    public let cases: [String]
    /// Their values of the condition.
    public let x: [Double]
    /// Their values of the outcome.
    public let y: [Double]
    /// The outcomes of all cases, also of those without a value of the condition: the levels of a ``BottleneckTable``
    /// come from these, so that they are the same for every condition.
    public let outcomes: [Double]
    /// The number of cases that lack a value.
    public let incompleteCases: Int
    /// The range of the condition that the analysis uses.
    public let conditionRange: ClosedRange<Double>
    /// The range of the outcome that the analysis uses.
    public let outcomeRange: ClosedRange<Double>
    /// The area of the scope.
    public let scope: Double
    /// The ceilings, in the order of the options.
    public let ceilings: [NecessityCeiling]
    /// What the reader should know.
    public let notes: [String]

    /// Analyses one condition.
    ///
    /// - Parameters:
    ///   - x: The condition of each case; a value that is not a number is missing.
    ///   - y: The outcome of each case.
    ///   - condition: The name of the condition.
    ///   - outcome: The name of the outcome.
    ///   - names: The names of the cases.
    ///   - options: The options.
    /// - Throws: ``NecessaryConditionError`` if there are fewer than three complete cases, a variable is constant
    ///   and no wider scope is given, or a value or an option cannot be used.
    public init(
        x: [Double], y: [Double], condition: String, outcome: String, names: [String],
        options: NecessaryConditionOptions = NecessaryConditionOptions()
    ) throws(NecessaryConditionError) {
        if x.count != y.count || x.count != names.count {
            throw .unequalLengths(
                condition: condition, count: x.count, outcome: outcome, outcomeCount: y.count, names: names.count)
        }
        try Self.check(options)
        for (variable, values) in [(condition, x), (outcome, y)] {
            if let position = values.firstIndex(where: \.isInfinite) {
                throw .infiniteValue(variable: variable, case: names[position])
            }
        }
        let positions = x.indices.filter { !x[$0].isNaN && !y[$0].isNaN }
        if positions.count < 3 { throw .tooFewCases(condition: condition, outcome: outcome, count: positions.count) }
        let usedX = positions.map { x[$0] }, usedY = positions.map { y[$0] }
        let plane = CeilingPlane(x: usedX, y: usedY, corner: options.corner, scope: options.scope)
        if plane.scopeX.lowerBound == plane.scopeX.upperBound { throw .constant(variable: condition, value: usedX[0]) }
        if plane.scopeY.lowerBound == plane.scopeY.upperBound { throw .constant(variable: outcome, value: usedY[0]) }
        if !plane.area.isFinite || plane.area == 0 {
            throw .invalidScope("of `\(condition)` and `\(outcome)` (its area is \(plane.area))")
        }

        var hull: [CeilingPlane.Peer] = []
        var turnedY = plane.y
        turnedY.withUnsafeMutableBufferPointer { plane.peers($0, into: &hull) }
        let hullZone = plane.areaAboveSteps(hull)
        var ceilings = options.ceilings.map { technique in
            NecessityCeiling(
                technique, CeilingShape(technique, plane, peers: hull), in: plane,
                hullZone: hullZone, names: names, positions: positions)
        }
        if options.permutations > 0 {
            let tested = ceilings.indices.filter { ceilings[$0].technique != .ordinaryLeastSquares }
            let tests = NecessityTest.tests(
                plane, techniques: tested.map { ceilings[$0].technique },
                observed: tested.map { ceilings[$0].effectSize }, options: options)
            for (position, test) in zip(tested, tests) { ceilings[position].test = test }
        }
        self.condition = condition
        self.outcome = outcome
        self.options = options
        cases = positions.map { names[$0] }
        self.x = usedX
        self.y = usedY
        outcomes = y.filter { !$0.isNaN }
        incompleteCases = x.count - positions.count
        func turned(_ range: ClosedRange<Double>, _ flips: Bool) -> ClosedRange<Double> {
            flips ? -range.upperBound ... -range.lowerBound : range
        }
        conditionRange = turned(plane.scopeX, plane.flipsX)
        outcomeRange = turned(plane.scopeY, plane.flipsY)
        scope = plane.area
        self.ceilings = ceilings
        notes = Self.notes(
            condition: condition, outcome: outcome, options: options, plane: plane, hull: hull,
            incomplete: x.count - positions.count, total: x.count)
    }

    /// The ceiling of a technique.
    public subscript(technique: CeilingTechnique) -> NecessityCeiling? {
        ceilings.first { $0.technique == technique }
    }

    /// The largest number of permutations; each takes eight bytes for every ceiling.
    private static let permutationLimit = 10_000_000

    private static func check(_ options: NecessaryConditionOptions) throws(NecessaryConditionError) {
        let scope = options.scope
        for (name, low, high) in [
            ("of the condition", scope.conditionMinimum, scope.conditionMaximum),
            ("of the outcome", scope.outcomeMinimum, scope.outcomeMaximum),
        ] {
            let given = [low, high].compactMap { $0 }
            if !given.allSatisfy(\.isFinite) || given.count == 2 && given[0] > given[1] {
                throw .invalidScope("\(name) (\(given.map { "\($0)" }.joined(separator: " to ")))")
            }
        }
        if !(0...permutationLimit).contains(options.permutations) {
            throw .invalidSetting(
                name: "the number of permutations", value: "\(options.permutations)",
                remedy: "choose 0 to \(permutationLimit)")
        }
        for (name, value) in [("the confidence", options.confidence), ("the significance", options.significance)]
        where !(value > 0 && value < 1) {
            throw .invalidSetting(name: name, value: "\(value)", remedy: "choose a number between 0 and 1")
        }
    }

    private static func notes(
        condition: String, outcome: String, options: NecessaryConditionOptions, plane: CeilingPlane,
        hull: [CeilingPlane.Peer], incomplete: Int, total: Int
    ) -> [String] {
        var notes: [String] = []
        if incomplete > 0 {
            notes.append(
                "\(incomplete) of \(total) cases lack a value of `\(condition)` or `\(outcome)` and are left out")
        }
        let given = options.scope
        func isTooNarrow(_ range: ClosedRange<Double>, _ flips: Bool, _ low: Double?, _ high: Double?) -> Bool {
            let low = low.map { flips ? -$0 : $0 }, high = high.map { flips ? -$0 : $0 }
            let ends = flips ? (high, low) : (low, high)
            return ends.0.map { $0 > range.lowerBound } ?? false || ends.1.map { $0 < range.upperBound } ?? false
        }
        if isTooNarrow(plane.observedX, plane.flipsX, given.conditionMinimum, given.conditionMaximum)
            || isTooNarrow(plane.observedY, plane.flipsY, given.outcomeMinimum, given.outcomeMaximum)
        {
            notes.append("the given scope was widened to hold every case")
        }
        if plane.isSinglePlace(hull) {
            notes.append(
                "the case at the very corner leaves no empty zone between the cases: `\(condition)` limits "
                    + "`\(outcome)` nowhere in the observed range, and there is no ceiling line")
        }
        if Set(plane.y).count == 2 || plane.groups.count == 3 {
            notes.append(
                "a variable has two values only: the ceiling is a single step, and a straight ceiling line says little")
        }
        if options.permutations > 0, options.permutations < 1000 {
            notes.append("\(options.permutations) permutations are few; 10,000 are usual")
        }
        return notes
    }
}
