import LinearAlgebra
import Psychometrics
import Testing

/// Figures of `describe(type = 2)` of psych 2.2.9 for `attitude`.
@Suite struct VariableDescriptivesTests {
    @Test func equalsPsych() throws {
        let attitude = try Reference("attitude")
        let rows = attitude.names.indices.map {
            VariableDescriptives(variable: attitude.names[$0], values: attitude.data.column($0))
        }
        #expect(rows.map(\.variable) == attitude.names)
        #expect(rows.allSatisfy { $0.n == 30 && $0.missing == 0 })
        #expect(
            distance(
                rows.map(\.mean),
                numbers("64.6333333333 66.6 53.1333333333 56.3666666667 64.6333333333 74.7666666667 42.9333333333"))
                < 1e-9)
        #expect(
            distance(
                rows.map(\.standardDeviation),
                numbers(
                    "12.1725619476 13.3147571747 12.2354299935 11.7370128766 10.3972255362 9.894907549 10.2887060053"))
                < 1e-9)
        #expect(
            distance(
                rows.map(\.skewness),
                numbers(
                    "-0.396714805325 -0.238763225397 0.420210077914 -0.0598893955027 0.218951788828 -0.959607192674 0.942559350303"
                )) < 1e-11)
        #expect(
            distance(
                rows.map(\.kurtosis),
                numbers(
                    "-0.494609773252 -0.381725176125 -0.0421912676127 -1.07638294163 -0.282013590277 0.691758152894 1.07314412983"
                )) < 1e-10)
        #expect(distance(rows.map(\.median), [65.5, 65, 51.5, 56.5, 63.5, 77.5, 41]) == 0)
        #expect(rows.first?.minimum == 40)
        #expect(rows.first?.maximum == 85)
        // SPSS prints .427 and .833 for n = 30.
        #expect(abs((rows.first?.skewnessStandardError ?? .nan) - 0.427) < 0.0005)
        #expect(abs((rows.first?.kurtosisStandardError ?? .nan) - 0.833) < 0.0005)
    }

    @Test func leavesOutWhatDoesNotExist() {
        let constant = VariableDescriptives(variable: "c", values: [0.1, 0.1, 0.1, 0.1, 0.1])
        #expect(constant.mean == 0.1)
        #expect(constant.standardDeviation == 0)
        #expect(constant.skewness == nil && constant.kurtosis == nil)
        let single = VariableDescriptives(variable: "s", values: [.nan, 3])
        #expect(single.n == 1 && single.missing == 1 && single.mean == 3 && single.standardDeviation == nil)
        let none = VariableDescriptives(variable: "n", values: [.nan])
        #expect(none.n == 0 && none.mean == nil && none.minimum == nil)
    }

    @Test func shapeIgnoresUnitAndOrigin() throws {
        let values = try Reference("attitude").data.column(0)
        let first = VariableDescriptives(variable: "x", values: values)
        let second = VariableDescriptives(variable: "x", values: values.map { 1e6 - 0.001 * $0 })
        #expect(abs((first.skewness ?? .nan) + (second.skewness ?? .nan)) < 1e-6)
        #expect(abs((first.kurtosis ?? .nan) - (second.kurtosis ?? .nan)) < 1e-6)
    }
}

@Suite struct FrequencyTableTests {
    @Test func countsValues() {
        let table = FrequencyTable(variable: "x", values: [3, 1, .nan, 3, 2, 3, 1, .nan])
        #expect(table.n == 6 && table.missing == 2)
        #expect(table.rows.map(\.value) == [1, 2, 3])
        #expect(table.rows.map(\.count) == [2, 1, 3])
        #expect(table.rows.map(\.share) == [0.25, 0.125, 0.375])
        #expect(table.rows.map(\.cumulativeShare) == [2.0 / 6, 0.5, 1])
        #expect(FrequencyTable(variable: "x", values: []).rows.isEmpty)
    }
}

/// Figures of `corr.test` of psych 2.2.9.
@Suite struct CorrelationTableTests {
    @Test func equalsPsychListwise() throws {
        let attitude = try Reference("attitude")
        let table = try CorrelationTable(attitude.data, variables: attitude.names)
        #expect(
            distance(
                table.correlations[0],
                numbers("1 0.82541756954 0.4261168701 0.6236781645 0.59013899488 0.15643915161 0.1550862526")) < 1e-10)
        #expect(
            distance(
                table.pValues[0],
                numbers(
                    "0 1.9876822083e-08 0.018877022284 0.00023114744898 0.00059782368126 0.4090625688 0.41317632951"))
                < 1e-10)
        #expect(abs((table.pValues[1][0] ?? .nan) / 1.9876822083e-08 - 1) < 1e-9)
        #expect(table.counts[2][5] == 30)
        #expect(table.matrix?[1, 0] == table.correlations[0][1])
    }

    @Test func equalsPsychPairwise() throws {
        let attitude = try Reference("attitude")
        var data = attitude.data
        (data[0, 1], data[4, 2], data[6, 2]) = (.nan, .nan, .nan)
        let table = try CorrelationTable(data, variables: attitude.names, missing: .pairwise)
        let expected = numbers("0.817674743214 0.42088486677 0.6236781645 0.590138994878 0.156439151607 0.155086252601")
        #expect(distance(Array(table.correlations[0].dropFirst()), expected) < 1e-11)
        #expect(
            distance(
                Array(table.pValues[1][2...]),
                numbers("0.0037287624788 0.00120919309885 6.39305940726e-05 0.137054790361 0.211663553184")) < 1e-11)
        #expect(table.counts[1] == [29, 29, 27, 29, 29, 29, 29])
        let listwise = try CorrelationTable(data, variables: attitude.names)
        #expect(listwise.counts[0][1] == 27)
        #expect(listwise.correlations[0][3] != table.correlations[0][3])
    }

    @Test func leavesOutWhatDoesNotExist() throws {
        let table = try CorrelationTable(Matrix([[1, 2, 5], [2, 4, 5], [3, 6, 5]]), variables: ["a", "b", "c"])
        #expect(table.correlations[0] == [1, 1, nil])
        #expect(table.pValues[0] == [0, 0, nil])
        #expect(table.correlations[2] == [nil, nil, nil])
        #expect(table.matrix == nil)
        let single = try CorrelationTable(Matrix([[1, 2]]), variables: ["a", "b"])
        #expect(single.correlations[0][1] == nil)
        #expect(CorrelationTable.pValue(0.5, n: 2) == nil)
        #expect(throws: PsychometricsError.mismatchedInput(expected: 2, found: 1)) {
            try CorrelationTable(Matrix([[1, 2]]), variables: ["a"])
        }
    }
}

@Suite struct VarianceInflationTests {
    @Test func equalsReference() throws {
        let attitude = try Reference("attitude")
        let table = try CorrelationTable(attitude.data, variables: attitude.names)
        let factors = try VarianceInflation.factors(
            correlations: #require(table.matrix), variables: attitude.names)
        #expect(
            distance(
                factors,
                numbers("3.7397436483 4.3494673841 1.6210545611 2.6278177964 3.0964525154 1.2317493246 2.0774675871")
            ) < 1e-9)
    }

    @Test func namesTheVariablesOfASingularMatrix() {
        let r = Matrix([[1, 0.3, 1], [0.3, 1, 0.3], [1, 0.3, 1]])
        #expect(throws: PsychometricsError.singularCorrelations(variables: ["a", "c"])) {
            try VarianceInflation.factors(correlations: r, variables: ["a", "b", "c"])
        }
    }
}

/// Figures of `mardia` of psych 2.2.9.
@Suite struct MardiaTestTests {
    @Test func equalsPsych() throws {
        let attitude = try Reference("attitude")
        let test = try MardiaTest(attitude.data, variables: attitude.names)
        #expect(abs(test.skewness - 20.0893180858) < 1e-9)
        #expect(abs(test.kurtosis - 61.9105447459) < 1e-9)
        #expect(abs(test.skewnessStatistic - 100.446590429) < 1e-8)
        #expect(abs(test.kurtosisStatistic + 0.265799865499) < 1e-10)
        #expect(abs(test.skewnessPValue - 0.106551340373) < 1e-11)
        #expect(abs(test.kurtosisPValue - 0.790393346807) < 1e-11)
        #expect(test.skewnessDegreesOfFreedom == 84)
    }

    @Test func ignoresUnitsAndOrder() throws {
        let attitude = try Reference("attitude")
        let test = try MardiaTest(attitude.data, variables: attitude.names)
        let other = Matrix(rows: 30, columns: 7) { i, j in attitude.data[29 - i, 6 - j] * Double(j + 1) - 100 }
        let moved = try MardiaTest(other, variables: attitude.names)
        #expect(abs(test.skewness - moved.skewness) < 1e-8)
        #expect(abs(test.kurtosis - moved.kurtosis) < 1e-8)
    }

    @Test func refusesWhatHasNoAnswer() {
        #expect(throws: PsychometricsError.constantVariables(["b"])) {
            try MardiaTest(Matrix([[1, 2], [3, 2], [4, 2]]), variables: ["a", "b"])
        }
        #expect(throws: PsychometricsError.missingValue(variable: "b", row: 2)) {
            try MardiaTest(Matrix([[1, 2], [3, .nan], [4, 2]]), variables: ["a", "b"])
        }
        #expect(throws: PsychometricsError.tooFewCases(needed: 3, found: 2)) {
            try MardiaTest(Matrix([[1, 2], [3, 5]]), variables: ["a", "b"])
        }
    }
}

@Suite struct MissingPatternsTests {
    @Test func countsByVariableAndPattern() throws {
        let x = Double.nan
        let data = Matrix([[1, 2, 3], [1, x, 3], [1, 2, 3], [x, x, 3], [1, x, 3], [1, x, 3]])
        let patterns = try MissingPatterns(data, variables: ["a", "b", "c"])
        #expect(patterns.n == 6 && patterns.complete == 2)
        #expect(patterns.variables.map(\.missing) == [1, 4, 0])
        #expect(patterns.patterns.map(\.missing) == [["b"], [], ["a", "b"]])
        #expect(patterns.patterns.map(\.count) == [3, 2, 1])
    }
}
