extension Dataset {
    /// The data with a row for each person and a column for each repeated variable and occasion, named `X1_1`, `X1_2`, ….
    ///
    /// Every other variable must be constant within the person, missing cells passed over. Occasions are in numeric order,
    /// or if they are text in the order in which they first appear; an occasion that a person lacks gives missing cells.
    /// - Parameters:
    ///   - repeated: the variables that change from occasion to occasion.
    ///   - id: the variables that identify a person.
    ///   - occasion: the variable that holds the occasion.
    ///   - separator: what is put between the name of a variable and the occasion.
    /// - Returns: the identifiers, the constant variables, and the columns of each repeated variable.
    /// - Throws: ``DatasetError/noSuchColumn(name:source:nearest:)``; ``DatasetError/structure(_:)`` if a row lacks its
    ///   identifier or occasion, if a person has two rows for an occasion, if a variable that is not repeated varies within
    ///   a person, or if a new name is taken.
    public func reshapedToWide(
        _ repeated: [String], id: [String], occasion: String, separator: String = "_"
    ) throws(DatasetError) -> Dataset {
        var variables: [Column] = []
        for name in repeated { variables.append(try column(name)) }
        let persons = try RowUnits(self, by: id)
        try persons.requireIdentifiers()
        let times = try RowUnits(self, by: [occasion])
        try times.requireIdentifiers()
        let timeColumn = try column(occasion)
        try LevelStructure.verifyOccasions(
            RowUnits(persons.identifiers + [timeColumn]), persons: persons, occasion: occasion)

        let fixed = columns.filter { !repeated.contains($0.name) && $0.name != occasion && !id.contains($0.name) }
        var result = persons.identifiers.map { $0.selectingRows(persons.firstRow) }
        for column in fixed {
            if let fault = column.variation(within: persons, level: nil) { throw .structure(fault) }
            result.append(column.selectingRows(column.constancy(within: persons).value))
        }
        var order = Array(0..<times.count)
        if timeColumn.isNumeric {
            order.sort { timeColumn.numbers[times.firstRow[$0]] < timeColumn.numbers[times.firstRow[$1]] }
        }
        var rowOf = [[Int?]](repeating: [Int?](repeating: nil, count: persons.count), count: times.count)
        for row in 0..<rowCount { rowOf[times.unitOfRow[row]][persons.unitOfRow[row]] = row }
        var taken = Set(result.map(\.name))
        for variable in variables {
            for time in order {
                var column = variable.selectingRows(rowOf[time])
                let occasionText = timeColumn.content(at: times.firstRow[time])
                column.name = variable.name + separator + occasionText
                guard taken.insert(column.name).inserted else {
                    throw .structure(
                        .nameTaken(name: column.name, purpose: "\(variable.name) at \(occasion) \(occasionText)"))
                }
                result.append(column)
            }
        }
        return try Dataset(columns: result, source: source, label: label, notes: notes, weightName: nil)
    }
}
