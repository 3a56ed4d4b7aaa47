import Datasets
import LinearAlgebra
import StudyDesign

extension ResponseStudy {
    /// The disposition of each unit; a unit without a code has not answered.
    static func dispositions(_ list: Dataset, _ plan: Plan, _ warnings: inout [String]) throws -> [Disposition] {
        let column = try list.column(plan.disposition), texts = column.texts
        var known: [String: Disposition] = [:], words: [String: String] = [:]
        for entry in column.valueLabels { words[entry.label] = entry.code.description }
        for disposition in Disposition.allCases {
            for code in plan.codes[disposition] ?? [] {
                let value = words[code] ?? code
                if let other = known.updateValue(disposition, forKey: value) {
                    throw AnalysisError.unsuitable(
                        "the value \(code) of \(plan.disposition) is both `\(other.rawValue)` and `\(disposition.rawValue)`; give it once"
                    )
                }
            }
        }
        guard known.values.contains(.complete) else {
            throw AnalysisError.unsuitable(
                "say which values of \(plan.disposition) mean a complete questionnaire (`complete`)")
        }
        let values = Set(texts.compactMap { $0 })
        if let stranger = known.keys.filter({ !values.contains($0) }).min(), !values.isEmpty {
            warnings.append("no unit has \(plan.disposition) = \(stranger)")
        }
        let missing = texts.count { $0 == nil }
        if missing > 0 {
            warnings.append("\(missing) units without \(plan.disposition) count as `noncontact`: no answer yet")
        }
        return try texts.enumerated().map { row, text in
            guard let text else { return .noncontact }
            guard let disposition = known[text] else {
                throw AnalysisError.unsuitable(
                    "data row \(row + 1): \(plan.disposition) is \(text), which is no disposition; say what it means, for example "
                        + "`noncontact`, `refusal`, `partial`, `unknown` or `ineligible`")
            }
            return disposition
        }
    }

    /// The wording of a variable's values in some rows, where none may be missing.
    static func words(_ list: Dataset, _ name: String, _ rows: [Int]) throws -> [String] {
        let values = try wording(list, name)
        return try rows.map { row in
            guard let value = values[row] else { throw SamplingError.missingValue(variable: name, row: row + 1) }
            return value
        }
    }

    /// The wording of a variable's values, nil where missing.
    static func wording(_ list: Dataset, _ name: String) throws -> [String?] {
        let column = try list.column(name)
        var words: [String: String] = [:]
        for entry in column.valueLabels { words[entry.code.description] = entry.label }
        return column.texts.map { $0.map { words[$0] ?? $0 } }
    }

    static func timeline(
        _ list: Dataset, _ plan: Plan, _ answered: [Int], invited: Int
    ) throws -> ResponseTimeline? {
        if let wave = plan.wave {
            let texts = try list.column(wave).texts
            return ResponseTimeline(waves: answered.map { texts[$0] }, invited: invited)
        }
        guard let date = plan.date else { return nil }
        return ResponseTimeline(dates: try dates(list, date, answered), invited: invited)
    }

    private static func dates(_ list: Dataset, _ name: String, _ rows: [Int]) throws -> [CivilDate?] {
        let texts = try list.column(name).texts
        return try rows.map { row in
            guard let text = texts[row] else { return nil }
            // A time may follow the date.
            guard let date = CivilDate(String(text.prefix(10))) else {
                throw AnalysisError.unsuitable(
                    "data row \(row + 1): \(name) is \(text.prefix(40)), which is no date; write 2024-03-01, or number waves and name "
                        + "them with `wave`")
            }
            return date
        }
    }

    /// Two groups of rows in all variables known of them.
    static func comparison(
        _ list: Dataset, rows: [Int], isFirst: [Bool], _ names: [String], bound: Double, _ first: String,
        _ second: String
    ) throws -> AttritionStudy {
        let status = "response.group"
        let data = try list.selectingRows(rows).setting(
            Column(name: status, texts: isFirst.map { $0 ? first : second }))
        guard isFirst.contains(true), isFirst.contains(false) else {
            throw AnalysisError.unsuitable(
                "all \(rows.count) units belong to the group \(isFirst.contains(true) ? first : second), so that there is nothing to "
                    + "compare; leave the comparison out")
        }
        return try AttritionStudy(data, status: status, kept: [first], variables: names, bound: bound)
    }

    /// Early against late respondents: the first wave against the last, or the first quarter of the dates against the last
    /// (Armstrong & Overton 1977).
    static func waves(
        _ list: Dataset, _ plan: Plan, _ respondents: [Int], _ warnings: inout [String]
    ) throws -> (AttritionStudy?, (early: String, late: String)) {
        guard !plan.compareWaves.isEmpty else { return (nil, ("", "")) }
        var early: Set<Int> = [], late: Set<Int> = []
        let names: (early: String, late: String)
        if let wave = plan.wave {
            let texts = try list.column(wave).texts
            let steps = ResponseTimeline(waves: respondents.map { texts[$0] }, invited: 1).steps
            guard let first = steps.first, let last = steps.last, steps.count > 1 else {
                throw AnalysisError.unsuitable(
                    "\(wave) has one value among respondents, so that early and late cannot be told apart; leave the comparison out"
                )
            }
            early = Set(respondents.filter { texts[$0] == first.label })
            late = Set(respondents.filter { texts[$0] == last.label })
            names = ("\(wave) \(first.label)", "\(wave) \(last.label)")
        } else if let name = plan.date {
            let dates = try dates(list, name, respondents)
            let known = zip(respondents, dates).compactMap { row, date in date.map { (row, $0) } }.sorted {
                ($0.1, $0.0) < ($1.1, $1.0)
            }
            guard known.count > 7, let first = known.first?.1, let last = known.last?.1, first < last else {
                throw AnalysisError.unsuitable(
                    "early and late respondents take eight dates or more that differ; leave the comparison out")
            }
            let lower = known[known.count / 4 - 1].1, upper = known[known.count - known.count / 4].1
            guard lower < upper else {
                throw AnalysisError.unsuitable(
                    "most answers came on \(lower), so that early and late cannot be told apart; leave the comparison out"
                )
            }
            early = Set(known.filter { $0.1 <= lower }.map(\.0))
            late = Set(known.filter { $0.1 >= upper }.map(\.0))
            names = ("until \(lower)", "from \(upper)")
        } else {
            throw AnalysisError.unsuitable("early and late respondents need `wave` or `date`; name the variable")
        }
        let rows = respondents.filter { early.contains($0) || late.contains($0) }
        return (
            try comparison(
                list, rows: rows, isFirst: rows.map(early.contains), plan.compareWaves, bound: plan.bound, "early",
                "late"),
            names
        )
    }

    static func weights(
        _ list: Dataset, _ wanted: Weights, _ rows: [Int], _ responded: [Bool]
    ) throws -> NonresponseWeights {
        var base = [Double](repeating: 1, count: rows.count)
        if let name = wanted.base {
            let numbers = try list.numericMatrix([name], missing: .keep).matrix.column(0)
            base = rows.map { numbers[$0] }
            if let bad = rows.first(where: { !(numbers[$0] > 0) }) {
                throw AnalysisError.unsuitable(
                    "data row \(bad + 1): the design weight \(name) is \(numbers[bad].isNaN ? "missing" : String(numbers[bad])), but "
                        + "must be above 0")
            }
        }
        var classes: [String]?
        for name in wanted.classes {
            let values = try words(list, name, rows)
            classes = classes.map { zip($0, values).map { "\($0) × \($1)" } } ?? values
        }
        var margins: [Raking.Margin] = []
        for (variable, totals) in wanted.margins {
            margins.append(Raking.Margin(variable, categories: try words(list, variable, rows), totals: totals))
        }
        for variable in wanted.rake {
            let values = try words(list, variable, rows)
            var totals: [String: Double] = [:]
            for (value, weight) in zip(values, base) { totals[value, default: 0] += weight }
            margins.append(Raking.Margin(variable, categories: values, totals: totals))
        }
        return try NonresponseWeights(
            base: base, responded: responded, classes: classes, margins: margins, trimAt: wanted.trim)
    }
}
