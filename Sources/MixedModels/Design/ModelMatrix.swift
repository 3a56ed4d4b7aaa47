import LinearAlgebra

/// The columns of the terms of a formula, coded and named as R's `model.matrix` does.
struct ModelMatrix {
    var matrix: Matrix
    var names: [String]
    /// The names of the terms, `(Intercept)` first where there is one.
    var terms: [String]
    /// The index in ``terms`` of each column.
    var assignment: [Int]

    /// The columns of `terms` from the values of their variables in the complete rows; errors speak of `subject`.
    ///
    /// A categorical variable is coded by contrasts in a term whose margin without it is part of an earlier term, and by one
    /// column for each level elsewhere (Chambers & Hastie 1992, section 2.4.1, as R does it). Without intercept, the first
    /// categorical variable of the first term that has one gets a column for each level.
    init(
        _ terms: FormulaTerms, of subject: String, values: [String: VariableEvaluation.Values], rowCount: Int,
        options: DesignOptions
    ) throws(DesignError) {
        // The size is known before any column is made.
        var isFull: [[Bool]] = []
        var earlier: [Set<Int>] = []
        var needsFullCoding = !terms.hasIntercept
        var size = terms.hasIntercept ? 1.0 : 0
        for term in terms.terms {
            var width = 1.0
            var full: [Bool] = []
            for index in term {
                switch values[terms.variables[index].label] {
                case .categorical(let factor)?:
                    let margin = Set(term).subtracting([index])
                    full.append(needsFullCoding || !(margin.isEmpty || earlier.contains(where: margin.isSubset)))
                    needsFullCoding = false
                    width *= Double(factor.levels.count - (full[full.count - 1] ? 0 : 1))
                case .numeric(let columns, _)?:
                    full.append(false)
                    width *= Double(columns.count)
                case nil:
                    throw .missingColumns(terms.variables[index].columns.map { DesignError.MissingColumn(name: $0) })
                }
            }
            size += width
            isFull.append(full)
            earlier.append(Set(term))
        }
        let count = Int(min(size, 1e15))
        guard count < rowCount else { throw .tooManyColumns(of: subject, count, rows: rowCount) }
        guard Double(rowCount) * size * size < 5e10 else {
            throw .designTooLarge(of: subject, count, rows: rowCount)
        }

        self.terms = terms.names
        names = terms.hasIntercept ? ["(Intercept)"] : []
        assignment = terms.hasIntercept ? [0] : []
        var storage: [Double] = []
        storage.reserveCapacity(count * rowCount)
        if terms.hasIntercept { storage.append(contentsOf: repeatElement(1, count: rowCount)) }
        for (index, term) in terms.terms.enumerated() {
            var variables: [CodedVariable] = []
            for (variable, isFull) in zip(term.map({ terms.variables[$0] }), isFull[index]) {
                switch values[variable.label] {
                case .numeric(let columns, let suffixes)?:
                    variables.append(
                        CodedVariable(label: variable.label, suffixes: suffixes, content: .numeric(columns)))
                case .categorical(let factor)?:
                    variables.append(try Self.code(factor, variable, isFull: isFull, rowCount, options))
                case nil: continue
                }
            }
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
            // As in R: over more levels the polynomials lose their digits.
            guard coding.contrast != .polynomial || factor.levels.count <= 95 else {
                throw .designTooLarge(
                    of: "polynomial contrasts of `\(variable.label)`", factor.levels.count - 1, rows: rowCount)
            }
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
