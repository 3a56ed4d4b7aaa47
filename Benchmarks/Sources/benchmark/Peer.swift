import Datasets
import StructuralModels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The same models and data in lavaan, on this machine and in this run.
enum Peer {
    /// lavaan's milliseconds by name; empty where Rscript or lavaan is not installed.
    static func milliseconds(script: String, directory: String) throws -> [String: Double] {
        let result = directory + "/lavaan.csv"
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

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw ChildProcess.Failure.cannotStart(path, errno) }
        defer { fclose(file) }
        fputs(text, file)
    }
}
