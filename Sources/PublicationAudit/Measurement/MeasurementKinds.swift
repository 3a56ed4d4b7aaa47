extension Paper {
    /// Samples, scales, measurement models and paths.
    static let measurementKinds: [any AuditedTable.Type] = []
}
