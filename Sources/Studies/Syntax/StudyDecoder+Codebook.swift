import Datasets

extension StudyDecoder {
    mutating func codebook(_ node: StudyNode) -> StudyCodebook {
        var result = StudyCodebook()
        result.place = node.place
        let known = ["response range", "reverse", "missing", "labels", "answers", "categories", "scales"]
        guard let keys = map(node, known: known, of: "the codebook") else { return result }
        if let node = keys["response range"] {
            result.codebook.responseRange = range(node, "the response range")
        }
        if let node = keys["answers"] { result.codebook.valueLabels = valueLabels(node, "`answers`") }
        if let node = keys["missing"] { readMissing(node, into: &result) }
        for (key, value) in pairs(keys["labels"], "`labels`") {
            guard let label = text(value, "the label of \(key.value)") else { continue }
            result.codebook.itemLabels[key.value] = label.value
            result.variablePlaces[key.value] = key.place
        }
        for (key, value) in pairs(keys["categories"], "`categories`") {
            result.categories.append((key, valueLabels(value, "the categories of \(key.value)")))
        }
        for (key, value) in pairs(keys["scales"], "`scales`") { readScale(key, value, into: &result) }
        if let node = keys["reverse"] {
            for item in names(node, "reverse") {
                result.codebook.reversed.append(item.value)
                result.reversedPlaces.append(item.place)
            }
        }
        checkDimensions(result)
        return result
    }

    /// The entries of a map whose keys are names of the study.
    private mutating func pairs(_ node: StudyNode?, _ what: String) -> [(Located<String>, StudyNode)] {
        guard let node else { return [] }
        guard case .map(let entries, let place) = node else {
            note("\(what) must be a set of keys, for example {name: …}, not \(node.kind)", at: node.place)
            return []
        }
        if entries.isEmpty { note("\(what) is empty", at: place) }
        return entries.map { ($0.key, $0.value) }
    }

    private mutating func valueLabels(_ node: StudyNode, _ what: String) -> [ValueLabel] {
        pairs(node, what).compactMap { key, value in
            guard let label = text(value, "the label of code \(key.value)") else { return nil }
            return ValueLabel(code: Self.code(key.value), label: label.value)
        }
    }

    private mutating func readMissing(_ node: StudyNode, into result: inout StudyCodebook) {
        if case .map = node {
            for (key, value) in pairs(node, "`missing`") {
                result.codebook.missingByVariable[key.value] = declaration(value)
                result.variablePlaces[key.value] = key.place
            }
        } else {
            result.codebook.missing = declaration(node)
        }
    }

    private mutating func declaration(_ node: StudyNode) -> DeclaredMissing {
        var result = DeclaredMissing()
        for code in names(node, "missing") {
            if Double(code.value) == nil, let ends = Self.ends(code.value) {
                guard ends[0] <= ends[1] else {
                    note("missing: the range \(code.value) descends", at: code.place)
                    continue
                }
                result.ranges.append(ends[0]...ends[1])
            } else {
                result.codes.append(Self.code(code.value))
            }
        }
        return result
    }

    private mutating func readScale(_ key: Located<String>, _ node: StudyNode, into result: inout StudyCodebook) {
        var scale = Codebook.Scale(name: key.value, content: .items([]))
        var members: [Located<String>] = []
        if key.value.isEmpty || key.value == "?" {
            note("a scale needs a name", at: key.place)
            return
        }
        if case .map = node {
            let known = ["label", "items", "dimensions", "response range"]
            guard let keys = map(node, known: known, of: "a scale") else { return }
            if let node = keys["label"] { scale.label = text(node, "the label")?.value }
            if let node = keys["response range"] { scale.responseRange = range(node, "the response range") }
            switch (keys["items"], keys["dimensions"]) {
            case (let items?, nil):
                members = names(items, "the items of \(key.value)")
                scale.content = .items(members.map(\.value))
            case (nil, let dimensions?):
                members = names(dimensions, "the dimensions of \(key.value)")
                scale.content = .dimensions(members.map(\.value))
            case (nil, nil): note("the scale \(key.value) needs `items:` or `dimensions:`", at: key.place)
            case (_?, let dimensions?):
                note("the scale \(key.value) has items or dimensions, not both", at: dimensions.place)
            }
        } else {
            members = names(node, "the items of \(key.value)")
            scale.content = .items(members.map(\.value))
        }
        result.scalePlaces[key.value] = key.place
        result.memberPlaces[key.value] = members.map(\.place)
        result.codebook.scales.append(scale)
    }

    /// Notes dimensions that are no scales, and scales that are part of themselves.
    private mutating func checkDimensions(_ result: StudyCodebook) {
        let known = result.codebook.scales.map(\.name)
        for scale in result.codebook.scales {
            guard case .dimensions(let names) = scale.content else { continue }
            for (name, place) in zip(names, result.memberPlaces[scale.name] ?? []) {
                if let other = result.codebook[name] {
                    if case .dimensions = other.content {
                        note("`\(name)` has dimensions of its own; a dimension must be a scale of items", at: place)
                    }
                } else {
                    let nearest = nearestNames(to: name, among: known.filter { $0 != scale.name }).first
                    note(
                        "there is no scale `\(name)`"
                            + (nearest.map { "; did you mean `\($0)`?" } ?? "; define it under `scales`"), at: place)
                }
            }
        }
    }
}
