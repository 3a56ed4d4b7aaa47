import Datasets
import MixedModels
import StructuralModels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The same models and data in R, on this machine and in this run.
enum Peer {
    /// The milliseconds of an R script by name; empty where Rscript or its packages are not installed.
    static func milliseconds(script: String, directory: String) throws -> [String: Double] {
        let result = directory + "/peer.csv"
        setenv("OPENBLAS_NUM_THREADS", "1", 1)
        guard (try? ChildProcess("Rscript", ["--vanilla", script, directory, result])) != nil,
            let table = try? Dataset.read(path: result).dataset,
            let names = table["name"]?.texts, let values = table["ms"]?.numbers
        else { return [:] }
        return Dictionary(zip(names.map { $0 ?? "" }, values), uniquingKeysWith: { $1 })
    }

    /// Writes the models and data that the script reads.
    static func write(_ data: CompleteData, model: String, name: String, directory: String) throws {
        try write(model, to: "\(directory)/\(name).txt")
        try write(text(data), to: "\(directory)/\(name).csv")
    }

    static func text(_ data: CompleteData, copies: Int = 1) -> String {
        var rows = ""
        for row in 0..<data.caseCount {
            rows += data.values.row(row).map { "\($0)" }.joined(separator: ",") + "\n"
        }
        return data.names.joined(separator: ",") + "\n" + String(repeating: rows, count: copies)
    }

    /// A frame of numbers as comma-separated text.
    static func text(_ frame: ModelFrame) -> String {
        let columns: [[Double]] = frame.names.map { name in
            guard case .numeric(let values)? = frame[name] else { return [] }
            return values
        }
        let rows = (0..<frame.rowCount).map { row in columns.map { "\($0[row])" }.joined(separator: ",") }
        return ([frame.names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n"
    }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw ChildProcess.Failure.cannotStart(path, errno) }
        defer { fclose(file) }
        fputs(text, file)
    }
}
