public import Datasets
import LinearAlgebra
import Psychometrics

/// A first study file for a data file: its scales by the names of the items, its sample variables, a measurement model.
public struct StudyDraft: Sendable {
    /// The text of the study file.
    public let text: String

    /// A scale as the names of its items suggest it.
    struct Scale {
        var name: String
        var items: [String]
        var range: ClosedRange<Double>?
        /// Items that correlate negatively with the rest of the scale.
        var negative: [String]
    }

    /// Drafts a study.
    ///
    /// - Parameters:
    ///   - dataset: The data.
    ///   - dataPath: The data file as the study file is to name it.
    public init(_ dataset: Dataset, dataPath: String) {
        let scales = Self.scales(in: dataset)
        let items = Set(scales.flatMap(\.items))
        let sample = Self.sampleVariables(in: dataset, without: items)
        var lines = [
            "# A draft: check every line, then `assay check` and `assay run` this file.",
            "title: \(Self.quoted("Study of " + FilePath.name(of: dataPath)))", "data: \(Self.quoted(dataPath))",
        ]
        if !scales.isEmpty {
            lines.append("codebook:")
            let common = scales.allSatisfy { $0.range == scales[0].range }
            if common, let range = scales[0].range { lines.append("  response range: \(Self.text(range))") }
            let negative = scales.flatMap(\.negative)
            if !negative.isEmpty {
                lines.append("  # These items correlate negatively with the rest of their scale; reversed wording?")
                lines.append("  # reverse: [\(negative.map(Self.quoted).joined(separator: ", "))]")
            }
            lines.append("  scales:")
            for scale in scales {
                let list = Self.itemList(scale.items, in: dataset)
                var entry = "    \(Self.quoted(scale.name)): {label: \(Self.quoted(scale.name)), items: \(list)"
                if !common, let range = scale.range { entry += ", response range: \(Self.text(range))" }
                lines.append(entry + "}")
            }
        }
        lines.append("analyses:")
        if !sample.isEmpty {
            lines.append("  - sample: [\(sample.map(Self.quoted).joined(separator: ", "))]")
        }
        if scales.isEmpty {
            lines.append("  - describe: all")
        } else {
            lines += ["  - reliability: all", "  - describe: all", "  - validity: all"]
            if scales.count > 1 { lines += ["  - method bias: all", "  - compare: all"] }
            lines += ["  - sem:", "      name: measurement", "      model: |"]
            for scale in scales {
                let name = Self.modelName(scale.name)
                lines.append("        \(name) =~ \(scale.items.map(Self.modelName).joined(separator: " + "))")
            }
            if scales.count > 1 {
                lines += [
                    "# Add paths to the model and test them:", "# hypotheses:",
                    "#   H1: {claim: …, test: \(scales[1].name) ~ \(scales[0].name), expect: positive}",
                ]
            }
        }
        lines.append("report: {formats: [html, md, json, csv], directory: report}")
        text = lines.joined(separator: "\n") + "\n"
    }

    // MARK: Scales

    /// The most variables of one name that are taken for the items of a scale: more are measurements, not a questionnaire.
    private static let itemLimit = 100

    private static func scales(in dataset: Dataset) -> [Scale] {
        var order: [String] = [], members: [String: [String]] = [:]
        for column in dataset.columns {
            guard let stem = stem(of: column.name), column.isNumeric, varies(column) else { continue }
            if members[stem] == nil { order.append(stem) }
            members[stem, default: []].append(column.name)
        }
        var names = Set(dataset.names)
        var result: [Scale] = []
        for stem in order {
            guard let items = members[stem], (3...itemLimit).contains(items.count) else { continue }
            var name = String(stem.reversed().drop { "_.- ".contains($0) }.reversed())
            if name.isEmpty { continue }
            while !names.insert(name).inserted { name += "_scale" }
            result.append(
                Scale(
                    name: name, items: items, range: range(of: items, in: dataset),
                    negative: negativeItems(items, in: dataset)))
        }
        // Where nobody gave the last answer to the items of one scale, those to the other scales tell the range.
        for index in result.indices {
            guard let own = result[index].range else { continue }
            let wider = result.compactMap(\.range).filter {
                $0.lowerBound == own.lowerBound && $0.upperBound == own.upperBound + 1
            }
            if let range = wider.first { result[index].range = range }
        }
        return result
    }

    /// The name without the number at its end; nil where it has none.
    private static func stem(of name: String) -> String? {
        let stem = String(name.reversed().drop { $0.isASCII && $0.isNumber }.reversed())
        return stem.isEmpty || stem.count == name.count ? nil : stem
    }

    private static func varies(_ column: Column) -> Bool {
        let values = column.numbers.lazy.filter { !$0.isNaN }
        guard let first = values.first else { return false }
        return values.contains { $0 != first }
    }

    /// The ends of the response scale: those of the answers and the value labels, or nil where the values are not a few
    /// whole numbers.
    private static func range(of items: [String], in dataset: Dataset) -> ClosedRange<Double>? {
        var values: Set<Double> = []
        for item in items {
            guard let column = dataset[item] else { continue }
            for value in column.numbers where !value.isNaN {
                guard value == value.rounded(), abs(value) <= 100 else { return nil }
                values.insert(value)
                if values.count > 11 { return nil }
            }
            for entry in column.valueLabels {
                guard case .number(let code) = entry.code, !column.declaredMissing.contains(code) else { continue }
                values.insert(code)
            }
        }
        guard let low = values.min(), let high = values.max(), low < high else { return nil }
        return low...high
    }

    /// The items that load negatively on the first principal component, signed to sum to a positive number.
    private static func negativeItems(_ items: [String], in dataset: Dataset) -> [String] {
        guard let table = try? dataset.numericMatrix(items),
            let analysis = try? ExploratoryFactorAnalysis(
                data: table.matrix, items: items, factors: 1, method: .principalComponents, rotation: .none)
        else { return [] }
        return items.indices.filter { analysis.loadings[$0, 0] < -0.1 }.map { items[$0] }
    }

    // MARK: Sample

    private static func sampleVariables(in dataset: Dataset, without items: Set<String>) -> [String] {
        dataset.columns.filter { column in
            guard !items.contains(column.name) else { return false }
            var values: Set<String> = []
            for text in column.texts {
                guard let text else { continue }
                values.insert(text)
                if values.count > 12 { return false }
            }
            guard values.count > 1, values.count < max(dataset.rowCount, 3) else { return false }
            return !column.isNumeric || !column.valueLabels.isEmpty || column.measure == .nominal || values.count <= 8
        }.map(\.name)
    }

    // MARK: Words

    private static func text(_ range: ClosedRange<Double>) -> String {
        "\(range.lowerBound.short)-\(range.upperBound.short)"
    }

    /// `IL1-IL5` where that means exactly these items, else all names.
    private static func itemList(_ items: [String], in dataset: Dataset) -> String {
        if let first = items.first, let last = items.last, items.count > 2 {
            let range = "\(first)-\(last)"
            if (try? ItemRange(range).items(in: dataset)) == items { return quoted(range) }
        }
        return "[\(items.map(quoted).joined(separator: ", "))]"
    }

    /// A text as YAML has it: plain where that is safe, else in double quotation marks.
    static func quoted(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || "_.-/ ".unicodeScalars.contains($0)
            } && !text.hasSuffix(" ")
            && !["yes", "no", "true", "false", "on", "off", "null", "y", "n", "all"].contains(text.lowercased())
        if isPlain { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// A name as model syntax has it.
    static func modelName(_ name: String) -> String {
        let isPlain =
            name.first?.isLetter == true
            && name.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "."
            }
        return isPlain ? name : "\"\(name)\""
    }
}

extension StudyDraft {
    /// A data file's path as seen from the directory of a study file; both paths are as the user gave them.
    public static func path(of data: String, from studyFile: String) -> String {
        let directory = studyFile == "-" ? "" : FilePath.directory(of: studyFile)
        if directory.isEmpty || directory == "." { return data }
        if data.hasPrefix(directory + "/") { return String(data.dropFirst(directory.count + 1)) }
        if data.hasPrefix("/") { return data }
        // Each directory of the study file's path is left upwards.
        guard !directory.hasPrefix("/"), !directory.contains("..") else { return data }
        let depth = directory.split(separator: "/").filter { $0 != "." }.count
        return String(repeating: "../", count: depth) + data
    }
}
