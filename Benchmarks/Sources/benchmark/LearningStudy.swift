import LinearAlgebra
import Probability
import StructuralModels

/// The 60-item model of a study of inter-organisational learning: four second-order factors over twelve first-order ones
/// of five items each, and five structural paths; data simulated for 336 cases.
enum LearningStudy {
    static let dimensions = [("IL", 4), ("KM", 3), ("IC", 3), ("EI", 2)]
    static let paths = [("KM", "IL"), ("IC", "IL"), ("EI", "IL"), ("EI", "KM"), ("EI", "IC")]

    static let model: String = {
        var lines: [String] = []
        for (construct, count) in dimensions {
            for k in 1...count {
                let items = (1...5).map { "\(construct)\(k)_\($0)" }
                lines.append("\(construct)\(k) =~ " + items.joined(separator: " + "))
            }
            lines.append("\(construct) =~ " + (1...count).map { "\(construct)\($0)" }.joined(separator: " + "))
        }
        lines += paths.map { "\($0) ~ \($1)" }
        return lines.joined(separator: "\n")
    }()

    static func data(cases: Int = 336) -> CompleteData {
        var names: [String] = []
        for (construct, count) in dimensions {
            for k in 1...count { for i in 1...5 { names.append("\(construct)\(k)_\(i)") } }
        }
        var values = Matrix(rows: cases, columns: names.count)
        for row in 0..<cases {
            var stream = RandomStream(seed: 2023, stream: UInt64(row))
            let il = stream.normal()
            let km = 0.64 * il + 0.77 * stream.normal()
            let ic = 0.43 * il + 0.90 * stream.normal()
            let ei = 0.20 * il + 0.38 * km + 0.20 * ic + 0.78 * stream.normal()
            var column = 0
            for ((_, count), factor) in zip(dimensions, [il, km, ic, ei]) {
                for k in 0..<count {
                    let first = (0.7 + 0.05 * Double(k)) * factor + 0.6 * stream.normal()
                    for i in 0..<5 {
                        values[row, column] = (0.8 - 0.03 * Double(i)) * first + 0.6 * stream.normal()
                        column += 1
                    }
                }
            }
        }
        return CompleteData(names: names, values: values)
    }
}
