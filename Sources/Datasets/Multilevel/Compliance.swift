/// How much of what was planned was filled in: by person, by occasion, and overall.
public struct Compliance: Sendable, Hashable, Codable {
    /// A line of the table: planned and filled questionnaires of a person or an occasion.
    public struct Line: Sendable, Hashable, Codable {
        /// The person or the occasion; `all` for the total.
        public var unit: String
        /// The number planned.
        public var planned: Int
        /// The number filled in.
        public var filled: Int
        /// The share filled in, filled/planned; nil if none was planned.
        public var share: Double? { planned == 0 ? nil : Double(filled) / Double(planned) }

        /// Creates a line.
        public init(unit: String, planned: Int, filled: Int) {
            self.unit = unit
            self.planned = planned
            self.filled = filled
        }
    }

    /// A questionnaire that was planned and not filled in.
    public struct Missed: Sendable, Hashable, Codable {
        /// The person.
        public var person: String
        /// The occasion.
        public var occasion: String
    }

    /// What becomes of a person in the course of the study.
    public enum Pattern: String, Sendable, Hashable, Codable, CaseIterable {
        /// Every planned occasion is filled.
        case complete
        /// All occasions up to one are filled and none after it: monotone drop-out.
        case droppedOut = "dropped out"
        /// Occasions are missed between filled ones.
        case intermittent
        /// No occasion is filled.
        case none
    }

    /// A person's course.
    public struct Course: Sendable, Hashable, Codable {
        /// The person.
        public var person: String
        /// The pattern.
        public var pattern: Pattern
        /// The last occasion filled, or nil.
        public var lastFilled: String?
    }

    /// A line of the table of drop-out, which is read as a life table without censoring.
    public struct Retention: Sendable, Hashable, Codable {
        /// The occasion.
        public var occasion: String
        /// The persons for whom it was planned.
        public var planned: Int
        /// Those who filled it.
        public var filled: Int
        /// Those who filled it or a later one.
        public var retained: Int
        /// Those for whom it is the last one filled, although later ones were planned.
        public var droppedAfterwards: Int
        /// retained/planned; nil if it was planned for nobody.
        public var share: Double? { planned == 0 ? nil : Double(retained) / Double(planned) }
    }

    /// A line for each person.
    public let persons: [Line]
    /// A line for each occasion.
    public let occasions: [Line]
    /// The total.
    public let overall: Line
    /// The questionnaires missed, person by person.
    public let missed: [Missed]
    /// The course of each person.
    public let courses: [Course]
    /// The table of drop-out, by occasion.
    public let retention: [Retention]

    /// The number of persons with a pattern.
    public func count(_ pattern: Pattern) -> Int { courses.reduce(0) { $0 + ($1.pattern == pattern ? 1 : 0) } }

    /// Counts compliance from what is filled and planned.
    ///
    /// - Parameters:
    ///   - names: the persons, as they are printed.
    ///   - times: the occasions in the order of time.
    ///   - filled: for each person and occasion whether it is filled, or nil where none was planned. Rows and cells that
    ///     are not there count as not planned.
    public init(persons names: [String], occasions times: [String], filled: [[Bool?]]) {
        func cell(_ person: Int, _ time: Int) -> Bool? {
            guard filled.indices.contains(person), filled[person].indices.contains(time) else { return nil }
            return filled[person][time]
        }
        var persons: [Line] = []
        var courses: [Course] = []
        var missed: [Missed] = []
        var occasions = times.map { Line(unit: $0, planned: 0, filled: 0) }
        var retention = times.map { Retention(occasion: $0, planned: 0, filled: 0, retained: 0, droppedAfterwards: 0) }
        for (person, name) in names.enumerated() {
            let cells = times.indices.map { cell(person, $0) }
            let last = cells.lastIndex { $0 == true }
            let lastPlanned = cells.lastIndex { $0 != nil }
            var line = Line(unit: name, planned: 0, filled: 0)
            var missedBeforeLast = false
            for (time, filled) in cells.enumerated() {
                guard let filled else { continue }
                line.planned += 1
                occasions[time].planned += 1
                retention[time].planned += 1
                if filled {
                    line.filled += 1
                    occasions[time].filled += 1
                    retention[time].filled += 1
                } else {
                    missed.append(Missed(person: name, occasion: times[time]))
                    if let last, time < last { missedBeforeLast = true }
                }
                if let last, time <= last { retention[time].retained += 1 }
                if let last, let lastPlanned, time == last, last < lastPlanned {
                    retention[time].droppedAfterwards += 1
                }
            }
            persons.append(line)
            let pattern: Pattern =
                switch (line.filled, missedBeforeLast) {
                case (line.planned, _): line.planned == 0 ? .none : .complete
                case (0, _): .none
                case (_, true): .intermittent
                default: .droppedOut
                }
            courses.append(Course(person: name, pattern: pattern, lastFilled: last.map { times[$0] }))
        }
        overall = Line(
            unit: "all", planned: persons.reduce(0) { $0 + $1.planned }, filled: persons.reduce(0) { $0 + $1.filled })
        self.persons = persons
        self.occasions = occasions
        self.missed = missed
        self.courses = courses
        self.retention = retention
    }

    /// When a row counts as a filled questionnaire.
    public enum FilledRule: String, Sendable, Hashable, Codable {
        /// At least one of the variables has a value.
        case anyAnswer
        /// All the variables have a value.
        case allAnswers
    }

    /// Counts compliance in long data, a row for each person and occasion answered.
    ///
    /// - Parameters:
    ///   - dataset: the data.
    ///   - person: the variables that identify a person.
    ///   - occasion: the variable with the occasion.
    ///   - planned: the occasions of the plan, in the order of time; nil takes those that occur, in numeric order or, if
    ///     they are text, in the order in which they first appear.
    ///   - enrolled: the number of persons that take part, if some of them have no row at all; they are counted as
    ///     `without any row`.
    ///   - variables: the variables that make a row filled; with none, the row itself does.
    ///   - rule: how many of them are needed.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/structure(_:)`` if a row lacks person or
    ///   occasion, a person has two rows for an occasion, a row has an occasion outside the plan, or fewer persons are
    ///   enrolled than answer.
    public init(
        _ dataset: Dataset, person: [String], occasion: String, planned: [Code]? = nil, enrolled: Int? = nil,
        answersIn variables: [String] = [], rule: FilledRule = .anyAnswer
    ) throws(DatasetError) {
        let units = try RowUnits(dataset, by: person)
        try units.requireIdentifiers()
        let column = try dataset.column(occasion)
        let cells = RowUnits(units.identifiers + [column])
        try cells.requireIdentifiers()
        try LevelStructure.verifyOccasions(cells, persons: units, occasion: occasion)
        var answers: [Column] = []
        for name in variables { answers.append(try dataset.column(name)) }

        let times = RowUnits([column])
        var order = Array(0..<times.count)
        if column.isNumeric { order.sort { column.numbers[times.firstRow[$0]] < column.numbers[times.firstRow[$1]] } }
        var labels = order.map { times.value($0) }
        if let planned { labels = planned.map(\.description) }
        var positions: [String: Int] = [:]
        for (position, label) in labels.enumerated() {
            if positions.updateValue(position, forKey: label) != nil {
                throw .structure(.request(problem: "the plan names occasion \(label) twice; name each once"))
            }
        }

        var filled = [[Bool?]](repeating: [Bool?](repeating: false, count: labels.count), count: units.count)
        var outside: [Int] = []
        for row in 0..<dataset.rowCount {
            guard let time = positions[column.content(at: row)] else {
                outside.append(row)
                continue
            }
            let isFilled =
                switch rule {
                case .anyAnswer: answers.isEmpty || answers.contains { !$0.isMissing(at: row) }
                case .allAnswers: answers.allSatisfy { !$0.isMissing(at: row) }
                }
            filled[units.unitOfRow[row]][time] = isFilled
        }
        if let row = outside.first {
            throw .structure(
                .occasionOutsidePlan(
                    unit: units.name(ofRow: row), occasion: "\(occasion) \(column.content(at: row))", row: row + 1,
                    planned: labels, others: outside.count - 1))
        }
        var names = (0..<units.count).map { units.value($0) }
        if let enrolled {
            guard enrolled >= units.count else {
                throw .structure(
                    .request(
                        problem: "\(enrolled) persons are enrolled, but \(units.count) have rows; correct the number"))
            }
            for _ in units.count..<enrolled {
                names.append("without any row")
                filled.append([Bool?](repeating: false, count: labels.count))
            }
        }
        self.init(persons: names, occasions: labels, filled: filled)
    }
}
