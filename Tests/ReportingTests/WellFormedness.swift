/// A small checker of XML: tags nest and close, attributes are quoted and occur once, `&` and `<` are escaped.
enum WellFormedness {
    /// What is wrong with a document; `nil` when nothing is.
    static func problem(in xml: String) -> String? {
        var rest = Substring(xml)
        var open: [String] = []
        var rootCount = 0
        while let start = rest.firstIndex(of: "<") {
            if let problem = problem(inText: rest[..<start]) { return problem }
            guard let end = rest[start...].firstIndex(of: ">") else { return "a tag is not closed" }
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            if tag.hasPrefix("?") { continue }
            if tag.hasPrefix("/") {
                let name = String(tag.dropFirst())
                guard open.popLast() == name else { return "</\(name)> closes nothing" }
                continue
            }
            let isEmpty = tag.hasSuffix("/")
            let body = isEmpty ? tag.dropLast() : tag
            let name = String(body.prefix { $0 != " " })
            guard let first = name.first, first.isLetter else { return "<\(tag)> has no name" }
            if let problem = problem(inAttributes: body.dropFirst(name.count)) { return "<\(name)>: \(problem)" }
            if open.isEmpty { rootCount += 1 }
            if !isEmpty { open.append(name) }
        }
        if let problem = problem(inText: rest) { return problem }
        if let name = open.last { return "<\(name)> is not closed" }
        return rootCount == 1 ? nil : "\(rootCount) root elements"
    }

    private static func problem(inText text: Substring) -> String? {
        for part in text.split(separator: "&", omittingEmptySubsequences: false).dropFirst() {
            guard let end = part.firstIndex(of: ";"), !part[..<end].isEmpty,
                part[..<end].allSatisfy({
                    $0.isLetter || $0.isNumber || $0 == "#"
                })
            else { return "a bare ampersand" }
        }
        return text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\t" && $0 != "\r" }
            ? "a control character" : nil
    }

    private static func problem(inAttributes text: Substring) -> String? {
        var rest = text
        var names: Set<String> = []
        while true {
            rest = rest.drop { $0 == " " || $0 == "\n" }
            if rest.isEmpty { return nil }
            guard let equals = rest.firstIndex(of: "=") else { return "an attribute without value" }
            let name = String(rest[..<equals])
            guard names.insert(name).inserted else { return "attribute \(name) occurs twice" }
            rest = rest[rest.index(after: equals)...]
            guard rest.first == "\"" else { return "attribute \(name) is not quoted" }
            rest = rest.dropFirst()
            guard let end = rest.firstIndex(of: "\"") else { return "attribute \(name) does not end" }
            if let problem = problem(inText: rest[..<end]) { return problem }
            rest = rest[rest.index(after: end)...]
        }
    }
}
