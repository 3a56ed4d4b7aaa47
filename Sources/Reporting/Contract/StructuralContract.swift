import LinearAlgebra
import Optimization
public import Probability
public import StructuralModels

extension JSON {
    /// The figures of a fitted structural model under the names of lavaan.
    ///
    /// - Parameters:
    ///   - model: The model at its estimates.
    ///   - estimates: Its table of estimates.
    ///   - effects: Its effects.
    ///   - bootstrap: Its bootstrap and the kind of interval, when there was one.
    ///   - modificationIndices: The modification indices, when they were asked for.
    public static func structuralModel(
        _ model: FittedModel, estimates: [ParameterEstimate], effects: [Effect],
        bootstrap: (result: BootstrapResult, method: BootstrapMethod)? = nil,
        modificationIndices: [ModificationIndex]? = nil
    ) -> [(String, JSON)] {
        let rows = bootstrap.map { $0.result.estimates($0.method) }
        let effectRows = bootstrap.map { $0.result.effects($0.method) }
        var members: [(String, JSON)] = [
            ("converged", .bool(model.convergence.hasConverged)),
            ("iterations", .integer(model.convergence.iterations)),
            ("nobs", .integer(model.caseCount)), ("ngroups", 1),
            ("fit", .object(model.fitMeasures().measures.map { ($0.name, JSON($0.value)) })),
            (
                "estimates",
                .array(
                    estimates.indices.map { index in
                        JSON(estimate: estimates[index], bootstrap: rows.map { $0[index] })
                    })
            ),
            ("rsquare", .object(RSquared.values(estimates).map { ($0.variable, JSON($0.value)) })),
            (
                "effects",
                .array(
                    effects.indices.map { index in
                        JSON(effect: effects[index], bootstrap: effectRows.map { $0[index] })
                    })
            ),
        ]
        if let bootstrap {
            let counts = bootstrap.result.counts
            members.append(
                (
                    "bootstrap",
                    [
                        "draws": .integer(counts.requested), "used": .integer(counts.used),
                        "failed": .integer(counts.failed), "inadmissible": .integer(counts.inadmissible),
                        "interval": .string(bootstrap.method.rawValue),
                        "seed": JSON(Int(clamping: bootstrap.result.seed)),
                    ]
                ))
        }
        if let indices = modificationIndices {
            members.append(("modindices", .array(indices.map(JSON.init(modificationIndex:)))))
        }
        return members
    }

    private static func bootstrapMembers(_ row: BootstrapResult.RowSummary?) -> [(String, JSON)] {
        func members(_ prefix: String, _ summary: BootstrapResult.Summary?) -> [(String, JSON)] {
            [
                ("\(prefix).se", JSON(summary?.standardError)), ("\(prefix).bias", JSON(summary?.bias)),
                ("\(prefix).ci.lower", JSON(summary?.lower)), ("\(prefix).ci.upper", JSON(summary?.upper)),
                ("\(prefix).pvalue", JSON(summary?.pValue)),
            ]
        }
        return members("boot", row?.raw) + members("boot.std.all", row?.stdAll)
    }

    /// An effect: its kind, its chain, and the figures under the names of the estimates.
    init(effect: Effect, bootstrap: BootstrapResult.RowSummary? = nil) {
        var members: [(String, JSON)] = [
            ("kind", .string(effect.kind.rawValue)), ("from", .string(effect.cause)), ("to", .string(effect.outcome)),
            ("chain", JSON(effect.chain)), ("est", JSON(effect.raw.estimate)), ("se", JSON(effect.raw.standardError)),
            ("z", JSON(effect.raw.z)), ("pvalue", JSON(effect.raw.pValue)), ("ci.lower", JSON(effect.raw.lower)),
            ("ci.upper", JSON(effect.raw.upper)), ("std.all", JSON(effect.stdAll?.estimate)),
        ]
        if bootstrap != nil { members += Self.bootstrapMembers(bootstrap) }
        self = .object(members)
    }

    init(estimate row: ParameterEstimate, bootstrap: BootstrapResult.RowSummary? = nil) {
        let members: JSON = [
            "lhs": .string(row.lhs), "op": .string(row.op), "rhs": .string(row.rhs), "block": 1,
            "label": .string(row.label), "est": JSON(row.raw.estimate), "se": JSON(row.raw.standardError),
            "z": JSON(row.raw.z), "pvalue": JSON(row.raw.pValue), "ci.lower": JSON(row.raw.lower),
            "ci.upper": JSON(row.raw.upper), "std.lv": JSON(row.stdLV), "std.all": JSON(row.stdAll?.estimate),
            "std.nox": JSON(row.stdNox), "std.all.se": JSON(row.stdAll?.standardError),
            "std.all.pvalue": JSON(row.stdAll?.pValue), "std.all.ci.lower": JSON(row.stdAll?.lower),
            "std.all.ci.upper": JSON(row.stdAll?.upper),
        ]
        guard bootstrap != nil, case .object(let own) = members else {
            self = members
            return
        }
        self = .object(own + Self.bootstrapMembers(bootstrap))
    }

    /// The residuals of the covariances (and means), as `lavResiduals()` names them.
    public static func residuals(_ residuals: ModelResiduals) -> JSON {
        [
            "variables": JSON(residuals.variables), "cov": JSON(residuals.raw.rowArrays),
            "cov.z": .rows(residuals.standardized), "cor.bollen": JSON(residuals.correlation.rowArrays),
            "mean": residuals.means.map { JSON($0) } ?? .null,
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
