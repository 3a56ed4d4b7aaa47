import Datasets
import StructuralModels

/// The three-factor model of nine ability tests of 301 pupils (Holzinger & Swineford 1939).
enum HolzingerSwineford {
    static let items = (1...9).map { "x\($0)" }

    static let model = """
        visual  =~ x1 + x2 + x3
        textual =~ x4 + x5 + x6
        speed   =~ x7 + x8 + x9
        """

    static func data(path: String) throws -> CompleteData {
        CompleteData(names: items, values: try Dataset.read(path: path).dataset.numericMatrix(items).matrix)
    }
}
