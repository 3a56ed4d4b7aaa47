import LinearAlgebra

/// Whether the cases that a study lost, or that did not respond, differ from those it kept.
///
/// Lance, Vandenberg & Self (2000) and Goodman & Blum (1996): means of quantities, distributions over categories, all
/// quantities at once, and the loss regressed on everything. A difference that is not significant is no proof of likeness,
/// above all with few cases lost; so every mean comes with a test of equivalence, and the analysis with its power.
public struct AttritionAnalysis: Sendable, Codable, Equatable {
    /// A variable that was measured on all cases.
    public struct Variable: Sendable {
        /// What the variable holds.
        public enum Values: Sendable {
            /// Numbers; NaN is missing.
            case quantity([Double])
            /// Categories; nil is missing.
            case categories([String?])
        }

        /// Its name.
        public let name: String
        /// Its values, one for each case.
        public let values: Values
        /// The order of its categories; those that are not in it follow, sorted.
        public let order: [String]

        /// Makes a variable.
        public init(_ name: String, _ values: Values, order: [String] = []) {
            self.name = name
            self.values = values
            self.order = order
        }

        fileprivate var count: Int {
            switch values {
            case .quantity(let values): values.count
            case .categories(let values): values.count
            }
        }
    }

    /// The comparison of a quantity: the first sample is that of the cases kept.
    public struct MeanComparison: Sendable, Codable, Equatable {
        /// The variable's name.
        public let variable: String
        /// The tests.
        public let test: TwoSampleTest
    }

    /// The comparison of categories: the first group is that of the cases kept.
    public struct CategoryComparison: Sendable, Codable, Equatable {
        /// The variable's name.
        public let variable: String
        /// The tests.
        public let test: ContingencyTest
    }

    /// The power to find a difference of means.
    public struct Power: Sendable, Codable, Equatable {
        /// The difference in standard deviations.
        public let d: Double
        /// The power of the two-sided t test with all cases; nil for fewer than two cases kept or lost.
        public let power: Double?
    }

    /// The most categories of a variable that enters the regression.
    public static let categoryLimit = 50

    /// The number of cases kept.
    public let kept: Int
    /// The number of cases lost.
    public let lost: Int
    /// The comparisons of quantities.
    public let means: [MeanComparison]
    /// The comparisons of categories.
    public let categories: [CategoryComparison]
    /// The test of all quantities at once; nil when it cannot be carried out.
    public let hotelling: HotellingTest?
    /// The regression of being lost on all variables; categories enter as differences from their first
    /// category. Nil when it cannot be carried out.
    public let regression: LogisticRegression?
    /// The power to find small and medium differences.
    public let power: [Power]
    /// The standardised difference that counts as negligible.
    public let equivalenceBound: Double
    /// The confidence level; tests are at one minus it.
    public let level: Double
    /// What the reader should know.
    public let warnings: [String]

    /// The share of cases lost.
    public var lossRate: Double { Double(lost) / Double(kept + lost) }
    /// The variables that differ at the level of the tests.
    public var differing: [String] {
        means.filter { ($0.test.welch?.pValue ?? 1) < 1 - level }.map(\.variable)
            + categories.filter { ($0.test.pValue ?? 1) < 1 - level }.map(\.variable)
    }
    /// The quantities whose means are shown to differ by less than the bound.
    public var equivalent: [String] {
        means.filter { $0.test.equivalence?.isEquivalent ?? false }.map(\.variable)
    }

    /// Compares the cases kept with those lost.
    ///
    /// - Parameters:
    ///   - variables: What is known of all cases.
    ///   - isKept: Whether a case was kept.
    ///   - equivalenceBound: The standardised difference that counts as negligible, above zero.
    ///   - effects: The standardised differences whose power is reported.
    ///   - level: The confidence level, between 0 and 1.
    /// - Throws: ``PsychometricsError`` when no case was kept, none was lost, or lengths differ.
    public init(
        _ variables: [Variable], isKept: [Bool], equivalenceBound: Double = 0.3, effects: [Double] = [0.3, 0.5],
        level: Double = 0.95
    ) throws {
        guard !variables.isEmpty else { throw PsychometricsError.tooFewVariables(needed: 1, found: 0) }
        if let wrong = variables.first(where: { $0.count != isKept.count }) {
            throw PsychometricsError.mismatchedInput(expected: isKept.count, found: wrong.count)
        }
        let keptRows = isKept.indices.filter { isKept[$0] }, lostRows = isKept.indices.filter { !isKept[$0] }
        guard !keptRows.isEmpty, !lostRows.isEmpty else { throw PsychometricsError.tooFewGroups(found: 1) }
        kept = keptRows.count
        lost = lostRows.count
        self.equivalenceBound = equivalenceBound
        self.level = level
        power = effects.map {
            Power(
                d: $0,
                power: TwoSampleTest.power(
                    d: $0, first: keptRows.count, second: lostRows.count, significance: 1 - level))
        }

        var warnings: [String] = []
        var means: [MeanComparison] = [], categories: [CategoryComparison] = []
        var quantities: [(String, [Double])] = [], predictors: [(String, [Double])] = []
        for variable in variables {
            switch variable.values {
            case .quantity(let values):
                let test = TwoSampleTest(
                    keptRows.map { values[$0] }, lostRows.map { values[$0] }, bound: equivalenceBound, level: level)
                means.append(MeanComparison(variable: variable.name, test: test))
                if test.welch == nil {
                    warnings.append(
                        "\(variable.name): no test, as it takes two values on each side and a variable that varies")
                } else {
                    quantities.append((variable.name, values))
                    predictors.append((variable.name, values))
                }
            case .categories(let values):
                let present = Set(values.compactMap { $0 }), ordered = variable.order.filter(present.contains)
                let names = ordered + present.subtracting(ordered).sorted()
                var counts: [String: [Int]] = [:]
                for (row, value) in values.enumerated() {
                    if let value { counts[value, default: [0, 0]][isKept[row] ? 0 : 1] += 1 }
                }
                guard
                    let test = ContingencyTest(
                        categories: names, first: names.map { counts[$0]?[0] ?? 0 },
                        second: names.map { counts[$0]?[1] ?? 0 })
                else { continue }
                categories.append(CategoryComparison(variable: variable.name, test: test))
                if test.chiSquared == nil {
                    warnings.append("\(variable.name): no test, as it takes two categories and cases on each side")
                } else if test.hasSmallCells, test.exactPValue == nil {
                    warnings.append(
                        "\(variable.name): expected counts below 5 and too many tables for the exact test; merge rare "
                            + "categories")
                }
                guard names.count <= Self.categoryLimit else {
                    warnings.append(
                        "\(variable.name): \(names.count) categories are too many for the regression of the loss, which "
                            + "goes without; merge categories")
                    continue
                }
                for name in names.dropFirst() {
                    predictors.append(
                        ("\(variable.name): \(name)", values.map { $0.map { $0 == name ? 1 : 0 } ?? .nan }))
                }
            }
        }
        self.means = means
        self.categories = categories

        var hotelling: HotellingTest?
        if !quantities.isEmpty {
            do {
                hotelling = try HotellingTest(
                    Self.matrix(quantities, keptRows), Self.matrix(quantities, lostRows),
                    variables: quantities.map(\.0))
            } catch { warnings.append("no test of all means at once: \(error)") }
        }
        self.hotelling = hotelling
        var regression: LogisticRegression?
        // A category that only incomplete cases have, or a quantity that is constant in the complete ones, predicts nothing.
        let complete = isKept.indices.filter { row in predictors.allSatisfy { $0.1[row].isFinite } }
        let varying = predictors.filter { predictor in
            guard let first = complete.first else { return false }
            return complete.contains { predictor.1[$0] != predictor.1[first] }
        }
        if !varying.isEmpty {
            do {
                regression = try LogisticRegression(
                    Self.matrix(varying, complete), names: varying.map(\.0), event: complete.map { !isKept[$0] },
                    level: level)
            } catch { warnings.append("no regression of the loss: \(error)") }
        }
        self.regression = regression
        let dropped = predictors.count - varying.count
        if dropped > 0 {
            warnings.append("\(dropped) predictors left out of the regression, as complete cases do not vary in them")
        }
        if let separated = regression?.separated, !separated.isEmpty {
            warnings.append(
                "\(separated.joined(separator: ", ")): separate kept from lost cases, so that the odds ratio has no finite "
                    + "estimate; the deviance test stands")
        }
        if lostRows.count < 2 || keptRows.count < 2 {
            warnings.append("fewer than two cases kept or lost: means cannot be compared")
        }
        self.warnings = warnings
    }

    private static func matrix(_ columns: [(String, [Double])], _ rows: [Int]) -> Matrix {
        Matrix(rows: rows.count, columns: columns.count) { columns[$1].1[rows[$0]] }
    }
}
