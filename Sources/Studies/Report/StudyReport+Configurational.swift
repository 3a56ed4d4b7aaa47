import Datasets
import Reporting
import SetTheoreticAnalysis

extension StudyReport {
    func section(
        _ plan: ConfigurationalPlan, _ study: ConfigurationalStudy, _ labels: VariableLabels
    ) -> Document.Section {
        let analysis = study.analysis
        let calibrations = analysis.cases.calibrations
        // Curves that an earlier analysis has shown are not drawn again.
        let earlier = results.indices.first { index in
            guard case .configurational(let other, let study) = results[index] else { return false }
            return other.place < plan.place && !calibrations.isEmpty
                && study.analysis.cases.calibrations == calibrations
        }
        var parts = Document.configurationalSections(
            analysis.findings, calibrations: earlier == nil ? calibrations : [], labels: labels)
        if let earlier {
            let name = name(ofResult: earlier).map { "“\($0)”" } ?? "above"
            parts.insert(
                Document.Section(
                    "Calibration", blocks: [.paragraph("The sets are those of the analysis \(name).")]), at: 0)
        }
        parts += study.supplements?.sections(labels: labels, hasFigures: true) ?? []
        return Document.Section(
            "Qualitative comparative analysis", blocks: [.paragraph(Self.summary(analysis))] + legend(analysis, labels),
            sections: parts)
    }

    private static func summary(_ analysis: ConfigurationalAnalysis) -> RichText {
        let table = analysis.outcome.table, options = table.options
        let omitted = analysis.cases.data.cases.count - table.data.cases.count
        var text: RichText =
            "\(emphasis: "N") = \(table.data.cases.count) cases; outcome \(code: table.outcome.description); \(table.conditions.count) conditions. A row of the truth table is positive from a consistency of \(options.inclusionCut, .bounded(2))"
        if options.priCut > 0 { text.append(" and a PRI of \(options.priCut, .bounded(2))" as RichText) }
        text.append(
            ", and a remainder with fewer than \(options.frequencyCut) case\(options.frequencyCut == 1 ? "" : "s")")
        if let cut = options.contradictionCut {
            text.append("; from a consistency of \(cut, .bounded(2)) it is a contradiction" as RichText)
        }
        text.append(".")
        if omitted > 0 { text.append(" \(omitted) cases with a membership of exactly .5 are left out.") }
        return text
    }

    /// The words for the names that stand in expressions.
    private func legend(_ analysis: ConfigurationalAnalysis, _ labels: VariableLabels) -> [Document.Block] {
        let table = analysis.outcome.table
        let words = (table.conditions.names + table.outcome.setNames).compactMap { name -> RichText? in
            guard let label = labels[name], label != name else { return nil }
            return "\(code: name) \(label)"
        }
        guard let first = words.first else { return [] }
        return [.paragraph(words.dropFirst().reduce(first) { $0 + "; " + $1 } + ".")]
    }

    // MARK: Methods

    /// The analyses as the methods section of a paper says them: first what holds for all, then what each has of its own.
    var configurationalMethods: [(String, [Reference])] {
        var methods: [(name: String, sentences: [(String, [Reference])])] = []
        for (index, result) in results.enumerated() {
            guard case .configurational(let plan, let study) = result else { continue }
            let outcome = OutcomeSolution.words(study.analysis.outcome.outcome.description, labels)
            methods.append((name(ofResult: index) ?? outcome, configurationalMethods(plan, study)))
        }
        guard methods.count > 1, let first = methods.first else { return methods.first?.sentences ?? [] }
        func isShared(_ sentence: String) -> Bool {
            methods.allSatisfy { $0.sentences.contains { $0.0 == sentence } }
        }
        let own = methods.flatMap { method in
            let rest = method.sentences.filter { !isShared($0.0) }
            return rest.enumerated().map { position, sentence in
                (position == 0 ? "Analysis “\(method.name)”: \(sentence.0)" : sentence.0, sentence.1)
            }
        }
        return first.sentences.filter { isShared($0.0) } + own
    }

    /// An analysis as the methods section of a paper says it.
    private func configurationalMethods(
        _ plan: ConfigurationalPlan, _ study: ConfigurationalStudy
    ) -> [(String, [Reference])] {
        let analysis = study.analysis, settings = analysis.settings, table = analysis.outcome.table
        let labels = self.labels
        func word(_ name: String) -> String { labels[name] ?? name }
        func number(_ value: Double) -> String { NumberFormat.bounded(2).string(value) }
        let outcome = OutcomeSolution.words(table.outcome.description, labels)
        var sentences: [(String, [Reference])] = [
            (
                "The conditions of \(outcome) were examined by qualitative comparative analysis (Ragin, 2008) of \(table.data.cases.count) cases with the conditions \(Self.listed(table.conditions.names.map(word))).",
                [.ragin]
            )
        ]
        sentences += calibrationSentences(analysis.cases.calibrations, word)
        sentences.append(
            (
                "Conditions counted as necessary from a consistency of \(number(settings.necessityCuts.inclusion)), and as trivially so below a relevance of necessity of \(number(settings.necessityCuts.relevance)) (Schneider & Wagemann, 2012).",
                [.schneiderWagemann]
            ))
        let options = table.options, cases = options.frequencyCut == 1 ? "one case" : "\(options.frequencyCut) cases"
        var cuts =
            "In the truth table, configurations with at least \(cases) were coded as sufficient from a consistency of \(number(options.inclusionCut))"
        cuts +=
            options.priCut > 0
            ? " and a proportional reduction in inconsistency (PRI) of \(number(options.priCut))"
            : "; no PRI cut was applied"
        if let cut = options.contradictionCut {
            cuts +=
                "; those between consistencies of \(number(cut)) and \(number(options.inclusionCut)) counted as contradictory"
        }
        sentences.append((cuts + ".", []))
        sentences += minimizationSentences(analysis)
        if analysis.negation != nil {
            sentences.append(
                (
                    settings.expectations == nil
                        ? "The negation of the outcome was analysed by itself."
                        : settings.negationExpectations == nil
                            ? "The negation of the outcome was analysed by itself, with the opposite expectations."
                            : "The negation of the outcome was analysed by itself, with expectations of its own.", []
                ))
        }
        if let sentence = Self.sentence(options.halfMembership, analysis) { sentences.append((sentence, [])) }
        sentences += supplementSentences(plan.supplements, word)
        return sentences
    }

    private func supplementSentences(
        _ wanted: SupplementarySettings, _ word: (String) -> String
    ) -> [(String, [Reference])] {
        var sentences: [(String, [Reference])] = []
        if wanted.necessitySearch != nil || wanted.sufficiencySearch != nil {
            sentences.append(
                ("Necessary and sufficient expressions were searched among all combinations of conditions.", []))
        }
        if let ceilings = wanted.ceilings {
            let names = Self.listed(ceilings.options.ceilings.map(\.rawValue))
            let test =
                ceilings.options.permutations > 0
                ? ", with a test of \(ceilings.options.permutations) permutations" : ""
            sentences.append(
                (
                    "Necessity in degree was examined by necessary condition analysis (Dul, 2016) of \(ceilings.usesRawValues ? "raw values" : "memberships") with the ceilings \(names)\(test).",
                    [.dul]
                ))
        }
        if wanted.selectsCases {
            sentences.append(
                (
                    "Typical and deviant cases were selected by the rules of Schneider and Rohlfing (2013).",
                    [.schneiderRohlfing]
                ))
        }
        var robustness: [String] = []
        if wanted.examinesSensitivity {
            robustness.append("by the ranges of cut-offs and anchors that leave it unchanged")
        }
        if let draws = wanted.stabilityDraws {
            robustness.append("by leaving out single cases" + (draws > 0 ? " and \(draws) bootstrap samples" : ""))
        }
        if !wanted.alternatives.isEmpty { robustness.append("against alternative cut-offs and calibrations") }
        if !robustness.isEmpty {
            sentences.append(
                (
                    "The robustness of the solution was examined \(Self.listed(robustness)) (Oana & Schneider, 2024).",
                    [.oanaSchneider]
                ))
        }
        if let cluster = wanted.cluster {
            let units = wanted.unit.map { " and within units (\(word($0)))" } ?? ""
            sentences.append(
                (
                    "Consistencies were compared between clusters (\(word(cluster)))\(units) (Garcia-Castro & Ariño, 2016).",
                    [.garciaCastroArino]
                ))
        }
        if wanted.chain != nil {
            sentences.append(
                (
                    "Causal chains were looked for by coincidence analysis (Baumgartner & Ambühl, 2020).",
                    [.baumgartnerAmbuehl]
                ))
        }
        return sentences
    }

    /// The calibrations: in one sentence where all are direct by one convention, else each in its own.
    private func calibrationSentences(
        _ results: [CalibrationResult], _ word: (String) -> String
    ) -> [(String, [Reference])] {
        let scales = results.compactMap { result -> Calibration.Scale? in
            if case .direct(_, let scale) = result.calibration.method { scale } else { nil }
        }
        let decimals = Set(results.map(\.calibration.decimals))
        guard let scale = scales.first, scales.count == results.count, Set(scales).count == 1, decimals.count == 1
        else {
            return results.map { result in
                (result.sentence.replacing("`\(result.name)`", with: word(result.name)), [.ragin])
            }
        }
        let convention: String
        var sources = [Reference.ragin]
        switch scale {
        case .logOdds3:
            convention =
                "log odds of membership of 3 and −3 at full inclusion and exclusion, that is memberships of .953 and .047, the convention of fsQCA"
        case .degree(let degree):
            convention =
                "memberships of \(NumberFormat.bounded(3).string(degree)) and \(NumberFormat.bounded(3).string(1 - degree)) at full inclusion and exclusion\(degree == 0.95 ? ", the convention of the R package QCA (Duşa, 2019)" : "")"
            if degree == 0.95 { sources.append(.dusa) }
        }
        let anchors = results.map { result in
            let values = result.anchors.map { anchor in
                anchor.value.short.replacing("-", with: "−")
                    + (anchor.percentile.map { " (percentile \($0.short))" } ?? "")
            }
            return "\(word(result.name)) \(values.joined(separator: ", "))"
        }
        var text =
            "Sets were calibrated by the direct method (\(convention)) with these anchors for full exclusion, crossover and full inclusion: \(anchors.joined(separator: "; "))"
        if let places = decimals.first, let places { text += "; memberships were rounded to \(places) decimals" }
        return [(text + ".", sources)]
    }

    private func minimizationSentences(_ analysis: ConfigurationalAnalysis) -> [(String, [Reference])] {
        guard let solutions = analysis.outcome.solutions, let reported = OutcomeSolution(solutions) else { return [] }
        let settings = analysis.settings, conditions = analysis.outcome.table.conditions
        var sentences: [(String, [Reference])] = []
        let proofs = [analysis.outcome, analysis.negation].compactMap { $0?.solutions }.flatMap { solutions in
            Solution.Kind.allCases.compactMap { solutions[$0]?.proof }
        }
        let most = proofs.map(\.modelCount).max() ?? 0
        let isComplete = proofs.allSatisfy { $0.isExhaustive && $0.isMinimumProven }
        let kind = settings.models.allIrredundant ? "irredundant models" : "models with the fewest terms"
        sentences.append(
            (
                isComplete
                    ? "The truth tables were minimised exactly: all \(kind) were enumerated; \(most == 1 ? "each solution has one model" : "a solution has up to \(most)") (Baumgartner & Thiem, 2017)."
                    : "The truth tables were minimised exactly, but not all \(kind) were listed; the tables of solutions say what is proven (Baumgartner & Thiem, 2017).",
                [.baumgartnerThiem]
            ))
        var report: String
        switch reported.solution.kind {
        case .intermediate:
            let expectations = solutions.options.expectations.map { words($0, conditions) } ?? ""
            report = "The intermediate solution is reported, with \(expectations) expected to contribute to the outcome"
        case .complex:
            report = "The complex (conservative) solution is reported, as no directional expectations were stated"
        case .parsimonious: report = "The parsimonious solution is reported"
        }
        if reported.solution.kind != .parsimonious, solutions.parsimonious != nil {
            report += "; core conditions are those that the parsimonious solution shares (Fiss, 2011)"
        }
        sentences.append((report + ".", [.fiss]))
        if !settings.excluded.isEmpty || settings.excludesContradictoryAssumptions {
            var text = "Untenable assumptions were excluded (Schneider & Wagemann, 2013):"
            if !settings.excluded.isEmpty { text += " \(settings.excluded.joined(separator: ", "))" }
            if settings.excludesContradictoryAssumptions {
                text +=
                    (settings.excluded.isEmpty ? " " : ", and ")
                    + "remainders that would be assumed for both the outcome and its negation"
            }
            sentences.append((text + ".", [.schneiderWagemannCounterfactuals]))
        }
        return sentences
    }

    /// What is expected, by the labels of the conditions.
    private func words(_ expectations: DirectionalExpectations, _ conditions: Conditions) -> String {
        let labels = self.labels
        let single = expectations.levels.enumerated().flatMap { condition, levels in
            levels.sorted().map { level in
                let name = conditions.names[condition], label = labels[name] ?? name
                if conditions.levelCounts[condition] > 2 { return "\(label) at level \(level)" }
                return level == 1 ? label : "absence of \(label)"
            }
        }
        return Self.listed(single + expectations.conjunctions.map { conditions.expression($0) })
    }

    /// What became of memberships of one half, where there are any.
    private static func sentence(
        _ treatment: TruthTableOptions.HalfMembership, _ analysis: ConfigurationalAnalysis
    ) -> String? {
        let sets = analysis.cases.data.sets.filter {
            analysis.settings.conditions.contains($0.name) && $0.kind == .fuzzy
        }
        let isThere = sets.contains { $0.values.contains { abs($0 - 0.5) < TruthTableOptions.tolerance } }
        guard isThere else { return nil }
        switch treatment {
        case .absent:
            return
                "Cases with a membership of exactly .5 in a condition count in no row of the truth table but in all figures."
        case .shift: return "Memberships of exactly .5 in conditions were raised by .001 (Fiss, 2011)."
        case .drop: return "Cases with a membership of exactly .5 in a condition were left out."
        case .refuse: return nil
        }
    }

    static func listed(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }
}

extension OutcomeSolution {
    /// An outcome in the words of the labels; a negation is said.
    static func words(_ outcome: String, _ labels: VariableLabels) -> String {
        if let label = labels[outcome] { return label }
        guard outcome.hasPrefix("~"), let label = labels[String(outcome.dropFirst())] else { return outcome }
        return "the absence of \(label)"
    }
}
