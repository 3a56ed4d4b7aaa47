/// Gives every section a name for links, once only.
struct Anchors {
    struct Section {
        let source: Document.Section
        let anchor: String
        let sections: [Section]
    }

    private var used: Set<String> = []

    mutating func resolve(_ sections: [Document.Section]) -> [Section] {
        sections.map { section in
            let anchor = unique(Self.slug(section.anchor ?? section.heading.plainText))
            return Section(source: section, anchor: anchor, sections: resolve(section.sections))
        }
    }

    private mutating func unique(_ name: String) -> String {
        var candidate = name
        var count = 2
        while !used.insert(candidate).inserted {
            candidate = "\(name)-\(count)"
            count += 1
        }
        return candidate
    }

    /// The name in lower case, with hyphens for all that is neither letter nor digit.
    static func slug(_ text: String) -> String {
        var slug = ""
        for character in text.lowercased() {
            if character.isLetter || character.isNumber {
                slug.append(character)
            } else if !slug.isEmpty, slug.last != "-" {
                slug.append("-")
            }
        }
        while slug.last == "-" { slug.removeLast() }
        return slug.isEmpty ? "section" : slug
    }
}
