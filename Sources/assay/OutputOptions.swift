import ArgumentParser
import Reporting
import Studies

/// The options that every command has.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Write the figures as JSON to a file, or - for standard output.", valueName: "file"))
    var json: String?

    @Option(name: .long, help: ArgumentHelp("The seed of random numbers.", valueName: "n"))
    var seed: UInt64?

    @Option(name: .long, help: ArgumentHelp("How many threads to use (default: all cores).", valueName: "n"))
    var threads: Int?

    @Flag(name: .long, help: "No warnings and no progress.")
    var quiet = false

    var console: Console { Console(isQuiet: quiet) }

    func validate() throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads must be between 1 and 1024, not \(threads)")
        }
        if json == "" { throw ValidationError("--json needs the name of a file, or - for standard output") }
    }

    /// Writes the figures where they were asked for, and the text to standard output unless the figures go there.
    func write(_ document: @autoclosure () -> JSON, text: @autoclosure () -> Document) throws {
        switch json {
        case "-": console.print(document().text() + "\n")
        case let path?:
            do throws(FileError) {
                try FileAccess.write(document().bytes() + [UInt8(ascii: "\n")], to: path)
            } catch {
                throw CommandFailure.analysis(error.description)
            }
            if !quiet { console.print(PlainTextRenderer().render(text())) }
        case nil: console.print(PlainTextRenderer().render(text()))
        }
    }
}

/// Carries out an analysis; what goes wrong in it ends the program with exit code 1.
func analysing<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let failure as CommandFailure {
        throw failure
    } catch let error as any (Error & CustomStringConvertible) {
        throw CommandFailure.analysis(error.description)
    } catch {
        throw CommandFailure.analysis("\(error)")
    }
}

/// A list of names separated by commas.
struct NameList: ExpressibleByArgument {
    let names: [String]

    init?(argument: String) {
        names = argument.split(separator: ",", omittingEmptySubsequences: false).map { name in
            String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        if names.contains("") { return nil }
    }
}
