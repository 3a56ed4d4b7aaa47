/// What became of a unit that was drawn, in the groups of the American Association for Public Opinion Research (AAPOR 2016).
public enum Disposition: String, Sendable, Codable, CaseIterable {
    /// A complete questionnaire (I).
    case complete
    /// A partial questionnaire that can be used (P).
    case partial
    /// A questionnaire that came back and cannot be used; counted with other eligible units that gave no interview (O).
    case invalid
    /// A refusal, or a questionnaire broken off (R).
    case refusal
    /// No contact, or no answer (NC).
    case noncontact
    /// Eligible and contacted, but no questionnaire for another reason: language, illness, absence (O).
    case other
    /// Not known whether eligible (UH, UO): undelivered, never attempted, wrong address.
    case unknown
    /// Not eligible: closed down, outside the population.
    case ineligible
}

/// How many units there are of each disposition, and the rates that follow.
public struct ResponseCounts: Sendable, Codable, Equatable {
    /// The counts.
    public private(set) var counts: [Disposition: Int]

    /// Counts dispositions.
    public init(_ dispositions: some Sequence<Disposition>) {
        counts = [:]
        for disposition in dispositions { counts[disposition, default: 0] += 1 }
    }

    /// Takes counts; those below zero are zero.
    public init(counts: [Disposition: Int]) { self.counts = counts.mapValues { max($0, 0) } }

    /// The number of units of a disposition.
    public subscript(disposition: Disposition) -> Int { counts[disposition] ?? 0 }

    /// All units drawn.
    public var invited: Int { counts.values.reduce(0, +) }
    /// Those that were reached: they answered, refused, or could not answer.
    public var reached: Int { answered + self[.refusal] + self[.other] }
    /// Those that answered, whether or not the answer can be used.
    public var answered: Int { self[.complete] + self[.partial] + self[.invalid] }
    /// Those whose answer can be used.
    public var valid: Int { self[.complete] + self[.partial] }

    /// The share of eligible units among those of which it is known (e of AAPOR, by proportional allocation); nil when of none.
    public var eligibleShare: Double? {
        let eligible = invited - self[.unknown] - self[.ineligible]
        return eligible + self[.ineligible] > 0 ? Double(eligible) / Double(eligible + self[.ineligible]) : nil
    }
    /// The share of complete among returned questionnaires.
    public var completionRate: Double? { Self.share(self[.complete], answered) }
    /// The share of returned questionnaires that cannot be used.
    public var lossRate: Double? { Self.share(self[.invalid], answered) }

    /// A response rate by the Standard Definitions of AAPOR (2016): 1, 3 and 5 count complete questionnaires, 2, 4 and 6 partial
    /// ones too; in the denominator 1 and 2 have all units of unknown eligibility, 3 and 4 their eligible share, 5 and 6 none.
    ///
    /// - Parameters:
    ///   - number: From 1 to 6.
    ///   - eligibleShare: The share e of units of unknown eligibility that are eligible; nil for ``eligibleShare``.
    /// - Returns: The rate; nil without an eligible unit.
    public func responseRate(_ number: Int, eligibleShare e: Double? = nil) -> Double? {
        guard (1...6).contains(number) else { return nil }
        let share =
            switch number {
            case 1, 2: 1.0
            case 3, 4: e ?? eligibleShare ?? 1
            default: 0.0
            }
        return Self.ratio(Double(number % 2 == 1 ? self[.complete] : valid), eligible + share * Double(self[.unknown]))
    }

    /// The cooperation rate COOP1 (complete) or COOP2 (with partial): of the eligible units that were reached.
    public func cooperationRate(countingPartial: Bool) -> Double? {
        Self.share(countingPartial ? valid : self[.complete], reached)
    }

    /// The refusal rate REF1.
    public var refusalRate: Double? { Self.ratio(Double(self[.refusal]), eligible + Double(self[.unknown])) }

    /// The contact rate CON1.
    public var contactRate: Double? { Self.ratio(Double(reached), eligible + Double(self[.unknown])) }

    private var eligible: Double { Double(invited - self[.unknown] - self[.ineligible]) }

    private static func share(_ part: Int, _ whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }

    private static func ratio(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
}
