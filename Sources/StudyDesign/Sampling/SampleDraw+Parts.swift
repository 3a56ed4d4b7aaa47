import Datasets

extension SampleDraw {
    // MARK: What is drawn from

    /// Units that are drawn from together.
    struct Part {
        var node: Int
        var stratum: String
        var units: [FrameUnit]
    }

    static func parts(
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
    static func ordered(
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

    static func counts(
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

    static func tooFew(_ names: [String], _ low: Int, _ stage: SamplingStage) -> String {
        "\(names.count) of those drawn have fewer than \(low) (\(stage.unitName)) and give all they have: "
            + names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    }

    static func deviation(_ values: [Double]) -> Double {
        guard values.count > 1 else { return 0 }
        let mean = values.reduce(0, +) / Double(values.count)
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
    }
}
