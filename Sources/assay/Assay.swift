import ArgumentParser

@main
struct Assay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay", abstract: "Statistics for studies of organisations and behaviour.", version: "0.1.0")
}
