import LinearAlgebra
import Probability

/// A source of bootstrap samples.
protocol ResampledDesign: Sendable {
    /// The next sample.
    func draw(using stream: inout RandomStream) -> MixedDesign
}

/// y* = Xβ̂ + Σ Z_f b_f + ε with b_f ~ N(0, cov b_f) and ε ~ N(0, σ²W⁻¹).
struct ParametricResample: ResampledDesign {
    private let fit: MixedModelFit
    private let marginal: [Double]

    init(_ fit: MixedModelFit) {
        self.fit = fit
        marginal = fit.marginalFit
    }

    func draw(using stream: inout RandomStream) -> MixedDesign {
        let sigma = fit.residualVariance.squareRoot()
        var design = fit.design
        var response = marginal
        for (term, factor) in zip(fit.design.terms, fit.factors) {
            let q = term.coefficientCount
            var effects = Matrix(rows: term.levels.count, columns: q)
            for group in 0..<effects.rows {
                let normal = (0..<q).map { _ in sigma * stream.normal() }
                for i in 0..<q { effects[group, i] = (0...i).reduce(0) { $0 + factor[i, $1] * normal[$1] } }
            }
            term.add(effects, to: &response)
        }
        for i in response.indices {
            response[i] += sigma * stream.normal() / (design.weights?[i] ?? 1).squareRoot()
        }
        design.response = response
        return design
    }
}

/// y* = Xβ̂ + Σ Z_f b*_f + ε*, b* and ε* drawn from the estimated ones after rescaling them (Carpenter, Goldstein &
/// Rasbash 2003, section 3.2).
struct ResidualResample: ResampledDesign {
    private let fit: MixedModelFit
    private let marginal: [Double]
    /// The random effects of the groups that occur, with mean zero and the estimated covariance matrix.
    let effects: [Matrix]
    /// √w times the level-1 residuals, with mean zero and variance σ̂².
    let residuals: [Double]

    init(_ fit: MixedModelFit) throws {
        self.fit = fit
        marginal = fit.marginalFit
        effects = try fit.design.terms.indices.map { index in
            let term = fit.design.terms[index]
            let occupied = Set(term.groups).sorted()
            var found = fit.randomEffects[index].submatrix(
                rows: occupied, columns: Array(0..<term.coefficientCount))
            for k in 0..<found.columns {
                let mean = found.column(k).reduce(0, +) / Double(found.rows)
                for i in 0..<found.rows { found[i, k] -= mean }
            }
            let empirical = (1 / Double(found.rows)) * found.crossProduct
            return found * (try Self.reflation(from: empirical, to: fit.covariances[index]))
        }
        var residuals = fit.residuals
        if let weights = fit.design.weights {
            residuals = zip(residuals, weights).map { $0 * $1.squareRoot() }
        }
        let n = Double(residuals.count), mean = residuals.reduce(0, +) / n
        let variance = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
        let scale = variance > 0 ? (fit.residualVariance / variance).squareRoot() : 0
        self.residuals = residuals.map { scale * ($0 - mean) }
    }

    /// A with AᵀSA = R: by Cholesky factors as in the article, or where one is singular by symmetric roots.
    private static func reflation(from empirical: Matrix, to target: Matrix) throws -> Matrix {
        if let left = try? Cholesky(empirical), let right = try? Cholesky(target) {
            return left.solveFactor(right.factor.transpose, transposed: true)
        }
        let root = try symmetricPower(empirical, 0.5), inverse = try symmetricPower(empirical, -0.5)
        return inverse * (try symmetricPower((root * (target * root)).symmetrized, 0.5) * inverse)
    }

    func draw(using stream: inout RandomStream) -> MixedDesign {
        var design = fit.design
        var response = marginal
        for (term, pool) in zip(fit.design.terms, effects) {
            var drawn = Matrix(rows: term.levels.count, columns: term.coefficientCount)
            for group in 0..<drawn.rows {
                let source = stream.index(below: pool.rows)
                for k in 0..<drawn.columns { drawn[group, k] = pool[source, k] }
            }
            term.add(drawn, to: &response)
        }
        for i in response.indices {
            let residual = residuals[stream.index(below: residuals.count)]
            response[i] += residual / (design.weights?[i] ?? 1).squareRoot()
        }
        design.response = response
        return design
    }
}

/// Whole clusters of the highest level drawn with replacement; a cluster drawn twice counts as two.
struct ClusterResample: ResampledDesign {
    private let fit: MixedModelFit
    private let blocks: ClusterBlocks

    init(_ fit: MixedModelFit) throws {
        self.fit = fit
        blocks = try ClusterBlocks(fit, purpose: "the bootstrap of cases")
        guard blocks.count > 1 else {
            throw MixedModelError.notAvailable(
                "the bootstrap of cases draws independent clusters, of which crossed factors leave only one: choose the "
                    + "parametric or the residual bootstrap")
        }
    }

    func draw(using stream: inout RandomStream) -> MixedDesign {
        let source = fit.design
        let drawn = (0..<blocks.count).map { _ in stream.index(below: blocks.count) }
        let rows = drawn.flatMap { blocks.rows[$0] }
        func pick(_ values: [Double]) -> [Double] { rows.map { values[$0] } }
        func pick(_ matrix: Matrix) -> Matrix {
            Matrix(rows: rows.count, columns: matrix.columns) { matrix[rows[$0], $1] }
        }
        var design = source
        design.response = pick(source.response)
        design.fixed = pick(source.fixed)
        design.weights = source.weights.map(pick)
        design.offset = source.offset.map(pick)
        design.rows = Array(rows.indices)
        design.frameRowCount = rows.count
        design.terms = source.terms.indices.map { index in
            let term = source.terms[index]
            var groups: [Int] = [], levels: [String] = []
            groups.reserveCapacity(rows.count)
            var place = [Int](repeating: 0, count: term.levels.count)
            for (copy, block) in drawn.enumerated() {
                for group in blocks.groups[block][index] {
                    place[group] = levels.count
                    levels.append("\(term.levels[group]) \(copy + 1)")
                }
                for row in blocks.rows[block] { groups.append(place[term.groups[row]]) }
            }
            return RandomTerm(
                factor: term.factor, name: term.name, coefficientNames: term.coefficientNames,
                columns: pick(term.columns), groups: groups, levels: levels)
        }
        return design
    }
}

extension RandomTerm {
    /// Adds Z·b to `response` for random effects b (groups × q).
    func add(_ effects: Matrix, to response: inout [Double]) {
        for row in response.indices {
            for k in 0..<coefficientCount { response[row] += columns[row, k] * effects[groups[row], k] }
        }
    }
}
