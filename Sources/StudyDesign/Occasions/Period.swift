/// A day, week or month that questions are about.
public struct Period: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The kinds of period.
    public enum Unit: String, Sendable, Hashable, Codable {
        /// A day.
        case day
        /// A week from Monday to Sunday.
        case week
        /// A month.
        case month
    }

    /// Whether it is a day, a week or a month.
    public let unit: Unit
    /// Its first day.
    public let start: CivilDate

    /// The period of a kind that contains a date.
    public init(_ unit: Unit, containing date: CivilDate) {
        self.unit = unit
        start =
            switch unit {
            case .day: date
            case .week: date.startOfWeek
            case .month: date.startOfMonth
            }
    }

    /// The period as `2020-03-02`, `2020-W10` (ISO 8601) or `2020-03`.
    public var description: String {
        switch unit {
        case .day: return start.description
        case .week:
            let (year, week) = start.isoWeek
            return "\(padded(year, 4))-W\(padded(week, 2))"
        case .month: return String(start.description.prefix(7))
        }
    }

    /// The one that begins earlier comes first.
    public static func < (a: Period, b: Period) -> Bool { a.start < b.start }
}
