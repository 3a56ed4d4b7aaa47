import Foundation
import LinearAlgebra
import Testing

@testable import MixedModels

/// Estimates of whole models against figures in 34-digit arithmetic, from formula to standard errors.
@Suite struct CertifiedFiguresTests {
    private struct Figures: Decodable {
        var deviance: Double
        var sigma2: Double
        var covariance: [[Double]]
        var beta: [String: Double]
        var se: [String: Double]

        enum CodingKeys: String, CodingKey {
            case deviance, sigma2, beta, se
            case covariance = "G"
        }
    }

    private static let controls = "scale(prop) + scale(qual) + scale(job) + scale(edu)"
    private static let models: [(key: String, file: String, formula: String)] = [
        ("sleepstudy", "sleepstudy.csv", "Reaction ~ Days + (Days | Subject)"),
        ("Dyestuff", "dyestuff.csv", "Yield ~ 1 + (1 | Batch)"),
        ("Rail", "rail.csv", "travel ~ 1 + (1 | Rail)"),
        ("Machines", "machines.csv", "score ~ Machine + (Machine | Worker)"),
        ("diary_M8_ri", "diary.csv", "Y ~ \(controls) + X2 + M * W * Z + (1 | leader)"),
        ("diary_M8_rs", "diary.csv", "Y ~ \(controls) + X2 + M * W * Z + (M | leader)"),
        ("diary_unbal_M8_rs", "diary-unbalanced.csv", "Y ~ \(controls) + X2 + M * W * Z + (M | leader)"),
        ("hsb_null", "hsb.csv", "MathAch ~ 1 + (1 | School)"),
        ("hsb_rc", "hsb.csv", "MathAch ~ cses + (cses | School)"),
        ("hsb_iso", "hsb.csv", "MathAch ~ MEANSES * cses + sector * cses + (cses | School)"),
    ]

    /// The names of the figures for the terms of the formulas.
    private static func plain(_ term: String) -> String {
        switch term {
        case "MEANSES:cses": "meanses:cses"
        case "cses:MEANSES": "meanses:cses"
        default:
            term.replacingOccurrences(of: "scale(", with: "").replacingOccurrences(of: ")", with: "")
                .replacingOccurrences(of: "(Intercept", with: "(Intercept)")
                .replacingOccurrences(of: "MEANSES", with: "meanses")
        }
    }

    @Test(arguments: models.indices) func model(index: Int) throws {
        let (key, file, formula) = Self.models[index]
        let url = try #require(Bundle.module.url(forResource: "Files/certified.json", withExtension: nil))
        let all = try JSONDecoder().decode([String: [String: Figures]].self, from: Data(contentsOf: url))
        let table = try Table(file)
        let design = try MixedDesign(MixedFormula(parsing: formula), table.frame)
        for criterion in MixedCriterion.allCases {
            let figures = try #require(all[key]?[criterion.rawValue])
            let fit = try MixedModel.fit(design, criterion: criterion)
            func expect(_ value: Double, _ reference: Double, _ what: String, tolerance: Double = 1e-11) {
                let difference = abs(value - reference) / max(1e-2, abs(reference))
                #expect(difference < tolerance, "\(key) \(criterion) \(what): \(value) for \(reference)")
            }
            expect(fit.deviance, figures.deviance, "deviance", tolerance: 1e-12)
            expect(fit.residualVariance, figures.sigma2, "σ²")
            for (i, row) in figures.covariance.enumerated() {
                for (j, entry) in row.enumerated() {
                    expect(fit.covariances[0][i, j], entry, "G[\(i), \(j)]", tolerance: 1e-9)
                }
            }
            #expect(figures.beta.count == design.fixedCount)
            for (c, name) in design.fixedNames.enumerated() {
                let beta = try #require(figures.beta[Self.plain(name)], "\(name)")
                expect(fit.coefficients[c], beta, name, tolerance: 1e-10)
                expect(
                    fit.coefficientCovariance[c, c].squareRoot(), figures.se[Self.plain(name)] ?? .nan, "SE \(name)",
                    tolerance: 1e-10)
            }
        }
    }
}
