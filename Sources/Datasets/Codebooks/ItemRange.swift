/// A list of items as researchers write it: `IL1-IL5`, `IL1 - IL5`, `q01-q12`, `x1, x2`, or a single name.
public struct ItemRange: Sendable, Hashable, Codable {
    /// The list as written.
    public var text: String

    /// Creates a list from its wording.
    public init(_ text: String) { self.text = text }

    /// The variables that the list names, in its order.
    ///
    /// A variable whose own name contains a dash or a comma takes precedence over a range or a list. A range runs over
    /// the numbers at the end of its two names, which must begin alike; the width of zero-padded numbers is kept. Where
    /// the names have no such numbers but both are variables, the range runs over the columns between them, as in
    /// SPSS's `a TO e`.
    /// - Parameter dataset: the data whose variables are meant.
    /// - Throws: ``DatasetError/itemRange(text:problem:nearest:)`` if a name is unknown, a range descends, or a range
    ///   lacks an item in between; ``DatasetError/noSuchColumn(name:source:nearest:)`` for a single unknown name.
    public func items(in dataset: Dataset) throws(DatasetError) -> [String] {
        let whole = trimmed(text)
        if dataset.contains(whole) { return [whole] }
        let parts = whole.split(separator: ",", omittingEmptySubsequences: false).map { trimmed(String($0)) }
        guard parts.count > 1 else { return try expanded(whole, in: dataset) }
        var result: [String] = []
        for part in parts {
            guard !part.isEmpty else {
                throw .itemRange(text: text, problem: "there is an empty place between two commas", nearest: [])
            }
            result += dataset.contains(part) ? [part] : try expanded(part, in: dataset)
        }
        return result
    }

    private func expanded(_ part: String, in dataset: Dataset) throws(DatasetError) -> [String] {
        guard !part.isEmpty else { throw .itemRange(text: text, problem: "no item is named", nearest: []) }
        let splits = part.indices.filter { Self.dashes.contains(part[$0]) }.map { dash in
            (trimmed(String(part[..<dash])), trimmed(String(part[part.index(after: dash)...])))
        }.filter { !$0.0.isEmpty && !$0.1.isEmpty }
        guard let split = splits.first(where: { dataset.contains($0.0) && dataset.contains($0.1) }) ?? splits.first
        else {
            _ = try dataset.column(part)
            return [part]
        }
        return try run(from: split.0, through: Self.completed(split.1, like: split.0), in: dataset)
    }

    private static let dashes: Set<Character> = ["-", "–", "—", "‑"]

    /// `IL1-5` is short for `IL1-IL5`.
    private static func completed(_ last: String, like first: String) -> String {
        last.allSatisfy { $0.isASCII && $0.isNumber } ? NumberedName(first).map { $0.stem + last } ?? last : last
    }

    private func run(from first: String, through last: String, in dataset: Dataset) throws(DatasetError) -> [String] {
        for end in [first, last] where !dataset.contains(end) {
            throw .itemRange(
                text: text, problem: "there is no variable \"\(end)\"",
                nearest: nearestNames(to: end, among: dataset.names))
        }
        if let a = NumberedName(first), let b = NumberedName(last), a.stem == b.stem {
            guard a.number <= b.number else {
                throw .itemRange(text: text, problem: "the range descends; write \(last)-\(first)", nearest: [])
            }
            guard b.number - a.number < dataset.columns.count else {
                throw .itemRange(
                    text: text, problem: "the range is longer than the data have variables", nearest: [])
            }
            var result: [String] = []
            for number in a.number...b.number {
                let name = a.name(number, in: dataset)
                guard let name else {
                    throw .itemRange(
                        text: text, problem: "there is no variable \"\(a.stem)\(number)\" in between", nearest: [])
                }
                result.append(name)
            }
            return result
        }
        guard let start = dataset.position(of: first), let end = dataset.position(of: last) else { return [] }
        guard start <= end else {
            throw .itemRange(
                text: text, problem: "\(first) stands after \(last) in the data; write \(last)-\(first)", nearest: [])
        }
        return dataset.columns[start...end].map(\.name)
    }
}

/// A name that ends in a number.
private struct NumberedName {
    let stem: String
    let number: Int
    let width: Int

    init?(_ name: String) {
        let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, digits.count <= 9, let number = Int(String(digits.reversed())) else { return nil }
        stem = String(name.dropLast(digits.count))
        self.number = number
        width = digits.count
    }

    /// The variable of this stem with another number, zero-padded or not, whichever there is.
    func name(_ other: Int, in dataset: Dataset) -> String? {
        let digits = String(other)
        let padded = stem + String(repeating: "0", count: max(0, width - digits.count)) + digits
        return dataset.contains(padded) ? padded : dataset.contains(stem + digits) ? stem + digits : nil
    }
}
