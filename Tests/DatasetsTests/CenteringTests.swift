import Testing

@testable import Datasets

@Suite struct CenteringTests {
    let data = try? Dataset(columns: [
        Column(name: "f", numbers: [1, 1, 1, 1, 1, 2, 2]), Column(name: "g", numbers: [1, 1, 2, 2, 2, 3, 3]),
        Column(name: "x", numbers: [3.1, 2.4, 5, 4.4, 1.7, 2.2, 9.3]),
        Column(name: "w", numbers: [10, 10, 14, 14, 14, 30, 30]),
    ])

    @Test func centersOnEachReference() throws {
        let data = try #require(data)
        let rows = try data.centered("w", on: .rows)
        expectClose(rows["w.c"]?.numbers, [10, 10, 14, 14, 14, 30, 30].map { $0 - 122.0 / 7 })
        #expect(rows["w.c"]?.label == "w, centred on the mean over all rows")
        let units = try data.centered("w", on: .units(of: ["g"]), as: "w18")
        #expect(units["w18"]?.numbers == [-8, -8, -4, -4, -4, 12, 12])
        let within = try data.centered("x", on: .withinUnits(of: ["g"]))
        expectClose(within["x.c"]?.numbers, [0.35, -0.35, 1.3, 0.7, -2, -3.55, 3.55])
        #expect(within["x.c"]?.label == "x, centred on the mean of each g")
        expectClose(try data.centered("x", on: .value(3))["x.c"]?.numbers, [0.1, -0.6, 2, 1.4, -1.3, -0.8, 6.3])
    }

    /// scale(x) of R 4.2.
    @Test func standardizesOverRows() throws {
        let data = try #require(data)
        expectClose(
            try data.standardized("x")["x.z"]?.numbers,
            [
                -0.34912438047071703, -0.61642273426860983, 0.37639972269499183, 0.14728684801108391,
                -0.88372108806650251, -0.69279369249657907, 2.01837532459633318,
            ])
    }

    /// Over units the figure of each leader counts once: mean 18, sd √112.
    @Test func standardizesOverUnits() throws {
        let data = try #require(data)
        let sd = 112.0.squareRoot()
        let result = try data.standardized("w", over: .units(of: ["g"]))["w.z"]
        expectClose(result?.numbers, [-8, -8, -4, -4, -4, 12, 12].map { $0 / sd })
        #expect(result?.label == "w, standardised by mean and standard deviation over units (g)")
        let refused = datasetError { try data.standardized("x", over: .units(of: ["g"])) }
        #expect(refused?.description.hasPrefix("x should be constant but varies within g 1") == true)
        #expect(datasetError { try data.standardized("w", over: .withinUnits(of: ["g"])) } != nil)
        #expect(datasetError { try data.standardized("w", over: .value(3)) } != nil)
    }

    /// The sum of three tenths rounds, and a third of it is not a tenth; equal values must still have no deviation.
    @Test func equalValuesHaveNoDeviation() throws {
        let data = try Dataset(columns: [
            Column(name: "g", numbers: [1, 1, 1, 2, 2, 2]), Column(name: "x", numbers: [0.1, 0.1, 0.1, 0.3, 0.1, 0.2]),
        ])
        let z = try data.standardized("x", over: .withinUnits(of: ["g"]))["x.z"]
        #expect(z?.missingCount == 3)
        expectClose(Array(z?.numbers.suffix(3) ?? []), [1, -1, 0])
        #expect(try data.decomposed("x", by: ["g"])["x.within"]?.numbers.prefix(3) == [0, 0, 0])
        let constant = try data.setting(Column(name: "x", numbers: [Double](repeating: 0.1, count: 6)))
        #expect(datasetError { try constant.standardized("x") }?.description.contains("no variance") == true)
    }

    @Test func decomposesIntoPartsThatAddUp() throws {
        let data = try #require(data)
        let two = try data.decomposed("x", by: ["g"])
        expectClose(two["x.between"]?.numbers, [2.75, 2.75, 3.7, 3.7, 3.7, 5.75, 5.75])
        let three = try data.decomposed("x", by: ["f", "g"], centersBetween: true)
        #expect(three.names.suffix(3) == ["x.within", "x.g", "x.between"])
        #expect(three["x.g"]?.label == "x, mean of each g minus that of its f")
        let grand = 28.1 / 7
        let sum = (0..<7).map { row in
            ["x.within", "x.g", "x.between"].reduce(grand) { $0 + (three[$1]?.numbers[row] ?? .nan) }
        }
        expectClose(sum, [3.1, 2.4, 5, 4.4, 1.7, 2.2, 9.3])
        // The parts are uncorrelated over rows.
        let within = three["x.within"]?.numbers ?? []
        let between = three["x.between"]?.numbers ?? []
        #expect(abs(zip(within, between).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-12)
        #expect(datasetError { try two.decomposed("x", by: ["g"]) } != nil)
    }

    @Test func keepsReasonsOfMissingCells() throws {
        let data = try Dataset(columns: [
            Column(name: "g", numbers: [1, 1, 2, 2]),
            Column(name: "x", numbers: [1, 99, 3, 5], declaredMissing: DeclaredMissing(codes: [.number(99)])),
        ])
        let centred = try data.centered("x", on: .withinUnits(of: ["g"]))["x.c"]
        #expect(centred?.missingReason(at: 1) == .declared(.number(99)) && centred?.numbers[0] == 0)
        let complete = try data.centered("x", on: .withinUnits(of: ["g"]), missing: .complete)["x.c"]
        #expect(complete?.isMissing(at: 0) == true && complete?.numbers[2] == -1)
    }
}
