/// A variable of a model: a column of the data or something computed from columns.
struct FormulaVariable: Sendable {
    enum Value: Sendable {
        /// A column, numeric or categorical as the data have it.
        case column(String)
        case numeric(NumericExpression)
        case polynomial(NumericExpression, degree: Int, raw: Bool)
        case factor(FactorExpression)
        case comparison(String, NumericExpression, NumericExpression)
        case textComparison(column: String, isEqual: Bool, text: String)
    }

    /// The variable as R writes it.
    var label: String
    var value: Value

    /// The columns it is made of, each once.
    var columns: [String] {
        switch value {
        case .column(let name), .textComparison(let name, _, _): [name]
        case .numeric(let expression), .polynomial(let expression, _, _): expression.columns
        case .factor(let factor): [factor.column]
        case .comparison(_, let left, let right): unique(left.columns + right.columns)
        }
    }
}

/// A categorical variable made from a column.
indirect enum FactorExpression: Sendable {
    case column(String)
    case levels(FactorExpression, [String])
    case reference(FactorExpression, String)
    case contrast(FactorExpression, ContrastCoding)

    var column: String {
        switch self {
        case .column(let name): name
        case .levels(let inner, _), .reference(let inner, _), .contrast(let inner, _): inner.column
        }
    }
}

/// A contrast and the level it compares with.
struct ContrastCoding: Sendable, Hashable {
    enum Base: Sendable, Hashable {
        case standard
        /// Counted from 1; R then names the columns by number.
        case number(Int)
        case level(String)
    }

    var contrast: FactorContrast
    var base = Base.standard
}

/// A number for each row.
indirect enum NumericExpression: Sendable {
    enum Standard: Sendable, Hashable {
        case none, sample
        case value(Double)
    }

    case constant(Double)
    case column(String)
    case negative(NumericExpression)
    case arithmetic(String, NumericExpression, NumericExpression)
    case function(ElementaryFunction, NumericExpression)
    case logarithm(NumericExpression, base: Double)
    /// (x − center) / scale; a scale `.sample` is the root of Σ(x − center)²/(n − 1).
    case standardized(NumericExpression, center: Standard, scale: Standard)

    var columns: [String] {
        switch self {
        case .constant: []
        case .column(let name): [name]
        case .negative(let x), .function(_, let x), .logarithm(let x, _), .standardized(let x, _, _): x.columns
        case .arithmetic(_, let left, let right): unique(left.columns + right.columns)
        }
    }
}

/// The elements, each once, in the order of their first appearance.
func unique<Element: Hashable>(_ elements: [Element]) -> [Element] {
    var seen: Set<Element> = []
    return elements.filter { seen.insert($0).inserted }
}
