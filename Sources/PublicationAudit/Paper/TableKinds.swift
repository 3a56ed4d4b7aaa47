extension Paper {
    /// The kinds of table that an audit file may hold.
    public static let kinds: [any AuditedTable.Type] =
        measurementKinds + modelKinds + configurationKinds + [OtherTable.self]
}
