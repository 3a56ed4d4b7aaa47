/// Why a formula and data make no design of a model.
public enum DesignError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The data have no such columns; beside each the name that was probably meant.
    case missingColumns([MissingColumn])
    /// The response is categorical.
    case categoricalResponse(String, value: String, row: Int)
    /// Numbers are needed of a column that has text.
    case notNumeric(variable: String, column: String, value: String, row: Int)
    /// Too few rows have a value in every variable; beside each variable how many rows lack it.
    case tooFewRows(complete: Int, rows: Int, missing: [MissingValues])
    /// A variable is infinite or not defined in a row.
    case notFinite(variable: String, row: Int, detail: String)
    /// The response is the same in all rows.
    case constantResponse(String, value: Double, rows: Int)
    /// A predictor is the same in all rows.
    case constantPredictor(String, value: Double, rows: Int)
    /// A categorical predictor has one level, or none.
    case oneLevelPredictor(String, level: String?, rows: Int)
    /// A grouping factor has one level.
    case oneGroup(String, level: String, rows: Int)
    /// A grouping factor has as many levels as there are rows.
    case groupForEachRow(String, levels: Int, rows: Int)
    /// A random term has as many random effects as there are rows, or more.
    case tooManyRandomEffects(term: String, effects: Int, rows: Int)
    /// The fixed terms, or a random term, have at least as many coefficients as rows.
    case tooManyColumns(of: String, Int, rows: Int)
    /// The fixed terms, or a random term, have more coefficients than can be dealt with as such.
    case designTooLarge(of: String, Int, rows: Int)
    /// The formula has neither intercept nor predictors.
    case noFixedTerms
    /// Columns of the fixed design are linear combinations of others.
    case aliased([AliasedColumn])
    /// Coefficients of a random term are linear combinations of others.
    case aliasedRandomTerm(String, AliasedColumn)
    /// Two random terms with the same coefficient have the same groups.
    case sameGroups(String, String)
    /// A weight is not a positive number.
    case weight(column: String, row: Int, value: Double)
    /// A level is named that a variable does not have.
    case unknownLevel(variable: String, level: String, nearest: String?)
    /// The data have a value that the declared levels do not.
    case undeclaredLevel(column: String, value: String, row: Int)
    /// A polynomial needs more distinct values than there are.
    case polynomialDegree(String, distinct: Int)
    /// A contrast is asked for a numeric variable.
    case contrastOfNumbers(String)

    /// A name that the data do not have.
    public struct MissingColumn: Sendable, Equatable {
        /// The name in the formula.
        public var name: String
        /// The column that was probably meant.
        public var nearest: String?
    }

    /// How many rows lack a variable.
    public struct MissingValues: Sendable, Equatable {
        /// The column.
        public var column: String
        /// The number of rows without a value.
        public var rows: Int
    }

    /// A column that is a linear combination of columns to its left.
    public struct AliasedColumn: Sendable, Equatable, CustomStringConvertible {
        /// The name of the column.
        public var name: String
        /// The columns it is made of and their coefficients.
        public var combination: [Summand]

        /// A column and its coefficient.
        public struct Summand: Sendable, Equatable {
            /// The coefficient.
            public var coefficient: Double
            /// The name of the column.
            public var name: String
        }

        /// The column as a sum, such as `z2` = 1·`(Intercept)` − 1·`z1`.
        public var description: String {
            guard !combination.isEmpty else { return "`\(name)` = 0 in every row" }
            let sum = combination.prefix(8).enumerated().map { index, summand in
                let sign = summand.coefficient < 0 ? (index == 0 ? "−" : " − ") : index == 0 ? "" : " + "
                return "\(sign)\(shortText(summand.coefficient.magnitude))·`\(summand.name)`"
            }.joined()
            return "`\(name)` = \(sum)\(combination.count > 8 ? " + …" : "")"
        }
    }

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .missingColumns(let columns):
            let names = columns.map { column in
                "`\(column.name)`" + (column.nearest.map { " (did you mean `\($0)`?)" } ?? "")
            }
            return
                "the data have no \(columns.count == 1 ? "column" : "columns") \(names.joined(separator: ", ")); check the spelling, upper and lower case included"
        case .categoricalResponse(let name, let value, let row):
            return
                "the response `\(name)` is not numeric: row \(row) has “\(value)”. A linear mixed model needs a numeric response"
        case .notNumeric(let variable, let column, let value, let row):
            return
                "\(variable == column ? "" : "`\(variable)`: ")`\(column)` is not numeric: row \(row) has “\(value)”; code it as numbers, or use it as it is, as a categorical predictor"
        case .tooFewRows(let complete, let rows, let missing):
            let worst = missing.filter { $0.rows > 0 }.sorted { $0.rows > $1.rows }.prefix(5)
            let list = worst.map { "`\($0.column)` in \($0.rows)" }.joined(separator: ", ")
            return
                "\(complete == 0 ? "no row" : "only \(complete) row\(complete == 1 ? "" : "s")") of \(rows) \(complete > 1 ? "have" : "has") a value in every variable of the model; a model needs 2 at least"
                + (list.isEmpty ? "" : ". Missing are \(list) rows")
        case .notFinite(let variable, let row, let detail):
            return
                "`\(variable)` is not a finite number in row \(row)\(detail.isEmpty ? "" : " (\(detail))"); correct the value or leave the row out"
        case .constantResponse(let name, let value, let rows):
            return
                "the response `\(name)` is \(shortText(value)) in all \(rows) complete rows; there is nothing to explain"
        case .constantPredictor(let name, let value, let rows):
            return
                "`\(name)` is \(shortText(value)) in all \(rows) complete rows, so that it has no effect to estimate; leave it out"
        case .oneLevelPredictor(let name, let level, let rows):
            return
                "the categorical predictor `\(name)` is \(level.map { "“\($0)”" } ?? "missing") in all \(rows) complete rows, so that it has no effect to estimate; leave it out"
        case .oneGroup(let name, let level, let rows):
            return
                "the grouping factor `\(name)` is “\(level)” in all \(rows) complete rows; variances between groups need 2 groups at least, and 10 or more to be of use"
        case .groupForEachRow(let name, let levels, let rows):
            return
                "the grouping factor `\(name)` has \(levels) groups for \(rows) rows: with one row in each group its variance cannot be told from the residual variance; leave the term out or group by something with several rows"
        case .tooManyRandomEffects(let term, let effects, let rows):
            return
                "more random effects than observations: \(term) has \(effects) random effects for \(rows) rows, so that their variances cannot be told from the residual variance; leave a random slope out"
        case .tooManyColumns(let terms, let columns, let rows):
            return
                "\(terms) would have \(columns) coefficients for \(rows) complete rows; leave terms out, or interactions of variables with many levels"
        case .designTooLarge(let terms, let columns, let rows):
            return
                "\(terms) would have \(columns) coefficients for \(rows) rows, which is too much to compute with; make a variable with so many levels a grouping factor, as in (1 | group)"
        case .noFixedTerms:
            return
                "the formula has neither an intercept nor predictors, so that the mean would be fixed at 0; write y ~ 1"
        case .aliased(let columns):
            let list = columns.prefix(10).map(\.description).joined(separator: "; ")
            return
                "the fixed effects cannot all be estimated, since \(columns.count == 1 ? "a column is a combination" : "\(columns.count) columns are combinations") of others: \(list)\(columns.count > 10 ? "; …" : ""). Leave out one of the variables of each\(isInteraction(columns) ? ", or cross them with * so that an interaction has its main effects" : "")"
        case .aliasedRandomTerm(let term, let column):
            return "the coefficients of \(term) depend on one another: \(column.description); leave one out"
        case .sameGroups(let first, let second):
            return
                "the random terms \(first) and \(second) have the same groups of rows and the same coefficient, so that their variances cannot be told apart; leave one out"
        case .weight(let column, let row, let value):
            return "the weight `\(column)` is \(shortText(value)) in row \(row); weights are positive numbers"
        case .unknownLevel(let variable, let level, let nearest):
            return
                "`\(variable)` has no level “\(level)” in the complete rows\(nearest.map { "; did you mean “\($0)”?" } ?? "")"
        case .undeclaredLevel(let column, let value, let row):
            return "`\(column)` is “\(value)” in row \(row), which is not among its declared levels"
        case .polynomialDegree(let label, let distinct):
            return
                "`\(label)` needs more distinct values than its degree, and there are \(distinct); lower the degree"
        case .contrastOfNumbers(let name):
            return "`\(name)` is numeric and has no contrasts; write factor(\(name)) if its values are categories"
        }
    }

    private func isInteraction(_ columns: [AliasedColumn]) -> Bool { columns.contains { $0.name.contains(":") } }
}

/// A number to six significant digits.
private func shortText(_ value: Double) -> String {
    guard value.isFinite, value != 0, value.magnitude < 1e12, value.magnitude > 1e-6 else { return numberText(value) }
    var scale = 1.0
    while value.magnitude * scale < 99_999.5 { scale *= 10 }
    return numberText((value * scale).rounded() / scale)
}
