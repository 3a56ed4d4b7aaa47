extension Paper {
    /// Calibration and solutions of QCA.
    static let configurationKinds: [any AuditedTable.Type] = [
        PublishedCalibration.self, PublishedNecessity.self, PublishedTruthTable.self, PublishedSolutionTable.self,
    ]
}
