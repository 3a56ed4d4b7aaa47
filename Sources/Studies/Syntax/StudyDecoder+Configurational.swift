import SetTheoreticAnalysis

extension StudyDecoder {
    static let configurationalKeys = [
        "outcome", "conditions", "cases", "calibrate", "scale", "inclusion cut", "pri cut", "frequency cut",
        "half memberships", "expectations", "negation expectations", "exclude", "exclude contradictory",
        "include contradictions", "solutions",
        "negation", "necessity", "row dominance", "all irredundant", "max models", "max effort", "incomplete cases",
    ]

    mutating func configurational(_ node: StudyNode, at place: StudyPlace) -> PlannedAnalysis.Kind? {
        guard case .map = node else {
            note("`qca` needs `outcome:` and `conditions:` on lines of their own below it", at: node.place)
            return nil
        }
        guard let keys = map(node, known: Self.configurationalKeys + Self.supplementaryKeys, of: "`qca`") else {
            return nil
        }
        guard let outcomeNode = keys["outcome"], let conditionsNode = keys["conditions"] else {
            note("`qca` needs `outcome:` and `conditions:`", at: place)
            return nil
        }
        let conditions = names(conditionsNode, "the conditions")
        guard let outcome = text(outcomeNode, "the outcome"), !conditions.isEmpty else { return nil }
        var plan = ConfigurationalPlan(outcome: outcome, conditions: conditions, place: place)
        if let node = keys["cases"] { plan.caseNames = names(node, "the variables that name the cases") }
        if let node = keys["scale"], let word = text(node, "the scale") {
            do { plan.conventions.scale = try Calibration.Scale(parsing: word.value) } catch {
                note(error.description, at: word.place)
            }
        }
        if let node = keys["calibrate"] { plan.calibrations = calibrations(node, scale: plan.conventions.scale) }
        readCuts(keys, into: &plan.conventions)
        if let node = keys["expectations"] { plan.expectations = expectations(node) }
        if let node = keys["negation expectations"] { plan.negationExpectations = expectations(node) }
        if let node = keys["exclude"] { plan.excluded = names(node, "the excluded rows") }
        supplements(keys, into: &plan)
        readConventions(keys, into: &plan.conventions)
        return .configurational(plan)
    }

    private mutating func expectations(_ node: StudyNode) -> Located<String>? {
        let parts = names(node, "the expectations")
        return parts.first.map { Located(parts.map(\.value).joined(separator: ","), at: $0.place) }
    }

    private mutating func readCuts(_ keys: StudyKeys, into settings: inout ConfigurationalSettings) {
        if let node = keys["inclusion cut"] {
            let nodes = if case .list(let nodes, _) = node { nodes } else { [node] }
            let cuts = nodes.compactMap { share($0, "the inclusion cut") }
            if cuts.count == nodes.count {
                switch cuts.count {
                case 1: settings.table.inclusionCut = cuts[0]
                case 2 where cuts[1] <= cuts[0]:
                    (settings.table.inclusionCut, settings.table.contradictionCut) = (cuts[0], cuts[1])
                default:
                    note(
                        "the inclusion cut is one number, or two: from which a row is positive, and the lower one from "
                            + "which it is a contradiction, for example [0.8, 0.6]", at: node.place)
                }
            }
        }
        if let node = keys["pri cut"], let value = share(node, "the PRI cut") { settings.table.priCut = value }
        if let node = keys["frequency cut"] {
            settings.table.frequencyCut =
                count(node, "the frequency cut", from: 1) ?? settings.table.frequencyCut
        }
        if let node = keys["half memberships"] {
            settings.table.halfMembership =
                choice(node, "`half memberships`") ?? settings.table.halfMembership
        }
        if let node = keys["necessity"] {
            if case .map = node {
                guard let own = map(node, known: ["consistency", "relevance"], of: "`necessity`") else { return }
                if let node = own["consistency"], let value = share(node, "the consistency") {
                    settings.necessityCuts.inclusion = value
                }
                if let node = own["relevance"], let value = share(node, "the relevance") {
                    settings.necessityCuts.relevance = value
                }
            } else if let value = share(node, "the consistency of necessary conditions") {
                settings.necessityCuts.inclusion = value
            }
        }
    }

    private mutating func readConventions(_ keys: StudyKeys, into settings: inout ConfigurationalSettings) {
        if let node = keys["exclude contradictory"] {
            settings.excludesContradictoryAssumptions = flag(node, "`exclude contradictory`") ?? false
        }
        if let node = keys["include contradictions"] {
            settings.includesContradictions = flag(node, "`include contradictions`") ?? false
        }
        if let node = keys["solutions"] {
            let nodes = if case .list(let nodes, _) = node { nodes } else { [node] }
            let kinds = nodes.compactMap {
                choice($0, "a solution", Solution.Kind.self, synonyms: ["conservative": .complex])
            }
            if kinds.isEmpty, nodes.isEmpty {
                note("`solutions` is empty; name complex, parsimonious or intermediate", at: node.place)
            }
            if !kinds.isEmpty { settings.kinds = Set(kinds) }
        }
        if let node = keys["negation"] { settings.analysesNegation = flag(node, "`negation`") ?? true }
        if let node = keys["row dominance"] {
            settings.models.rowDominance = flag(node, "`row dominance`") ?? false
        }
        if let node = keys["all irredundant"] {
            settings.models.allIrredundant = flag(node, "`all irredundant`") ?? false
        }
        if let node = keys["max models"] {
            settings.limits.models = count(node, "the number of models", from: 1) ?? settings.limits.models
        }
        if let node = keys["max effort"] {
            settings.limits.effort =
                count(node, "the number of steps", from: 1, through: .max) ?? settings.limits.effort
        }
        if let node = keys["incomplete cases"], let word = text(node, "`incomplete cases`") {
            switch word.value.lowercased() {
            case "drop": settings.dropsIncompleteCases = true
            case "refuse": settings.dropsIncompleteCases = false
            default: note("`incomplete cases` is drop or refuse, not `\(word.value)`", at: word.place)
            }
        }
    }

    /// A number from 0 to 1.
    mutating func share(_ node: StudyNode, _ what: String) -> Double? {
        guard let value = number(node, what) else { return nil }
        guard (0...1).contains(value) else {
            note("\(what) must lie between 0 and 1, for example 0.8", at: node.place)
            return nil
        }
        return value
    }

    // MARK: Calibration

    /// The variables with their calibrations: `A: e1,c2,i5`.
    private mutating func calibrations(
        _ node: StudyNode, scale: Calibration.Scale
    ) -> [ConfigurationalPlan.Calibrated] {
        guard case .map(let entries, _) = node else {
            note(
                "`calibrate` must be a set of variables with a calibration each, for example `A: e1,c2,i5`, not \(node.kind)",
                at: node.place)
            return []
        }
        var result: [ConfigurationalPlan.Calibrated] = []
        for entry in entries {
            if entry.value.isEmpty {
                note(
                    "`\(entry.key.value)` has no calibration; between { and } a comma begins the next variable: put "
                        + "'e1,c2,i5' in quotation marks, or each variable on a line of its own", at: entry.key.place)
                // What follows the commas of one calibration would be told as many times.
                break
            }
            guard let text = calibration(entry.value, of: entry.key.value) else { continue }
            do {
                _ = try Calibration.assignment(parsing: "\(entry.key.value)=\(text.value)", scale: scale)
                result.append(.init(variable: entry.key, text: text))
            } catch { note(error.description, at: text.place) }
        }
        return result
    }

    /// `e1,c2,i5`, `[e1, c2, i5]`, or the keys `exclusion`, `crossover` and `inclusion`.
    private mutating func calibration(_ node: StudyNode, of name: String) -> Located<String>? {
        switch node {
        case .text: return text(node, "the calibration of \(name)")
        case .list:
            let parts = names(node, "the calibration of \(name)")
            return parts.isEmpty ? nil : Located(parts.map(\.value).joined(separator: ","), at: node.place)
        case .map:
            let known = ["exclusion", "crossover", "inclusion", "method", "scale"]
            guard let keys = map(node, known: known, of: "the calibration of \(name)") else { return nil }
            var anchors: [String] = []
            for (key, letter) in [("exclusion", "e"), ("crossover", "c"), ("inclusion", "i")] {
                guard let node = keys[key] else {
                    note("the calibration of \(name) needs `\(key):`, a raw value", at: node.place)
                    return nil
                }
                guard let value = text(node, "the \(key)") else { return nil }
                anchors.append(letter + value.value)
            }
            let method = keys["method"].flatMap { text($0, "the method")?.value }
            let scale = keys["scale"].flatMap { text($0, "the scale")?.value }
            let heading = method.map { $0 == "direct" ? "" : "\($0):" } ?? ""
            return Located(
                heading + anchors.joined(separator: ",")
                    + (scale.map { "@" + ($0 == "idm" ? "idm0.95" : $0) } ?? ""), at: node.place)
        }
    }
}
