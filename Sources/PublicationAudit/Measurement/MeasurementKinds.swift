extension Paper {
    /// Samples, scales, measurement models and paths.
    static let measurementKinds: [any AuditedTable.Type] = [
        CountTable.self, MeanTable.self, ReliabilityTable.self, LoadingTable.self, PathTable.self,
    ]
}
