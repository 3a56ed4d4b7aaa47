/// A file that a renderer makes beside or in place of its text.
public struct Attachment: Sendable, Equatable {
    /// Its name, without folder: letters, digits and hyphens only.
    public var name: String
    /// Its content.
    public var content: String

    /// Makes a file.
    public init(name: String, content: String) {
        self.name = name
        self.content = content
    }

    /// A name made of a kind, a number and a title: "table-3-hypothesis-tests.csv".
    static func name(_ kind: String, _ number: Int?, _ title: RichText, suffix: String) -> String {
        let slug = Anchors.slug(title.plainText)
        // File systems take 255 bytes; ideographs have three each.
        let short = slug.prefix(60).split(separator: "-", omittingEmptySubsequences: true).joined(separator: "-")
        return [kind, number.map(String.init), short].compactMap(\.self).joined(separator: "-") + suffix
    }

    /// The files with a count added to names that occur twice.
    static func withUniqueNames(_ attachments: [Attachment]) -> [Attachment] {
        var used: Set<String> = []
        return attachments.map { attachment in
            var copy = attachment
            var count = 2
            while !used.insert(copy.name).inserted {
                let parts = attachment.name.split(separator: ".", maxSplits: 1)
                copy.name = parts.count == 2 ? "\(parts[0])-\(count).\(parts[1])" : "\(attachment.name)-\(count)"
                count += 1
            }
            return copy
        }
    }
}
