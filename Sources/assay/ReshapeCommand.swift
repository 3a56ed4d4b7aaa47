import ArgumentParser
import Datasets
import Reporting
import Studies

struct ReshapeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reshape",
        abstract: "From a column for each occasion (X_1, X_2) to a row for each, and back.")

    @Argument(help: ArgumentHelp("The data file.", valueName: "data"))
    var data: String

    @Option(help: "The shape wanted: long (a row for each occasion) or wide (a row for each person).")
    var to: Shape

    @Option(help: ArgumentHelp("The repeated variables, without the occasion.", valueName: "a,b"))
    var stubs: NameList

    @Option(help: ArgumentHelp("The variables that identify a person.", valueName: "a,b"))
    var id: NameList

    @Option(help: ArgumentHelp("The variable of the occasion, in long data.", valueName: "variable"))
    var occasion = "occasion"

    @Option(help: ArgumentHelp("What stands between variable and occasion.", valueName: "text"))
    var separator = "_"

    @Flag(help: "To long: let variables lack some occasions.")
    var allowAbsent = false

    @Flag(help: "To long: leave out rows without any answer.")
    var dropEmpty = false

    @Option(
        name: [.short, .long], help: ArgumentHelp("The new .csv or .sav file, or - for CSV.", valueName: "file"))
    var output: DataFileOption

    @OptionGroup var outputs: OutputOptions

    /// The shape of repeated measures.
    enum Shape: String, ExpressibleByArgument, CaseIterable {
        case long, wide
    }

    func validate() throws {
        if to == .wide, allowAbsent || dropEmpty {
            throw ValidationError("--allow-absent and --drop-empty go with --to long")
        }
        try outputs.verify(output)
    }

    func run() throws {
        let (reshaped, before) = try analysing {
            let imported = try Dataset.read(path: data)
            outputs.console.warn(imported.report.warnings)
            let dataset = imported.dataset
            let reshaped: (dataset: Dataset, remarks: [String])
            switch to {
            case .long:
                let long = try dataset.reshapedToLong(
                    stubs.names, separator: separator, occasion: occasion, id: id.names,
                    allowsAbsentColumns: allowAbsent, dropsEmptyRows: dropEmpty)
                reshaped = (long.dataset, long.remarks)
            case .wide:
                reshaped = (
                    try dataset.reshapedToWide(
                        stubs.names, id: id.names, occasion: occasion, separator: separator), []
                )
            }
            try output.write(reshaped.dataset, console: outputs.console)
            return (reshaped, dataset)
        }
        outputs.console.note(reshaped.remarks)
        if output.isStandardOutput { return }
        let after = reshaped.dataset
        let text =
            "\(before.rowCount) rows of \(before.columns.count) variables became \(after.rowCount) rows of "
            + "\(after.columns.count) variables, written to \(output.path)."
        try outputs.write(
            .contract(
                analysis: "reshape", warnings: reshaped.remarks,
                [
                    ("rows", .integer(after.rowCount)), ("variables", JSON(after.names)),
                    ("output", .string(output.path)),
                ]),
            text: Document(title: "Reshaped data", blocks: [.paragraph(RichText(text))]))
    }
}
