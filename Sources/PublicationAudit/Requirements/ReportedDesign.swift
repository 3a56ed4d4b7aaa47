/// What kind of study or analysis a paper reports, which decides what it must report of it.
public enum ReportedDesign: String, Sendable, Hashable, Codable, CaseIterable {
    /// Scales with their reliability.
    case scales
    /// A confirmatory factor analysis.
    case cfa
    /// A structural equation model.
    case sem
    /// A regression.
    case regression
    /// A mediation hypothesis.
    case mediation
    /// A moderation hypothesis.
    case moderation
    /// A multilevel model.
    case multilevel
    /// A diary or experience-sampling study.
    case diary
    /// A qualitative comparative analysis.
    case qca
}
