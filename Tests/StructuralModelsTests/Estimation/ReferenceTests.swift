import Optimization
import Testing

@testable import StructuralModels

/// Whole models against every figure that lavaan 0.7.2 prints for them.
@Suite struct ReferenceTests {
    static let cases = [
        "hs_cfa_ml", "hs_cfa_stdlv", "hs_cfa_orthogonal", "hs_cfa_meanstructure", "hs_second_order", "pd_sem_ml",
        "mediation_observed", "growth_linear", "wheaton_cov",
    ]

    @Test(arguments: cases) func fitMeasuresEqualLavaan(_ name: String) throws {
        let reference = try ReferenceCase(name)
        let fit = try reference.fitted()
        #expect(fit.convergence.iterations < 30)
        let measures = fit.fitMeasures()
        for (name, value) in reference.fit {
            guard let value else {
                #expect(measures[name] == nil, "\(name)")
                continue
            }
            let mine = try #require(measures[name], "\(name)")
            #expect(abs(mine - value) <= 1e-5 * max(1, abs(value)), "\(name): \(mine), lavaan \(value)")
        }
    }

    @Test(arguments: cases) func estimatesEqualLavaan(_ name: String) throws {
        let reference = try ReferenceCase(name)
        let rows = try reference.fitted().estimates()
        func close(_ mine: Double?, _ value: Double?, _ tolerance: Double) -> Bool {
            guard let value else { return true }
            guard let mine else { return false }
            return abs(mine - value) <= tolerance * max(1, abs(value))
        }
        for row in reference.estimates where row.op != "~1" || row.se != 0 {
            let mine = try #require(
                rows.first { $0.lhs == row.lhs && $0.op == row.op && $0.rhs == row.rhs }, "\(row)")
            #expect(close(mine.raw.estimate, row.est, 1e-4), "\(row): \(mine.raw.estimate)")
            #expect(close(mine.raw.standardError, row.se, 1e-4), "\(row): \(mine.raw)")
            #expect(close(mine.stdLV, row.stdLV, 1e-4), "\(row): \(String(describing: mine.stdLV))")
            #expect(close(mine.stdAll?.estimate, row.stdAll, 1e-4), "\(row): \(String(describing: mine.stdAll))")
        }
    }

    @Test(arguments: cases) func rowsComeInLavaansOrder(_ name: String) throws {
        let reference = try ReferenceCase(name)
        let mine = try reference.fitted().estimates().map { [$0.lhs, $0.op, $0.rhs] }
        #expect(mine == reference.estimates.map { [$0.lhs, $0.op, $0.rhs] })
    }
}
