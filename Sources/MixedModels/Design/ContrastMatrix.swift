/// The columns that code the levels of a categorical variable.
struct ContrastMatrix {
    /// What the names of the columns add to that of the variable.
    var suffixes: [String]
    /// The value of each level in each column.
    var codes: [[Double]]

    /// One column for each level.
    static func indicators(of levels: [String]) -> ContrastMatrix {
        ContrastMatrix(
            suffixes: levels,
            codes: levels.indices.map { column in levels.indices.map { $0 == column ? 1 : 0 } })
    }

    /// One column fewer than levels. A base that the levels do not have is nil.
    init?(_ coding: ContrastCoding, levels: [String]) {
        let k = levels.count
        switch coding.contrast {
        case .treatment:
            let base: Int
            switch coding.base {
            case .standard: base = 0
            case .number(let number): base = number - 1
            case .level(let level): base = levels.firstIndex(of: level) ?? -1
            }
            guard levels.indices.contains(base) else { return nil }
            self = Self.indicators(of: levels)
            if case .number = coding.base { suffixes = (1...k).map(String.init) }
            suffixes.remove(at: base)
            codes.remove(at: base)
        case .sas:
            self = Self.indicators(of: levels)
            suffixes.removeLast()
            codes.removeLast()
        case .sum:
            suffixes = (1..<k).map(String.init)
            codes = (0..<(k - 1)).map { column in
                levels.indices.map { $0 == k - 1 ? -1 : $0 == column ? 1 : 0 }
            }
        case .helmert:
            suffixes = (1..<k).map(String.init)
            codes = (0..<(k - 1)).map { column in
                levels.indices.map { $0 <= column ? -1 : $0 == column + 1 ? Double(column + 1) : 0 }
            }
        case .polynomial:
            suffixes = (1..<k).map { $0 <= 3 ? [".L", ".Q", ".C"][$0 - 1] : "^\($0)" }
            codes = orthogonalPolynomials((1...k).map(Double.init), degree: k - 1)
        }
    }

    private init(suffixes: [String], codes: [[Double]]) {
        self.suffixes = suffixes
        self.codes = codes
    }
}
