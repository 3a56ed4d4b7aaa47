import Foundation

/// A run of the program, which stands beside the tests: its exit code and what it wrote.
struct ProgramRun {
    let code: Int32
    let output: String
    let errors: String
    var lastLine: String { errors.split(separator: "\n").last.map(String.init) ?? "" }

    init(_ arguments: [String], in directory: URL, input: String = "") throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("assay")
        process.arguments = arguments
        process.currentDirectoryURL = directory
        let output = Pipe(), errors = Pipe(), standardInput = Pipe()
        (process.standardOutput, process.standardError, process.standardInput) = (output, errors, standardInput)
        try process.run()
        standardInput.fileHandleForWriting.write(Data(input.utf8))
        try standardInput.fileHandleForWriting.close()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let wrong = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        code = process.terminationStatus
        self.output = String(decoding: text, as: UTF8.self)
        self.errors = String(decoding: wrong, as: UTF8.self)
    }
}
