extension Paper {
    /// What the designs of the paper ask for and the paper does not report.
    func requirementChecks() -> [AuditCheck] {
        RequiredItem.all.filter { !Set($0.designs).isDisjoint(with: designs) }.map { item in
            let place = PaperPlace("Report")
            if let found = evidence(of: item) {
                return AuditCheck(.required, at: place, printed: item.name, .consistent, "Found in \(found).")
            }
            if let mention = mention(of: item) {
                return AuditCheck(
                    .required, at: place, printed: item.name, .notCheckable,
                    "\(mention.word) is mentioned in \(mention.text), and no table has it; list it under `also reported` if its figure is given there."
                )
            }
            var sentence = "\(item.name) is not found in the tables typed into the file: \(item.remedy)."
            if let implied = implied(of: item) { sentence += " \(implied)" }
            return AuditCheck(.required, at: place, printed: item.name, .missing, sentence)
        }
    }

    /// Where the running text names an item, as a word of its own.
    private func mention(of item: RequiredItem) -> (word: String, text: String)? {
        for part in runningText {
            let words = Set(
                part.text.split { !($0.isLetter || $0.isNumber || "²/-".contains($0)) }.map { $0.lowercased() })
            for sign in [item.name] + item.signs where sign.count > 2 && words.contains(sign.lowercased()) {
                return (sign, part.name)
            }
        }
        return nil
    }

    /// Where an item is reported: under `also reported`, as a kind of table, or as a head or the name of a row.
    private func evidence(of item: RequiredItem) -> String? {
        let names = ([item.name] + item.signs).map(simplified)
        if let stated = alsoReported.first(where: { names.contains(simplified($0)) }) { return "the text (\(stated))" }
        if item.name == "reliability", constructs.contains(where: { $0.alpha != nil || $0.compositeReliability != nil })
        {
            return "the constructs"
        }
        if item.name == "ICC", constructs.contains(where: { $0.icc != nil }) { return "the constructs" }
        if let table = fitEvidence(of: item) ?? correlationEvidence(of: item) { return table }
        for table in tables {
            if item.kinds.contains(type(of: table).kind.name) { return table.name }
            let heads =
                table.source.text.columns + table.source.columnHeads.keys
                + table.source.text.rows.compactMap(\.cells.first)
            if heads.map(simplified).contains(where: { names.contains($0) }) { return table.name }
        }
        return nil
    }

    /// The table of fit that has the column of an item.
    private func fitEvidence(of item: RequiredItem) -> String? {
        let columns = [
            "chi-square": "chi2", "degrees of freedom": "df", "CFI": "cfi", "TLI": "tli", "RMSEA": "rmsea",
            "SRMR": "srmr",
        ]
        guard let column = columns[item.name] else { return nil }
        let found = tables(PublishedFit.self).first { table in
            ((try? table.source.column(column, of: PublishedFit.kind)) ?? nil) != nil
        }
        return found?.name
    }

    /// The table of correlations that has an item in a column, on its diagonal or in brackets there.
    private func correlationEvidence(of item: RequiredItem) -> String? {
        let found = tables(PublishedCorrelations.self).first { table in
            func has(_ column: String) -> Bool {
                ((try? table.source.column(column, of: PublishedCorrelations.kind)) ?? nil) != nil
            }
            let diagonal = table.source.options["diagonal"].map { simplified($0.text) }
            switch item.name {
            case "reliability": return has("alpha") || diagonal == "alpha"
            case "discriminant validity":
                return has("ave") || diagonal == "ave" || diagonal == "rootave" || constructs.contains { $0.ave != nil }
            case "ICC":
                return has("icc") || diagonal == "icc"
                    || table.source.text.rows.contains { row in row.cells.dropFirst().contains { $0.contains("[") } }
            default: return false
            }
        }
        return found?.name
    }

    /// What the printed figures imply of an item that is not reported.
    private func implied(of item: RequiredItem) -> String? {
        let models = tables(PathTable.self).map { ImpliedModel($0) }
        let sentences: [String] = models.compactMap { model in
            switch item.name {
            case "degrees of freedom": model.degreesOfFreedom
            case "indirect effect with interval": model.indirectEffects
            case "discriminant validity": model.discriminantValidity
            case "R²": model.explainedVariances
            default: nil
            }
        }
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }
}
