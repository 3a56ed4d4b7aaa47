import Yams

/// The text of a study file as a tree of texts, lists and maps, each with its place.
indirect enum StudyNode: Sendable {
    case text(Text)
    case list([StudyNode], StudyPlace)
    case map([Entry], StudyPlace)

    /// A text.
    struct Text: Sendable {
        var text: String
        /// Whether it stands without quotation marks and `|`, so that it may be a number.
        var isPlain: Bool
        /// Whether it is a block after `|`, whose lines keep their breaks.
        var isLiteral: Bool
        var place: StudyPlace
    }

    /// A key with its value.
    struct Entry: Sendable {
        var key: Located<String>
        var value: StudyNode
    }

    var place: StudyPlace {
        switch self {
        case .text(let text): text.place
        case .list(_, let place), .map(_, let place): place
        }
    }

    /// Whether the value was left out: `key:` and nothing behind it.
    var isEmpty: Bool {
        guard case .text(let text) = self else { return false }
        return text.isPlain && (text.text.isEmpty || text.text == "~" || text.text == "null")
    }

    /// What kind of value it is, in words.
    var kind: String {
        switch self {
        case .text: "a text"
        case .list: "a list"
        case .map: "a set of keys"
        }
    }
}

extension StudyNode {
    /// Reads the text of a study file (YAML 1.1 as libyaml reads it).
    ///
    /// - Throws: ``StudyProblems`` with the first fault of the text.
    static func read(_ text: String) throws(StudyProblems) -> StudyNode {
        if let problem = nestingProblem(text) { throw StudyProblems([problem]) }
        let root: Node?
        do {
            root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch {
            throw StudyProblems([problem(of: error, in: text)])
        }
        guard let root else {
            throw StudyProblems([
                StudyProblem("the file is empty; begin with `title:`", at: .start)
            ])
        }
        // Aliases may repeat a part any number of times.
        var budget = 50_000
        guard let node = StudyNode(root, budget: &budget) else {
            throw StudyProblems([
                StudyProblem("the study file has more than 50000 values; aliases multiply them", at: .start)
            ])
        }
        return node
    }

    private init?(_ node: Node, budget: inout Int) {
        budget -= 1
        guard budget >= 0 else { return nil }
        let place = StudyPlace(node.mark)
        switch node {
        case .scalar(let scalar):
            self = .text(
                Text(
                    text: scalar.string, isPlain: scalar.style == .plain, isLiteral: scalar.style == .literal,
                    place: place))
        case .sequence(let sequence):
            var values: [StudyNode] = []
            for element in sequence {
                guard let value = StudyNode(element, budget: &budget) else { return nil }
                values.append(value)
            }
            self = .list(values, place)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, element) in mapping {
                guard let value = StudyNode(element, budget: &budget) else { return nil }
                // A list or map as a key has no name.
                let name = if case .scalar(let scalar) = key { scalar.string } else { "?" }
                entries.append(Entry(key: Located(name, at: StudyPlace(key.mark)), value: value))
            }
            self = .map(entries, place)
        case .alias: self = .text(Text(text: "", isPlain: true, isLiteral: false, place: place))
        }
    }

    /// Nesting that no study has and that would exhaust the stack of a reader that descends into it.
    private static func nestingProblem(_ text: String) -> StudyProblem? {
        let message = "values are nested too deeply for a study file"
        var line = 1, open = 0, isIndent = true, indent = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                (isIndent, indent) = (true, 0)
                continue
            case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(open - 1, 0)
            default: break
            }
            if isIndent {
                switch byte {
                case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), 9: indent += 1
                default: isIndent = false
                }
            }
            if open > 100 || indent > 400 { return StudyProblem(message, at: StudyPlace(line: line, column: 1)) }
        }
        return nil
    }

    private static func problem(of error: any Error, in text: String) -> StudyProblem {
        guard let error = error as? YamlError else { return StudyProblem("the file is not YAML: \(error)", at: .start) }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return StudyProblem(advice(problem), at: StudyPlace(mark))
        case .reader(let problem, let offset, _, _):
            let before = text.utf8.prefix(max(offset ?? 0, 0))
            let line = 1 + before.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
            return StudyProblem(
                "a character that YAML does not allow (\(problem)); remove it", at: StudyPlace(line: line, column: 1))
        case .duplicatedKeysInMapping(let duplicates, let context):
            // Two calibrations in one set of braces share an anchor: their commas were read as those of the set.
            let isAnchor = duplicates.contains {
                $0.first.map("ecip".contains) == true && Double($0.dropFirst()) != nil
            }
            return StudyProblem(
                "the key `\(duplicates.joined(separator: "`, `"))` is given twice here; "
                    + (isAnchor
                        ? "put a calibration such as 'e1,c2,i5' in quotation marks, as a comma between { and } begins the next key"
                        : "keep one of them"),
                at: StudyPlace(context.mark))
        default: return StudyProblem("the file is not YAML", at: .start)
        }
    }

    /// What libyaml says, with what usually stands behind it.
    private static func advice(_ problem: String) -> String {
        switch problem {
        case "found character that cannot start any token":
            "this character cannot begin a value; a tab? (indent with spaces); otherwise put the text in quotation marks"
        case "mapping values are not allowed in this context":
            "a second `:` on this line; put a text that contains `: ` in quotation marks"
        case "did not find expected key":
            "a key is expected here; check the indentation and the commas and quotation marks before it"
        case "did not find expected ',' or ']'": "a list `[…]` is not closed with `]`, or a comma is missing"
        case "did not find expected ',' or '}'": "a set `{…}` is not closed with `}`, or a comma is missing"
        case "could not find expected ':'": "a `:` is missing after this key"
        case "did not find expected '-' indicator":
            "the entries of a list must begin with `-` in the same column"
        case "found unexpected end of stream": "a quotation mark or bracket is not closed before the end of the file"
        default: "not YAML: \(problem)"
        }
    }
}

extension StudyPlace {
    fileprivate init(_ mark: Mark?) {
        self.init(line: max(mark?.line ?? 1, 1), column: max(mark?.column ?? 1, 1))
    }
}
