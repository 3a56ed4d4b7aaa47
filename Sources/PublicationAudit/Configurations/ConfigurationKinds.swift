extension Paper {
    /// Calibration and solutions of QCA.
    static let configurationKinds: [any AuditedTable.Type] = [PublishedSolutionTable.self]
}
