import LinearAlgebra
import Optimization
import Testing

@testable import MixedModels

/// Derivatives against finite differences, and what must not change the result.
@Suite struct StructuredLikelihoodTests {
    struct Setting: Sendable, CustomTestStringConvertible {
        var structure: String
        var random: String
        var criterion: MixedCriterion
        var testDescription: String { "\(structure) \(random) \(criterion.rawValue)" }

        static let all: [Setting] = [
            Setting(structure: "ar1(occasion | Subject)", random: "slope", criterion: .reml),
            Setting(structure: "ar1h(occasion | Subject)", random: "intercept", criterion: .ml),
            Setting(structure: "ar1(occasion | Subject) + diag(Sex)", random: "slope", criterion: .reml),
            Setting(structure: "cs(Subject)", random: "none", criterion: .ml),
            Setting(structure: "csh(occasion | Subject)", random: "none", criterion: .reml),
            Setting(structure: "diag(occasion)", random: "slope", criterion: .reml),
            Setting(structure: "un(occasion | Subject)", random: "none", criterion: .ml),
            Setting(structure: "un(occasion | Subject)", random: "none", criterion: .reml),
            Setting(structure: "ar1(age | Subject)", random: "intercept", criterion: .reml),
            Setting(structure: "independent", random: "slope", criterion: .ml),
            Setting(structure: "cs(Subject)", random: "crossed", criterion: .reml),
        ]
    }

    /// Orthodont without some rows, so that clusters differ; `permutation` puts them in another order.
    static func likelihood(
        _ setting: Setting, shuffled: Bool = false, rows: Range<Int>? = nil
    ) throws -> (StructuredLikelihood, StructuredData) {
        var data = try StructuredData("orthodont")
        var kept = (rows ?? 0..<data.rowCount).filter { ![1, 5, 6, 22, 71, 104].contains($0) }
        if shuffled { kept = kept.sorted { ($0 * 37 % 109) < ($1 * 37 % 109) } }
        data = data.rearranged(kept)
        let age = data.numbers("age").map { $0 - 9 }
        let random: [(columns: [[Double]], group: String)] =
            switch setting.random {
            case "none": []
            case "slope": [([age], "Subject")]
            case "crossed": [([], "age")]
            default: [([], "Subject")]
            }
        let design = data.design("distance", [age, data.indicator("Sex", "Female")], random: random)
        return (
            try StructuredLikelihood(
                design: design, criterion: setting.criterion, structure: ResidualStructure(parsing: setting.structure),
                frame: data.frame), data
        )
    }

    /// A point that is no minimum.
    static func point(_ likelihood: StructuredLikelihood) -> [Double] {
        likelihood.start.enumerated().map { $1 + 0.2 * Double(($0 * 7 + 3) % 5) / 5 - 0.05 }
    }

    @Test(arguments: Setting.all) func derivativesAreThoseOfTheValue(_ setting: Setting) throws {
        var (likelihood, _) = try Self.likelihood(setting)
        let point = Self.point(likelihood), count = point.count
        var gradient = [Double](repeating: 0, count: count), other = gradient
        var hessian = [Double](repeating: 0, count: count * count)
        _ = likelihood.value(at: point)
        likelihood.derivatives(at: point, curvature: .exact, gradient: &gradient, hessian: &hessian)
        likelihood.gradient(at: point, into: &other)
        #expect(gradient == other)
        for k in 0..<count {
            let numeric = Self.slope(of: { likelihood.value(at: $0) ?? .nan }, at: point, k)
            #expect(abs(numeric - gradient[k]) < 1e-7 * max(1, abs(gradient[k])))
            for l in k..<count {
                let second = Self.slope(
                    of: { moved in
                        var slopes = gradient
                        likelihood.gradient(at: moved, into: &slopes)
                        return slopes[l]
                    }, at: point, k)
                #expect(abs(second - hessian[l + k * count]) < 1e-7 * max(1, abs(second)))
            }
        }
    }

    /// The average information is the mean of the observed and the expected one, with σ² profiled out.
    @Test(arguments: Setting.all) func averageInformationIsPositive(_ setting: Setting) throws {
        var (likelihood, _) = try Self.likelihood(setting)
        let point = Self.point(likelihood), count = point.count
        var gradient = [Double](repeating: 0, count: count), hessian = [Double](repeating: 0, count: count * count)
        _ = likelihood.value(at: point)
        likelihood.derivatives(at: point, curvature: .expected, gradient: &gradient, hessian: &hessian)
        let full = Matrix(rows: count, columns: count) { hessian[max($0, $1) + min($0, $1) * count] }
        #expect(try (SymmetricEigen(full).values.last ?? 0) > 0)
    }

    @Test(arguments: Setting.all) func theOrderOfRowsDoesNotMatter(_ setting: Setting) throws {
        let fit = try StructuredFit(Self.likelihood(setting).0)
        let other = try StructuredFit(Self.likelihood(setting, shuffled: true).0)
        #expect(fit.report.hasConverged && other.report.hasConverged)
        #expect(abs(fit.solution.deviance - other.solution.deviance) < 1e-10)
        for (a, b) in zip(fit.solution.coefficients, other.solution.coefficients) { #expect(abs(a - b) < 1e-8) }
        for (a, b) in zip(fit.residualParameters, other.residualParameters) { #expect(abs(a - b) < 1e-7) }
    }

    /// V as a matrix of all rows, by its definition, in the components φ of the sensitivity.
    @Test(arguments: Setting.all) func sensitivityIsThatOfTheCriterion(_ setting: Setting) throws {
        // Four boys and three girls.
        var (likelihood, data) = try Self.likelihood(setting, rows: 48..<76)
        let point = Self.point(likelihood)
        let solved = likelihood.solution(at: point)
        let solution = try #require(solved)
        let brute = try BruteForce(likelihood.design, setting.criterion, likelihood.structure, data)
        let components = likelihood.residualComponents(at: point, variance: solution.residualVariance)
        var first = 0
        let covariances = likelihood.design.terms.flatMap { term in
            defer { first += term.parameterCount }
            let factor = CovarianceFactor(
                theta: point[first..<(first + term.parameterCount)], order: term.coefficientCount)
            return CovarianceFactor.lowerTriangle(factor.product).map { $0 * solution.residualVariance }
        }
        let phi = covariances + components.map(\.value)
        #expect(abs(brute.criterion(phi) - solution.deviance) < 1e-9)
        let sensitivity = try likelihood.sensitivity(
            at: point, moments: likelihood.residual.hasLinearForm ? .second : .first)
        let design = likelihood.design
        for k in phi.indices {
            let numeric = Self.slope(of: brute.criterion, at: phi, k)
            #expect(abs(numeric - sensitivity.gradient[k]) < 1e-6 * max(1, abs(numeric)))
            for l in 0...k {
                let second = Self.slope(of: { Self.slope(of: brute.criterion, at: $0, l) }, at: phi, k)
                #expect(abs(second - sensitivity.hessian[k, l]) < 2e-4 * max(1, abs(second)))
            }
            for (i, j) in [(0, 0), (1, 0), (2, 1)] {
                let slope = Self.slope(of: { brute.information($0)[i, j] }, at: phi, k)
                #expect(abs(slope + sensitivity.information[k][i, j]) < 1e-7 * max(1, abs(slope)))
            }
        }
        guard let second = sensitivity.second else { return }
        let inverse = try Cholesky(brute.covariance(phi)).inverse
        let derivatives = phi.indices.map { brute.derivative(phi, $0) }
        for k in phi.indices {
            for l in phi.indices {
                let inner = inverse * derivatives[k] * inverse * derivatives[l]
                #expect(abs(inner.trace - second.traces[k, l]) < 1e-7 * max(1, abs(inner.trace)))
                let product = design.fixed.transposedTimes(inner * inverse * design.fixed)
                #expect(
                    (product - second.products[k][l]).maximumMagnitude < 1e-7 * max(1, product.maximumMagnitude))
            }
        }
    }

    /// The scores, and the gradient by G.
    @Test func theSolutionHoldsWhatRandomEffectsNeed() throws {
        var (likelihood, data) = try Self.likelihood(Setting.all[2])
        let point = Self.point(likelihood)
        let solved = likelihood.solution(at: point)
        let solution = try #require(solved)
        let brute = try BruteForce(likelihood.design, .reml, likelihood.structure, data)
        let factor = CovarianceFactor(theta: point[..<3], order: 2)
        let phi =
            CovarianceFactor.lowerTriangle(factor.product).map { $0 * solution.residualVariance }
            + likelihood.residualComponents(at: point, variance: solution.residualVariance).map(\.value)
        let covariance = brute.covariance(phi)
        let design = likelihood.design, term = design.terms[0]
        let fit = design.fixed * solution.coefficients
        let residuals = zip(design.response, fit).map { $0 - $1 }
        let weighted = try Cholesky(covariance).solve(residuals).map { $0 * solution.residualVariance }
        for row in [0, 1] {
            for group in term.levels.indices {
                let sum = design.response.indices.filter { term.groups[$0] == group }.reduce(0.0) {
                    $0 + term.columns[$1, row] * weighted[$1]
                }
                #expect(abs(sum - solution.scores[0][row, group]) < 1e-9)
            }
        }
        var gradient = [Double](repeating: 0, count: point.count)
        likelihood.gradient(at: point, into: &gradient)
        let gradients = likelihood.covarianceGradients(at: point)
        let chained = 2.0 * (try #require(gradients)[0] * factor.matrix)
        for (k, value) in CovarianceFactor.lowerTriangle(chained).enumerated() {
            #expect(abs(value - gradient[k]) < 1e-9 * max(1, abs(value)))
        }
    }

    /// Weights are variances: two rows of weight ½ at the same place say as much as one of weight 1 about the mean.
    @Test func weightsDivideTheVariance() throws {
        let data = try StructuredData("sleepstudy")
        let weights = data.numbers("Days").map { 1 / (1 + $0) }
        let weighted = data.design("Reaction", [data.numbers("Days")], random: [([], "Subject")], weights: weights)
        let fit = try StructuredFit(weighted, .reml, "independent", data)
        // lme4 1.1-31: lmer(Reaction ~ Days + (1 | Subject), sleepstudy, weights = 1/(1 + Days))
        #expect(abs(fit.solution.deviance - 1789.2114645881) < 1e-8)
        #expect(throws: MixedModelError.self) {
            try StructuredLikelihood(
                design: weighted, criterion: .reml, structure: .autoregressive("Days", within: "Subject"),
                frame: data.frame)
        }
    }

    /// Five-point central difference.
    static func slope(of function: ([Double]) -> Double, at point: [Double], _ k: Int) -> Double {
        let step = 1e-3 * max(abs(point[k]), 0.05)
        func value(_ multiple: Double) -> Double {
            var moved = point
            moved[k] += multiple * step
            return function(moved)
        }
        return (8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * step)
    }
}

/// The likelihood by its definition, from the whole covariance matrix.
struct BruteForce {
    let design: MixedDesign
    let kind: MixedCriterion
    let structure: ResidualStructure
    let cluster: [Int]
    let occasion: [Double]
    let stratum: [Int]
    let levelCount: Int

    init(_ design: MixedDesign, _ kind: MixedCriterion, _ structure: ResidualStructure, _ data: StructuredData) throws {
        self.design = design
        self.kind = kind
        self.structure = structure
        func indices(_ values: [String]) -> [Int] {
            let levels = Set(values).sorted()
            return values.map { levels.firstIndex(of: $0) ?? 0 }
        }
        var strata = structure.variancesBy
        switch structure.correlation {
        case .none:
            cluster = Array(0..<data.rowCount)
            occasion = []
        case .compoundSymmetric(let names):
            cluster = indices(data.texts(names[0]))
            occasion = []
        case .autoregressive(let name, let names):
            cluster = indices(data.texts(names[0]))
            occasion = data.numbers(name)
        case .unstructured(let name, let names):
            cluster = indices(data.texts(names[0]))
            occasion = data.numbers(name)
            strata = name
        }
        stratum = strata.map { indices(data.texts($0)) } ?? cluster.map { _ in 0 }
        levelCount = (stratum.max() ?? 0) + 1
    }

    func covariance(_ phi: [Double]) -> Matrix {
        var next = 0
        let terms = design.terms.map { term -> Matrix in
            let q = term.coefficientCount
            var g = Matrix(rows: q, columns: q)
            for j in 0..<q {
                for i in j..<q {
                    g[i, j] = phi[next]
                    g[j, i] = phi[next]
                    next += 1
                }
            }
            return g
        }
        let rest = Array(phi[next...]), n = design.rowCount
        let ratios = [1] + rest.dropFirst(2)
        func element(_ i: Int, _ j: Int) -> Double {
            var sum = 0.0
            for (term, g) in zip(design.terms, terms) where term.groups[i] == term.groups[j] {
                for a in 0..<g.rows {
                    for b in 0..<g.rows { sum += term.columns[i, a] * g[a, b] * term.columns[j, b] }
                }
            }
            guard cluster[i] == cluster[j] else { return sum }
            let s = stratum[i], t = stratum[j]
            switch structure.correlation {
            case .none: return sum + (i == j ? rest[s] : 0)
            case .compoundSymmetric where structure.variancesBy == nil: return sum + (i == j ? rest[0] : rest[1])
            case .unstructured: return sum + rest[ResidualModel.packed(max(s, t), min(s, t), levelCount)]
            case .compoundSymmetric, .autoregressive:
                let distance = occasion.isEmpty ? (i == j ? 0 : 1) : abs(occasion[i] - occasion[j])
                var correlation = 1.0
                for _ in 0..<Int(distance) { correlation *= rest[1] }
                return sum + rest[0] * ratios[s] * ratios[t] * correlation
            }
        }
        var result = Matrix(rows: n, columns: n)
        for j in 0..<n {
            for i in j..<n {
                result[i, j] = element(i, j)
                result[j, i] = result[i, j]
            }
        }
        return result
    }

    /// ∂V/∂φ_k, exact where V is linear.
    func derivative(_ phi: [Double], _ k: Int) -> Matrix {
        var moved = phi
        moved[k] += 1
        return covariance(moved) - covariance(phi)
    }

    func information(_ phi: [Double]) -> Matrix {
        guard let cholesky = try? Cholesky(covariance(phi)) else { return Matrix(rows: 3, columns: 3) }
        return design.fixed.transposedTimes(cholesky.solve(design.fixed))
    }

    func criterion(_ phi: [Double]) -> Double {
        guard let cholesky = try? Cholesky(covariance(phi)) else { return .nan }
        let x = cholesky.solveFactor(design.fixed)
        let y = cholesky.solveFactor(Matrix(rows: design.rowCount, columns: 1, columnMajor: design.response))
        guard let normal = try? Cholesky(x.crossProduct) else { return .nan }
        let beta = normal.solve(x.transposedTimes(y).storage)
        let residuals = zip(y.storage, x * beta).map { $0 - $1 }
        let count = kind == .reml ? design.rowCount - design.fixedCount : design.rowCount
        return cholesky.logDeterminant + dot(residuals, residuals) + (kind == .reml ? normal.logDeterminant : 0)
            + Double(count) * (2 * Double.pi).naturalLogarithm
    }
}
