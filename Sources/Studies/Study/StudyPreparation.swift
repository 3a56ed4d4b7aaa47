public import Datasets

/// The levels of the data and the variables that are made before the analyses.
public struct StudyPreparation: Sendable {
    /// The levels; nil for data without groups.
    public var levels: StudyLevels?
    /// What is computed, in this order.
    public var steps: [PreparationStep] = []

    /// Creates the preparation of data that need none.
    public init() {}
}

/// How a row for each person becomes a row for each person and occasion.
public struct Reshaping: Sendable {
    /// The repeated variables: `X1` for the columns `X1_1`, `X1_2` and so on.
    public var variables: [Located<String>]
    /// The name of the new variable that holds the occasion.
    public var occasion = "occasion"
    /// The variables that identify a row of the file.
    public var id: [Located<String>]
    /// What stands between variable and occasion in the names of the columns.
    public var separator = "_"
    /// Where it is asked for.
    public var place: StudyPlace
}

/// A file with a row for each unit of a higher level, whose variables every row of the unit gets.
public struct JoinedFile: Sendable {
    /// The file, as seen from the study file.
    public var file: Located<String>
    /// The variables, in both files, that identify the units.
    public var by: [String]
}

/// The levels of the data, from the highest to the rows.
public struct StudyLevels: Sendable {
    /// The variables that identify the groups, from the highest level to level 2.
    public var groups: [Located<String>]
    /// The variable that tells the rows of a level-2 unit apart, such as the month.
    public var occasion: Located<String>?
    /// Whether an identifier means the same unit in every higher unit.
    public var identifiers = LevelStructure.Identifiers.unique
    /// Where they are declared.
    public var place: StudyPlace

    /// Creates levels.
    public init(groups: [Located<String>], occasion: Located<String>?, place: StudyPlace) {
        self.groups = groups
        self.occasion = occasion
        self.place = place
    }

    /// The variables that identify the units of a level from 2 upwards.
    func identifiers(ofLevel level: Int) -> [String] {
        let names = groups.map(\.value), depth = names.count - (level - 2)
        guard depth > 0, depth <= names.count else { return [] }
        return identifiers == .unique ? [names[depth - 1]] : Array(names[..<depth])
    }

    /// The variables that identify a unit of level 2.
    var units: [String] { identifiers(ofLevel: 2) }
}

/// A new variable, or several of one kind.
public struct PreparationStep: Sendable {
    /// What the mean is taken over.
    public enum Reference: Sendable, Hashable {
        /// The units of the variable's own level, each counting once.
        case grand
        /// All rows, whatever the level of the variable.
        case rows
        /// The rows of the same unit.
        case within(String)
        /// A given value.
        case value(Double)
    }

    /// What is computed.
    public enum Kind: Sendable {
        /// Deviations from a mean: `M.c`.
        case center(Reference)
        /// z-values: `M.z`.
        case standardize(Reference)
        /// The parts within and between units: `M.within`, `M.between`; the groups from the highest, or none for level 2.
        case withinAndBetween([String])
        /// The value of another occasion of the same person: `M.lag1`, or `M.lead1` for a negative number.
        case lag(Double)
    }

    /// What is computed.
    public var kind: Kind
    /// Of which variable.
    public var variable: Located<String>

    /// The names of the new variables.
    func newNames(levels: StudyLevels?) -> [String] {
        let name = variable.value
        switch kind {
        case .center: return ["\(name).c"]
        case .standardize: return ["\(name).z"]
        case .withinAndBetween(let groups):
            return ["\(name).within"] + groups.dropFirst().map { "\(name).\($0)" } + ["\(name).between"]
        case .lag(let occasions): return ["\(name).\(occasions < 0 ? "lead" : "lag")\(abs(occasions).short)"]
        }
    }
}

/// Data with the variables that a study makes of them.
struct PreparedData {
    /// The data.
    var dataset: Dataset
    /// The levels; nil without a declaration, or where it does not fit the data.
    var levels: LevelStructure?
    /// What was done, in sentences.
    var notes: [String] = []
    /// What could not be done.
    var problems: [StudyProblem] = []

    /// Carries out a preparation, noting what is wrong and going on.
    ///
    /// - Parameters:
    ///   - dataset: The data with the means of the scales.
    ///   - preparation: What is to be done.
    ///   - codebook: The wording of scales.
    init(_ dataset: Dataset, _ preparation: StudyPreparation, codebook: Codebook) {
        self.dataset = dataset
        if let declared = preparation.levels { readLevels(declared) }
        for step in preparation.steps { carryOut(step, preparation.levels, codebook) }
    }

    private mutating func note(_ message: String, at place: StudyPlace) {
        problems.append(StudyProblem(message, at: place))
    }

    private mutating func isThere(_ name: String, at place: StudyPlace) -> Bool {
        if dataset.contains(name) { return true }
        let nearest = nearestNames(to: name, among: dataset.names).first
        note("the data have no variable `\(name)`" + (nearest.map { "; did you mean `\($0)`?" } ?? ""), at: place)
        return false
    }

    private mutating func readLevels(_ declared: StudyLevels) {
        var isKnown = true
        for name in declared.groups + (declared.occasion.map { [$0] } ?? []) {
            isKnown = isThere(name.value, at: name.place) && isKnown
        }
        guard isKnown else { return }
        do {
            levels = try LevelStructure(
                dataset, groups: declared.groups.map(\.value), occasion: declared.occasion?.value,
                identifiers: declared.identifiers)
        } catch {
            note(error.description, at: declared.place)
        }
    }

    private mutating func carryOut(_ step: PreparationStep, _ declared: StudyLevels?, _ codebook: Codebook) {
        let name = step.variable.value, place = step.variable.place
        guard isThere(name, at: place) else { return }
        let words = codebook[name]?.label ?? dataset[name]?.label ?? name
        do {
            switch step.kind {
            case .center(let reference):
                guard let over = centering(reference, of: step.variable, declared) else { return }
                dataset = try dataset.centered(name, on: over)
                label("\(name).c", "\(words) (\(Self.words(reference, "centred")))")
            case .standardize(let reference):
                guard let over = centering(reference, of: step.variable, declared) else { return }
                dataset = try dataset.standardized(name, over: over)
                label("\(name).z", "\(words) (\(Self.words(reference, "standardised")))")
            case .withinAndBetween(let given):
                let groups = given.isEmpty ? declared?.groups.suffix(1).map(\.value) ?? [] : given
                guard !groups.isEmpty else {
                    note("\(name): no groups are named; write `{\(name): group}`, or declare `levels:`", at: place)
                    return
                }
                for group in groups where !isThere(group, at: place) { return }
                dataset = try dataset.decomposed(name, by: groups)
                label("\(name).within", "\(words) (within \(groups[groups.count - 1]))")
                for group in groups.dropFirst() { label("\(name).\(group)", "\(words) (\(group) mean)") }
                label("\(name).between", "\(words) (\(groups[0]) mean)")
            case .lag(let occasions):
                guard let declared, let occasion = declared.occasion else {
                    note(
                        "\(name) can be moved by occasions only where `levels:` names them, for example [leader, month]",
                        at: place)
                    return
                }
                let moved = try dataset.lagged(
                    name, by: occasions, person: declared.units, occasion: occasion.value)
                dataset = moved.dataset
                let new = step.newNames(levels: declared)[0], count = abs(occasions).short
                label(new, "\(words) (\(count) \(occasion.value) \(occasions < 0 ? "later" : "earlier"))")
                let report = moved.report
                var text = "\(new): a value in \(report.aligned) of \(report.rows) rows"
                if report.gaps > 0 { text += "; \(report.gaps) have none as the occasion is missing" }
                if report.missingValues > 0 { text += "; \(report.missingValues) as the value is missing there" }
                notes.append(text + ".")
            }
        } catch {
            note(error.description, at: place)
        }
    }

    private static func words(_ reference: PreparationStep.Reference, _ verb: String) -> String {
        switch reference {
        case .grand, .rows: verb
        case .within(let group): "\(verb) within \(group)"
        case .value(let value): "\(verb) at \(value.short)"
        }
    }

    private mutating func centering(
        _ reference: PreparationStep.Reference, of variable: Located<String>, _ declared: StudyLevels?
    ) -> CenteringReference? {
        switch reference {
        case .value(let value): return .value(value)
        case .rows: return .rows
        case .within(let group):
            guard isThere(group, at: variable.place) else { return nil }
            let level = declared?.groups.firstIndex { $0.value == group }.map { (declared?.groups.count ?? 0) - $0 + 1 }
            return .withinUnits(of: level.flatMap { declared?.identifiers(ofLevel: $0) } ?? [group])
        case .grand:
            // A leader's age counts once for each leader, not once for each month.
            guard let levels, let declared,
                let level = try? levels.levels(of: [variable.value], in: dataset).first?.level, level > 1
            else { return .rows }
            return .units(of: declared.identifiers(ofLevel: level))
        }
    }

    private mutating func label(_ name: String, _ label: String) {
        guard var column = dataset[name] else { return }
        column.label = label
        dataset = (try? dataset.setting(column)) ?? dataset
    }
}
