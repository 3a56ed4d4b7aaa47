public import LinearAlgebra

extension CarelessScreening {
    /// The answers to be screened.
    public struct Answers: Sendable {
        /// The names of the items in the order of the questionnaire.
        public var items: [String]
        /// The answers as they were given; a case in each row, NaN where missing.
        public var given: Matrix
        /// The answers with reversed items reversed.
        public var keyed: Matrix
        /// The scales by the columns of their items.
        public var scales: [(name: String, columns: [Int])]
        /// The time of each case in seconds, NaN where missing; nil where no time was taken.
        public var seconds: [Double]?
        /// The attention checks, and whether each case passed; nil where a case has no answer.
        public var checks: [(name: String, passed: [Bool?])]

        /// Makes the answers.
        public init(
            items: [String], given: Matrix, keyed: Matrix, scales: [(name: String, columns: [Int])] = [],
            seconds: [Double]? = nil, checks: [(name: String, passed: [Bool?])] = []
        ) {
            self.items = items
            self.given = given
            self.keyed = keyed
            self.scales = scales
            self.seconds = seconds
            self.checks = checks
        }
    }

    /// Where the indices are cut.
    public struct Settings: Sendable, Equatable {
        /// Thresholds in place of the usual ones; that of ``CarelessIndex/mahalanobis`` is a probability.
        public var thresholds: [CarelessIndex: Double]
        /// The correlation above which two items are psychometric synonyms, or below whose negative antonyms.
        public var pairCorrelation: Double

        /// Makes the settings.
        public init(thresholds: [CarelessIndex: Double] = [:], pairCorrelation: Double = 0.6) {
            self.thresholds = thresholds
            self.pairCorrelation = pairCorrelation
        }
    }
}
