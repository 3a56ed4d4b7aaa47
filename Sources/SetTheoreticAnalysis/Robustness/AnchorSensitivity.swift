import Dispatch
import Synchronization

/// How far each anchor of each calibrated set can move, the others staying where they are, before the solution changes.
///
/// From its value each anchor moves outwards in steps until the solution is another one; the place of the change is then
/// bisected. A crossover and a cut also stop at every raw value and between any two, where a case changes its row. What
/// happens between two stops is not seen: the stops are the resolution of the search. A solution is its set of models.
public struct AnchorSensitivity: Sendable, Hashable {
    /// How finely is searched.
    public struct Options: Sendable, Hashable {
        /// The number of steps into which the range of the raw values is divided.
        public var steps: Int
        /// The accuracy with which the place of a change is found, as a share of the range of the raw values.
        public var accuracy: Double
        /// The number of threads; results do not depend on it.
        public var threads: Int
        /// The limits of each minimization; nil for ``MinimizationLimits/repeated(_:)``.
        public var limits: MinimizationLimits?

        /// Options.
        public init(
            steps: Int = 100, accuracy: Double = 1e-6, threads: Int = 1, limits: MinimizationLimits? = nil
        ) {
            self.steps = steps
            self.accuracy = accuracy
            self.threads = threads
            self.limits = limits
        }
    }

    /// One end of a range.
    public struct Bound: Sendable, Hashable {
        /// The furthest value found with the same solution; the limit of the search if no change was found.
        public let unchanged: Double
        /// The nearest value found with another solution; nil if there was none up to the limit.
        public let changed: Double?
        /// The solution there; nil if there was no change.
        public let beyond: MinimizationOutcome?
    }

    /// The range of one anchor.
    public struct Range: Sendable, Hashable {
        /// The set.
        public let set: String
        /// The anchor: "crossover".
        public let anchor: String
        /// Its value in the analysis.
        public let value: Double
        /// The lower end. A search ends at the neighbouring anchor, or one range of the raw values below the lowest.
        public let lower: Bound
        /// The upper end. A search ends at the neighbouring anchor, or one range of the raw values above the highest.
        public let upper: Bound
        /// The distance between two steps.
        public let step: Double
    }

    /// The solution that was looked at.
    public let kind: Solution.Kind
    /// The solution with the anchors as they are.
    public let reference: MinimizationOutcome
    /// The ranges, the sets in the order of the conditions with those of the outcome last, anchors in their order.
    public let ranges: [Range]

    /// Searches the ranges.
    ///
    /// - Parameters:
    ///   - analysis: The analysis; its conditions, outcome and options are used again.
    ///   - kind: The solution to look at.
    ///   - data: The data that the truth table was made of.
    ///   - raw: The raw values of each calibrated set, in the order of the cases of the data.
    ///   - calibrations: How each set was calibrated. Sets without a calibration, or without anchors, are left out.
    ///   - options: How finely is searched.
    /// - Throws: ``SetTheoryError`` if a set has no raw values, a calibration cannot be carried out, or the calibrated
    ///   values do not give the solution of the analysis.
    public init(
        _ analysis: StandardAnalysis, kind: Solution.Kind, data: CalibratedData, raw: [String: [Double]],
        calibrations: [String: Calibration], options: Options = .init()
    ) throws(SetTheoryError) {
        if options.steps < 1 {
            throw .invalidSetting(name: "the number of steps", value: "\(options.steps)", remedy: "choose one at least")
        }
        if !(options.accuracy > 0) {
            throw .invalidSetting(
                name: "the accuracy", value: "\(options.accuracy)", remedy: "choose a number above 0, such as 0.000001")
        }
        var search = AnchorSearch(
            data: data, outcome: analysis.table.outcome, conditions: analysis.table.conditions.names,
            options: analysis.table.options,
            minimization: try RepeatedMinimization(analysis, kind: kind, limits: options.limits ?? .repeated(kind)))
        var tasks: [AnchorSearch.Task] = []
        var known = Set<String>()
        for name in analysis.table.conditions.names + analysis.table.outcome.setNames {
            guard let calibration = calibrations[name], known.insert(name).inserted else { continue }
            guard let values = raw[name] else {
                throw .notApplicable("`\(name)` has a calibration but no raw values")
            }
            let result = try calibration.calibrate(values, name: name, cases: data.cases)
            search.data = try search.data.setting(try result.calibratedSet())
            let fixed = calibration.replacing(anchors: result.anchors.map { .value($0.value) })
            tasks += result.anchors.indices.map {
                AnchorSearch.Task(set: name, anchor: $0, calibration: fixed, raw: values)
            }
        }
        let reference = search.outcome
        if !reference.isEquivalent(to: search.minimization(analysis.table.rows)) {
            throw .notApplicable(
                "the raw values and calibrations do not give the solution that was analysed: "
                    + "pass the calibrations by which the data were made")
        }
        self.kind = kind
        self.reference = reference
        let start = search, all = tasks
        let next = Atomic<Int>(0), found = Mutex<[Int: Range]>([:])
        DispatchQueue.concurrentPerform(iterations: max(1, min(options.threads, all.count))) { _ in
            var own = start
            while true {
                let position = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard position < all.count else { break }
                let range = own.range(all[position], options: options, reference: reference)
                found.withLock { $0[position] = range }
            }
        }
        let results = found.withLock { $0 }
        ranges = all.indices.compactMap { results[$0] }
    }

    /// The ranges of a set.
    public func ranges(of set: String) -> [Range] { ranges.filter { $0.set == set } }
}

/// Moves single anchors and looks at the solution.
private struct AnchorSearch: Sendable {
    /// An anchor of a set.
    struct Task: Sendable {
        let set: String
        let anchor: Int
        /// The calibration with anchors that are numbers.
        let calibration: Calibration
        let raw: [Double]
    }

    var data: CalibratedData
    let outcomeExpression: SetExpression
    let conditions: [String]
    let options: TruthTableOptions
    var minimization: RepeatedMinimization

    init(
        data: CalibratedData, outcome: SetExpression, conditions: [String], options: TruthTableOptions,
        minimization: RepeatedMinimization
    ) {
        self.data = data
        outcomeExpression = outcome
        self.conditions = conditions
        self.options = options
        self.minimization = minimization
    }

    /// The solution of the data as they are.
    var outcome: MinimizationOutcome {
        mutating get { solution(of: data) }
    }

    private mutating func solution(of data: CalibratedData) -> MinimizationOutcome {
        do throws(SetTheoryError) {
            return minimization(
                try TruthTable(data, outcome: outcomeExpression, conditions: conditions, options: options).rows)
        } catch {
            return .none(MinimizationOutcome.Failure(error))
        }
    }

    /// The solution with an anchor moved.
    private mutating func solution(_ task: Task, at value: Double) -> MinimizationOutcome {
        var anchors = task.calibration.anchors
        anchors[task.anchor] = .value(value)
        do throws(SetTheoryError) {
            let memberships = try task.calibration.replacing(anchors: anchors).memberships(task.raw, name: task.set)
            return solution(
                of: try data.setting(CalibratedSet(name: task.set, values: memberships, cases: data.cases)))
        } catch {
            return .none(MinimizationOutcome.Failure(error))
        }
    }

    mutating func range(
        _ task: Task, options: AnchorSensitivity.Options, reference: MinimizationOutcome
    ) -> AnchorSensitivity.Range {
        let anchors = task.calibration.anchors.map { anchor in
            if case .value(let value) = anchor { value } else { Double.nan }
        }
        let value = anchors[task.anchor], name = task.calibration.anchorNames[task.anchor]
        let values = Set(task.raw.filter(\.isFinite)).sorted()
        let lowest = values.first ?? value, highest = values.last ?? value
        let span = max(highest - lowest, .leastNormalMagnitude), step = span / Double(options.steps)
        let isCut = task.calibration.isCrisp || name.contains("cut")
        // Cuts lie among the values; anchors may lie outside them.
        var start = isCut ? lowest : min(lowest, value) - span, end = isCut ? highest : max(highest, value) + span
        for neighbour in [task.anchor - 1, task.anchor + 1] where anchors.indices.contains(neighbour) {
            if anchors[neighbour] < value { start = max(start, anchors[neighbour]) }
            if anchors[neighbour] > value { end = min(end, anchors[neighbour]) }
        }
        var critical: [Double] = []
        if isCut || name.contains("crossover") {
            critical = values + zip(values, values.dropFirst()).map { ($0 + $1) / 2 }
        }
        let resolution = span * options.accuracy
        func stops(from origin: Double, to limit: Double) -> [Double] {
            let sign = limit < origin ? -1.0 : 1.0, count = Int((abs(limit - origin) / step).rounded(.down))
            // Neighbouring anchors must differ, so that the last stop lies a little before the limit.
            let last = limit - sign * min(resolution, abs(limit - origin) / 2)
            var all = (0..<count).map { origin + sign * Double($0 + 1) * step } + critical + [last]
            all = all.filter { sign * ($0 - origin) > 0 && sign * (last - $0) >= 0 }
            return Set(all).sorted { sign * $0 < sign * $1 }
        }
        let lower = bound(
            task, stops(from: value, to: start), from: value, limit: start, resolution, reference)
        let upper = bound(
            task, stops(from: value, to: end), from: value, limit: end, resolution, reference)
        return AnchorSensitivity.Range(
            set: task.set, anchor: name, value: value, lower: lower, upper: upper, step: step)
    }

    private mutating func bound(
        _ task: Task, _ stops: [Double], from value: Double, limit: Double, _ resolution: Double,
        _ reference: MinimizationOutcome
    ) -> AnchorSensitivity.Bound {
        var same = value
        for stop in stops {
            var outcome = solution(task, at: stop)
            if outcome.isEquivalent(to: reference) {
                same = stop
                continue
            }
            var other = stop
            while abs(other - same) > resolution {
                let middle = (same + other) / 2
                guard middle != same, middle != other else { break }
                let between = solution(task, at: middle)
                if between.isEquivalent(to: reference) {
                    same = middle
                } else {
                    other = middle
                    outcome = between
                }
            }
            return AnchorSensitivity.Bound(unchanged: same, changed: other, beyond: outcome)
        }
        return AnchorSensitivity.Bound(unchanged: limit, changed: nil, beyond: nil)
    }
}

extension Calibration {
    /// The memberships alone, without what a report needs to say about them.
    fileprivate func memberships(_ values: [Double], name: String) throws(SetTheoryError) -> [Double] {
        let function = try membershipFunction(for: values, name: name).0
        guard let decimals else { return values.map { $0.isFinite ? function($0) : .nan } }
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        return values.map { $0.isFinite ? (function($0) * scale).rounded() / scale : .nan }
    }

    /// Whether memberships are levels.
    fileprivate var isCrisp: Bool { if case .cuts = method { true } else { false } }
}
