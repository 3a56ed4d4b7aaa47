import Testing

@testable import SetTheoreticAnalysis

@Suite("AnchorSensitivity")
struct AnchorSensitivityTests {
    static let calibrations: [String: Calibration] = [
        "DEV": .direct(exclusion: 400, crossover: 550, inclusion: 900),
        "URB": .direct(exclusion: 25, crossover: 50, inclusion: 65),
        "LIT": .direct(exclusion: 50, crossover: 75, inclusion: 90),
        "IND": .direct(exclusion: 20, crossover: 30, inclusion: 40),
        "STB": .direct(exclusion: 15, crossover: 9.5, inclusion: 5),
        "SURV": .direct(exclusion: -9, crossover: 0, inclusion: 10),
    ]

    static func data(_ calibrations: [String: Calibration]) throws -> CalibratedData {
        try CalibratedData(
            cases: Democracies.cases,
            sets: calibrations.sorted { $0.key < $1.key }.map { name, calibration in
                try calibration.calibrate(Democracies.raw[name] ?? [], name: name, cases: Democracies.cases)
                    .calibratedSet()
            })
    }

    static func solution(_ calibrations: [String: Calibration]) -> MinimizationOutcome {
        guard let data = try? data(calibrations), let analysis = try? Democracies.analysis(data),
            let models = analysis.parsimonious?.models
        else { return .none(.noPositiveRow) }
        return .models(models.map(\.terms))
    }

    static func moved(_ set: String, _ name: String, to value: Double) throws -> [String: Calibration] {
        var result = calibrations
        let calibration = try #require(result[set])
        var anchors = calibration.anchors
        anchors[try #require(calibration.anchorNames.firstIndex(of: name))] = .value(value)
        result[set] = calibration.replacing(anchors: anchors)
        return result
    }

    @Test("At the ends of every range the solution changes, within it does not")
    func ends() throws {
        let data = try Self.data(Self.calibrations)
        let analysis = try Democracies.analysis(data)
        let result = try AnchorSensitivity(
            analysis, kind: .parsimonious, data: data, raw: Democracies.raw, calibrations: Self.calibrations)
        #expect(result.ranges.count == 18)
        #expect(result.ranges.map(\.set) == (Democracies.conditions + ["SURV"]).flatMap { [$0, $0, $0] })
        var changes = 0
        for range in result.ranges {
            for bound in [range.lower, range.upper] {
                for share in [0.25, 0.5, 0.75, 0.999] {
                    let value = range.value + share * (bound.unchanged - range.value)
                    let solution = Self.solution(try Self.moved(range.set, range.anchor, to: value))
                    #expect(solution.isEquivalent(to: result.reference), "\(range.set) \(range.anchor) \(value)")
                }
                guard let changed = bound.changed, let beyond = bound.beyond else { continue }
                changes += 1
                #expect(abs(changed - bound.unchanged) < 1e-5 * 1000)
                let solution = Self.solution(try Self.moved(range.set, range.anchor, to: changed))
                #expect(solution.isEquivalent(to: beyond) && !solution.isEquivalent(to: result.reference))
            }
        }
        #expect(changes > 5)
        // Finland's 590 lies next above the crossover of 550, Italy's 517 next below.
        let crossover = try #require(result.ranges(of: "DEV").first { $0.anchor == "crossover" })
        #expect(crossover.lower.unchanged >= 468 && crossover.upper.unchanged <= 662)
    }

    @Test("Results do not depend on the number of threads")
    func threads() throws {
        let data = try Self.data(Self.calibrations)
        let analysis = try Democracies.analysis(data)
        let results = try [1, 3].map {
            try AnchorSensitivity(
                analysis, kind: .parsimonious, data: data, raw: Democracies.raw, calibrations: Self.calibrations,
                options: .init(steps: 10, accuracy: 1e-3, threads: $0))
        }
        #expect(results[0] == results[1])
    }

    @Test("A crisp cut moves between neighbouring values")
    func crisp() throws {
        var calibrations = Self.calibrations
        for (name, cut) in ["DEV": 550.0, "URB": 50, "LIT": 75, "IND": 30, "STB": 9.5, "SURV": 0] {
            calibrations[name] = Calibration(.cuts([.value(cut)]))
        }
        let data = try Self.data(calibrations)
        let analysis = try Democracies.analysis(data)
        let result = try AnchorSensitivity(
            analysis, kind: .parsimonious, data: data, raw: Democracies.raw, calibrations: calibrations)
        let outcome = try #require(result.ranges(of: "SURV").first)
        // Finland's 4 and Hungary's -1: a case equal to the cut is in the level above.
        #expect(outcome.upper.unchanged <= 10 && outcome.lower.unchanged >= -9)
        let development = try #require(result.ranges(of: "DEV").first)
        #expect(development.anchor == "cut")
        if let changed = development.upper.changed {
            // It changes just beyond a value of the data.
            let nearest = try #require((Democracies.raw["DEV"] ?? []).min { abs($0 - changed) < abs($1 - changed) })
            #expect(abs(nearest - changed) < 0.01)
        }
    }

    @Test("Calibrations that do not give the data are refused, and so are missing raw values")
    func refusals() throws {
        let data = try Self.data(Self.calibrations)
        let analysis = try Democracies.analysis(data)
        #expect(throws: SetTheoryError.self) {
            try AnchorSensitivity(
                analysis, kind: .parsimonious, data: data, raw: [:], calibrations: Self.calibrations)
        }
        var others = Self.calibrations
        others["SURV"] = .direct(exclusion: 10, crossover: 0, inclusion: -9)
        #expect(throws: SetTheoryError.self) {
            try AnchorSensitivity(
                analysis, kind: .parsimonious, data: data, raw: Democracies.raw, calibrations: others)
        }
        #expect(throws: SetTheoryError.self) {
            try AnchorSensitivity(
                analysis, kind: .parsimonious, data: data, raw: Democracies.raw, calibrations: Self.calibrations,
                options: .init(steps: 0))
        }
    }
}
