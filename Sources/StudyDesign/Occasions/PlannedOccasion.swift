/// One planned questionnaire: which form, when, and what it is about.
public struct PlannedOccasion: Sendable, Hashable, Codable {
    /// The number of the occasion within its form, from 1. Monthly forms count the months of the study, so forms that are
    /// asked at different times about the same month have the same number.
    public var number: Int
    /// The form.
    public var form: String
    /// The period that it is about.
    public var period: Period
    /// The number of the signal within its day, from 1.
    public var signal: Int
    /// When it is due.
    public var planned: Timestamp
    /// The last moment at which an answer is on time; nil is without limit.
    public var windowEnd: Timestamp?
    /// When it is due on the clock of the study, `2020-03-02T09:00:00+08:00`.
    public var local: String
    /// The last moment at which an answer is on time, on the clock of the study.
    public var localWindowEnd: String?
    /// What a change of the clock did to the time.
    public var clockChange: ClockChange
}

/// The occasions of a study: the same for everybody, or with random signals drawn for each person.
public struct OccasionPlan: Sendable, Hashable, Codable {
    /// The occasions in the order of time for everybody who has none of his own.
    public var occasions: [PlannedOccasion]
    /// The occasions of persons who have their own.
    public var ofPerson: [String: [PlannedOccasion]]
    /// What the reader of the plan should know: skipped days, moved times, years without holidays, windows that overlap.
    public var remarks: [String]

    /// Creates a plan.
    public init(
        occasions: [PlannedOccasion], ofPerson: [String: [PlannedOccasion]] = [:], remarks: [String] = []
    ) {
        self.occasions = occasions
        self.ofPerson = ofPerson
        self.remarks = remarks
    }

    /// The occasions of a person.
    public func occasions(of person: String) -> [PlannedOccasion] { ofPerson[person] ?? occasions }
}
