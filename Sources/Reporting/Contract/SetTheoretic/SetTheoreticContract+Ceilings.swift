public import SetTheoreticAnalysis

extension JSON {
    /// Necessary condition analysis, with figures under the names that NCA for R prints.
    public static func ceilings(_ analyses: [NecessaryConditionAnalysis], bottlenecks: [BottleneckTable]) -> JSON {
        let members: [(String, JSON)] = [
            ("conditions", .array(analyses.map(ceiling))), ("bottlenecks", .array(bottlenecks.map(bottleneck))),
        ]
        return .object(members)
    }

    private static func ceiling(_ analysis: NecessaryConditionAnalysis) -> JSON {
        let members: [(String, JSON)] = [
            ("condition", .string(analysis.condition)), ("outcome", .string(analysis.outcome)),
            ("n", .integer(analysis.cases.count)), ("corner", .integer(analysis.options.corner.rawValue)),
            ("scope", .number(analysis.scope)), ("x.range", range(analysis.conditionRange)),
            ("y.range", range(analysis.outcomeRange)), ("ceilings", .array(analysis.ceilings.map(ceiling))),
            ("notes", JSON(analysis.notes)),
        ]
        return .object(members)
    }

    private static func range(_ range: ClosedRange<Double>) -> JSON { JSON([range.lowerBound, range.upperBound]) }

    private static func ceiling(_ ceiling: NecessityCeiling) -> JSON {
        var members: [(String, JSON)] = [
            ("ceiling", .string(ceiling.technique.description)), ("ceiling.zone", JSON(ceiling.zone)),
            ("effect.size", JSON(ceiling.effectSize)), ("magnitude", JSON(ceiling.magnitude?.rawValue)),
            ("above", JSON(ceiling.casesAbove)), ("c.accuracy", JSON(ceiling.accuracy)), ("fit", JSON(ceiling.fit)),
        ]
        if let test = ceiling.test {
            members += [
                ("p.value", .number(test.p)), ("p.accuracy", .number(test.accuracy)),
                ("threshold", .number(test.threshold)), ("test.rep", .integer(test.permutations)),
                ("exact", .bool(test.isExact)),
            ]
        }
        members += [
            ("slope", JSON(ceiling.slope)), ("intercept", JSON(ceiling.intercept)),
            ("abs.ineff", JSON(ceiling.inefficiency?.absolute)), ("rel.ineff", JSON(ceiling.inefficiency?.relative)),
            ("condition.ineff", JSON(ceiling.inefficiency?.condition)),
            ("outcome.ineff", JSON(ceiling.inefficiency?.outcome)), ("peers", JSON(ceiling.peers.map(\.name))),
        ]
        return .object(members)
    }

    private static func bottleneck(_ table: BottleneckTable) -> JSON {
        let rows = table.rows.map { row in
            let cells = zip(table.conditions, row.cells).map { name, cell -> (String, JSON) in
                if case .level(let value, let below) = cell {
                    return (name, .object([("level", .number(value)), ("cases.below", .integer(below))]))
                }
                return (name, .string(cell.description))
            }
            return JSON.object([("level", .number(row.level)), ("conditions", .object(cells))])
        }
        let members: [(String, JSON)] = [
            ("ceiling", .string(table.technique.description)), ("outcome", .string(table.outcome)),
            ("bottleneck.x", .string(table.conditionUnit.rawValue)),
            ("bottleneck.y", .string(table.outcomeUnit.rawValue)), ("rows", .array(rows)),
        ]
        return .object(members)
    }
}
