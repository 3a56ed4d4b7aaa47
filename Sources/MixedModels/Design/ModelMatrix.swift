import LinearAlgebra

/// The columns of the terms of a formula, coded and named as R's `model.matrix` does.
struct ModelMatrix {
    var matrix: Matrix
    var names: [String]
    /// The names of the terms, `(Intercept)` first where there is one.
    var terms: [String]
    /// The index in ``terms`` of each column.
    var assignment: [Int]

    /// The columns of `terms` from the values of their variables in the complete rows.
    ///
    /// A categorical variable is coded by contrasts in a term whose margin without it is in the model, and by one column
    /// for each level elsewhere (Chambers & Hastie 1992, section 2.4.1). Without intercept, the first categorical variable
    /// of the first term that has one gets a column for each level.
    init(
        _ terms: FormulaTerms, values: [String: VariableEvaluation.Values], rowCount: Int, options: DesignOptions
    ) throws(DesignError) {
        let present = Set(terms.terms)
        var needsFullCoding = !terms.hasIntercept
        var coded: [[CodedVariable]] = []
        var count = terms.hasIntercept ? 1 : 0
        for term in terms.terms {
            var variables: [CodedVariable] = []
            for index in term {
                let variable = terms.variables[index]
                switch values[variable.label] {
                case .numeric(let columns, let suffixes)?:
                    variables.append(
                        CodedVariable(label: variable.label, suffixes: suffixes, content: .numeric(columns)))
                case .categorical(let factor)?:
                    let margin = term.filter { $0 != index }
                    let isFull = needsFullCoding || !(margin.isEmpty || present.contains(margin))
                    needsFullCoding = false
                    variables.append(try Self.code(factor, variable, isFull: isFull, rowCount, options))
                case nil: throw .missingColumns(variable.columns.map { DesignError.MissingColumn(name: $0) })
                }
            }
            let width = variables.reduce(1) { $0.multipliedReportingOverflow(by: $1.suffixes.count).partialValue }
            let overflows = variables.reduce(1.0) { $0 * Double($1.suffixes.count) } > 1e9
            count += overflows ? Int(1e9) : width
            coded.append(variables)
        }
        guard count < rowCount else { throw .tooManyColumns(count, rows: rowCount) }

        self.terms = terms.names
        names = terms.hasIntercept ? ["(Intercept)"] : []
        assignment = terms.hasIntercept ? [0] : []
        var storage: [Double] = []
        storage.reserveCapacity(count * rowCount)
        if terms.hasIntercept { storage.append(contentsOf: repeatElement(1, count: rowCount)) }
        for (index, variables) in coded.enumerated() {
            let width = variables.reduce(1) { $0 * $1.suffixes.count }
            for column in 0..<width {
                var rest = column
                var parts: [String] = []
                let start = storage.count
                for (position, variable) in variables.enumerated() {
                    let choice = rest % variable.suffixes.count
                    rest /= variable.suffixes.count
                    parts.append(variable.label + variable.suffixes[choice])
                    variable.write(choice, to: &storage, from: start, isFirst: position == 0)
                }
                names.append(parts.joined(separator: ":"))
                assignment.append(index + (terms.hasIntercept ? 1 : 0))
            }
        }
        matrix = Matrix(rows: rowCount, columns: count, columnMajor: storage)
    }

    private static func code(
        _ factor: Factor, _ variable: FormulaVariable, isFull: Bool, _ rowCount: Int, _ options: DesignOptions
    ) throws(DesignError) -> CodedVariable {
        guard factor.levels.count > 1 else {
            throw .oneLevelPredictor(variable.label, level: factor.levels.first?.truncated, rows: rowCount)
        }
        var contrast = ContrastMatrix.indicators(of: factor.levels)
        if !isFull {
            let column = variable.columns.first ?? variable.label
            let coding =
                factor.coding
                ?? ContrastCoding(
                    contrast: options.contrasts[variable.label] ?? options.contrasts[column] ?? options.contrast)
            guard let matrix = ContrastMatrix(coding, levels: factor.levels) else {
                var base = ""
                if case .level(let level) = coding.base { base = level }
                if case .number(let number) = coding.base { base = "number \(number)" }
                throw .unknownLevel(
                    variable: variable.label, level: base.truncated,
                    nearest: nearestName(to: base, among: factor.levels))
            }
            contrast = matrix
        }
        return CodedVariable(
            label: variable.label, suffixes: contrast.suffixes,
            content: .categorical(factor.codes, values: contrast.codes))
    }

    /// A variable and the columns that stand for it in one term.
    private struct CodedVariable {
        enum Content {
            case numeric([[Double]])
            case categorical([Int], values: [[Double]])
        }

        var label: String
        var suffixes: [String]
        var content: Content

        /// Appends a column, or multiplies it into the one that begins at `start`.
        func write(_ column: Int, to storage: inout [Double], from start: Int, isFirst: Bool) {
            switch content {
            case .numeric(let columns):
                let values = columns[column]
                if isFirst {
                    storage.append(contentsOf: values)
                } else {
                    for row in values.indices { storage[start + row] *= values[row] }
                }
            case .categorical(let codes, let values):
                let value = values[column]
                if isFirst {
                    storage.append(contentsOf: codes.lazy.map { value[$0] })
                } else {
                    for row in codes.indices { storage[start + row] *= value[codes[row]] }
                }
            }
        }
    }
}
