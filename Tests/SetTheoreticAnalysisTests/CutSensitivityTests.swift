import Testing

@testable import SetTheoreticAnalysis

@Suite("CutSensitivity")
struct CutSensitivityTests {
    /// Rows of QCA 3.23: 24 (inclusion 0.709) and 22 (0.804); SetMethods 4.1, rob.inclrange with step 0.01: 0.71 to 0.80,
    /// rob.ncutrange: 1 to 1.
    @Test("Ranges of Lipset's data end at the figures of the rows")
    func democracies() throws {
        let analysis = try Democracies.analysis()
        let result = try CutSensitivity(analysis, kind: .parsimonious)
        let inclusion = try #require(result[.inclusion])
        let rows = analysis.table.rows
        #expect(inclusion.value == 0.75)
        #expect(inclusion.lower.rows == [24] && inclusion.upper.rows == [22])
        #expect(agrees(rows.first { $0.number == 24 }?.inclusion, inclusion.lower.value, 0))
        #expect(agrees(rows.first { $0.number == 22 }?.inclusion, inclusion.upper.value, 0))
        #expect(!inclusion.lower.isIncluded && inclusion.upper.isIncluded)
        let conditions = analysis.table.conditions
        // minimize(LF, …, incl.cut = 0.7 and 0.85, include = "?")
        #expect(inclusion.lower.beyond?.description(conditions) == "DEV*STB")
        #expect(inclusion.upper.beyond?.description(conditions) == "URB*STB")
        #expect(result.reference.description(conditions) == "DEV*~IND + URB*STB")
        let frequency = try #require(result[.frequency])
        #expect(frequency.lower.value == 1 && frequency.lower.isEndOfScale)
        #expect(frequency.upper.value == 1 && frequency.upper.rows == [6, 23, 31])
        let reduction = try #require(result[.pri])
        #expect(reduction.lower.value == 0 && reduction.lower.isEndOfScale)
        #expect(reduction.upper.rows == [22])
        #expect(result[.contradiction] == nil)
    }

    @Test("Inside a range the solution is the same, outside it is not")
    func ends() throws {
        let analysis = try Democracies.analysis()
        let result = try CutSensitivity(analysis, kind: .parsimonious)
        func solution(_ options: TruthTableOptions) -> MinimizationOutcome {
            guard let models = try? Democracies.analysis(options: options).parsimonious?.models else {
                return .none(.noPositiveRow)
            }
            return .models(models.map(\.terms))
        }
        for range in result.ranges {
            func at(_ value: Double) -> MinimizationOutcome {
                var options = analysis.table.options
                switch range.cut {
                case .inclusion: options.inclusionCut = value
                case .pri: options.priCut = value
                case .frequency: options.frequencyCut = Int(value)
                case .contradiction: options.contradictionCut = value
                }
                return solution(options)
            }
            let step = range.cut == .frequency ? 1 : 1e-6
            for (bound, inward) in [(range.lower, 1.0), (range.upper, -1.0)] {
                #expect(at(bound.value).isEquivalent(to: result.reference) == bound.isIncluded)
                if range.cut != .frequency {
                    #expect(at(bound.value + inward * step).isEquivalent(to: result.reference))
                }
                if let beyond = bound.beyond {
                    #expect(at(bound.value - inward * step).isEquivalent(to: beyond))
                }
            }
        }
    }

    @Test("A second inclusion cut has a range, and bounds the first")
    func contradictions() throws {
        let analysis = try Democracies.analysis(
            options: TruthTableOptions(inclusionCut: 0.8, contradictionCut: 0.72), kinds: [.complex])
        let result = try CutSensitivity(analysis, kind: .complex)
        #expect(result.ranges.map(\.cut) == [.inclusion, .pri, .frequency, .contradiction])
        #expect(result[.inclusion]?.lower == .init(value: 0.72, isIncluded: true, rows: [], beyond: nil))
        #expect(result[.contradiction]?.lower.isEndOfScale == true)
        #expect(result[.contradiction]?.upper.value == 0.8)
    }

    @Test("An intermediate solution needs expectations")
    func intermediate() throws {
        let analysis = try Democracies.analysis()
        #expect(throws: SetTheoryError.self) { try CutSensitivity(analysis, kind: .intermediate) }
    }
}
