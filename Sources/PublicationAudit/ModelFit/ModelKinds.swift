extension Paper {
    /// Correlations, fit, mixed models and effects.
    static let modelKinds: [any AuditedTable.Type] = [
        PublishedCorrelations.self, PublishedFit.self, PublishedMixedModels.self, PublishedEffects.self,
        PublishedConditionalEffects.self,
    ]
}
