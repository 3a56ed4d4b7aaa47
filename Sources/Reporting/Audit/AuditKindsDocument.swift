import PublicationAudit

extension Document {
    /// The kinds of table that an audit file may hold, with their columns and options, and the rules.
    public static var auditKinds: Document {
        let sections = Paper.kinds.map { $0.kind }.map { kind in
            var items: [RichText] = kind.columns.map { column in
                let heads = column.heads.isEmpty ? "" : "; also \(column.heads.joined(separator: ", "))"
                return "\(code: column.name)\(column.isRequired ? " (needed)" : ""): \(column.meaning)\(heads)"
            }
            items += kind.options.map { "option \(code: $0.name): \($0.meaning)" }
            var blocks: [Block] = [.paragraph(RichText(sentence: kind.summary))]
            if !items.isEmpty { blocks.append(.list(items, ordered: false)) }
            return Section(RichText(kind.name), blocks: blocks)
        }
        let rules = Section(
            "Rules",
            blocks: [
                .list(
                    AuditRule.all.map { "\(code: $0.id): \($0.title). \(RichText(sentence: $0.basis))" }, ordered: false
                )
            ])
        return Document(title: "Tables that an audit file may hold", sections: sections + [rules])
    }
}
