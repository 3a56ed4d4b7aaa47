import LinearAlgebra

/// Harman's single-factor test of common method bias (Podsakoff & Organ 1986): the share of the items' variance that the
/// first unrotated factor takes up. Half of it or more is read as a sign of bias; the test is weak.
public struct SingleFactorTest: Sendable, Codable, Equatable {
    /// The share of the first principal component.
    public let componentShare: Double
    /// The share of a single principal axis; nil when it does not exist (fewer than three items).
    public let axisShare: Double?
    /// The number of components with an eigenvalue above one (Kaiser's criterion).
    public let componentsAboveOne: Int

    /// Tests the correlation matrix of all items of a study.
    /// - Throws: ``PsychometricsError``.
    public init(correlations: Matrix, items: [String]) throws {
        guard items.count == correlations.rows else {
            throw PsychometricsError.mismatchedInput(expected: correlations.rows, found: items.count)
        }
        guard items.count > 1 else { throw PsychometricsError.tooFewVariables(needed: 2, found: items.count) }
        let eigenvalues = try SymmetricEigen(correlations).values
        componentShare = eigenvalues[0] / Double(items.count)
        componentsAboveOne = eigenvalues.count { $0 > 1 }
        if items.count > 2 {
            let axis = try FactorExtraction(correlations, factors: 1, method: .principalAxis, items: items).loadings
            axisShare = dot(axis.storage, axis.storage) / Double(items.count)
        } else {
            axisShare = nil
        }
    }

    /// Tests the deviations of complete answers from their group's mean, so that differences between persons or teams, which
    /// items at level 1 share for reasons of substance, do not count as common method.
    ///
    /// - Parameters:
    ///   - data: The answers (rows are cases, columns items), complete.
    ///   - items: The names of the items.
    ///   - groups: The person or team of each case.
    /// - Throws: ``PsychometricsError``, among others when an item does not vary within groups.
    public init<Group: Hashable>(_ data: Matrix, items: [String], withinGroups groups: [Group]) throws {
        let within = try WithinBetweenCorrelations(data, variables: items, groups: groups).within
        let constant = items.indices.filter { within[$0][$0] == nil }
        guard constant.isEmpty else { throw PsychometricsError.constantVariables(constant.map { items[$0] }) }
        try self.init(correlations: Matrix(within.map { $0.map { $0 ?? 0 } }), items: items)
    }
}
