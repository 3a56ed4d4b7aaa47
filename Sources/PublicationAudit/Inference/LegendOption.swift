extension PastedTable {
    /// The legend that the table itself states (`legend: "*** .001, ** .01, * .05"`), if it does.
    ///
    /// - Throws: ``AuditFault`` with the line.
    func legendOption() throws(AuditFault) -> StarLegend? {
        guard let option = options["legend"] else { return nil }
        var levels: [(mark: String, threshold: Double)] = []
        for part in option.text.split(whereSeparator: { ",;，；".contains($0) })
        where part.contains(where: { !$0.isWhitespace }) {
            let text = part.filter { !$0.isWhitespace }
            let mark = text.filter { "*†‡+＊∗".contains($0) }
            let digits = text.drop { !".0123456789".contains($0) }.prefix { ".0123456789".contains($0) }
            guard !mark.isEmpty, let threshold = (try? PrintedNumber(digits))?.value else {
                throw .option(
                    name, line: option.line, option: "legend",
                    "`\(trimmed(part))` is no mark with its threshold; write `*** .001, ** .01, * .05`")
            }
            levels.append((mark, threshold))
        }
        do throws(AuditFault) {
            return try StarLegend(levels)
        } catch {
            throw .option(name, line: option.line, option: "legend", error.description)
        }
    }

    /// One or two tails, if the table itself says so.
    ///
    /// - Throws: ``AuditFault`` with the line.
    func tailsOption() throws(AuditFault) -> Int? {
        try word(option: "tails", of: ["1", "2"]).flatMap { Int($0) }
    }
}
