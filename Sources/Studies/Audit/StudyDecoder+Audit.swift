import Datasets
import PublicationAudit
import Reporting

extension StudyDecoder {
    private static let auditKeys = [
        "title", "source", "samples", "legend", "tails", "designs", "also reported", "constructs", "tables", "claims",
        "text", "report",
    ]

    /// Reads the tree of an audit file; tables and texts in files of their own are looked for in `directory`.
    mutating func audit(
        _ root: StudyNode, directory: String
    ) -> (paper: Paper, source: String, report: ReportPlan) {
        var paper = Paper(), source = "", plan = AuditFile.usualReport
        guard let keys = map(root, known: Self.auditKeys, of: "an audit file") else { return (paper, source, plan) }
        if let node = keys["title"], let text = text(node, "the title") { paper.title = text.value }
        if let node = keys["source"], let text = text(node, "the source") { source = text.value }
        if let node = keys["samples"] {
            paper.samples = entries(node, "`samples`").compactMap { entry in
                sampleSize(entry).map { Sample(entry.key.value, size: $0) }
            }
        }
        if let node = keys["legend"] { paper.legend = starLegend(node) }
        if let node = keys["tails"] { paper.tails = count(node, "the number of tails", from: 1, through: 2) }
        if let node = keys["designs"] {
            paper.designs = names(node, "designs").compactMap { name in
                choice(.text(.init(text: name.value, isPlain: true, isLiteral: false, place: name.place)), "a design")
            }
        }
        if let node = keys["also reported"] { paper.alsoReported = names(node, "`also reported`").map(\.value) }
        if let node = keys["constructs"] {
            paper.constructs = entries(node, "`constructs`").compactMap { construct($0) }
        }
        if let node = keys["tables"] {
            for entry in entries(node, "`tables`") {
                if let table = table(entry, directory: directory) { paper.tables.append(table) }
            }
        }
        if let node = keys["claims"] { paper.claims = claims(node, tables: paper.tables.map(\.name)) }
        // With a mistake in a table the claims about it would be called mistaken too.
        if problems.isEmpty {
            for claim in paper.claims {
                if let fault = paper.fault(of: claim) { note(fault, at: StudyPlace(line: claim.line, column: 1)) }
            }
        }
        if let node = keys["text"] { paper.runningText = runningText(node, directory: directory) }
        if let node = keys["report"] { plan = report(node, usual: plan) }
        if paper.tables.isEmpty, paper.claims.isEmpty, paper.runningText.isEmpty, problems.isEmpty {
            note("nothing to check; give `tables:`, `claims:` or `text:`", at: root.place)
        }
        return (paper, source, plan)
    }

    // MARK: Values

    private mutating func entries(_ node: StudyNode, _ what: String) -> [StudyNode.Entry] {
        guard case .map(let entries, _) = node else {
            note("\(what) must be names with values, not \(node.kind)", at: node.place)
            return []
        }
        var seen: Set<String> = []
        return entries.filter { entry in
            let isNew = seen.insert(entry.key.value).inserted
            if !isNew { note("`\(entry.key.value)` is given twice; keep one of them", at: entry.key.place) }
            return isNew
        }
    }

    mutating func printedNumber(_ node: StudyNode, _ what: String) -> PrintedNumber? {
        guard let text = text(node, what) else { return nil }
        do throws(PrintedNumberFault) {
            return try PrintedNumber(text.value)
        } catch {
            note("\(what): \(error)", at: text.place)
            return nil
        }
    }

    private mutating func sampleSize(_ entry: StudyNode.Entry) -> PrintedNumber? {
        guard let size = printedNumber(entry.value, "the size of `\(entry.key.value)`") else { return nil }
        guard size.isWhole, size.value >= 1 else {
            note("the size of `\(entry.key.value)` must be a whole number of at least 1", at: entry.value.place)
            return nil
        }
        return size
    }

    private mutating func starLegend(_ node: StudyNode) -> StarLegend? {
        var levels: [(mark: String, threshold: Double)] = []
        for entry in entries(node, "`legend`") {
            guard let number = printedNumber(entry.value, "the level of `\(entry.key.value)`") else { return nil }
            levels.append((entry.key.value, number.value))
        }
        do throws(AuditFault) {
            return try StarLegend(levels)
        } catch {
            note("`legend`: \(error)", at: node.place)
            return nil
        }
    }

    private mutating func construct(_ entry: StudyNode.Entry) -> PaperConstruct? {
        let known = [
            "label", "names", "alpha", "ave", "composite reliability", "items", "mean", "sd", "icc", "sample",
        ]
        guard let keys = map(entry.value, known: known, of: "a construct") else { return nil }
        var construct = PaperConstruct(names: [entry.key.value])
        if let node = keys["label"], let text = text(node, "the label") { construct.names.append(text.value) }
        if let node = keys["names"] { construct.names += names(node, "names").map(\.value) }
        func number(_ key: String, _ decoder: inout StudyDecoder) -> PrintedNumber? {
            keys[key].flatMap { decoder.printedNumber($0, "`\(key)` of `\(entry.key.value)`") }
        }
        construct.alpha = number("alpha", &self)
        construct.ave = number("ave", &self)
        construct.compositeReliability = number("composite reliability", &self)
        construct.items = number("items", &self)
        construct.mean = number("mean", &self)
        construct.standardDeviation = number("sd", &self)
        construct.icc = number("icc", &self)
        if let node = keys["sample"] { construct.sample = text(node, "the sample")?.value }
        return construct
    }

    // MARK: Tables

    private mutating func table(_ entry: StudyNode.Entry, directory: String) -> (any AuditedTable)? {
        let name = entry.key.value
        guard case .map(let entries, let place) = entry.value else {
            note("\(name) must have keys: `kind`, `rows` or `file`", at: entry.value.place)
            return nil
        }
        let kindEntry = entries.first { StudyKeys.normalized($0.key.value) == "kind" }
        let kinds = Paper.kinds.map { $0.kind.name }
        guard let kindEntry, let kind = text(kindEntry.value, "the kind of \(name)") else {
            note("\(name) needs a `kind:`: \(StudyKeys.listed(kinds))", at: entry.key.place)
            return nil
        }
        let word = StudyKeys.normalized(kind.value)
        guard let type = Paper.kinds.first(where: { StudyKeys.normalized($0.kind.name) == word }) else {
            let nearest = nearestNames(to: word, among: kinds).first
            note(
                "there is no check for tables of kind `\(kind.value)`"
                    + (nearest.map { "; did you mean `\($0)`?" } ?? "; it can be \(StudyKeys.listed(kinds))"),
                at: kind.place)
            return nil
        }
        let options = type.kind.options.map { StudyKeys.normalized($0.name) }
        let known = ["kind", "caption", "columns", "rows", "file"] + options
        let keys = StudyKeys(
            entries, at: place, known: known, of: "a table of kind `\(type.kind.name)`", problems: &problems)
        guard let cells = cells(keys, of: name, at: entry.key.place, directory: directory) else { return nil }
        let pasted = PastedTable(
            name: name, text: cells.table, columnHeads: columnHeads(keys, kind: type.kind),
            options: optionTexts(keys, kind: type.kind), line: cells.line)
        do throws(AuditFault) {
            return try type.init(pasted)
        } catch {
            note(error, file: cells.file, at: entry.key.place)
            return nil
        }
    }

    private mutating func note(_ fault: AuditFault, file: Located<String>?, at place: StudyPlace) {
        if let file {
            let line = fault.line.map { ", line \($0)" } ?? ""
            note("\(file.value)\(line): \(fault)", at: file.place)
        } else {
            note("\(fault)", at: fault.line.map { StudyPlace(line: $0, column: 1) } ?? place)
        }
    }

    /// The cells of a table, the line that they begin on, and the file that they stand in, if it is one of their own.
    private mutating func cells(
        _ keys: StudyKeys, of name: String, at place: StudyPlace, directory: String
    ) -> (table: TextTable, line: Int, file: Located<String>?)? {
        var content = "", line = 1
        var file: Located<String>?
        switch (keys["rows"], keys["file"]) {
        case (.some, .some(let node)):
            note("\(name) has `rows:` and `file:`; keep one of them", at: node.place)
            return nil
        case (.some(let node), nil):
            guard case .text(let text) = node else {
                note("the rows of \(name) must be a text: write `|` and the table on the lines below", at: node.place)
                return nil
            }
            content = text.text
            line = text.isLiteral ? text.place.line + 1 : text.place.line
        case (nil, .some(let node)):
            guard let path = text(node, "the file of \(name)") else { return nil }
            do throws(FileError) {
                content = try FileAccess.text(at: FilePath.resolve(path.value, in: directory))
            } catch {
                note("\(error)", at: path.place)
                return nil
            }
            file = path
        case (nil, nil):
            note("\(name) needs `rows:` (write `|` and the table on the lines below, indented) or `file:`", at: place)
            return nil
        }
        do throws(AuditFault) {
            return (try TextTable(content, table: name, firstLine: line), line, file)
        } catch {
            note(error, file: file, at: place)
            return nil
        }
    }

    private mutating func columnHeads(_ keys: StudyKeys, kind: TableKind) -> [String: String] {
        guard let node = keys["columns"] else { return [:] }
        var heads: [String: String] = [:]
        let known = kind.columns.map(\.name)
        for entry in entries(node, "`columns`") {
            let word = StudyKeys.normalized(entry.key.value)
            guard let column = known.first(where: { StudyKeys.normalized($0) == word }) else {
                let nearest = nearestNames(to: word, among: known).first
                note(
                    "tables of kind `\(kind.name)` have no column `\(entry.key.value)`"
                        + (nearest.map { "; did you mean `\($0)`?" } ?? "; they have \(StudyKeys.listed(known))"),
                    at: entry.key.place)
                continue
            }
            if let head = text(entry.value, "the head of `\(column)`") { heads[column] = head.value }
        }
        return heads
    }

    private mutating func optionTexts(_ keys: StudyKeys, kind: TableKind) -> [String: PastedTable.OptionText] {
        var texts: [String: PastedTable.OptionText] = [:]
        for option in kind.options {
            guard let node = keys[StudyKeys.normalized(option.name)] else { continue }
            // A list is given to the kind as one text, its entries separated by semicolons.
            let values = names(node, "`\(option.name)`")
            if !values.isEmpty {
                texts[option.name] = .init(values.map(\.value).joined(separator: "; "), line: node.place.line)
            }
        }
        return texts
    }

    // MARK: Running text

    private mutating func runningText(_ node: StudyNode, directory: String) -> [RunningText] {
        switch node {
        case .list(let nodes, _): return nodes.flatMap { runningText($0, directory: directory) }
        case .text(let text): return [RunningText(name: "text", text: text.text)]
        case .map:
            guard let keys = map(node, known: ["file"], of: "a text") else { return [] }
            guard let file = keys["file"].flatMap({ text($0, "the file") }) else {
                note("a text needs `file:`, or write it after `|`", at: node.place)
                return []
            }
            do throws(FileError) {
                return [try RunningText(file: FilePath.resolve(file.value, in: directory))]
            } catch {
                note("\(error)", at: file.place)
                return []
            }
        }
    }
}
