import LinearAlgebra
import Testing

@testable import StructuralModels

/// What is wrong is said by name.
@Suite struct DiagnosticsTests {
    private func holzinger() throws -> CompleteData { try TestFiles.data("holzinger_swineford.csv") }

    private func error(_ text: String, _ data: CompleteData) -> StructuralModelError? {
        do {
            _ = try StructuralModel(text).fit(data)
            return nil
        } catch let error as StructuralModelError {
            return error
        } catch {
            return nil
        }
    }

    @Test func parametersThatCannotBeToldApart() throws {
        // Two factors with two indicators each, uncorrelated: only the products of their parameters are determined.
        let found = try error("f =~ x1 + a*x2\ng =~ x4 + b*x5 + x6\nf ~~ 0*g", holzinger())
        guard case .notIdentified(let directions)? = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(directions.count == 1)
        #expect(Set(directions[0].parameters).isSubset(of: ["a", "f~~f", "x1~~x1", "x2~~x2"]))
        #expect(found?.description.contains("cannot be told apart") == true)
    }

    @Test func moreParametersThanMoments() throws {
        #expect(
            try error("f =~ x1 + x2\nx1 ~~ x2", holzinger()) == .tooManyParameters(parameters: 5, moments: 3))
    }

    @Test func anUnknownVariable() throws {
        let found = try error("f =~ x1 + x2 + xx3", holzinger())
        #expect(found == .missingVariable("xx3", nearest: "x3"))
    }

    @Test func constantDuplicateAndDependentVariables() throws {
        let data = try holzinger()
        func with(_ name: String, _ column: [Double]) -> CompleteData {
            CompleteData(
                names: data.names + [name],
                values: Matrix(
                    rows: data.caseCount, columns: data.names.count + 1, columnMajor: data.values.storage + column))
        }
        let x1 = data.values.column(try #require(data.names.firstIndex(of: "x1")))
        let x2 = data.values.column(try #require(data.names.firstIndex(of: "x2")))
        #expect(error("f =~ x1 + x2 + k", with("k", x1.map { _ in 3 })) == .constantVariable("k"))
        #expect(error("f =~ x1 + x2 + k", with("k", x1.map { 2 * $0 + 1 })) == .duplicateVariables("x1", "k"))
        let sum = zip(x1, x2).map { $0 + $1 }
        guard case .singularSample(let sample)? = error("f =~ x1 + x2 + x3 + k", with("k", sum)) else {
            Issue.record("a sum of two variables makes the covariance matrix singular")
            return
        }
        #expect(Set(sample.dependentVariables) == ["x1", "x2", "k"])
    }

    @Test func fewCases() throws {
        let data = try holzinger()
        let all = Array(0..<data.names.count)
        func first(_ count: Int) -> CompleteData {
            CompleteData(names: data.names, values: data.values.submatrix(rows: Array(0..<count), columns: all))
        }
        #expect(error("f =~ x1 + x2 + x3", first(2)) == .tooFewCases(2))
        guard case .singularSample(let sample)? = error("f =~ x1 + x2 + x3 + x4 + x5 + x6", first(6)) else {
            Issue.record("six cases cannot determine six variables")
            return
        }
        #expect(sample.caseCount == 6 && "\(sample)".contains("6 complete cases"))
    }

    /// lavaan: the orthogonal bifactor model of these data is a Heywood case with χ²(18) = 34.880098.
    @Test func aHeywoodCaseIsNamed() throws {
        var options = ModelOptions.sem
        options.isOrthogonal = true
        options.latentScale = .unitVariance
        let text = """
            g =~ x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9
            visual =~ x1 + x2 + x3
            textual =~ x4 + x5 + x6
            speed =~ x7 + x8 + x9
            """
        let fit = try StructuralModel(text, options: options).fit(holzinger())
        #expect(abs(fit.test.chiSquare - 34.880098) < 1e-4)
        let warning = try #require(fit.warnings.first { $0.contains("Heywood") })
        #expect(warning.contains("is negative (-") && warning.contains("95% CI"))
    }

    /// Two factors that measure the same thing: their covariance fixed above what their variances allow.
    @Test func aCorrelationBeyondOneIsNamed() throws {
        var options = ModelOptions.sem
        options.latentScale = .unitVariance
        let text = "f =~ x4 + x5\ng =~ x6 + x1\nf ~~ 1.05*g"
        let fit = try StructuralModel(text, options: options).fit(holzinger())
        let warning = try #require(fit.warnings.first { $0.contains("beyond one") })
        #expect(warning.contains("`f` and `g`") && warning.contains("1.050"))
    }
}
