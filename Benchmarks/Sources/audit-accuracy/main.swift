import Probability
import PublicationAudit
import Studies

// audit-accuracy [PAPERS [SEED]]: how often `assay audit` is wrong, and how much it finds. Correct papers are the reports of simulated
// studies, their figures printed with two or three decimals; then one slip is planted in each table, one at a time.
let papers = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1000
let seed = CommandLine.arguments.dropFirst(2).first.flatMap { UInt64($0) } ?? 1
var tally = Tally()
for number in 0..<papers {
    let study = SimulatedStudy(number: number, seed: seed)
    let decimals = [nil, 2, 3][(number / 3) % 3]
    let paper = try study.report().paper(decimals: decimals)
    let correct = paper.audit()
    tally.add(correct, of: number)
    var stream = RandomStream(seed: seed ^ 0xA0D1, stream: UInt64(number))
    for (index, table) in paper.tables.enumerated() {
        let slip = Slip.allCases[stream.index(below: Slip.allCases.count)]
        guard let planted = slip.planted(in: table.source.text, &stream) else { continue }
        let source = PastedTable(
            name: table.name, text: planted.table, columnHeads: table.source.columnHeads, options: table.source.options)
        guard let changed = try? type(of: table).init(source) else { continue }
        var copy = paper
        copy.tables[index] = changed
        tally.add(slip, kind: type(of: table).kind.name, before: correct, after: copy.audit())
    }
}
print(tally.markdown)
for example in tally.examples { print(example) }
