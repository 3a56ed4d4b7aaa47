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
    struct Node {
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
}
