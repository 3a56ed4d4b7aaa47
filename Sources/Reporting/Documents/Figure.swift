/// A figure with its number, title and note (APA 7, sections 7.22–7.28).
public struct Figure: Sendable, Equatable {
    /// Its number in the document; `nil` for a figure without number.
    public var number: Int?
    /// Its title.
    public var title: RichText
    /// The drawing.
    public var drawing: Drawing
    /// The note under it.
    public var note: RichText?

    /// Makes a figure.
    public init(number: Int? = nil, title: RichText, drawing: Drawing, note: RichText? = nil) {
        self.number = number
        self.title = title
        self.drawing = drawing
        self.note = note
    }
}
