import LinearAlgebra
import Testing

@testable import MixedModels

/// Expects `value` within `tolerance` times the reference, or times one where that is smaller.
func expectClose(
    _ value: Double?, _ reference: Double, _ tolerance: Double, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let value else {
        Issue.record("\(what) missing for \(reference)", sourceLocation: sourceLocation)
        return
    }
    #expect(
        abs(value - reference) <= tolerance * max(abs(reference), 1), "\(what) \(value) for \(reference)",
        sourceLocation: sourceLocation)
}

/// Expects `value` within `tolerance` times the reference.
func expectRelative(
    _ value: Double?, _ reference: Double, _ tolerance: Double, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let value else {
        Issue.record("\(what) missing for \(reference)", sourceLocation: sourceLocation)
        return
    }
    #expect(
        abs(value - reference) <= tolerance * abs(reference), "\(what) \(value) for \(reference)",
        sourceLocation: sourceLocation)
}

/// The models that the tests of inference share.
enum Examples {
    static func sleepstudy(slope: Bool = true, days: Bool = true) throws -> MixedDesign {
        let table = try Table("sleepstudy.csv")
        let x = table.numbers("Days")
        return table.design(
            "Reaction", days ? [("Days", x)] : [],
            [table.term("Subject", slope ? [("(Intercept)", table.ones), ("Days", x)] : [("(Intercept)", table.ones)])])
    }

    /// sleepstudy without 21 rows.
    static func unbalancedTable() throws -> Table {
        let removed: Set = [
            3, 4, 17, 29, 30, 31, 55, 60, 61, 77, 78, 79, 80, 101, 120, 133, 150, 151, 152, 171, 180,
        ]
        return try Table("sleepstudy.csv").keeping { !removed.contains($0 + 1) }
    }

    /// Those rows with the square of Days.
    static func unbalancedSleepstudy() throws -> MixedDesign {
        let table = try unbalancedTable()
        let x = table.numbers("Days")
        return table.design(
            "Reaction", [("Days", x), ("I(Days^2)", x.map { $0 * $0 })],
            [table.term("Subject", [("(Intercept)", table.ones), ("Days", x)])])
    }

    static func simple(_ response: [Double], perGroup: Int, fixed: [(String, [Double])] = []) -> MixedDesign {
        var table = Table(columns: [:], rowCount: response.count)
        table.columns["y"] = response.map { "\($0)" }
        table.columns["group"] = response.indices.map { "\($0 / perGroup)" }
        return table.design("y", fixed, [table.term("group", [("(Intercept)", table.ones)])])
    }

    /// Box & Tiao (1973): yields of dyestuff from six batches.
    static let dyestuff = simple(
        [
            1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560, 1445, 1440, 1595,
            1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445,
        ], perGroup: 5)

    /// Box & Tiao (1973): simulated data whose variance between batches is estimated at zero.
    static let dyestuff2 = simple(
        [
            7.298, 3.846, 2.434, 9.566, 7.99, 5.22, 6.556, 0.608, 11.788, -0.892, 0.11, 10.386, 13.434, 5.51, 8.166,
            2.212, 4.852, 7.092, 9.288, 4.98, 0.282, 9.014, 4.458, 9.446, 7.198, 1.722, 4.782, 8.106, 0.758, 3.758,
        ], perGroup: 5)

    enum HSB { case null, means, randomCoefficient, interceptsAndSlopes, female }

    static func hsb(_ model: HSB) throws -> MixedDesign {
        let table = try Table("hsb.csv")
        let cses = table.numbers("cses"), means = table.numbers("MEANSES"), sector = table.numbers("sector")
        func product(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 * $1 } }
        let intercept = ("(Intercept)", table.ones)
        switch model {
        case .null: return table.design("MathAch", [], [table.term("School", [intercept])])
        case .means: return table.design("MathAch", [("MEANSES", means)], [table.term("School", [intercept])])
        case .randomCoefficient:
            return table.design("MathAch", [("cses", cses)], [table.term("School", [intercept, ("cses", cses)])])
        case .interceptsAndSlopes:
            return table.design(
                "MathAch",
                [
                    ("MEANSES", means), ("cses", cses), ("sector", sector), ("MEANSES:cses", product(means, cses)),
                    ("cses:sector", product(cses, sector)),
                ], [table.term("School", [intercept, ("cses", cses)])])
        case .female:
            let female = table.numbers("female")
            return table.design(
                "MathAch", [("female", female)], [table.term("School", [intercept, ("female", female)])])
        }
    }
}

extension Table {
    init(columns: [String: [String]], rowCount: Int) {
        self.columns = columns
        self.rowCount = rowCount
    }

    func keeping(_ isKept: (Int) -> Bool) -> Table {
        let kept = (0..<rowCount).filter(isKept)
        return Table(columns: columns.mapValues { column in kept.map { column[$0] } }, rowCount: kept.count)
    }
}
