/// The figures of a run: printed as they come, a line each.
struct Report {
    /// R's milliseconds by the name of the figure; empty where its packages are not installed.
    var peer: [String: Double] = [:]
    private(set) var missed: [String] = []

    func heading() {
        print(Self.line("", "Assay", "at most", "R", "ratio"))
    }

    /// Prints a figure, next to the bound it must keep and R's figure if there are any.
    mutating func add(
        _ name: String, _ value: Double, unit: String = "ms", bound: Double? = nil, peer key: String? = nil
    ) {
        let other = key.flatMap { peer[$0] }
        if let bound, value > bound { missed.append(name) }
        print(
            Self.line(
                name, "\(Self.digits(value)) \(unit)", bound.map { "\(Self.digits($0)) \(unit)" } ?? "",
                other.map { "\(Self.digits($0)) ms" } ?? "", other.map { "\(Self.digits($0 / value))" } ?? ""))
    }

    private static func line(_ name: String, _ cells: String...) -> String {
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let title = name + String(repeating: " ", count: max(0, 54 - name.count))
        return title + cells.map { padded($0, 13) }.joined()
    }

    /// Three significant digits.
    static func digits(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "\(value)" }
        var unit = 1.0
        while abs(value) / unit >= 1000 { unit *= 10 }
        while abs(value) / unit < 100 { unit /= 10 }
        let rounded = (value / unit).rounded() * unit
        if unit >= 1 { return "\(Int(rounded.rounded()))" }
        let places = unit >= 0.09 ? 1 : unit >= 0.009 ? 2 : unit >= 0.0009 ? 3 : unit >= 0.00009 ? 4 : 5
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let whole = Int((abs(value) * scale).rounded())
        let fraction = String(whole % Int(scale))
        return (value < 0 ? "-" : "") + "\(whole / Int(scale))."
            + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
