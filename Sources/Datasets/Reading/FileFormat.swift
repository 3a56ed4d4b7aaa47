/// The formats of data files.
public enum FileFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// Comma- or semicolon-separated text.
    case csv
    /// Tab-separated text.
    case tsv
    /// SPSS system file.
    case sav
    /// Compressed SPSS system file.
    case zsav
    /// SPSS portable file.
    case por
    /// Stata data file.
    case dta
    /// SAS data file.
    case sas7bdat
    /// Excel workbook.
    case xlsx

    /// The format in words.
    public var title: String {
        switch self {
        case .csv: "comma-separated text (.csv)"
        case .tsv: "tab-separated text (.tsv)"
        case .sav: "an SPSS file (.sav)"
        case .zsav: "a compressed SPSS file (.zsav)"
        case .por: "a portable SPSS file (.por)"
        case .dta: "a Stata file (.dta)"
        case .sas7bdat: "a SAS file (.sas7bdat)"
        case .xlsx: "an Excel workbook (.xlsx)"
        }
    }
}
