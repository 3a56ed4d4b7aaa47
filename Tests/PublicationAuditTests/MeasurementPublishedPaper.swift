import Foundation
import PublicationAudit
import Testing

/// A published paper on inter-organizational learning as its audit file states it: tables as printed, claims of the text.
enum MeasurementPublishedPaper {
    static func paper() throws -> Paper {
        Paper(
            title: "Inter-organizational learning", samples: [Sample("respondents", size: PrintedNumber(366))],
            constructs: try constructs(), tables: try tables(), claims: try claims(),
            designs: [.scales, .cfa, .sem, .mediation, .moderation], alsoReported: ["software", "estimator"])
    }

    static func tables() throws -> [any AuditedTable] {
        let kinds: [any AuditedTable.Type] = [
            CountTable.self, ReliabilityTable.self, LoadingTable.self, LoadingTable.self, LoadingTable.self,
            LoadingTable.self, PathTable.self, OtherTable.self,
        ]
        return try kinds.enumerated().map { index, kind in
            let url = Bundle.module.bundleURL.appending(
                path: "Files/inter-organizational-learning/table-\(index + 1).txt")
            let name = "Table \(index + 1)"
            let text = try TextTable(String(contentsOf: url, encoding: .utf8), table: name)
            let options: [String: PastedTable.OptionText] =
                index == 6 ? ["legend": PastedTable.OptionText("*** .001, ** .005, * .01")] : [:]
            return try kind.init(PastedTable(name: name, text: text, options: options))
        }
    }

    static func constructs() throws -> [PaperConstruct] {
        [
            PaperConstruct(names: ["X11", "The amount of knowledge exchange"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["X12", "Degree of information sharing"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["X13", "Management support"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["X14", "Cultural acceptance"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["M11", "Knowledge Creation"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["M12", "Knowledge Sharing"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["M13", "Knowledge Utilization"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["M21", "Imagination"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["M22", "Presentation Skill"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["M23", "Knowledge Accumulation"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["Y11", "Market Performance"], items: try PrintedNumber("5")),
            PaperConstruct(names: ["Y12", "Product Performance"], items: try PrintedNumber("5")),
        ]
    }

    static func claims() throws -> [TextClaim] {
        [
            TextClaim(
                says: "a population sample size of between 4364", place: "Research methodology",
                statement: .equals(try PrintedNumber("4364"), ArithmeticExpression("1778 * 3"))),
            TextClaim(
                says: "and 7152 people", place: "Research methodology",
                statement: .equals(try PrintedNumber("7152"), ArithmeticExpression("1778 * 4"))),
            TextClaim(
                says: "(20 × 12) = 240 samples", place: "Research methodology",
                statement: .equals(try PrintedNumber("240"), ArithmeticExpression("20 * 12"))),
            TextClaim(
                says: "an increase of 40 % … the final sample size is 336", place: "Research methodology",
                statement: .equals(try PrintedNumber("336"), ArithmeticExpression("240 * 140%"))),
            TextClaim(
                says: "The value of corrected item total correlation (CITC) is greater than 0.4",
                place: "text before Table 2",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "CITC"), .above, try PrintedNumber("0.4"))),
            TextClaim(
                says: "Cronbach's α values of all dimensions and scales were higher than 0.8",
                place: "text before Table 2",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "alpha"), .above, try PrintedNumber("0.8"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, X11",
                statement: .all(
                    TextClaim.ColumnReference(
                        table: "Table 2", column: "deleted", rows: ["The amount of knowledge exchange"]), .below,
                    try PrintedNumber("0.800"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, X13",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Management support"]),
                    .below, try PrintedNumber("0.849"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, X14",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Cultural acceptance"]),
                    .below, try PrintedNumber("0.907"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, M11",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Knowledge Creation"]),
                    .below, try PrintedNumber("0.879"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, M12",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Knowledge Sharing"]), .below,
                    try PrintedNumber("0.867"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, M13",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Knowledge Utilization"]),
                    .below, try PrintedNumber("0.866"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, M21",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Imagination"]), .below,
                    try PrintedNumber("0.894"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, M22",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Presentation Skill"]),
                    .below, try PrintedNumber("0.865"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, M23",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Knowledge Accumulation"]),
                    .below, try PrintedNumber("0.832"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, Y11",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Market Performance"]),
                    .below, try PrintedNumber("0.892"))),
            TextClaim(
                says: "The α after each item is deleted is smaller than the α of the dimension",
                place: "text before Table 2, Y12",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 2", column: "deleted", rows: ["Product Performance"]),
                    .below, try PrintedNumber("0.892"))),
            TextClaim(
                says: "the standardized factor loads of all items ranged from 0.48 to 0.84",
                place: "text before Table 3",
                statement: .range(
                    TextClaim.ColumnReference(table: "Table 3", column: "standardized"),
                    from: try PrintedNumber("0.48"), to: try PrintedNumber("0.84"))),
            TextClaim(
                says: "The component reliability (CR) is greater than 0.8", place: "text before Table 3",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 3", column: "CR"), .above, try PrintedNumber("0.8"))),
            TextClaim(
                says: "AVE of each dimension is greater than 0.5", place: "text before Table 3",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 3", column: "AVE"), .above, try PrintedNumber("0.5"))),
            TextClaim(
                says: "in line with … the standardized factor load is greater than 0.5", place: "text before Table 3",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 3", column: "standardized"), .above,
                    try PrintedNumber("0.5"))),
            TextClaim(
                says: "the standardized factor loads of all items ranged from 0.62 to 0.89",
                place: "text before Table 4",
                statement: .range(
                    TextClaim.ColumnReference(table: "Table 4", column: "standardized"),
                    from: try PrintedNumber("0.62"), to: try PrintedNumber("0.89"))),
            TextClaim(
                says: "The component reliability (CR) is greater than 0.8", place: "text before Table 4",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 4", column: "CR"), .above, try PrintedNumber("0.8"))),
            TextClaim(
                says: "AVE of each dimension is greater than 0.5", place: "text before Table 4",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 4", column: "AVE"), .above, try PrintedNumber("0.5"))),
            TextClaim(
                says: "in line with … the standardized factor load is greater than 0.5", place: "text before Table 4",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 4", column: "standardized"), .above,
                    try PrintedNumber("0.5"))),
            TextClaim(
                says: "the standardized factor loads of all items ranged from 0.65 to 0.83",
                place: "text before Table 5",
                statement: .range(
                    TextClaim.ColumnReference(table: "Table 5", column: "standardized"),
                    from: try PrintedNumber("0.65"), to: try PrintedNumber("0.83"))),
            TextClaim(
                says: "The component reliability (CR) is greater than 0.8", place: "text before Table 5",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 5", column: "CR"), .above, try PrintedNumber("0.8"))),
            TextClaim(
                says: "AVE of each dimension is greater than 0.5", place: "text before Table 5",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 5", column: "AVE"), .above, try PrintedNumber("0.5"))),
            TextClaim(
                says: "in line with … the standardized factor load is greater than 0.5", place: "text before Table 5",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 5", column: "standardized"), .above,
                    try PrintedNumber("0.5"))),
            TextClaim(
                says: "the standardized factor loads of all items ranged from 0.70 to 0.84",
                place: "text before Table 6",
                statement: .range(
                    TextClaim.ColumnReference(table: "Table 6", column: "standardized"),
                    from: try PrintedNumber("0.70"), to: try PrintedNumber("0.84"))),
            TextClaim(
                says: "The component reliability (CR) is greater than 0.8", place: "text before Table 6",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 6", column: "CR"), .above, try PrintedNumber("0.8"))),
            TextClaim(
                says: "AVE of each dimension is greater than 0.6", place: "text before Table 6",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 6", column: "AVE"), .above, try PrintedNumber("0.6"))),
            TextClaim(
                says: "in line with … the standardized factor load is greater than 0.5", place: "text before Table 6",
                statement: .all(
                    TextClaim.ColumnReference(table: "Table 6", column: "standardized"), .above,
                    try PrintedNumber("0.5"))),
            TextClaim(
                says: "the standardized factor load of each observed variable is almost greater than 0.7",
                place: "text before Figure 2",
                statement: .all(
                    TextClaim.ColumnReference(
                        table: "Table 7", column: "standardized",
                        rows: [
                            "X11 <-- IL", "X12 <-- IL", "X13 <-- IL", "X14 <-- IL", "M11 <-- KM", "M12 <-- KM",
                            "M13 <-- KM", "M21 <-- IC", "M22 <-- IC", "M23 <-- IC", "Y11 <-- EI", "Y12 <-- EI",
                        ]), .above, try PrintedNumber("0.7"))),
            TextClaim(
                says: "The standardized path coefficient … is 0.638", place: "Hypothesis testing",
                statement: .repeats(
                    TextClaim.ColumnReference(table: "Table 7", column: "Std Regression Weights", rows: ["KM <-- IL"]),
                    try PrintedNumber("0.638"))),
            TextClaim(
                says: "KM <-- IL: P < 0.001", place: "Hypothesis testing",
                statement: .probability(
                    TextClaim.ColumnReference(table: "Table 7", rows: ["KM <-- IL"]), try PrintedNumber("< 0.001"))),
            TextClaim(
                says: "The standardized path coefficient … is 0.428", place: "Hypothesis testing",
                statement: .repeats(
                    TextClaim.ColumnReference(table: "Table 7", column: "Std Regression Weights", rows: ["IC <-- IL"]),
                    try PrintedNumber("0.428"))),
            TextClaim(
                says: "IC <-- IL: P < 0.001", place: "Hypothesis testing",
                statement: .probability(
                    TextClaim.ColumnReference(table: "Table 7", rows: ["IC <-- IL"]), try PrintedNumber("< 0.001"))),
            TextClaim(
                says: "The standardized path coefficient … is 0.200", place: "Hypothesis testing",
                statement: .repeats(
                    TextClaim.ColumnReference(table: "Table 7", column: "Std Regression Weights", rows: ["EI <-- IL"]),
                    try PrintedNumber("0.200"))),
            TextClaim(
                says: "EI <-- IL: P < 0.05", place: "Hypothesis testing",
                statement: .probability(
                    TextClaim.ColumnReference(table: "Table 7", rows: ["EI <-- IL"]), try PrintedNumber("< 0.05"))),
            TextClaim(
                says: "The standardized path coefficient … is 0.377", place: "Hypothesis testing",
                statement: .repeats(
                    TextClaim.ColumnReference(table: "Table 7", column: "Std Regression Weights", rows: ["EI <-- KM"]),
                    try PrintedNumber("0.377"))),
            TextClaim(
                says: "EI <-- KM: P < 0.001", place: "Hypothesis testing",
                statement: .probability(
                    TextClaim.ColumnReference(table: "Table 7", rows: ["EI <-- KM"]), try PrintedNumber("< 0.001"))),
            TextClaim(
                says: "The standardized path coefficient … is 0.204", place: "Hypothesis testing",
                statement: .repeats(
                    TextClaim.ColumnReference(table: "Table 7", column: "Std Regression Weights", rows: ["EI <-- IC"]),
                    try PrintedNumber("0.204"))),
            TextClaim(
                says: "EI <-- IC: P < 0.001", place: "Hypothesis testing",
                statement: .probability(
                    TextClaim.ColumnReference(table: "Table 7", rows: ["EI <-- IC"]), try PrintedNumber("< 0.001"))),
        ]
    }
}
