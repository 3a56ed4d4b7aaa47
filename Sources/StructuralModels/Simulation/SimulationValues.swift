extension Simulation {
    /// Reads values of parameters from text: entries `name = number`, separated by commas, semicolons or line ends.
    ///
    /// A name may hold operators, as in `f=~x1 = 0.7, y~x = 0.3, x1~~x2 = 0.1, y~1 = 3`; the number is what follows the last
    /// `=` or, in a line without one, the last blank. A line that starts with `#` is a comment.
    /// - Throws: ``SimulationError/malformedValue(_:)`` with the entry; ``SimulationError/contradictoryValues(_:_:_:)`` where a
    ///   name comes twice with different numbers.
    public static func values(in text: String) throws(SimulationError) -> [String: Double] {
        var result: [String: Double] = [:]
        for line in text.split(whereSeparator: \.isNewline) where line.first(where: { !$0.isWhitespace }) != "#" {
            for entry in line.split(whereSeparator: { $0 == "," || $0 == ";" }) {
                let trimmed = entry.trimmed
                if trimmed.isEmpty { continue }
                guard let separator = trimmed.lastIndex(of: "=") ?? trimmed.lastIndex(where: \.isWhitespace) else {
                    throw .malformedValue(String(trimmed))
                }
                let name = trimmed[..<separator].trimmed
                guard !name.isEmpty, let value = Double(trimmed[trimmed.index(after: separator)...].trimmed),
                    value.isFinite
                else { throw .malformedValue(String(trimmed)) }
                if let other = result[String(name)], other != value {
                    throw .contradictoryValues(String(name), other, value)
                }
                result[String(name)] = value
            }
        }
        return result
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        guard let start = firstIndex(where: { !$0.isWhitespace }), let end = lastIndex(where: { !$0.isWhitespace })
        else {
            return self[startIndex..<startIndex]
        }
        return self[start...end]
    }
}
