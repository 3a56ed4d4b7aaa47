/// A part of the running text of a paper, in which reported tests are looked for.
public struct RunningText: Sendable, Hashable {
    /// What it is called: the file, or the section.
    public let name: String
    /// The text, with the line breaks of its source.
    public let text: String

    /// A text.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
