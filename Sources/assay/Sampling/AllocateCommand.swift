import ArgumentParser
import Datasets
import Reporting
import Studies
import StudyDesign

struct AllocateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allocate",
        abstract: "Share a sample out to strata, and what precision it promises.",
        discussion: """
            Strata are given by --stratum, by a table with the columns stratum, size and, where known, sd, mean and cost, or by a
            frame with a row for each unit and --strata:

              assay plan allocate --size 96 --stratum Wuhua=520 --stratum Panlong=430 --stratum Guandu=828
              assay plan allocate strata.csv --size 96 --rule neyman
              assay plan allocate firms.csv --strata district --of employees --size 96 --rule neyman
            """)

    @Argument(help: ArgumentHelp("A table of strata, or a frame with --strata.", valueName: "data"))
    var data: String?

    @Option(help: ArgumentHelp("The size of the sample.", valueName: "n"))
    var size: Int

    @Option(
        help: ArgumentHelp(
            "A stratum, the number of its units, and where known sd=, mean= and cost=. Repeatable.",
            valueName: "name=n,sd=…"))
    var stratum: [String] = []

    @Option(help: ArgumentHelp("The variables of a frame whose combinations are the strata.", valueName: "a,b"))
    var strata: NameList?

    @Option(help: ArgumentHelp("The variable of the frame whose mean is to be estimated.", valueName: "variable"))
    var of: String?

    @Option(help: ArgumentHelp("proportional, equal, neyman or optimal (default: proportional).", valueName: "rule"))
    var rule: AllocationRule = .proportional

    @Option(help: ArgumentHelp("The least number in each stratum (default: 1).", valueName: "n"))
    var minimum = 1

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if (data == nil) == stratum.isEmpty {
            throw ValidationError("give the strata by --stratum, or by a data file; not both, and not none")
        }
        if strata != nil || of != nil, data == nil {
            throw ValidationError("--strata and --of name variables of a frame; add its file")
        }
        if of != nil, strata == nil { throw ValidationError("--of needs --strata, the variables that form the strata") }
        _ = try stratum.map(Self.stratum)
    }

    func run() throws {
        let study = try analysing {
            var given = try stratum.map(Self.stratum)
            if let data {
                let imported = try Dataset.read(path: data)
                output.console.warn(imported.report.warnings)
                given =
                    try strata.map { try FrameStrata.frame(imported.dataset, by: $0.names, of: of) }
                    ?? FrameStrata.table(imported.dataset)
            }
            return try AllocationStudy(size, to: given, by: rule, minimum: minimum)
        }
        output.console.warn(study.warnings)
        try output.write(study.contract, text: study.document)
    }

    /// `Wuhua=520,sd=1.2,cost=30`
    private static func stratum(_ text: String) throws -> SamplingStratum {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        }
        guard let first = parts.first, first.count == 2, !first[0].isEmpty, let size = Int(first[1]) else {
            throw ValidationError("--stratum '\(text)' is not of the form NAME=N, for example Wuhua=520")
        }
        var stratum = SamplingStratum(first[0], size: size)
        for part in parts.dropFirst() {
            guard part.count == 2, let value = Double(part[1]), value.isFinite else {
                throw ValidationError(
                    "--stratum '\(text)': '\(part.joined(separator: "="))' is not of the form sd=NUMBER")
            }
            switch part[0] {
            case "sd": stratum.standardDeviation = value
            case "mean": stratum.mean = value
            case "cost": stratum.cost = value
            default: throw ValidationError("--stratum '\(text)': there is no '\(part[0])'; there are sd, mean and cost")
            }
        }
        return stratum
    }
}

extension AllocationRule: ExpressibleByArgument {}
