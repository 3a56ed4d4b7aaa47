import LinearAlgebra
import Testing

@testable import StructuralModels

@Suite struct ModificationIndexTests {
    /// lavaan 0.6-14, `modindices()`: mi, epc, sepc.lv, sepc.all.
    @Test(arguments: [
        ("visual", "=~", "x9", 36.411, 0.577, 0.519, 0.515), ("x7", "~~", "x8", 34.145, 0.536, 0.536, 0.859),
        ("visual", "=~", "x7", 18.631, -0.422, -0.380, -0.349), ("x8", "~~", "x9", 14.946, -0.423, -0.423, -0.805),
        ("textual", "=~", "x3", 9.151, -0.272, -0.269, -0.238),
    ]) func holzingerSwineford(_ row: (String, String, String, Double, Double, Double, Double)) throws {
        let indices = try ReferenceCase("hs_cfa_ml").fitted().modificationIndices()
        #expect(indices.count == 54)
        let mine = try #require(indices.first { $0.lhs == row.0 && $0.op == row.1 && $0.rhs == row.2 })
        #expect(abs(mine.index - row.3) < 6e-4)
        #expect(abs(mine.expectedChange - row.4) < 6e-4)
        #expect(abs(try #require(mine.expectedChangeLV) - row.5) < 6e-4)
        #expect(abs(try #require(mine.expectedChangeAll) - row.6) < 6e-4)
    }

    /// lavaan 0.6-14 offers 63 candidates here, those of the second-order factor among them.
    @Test func secondOrder() throws {
        let indices = try ReferenceCase("hs_second_order").fitted().modificationIndices()
        #expect(indices.count == 63)
        let mine = try #require(indices.first { $0.lhs == "g" && $0.rhs == "x1" })
        #expect(abs(mine.index - 8.532) < 6e-4)
        #expect(abs(mine.expectedChange - 2.811) < 6e-4)
    }

    /// lavaan 0.6-14: a path model whose omitted paths all have the same index.
    @Test func observedPaths() throws {
        let model = try StructuralModel("y2 ~ y1\ny1 ~ x1")
        let indices = try model.fit(TestFiles.data("political_democracy.csv")).modificationIndices()
        let paths = indices.filter { $0.op == "~" }
        #expect(paths.map { $0.lhs + $0.rhs } == ["y2x1", "y1y2", "x1y2"])
        for (row, change) in zip(paths, [-0.104, 0.045, -0.006]) {
            #expect(abs(row.index - 0.038) < 6e-4)
            #expect(abs(row.expectedChange - change) < 6e-4)
        }
    }

    /// lavaan 0.7.2.3170: the intercepts that a growth model fixes.
    @Test func fixedIntercepts() throws {
        let indices = try StructuralModel(
            "i=~1*t1+1*t2+1*t3+1*t4\n s=~0*t1+1*t2+2*t3+3*t4", options: .growth
        ).fit(TestFiles.data("growth.csv")).modificationIndices()
        for (name, index, change) in [("t1", 0.945235, -0.0702442), ("t4", 0.0798566, 0.0198619)] {
            let mine = try #require(indices.first { $0.lhs == name && $0.op == "~1" })
            #expect(abs(mine.index - index) < 1e-4 && abs(mine.expectedChange - change) < 1e-5, "\(mine)")
        }
    }

    /// Next to a negative residual variance the standardised change keeps its sign: lavaan 0.7.2.3170 on the first 60 cases.
    @Test func negativeResidualVariance() throws {
        let table = try TestFiles.data("holzinger_swineford.csv")
        let rows = Array(0..<60), columns = Array(table.names.indices)
        let fit = try StructuralModel("visual =~ x1+x2+x3\ntextual =~ x4+x5+x6\nspeed =~ x7+x8+x9").fit(
            CompleteData(names: table.names, values: table.values.submatrix(rows: rows, columns: columns)))
        let mine = try #require(fit.modificationIndices().first { $0.op == "~~" && $0.lhs == "x1" && $0.rhs == "x2" })
        #expect(abs(try #require(mine.expectedChangeAll) + 0.28851) < 1e-4)
    }

    /// The index is close to the fall of χ² that freeing the parameter brings (here 40.2 against a score test of 36.4).
    @Test func freeingTheParameterLowersChiSquare() throws {
        let reference = try ReferenceCase("hs_cfa_ml")
        let freed = try StructuralModel(reference.model + "\nvisual =~ x9").fit(TestFiles.data(reference.data))
        let fall = try reference.fitted().test.chiSquare - freed.test.chiSquare
        #expect(fall > 30 && fall < 36.411 * 1.2)
    }
}
