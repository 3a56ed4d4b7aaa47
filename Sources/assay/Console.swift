import Studies

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a command ends without its result.
enum CommandFailure: Error {
    /// The command line is wrong: exit code 2.
    case usage(String)
    /// The analysis cannot be carried out: exit code 1.
    case analysis(String)
    /// The analysis cannot be carried out, and what is wrong has been said in several lines: exit code 1.
    case reported(details: String, summary: String)
}

/// Standard output and standard error.
struct Console {
    /// Whether warnings and progress are left out.
    var isQuiet = false

    /// Whether progress is shown: standard error is a terminal.
    var showsProgress: Bool { !isQuiet && isatty(2) == 1 }

    /// Whether standard output is a terminal.
    var isTerminal: Bool { isatty(1) == 1 }

    func print(_ text: String) { write(text, to: 1) }

    func printError(_ text: String) { write(text, to: 2) }

    func warn(_ warnings: [String]) {
        guard !isQuiet else { return }
        for warning in warnings { printError("warning: \(Self.oneLine(warning))\n") }
    }

    /// Shows what is being done in place of what was shown before; an empty text wipes it out.
    func progress(_ text: String) {
        if showsProgress { printError("\r\u{1B}[K\(text)") }
    }

    /// Ends the program with the last line that the contract asks for.
    func fail(_ failure: CommandFailure) -> Never {
        switch failure {
        case .usage(let text):
            printError("error: \(Self.oneLine(text))\n")
            exit(2)
        case .analysis(let text):
            printError("error: \(Self.oneLine(text))\n")
            exit(1)
        case .reported(let details, let summary):
            printError(details.hasSuffix("\n") ? details : details + "\n")
            printError("error: \(Self.oneLine(summary))\n")
            exit(1)
        }
    }

    private func write(_ text: String, to descriptor: Int32) {
        do throws(FileError) {
            try FileAccess.write(Array(text.utf8), to: descriptor, path: "the output")
        } catch {
            // Nobody reads on: there is no one left to tell.
            if descriptor == 1 { exit(1) }
        }
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " } }.joined(separator: " ")
    }
}
