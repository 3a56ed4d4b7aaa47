import SetTheoreticAnalysis

extension OutcomeSupplement {
    /// Necessary condition analysis of each condition with its bottleneck tables.
    mutating func addCeilings(
        _ settings: CeilingSettings, of analysis: ConfigurationalAnalysis, seed: UInt64, threads: Int
    ) throws {
        let data = analysis.cases.data
        var options = settings.options
        options.seed = seed
        options.threads = threads
        // Of memberships more is always more; raw values of a set that shrinks as they grow say the opposite.
        var isLower = false
        let y: [Double], name: String
        if settings.usesRawValues {
            var expression = outcome, isNegated = false
            if case .not(let inner) = expression { (expression, isNegated) = (inner, true) }
            guard case .set(let set, nil) = expression else {
                throw AnalysisError.unsuitable(
                    "`\(outcome)` has no raw values: ceilings of raw values take an outcome that is a variable; "
                        + "analyse memberships")
            }
            y = try analysis.rawValues(set)
            name = set
            isLower = isNegated != analysis.isFalling(set)
        } else {
            y = try data.membership(in: outcome)
            name = outcome.description
        }
        for condition in analysis.settings.conditions {
            if settings.usesRawValues, !settings.choosesCorner {
                let isRight = analysis.isFalling(condition)
                options.corner =
                    isLower ? (isRight ? .lowerRight : .lowerLeft) : (isRight ? .upperRight : .upperLeft)
            }
            let x = settings.usesRawValues ? try analysis.rawValues(condition) : try data.set(condition).values
            ceilings.append(
                try NecessaryConditionAnalysis(
                    x: x.map { $0 == CalibratedSet.notApplicable && data[condition]?.isTemporal == true ? .nan : $0 },
                    y: y, condition: condition, outcome: name, names: data.cases, options: options))
        }
        for technique in options.ceilings where technique != .ordinaryLeastSquares {
            bottlenecks.append(try BottleneckTable(ceilings, technique: technique))
        }
    }
}

extension ConfigurationalAnalysis {
    /// Whether a set was calibrated so that membership falls as raw values grow.
    fileprivate func isFalling(_ name: String) -> Bool {
        guard let anchors = cases.calibrations.first(where: { $0.name == name })?.anchors, anchors.count == 3,
            anchors[0].name.contains("exclusion")
        else { return false }
        return anchors[0].value > anchors[2].value
    }

    /// The raw values of a set: those it was calibrated from, or its own.
    fileprivate func rawValues(_ name: String) throws -> [Double] {
        if let result = cases.calibrations.first(where: { $0.name == name }) { return result.values }
        return try cases.data.set(name).values
    }
}
