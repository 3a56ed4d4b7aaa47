import Foundation
import LinearAlgebra
import Optimization
import Testing

@testable import MixedModels

/// A file of Files/Structured as a frame, and designs made from its columns.
struct StructuredData {
    let frame: ModelFrame
    let rowCount: Int

    init(_ file: String) throws {
        let url = Bundle.module.bundleURL.appending(path: "Files/Structured/\(file).csv")
        let lines = try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
        let rows = lines.dropFirst().map { $0.split(separator: ",").map(String.init) }
        let columns = lines[0].split(separator: ",").enumerated().map { index, name in
            let texts = rows.map { $0[index] }
            let numbers = texts.compactMap(Double.init)
            let column: ModelFrame.Column =
                numbers.count == texts.count ? .numeric(numbers) : .categorical(texts.map { $0 })
            return (name: String(name), column: column)
        }
        self.init(ModelFrame(columns, rowCount: rows.count))
    }

    init(_ frame: ModelFrame) {
        self.frame = frame
        rowCount = frame.rowCount
    }

    func numbers(_ name: String) -> [Double] {
        guard case .numeric(let values) = frame[name] else { return [] }
        return values
    }

    func texts(_ name: String) -> [String] {
        switch frame[name] {
        case .numeric(let values): values.map { "\($0)" }
        case .categorical(let values): values.map { $0 ?? "" }
        case nil: []
        }
    }

    /// 1 where a categorical column has the value.
    func indicator(_ name: String, _ value: String) -> [Double] { texts(name).map { $0 == value ? 1 : 0 } }

    func design(
        _ response: String, _ fixed: [[Double]], random: [(columns: [[Double]], group: String)] = [],
        weights: [Double]? = nil
    ) -> MixedDesign {
        let ones = [Double](repeating: 1, count: rowCount)
        let columns = [ones] + fixed
        return MixedDesign(
            responseName: response, response: numbers(response),
            fixed: Matrix(rows: rowCount, columns: columns.count, columnMajor: columns.flatMap { $0 }),
            fixedNames: columns.indices.map { "x\($0)" }, fixedTerms: columns.indices.map { "x\($0)" },
            fixedAssignment: Array(columns.indices),
            terms: random.map { term in
                let labels = texts(term.group), levels = Array(Set(labels)).sorted()
                let index = Dictionary(uniqueKeysWithValues: zip(levels, levels.indices))
                let columns = [ones] + term.columns
                return RandomTerm(
                    factor: term.group, coefficientNames: columns.indices.map { $0 == 0 ? "(Intercept)" : "z\($0)" },
                    columns: Matrix(rows: rowCount, columns: columns.count, columnMajor: columns.flatMap { $0 }),
                    groups: labels.map { index[$0] ?? 0 }, levels: levels)
            }, weights: weights)
    }

    /// The frame of some rows, in the order given.
    func rearranged(_ order: [Int]) -> StructuredData {
        let columns = frame.names.map { name -> (name: String, column: ModelFrame.Column) in
            switch frame[name] {
            case .numeric(let values): (name, .numeric(order.map { values[$0] }))
            case .categorical(let values): (name, .categorical(order.map { values[$0] }))
            case nil: (name, .numeric([]))
            }
        }
        return StructuredData(ModelFrame(columns, rowCount: order.count))
    }
}

/// x·y, element by element.
func times(_ x: [Double], _ y: [Double]) -> [Double] { zip(x, y).map { $0 * $1 } }

/// A likelihood at its minimum.
struct StructuredFit {
    var likelihood: StructuredLikelihood
    var theta: [Double]
    var report: ConvergenceReport
    var solution: GeneralizedLeastSquares

    init(_ likelihood: StructuredLikelihood) throws {
        var likelihood = likelihood
        theta = likelihood.start
        var workspace = NewtonMinimizer.Workspace(count: theta.count)
        report = NewtonMinimizer().minimize(&likelihood, from: &theta, workspace: &workspace)
        let solved = likelihood.solution(at: theta)
        solution = try #require(solved)
        self.likelihood = likelihood
    }

    init(_ design: MixedDesign, _ criterion: MixedCriterion, _ structure: String, _ data: StructuredData) throws {
        try self.init(
            StructuredLikelihood(
                design: design, criterion: criterion, structure: ResidualStructure(parsing: structure),
                frame: data.frame))
    }

    var standardErrors: [Double] { solution.covariance.diagonal.map { $0.squareRoot() } }
    var residualParameters: [Double] { likelihood.residualParameters(at: theta).map(\.value) }
}
