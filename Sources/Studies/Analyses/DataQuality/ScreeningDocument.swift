import LinearAlgebra
import Psychometrics
public import Reporting

extension ScreeningStudy {
    /// The figures under the names of the contract.
    var members: [(String, JSON)] {
        func pairs(_ pairs: [AnswerConsistency.ItemPair]) -> JSON {
            .array(
                pairs.map { pair in
                    [
                        "item1": .string(screening.items[pair.first]), "item2": .string(screening.items[pair.second]),
                        "r": JSON(pair.correlation),
                    ]
                })
        }
        func figures(_ figures: ScreeningSensitivity.Figures) -> JSON {
            [
                "n": .integer(figures.n), "mean": JSON(figures.mean), "sd": JSON(figures.standardDeviation),
                "alpha": JSON(figures.alpha),
            ]
        }
        func names(_ rows: [Int]) -> JSON { JSON(rows.map { cases[$0] }) }
        return [
            ("n", .integer(screening.caseCount)), ("items", JSON(screening.items)), ("id", JSON(identifier)),
            (
                "indices",
                .array(
                    screening.results.map { result in
                        [
                            "index": .string(result.index.columnName), "threshold": JSON(result.threshold),
                            "source": .string(result.source), "n.flagged": .integer(result.flagged.count),
                            "flagged": names(result.flagged),
                        ]
                    })
            ),
            (
                "cases",
                .array(
                    cases.indices.map { row in
                        .object(
                            [("case", .string(cases[row])), ("row", .integer(row + 1))]
                                + screening.results.map { ($0.index.columnName, JSON($0.values[row])) }
                                + [("flags", .integer(screening.flagCounts[row]))])
                    })
            ), ("duplicates", .array(screening.matches.duplicates.map(names))), ("synonyms", pairs(screening.synonyms)),
            ("antonyms", pairs(screening.antonyms)),
            (
                "sensitivity",
                .array(
                    screening.sensitivity.map { row in
                        [
                            "scale": .string(row.scale), "all": figures(row.all),
                            "without.flagged": figures(row.withoutFlagged),
                            "without.flagged.twice": figures(row.withoutFlaggedTwice),
                        ]
                    })
            ),
        ]
    }

    /// The document of the contract.
    public var contract: JSON { .contract(analysis: "screening", warnings: warnings, members) }

    /// What is shown: the indices, how many cases they flag and which, and what the scales would be without them.
    public func blocks(limit: Int = 200) -> [Document.Block] {
        let any = screening.flagged(byAtLeast: 1).count, several = screening.flagged(byAtLeast: 2).count
        var blocks: [Document.Block] = [
            .paragraph(
                "\(any) of \(screening.caseCount) cases (\(Double(any) / Double(screening.caseCount), .percent(1))) are flagged by an index of careless responding or more, \(several) by two or more. The data were not changed."
            ), .table(.carelessIndices(screening)), .table(.flagCounts(screening)),
        ]
        if let table = Table.flaggedCases(self, limit: limit) { blocks.append(.table(table)) }
        if !screening.sensitivity.isEmpty { blocks.append(.table(.screeningSensitivity(screening))) }
        let chart = BarChart(
            groups: [
                .init(
                    bars: screening.results.filter { $0.threshold != nil }.map {
                        .init($0.index.title, count: $0.flagged.count)
                    })
            ], title: "Flagged cases", axisTitle: "Cases flagged")
        blocks.append(
            .figure(
                Figure(
                    title: "Cases Flagged by Each Index", drawing: chart.drawing(),
                    note: "Percentages are of all flags; a case may be flagged by several indices.")))
        return blocks + warnings.map { .callout(.init(.note, RichText(sentence: $0))) }
    }

    /// The tables for a terminal.
    public var document: Document {
        Document(title: "Screening", blocks: blocks(limit: 30).withoutFigures).numbered()
    }
}
