extension Dataset {
    /// Reads a data file.
    ///
    /// The format is told by the file's extension and checked against its first bytes. In a text file or a workbook an
    /// empty field or `NA` is missing, and a column with any other field that is not a number is a text column.
    /// - Parameters:
    ///   - path: a .csv, .tsv, .txt, .sav, .zsav, .por, .dta, .sas7bdat or .xlsx file.
    ///   - options: what not to find out but to take as told.
    /// - Returns: the data, and a report of what was found out, decided and left out.
    /// - Throws: a ``DatasetError`` that names the file, the place in it, and the remedy.
    public static func read(
        path: String, options: ReadingOptions = ReadingOptions()
    ) throws(DatasetError) -> ImportedDataset {
        let file = fileName(ofPath: path)
        let format = try FileFormat(fileName: file)
        let bytes = try contents(ofFile: path, named: file, limit: options.maximumBytes)
        return try read(bytes: bytes, file: file, format: format, options: options)
    }

    /// Reads the bytes of a data file.
    /// - Parameters:
    ///   - bytes: the content of the file.
    ///   - file: the name of the file, for messages and as the source of the dataset.
    ///   - format: its format; the content is checked against it.
    ///   - options: what not to find out but to take as told.
    /// - Throws: a ``DatasetError`` that names the file, the place in it, and the remedy.
    public static func read(
        bytes: [UInt8], file: String, format: FileFormat, options: ReadingOptions = ReadingOptions()
    ) throws(DatasetError) -> ImportedDataset {
        guard bytes.count <= options.maximumBytes else {
            throw .tooLarge(file: file, bytes: bytes.count, limit: options.maximumBytes)
        }
        if bytes.isEmpty { throw .emptyFile(file) }
        try format.check(bytes, file: file)
        switch format {
        case .csv, .tsv:
            let text = try DecodedText(bytes, encoding: options.encoding, file: file)
            return try DelimitedReader.read(text, file: file, format: format, options: options)
        case .sav, .zsav, .por, .dta, .sas7bdat:
            return try StatisticalFileReader.read(bytes, file: file, format: format, options: options)
        case .xlsx:
            return try WorkbookReader.read(bytes, file: file, options: options)
        }
    }
}

extension FileFormat {
    /// The format that a file's extension names.
    init(fileName: String) throws(DatasetError) {
        let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        let fileExtension = parts.count > 1 ? (parts.last ?? "").lowercased() : ""
        if fileExtension == "txt" {
            self = .csv
        } else if let format = FileFormat(rawValue: fileExtension) {
            self = format
        } else {
            throw .unknownFormat(file: fileName, fileExtension: fileExtension)
        }
    }

    /// Checks that the first bytes of a file are those of this format.
    func check(_ bytes: [UInt8], file: String) throws(DatasetError) {
        let found = Signature(bytes)
        switch (self, found) {
        case (.csv, nil), (.tsv, nil), (.sav, .sav), (.zsav, .sav), (.por, .por), (.dta, .dta),
            (.sas7bdat, .sas7bdat), (.xlsx, .zip):
            return
        case (_, let found?):
            throw .formatMismatch(file: file, expected: self, found: found.finding)
        case (_, nil):
            throw .formatMismatch(
                file: file, expected: self,
                found: "does not begin as one does; it is damaged, or a file of another kind was renamed")
        }
    }
}

/// What the first bytes of a file say about its format.
private enum Signature {
    case sav
    case por
    case dta
    case sas7bdat
    case zip
    case compoundFile
    case pdf

    init?(_ bytes: [UInt8]) {
        let sas: [UInt8] = [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xEA, 0x81, 0x60, 0xB3, 0x14, 0x11, 0xCF, 0xBD, 0x92, 8, 0, 9,
            0xC7, 0x31, 0x8C, 0x18, 0x1F, 0x10, 0x11,
        ]
        if bytes.starts(with: "$FL2".utf8) || bytes.starts(with: "$FL3".utf8) {
            self = .sav
        } else if bytes.starts(with: sas) {
            self = .sas7bdat
        } else if bytes.starts(with: "<stata_dta>".utf8)
            || (bytes.count > 60 && (104...115).contains(bytes[0]) && (1...2).contains(bytes[1]) && bytes[2] == 1
                && bytes[3] == 0)
        {
            self = .dta
        } else if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0x50, 0x4B, 5, 6]) {
            self = .zip
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            self = .compoundFile
        } else if bytes.starts(with: "%PDF".utf8) {
            self = .pdf
        } else if Signature.isPortable(bytes) {
            self = .por
        } else {
            return nil
        }
    }

    /// Whether the tag SPSSPORT follows the 200 bytes of splash text and the 256 of the character table, line ends
    /// not counted. The tag may be in the file's own character set, so the first letters of the table are not used.
    private static func isPortable(_ bytes: [UInt8]) -> Bool {
        let start = bytes.prefix(600).filter { $0 != 0x0A && $0 != 0x0D }
        guard start.count >= 464 else { return false }
        return start[456..<464].elementsEqual("SPSSPORT".utf8)
    }

    var finding: String {
        switch self {
        case .sav: "is an SPSS file; rename it to .sav"
        case .por: "is a portable SPSS file; rename it to .por"
        case .dta: "is a Stata file; rename it to .dta"
        case .sas7bdat: "is a SAS file; rename it to .sas7bdat"
        case .zip: "is a zip archive, as Excel workbooks are; rename it to .xlsx if it is one"
        case .compoundFile:
            "is an old Excel file (.xls) or a workbook with a password; save it as .xlsx without a password"
        case .pdf: "is a PDF document"
        }
    }
}
