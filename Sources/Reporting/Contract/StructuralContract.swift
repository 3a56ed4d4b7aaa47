import Optimization
public import StructuralModels

extension JSON {
    /// The figures of a fitted structural model under the names of lavaan.
    ///
    /// - Parameters:
    ///   - model: The model at its estimates.
    ///   - level: The confidence level of the intervals.
    ///   - modificationIndices: The modification indices, when they were asked for.
    public static func structuralModel(
        _ model: FittedModel, level: Double = 0.95, modificationIndices: [ModificationIndex]? = nil
    ) -> [(String, JSON)] {
        let estimates = model.estimates(level: level)
        var members: [(String, JSON)] = [
            ("converged", .bool(model.convergence.hasConverged)), ("iterations", .integer(model.convergence.iterations)),
            ("nobs", .integer(model.caseCount)), ("ngroups", 1),
            ("fit", .object(model.fitMeasures().measures.map { ($0.name, JSON($0.value)) })),
            ("estimates", .array(estimates.map(JSON.init(estimate:)))),
            ("rsquare", .object(RSquared.values(estimates).map { ($0.variable, JSON($0.value)) })),
        ]
        if let indices = modificationIndices {
            members.append(("modindices", .array(indices.map(JSON.init(modificationIndex:)))))
        }
        return members
    }

    init(estimate row: ParameterEstimate) {
        self = [
            "lhs": .string(row.lhs), "op": .string(row.op), "rhs": .string(row.rhs), "block": 1,
            "label": .string(row.label), "est": JSON(row.raw.estimate), "se": JSON(row.raw.standardError),
            "z": JSON(row.raw.z), "pvalue": JSON(row.raw.pValue), "ci.lower": JSON(row.raw.lower),
            "ci.upper": JSON(row.raw.upper), "std.lv": JSON(row.stdLV), "std.all": JSON(row.stdAll?.estimate),
            "std.nox": JSON(row.stdNox), "std.all.se": JSON(row.stdAll?.standardError),
            "std.all.pvalue": JSON(row.stdAll?.pValue), "std.all.ci.lower": JSON(row.stdAll?.lower),
            "std.all.ci.upper": JSON(row.stdAll?.upper),
        ]
    }

    init(modificationIndex row: ModificationIndex) {
        self = [
            "lhs": .string(row.lhs), "op": .string(row.op), "rhs": .string(row.rhs), "mi": JSON(row.index),
            "epc": JSON(row.expectedChange), "sepc.lv": JSON(row.expectedChangeLV),
            "sepc.all": JSON(row.expectedChangeAll), "pvalue": JSON(row.pValue),
        ]
    }
}

/// The share of a dependent variable's variance that a model explains, 1 − ψ̂/σ̂².
public struct RSquared: Sendable, Equatable, Codable {
    /// The dependent variable.
    public let variable: String
    /// The share; nil where the implied variance is not positive.
    public let value: Double?

    /// The shares of all dependent variables of a model, in the order of its estimates.
    public static func values(_ estimates: [ParameterEstimate]) -> [RSquared] {
        var dependent: Set<String> = []
        for row in estimates {
            if row.op == "=~" { dependent.insert(row.rhs) }
            if row.op == "~" { dependent.insert(row.lhs) }
        }
        return estimates.filter { $0.op == "~~" && $0.lhs == $0.rhs && dependent.contains($0.lhs) }.map {
            RSquared(variable: $0.lhs, value: $0.stdAll.map { 1 - $0.estimate })
        }
    }
}
