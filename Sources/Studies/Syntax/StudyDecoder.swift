import Datasets
import Psychometrics
import Reporting
import StructuralModels

extension Study {
    /// Reads a study file.
    ///
    /// - Parameters:
    ///   - text: Its text.
    /// - Returns: The study as far as it can be read, and every mistake that can be found without the data.
    public static func decode(_ text: String) -> (study: Study, problems: StudyProblems) {
        do {
            let root = try StudyNode.read(text)
            var decoder = StudyDecoder(lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
            let study = decoder.study(root)
            return (study, StudyProblems(decoder.problems))
        } catch {
            return (Study(), error)
        }
    }
}

/// Turns the tree of a study file into a study, noting every mistake and going on.
struct StudyDecoder {
    var problems: [StudyProblem] = []
    /// The lines of the file, for the indentation of blocks.
    let lines: [Substring]

    static let keys = [
        "title", "authors", "note", "data", "plan", "codebook", "levels", "prepare", "analyses", "hypotheses", "alpha",
        "seed", "report",
    ]

    init(lines: [Substring]) { self.lines = lines }

    mutating func note(_ message: String, at place: StudyPlace) { problems.append(StudyProblem(message, at: place)) }

    mutating func study(_ root: StudyNode) -> Study {
        var study = Study()
        guard let keys = map(root, known: Self.keys, of: "a study file") else { return study }
        if let node = keys["title"], let text = text(node, "the title") { study.title = text.value }
        if let node = keys["authors"] { study.authors = names(node, "authors").map(\.value) }
        if let node = keys["note"], let text = text(node, "the note") { study.note = text.value }
        let needsData = keys["plan"] == nil || keys["analyses"] != nil || keys["hypotheses"] != nil
        if let node = keys["data"] {
            readData(node, into: &study)
        } else if needsData {
            note("`data:` is missing; name the data file, for example `data: responses.sav`", at: root.place)
        }
        if let node = keys["codebook"] { study.codebook = codebook(node) }
        if let node = keys["levels"] { study.preparation.levels = levels(node) }
        if let node = keys["prepare"] { study.preparation.steps = preparation(node) }
        if let node = keys["alpha"], let value = probability(node, "alpha") { study.alpha = value }
        if let node = keys["seed"], let value = count(node, "the seed", from: 0) { study.seed = UInt64(value) }
        if let node = keys["report"] { study.report = report(node) }
        if let node = keys["analyses"] {
            study.analyses = analyses(node)
            study.hasOwnAnalyses = true
        }
        if let node = keys["plan"] { study.analyses.insert(contentsOf: plans(node), at: 0) }
        if let node = keys["hypotheses"] { study.hypotheses = hypotheses(node) }
        return study
    }

    // MARK: Values

    mutating func map(_ node: StudyNode, known: [String], of what: String) -> StudyKeys? {
        guard case .map(let entries, let place) = node else {
            note("\(what) is \(node.kind), but it must have keys: \(StudyKeys.listed(known))", at: node.place)
            return nil
        }
        return StudyKeys(entries, at: place, known: known, of: what, problems: &problems)
    }

    mutating func text(_ node: StudyNode, _ what: String) -> Located<String>? {
        guard case .text(let text) = node else {
            note("\(what) must be a text, not \(node.kind)", at: node.place)
            return nil
        }
        let trimmed = text.text.trimmed
        guard !trimmed.isEmpty else {
            note("\(what) is empty", at: node.place)
            return nil
        }
        return Located(trimmed, at: text.place)
    }

    /// A list of names, or a single one.
    mutating func names(_ node: StudyNode, _ what: String) -> [Located<String>] {
        switch node {
        case .text(let text):
            guard !text.text.trimmed.isEmpty else {
                note("\(what): a name is missing", at: text.place)
                return []
            }
            return [Located(text.text.trimmed, at: text.place)]
        case .list(let nodes, let place):
            if nodes.isEmpty { note("\(what): the list is empty", at: place) }
            return nodes.compactMap { text($0, "an entry of \(what)") }
        case .map(_, let place):
            note("\(what) must be a list of names, for example [a, b, c], not a set of keys", at: place)
            return []
        }
    }

    mutating func number(_ node: StudyNode, _ what: String) -> Double? {
        guard case .text(let text) = node, let value = Double(text.text.trimmed), value.isFinite else {
            note("\(what) must be a number", at: node.place)
            return nil
        }
        return value
    }

    mutating func count(_ node: StudyNode, _ what: String, from least: Int, through most: Int = 1_000_000_000) -> Int? {
        guard case .text(let text) = node, let value = Int(text.text.trimmed), (least...most).contains(value) else {
            note(
                "\(what) must be a whole number "
                    + (most < 1_000_000_000 ? "from \(least) to \(most)" : "of at least \(least)"), at: node.place)
            return nil
        }
        return value
    }

    mutating func probability(_ node: StudyNode, _ what: String) -> Double? {
        guard let value = number(node, what) else { return nil }
        guard value > 0, value < 1 else {
            note("\(what) must lie between 0 and 1, for example 0.05", at: node.place)
            return nil
        }
        return value
    }

    mutating func flag(_ node: StudyNode, _ what: String) -> Bool? {
        if case .text(let text) = node {
            switch text.text.lowercased() {
            case "yes", "true", "on": return true
            case "no", "false", "off": return false
            default: break
            }
        }
        note("\(what) must be yes or no", at: node.place)
        return nil
    }

    /// One of the words of an enumeration.
    mutating func choice<Value: RawRepresentable & CaseIterable>(
        _ node: StudyNode, _ what: String, _ type: Value.Type = Value.self, synonyms: [String: Value] = [:]
    ) -> Value? where Value.RawValue == String {
        guard let text = text(node, what) else { return nil }
        let word = text.value.lowercased()
        if let value = Value(rawValue: word) ?? synonyms[word] { return value }
        let known = Value.allCases.map(\.rawValue) + synonyms.keys.sorted()
        let nearest = nearestNames(to: word, among: known).first
        note(
            "\(what) cannot be `\(text.value)`"
                + (nearest.map { "; did you mean `\($0)`?" } ?? "; it can be \(StudyKeys.listed(known))"),
            at: text.place)
        return nil
    }

    /// A range of numbers: `1-5`, `1 to 5` or `[1, 5]`.
    mutating func range(_ node: StudyNode, _ what: String) -> ClosedRange<Double>? {
        var ends: [Double] = []
        switch node {
        case .text(let text): ends = Self.ends(text.text) ?? []
        case .list(let nodes, _) where nodes.count == 2:
            ends = nodes.compactMap { if case .text(let text) = $0 { Double(text.text.trimmed) } else { nil } }
        default: break
        }
        guard ends.count == 2, ends.allSatisfy(\.isFinite) else {
            note("\(what) must be two numbers, for example 1-5", at: node.place)
            return nil
        }
        guard ends[0] < ends[1] else {
            note("\(what): \(ends[0].short) is not below \(ends[1].short)", at: node.place)
            return nil
        }
        return ends[0]...ends[1]
    }

    /// The two numbers of `1-5`, `-2-2`, `1..5`, `1 to 5`.
    static func ends(_ text: String) -> [Double]? {
        let characters = Array(text.trimmed)
        for (index, character) in characters.enumerated() where index > 0 {
            let isDash = character == "-" || character == "–" || character == "—" || character == "…"
            let rest: ArraySlice<Character>
            if isDash {
                rest = characters[(index + 1)...]
            } else if characters[index...].starts(with: " to ") {
                rest = characters[(index + 4)...]
            } else if characters[index...].starts(with: "..") {
                rest = characters[index...].drop { $0 == "." }
            } else {
                continue
            }
            if let low = Double(String(characters[..<index]).trimmed), let high = Double(String(rest).trimmed) {
                return [low, high]
            }
        }
        return nil
    }

    /// `all`, or names.
    mutating func selection(_ node: StudyNode, _ what: String) -> Selection {
        if case .text(let text) = node, ["all", "yes", "true"].contains(text.text.lowercased()) { return .all }
        return .names(names(node, what))
    }

    /// A code of a variable: a number where it is one.
    static func code(_ text: String) -> Code {
        if let number = Double(text), number.isFinite { return .number(number) }
        return .text(text)
    }

    // MARK: Data and report

    private mutating func readData(_ node: StudyNode, into study: inout Study) {
        if case .map = node {
            let known = ["file", "encoding", "delimiter", "decimal mark", "sheet", "missing", "reshape", "join"]
            guard let keys = map(node, known: known, of: "`data`") else { return }
            if let node = keys["file"] {
                if let file = text(node, "the data file") { study.data = file }
            } else {
                note("`data` needs `file:`", at: node.place)
            }
            if let node = keys["encoding"] { study.reading.encoding = text(node, "the encoding")?.value }
            if let node = keys["sheet"] { study.reading.sheet = text(node, "the sheet")?.value }
            if let node = keys["delimiter"] {
                study.reading.delimiter = choice(
                    node, "the delimiter", DelimitedText.Delimiter.self, synonyms: [",": .comma, ";": .semicolon])
            }
            if let node = keys["decimal mark"] {
                study.reading.decimalMark = choice(
                    node, "the decimal mark", DelimitedText.DecimalMark.self, synonyms: [",": .comma, ".": .point])
            }
            if let node = keys["reshape"] { study.reshaping = reshaping(node) }
            if let node = keys["join"] { study.joins = joins(node) }
            if let node = keys["missing"] {
                study.reading.missingStrings = ["", "NA"] + names(node, "missing").map(\.value)
            }
        } else if let file = text(node, "the data file") {
            study.data = file
        }
    }

    mutating func report(_ node: StudyNode, usual: ReportPlan = ReportPlan()) -> ReportPlan {
        var plan = usual
        guard let keys = map(node, known: ["formats", "directory"], of: "`report`") else { return plan }
        if let node = keys["formats"] {
            let nodes = if case .list(let nodes, _) = node { nodes } else { [node] }
            plan.formats = nodes.compactMap {
                choice($0, "a format", ReportPlan.Format.self, synonyms: ["markdown": .markdown])
            }
            if nodes.isEmpty {
                note("`formats` is empty: nothing would be written; name html, md, json or csv", at: node.place)
            }
        }
        if let node = keys["directory"], let text = text(node, "the directory") { plan.directory = text.value }
        return plan
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}

extension Double {
    /// A whole number without its point.
    var short: String { Int(exactly: self).map(String.init) ?? description }
}
