import Foundation

@testable import Datasets

/// The path of a file among the fixtures.
func fixture(_ name: String) -> String {
    Bundle.module.bundleURL.appendingPathComponent("Files").appendingPathComponent(name).path
}

/// Reads delimited text as a file would be read.
func readText(
    _ text: String, format: FileFormat = .csv, options: ReadingOptions = ReadingOptions()
) throws -> ImportedDataset {
    try Dataset.read(bytes: Array(text.utf8), file: "data.csv", format: format, options: options)
}

/// The error that `body` throws, or nil.
func datasetError(_ body: () throws -> some Any) -> DatasetError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error as? DatasetError
    }
}

/// A repeatable stream of numbers (splitmix64; Steele, Lea and Flood, 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
