import Probability

/// How a bootstrap is carried out.
public struct BootstrapOptions: Sendable {
    /// What the samples are drawn from.
    public enum Scheme: String, Sendable, Hashable, Codable, CaseIterable {
        /// The cases themselves.
        case ordinary
        /// The cases transformed so that the model holds exactly among them (Bollen & Stine 1992): for the test of fit.
        case bollenStine = "bollen-stine"
    }

    /// What is done with draws whose estimates no population could have (negative variances).
    public enum Inadmissible: String, Sendable, Hashable, Codable, CaseIterable {
        /// They count like any other, as in lavaan and AMOS.
        case keep
        /// They are left out.
        case drop
    }

    /// The number of draws.
    public var draws: Int
    /// What the samples are drawn from.
    public var scheme: Scheme
    /// The seed; draw r depends on it and on r alone.
    public var seed: UInt64
    /// The number of threads; results do not depend on it.
    public var threads: Int
    /// What is done with inadmissible draws.
    public var inadmissible: Inadmissible
    /// Called now and then, from any thread, with the number of draws done; when it gives false, the bootstrap stops.
    public var progress: (@Sendable (Int) -> Bool)?

    /// Creates options.
    public init(
        draws: Int = 5000, scheme: Scheme = .ordinary, seed: UInt64 = 1, threads: Int = 1,
        inadmissible: Inadmissible = .keep, progress: (@Sendable (Int) -> Bool)? = nil
    ) {
        self.draws = draws
        self.scheme = scheme
        self.seed = seed
        self.threads = threads
        self.inadmissible = inadmissible
        self.progress = progress
    }
}
