import Datasets
import Probability
import Studies

/// A study of a kind that this field publishes, with answers drawn from a population that is drawn itself: its report is a paper whose
/// tables are correct by construction.
struct SimulatedStudy {
    enum Kind: Int, CaseIterable { case questionnaire, diary, configurations }

    let kind: Kind
    /// The study file.
    let text: String
    /// The data as comma-separated values.
    let data: String

    /// The study of a number: each draws from a stream of its own.
    init(number: Int, seed: UInt64) {
        var stream = RandomStream(seed: seed, stream: UInt64(number))
        kind = Kind.allCases[number % Kind.allCases.count]
        (text, data) =
            switch kind {
            case .questionnaire: Self.questionnaire(&stream)
            case .diary: Self.diary(&stream)
            case .configurations: Self.configurations(&stream)
            }
    }

    /// The report of the study.
    func report() throws -> StudyReport {
        let (study, problems) = Study.decode(text)
        guard problems.problems.isEmpty else { throw problems }
        let imported = try Dataset.read(bytes: Array(data.utf8), file: "data.csv", format: .csv)
        return try study.run(imported, hash: "", threads: 1)
    }

    /// Constructs in a chain with all forward paths, three to six items each, and two questions about the respondent.
    private static func questionnaire(_ stream: inout RandomStream) -> (String, String) {
        let names = Array(["A", "B", "C", "D"].prefix(3 + stream.index(below: 2)))
        let items = names.map { _ in 3 + stream.index(below: 4) }
        let loadings = items.map { count in (0..<count).map { _ in 0.5 + 0.4 * stream.uniform() } }
        let paths = names.indices.map { to in (0..<to).map { _ in -0.15 + 0.6 * stream.uniform() } }
        let points = [5.0, 7.0][stream.index(below: 2)]
        let size = 120 + stream.index(below: 600)
        let intercept = (points + 1) / 2 + 0.6 * (stream.uniform() - 0.5)
        let heads = zip(names, items).flatMap { name, count in (1...count).map { "\(name)\($0)" } }
        var lines = [(["sex", "branch"] + heads).joined(separator: ",")]
        for _ in 0..<size {
            var scores: [Double] = []
            for to in names.indices {
                scores.append(zip(paths[to], scores).reduce(0.85 * stream.normal()) { $0 + $1.0 * $1.1 })
            }
            var fields = [String(1 + stream.index(below: 2)), String(1 + stream.index(below: 4))]
            for (score, loadings) in zip(scores, loadings) {
                for loading in loadings {
                    let answer =
                        intercept + 1.1 * (loading * score + (1 - loading * loading).squareRoot() * stream.normal())
                    fields.append(String(Int(min(max(answer.rounded(), 1), points))))
                }
            }
            lines.append(fields.joined(separator: ","))
        }
        let scales = zip(names, items).map { "    \($0): {label: Construct \($0), items: \($0)1-\($0)\($1)}" }
        let measurement = zip(names, items).map { name, count in
            "        \(name) =~ " + (1...count).map { "\(name)\($0)" }.joined(separator: " + ")
        }
        let regressions = names.indices.dropFirst().map {
            "        \(names[$0]) ~ \(names[..<$0].joined(separator: " + "))"
        }
        let merged = zip(names, items).dropFirst(2).map { name, count in
            "          \(name) =~ " + (1...count).map { "\(name)\($0)" }.joined(separator: " + ")
        }
        let first = (1...items[0]).map { "A\($0)" } + (1...items[1]).map { "B\($0)" }
        let text = """
            title: Simulated questionnaire
            data: data.csv
            codebook:
              response range: 1-\(Int(points))
              categories:
                sex: {1: women, 2: men}
                branch: {1: one, 2: two, 3: three, 4: four}
              scales:
            \(scales.joined(separator: "\n"))
            analyses:
              - sample: [sex, branch]
              - describe: [\(names.joined(separator: ", "))]
              - reliability: all
              - validity: all
              - sem:
                  name: structural
                  model: |
            \((measurement + regressions).joined(separator: "\n"))
              - compare:
                  name: Measurement models
                  models:
                    separate: |
            \(measurement.map { "  " + $0 }.joined(separator: "\n"))
                    merged: |
                      AB =~ \(first.joined(separator: " + "))
            \(merged.joined(separator: "\n"))
            """
        return (text, lines.joined(separator: "\n"))
    }

    /// Persons on several days, with a predictor at each level and their interaction.
    private static func diary(_ stream: inout RandomStream) -> (String, String) {
        let persons = 40 + stream.index(below: 160), days = 4 + stream.index(below: 7)
        let between = 0.1 + 0.6 * stream.uniform(), effect = 0.5 * stream.uniform() - 0.1
        let trait = 0.6 * stream.uniform() - 0.3, interaction = 0.3 * stream.uniform() - 0.1
        var lines = ["person,day,x,m,w,y"]
        for person in 1...persons {
            let w = stream.normal(), u = between.squareRoot() * stream.normal(), level = 0.5 * stream.normal()
            for day in 1...days {
                let x = level + 0.8 * stream.normal()
                let m = 0.3 * x + 0.9 * stream.normal()
                let y = 3 + effect * x + 0.3 * m + trait * w + interaction * x * w + u + 0.9 * stream.normal()
                lines.append("\(person),\(day),\(x),\(m),\(w),\(y)")
            }
        }
        let text = """
            title: Simulated diary
            data: data.csv
            codebook: {}
            levels: [person, day]
            analyses:
              - multilevel descriptives: {variables: [w, x, m, y]}
              - mixed:
                  outcome: y
                  random: 1 | person
                  models:
                    M0: null
                    M1: x
                    M2: x + m
                    M3: x + m + w
                    M4: m + x*w
                  figures: none
            """
        return (text, lines.joined(separator: "\n"))
    }

    /// Cases with three to five conditions that share a cause.
    private static func configurations(_ stream: inout RandomStream) -> (String, String) {
        let names = Array(["A", "B", "C", "D", "E"].prefix(3 + stream.index(below: 3)))
        let cases = 25 + stream.index(below: 250)
        let weights = names.map { _ in 1.4 * stream.uniform() - 0.2 }
        var lines = [(["case"] + names + ["Y"]).joined(separator: ",")]
        for number in 1...cases {
            let common = stream.normal()
            let values = names.map { _ in 4 + 0.6 * common + 1.1 * stream.normal() }
            let y = 4 + zip(weights, values).reduce(0) { $0 + $1.0 * ($1.1 - 4) } + 0.8 * stream.normal()
            lines.append((["case\(number)"] + (values + [y]).map { String(min(max($0, 1), 7)) }).joined(separator: ","))
        }
        let anchors = (names + ["Y"]).map {
            "        \($0): e\(2 + stream.index(below: 2)),c4.05,i\(5 + stream.index(below: 2))"
        }
        let text = """
            title: Simulated configurations
            data: data.csv
            analyses:
              - qca:
                  outcome: Y
                  conditions: [\(names.joined(separator: ", "))]
                  cases: case
                  calibrate:
            \(anchors.joined(separator: "\n"))
                  inclusion cut: 0.\([75, 8, 85][stream.index(below: 3)])
                  expectations: [\(names.joined(separator: ", "))]
            """
        return (text, lines.joined(separator: "\n"))
    }
}
