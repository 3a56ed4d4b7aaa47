/// The words that a document's layout adds to its text.
public struct DocumentLanguage: Sendable, Equatable {
    /// The language tag (BCP 47) of the page.
    public var tag: String
    /// Before a table's number.
    public var table: String
    /// Before a figure's number.
    public var figure: String
    /// Before a general note.
    public var note: String
    /// Before a warning.
    public var warning: String
    /// Over the table of contents.
    public var contents: String

    /// Makes the words of a language.
    public init(tag: String, table: String, figure: String, note: String, warning: String, contents: String) {
        self.tag = tag
        self.table = table
        self.figure = figure
        self.note = note
        self.warning = warning
        self.contents = contents
    }

    /// English.
    public static let english = DocumentLanguage(
        tag: "en", table: "Table", figure: "Figure", note: "Note.", warning: "Warning.", contents: "Contents")

    /// Simplified Chinese.
    public static let simplifiedChinese = DocumentLanguage(
        tag: "zh-Hans", table: "表", figure: "图", note: "注：", warning: "警告：", contents: "目录")

    /// The name of a table or figure with its number: "Table 3"; only the word when there is no number.
    func label(_ word: String, _ number: Int?) -> String { number.map { "\(word) \($0)" } ?? word }
}
