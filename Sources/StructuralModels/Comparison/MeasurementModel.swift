/// Constructs and what measures them, from which the models of validity and method-bias analyses are written.
public struct MeasurementModel: Sendable, Hashable, Codable {
    /// A construct.
    public struct Construct: Sendable, Hashable, Codable {
        /// The name.
        public var name: String
        /// The items, or the names of the constructs that are its dimensions.
        public var indicators: [String]

        /// Creates a construct.
        public init(name: String, indicators: [String]) {
            self.name = name
            self.indicators = indicators
        }
    }

    /// The constructs that items measure.
    public var constructs: [Construct]
    /// The constructs that other constructs measure.
    public var secondOrder: [Construct]

    /// Creates a measurement model.
    public init(constructs: [Construct], secondOrder: [Construct] = []) {
        self.constructs = constructs
        self.secondOrder = secondOrder
    }

    /// All items, each once, in order.
    public var items: [String] {
        var seen: Set<String> = []
        return constructs.flatMap(\.indicators).filter { seen.insert($0).inserted }
    }

    /// The model in lavaan's syntax.
    public var syntax: String {
        (constructs + secondOrder).map { "\(quoted($0.name)) =~ \($0.indicators.map(quoted).joined(separator: " + "))" }
            .joined(separator: "\n") + "\n"
    }

    /// The model with two first-order constructs made one.
    func merging(_ first: Int, _ second: Int) -> MeasurementModel {
        var result = MeasurementModel(constructs: constructs)
        let merged = Construct(
            name: constructs[first].name + "_" + constructs[second].name,
            indicators: constructs[first].indicators + constructs[second].indicators)
        result.constructs[min(first, second)] = merged
        result.constructs.remove(at: max(first, second))
        return result
    }

    /// A name that no construct or item has.
    func freeName(_ wanted: String) -> String {
        let taken = Set(constructs.map(\.name) + secondOrder.map(\.name) + items)
        var name = wanted, number = 1
        while taken.contains(name) {
            number += 1
            name = "\(wanted)\(number)"
        }
        return name
    }
}

/// A name as model syntax has it: in quotation marks unless it consists of letters, digits, `_` and `.` and does not begin
/// with a digit.
func quoted(_ name: String) -> String {
    let isPlain =
        name.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "."
        }
        && !(name.unicodeScalars.first.map { ("0"..."9").contains($0) } ?? true)
    return isPlain ? name : "\"\(name)\""
}
