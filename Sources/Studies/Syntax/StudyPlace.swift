/// A place in a study file; both numbers count from 1.
public struct StudyPlace: Sendable, Hashable, Comparable, Codable {
    /// The line.
    public var line: Int
    /// The character within the line.
    public var column: Int

    /// Creates a place.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The first character of the file.
    public static let start = StudyPlace(line: 1, column: 1)

    /// Whether a place comes before another.
    public static func < (a: StudyPlace, b: StudyPlace) -> Bool { (a.line, a.column) < (b.line, b.column) }
}

/// A value with the place where the study file gives it.
public struct Located<Value: Sendable>: Sendable {
    /// The value.
    public var value: Value
    /// The place.
    public var place: StudyPlace

    /// Creates a located value.
    public init(_ value: Value, at place: StudyPlace) {
        self.value = value
        self.place = place
    }
}

/// A mistake in a study file: where it is, what is wrong, and what to write instead.
public struct StudyProblem: Sendable, Hashable, Codable {
    /// Where it is.
    public var place: StudyPlace
    /// What is wrong, and what to do.
    public var message: String

    /// Creates a problem.
    public init(_ message: String, at place: StudyPlace) {
        self.place = place
        self.message = message
    }

    /// The problem on one line: `file:line:column: message`.
    public func text(file: String) -> String { "\(file):\(place.line):\(place.column): \(message)" }
}

/// The mistakes of a study file, in the order of its lines.
public struct StudyProblems: Error, Sendable, Equatable, CustomStringConvertible {
    /// The mistakes.
    public let problems: [StudyProblem]

    /// Sorts mistakes by their places, each once.
    public init(_ problems: [StudyProblem]) {
        var seen: Set<StudyProblem> = []
        self.problems = problems.filter { seen.insert($0).inserted }.enumerated()
            .sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    }

    /// All mistakes, one per line.
    public var description: String { problems.map { $0.text(file: "study file") }.joined(separator: "\n") }
}
