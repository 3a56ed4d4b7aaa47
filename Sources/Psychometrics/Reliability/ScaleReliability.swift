import LinearAlgebra

/// The item analysis of a scale.
///
/// A figure that does not exist is nil: all of them for a scale of one item, and those that rest on correlations when an
/// item is constant.
public struct ScaleReliability: Sendable, Codable, Equatable {
    /// One item of the scale.
    public struct Item: Sendable, Codable, Equatable {
        /// The item's name.
        public let item: String
        /// Its mean.
        public let mean: Double
        /// Its standard deviation.
        public let standardDeviation: Double
        /// The corrected item–total correlation: with the sum of the other items.
        public let correctedItemTotal: Double?
        /// Cronbach's alpha of the other items; nil when only one is left.
        public let alphaIfDropped: Double?
        /// The standardised loading in the one-factor maximum likelihood solution.
        public let standardizedLoading: Double?
    }

    /// The scale's name.
    public let name: String
    /// The number of cases.
    public let n: Int
    /// Cronbach's alpha with its confidence interval.
    public let alpha: CronbachAlpha?
    /// Alpha of the standardised items.
    public let standardizedAlpha: Double?
    /// The mean correlation of two items.
    public let meanInterItemCorrelation: Double?
    /// McDonald's ω of the raw sum score, from the one-factor maximum likelihood solution.
    public let omega: Double?
    /// The composite reliability of Fornell & Larcker (1981), from the standardised loadings.
    public let compositeReliability: Double?
    /// The average variance extracted (Fornell & Larcker 1981), from the standardised loadings.
    public let averageVarianceExtracted: Double?
    /// The items in the order given.
    public let items: [Item]
    /// What the reader should know: constant or wrongly keyed items by name, Heywood cases, a negative alpha.
    public let warnings: [String]

    /// Analyses the items of a scale: the columns of `data` (complete cases, reversed items already reversed).
    ///
    /// A factor with two items is not identified: they are then taken as having equal standardised loadings √r, and
    /// ``warnings`` says so; with r ≤ 0 there are no loadings.
    /// - Throws: ``PsychometricsError`` for missing values and for fewer than two cases.
    public init(name: String, data: Matrix, items names: [String], level: Double = 0.95) throws {
        let moments = try Moments(data, names: names)
        let covariances = moments.covariances
        let k = names.count
        guard k > 0 else { throw PsychometricsError.tooFewVariables(needed: 1, found: 0) }
        let constant = moments.constantVariables
        var warnings: [String] = []
        if !constant.isEmpty {
            warnings.append(
                "\(constant.joined(separator: ", ")): the same value in every case, so that correlations and loadings "
                    + "do not exist; leave such items out")
        }
        if k == 1 { warnings.append("a scale of one item has no internal consistency") }
        let correlations = constant.isEmpty ? Moments.correlations(of: covariances) : nil
        let deviations = covariances.diagonal.map { $0.squareRoot() }

        let alpha = CronbachAlpha(covariances: covariances, cases: data.rows, level: level)
        let itemTotals = names.indices.map { Self.correctedItemTotal(covariances, $0) }
        let reversed = names.indices.filter { (itemTotals[$0] ?? 0) < 0 }.map { names[$0] }
        if !reversed.isEmpty {
            warnings.append(
                "\(reversed.joined(separator: ", ")): correlates negatively with the rest of the scale; "
                    + "reverse-coded items have to be reversed first")
        }
        if let alpha, alpha.value < 0 {
            warnings.append("alpha is negative: the items covary negatively on the whole, which no reliability allows")
        }

        var loadings: [Double]?
        if let correlations {
            loadings = Self.loadings(correlations, names, &warnings)
        }
        if let loadings {
            compositeReliability = CompositeReliability.value(standardizedLoadings: loadings)
            averageVarianceExtracted = CompositeReliability.averageVarianceExtracted(standardizedLoadings: loadings)
            omega = CompositeReliability.omega(
                loadings: zip(loadings, deviations).map { $0 * $1 },
                residualVariances: zip(loadings, deviations).map { (1 - $0 * $0) * $1 * $1 })
        } else {
            (compositeReliability, averageVarianceExtracted, omega) = (nil, nil, nil)
        }
        self.name = name
        n = data.rows
        self.alpha = alpha
        standardizedAlpha = correlations.flatMap(CronbachAlpha.value)
        meanInterItemCorrelation =
            k > 1 ? correlations.map { ($0.storage.reduce(0, +) - Double(k)) / Double(k * (k - 1)) } : nil
        items = names.indices.map { i in
            let others = names.indices.filter { $0 != i }
            return Item(
                item: names[i], mean: moments.means[i], standardDeviation: deviations[i],
                correctedItemTotal: itemTotals[i],
                alphaIfDropped: CronbachAlpha.value(covariances.submatrix(rows: others, columns: others)),
                standardizedLoading: loadings?[i])
        }
        self.warnings = warnings
    }

    /// The correlation of item i with the sum of the others: its covariances with them over the root of its variance times
    /// that of the rest.
    private static func correctedItemTotal(_ covariances: Matrix, _ i: Int) -> Double? {
        guard covariances.rows > 1 else { return nil }
        let row = covariances.row(i)
        let variance = covariances[i, i]
        let sum = row.reduce(0, +)
        let total = covariances.storage.reduce(0, +)
        let rest = total - 2 * sum + variance
        guard variance > 0, rest > 1e-12 * covariances.trace else { return nil }
        return min(max((sum - variance) / (variance * rest).squareRoot(), -1), 1)
    }

    /// The standardised loadings of a single factor, or nil, with the reason in `warnings`.
    private static func loadings(_ correlations: Matrix, _ names: [String], _ warnings: inout [String]) -> [Double]? {
        switch names.count {
        case 1: return nil
        case 2:
            let r = correlations[0, 1]
            guard r > 0 else {
                warnings.append("two items that do not correlate positively have no common factor")
                return nil
            }
            warnings.append("two items do not identify a factor: equal standardised loadings are assumed")
            return [r.squareRoot(), r.squareRoot()]
        default:
            do {
                let extraction = try FactorExtraction(
                    correlations, factors: 1, method: .maximumLikelihood, items: names)
                if !extraction.heywood.isEmpty {
                    warnings.append(
                        "Heywood case: \(extraction.heywood.map { names[$0] }.joined(separator: ", ")) has no unique "
                            + "variance left, so that omega, composite reliability and AVE are not to be trusted")
                }
                let loadings = extraction.loadings.column(0)
                let sign = loadings.reduce(0, +) < 0 ? -1.0 : 1
                return loadings.map { sign * $0 }
            } catch {
                warnings.append("no one-factor solution: \(error)")
                return nil
            }
        }
    }
}
