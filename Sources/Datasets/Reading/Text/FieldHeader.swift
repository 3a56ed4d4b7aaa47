/// The names of the columns of a text file or sheet, checked.
struct FieldHeader {
    /// More columns than any study has; SPSS allows 32 767.
    static let maximumColumns = 100_000

    /// The names, by position.
    var names: [String] = []
    /// The positions of columns without a name, which must not hold data.
    var nameless: Set<Int> = []
    /// The line of the header.
    var line = 1
    /// Where the data start.
    var dataStart = 0
    /// The line on which the data start.
    var dataLine = 2

    /// Checks that the names are there and distinct, and returns remarks. The first column may lack a name, as the row
    /// names of a file written by R do; it is then called `X`, as R calls it.
    mutating func settle(file: String, line: Int) throws(DatasetError) -> [String] {
        self.line = line
        var remarks: [String] = []
        if names.count > 1, names[0].isEmpty, !names.contains("X") {
            names[0] = "X"
            remarks.append("The first column has no name and was called X.")
        }
        var positions: [String: Int] = [:]
        positions.reserveCapacity(names.count)
        for (position, name) in names.enumerated() {
            if name.isEmpty {
                nameless.insert(position)
            } else if let earlier = positions.updateValue(position, forKey: name) {
                throw .malformed(
                    file: file, place: FilePlace(line: line, column: position + 1), fault: .duplicateName,
                    problem: "the name \"\(excerpt(name))\" is already that of column \(earlier + 1)",
                    remedy: "rename one of the two")
            }
        }
        if nameless.count == names.count {
            throw .malformed(
                file: file, place: FilePlace(line: line), fault: .emptyName, problem: "no column has a name",
                remedy: "put the names of the variables in the first line")
        }
        return remarks
    }
}

extension DatasetError {
    static func emptyFile(_ file: String) -> DatasetError {
        .malformed(
            file: file, place: FilePlace(), fault: .emptyFile, problem: "the file is empty",
            remedy: "export it again with the data")
    }

    static func tooManyColumns(_ file: String, line: Int?) -> DatasetError {
        .malformed(
            file: file, place: FilePlace(line: line), fault: .tooManyColumns,
            problem: "more than \(FieldHeader.maximumColumns) columns", remedy: "this is hardly a data file")
    }
}

/// `text` without blanks and line ends around it.
func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { !$0.isWhitespace }),
        let last = text.lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(text[first...last])
}
