import Datasets
import Probability

/// A sample drawn from a frame in one or several stages, with the probability of each unit to be drawn and its design weight.
///
/// The same frame, stages and seed give the same sample on every machine: each group of units that is drawn from has a random
/// stream of its own.
public struct SampleDraw: Sendable {
    /// A unit of the sample.
    public struct Selected: Sendable, Equatable {
        /// Its row in the frame, counted from zero.
        public let row: Int
        /// Its number within the row, from 1, where the frame only holds how many there are.
        public let number: Int?
        /// Its stratum at the last stage that has strata; empty for none.
        public let stratum: String
        /// The probability of being drawn at each stage, given the stages before.
        public let stageProbabilities: [Double]

        /// The probability of being drawn.
        public var probability: Double { stageProbabilities.reduce(1, *) }
        /// The design weight: how many units of the frame this one stands for.
        public var weight: Double { 1 / probability }
    }

    /// The units that were drawn together at a stage: those of one stratum, or of one unit of the stage before.
    public struct Group: Sendable, Equatable {
        /// The unit of the stage before, or the stratum, or both; empty for the whole frame.
        public let name: String
        /// The number of units there.
        public let available: Int
        /// The number drawn.
        public let drawn: Int
        /// The smallest probability of being drawn.
        public let lowestProbability: Double
        /// The largest probability of being drawn.
        public let highestProbability: Double
        /// The number of units that were taken for certain because of their size.
        public let certain: Int
    }

    /// What a stage did.
    public struct Stage: Sendable, Equatable {
        /// The stage.
        public let stage: SamplingStage
        /// The groups that were drawn from.
        public let groups: [Group]

        /// The number of units that could be drawn.
        public var available: Int { groups.reduce(0) { $0 + $1.available } }
        /// The number of units drawn.
        public var drawn: Int { groups.reduce(0) { $0 + $1.drawn } }
    }

    /// The frame.
    public let frame: SamplingFrame
    /// The stages.
    public let stages: [Stage]
    /// The sample, in the order of the frame.
    public let selected: [Selected]
    /// The seed.
    public let seed: UInt64
    /// The number of units in the frame of the kind that was drawn in the end.
    public let population: Int
    /// The number of units drawn from each unit of the first stage that was not taken whole; empty where the units were drawn
    /// one by one.
    public let clusterSizes: [Int]
    /// What the reader should know.
    public let warnings: [String]

    /// A unit on its way through the stages.
    private struct Node {
        var name: String
        var rows: [Int]
        var probabilities: [Double] = []
        var stratum = ""
        /// The unit of the first stage that left something to chance.
        var cluster: Int?
    }

    /// Draws a sample.
    ///
    /// - Parameters:
    ///   - frame: The list.
    ///   - stages: The stages from the largest units to the smallest.
    ///   - seed: The seed.
    /// - Throws: ``SamplingError``.
    public init(_ frame: SamplingFrame, stages plan: [SamplingStage], seed: UInt64) throws(SamplingError) {
        guard !plan.isEmpty else {
            throw .request("the sampling plan has no stage; say how many units are to be drawn")
        }
        for (index, stage) in plan.enumerated() {
            if let fault = stage.fault { throw .request(fault) }
            if stage.numberedBy != nil, index < plan.count - 1 {
                throw .request("\(stage.unitName): units that only their number is known of can only be the last stage")
            }
        }
        var nodes = [Node(name: "", rows: Array(0..<frame.dataset.rowCount))]
        var done: [Stage] = [], warnings: [String] = [], numbers: [[Int]] = [], clusters = 0
        for (index, stage) in plan.enumerated() {
            if let variable = stage.numberedBy {
                let drawn = try Self.numbered(stage, by: variable, frame, &nodes, &warnings, seed: seed, index: index)
                numbers = drawn.numbers
                done.append(Stage(stage: stage, groups: drawn.groups))
                continue
            }
            var next: [Node] = [], groups: [Group] = []
            let parts = try Self.parts(stage, of: nodes, frame)
            let counts = try Self.counts(stage, parts, nodes, frame, &warnings)
            for (position, (part, count)) in zip(parts, counts).enumerated() {
                var stream = RandomStream(seed: seed, stream: UInt64(index) << 40 | UInt64(position))
                let drawn = try Self.draw(count, from: part.units, stage, frame, &stream)
                for (unit, probability) in drawn.units {
                    var node = nodes[part.node]
                    (node.name, node.rows) = (part.units[unit].name, part.units[unit].rows)
                    node.probabilities.append(probability)
                    if !stage.strata.isEmpty { node.stratum = part.stratum }
                    if node.cluster == nil, stage.take != .all {
                        node.cluster = clusters
                        clusters += 1
                    }
                    next.append(node)
                }
                groups.append(
                    Group(
                        name: [nodes[part.node].name, part.stratum].filter { !$0.isEmpty }.joined(separator: ", "),
                        available: part.units.count, drawn: drawn.units.count,
                        lowestProbability: drawn.range.lowerBound,
                        highestProbability: drawn.range.upperBound, certain: drawn.certain))
            }
            nodes = next
            done.append(Stage(stage: stage, groups: groups))
        }
        var selected: [Selected] = [], sizes = [Int](repeating: 0, count: clusters)
        for (position, node) in nodes.enumerated() {
            func add(_ row: Int, _ number: Int?) {
                selected.append(
                    Selected(row: row, number: number, stratum: node.stratum, stageProbabilities: node.probabilities))
                if let cluster = node.cluster { sizes[cluster] += 1 }
            }
            if numbers.isEmpty {
                for row in node.rows { add(row, nil) }
            } else {
                for number in numbers[position] { add(node.rows[0], number) }
            }
        }
        selected.sort { ($0.row, $0.number ?? 0) < ($1.row, $1.number ?? 0) }
        self.frame = frame
        stages = done
        self.selected = selected
        self.seed = seed
        if let variable = plan.last?.numberedBy {
            population = Int(try frame.numbers(variable).reduce(0) { $0 + ($1.isFinite ? $1 : 0) })
        } else {
            population = frame.dataset.rowCount
        }
        clusterSizes = sizes.allSatisfy { $0 == 1 } ? [] : sizes
        self.warnings = warnings
    }

    // MARK: What is drawn from

    /// Units that are drawn from together.
    private struct Part {
        var node: Int
        var stratum: String
        var units: [FrameUnit]
    }

    private static func parts(
        _ stage: SamplingStage, of nodes: [Node], _ frame: SamplingFrame
    ) throws(SamplingError) -> [Part] {
        var parts: [Part] = []
        for (position, node) in nodes.enumerated() {
            var units = try frame.units(stage.unit, in: node.rows)
            for variable in stage.order.reversed() { units = try ordered(units, by: variable, frame) }
            guard !stage.strata.isEmpty else {
                parts.append(Part(node: position, stratum: "", units: units))
                continue
            }
            var labels = [String](repeating: "", count: units.count)
            for variable in stage.strata {
                for (unit, value) in try frame.values(variable, of: units).enumerated() {
                    labels[unit] += (labels[unit].isEmpty ? "" : " × ") + value
                }
            }
            var own: [Part] = [], positions: [String: Int] = [:]
            for (unit, label) in zip(units, labels) {
                if let known = positions[label] {
                    own[known].units.append(unit)
                } else {
                    positions[label] = own.count
                    own.append(Part(node: position, stratum: label, units: [unit]))
                }
            }
            parts += own
        }
        return parts
    }

    /// The units by a variable, numbers by size and texts by letter; equal ones stay in their order.
    private static func ordered(
        _ units: [FrameUnit], by variable: String, _ frame: SamplingFrame
    ) throws(SamplingError) -> [FrameUnit] {
        if try frame.column(variable).isNumeric {
            let figures = try frame.figures(variable, of: units)
            return units.indices.sorted { (figures[$0], $0) < (figures[$1], $1) }.map { units[$0] }
        }
        let values = try frame.values(variable, of: units)
        return units.indices.sorted { (values[$0], $0) < (values[$1], $1) }.map { units[$0] }
    }

    // MARK: How many

    private static func counts(
        _ stage: SamplingStage, _ parts: [Part], _ nodes: [Node], _ frame: SamplingFrame, _ warnings: inout [String]
    ) throws(SamplingError) -> [Int] {
        func place(_ part: Part) -> String {
            [nodes[part.node].name, part.stratum].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        func share(_ n: Int, to chosen: [Int]) throws(SamplingError) -> [Int] {
            var strata: [SamplingStratum] = []
            for position in chosen {
                let part = parts[position]
                let own = place(part)
                var stratum = SamplingStratum(own.isEmpty ? "the frame" : own, size: part.units.count)
                if let variable = stage.deviation {
                    stratum.standardDeviation = deviation(try frame.figures(variable, of: part.units))
                }
                strata.append(stratum)
            }
            if strata.count == 1, n > strata[0].size {
                throw .tooLarge(wanted: n, available: strata[0].size, place: place(parts[chosen[0]]))
            }
            return try StratumAllocation(n, to: strata, by: stage.allocation, minimum: stage.minimum).rows.map(\.n)
        }
        switch stage.take {
        case .all: return parts.map(\.units.count)
        case .total(let n):
            guard nodes.allSatisfy({ $0.probabilities.allSatisfy { $0 == 1 } }) else {
                throw .request(
                    "\(stage.unitName): \(n) in all cannot be shared out, as the units of the stage before are a sample; say how "
                        + "many are drawn in each of them (`each`)")
            }
            return try share(n, to: Array(parts.indices))
        case .each(let n):
            var counts = [Int](repeating: 0, count: parts.count)
            for node in nodes.indices {
                let own = parts.indices.filter { parts[$0].node == node }
                for (position, count) in zip(own, try share(n, to: own)) { counts[position] = count }
            }
            return counts
        case .range(let low, let high):
            let few = parts.filter { $0.units.count < low }.map(place)
            if !few.isEmpty { warnings.append(tooFew(few, low, stage)) }
            return parts.map { min($0.units.count, high) }
        }
    }

    private static func tooFew(_ names: [String], _ low: Int, _ stage: SamplingStage) -> String {
        "\(names.count) of those drawn have fewer than \(low) (\(stage.unitName)) and give all they have: "
            + names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    }

    private static func deviation(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }

    // MARK: Drawing

    private static func draw(
        _ n: Int, from units: [FrameUnit], _ stage: SamplingStage, _ frame: SamplingFrame, _ stream: inout RandomStream
    ) throws(SamplingError) -> (units: [(Int, Double)], range: ClosedRange<Double>, certain: Int) {
        let count = units.count, equal = count > 0 ? Double(n) / Double(count) : 0
        switch stage.selection {
        case _ where n == count: return (units.indices.map { ($0, 1) }, 1...1, 0)
        case .simple: return (UnitSelection.simple(n, of: count, &stream).map { ($0, equal) }, equal...equal, 0)
        case .systematic: return (UnitSelection.systematic(n, of: count, &stream).map { ($0, equal) }, equal...equal, 0)
        case .proportionalToSize:
            var sizes = units.map { Double($0.rows.count) }
            if let measure = stage.measure { sizes = try frame.figures(measure, of: units) }
            if let bad = sizes.firstIndex(where: { !($0 > 0) }) {
                throw .sizeMeasure(
                    variable: stage.measure ?? "size", unit: units[bad].name, row: units[bad].firstRow,
                    value: sizes[bad])
            }
            guard sizes.reduce(0, +).isFinite else {
                throw .request(
                    "\(stage.measure ?? "size"): the sizes are too large to be added up; give them in a larger unit")
            }
            let probabilities = UnitSelection.probabilities(n, sizes: sizes)
            // A start with 32 bits leaves the sums of the probabilities exact to where they decide.
            let start = (Double(stream.nextWord()) + 0.5) * 0x1p-32
            let chosen = UnitSelection.systematic(probabilities, start: start)
            let low = probabilities.min() ?? 0, high = probabilities.max() ?? 0
            return (chosen.map { ($0, probabilities[$0]) }, low...high, probabilities.count { $0 == 1 })
        }
    }

    /// Draws by number from units that the frame only counts.
    private static func numbered(
        _ stage: SamplingStage, by variable: String, _ frame: SamplingFrame, _ nodes: inout [Node],
        _ warnings: inout [String], seed: UInt64, index: Int
    ) throws(SamplingError) -> (numbers: [[Int]], groups: [Group]) {
        let counts = try frame.numbers(variable)
        for (row, value) in counts.enumerated() {
            guard let whole = Int(exactly: value), whole >= 1, whole <= 1_000_000 else {
                throw .unitCount(variable: variable, row: row + 1, value: value.isFinite ? value : nil)
            }
        }
        var numbers: [[Int]] = [], groups: [Group] = [], few: [String] = []
        for position in nodes.indices {
            guard let row = nodes[position].rows.first, nodes[position].rows.count == 1 else {
                throw .request(
                    "\(stage.unitName): \(nodes[position].name) has several rows, so that \(variable) does not say how many there "
                        + "are; add a stage that draws rows")
            }
            let available = Int(counts[row]), n: Int
            switch stage.take {
            case .all: n = available
            case .each(let wanted):
                guard wanted <= available else {
                    throw .tooLarge(wanted: wanted, available: available, place: nodes[position].name)
                }
                n = wanted
            case .range(let low, let high):
                if available < low { few.append(nodes[position].name) }
                n = min(available, high)
            case .total(let n):
                throw .request(
                    "\(stage.unitName): say how many are drawn in each unit, for example `each \(n)`, or 3-4")
            }
            var stream = RandomStream(seed: seed, stream: UInt64(index) << 40 | UInt64(row))
            numbers.append(UnitSelection.simple(n, of: available, &stream).map { $0 + 1 })
            let probability = Double(n) / Double(available)
            nodes[position].probabilities.append(probability)
            groups.append(
                Group(
                    name: nodes[position].name, available: available, drawn: n, lowestProbability: probability,
                    highestProbability: probability, certain: 0))
        }
        if case .range(let low, _) = stage.take, !few.isEmpty { warnings.append(tooFew(few, low, stage)) }
        return (numbers, groups)
    }
}
