import Datasets
import Testing

@testable import Studies

/// Mutilated study files: whatever stands there, there is an answer with a place in the file.
@Suite struct StudyFuzzTests {
    private static let configurations = """
        data: political_democracy.csv
        analyses:
          - qca:
              name: a
              outcome: ~y1
              conditions: [x1, x2, x3]
              scale: idm
              calibrate:
                x1: e3,c5,i6
                x2: [p5, p50, p95]
                x3: {exclusion: 1, crossover: 3.5, inclusion: 6, method: power, scale: logit3}
                y1: linear:e0,c5,i10@round2
              inclusion cut: [0.8, 0.6]
              pri cut: 0.5
              frequency cut: 2
              expectations: [x1, ~x2, x1*x3]
              exclude: [x1*~x3, 4]
              alternatives: ['incl=.75;n=2', 'x1=e2,c5,i6']
              theory: x1 + x2*~x3
              nca: {values: raw, ceilings: [ce-fdh], corner: 2, permutations: 100}
              causal chains: {ordering: "x1,x2<x3"}
              cluster: y2
        """

    @Test(arguments: ["democracy.yaml", "configurations"])
    func mutilatedFilesAreAnswered(name: String) throws {
        let whole = name == "configurations" ? Self.configurations : try TestFiles.text(name)
        let original = Array(whole.unicodeScalars)
        let data = try Dataset.read(path: TestFiles.path("political_democracy.csv")).dataset
        let pieces = [
            ":", "- ", "[", "]", "{", "}", "\"", "'", "|", ">", "&a ", "*a", "!!int ", "\t", "\n", "  ", "#", "~", "=~",
            "->",
            "0", "-1", "99999999999999999999", "all", "é", "\u{0}", "\u{FEFF}", "\r", "%", "@", "`", "? ", "---\n",
            "...\n",
        ]
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var answered = 0
        for round in 0..<400 {
            var scalars = original
            for _ in 0...random(4) {
                let place = random(scalars.count)
                switch random(4) {
                case 0: scalars.remove(at: place)
                case 1: scalars.insert(contentsOf: Array(pieces[random(pieces.count)].unicodeScalars), at: place)
                case 2:
                    let end = min(scalars.count, place + random(40))
                    scalars.removeSubrange(place..<end)
                default:
                    let from = random(scalars.count)
                    scalars.insert(contentsOf: Array(scalars[from..<min(scalars.count, from + random(60))]), at: place)
                }
                if scalars.isEmpty { scalars = [" "] }
            }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            let (study, problems) = Study.decode(text)
            var all = problems.problems
            // Some mutilations leave a right file; models and data are looked at for every fourth.
            if round % 4 == 0 { all += study.problems(in: data) }
            answered += all.isEmpty ? 0 : 1
            #expect(all.allSatisfy { $0.place.line >= 1 && $0.place.column >= 1 && !$0.message.isEmpty })
        }
        #expect(answered > 100)
    }
}
