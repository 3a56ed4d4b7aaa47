public import Reporting
public import StructuralModels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A fitted model with all that is reported of it.
public struct StructuralResult: Sendable {
    /// The model at its estimates.
    public let model: FittedModel
    /// The table of estimates.
    public let estimates: [ParameterEstimate]
    /// The effects along the regressions.
    public let effects: [Effect]
    /// The fit measures.
    public let fit: FitMeasures
    /// The bootstrap, when there was one.
    public let bootstrap: Bootstrap?
    /// The probability of fit by the bootstrap of Bollen and Stine (1992), when it was asked for.
    public let bollenStine: Double?
    /// What the reader should know.
    public let warnings: [String]

    /// A bootstrap with its intervals.
    public struct Bootstrap: Sendable {
        /// The draws.
        public let result: BootstrapResult
        /// The kind of interval.
        public let interval: BootstrapInterval
        /// What the draws say of the estimates, row by row.
        public let estimates: [BootstrapResult.RowSummary]
        /// What the draws say of the effects, row by row.
        public let effects: [BootstrapResult.RowSummary]
    }

    init(
        _ model: FittedModel, resampling: StructuralAnalysis.Resampling? = nil,
        progress: (@Sendable (_ done: Int, _ total: Int) -> Void)? = nil
    ) throws {
        self.model = model
        estimates = model.estimates()
        effects = model.effects()
        fit = model.fitMeasures()
        var warnings = model.warnings
        if model.omittedCount > 0 {
            let total = model.omittedCount + model.caseCount
            warnings.insert(
                "\(model.omittedCount) of \(total) cases left out, as they lack a value of a variable of the model",
                at: 0)
        }
        guard let resampling else {
            (bootstrap, bollenStine) = (nil, nil)
            self.warnings = warnings
            return
        }
        let threads = resampling.threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let total = resampling.draws
        let report: @Sendable (Int) -> Bool = { done in
            progress?(done, total)
            return true
        }
        func options(_ scheme: BootstrapOptions.Scheme) -> BootstrapOptions {
            BootstrapOptions(
                draws: total, scheme: scheme, seed: resampling.seed, threads: threads, progress: report)
        }
        let result = try model.bootstrap(options(.ordinary))
        let counts = result.counts
        if counts.used == 0 { throw AnalysisError.bootstrapFailed(draws: counts.requested) }
        if counts.failed > 0 {
            warnings.append(
                "bootstrap: \(counts.failed) of \(counts.requested) draws did not converge and were left out")
        }
        if counts.inadmissible > 0 {
            warnings.append(
                "bootstrap: \(counts.inadmissible) of \(counts.requested) draws have a negative variance; they are kept, "
                    + "as in lavaan and AMOS")
        }
        bootstrap = Bootstrap(
            result: result, interval: resampling.interval, estimates: result.estimates(resampling.interval.method),
            effects: result.effects(resampling.interval.method))
        bollenStine = resampling.testsModel ? try model.bootstrap(options(.bollenStine)).fitPValue : nil
        self.warnings = warnings
    }

    /// The figures of the contract.
    public func contractMembers(modificationIndices: Bool = false, residuals: Bool = false) -> [(String, JSON)] {
        var members = JSON.structuralModel(
            model, estimates: estimates, effects: effects,
            bootstrap: bootstrap.map { ($0.result, $0.interval.method) },
            modificationIndices: modificationIndices ? model.modificationIndices() : nil)
        if residuals { members.append(("residuals", JSON.residuals(model.residuals()))) }
        if let bollenStine { members.append(("bollen.stine.pvalue", .number(bollenStine))) }
        return members
    }

    /// The document of the contract.
    public func contract(modificationIndices: Bool = false, residuals: Bool = false) -> JSON {
        .contract(
            analysis: "sem", warnings: warnings,
            contractMembers(modificationIndices: modificationIndices, residuals: residuals))
    }
}
