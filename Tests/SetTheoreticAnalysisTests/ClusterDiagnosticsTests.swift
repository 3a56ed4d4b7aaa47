import Testing

@testable import SetTheoreticAnalysis

@Suite("ClusterDiagnostics")
struct ClusterDiagnosticsTests {
    /// SetMethods 4.1, cluster(SCHLF, "EMP*MA + ~STOCK", "~EXPORT", …), the example of its manual.
    @Test("Sufficiency in a balanced panel equals SetMethods")
    func balanced() throws {
        let export = try ExportPerformance()
        let result = try ClusterDiagnostics(
            export.data, x: SetExpression(parsing: "EMP*MA + ~STOCK"), y: SetExpression(parsing: "~EXPORT"),
            clusters: export.years, units: export.countries)
        #expect(agrees(result.pooled.consistency, 0.676099819913362))
        #expect(agrees(result.pooled.coverage, 0.76417563245198))
        #expect(result.between.map(\.label) == ["1990", "1995", "1999", "2003"])
        let between = [0.815057283143903, 0.741203178209521, 0.529039070754709, 0.571087216253631]
        for (group, figure) in zip(result.between, between) { #expect(agrees(group.consistency, figure)) }
        #expect(agrees(result.betweenDistance?.value, 0.088786505337605))
        #expect(agrees(result.withinDistance?.value, 0.0906507065246879))
        #expect(result.within.count == 19)
        #expect(result.within[8].label == "Ireland")
        #expect(agrees(result.within[8].consistency, 0.0162601626816049, 1e-8))
        #expect(agrees(result.within[0].coverage, 0.389891696772928))
        #expect(result.units(below: 0.4).map(\.label) == ["Ireland", "Netherlands", "Sweden"])
        #expect(result.repetitions.isEmpty && result.missingCount == 0)
    }

    /// SetMethods 4.1, cluster(SCHLF, results = "EMP", …, necessity = TRUE), the example of its manual.
    @Test("Necessity equals SetMethods")
    func necessity() throws {
        let export = try ExportPerformance()
        let analysis = try export.analysis(inclusion: 0.85)
        let all = try ClusterDiagnostics.necessityOfConditions(
            in: analysis.table, clusters: export.years, units: export.countries)
        #expect(all.count == 12)
        let result = try #require(all.first)
        #expect(result.name == "EMP")
        #expect(agrees(result.pooled.consistency, 0.580389329489112))
        #expect(agrees(result.pooled.coverage, 0.606783919598978))
        let between = [0.540055248625137, 0.605088495579590, 0.563795853273016, 0.602032838157920]
        for (group, figure) in zip(result.between, between) { #expect(agrees(group.consistency, figure)) }
        #expect(agrees(result.betweenDistance?.value, 0.0235132191997147))
        #expect(agrees(result.withinDistance?.value, 0.115821143880896))
    }

    /// SetMethods 4.1, cluster(SCHLF[-c(3, 20, 41, 76), ], "EMP*~MA*STOCK", "EXPORT", …).
    @Test("Missing occasions equal SetMethods")
    func unbalanced() throws {
        let export = try ExportPerformance()
        let left = export.data.cases.indices.filter { ![2, 19, 40, 75].contains($0) }
        let result = try ClusterDiagnostics(
            export.data.selecting(left), x: SetExpression(parsing: "EMP*~MA*STOCK"), y: .set("EXPORT", levels: nil),
            clusters: left.map { export.years[$0] }, units: left.map { export.countries[$0] })
        #expect(agrees(result.pooled.consistency, 0.859732072499135))
        #expect(agrees(result.betweenDistance?.value, 0.0374023001892595))
        #expect(agrees(result.withinDistance?.value, 0.0394911481759138))
        #expect(agrees(result.between[2].coverage, 0.112850082379631))
        #expect(result.within.map(\.count).reduce(0, +) == 72)

        // The same when the memberships are there, but not a number.
        var x = try export.data.membership(in: SetExpression(parsing: "EMP*~MA*STOCK"))
        for row in [2, 19, 40, 75] { x[row] = .nan }
        let omitted = try ClusterDiagnostics(
            name: "EMP*MA*STOCK", x: x, y: try export.data.set("EXPORT").values, clusters: export.years,
            units: export.countries)
        #expect(omitted.missingCount == 4)
        #expect(omitted.between == result.between && omitted.within == result.within)
    }

    /// SetMethods 4.1 with x = ((37i + 11t) mod 100)/100, y = ((53i + 29t) mod 97)/97, without (7i + 3t) mod 13 = 0.
    @Test("A diary of 261 leaders and 5 months with missing months equals SetMethods")
    func diary() throws {
        var x: [Double] = [], y: [Double] = [], leaders: [String] = [], months: [String] = []
        for i in 1...261 {
            for t in 1...5 where (i * 7 + t * 3) % 13 != 0 {
                x.append(Double((i * 37 + t * 11) % 100) / 100)
                y.append(Double((i * 53 + t * 29) % 97) / 97)
                leaders.append("L\(i)")
                months.append("\(t)")
            }
        }
        let result = try ClusterDiagnostics(name: "X", x: x, y: y, clusters: months, units: leaders)
        #expect(result.pooled.count == 1204)
        #expect(result.within.count == 261)
        #expect(agrees(result.pooled.consistency, 0.663716412858799))
        #expect(agrees(result.between[4].consistency, 0.654478526968363))
        #expect(agrees(result.betweenDistance?.value, 0.00449332660603764))
        #expect(agrees(result.withinDistance?.value, 0.0133479126631204))
        #expect(agrees(result.pooled.coverage, 0.663639404179078))
        // √(5/(25 + 15 + 2))
        #expect(agrees(result.betweenDistance.map { $0.value / $0.adjusted }, (5.0 / 42).squareRoot()))
    }

    @Test("Industries: clusters without units, a group without membership, repetitions")
    func industries() throws {
        let result = try ClusterDiagnostics(
            name: "X", x: [0, 0, 0.8, 0.6], y: [1, 0, 0.4, 0.9], clusters: ["b", "b", "a", "a"])
        #expect(result.between.map(\.label) == ["a", "b"])
        #expect(result.between[1].consistency == nil && result.between[1].coverage == 0)
        #expect(result.betweenDistance?.undefinedCount == 1)
        #expect(result.within.isEmpty && result.withinDistance == nil)
        let repeated = try ClusterDiagnostics(
            name: "X", x: [1, 1, 1], y: [1, 1, 0], clusters: ["10", "9", "10"], units: ["u", "u", "u"])
        #expect(repeated.repetitions == [.init(unit: "u", cluster: "10", count: 2)])
        #expect(repeated.between.map(\.label) == ["9", "10"])
        #expect(repeated.withinDistance == nil)
    }

    @Test("Equally consistent groups have no distance")
    func equal() throws {
        let result = try ClusterDiagnostics(
            name: "X", x: [1, 1, 1, 1], y: [1, 0, 1, 0], clusters: ["a", "a", "b", "b"], units: ["u", "v", "u", "v"])
        #expect(result.betweenDistance?.value == 0 && result.betweenDistance?.adjusted == 0)
        #expect(agrees(result.withinDistance?.value, 0.5.squareRoot()))
    }

    @Test("Bad input is refused")
    func refusals() {
        #expect(throws: SetTheoryError.noCases) { try ClusterDiagnostics(name: "X", x: [], y: [], clusters: []) }
        #expect(throws: SetTheoryError.noCases) {
            try ClusterDiagnostics(name: "X", x: [.nan], y: [1], clusters: ["a"])
        }
        #expect(throws: SetTheoryError.unequalLengths(set: "the clusters", count: 1, cases: 2)) {
            try ClusterDiagnostics(name: "X", x: [0, 1], y: [0, 1], clusters: ["a"])
        }
        #expect(throws: SetTheoryError.membershipOutOfRange(set: "X", case: "a", value: 2)) {
            try ClusterDiagnostics(name: "X", x: [2], y: [1], clusters: ["a"])
        }
    }

    @Test("Terms and the model come one by one")
    func terms() throws {
        let export = try ExportPerformance()
        let analysis = try export.analysis(inclusion: 0.85)
        let terms = try #require(analysis.complex?.models.first?.terms)
        let results = try ClusterDiagnostics.sufficiency(of: terms, in: analysis.table, clusters: export.years)
        #expect(results.count == terms.count + 1)
        let fit = try #require(analysis.complex?.models.first?.fit)
        let inclusion = try #require(fit.model.inclusion), coverage = try #require(fit.terms[0].sufficiency.coverage)
        #expect(agrees(results.last?.pooled.consistency, inclusion, 1e-14))
        #expect(agrees(results.first?.pooled.coverage, coverage, 1e-14))
    }
}
