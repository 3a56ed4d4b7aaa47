import Datasets
import LinearAlgebra
import MixedModels
import Probability
import StructuralModels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

// benchmark ABILITIES DIARY SCRIPTS PROGRAM: the Holzinger-Swineford data, those of the diary, the folder of lavaan.R and
// mixed.R, and the built `assay`.
// benchmark mixed DIARY SCRIPTS: the mixed models alone.
// benchmark qca SCRIPTS [FIGURE]: the truth tables alone, and how their cost grows.
// benchmark qca-memory: the largest truth table, for its memory to be measured from outside.
// benchmark bootstrap DRAWS: the bootstrap alone, for its memory to be measured from outside.
let arguments = CommandLine.arguments

if arguments.count == 3, arguments[1] == "bootstrap", let draws = Int(arguments[2]) {
    let fit = try StructuralModel(LearningStudy.model).fit(LearningStudy.data())
    let result = try fit.bootstrap(BootstrapOptions(draws: draws))
    let row = result.effects(.biasCorrectedAccelerated).first?.raw
    print(result.counts, row.map { "\($0)" } ?? "")
    exit(0)
}
if arguments.count == 2, arguments[1] == "qca-memory" {
    let example = try Configurations(.crisp, conditions: 20, cases: 200)
    print(example.primes().terms.count, example.models(all: false).models[0].count)
    exit(0)
}
var template = Array("/tmp/assay-benchmark-XXXXXX".utf8CString)
guard let scratch = mkdtemp(&template).map({ String(cString: $0) }) else { exit(1) }

/// The mixed models, and lme4 beside them.
@MainActor func measureMixedModels(_ report: inout Report, diary: String, scripts: String) throws {
    let frame = try MixedStudies.frame(path: diary)
    try Peer.write(Peer.text(frame), to: "\(scratch)/diary.csv")
    report.peer = try Peer.milliseconds(script: scripts + "/mixed.R", directory: scratch)
    if report.peer.isEmpty { print("\nRscript with lme4 was not found: Assay alone, without the ratings.") }
    print()
    report.heading()
    try report.addDiary(frame)
    try report.addMinima(frame)
    let ratings = scratch + "/ratings.csv"
    if access(ratings, R_OK) == 0 { try report.addRatings(MixedStudies.frame(path: ratings)) }
}

/// The truth tables, and QCA beside them.
@MainActor func measureConfigurations(_ report: inout Report, scripts: String) throws {
    let memory = try ChildProcess(arguments[0], ["qca-memory"])
    for kind in Configurations.Kind.allCases {
        for (conditions, cases) in Report.peerSizes {
            let example = try Configurations(kind, conditions: conditions, cases: cases)
            try Peer.write(example.text, to: "\(scratch)/qca-\(kind.rawValue)-\(conditions)-\(cases).csv")
        }
    }
    report.peer = try Peer.milliseconds(script: scripts + "/qca.R", directory: scratch)
    if report.peer.isEmpty { print("\nRscript with QCA was not found: Assay alone, without the configurations.") }
    print()
    report.heading()
    try report.addConfigurations()
    report.add("memory of 20 conditions, 200 crisp cases", memory.peakMegabytes, unit: "MB", bound: 100)
    for kind in Configurations.Kind.allCases {
        for (conditions, cases) in Report.peerSizes {
            remove("\(scratch)/qca-\(kind.rawValue)-\(conditions)-\(cases).csv")
        }
    }
}

/// Removes the files of the run; ends the program with 1 when a figure is above its bound.
@MainActor func finish(_ report: Report) -> Never {
    for file in [
        "abilities.txt", "abilities.csv", "learning.txt", "learning.csv", "large.csv", "diary.csv", "ratings.csv",
        "peer.csv",
    ] {
        remove("\(scratch)/\(file)")
    }
    rmdir(scratch)
    guard !report.missed.isEmpty else { exit(0) }
    print("Above its bound: " + report.missed.joined(separator: "; "))
    exit(1)
}

if arguments.count == 4, arguments[1] == "mixed" {
    var report = Report()
    try measureMixedModels(&report, diary: arguments[2], scripts: arguments[3])
    finish(report)
}
if (3...4).contains(arguments.count), arguments[1] == "qca" {
    var report = Report()
    try measureConfigurations(&report, scripts: arguments[2])
    try Report.growth(to: arguments.count == 4 ? arguments[3] : nil)
    finish(report)
}
guard arguments.count == 5 else {
    print("usage: benchmark ABILITIES DIARY SCRIPTS PROGRAM")
    exit(2)
}

// Children are measured first: the system counts the memory of the parent at their start as theirs.
let starts = try (0..<41).map { _ in try ChildProcess(arguments[4], ["--version"]) }
let resampling = try ChildProcess(arguments[0], ["bootstrap", "5000"])

let learning = LearningStudy.data()
let learningFit = try StructuralModel(LearningStudy.model).fit(learning)
let abilities = try HolzingerSwineford.data(path: arguments[1])
try Peer.write(abilities, model: HolzingerSwineford.model, name: "abilities", directory: scratch)
try Peer.write(learning, model: LearningStudy.model, name: "learning", directory: scratch)

var report = Report()
report.peer = try Peer.milliseconds(script: arguments[3] + "/lavaan.R", directory: scratch)
if report.peer.isEmpty { print("Rscript with lavaan was not found: Assay alone.\n") }
print()
report.heading()

// What this machine multiplies in a millisecond on one thread: the unit of the floors in README.md.
for n in [60, 137] {
    let a = Matrix(rows: n, columns: n, repeating: 1.5)
    var c = [Double](repeating: 0, count: n * n)
    let time = medianMilliseconds(runs: 101) {
        for _ in 0..<10 { BLAS.gemm(false, false, n, n, n, 1, a.storage, n, a.storage, n, 0, &c, n) }
    }
    report.add("matrix product of order \(n)", 20 * Double(n * n * n) / time * 1e-6, unit: "Gflop/s")
}

/// The figures of one model: with all output but the modification indices, and each part.
@MainActor func measure(_ name: String, _ syntax: String, _ data: CompleteData, runs: Int, bound: Double, peer: String)
    throws
{
    func output(_ fit: FittedModel) {
        _ = fit.estimates()
        _ = fit.fitMeasures()
        _ = fit.effects()
        _ = fit.explainedVariance()
    }
    let model = try StructuralModel(syntax)
    let fit = try model.fit(data)
    let all = try medianMilliseconds(runs: runs) { output(try StructuralModel(syntax).fit(data)) }
    report.add("\(name), all output", all, bound: bound, peer: peer + ".all")
    report.add("  syntax to model", try medianMilliseconds(runs: runs) { _ = try StructuralModel(syntax) })
    report.add("  moments and estimation", try medianMilliseconds(runs: runs) { _ = try model.fit(data) })
    report.add("  estimates with standardised ones", medianMilliseconds(runs: runs) { _ = fit.estimates() })
    report.add("  fit measures", medianMilliseconds(runs: runs) { _ = fit.fitMeasures() })
    report.add("  effects and R²", medianMilliseconds(runs: runs) { (_, _) = (fit.effects(), fit.explainedVariance()) })
}

try measure(
    "Holzinger-Swineford, 9 items", HolzingerSwineford.model, abilities, runs: 201, bound: 1, peer: "abilities")
let abilityFit = try StructuralModel(HolzingerSwineford.model).fit(abilities)
report.add(
    "  all modification indices", medianMilliseconds(runs: 201) { _ = abilityFit.modificationIndices() },
    peer: "abilities.indices")
try measure("Learning study, 60 items", LearningStudy.model, learning, runs: 31, bound: 15, peer: "learning")
report.add(
    "  all modification indices", medianMilliseconds(runs: 31) { _ = learningFit.modificationIndices() }, bound: 30,
    peer: "learning.indices")

let draws = 1000
let draw =
    try medianMilliseconds(runs: 5) { _ = try learningFit.bootstrap(BootstrapOptions(draws: draws)) } / Double(draws)
report.add("  a bootstrap draw", draw, bound: 0.6, peer: "learning.draw")
let accelerated = try learningFit.bootstrap(BootstrapOptions(draws: draws))
report.add(
    "  BCa intervals of all figures, \(draws) draws",
    medianMilliseconds(runs: 5) {
        (_, _) = (accelerated.estimates(.biasCorrectedAccelerated), accelerated.effects(.biasCorrectedAccelerated))
    })
report.add("  memory of 5000 draws", resampling.peakMegabytes, unit: "MB", bound: 100)

let table = scratch + "/large.csv"
try Peer.write(Peer.text(learning, copies: 60), to: table)
report.add(
    "reading a CSV of 20 160 rows and 60 columns",
    try medianMilliseconds(runs: 5) { _ = try Dataset.read(path: table) }, peer: "csv")

report.add("assay --version, processor time", median(starts.map(\.processorMilliseconds)))
report.add("assay --version, from start to end", median(starts.map(\.elapsedMilliseconds)), bound: 20)
report.add("  memory", median(starts.map(\.peakMegabytes)), unit: "MB")

print(
    """

    60-item model: \(learningFit.parameters.count) parameters, \(learningFit.convergence.iterations) steps, \
    \(learningFit.modificationIndices().count) modification indices; of \(draws) draws \(accelerated.counts.used) used, \
    \(accelerated.counts.failed) failed, \(accelerated.counts.inadmissible) inadmissible.
    """)
if let estimates = report.peer["learning.draw.estimates"] {
    print(
        "A draw of lavaan with the estimates alone takes \(Report.digits(estimates)) ms: \(Report.digits(estimates / draw)) times Assay's."
    )
}
try measureMixedModels(&report, diary: arguments[2], scripts: arguments[3])
finish(report)
