import LinearAlgebra
import Psychometrics

/// The battery of common-method-bias checks that reviewers ask for.
///
/// None of them proves the absence of method variance: Harman's test has no inferential basis, a common latent factor cannot
/// be told from a substantive one (Podsakoff et al. 2003, 2012; Richardson, Simmering & Sturman 2009), and a marker is as
/// good as its choice.
public struct MethodBias: Sendable {
    /// A model of the battery beside the measurement model.
    public struct Check: Sendable {
        /// What is checked.
        public enum Kind: String, Sendable, Codable {
            /// One factor for all items.
            case singleFactor
            /// A factor orthogonal to the constructs on which all items have the same loading.
            case commonLatentFactor
            /// A factor orthogonal to the constructs with free loadings of all items, ULMC (Podsakoff et al. 2003).
            case unmeasuredLatentMethodConstruct
        }

        /// What is checked.
        public var kind: Kind
        /// The fit, or why there is none.
        public var fit: Result<FittedModel, StructuralModelError>
        /// The difference of fit from the measurement model.
        public var comparison: ModelComparison?
        /// For each item, its standardised loading on its construct with and without the method factor, and that on the
        /// method factor.
        public var loadings: [ItemLoadings]
        /// The mean of the squared standardised loadings on the method factor: its share of the items' variance.
        public var methodVariance: Double?
    }

    /// An item's standardised loadings.
    public struct ItemLoadings: Sendable, Hashable, Codable {
        /// The item.
        public var item: String
        /// The loading on the construct in the measurement model.
        public var without: Double
        /// The loading on the construct beside the method factor.
        public var with: Double
        /// The loading on the method factor.
        public var method: Double

        /// How much of the loading the method factor takes; beyond 0.2 by the usual rule of thumb.
        public var difference: Double { without - with }
    }

    /// A correlation with the marker's taken out.
    public struct AdjustedCorrelation: Sendable, Hashable, Codable {
        /// The constructs' scale means.
        public var first: String
        /// The constructs' scale means.
        public var second: String
        /// The correlation.
        public var r: Double
        /// (r − r_M)/(1 − r_M) (Lindell & Whitney 2001, eq. 4).
        public var adjusted: Double
        /// The two-sided probability of the adjusted correlation, by t with N − 3 degrees of freedom.
        public var pValue: Double?
    }

    /// The marker-variable technique.
    public struct Marker: Sendable, Hashable, Codable {
        /// The marker variable.
        public var variable: String
        /// r_M: the marker's smallest absolute correlation with a construct's scale mean.
        public var correlation: Double
        /// The correlations of the constructs' scale means.
        public var correlations: [AdjustedCorrelation]
    }

    /// Harman's test: the share of variance of the first unrotated component and factor.
    public let harman: SingleFactorTest
    /// The measurement model.
    public let measurement: FittedModel
    /// The models of the battery.
    public let checks: [Check]
    /// The marker-variable technique, when a marker was named.
    public let marker: Marker?

    /// Carries out the battery.
    ///
    /// - Parameters:
    ///   - model: the constructs and their items; second-order constructs are left aside.
    ///   - data: the cases.
    ///   - marker: a variable of `data` that theory says is unrelated to the constructs.
    ///   - options: how the models are fitted.
    /// - Throws: the error of the measurement model, or a missing marker.
    public init(
        _ model: MeasurementModel, data: CompleteData, marker: String? = nil,
        options: EstimationOptions = EstimationOptions()
    ) throws {
        let first = MeasurementModel(constructs: model.constructs)
        let items = first.items
        let columns = try data.columns(of: items)
        let moments = SampleMoments(data: columns, names: items, divisor: .caseCount)
        let deviations = try SampleScreening.checkVariances(moments).map { $0.squareRoot() }
        let r = Matrix(rows: items.count, columns: items.count) {
            moments.covariance[$0, $1] / (deviations[$0] * deviations[$1])
        }
        harman = try SingleFactorTest(correlations: r, items: items)
        let measurement = try StructuralModel(first.syntax).fit(data, options: options)
        self.measurement = measurement
        let common = Self.check(.commonLatentFactor, first, measurement, data, options)
        // Free loadings on the method factor start at the equal ones, which the common latent factor has.
        let method = Self.check(
            .unmeasuredLatentMethodConstruct, first, measurement, data, options, near: try? common.fit.get())
        checks = [Self.check(.singleFactor, first, measurement, data, options), common, method]
        self.marker = try marker.map { try Self.marker($0, first, data) }
    }

    private static func check(
        _ kind: Check.Kind, _ model: MeasurementModel, _ measurement: FittedModel, _ data: CompleteData,
        _ options: EstimationOptions, near neighbour: FittedModel? = nil
    ) -> Check {
        let factor = model.freeName(kind == .singleFactor ? "single" : "method")
        var syntax = ""
        switch kind {
        case .singleFactor:
            syntax = MeasurementModel(constructs: [.init(name: factor, indicators: model.items)]).syntax
        case .commonLatentFactor, .unmeasuredLatentMethodConstruct:
            let label = kind == .commonLatentFactor ? "\(model.freeName("methodLoading"))*" : ""
            // The method factor's variance is one; the constructs keep their markers, so that the models are nested.
            let loadings = model.items.enumerated().map { index, item in
                (index == 0 ? "NA*\(quoted(item)) + " : "") + label + quoted(item)
            }
            syntax =
                model.syntax + "\(factor) =~ \(loadings.joined(separator: " + "))\n\(factor) ~~ 1*\(factor)\n"
                + model.constructs.map { "\(factor) ~~ 0*\(quoted($0.name))" }.joined(separator: "\n") + "\n"
        }
        let fit: Result<FittedModel, StructuralModelError>
        do {
            fit = .success(try StructuralModel(syntax).fit(data, options: options, near: neighbour))
        } catch let error as StructuralModelError {
            fit = .failure(error)
        } catch {
            fit = .failure(.notAvailable("\(error)"))
        }
        guard case .success(let fitted) = fit else {
            return Check(kind: kind, fit: fit, comparison: nil, loadings: [], methodVariance: nil)
        }
        if kind == .singleFactor {
            let comparison = try? ModelComparison(restricted: fitted, general: measurement)
            return Check(kind: kind, fit: fit, comparison: comparison, loadings: [], methodVariance: nil)
        }
        let loadings = compare(measurement, fitted, factor)
        return Check(
            kind: kind, fit: fit, comparison: try? ModelComparison(restricted: measurement, general: fitted),
            loadings: loadings,
            methodVariance: loadings.isEmpty
                ? nil : loadings.reduce(0) { $0 + $1.method * $1.method } / Double(loadings.count))
    }

    private static func compare(_ without: FittedModel, _ with: FittedModel, _ factor: String) -> [ItemLoadings] {
        func loadings(_ fit: FittedModel) -> [ParameterEstimate] {
            fit.estimates().filter { $0.op == ModelOperator.measurement.rawValue }
        }
        let after = loadings(with)
        return loadings(without).compactMap { row in
            guard let before = row.stdAll?.estimate,
                let now = after.first(where: { $0.lhs == row.lhs && $0.rhs == row.rhs })?.stdAll?.estimate,
                let method = after.first(where: { $0.lhs == factor && $0.rhs == row.rhs })?.stdAll?.estimate
            else { return nil }
            return ItemLoadings(item: row.rhs, without: before, with: now, method: method)
        }
    }

    private static func marker(_ name: String, _ model: MeasurementModel, _ data: CompleteData) throws -> Marker {
        let marker = try data.columns(of: [name])
        var columns = [marker.column(0)]
        for construct in model.constructs {
            let items = try data.columns(of: construct.indicators)
            columns.append(
                (0..<data.caseCount).map { row in
                    items.row(row).reduce(0, +) / Double(construct.indicators.count)
                })
        }
        let names = [name] + model.constructs.map(\.name)
        let table = try CorrelationTable(
            Matrix(rows: data.caseCount, columns: columns.count, columnMajor: columns.flatMap { $0 }), variables: names)
        func r(_ i: Int, _ j: Int) -> Double { table.correlations[i][j] ?? .nan }
        let smallest = (1..<names.count).map { abs(r(0, $0)) }.min() ?? 0
        var pairs: [AdjustedCorrelation] = []
        for b in 1..<names.count {
            for a in 1..<b {
                let adjusted = (r(a, b) - smallest) / (1 - smallest)
                pairs.append(
                    AdjustedCorrelation(
                        first: names[a], second: names[b], r: r(a, b), adjusted: adjusted,
                        pValue: partialCorrelationPValue(adjusted, degreesOfFreedom: data.caseCount - 3)))
            }
        }
        return Marker(variable: name, correlation: smallest, correlations: pairs)
    }
}
