public import SetTheoreticAnalysis

extension JSON {
    /// The members `truth_table`, `necessity` and `solutions` of one outcome.
    ///
    /// - Parameters:
    ///   - table: The truth table.
    ///   - includesRemainders: Whether the rows that no case shows are listed too.
    public static func truthTable(_ table: TruthTable, includesRemainders: Bool = false) -> JSON {
        func configuration(_ configuration: Conjunction) -> JSON {
            .object(
                table.conditions.names.enumerated().map { ($1, JSON(configuration[$0])) })
        }
        let observed = table.rows.map { row in
            (
                row.number,
                JSON.object([
                    ("row", .integer(row.number)), ("configuration", configuration(row.configuration)),
                    ("out", .string(row.output.rawValue)), ("n", .integer(row.count)), ("incl", JSON(row.inclusion)),
                    ("PRI", JSON(row.pri)), ("cases", JSON(row.cases.map { table.data.cases[$0] })),
                    ("deviant", JSON(row.deviantCases.map { table.data.cases[$0] })),
                ])
            )
        }
        guard includesRemainders else { return .array(observed.map(\.1)) }
        let remainders = table.remainderRows().map { number, levels in
            (
                number,
                JSON.object([
                    ("row", .integer(number)), ("configuration", configuration(levels)), ("out", "?"),
                    ("n", .integer(0)), ("incl", .null), ("PRI", .null), ("cases", .array([])), ("deviant", .array([])),
                ])
            )
        }
        return .array((observed + remainders).sorted { $0.0 < $1.0 }.map(\.1))
    }

    /// Necessity of single conditions; `consH.nec` is Haesebrouck's consistency of the condition as a superset of the
    /// outcome, not the `consH` of sufficiency that terms have.
    public static func necessity(_ rows: [NecessityTable.Row]) -> JSON {
        .array(
            rows.map { row in
                .object(
                    [("expression", .string(row.expression))] + fit(row.fit)
                        + [
                            ("consH.nec", JSON(row.haesebrouckConsistency)), ("necessary", .bool(row.isNecessary)),
                            ("trivial", .bool(row.isTrivial)),
                        ])
            })
    }

    /// The figures of a necessity relation.
    static func fit(_ fit: NecessityFit) -> [(String, JSON)] {
        [("inclN", JSON(fit.inclusion)), ("RoN", JSON(fit.relevance)), ("covN", JSON(fit.coverage))]
    }

    /// The figures of a sufficiency relation.
    static func fit(_ fit: SufficiencyFit) -> [(String, JSON)] {
        [("inclS", JSON(fit.inclusion)), ("PRI", JSON(fit.pri)), ("covS", JSON(fit.coverage))]
    }

    /// The solutions of a standard analysis, by kind.
    public static func solutions(_ analysis: StandardAnalysis) -> JSON {
        .object(
            Solution.Kind.allCases.compactMap { kind in
                guard let solution = analysis[kind], analysis.options.kinds.contains(kind) else { return nil }
                return (kind.rawValue, .solution(solution, of: analysis.table))
            })
    }

    private static func solution(_ solution: Solution, of table: TruthTable) -> JSON {
        // Models share terms, of which there are few.
        var weighted: [Conjunction: JSON] = [:]
        for term in solution.models.flatMap(\.terms) where weighted[term] == nil {
            weighted[term] = JSON(
                SufficiencyFit.haesebrouckConsistency(table.membership(in: term), in: table.outcomeMembership))
        }
        let models = solution.models.enumerated().map { index, content in
            model(content, name: "M\(index + 1)", of: table, weighted: weighted)
        }
        let proof = solution.proof
        let members: [(String, JSON)] = [
            ("models", .array(models)), ("model.count", .integer(proof.modelCount)),
            ("model.count.exact", .bool(proof.countIsExact)), ("exhaustive", .bool(proof.isExhaustive)),
            ("minimum.proven", .bool(proof.isMinimumProven)), ("lower.bound", .integer(proof.lowerBound)),
            ("prime.count", .integer(solution.primes.count)),
            ("primes", JSON(solution.primes.prefix(1000).map { table.conditions.expression($0) })),
            ("essential", JSON(solution.essential.map { table.conditions.expression($0) })),
        ]
        return .object(members)
    }

    private static func model(
        _ model: Solution.Model, name: String, of table: TruthTable, weighted: [Conjunction: JSON]
    ) -> JSON {
        var members: [(String, JSON)] = [("name", .string(name))]
        if !model.origins.isEmpty { members.append(("from", JSON(model.origins))) }
        let terms = zip(model.terms, model.fit.terms).map { term, fit -> JSON in
            var members: [(String, JSON)] = [("expression", .string(table.conditions.expression(term)))]
            members += Self.fit(fit.sufficiency)
            members.append(("consH", weighted[term] ?? .null))
            members.append(("covU", JSON(fit.uniqueCoverage)))
            members.append(("cases", JSON(fit.cases.map { table.data.cases[$0] })))
            return .object(members)
        }
        members.append(("terms", .array(terms)))
        return .object(members + fit(model.fit.model))
    }
}
