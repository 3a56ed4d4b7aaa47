import Testing

@testable import LinearAlgebra

/// A positive definite matrix with known properties: the Hilbert matrix plus the identity.
private func shiftedHilbert(_ n: Int) -> Matrix {
    Matrix(rows: n, columns: n) { 1 / Double($0 + $1 + 1) + ($0 == $1 ? 1 : 0) }
}

@Suite struct FactorizationTests {
    @Test(arguments: [1, 2, 5, 30]) func choleskyInvertsAndReproduces(order: Int) throws {
        let a = shiftedHilbert(order)
        let cholesky = try Cholesky(a)
        #expect((cholesky.factor.timesTransposed(cholesky.factor) - a).maximumMagnitude < 1e-13)
        #expect((a * cholesky.inverse - .identity(order)).maximumMagnitude < 1e-12)
        #expect((try LU(a).inverse - cholesky.inverse).maximumMagnitude < 1e-12)
    }

    @Test func trianglesAreSolvedFromTheRight() throws {
        let l = try Cholesky(shiftedHilbert(6)).factor, b = Matrix(rows: 4, columns: 6) { Double($0 * $1 + $0 + 1) }
        for transposed in [false, true] {
            var x = b
            BLAS.solveTriangularLowerFromRight(transposed: transposed, 4, 6, l.storage, 6, &x.storage, 4)
            let product = transposed ? x.timesTransposed(l) : x * l
            #expect((product - b).maximumMagnitude < 1e-12)
        }
    }

    @Test func determinantOfTwoByTwo() throws {
        let cholesky = try Cholesky(Matrix([[4, 2], [2, 3]]))
        #expect(abs(cholesky.logDeterminant - 2.0794415416798357) < 1e-14)
    }

    @Test func indefiniteAndNonFiniteMatricesAreRefused() {
        #expect(throws: LinearAlgebraError.notPositiveDefinite) { try Cholesky(Matrix([[1, 2], [2, 1]])) }
        #expect(throws: LinearAlgebraError.notPositiveDefinite) { try Cholesky(Matrix([[.nan]])) }
        #expect(throws: LinearAlgebraError.singular) { try LU(Matrix([[1, 2], [2, 4]])) }
        #expect(throws: LinearAlgebraError.noConvergence) { try SymmetricEigen(Matrix([[.infinity]])) }
    }

    @Test func eigenvaluesDescendAndReproduce() throws {
        let a = shiftedHilbert(12)
        let eigen = try SymmetricEigen(a)
        #expect(eigen.values == eigen.values.sorted(by: >))
        let rebuilt = eigen.vectors * Matrix.diagonal(eigen.values) * eigen.vectors.transpose
        #expect((rebuilt - a).maximumMagnitude < 1e-12)
    }

    @Test func singularValuesReproduceARectangle() throws {
        let a = Matrix(rows: 7, columns: 4) { Double(($0 * 5 + $1 * 3) % 7) - 2 }
        for matrix in [a, a.transpose] {
            let svd = try SingularValues(matrix)
            let rebuilt = svd.left * Matrix.diagonal(svd.values) * svd.rightTransposed
            #expect((rebuilt - matrix).maximumMagnitude < 1e-12)
        }
    }

    @Test func symmetricRootSquaresToTheMatrix() throws {
        let a = shiftedHilbert(6)
        let root = try symmetricPower(a, 0.5)
        #expect((root * root - a).maximumMagnitude < 1e-12)
        let inverseRoot = try symmetricPower(a, -0.5)
        #expect((inverseRoot * a * inverseRoot - .identity(6)).maximumMagnitude < 1e-12)
    }

    @Test func productsHonourTransposition() {
        let a = Matrix([[1, 2, 3], [4, 5, 6]])
        let b = Matrix([[1, 0], [2, 1], [0, 3]])
        #expect(a * b == Matrix([[5, 11], [14, 23]]))
        #expect(b.transpose.timesTransposed(a) == Matrix([[5, 14], [11, 23]]))
        #expect(a.crossProduct == a.transposedTimes(a))
        #expect(a * [1, 1, 1] == [6, 15])
    }
}
