import Datasets
import Probability

extension SampleDraw {
    // MARK: Drawing

    static func draw(
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
    static func numbered(
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
