import Datasets
import LinearAlgebra
import StructuralModels
import Testing

@testable import Studies

@Suite struct CovarianceTableTests {
    private func moments(_ csv: String) throws -> SampleMoments {
        let table = try Dataset.read(bytes: Array(csv.utf8), file: "c.csv", format: .csv).dataset
        return try SampleMoments(table: table, caseCount: 50)
    }

    @Test func aTriangleIsEnough() throws {
        let full = try moments("variable,a,b\na,2,0.5\nb,0.5,3\n")
        #expect(try moments("variable,a,b\na,2,\nb,0.5,3\n") == full)
        #expect(full.covariance == Matrix([[2, 0.5], [0.5, 3]]))
        #expect(full.names == ["a", "b"])
        #expect(full.caseCount == 50)
    }

    @Test(arguments: [
        ("variable,a,b\na,2,0.5\nb,0.6,3\n", "not symmetric"), ("variable,a,b\na,2,\nb,,3\n", "is missing"),
        ("variable,a,b\na,2,1\nc,1,3\n", "row 2 is `c`"), ("variable,a,b\na,-2,1\nb,1,3\n", "not positive"),
        ("variable,a,b\na,2,1\n", "1 rows and 2 columns"), ("x,a\n1,2\n", "first column"),
    ])
    func faultsAreNamed(csv: String, expected: String) {
        #expect {
            _ = try moments(csv)
        } throws: { "\($0)".contains(expected) }
    }
}
