import ArgumentParser
import Datasets
import Studies

/// Where a command writes data: a .csv or .sav file, or standard output as CSV.
struct DataFileOption: ExpressibleByArgument {
    let path: String

    init(argument: String) { path = argument }

    /// Verifies that the name tells the format.
    func verify() throws {
        guard isStandardOutput || path.hasSuffix(".csv") || path.hasSuffix(".sav") else {
            throw ValidationError("--output must end in .csv or .sav, or be -, not '\(path)'")
        }
    }

    /// Whether the data go to standard output.
    var isStandardOutput: Bool { path == "-" }

    func write(_ dataset: Dataset, console: Console) throws {
        if isStandardOutput {
            console.print(String(decoding: dataset.commaSeparatedText(), as: UTF8.self))
        } else if path.hasSuffix(".sav") {
            try dataset.writeSAV(to: path)
        } else {
            try dataset.writeCSV(to: path)
        }
    }
}
