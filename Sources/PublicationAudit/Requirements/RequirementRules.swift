extension AuditRule {
    /// Something that a design asks for and the paper does not report.
    public static let required = AuditRule(
        "required", "What the design asks to be reported",
        basis:
            "JARS-Quant, Table 7 (SEM); Jackson, Gillaspy & Purc-Stephenson (2009); the LEVEL checklist (2020); CREMAS for diaries (Liao et al., 2016); good practice in QCA (Schneider & Wagemann, 2012)"
    )

    /// The rules of this family.
    static let requirementRules: [AuditRule] = [.required]
}
