import LinearAlgebra
import Psychometrics
import Testing

/// The teams of Files/teams.csv, in which team 6 has one member.
private struct Teams {
    let data: Matrix
    let labels: [String]

    init() throws {
        let file = try Reference("teams", complete: false)
        labels = file.data.column(0).map { "\(Int($0))" }
        data = file.columns(1..<9)
    }

    var items: Matrix { data.submatrix(rows: Array(0..<data.rows), columns: [0, 1, 2, 3]) }
    static let itemNames = ["i1", "i2", "i3", "i4"]

    func agreement(_ distribution: NullDistribution = .uniform) throws -> WithinGroupAgreement {
        try WithinGroupAgreement(
            scale: "climate", data: items, items: Self.itemNames, groups: labels, options: 5,
            nullDistribution: distribution)
    }
}

/// Figures of `rwg.j`, `rwg.j.lindell`, `rwg` and `ad.m` of multilevel 2.7.
@Suite struct WithinGroupAgreementTests {
    @Test func equalsMultilevel() throws {
        let result = try Teams().agreement()
        let defined = result.groups.filter { $0.label != "6" }
        #expect(result.groups.map(\.label) == (1...12).map(String.init))
        #expect(result.groups.map(\.size) == [3, 4, 4, 8, 6, 1, 7, 5, 9, 4, 6, 2])
        #expect(result.groups.map(\.omitted).reduce(0, +) == 1)
        #expect(
            distance(
                defined.map(\.rwg),
                numbers(
                    """
                    0.952380952380952 0.971751412429379 0.756756756756757 0.892171344165436 0.686868686868687
                    0.878048780487805 0.815533980582524 0.833333333333333 0.341085271317830 0.911725955204216
                    0.965517241379310
                    """)) < 1e-14)
        #expect(
            distance(
                defined.map(\.rwgStar),
                numbers(
                    """
                    0.833333333333333 0.895833333333333 0.437500000000000 0.674107142857143 0.354166666666667
                    0.642857142857143 0.525000000000000 0.555555555555556 0.114583333333333 0.720833333333333 0.875
                    """)) < 1e-14)
        #expect(
            distance(
                defined.map(\.averageDeviation),
                numbers(
                    """
                    0.444444444444444 0.312500000000000 0.781250000000000 0.617187500000000 0.847222222222222
                    0.602040816326531 0.700000000000000 0.759259259259259 1.000000000000000 0.513888888888889 0.25
                    """)) < 1e-14)
        #expect(
            distance(
                defined.map(\.averageDeviationFromMedian),
                numbers(
                    """
                    0.333333333333333 0.25 0.75 0.5625 0.791666666666667 0.571428571428571 0.65 0.638888888888889 0.9375
                    0.458333333333333 0.25
                    """)) < 1e-14)
        #expect(
            distance(
                [result.rwg.mean, result.rwg.median, result.rwg.acceptableShare],
                numbers("0.818652155900566 0.878048780487805 0.818181818181818")) < 1e-14)
        // .83 = 5/6: two of eleven teams deviate more.
        #expect(abs(result.averageDeviation.acceptableShare - 9 / 11.0) < 1e-15)
    }

    @Test func namesGroupsWithoutFigures() throws {
        let result = try Teams().agreement()
        #expect(result.undefinedGroups == ["6"])
        let alone = try #require(result.groups.first { $0.label == "6" })
        #expect(alone.rwg == nil && alone.rwgStar == nil && alone.averageDeviation == nil && !alone.isTruncated)
    }

    @Test func cutsAtZero() throws {
        let result = try Teams().agreement(.moderateSkew)
        #expect(
            distance(
                result.groups.filter { $0.rwg != nil }.map(\.rwg),
                numbers(
                    """
                    0.8717948717948718 0.9299719887955182 0 0.6036916395222583 0 0.5098039215686275 0 0.0476190476190478
                    0 0.7099567099567100 0.9122807017543860
                    """)) < 1e-14)
        #expect(result.truncatedCount == 4)
        #expect(result.groups.allSatisfy { $0.isTruncated == (($0.rwgStar ?? 0) < 0) })
    }

    @Test func equalsMultilevelForOneItem() throws {
        let teams = try Teams()
        let first = teams.items.submatrix(rows: Array(0..<teams.items.rows), columns: [0])
        let result = try WithinGroupAgreement(
            scale: "i1", data: first, items: ["i1"], groups: teams.labels, options: 5, nullDistribution: .heavySkew)
        #expect(
            distance(
                result.groups.filter { $0.rwg != nil }.map(\.rwg),
                numbers("0.242424242424242 1 0 0 0 0 0 0 0 0.621212121212121 1")) < 1e-14)
    }

    @Test func staysInItsRangeWhateverTheLabels() throws {
        let teams = try Teams(), result = try teams.agreement()
        #expect(result.groups.compactMap(\.rwg).allSatisfy { $0 >= 0 && $0 <= 1 })
        let renamed = try WithinGroupAgreement(
            scale: "climate", data: teams.items, items: Teams.itemNames, groups: teams.labels.map { "team \($0)z" },
            options: 5)
        #expect(renamed.rwg == result.rwg && renamed.averageDeviation == result.averageDeviation)
        // Shifted and reversed answers agree as much.
        let reversed = try WithinGroupAgreement(
            scale: "climate", data: teams.items.map { 9 - $0 }, items: Teams.itemNames, groups: teams.labels, options: 5
        )
        #expect(distance(reversed.groups.compactMap(\.rwg), result.groups.compactMap(\.rwg)) < 1e-14)
    }

    @Test func knowsNullVariances() {
        #expect(
            NullDistribution.uniform.variance(options: 5) == 2 && NullDistribution.uniform.variance(options: 7) == 4)
        // The probabilities of LeBreton & Senter's skewed answers to five options.
        for (distribution, shares) in [
            (NullDistribution.slightSkew, [0.05, 0.15, 0.20, 0.35, 0.25]),
            (.moderateSkew, [0, 0.10, 0.15, 0.40, 0.35]), (.heavySkew, [0, 0, 0.10, 0.40, 0.50]),
        ] {
            let mean = zip(1...5, shares).reduce(0) { $0 + Double($1.0) * $1.1 }
            let variance = zip(1...5, shares).reduce(0) { $0 + (Double($1.0) - mean) * (Double($1.0) - mean) * $1.1 }
            #expect(abs((distribution.variance(options: 5) ?? 0) - variance) < 1e-12)
        }
        #expect(NullDistribution.slightSkew.variance(options: 6) == nil)
        #expect(NullDistribution.variance(-1).variance(options: 6) == nil)
        #expect(NullDistribution.variance(1.5).variance(options: 6) == 1.5)
    }

    @Test func refusesBadInput() throws {
        let data = Matrix([[1], [7], [2], [.nan]])
        func agreement(_ data: Matrix, _ groups: [String], _ options: Int, _ null: NullDistribution = .uniform) throws {
            _ = try WithinGroupAgreement(
                scale: "s", data: data, items: ["a"], groups: groups, options: options, nullDistribution: null)
        }
        #expect(throws: AgreementError.answersBeyondScale(item: "a", smallest: 1, largest: 7, options: 5)) {
            try agreement(data, ["a", "a", "b", "b"], 5)
        }
        #expect(throws: AgreementError.noComparableGroup) { try agreement(data, ["a", "b", "c", "c"], 7) }
        #expect(throws: AgreementError.tooFewOptions(1)) { try agreement(data, ["a", "a", "b", "b"], 1) }
        #expect(throws: AgreementError.unknownNullVariance(.heavySkew, options: 9)) {
            try agreement(data, ["a", "a", "b", "b"], 9, .heavySkew)
        }
        #expect(throws: PsychometricsError.mismatchedInput(expected: 4, found: 1)) { try agreement(data, ["a"], 7) }
    }
}

/// Figures of R 4.2.2 (`aov`, `qf`) and of `ICC` of psych 2.2.9.
@Suite struct GroupReliabilityTests {
    @Test func equalsR() throws {
        let teams = try Teams()
        let result = try IntraclassCorrelation(variable: "i1", values: teams.data.column(0), groups: teams.labels)
        #expect(
            distance(
                [result.icc1, result.icc2, result.meanGroupSize, result.harmonicGroupSize, result.f, result.pValue],
                numbers(
                    """
                    0.390170761413826 0.761848995868166 5 3.482667280893700 4.199016517463120 0.000233340353394166
                    """)) < 1e-12)
        #expect(distance(result.icc1Interval ?? [], numbers("0.144735156077714 0.701208199718696")) < 1e-12)
        #expect(distance(result.icc2Interval ?? [], numbers("0.458329951896971 0.921470451902731")) < 1e-12)
        #expect(distance([result.designEffect], [1 + 4 * 0.390170761413826]) < 1e-12)
        #expect(distance([result.effectiveSampleSize], [60 / (1 + 4 * 0.390170761413826)]) < 1e-10)
    }

    /// The example of Shrout & Fleiss (1979): ICC(1,1) = .17, ICC(1,4) = .44.
    @Test func equalsShroutAndFleiss() throws {
        let ratings = [9, 6, 8, 7, 10, 6, 2, 1, 4, 1, 5, 2, 5, 3, 6, 2, 6, 4, 8, 2, 8, 6, 9, 7]
        let result = try IntraclassCorrelation(
            variable: "rating", values: ratings.map(Double.init), groups: (0..<24).map { $0 % 6 })
        #expect(distance([result.icc1, result.icc2], [0.165741768405475, 0.442797133679268]) < 1e-13)
        #expect(distance(result.icc1Interval ?? [], [-0.132932324874751, 0.722560062328121]) < 1e-12)
        #expect(distance(result.icc2Interval ?? [], [-0.884442155238121, 0.912415420340775]) < 1e-12)
    }
}

/// Figures of R 4.2.2 (`lm`, `cor.test`, `manova`), of `statsBy` of psych 2.2.9 and `waba` of multilevel 2.7.
@Suite struct MultilevelTests {
    @Test func correlatesAtEachLevel() throws {
        let teams = try Teams()
        let result = try MultilevelCorrelations(
            teams.data, variables: ["i1", "i2", "i3", "i4", "x", "y", "staff", "z"], groups: teams.labels)
        #expect(result.levels == [.both, .both, .both, .both, .both, .both, .between, .between])
        #expect(distance([result.within[4][5], result.between[5][4]], [0.279206448192372, 0.551583063557057]) < 1e-13)
        // The p-value of x in lm(y ~ x + team).
        #expect(distance([result.withinPValues[4][5]], [0.063254705045959]) < 1e-13)
        #expect(distance([result.betweenPValues[4][5]], [0.063008644164777]) < 1e-12)
        #expect(result.cases[4][5] == 56 && result.groups[4][5] == 12)
        #expect(result.withinDegreesOfFreedom[5][4] == 43 && result.betweenDegreesOfFreedom[5][4] == 10)
        #expect(result.within[4][6] == nil && result.within[6][6] == nil && result.between[6][7] != nil)
        #expect(result.within[4][4] == 1 && result.withinPValues[4][4] == 0)
    }

    @Test func countsGroupsAlikeWhenAsked() throws {
        let teams = try Teams()
        let both = teams.data.column(4).indices.filter {
            teams.data[$0, 4].isFinite && teams.data[$0, 5].isFinite
        }
        let result = try MultilevelCorrelations(
            teams.data.submatrix(rows: both, columns: [4, 5, 6]), variables: ["x", "y", "staff"],
            groups: both.map { teams.labels[$0] }, weights: .equal)
        #expect(
            distance(
                [result.between[0][1], result.between[0][2], result.between[1][2]],
                numbers("0.802827869473425 -0.500312379910490 -0.319312144817762")) < 1e-13)
        #expect(
            distance(
                [result.betweenPValues[0][1], result.betweenPValues[0][2], result.betweenPValues[1][2]],
                numbers("0.00166785683256198 0.0976115803413655 0.311684423604062")) < 1e-12)
        #expect(distance(result.etaWithin, [0.800643836859268, 0.643250507303511, 0]) < 1e-13)
        #expect(distance(result.etaBetween, [0.599140589927999, 0.765655787448757, 1]) < 1e-13)
    }

    /// r = ηᵇηᵇrᵇ + ηʷηʷrʷ (Dansereau et al. 1984), when groups count by size.
    @Test func addsUpToTheRawCorrelation() throws {
        let teams = try Teams()
        let data = Matrix(rows: 60, columns: 2) { teams.data[$0, $1 * 2] }
        let result = try MultilevelCorrelations(data, variables: ["i1", "i3"], groups: teams.labels)
        let raw = try CorrelationTable(data, variables: ["i1", "i3"]).correlations[0][1]
        let between = result.between[0][1] ?? .nan, within = result.within[0][1] ?? .nan
        let b = result.etaBetween.compactMap { $0 }, w = result.etaWithin.compactMap { $0 }
        #expect(distance([raw], [b[0] * b[1] * between + w[0] * w[1] * within]) < 1e-14)
        let old = try WithinBetweenCorrelations(data, variables: ["i1", "i3"], groups: teams.labels)
        #expect(distance([between, within], [old.between[0][1] ?? .nan, old.within[0][1] ?? .nan]) < 1e-14)
    }

    @Test func knowsVariablesThatVaryWithinOnly() throws {
        // A month that is the same for all, and a variable centred on its group means and stored with few decimals.
        let data = Matrix([
            [1, 0.3333, 2], [2, -0.6667, 2], [3, 0.3333, 2], [1, 1.2, 2], [2, -1.3, 2], [3, 0.1, 2],
        ])
        let result = try MultilevelCorrelations(
            data, variables: ["month", "centred", "same"], groups: [1, 1, 1, 2, 2, 2])
        #expect(result.levels == [.within, .within, .constant])
        #expect(result.between[0][0] == nil && result.within[0][1] != nil && result.within[2][2] == nil)
    }

    @Test func hasNoFiguresForValuesThatOverflow() throws {
        let data = Matrix([[1e200, 1], [-1e200, 2], [2e200, 3], [1e200, 5]])
        let result = try MultilevelCorrelations(data, variables: ["huge", "x"], groups: [1, 1, 2, 2])
        #expect(result.within[0][1] == nil && result.withinPValues[0][1] == nil)
    }

    @Test func doesNotDependOnTheOrderOfRowsOrGroups() throws {
        let teams = try Teams()
        let rows = (0..<60).map { $0 * 23 % 60 }, names = ["x", "y", "staff"]
        let one = try MultilevelCorrelations(
            teams.data.submatrix(rows: Array(0..<60), columns: [4, 5, 6]), variables: names, groups: teams.labels)
        let two = try MultilevelCorrelations(
            teams.data.submatrix(rows: rows, columns: [4, 5, 6]), variables: names,
            groups: rows.map { -(Int(teams.labels[$0]) ?? 0) })
        #expect(one.cases == two.cases && one.groups == two.groups && one.levels == two.levels)
        for (a, b) in zip(one.within + one.between, two.within + two.between) {
            #expect(a.map { $0 == nil } == b.map { $0 == nil })
            #expect(distance(a.map { $0 ?? 9 }, b.map { $0 ?? 9 }) < 1e-13)
        }
    }

    @Test func describesEachVariableAtItsLevel() throws {
        let teams = try Teams()
        let data = teams.data.submatrix(rows: Array(0..<60), columns: [4, 7, 5, 6, 0])
        let result = try MultilevelDescriptives(
            data, variables: ["x", "z", "y", "staff", "i1"], groups: teams.labels,
            components: ["y": LevelVariances(within: 3, between: 1)], diagonal: ["y": 0.54])
        #expect(result.levelTwo.map(\.name) == ["z", "staff"] && result.levelOne.map(\.name) == ["x", "y", "i1"])
        #expect(result.cases == 60 && result.groups == 12)
        #expect(result.levelTwo.map(\.descriptives.n) == [12, 12])
        #expect(
            distance(
                result.levelTwo.flatMap { [$0.descriptives.mean, $0.descriptives.standardDeviation] },
                numbers("0.440833333333333 0.964793509074100 23.16666666666667 9.50438495292217")) < 1e-12)
        // With the rows for cases the same correlation would have p = .157.
        #expect(
            distance(
                [
                    result.levelTwoCorrelations.correlations[0][1], result.levelTwoCorrelations.pValues[0][1],
                ], [-0.172123566991625, 0.592707245396552]) < 1e-13)
        #expect(result.levelTwoCorrelations.counts[0][1] == 12)
        #expect(
            distance(
                result.levelOne.map(\.varianceInflation), numbers("1.16480153676442 1.08454813454970 1.08040613404960"))
                < 1e-12)
        #expect(distance(result.levelTwo.map(\.varianceInflation), [1.03053105118306, 1.03053105118306]) < 1e-12)
        #expect(
            distance(
                (result.levelTwo + result.levelOne).map(\.varianceInflationBetween),
                numbers("1.27431474151792 1.37070190487137 3.39176713314438 4.96407256570995 2.58789358802851")) < 1e-10
        )
        #expect(distance(result.levelOne.map(\.withinShare), [0.789216076338839, 0.75, 0.609829238586174]) < 1e-12)
        #expect(result.levelOne.map(\.isShareByAnalysisOfVariance) == [true, false, true])
        #expect(
            distance(
                result.levelOne.map(\.standardDeviationWithin),
                numbers("1.07019429297985 1.02821994328893 0.913504647355853")) < 1e-12)
        #expect(result.levelOne.map(\.diagonal) == [nil, 0.54, nil])
        #expect(result.correlations.variables == ["z", "staff", "x", "y", "i1"])
        #expect(result.warnings.isEmpty)
    }

    @Test func refusesLevelTwoVariablesThatVary() throws {
        let data = Matrix([[1], [2], [3], [3]])
        #expect(throws: MultilevelError.variesWithinGroup(variable: "a", group: "g")) {
            try MultilevelDescriptives(data, variables: ["a"], groups: ["g", "g", "h", "h"], levelTwo: ["a"])
        }
        #expect(throws: MultilevelError.noSuchVariable("b")) {
            try MultilevelDescriptives(data, variables: ["a"], groups: ["g", "g", "h", "h"], levelTwo: ["b"])
        }
        #expect(throws: PsychometricsError.tooFewGroups(found: 1)) {
            try MultilevelDescriptives(data, variables: ["a"], groups: [1, 1, 1, 1])
        }
    }

    @Test func warnsOfDependentVariables() throws {
        let first = (0..<20).map { Double($0 * 7 % 11) }
        let data = Matrix(rows: 20, columns: 3) { i, j in j == 0 ? first[i] : j == 1 ? 2 * first[i] : Double(i / 4) }
        let result = try MultilevelDescriptives(data, variables: ["a", "b", "g"], groups: (0..<20).map { $0 / 4 })
        #expect(result.levelOne.map(\.varianceInflation) == [nil, nil])
        #expect(result.warnings.contains { $0.contains("no variance inflation factors within groups") })
    }

    @Test func splitsAlpha() throws {
        let teams = try Teams()
        let result = try MultilevelAlpha(
            scale: "climate", data: teams.items, items: Teams.itemNames, groups: teams.labels)
        // alpha between is 1.015 by the moments, whose covariance matrix is indefinite.
        #expect(distance([result.within, result.ignoringGroups], [0.631420537378803, 0.798795055572868]) < 1e-13)
        #expect(result.between == 1 && result.isBetweenIndefinite)
        #expect(result.cases == 59 && result.groups == 12 && abs(result.groupSize - 4.81972265023112) < 1e-13)
        #expect(abs((CronbachAlpha.value(result.betweenCovariances) ?? 0) - 1.015055671256407) < 1e-12)
        let without = Matrix([[1, 2], [2, 1], [1, 1], [1, 2], [2, 1], [1, 1]])
        let flat = try MultilevelAlpha(scale: "s", data: without, items: ["a", "b"], groups: [1, 1, 1, 2, 2, 2])
        #expect(flat.between == nil && flat.isBetweenIndefinite)
    }

    @Test func testsForASingleFactorWithinGroups() throws {
        let teams = try Teams()
        let rows = (0..<60).filter { teams.items[$0, 1].isFinite }
        let items = teams.items.submatrix(rows: rows, columns: [0, 1, 2, 3])
        let test = try SingleFactorTest(items, items: Teams.itemNames, withinGroups: rows.map { teams.labels[$0] })
        #expect(abs(test.componentShare - 0.478278646024559) < 1e-13)
        #expect(throws: PsychometricsError.constantVariables(["b"])) {
            try SingleFactorTest(
                Matrix([[1, 1], [2, 1], [1, 2], [4, 2]]), items: ["a", "b"], withinGroups: [1, 1, 2, 2])
        }
    }
}
