import Datasets

extension SamplingStage {
    /// The words that say how a stage draws, in the order of their explanation.
    public static let settingNames = [
        "take", "each", "method", "measure", "strata", "allocation", "deviation", "minimum", "order", "of",
    ]

    /// Reads a stage from its settings, as study files and commands have them.
    ///
    /// - Parameters:
    ///   - unit: The variable of the units; nil for rows.
    ///   - settings: The settings by name; lists are separated by blanks or plus signs.
    /// - Throws: ``SamplingError/request(_:)``.
    public init(unit: String?, settings: [(name: String, value: String)]) throws(SamplingError) {
        self.init(unit: unit, take: .all)
        let what = unitName
        func words(_ text: String) -> [String] { text.split { $0 == " " || $0 == "+" }.map(String.init) }
        var taken: String?
        for (name, value) in settings {
            switch name {
            case "take", "each":
                if let taken { throw .request("\(what): give `\(taken)` or `\(name)` once, not both") }
                taken = name
                take = try Self.take(value, isEach: name == "each", of: what)
            case "method": selection = try Self.choice(value, "method", of: what)
            case "measure": measure = value
            case "strata": strata = words(value)
            case "allocation": allocation = try Self.choice(value, "allocation", of: what)
            case "deviation": deviation = value
            case "minimum":
                guard let number = Int(value) else {
                    throw .request("\(what): the minimum in each stratum must be a whole number, not \(value)")
                }
                minimum = number
            case "order": order = words(value)
            case "of": numberedBy = value
            default:
                let nearest = nearestNames(to: name, among: Self.settingNames).first
                throw .request(
                    "\(what): there is no setting `\(name)`"
                        + (nearest.map { "; did you mean `\($0)`?" }
                            ?? "; there are \(Self.settingNames.joined(separator: ", "))"))
            }
        }
        if let fault { throw .request(fault) }
    }

    /// Reads a stage as a command has it: `firm: 96, strata=district, method=systematic`.
    ///
    /// - Throws: ``SamplingError/request(_:)``.
    public init(_ text: String) throws(SamplingError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map {
            String($0).trimmed
        }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw .request(
                "the stage '\(text)' is not of the form UNIT: NUMBER, for example 'firm: 96, strata=district'")
        }
        var settings: [(name: String, value: String)] = []
        for (index, part) in parts[1].split(separator: ",", omittingEmptySubsequences: false).enumerated() {
            let piece = String(part).trimmed
            let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
                String($0).trimmed
            }
            if sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty {
                settings.append((sides[0], sides[1]))
            } else if index == 0, sides.count == 1, piece.hasPrefix("each ") {
                settings.append(("each", String(piece.dropFirst(5)).trimmed))
            } else if index == 0, sides.count == 1 {
                settings.append(("take", piece))
            } else {
                throw .request(
                    "the stage '\(text)': '\(piece)' is not of the form NAME=VALUE, for example strata=district")
            }
        }
        try self.init(unit: ["row", "rows"].contains(parts[0]) ? nil : parts[0], settings: settings)
    }

    private static func take(_ text: String, isEach: Bool, of what: String) throws(SamplingError) -> Take {
        if text == "all" { return .all }
        if let n = Int(text) { return isEach ? .each(n) : .total(n) }
        let ends = text.split { $0 == "-" || $0 == "–" }.map { Int(String($0).trimmed) }
        if ends.count == 2, let low = ends[0], let high = ends[1] { return .range(low, high) }
        throw .request(
            "\(what): '\(text)' is no number of units; write a number such as 96, a range such as 3-4, or all")
    }

    private static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ setting: String, of what: String
    ) throws(SamplingError) -> Choice {
        if let value = Choice(rawValue: text.lowercased()) { return value }
        let names = Choice.allCases.map(\.rawValue), nearest = nearestNames(to: text, among: names).first
        throw .request(
            "\(what): there is no \(setting) `\(text)`"
                + (nearest.map { "; did you mean `\($0)`?" } ?? "; there are \(names.joined(separator: ", "))"))
    }
}

extension String {
    /// The text without blanks at its ends.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
