public import SetTheoreticAnalysis

extension JSON {
    /// A relation pooled, between clusters and within units, with figures under the names of SetMethods' `cluster`.
    public static func clusters(_ diagnostics: [ClusterDiagnostics]) -> JSON {
        func groups(_ groups: [ClusterDiagnostics.Group]) -> JSON {
            .array(
                groups.map {
                    .object([
                        ("label", .string($0.label)), ("n", .integer($0.count)), ("consistency", JSON($0.consistency)),
                        ("coverage", JSON($0.coverage)),
                    ])
                })
        }
        return .array(
            diagnostics.map { one in
                .object([
                    ("expression", .string(one.name)), ("POCOS", JSON(one.pooled.consistency)),
                    ("pooled.coverage", JSON(one.pooled.coverage)), ("dBP", JSON(one.betweenDistance?.value)),
                    ("dBP.adjusted", JSON(one.betweenDistance?.adjusted)), ("dWP", JSON(one.withinDistance?.value)),
                    ("dWP.adjusted", JSON(one.withinDistance?.adjusted)), ("BECOS", groups(one.between)),
                    ("WICONS", groups(one.within)), ("missing", .integer(one.missingCount)),
                ])
            })
    }
}
