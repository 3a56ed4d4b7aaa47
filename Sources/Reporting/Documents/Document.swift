/// A report: what every renderer turns into a file.
public struct Document: Sendable, Equatable {
    /// The title.
    public var title: RichText
    /// A line under the title.
    public var subtitle: RichText?
    /// Lines under the title: program version, hash of the data, seed.
    public var notes: [RichText]
    /// The language of the text, which also names tables and figures.
    public var language: DocumentLanguage
    /// What stands before the first section.
    public var blocks: [Block]
    /// The sections.
    public var sections: [Section]

    /// Makes a document.
    public init(
        title: RichText, subtitle: RichText? = nil, notes: [RichText] = [], language: DocumentLanguage = .english,
        blocks: [Block] = [], sections: [Section] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.notes = notes
        self.language = language
        self.blocks = blocks
        self.sections = sections
    }

    /// A section with a heading.
    public struct Section: Sendable, Equatable {
        /// The heading.
        public var heading: RichText
        /// The name by which links find the section; made from the heading when `nil`.
        public var anchor: String?
        /// What stands before the first subsection.
        public var blocks: [Block]
        /// The subsections.
        public var sections: [Section]

        /// Makes a section.
        public init(_ heading: RichText, anchor: String? = nil, blocks: [Block] = [], sections: [Section] = []) {
            self.heading = heading
            self.anchor = anchor
            self.blocks = blocks
            self.sections = sections
        }
    }

    /// A part of a section.
    public enum Block: Sendable, Equatable {
        /// Running text.
        case paragraph(RichText)
        /// A list.
        case list([RichText], ordered: Bool)
        /// Text to be shown as typed: model syntax, equations.
        case preformatted(String)
        /// A table.
        case table(Table)
        /// A figure.
        case figure(Figure)
        /// A remark that must not be overlooked.
        case callout(Callout)
    }

    /// A remark set off from the text.
    public struct Callout: Sendable, Equatable {
        /// How urgent a remark is.
        public enum Kind: Sendable, Equatable {
            /// A result that must not be trusted before something is done.
            case warning
            /// Something good to know.
            case note
        }

        /// How urgent it is.
        public var kind: Kind
        /// The remark.
        public var text: RichText

        /// Makes a remark.
        public init(_ kind: Kind, _ text: RichText) {
            self.kind = kind
            self.text = text
        }
    }

    /// All tables, in reading order.
    public var tables: [Table] {
        allBlocks.compactMap { block in
            guard case .table(let table) = block else { return nil }
            return table
        }
    }

    /// All figures, in reading order.
    public var figures: [Figure] {
        allBlocks.compactMap { block in
            guard case .figure(let figure) = block else { return nil }
            return figure
        }
    }

    /// The document with its tables and figures numbered from one in reading order.
    public func numbered() -> Document {
        var counter = Counter()
        var copy = self
        copy.blocks = counter.number(blocks)
        copy.sections = counter.number(sections)
        return copy
    }

    private var allBlocks: [Block] { blocks + sections.flatMap(\.allBlocks) }
}

extension Document.Section {
    fileprivate var allBlocks: [Document.Block] { blocks + sections.flatMap(\.allBlocks) }
}

private struct Counter {
    var tables = 0
    var figures = 0

    mutating func number(_ blocks: [Document.Block]) -> [Document.Block] {
        blocks.map { block in
            switch block {
            case .table(var table):
                tables += 1
                table.number = tables
                return .table(table)
            case .figure(var figure):
                figures += 1
                figure.number = figures
                return .figure(figure)
            default: return block
            }
        }
    }

    mutating func number(_ sections: [Document.Section]) -> [Document.Section] {
        sections.map { section in
            var copy = section
            copy.blocks = number(section.blocks)
            copy.sections = number(section.sections)
            return copy
        }
    }
}
