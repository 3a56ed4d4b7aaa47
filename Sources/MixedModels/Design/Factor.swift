/// A categorical variable: for each row the index of its level, or −1 where it is missing.
struct Factor: Sendable {
    var codes: [Int]
    var levels: [String]
    /// The coding that the formula asks for with `C()`.
    var coding: ContrastCoding?

    /// The levels in ascending order of the numbers, or of their Unicode scalars; FALSE before TRUE.
    init(_ column: ModelFrame.Column) {
        switch column {
        case .numeric(let values): self.init(numbers: values)
        case .categorical(let values): self.init(texts: values)
        }
    }

    init(codes: [Int], levels: [String], coding: ContrastCoding? = nil) {
        self.codes = codes
        self.levels = levels
        self.coding = coding
    }

    private init(numbers: [Double]) {
        if let factor = Self.integers(numbers) {
            self = factor
            return
        }
        var indexes: [Double: Int] = [:]
        var distinct: [Double] = []
        var codes = [Int](repeating: -1, count: numbers.count)
        for (row, value) in numbers.enumerated() where !value.isNaN {
            let known = indexes[value]
            codes[row] = known ?? distinct.count
            if known == nil {
                indexes[value] = distinct.count
                distinct.append(value)
            }
        }
        let order = distinct.indices.sorted { distinct[$0] < distinct[$1] }
        self.init(codes: Self.reordered(codes, order), levels: order.map { levelText(distinct[$0]) })
    }

    /// Whole numbers within a narrow range need no look-up by value.
    private static func integers(_ numbers: [Double]) -> Factor? {
        var low = Double.infinity, high = -Double.infinity
        for value in numbers where !value.isNaN {
            guard value == value.rounded(), value.magnitude < 1e9 else { return nil }
            low = min(low, value)
            high = max(high, value)
        }
        guard low <= high else { return Factor(codes: numbers.map { _ in -1 }, levels: []) }
        guard high - low <= Double(4 * numbers.count + 1000) else { return nil }
        let first = Int(low)
        var codeOf = [Int](repeating: -1, count: Int(high) - first + 1)
        for value in numbers where !value.isNaN { codeOf[Int(value) - first] = 0 }
        var levels: [String] = []
        for index in codeOf.indices where codeOf[index] == 0 {
            codeOf[index] = levels.count
            levels.append(String(first + index))
        }
        return Factor(codes: numbers.map { $0.isNaN ? -1 : codeOf[Int($0) - first] }, levels: levels)
    }

    private init(texts: [String?]) {
        var indexes: [String: Int] = [:]
        var distinct: [String] = []
        var codes = [Int](repeating: -1, count: texts.count)
        var last: (text: String, code: Int)?
        for (row, text) in texts.enumerated() {
            guard let text else { continue }
            // Files are often sorted by group, and comparing is quicker than hashing.
            if let last, last.text == text {
                codes[row] = last.code
                continue
            }
            let code = indexes[text] ?? distinct.count
            if code == distinct.count {
                indexes[text] = code
                distinct.append(text)
            }
            codes[row] = code
            last = (text, code)
        }
        if Self.isLogical(distinct) {
            let truths = distinct.map { $0.first == "T" || $0.first == "t" }
            let values = truths.contains(false) ? [false] + (truths.contains(true) ? [true] : []) : [true]
            let order = truths.map { values.firstIndex(of: $0) ?? -1 }
            self.init(
                codes: codes.map { $0 < 0 ? -1 : order[$0] }, levels: values.map { $0 ? "TRUE" : "FALSE" })
            return
        }
        let keys = distinct.map { Array($0.unicodeScalars.map(\.value)) }
        let order = distinct.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
        self.init(codes: Self.reordered(codes, order), levels: order.map { distinct[$0] })
    }

    /// Whether R would read texts as logical values.
    static func isLogical(_ distinct: [String]) -> Bool {
        !distinct.isEmpty
            && distinct.allSatisfy { ["TRUE", "FALSE", "true", "false", "True", "False", "T", "F"].contains($0) }
    }

    private static func reordered(_ codes: [Int], _ order: [Int]) -> [Int] {
        var rank = [Int](repeating: 0, count: order.count)
        for (position, index) in order.enumerated() { rank[index] = position }
        return codes.map { $0 < 0 ? -1 : rank[$0] }
    }

    /// The factor with its levels in the order given; levels not in it become missing values.
    func ordered(by names: [String]) -> Factor {
        let positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let rank = levels.map { positions[$0] ?? -1 }
        return Factor(codes: codes.map { $0 < 0 ? -1 : rank[$0] }, levels: names, coding: coding)
    }

    /// The factor of some rows, without the levels that they do not have.
    func selecting(_ rows: [Int]) -> Factor {
        var isUsed = [Bool](repeating: false, count: levels.count)
        for row in rows where codes[row] >= 0 { isUsed[codes[row]] = true }
        var rank = [Int](repeating: -1, count: levels.count)
        var kept: [String] = []
        for (index, level) in levels.enumerated() where isUsed[index] {
            rank[index] = kept.count
            kept.append(level)
        }
        return Factor(codes: rows.map { codes[$0] < 0 ? -1 : rank[codes[$0]] }, levels: kept, coding: coding)
    }

    /// The cells of several factors without missing values, the first varying slowest; names joined by colons.
    static func cells(of factors: [Factor]) -> Factor {
        guard var result = factors.first else { return Factor(codes: [], levels: []) }
        for factor in factors.dropFirst() {
            let width = factor.levels.count
            let cells = zip(result.codes, factor.codes).map { $0 * width + $1 }
            let size = result.levels.count * width
            var kept: [Int]
            var codes: [Int]
            if size <= 4 * cells.count + 1000 {
                var rank = [Int](repeating: -1, count: size)
                for cell in cells { rank[cell] = 0 }
                kept = []
                for cell in rank.indices where rank[cell] == 0 {
                    rank[cell] = kept.count
                    kept.append(cell)
                }
                codes = cells.map { rank[$0] }
            } else {
                kept = Set(cells).sorted()
                let rank = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
                codes = cells.map { rank[$0] ?? 0 }
            }
            result = Factor(
                codes: codes, levels: kept.map { "\(result.levels[$0 / width]):\(factor.levels[$0 % width])" })
        }
        return result
    }
}
